"""Reads one article file from the folder, and nothing that is not one."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path, PurePath

from chatbot.errors import CorpusError
from chatbot.values import Problem

LARGEST_BYTES = 1_000_000
MOST_LINES = 2_500
SUFFIXES = (".md", ".html", ".htm", ".txt")

_REASONS = {
    errno.ENOENT: "was there a moment ago and is gone; put it back, or leave it deleted",
    errno.EACCES: "may not be read by the server; give it leave to read it",
    errno.EPERM: "may not be read by the server; give it leave to read it",
    errno.ELOOP: "is a symbolic link that leads back to itself; put the article's file in its place",
    errno.EISDIR: "is a folder; articles are files, so rename it or move it away",
    errno.ENXIO: "is not an ordinary file; put the article's file in its place",
}


def article_paths(folder: Path) -> tuple[Path, ...]:
    """Return what counts as an article file, sorted by name: in `folder/articles`, or in the folder itself.

    By its name only, so a folder called "x.md" is among them and is refused when it is read. Hidden files, those ending
    in "~" or ".tmp", other extensions and a README (a note to people) are not. Raises OSError for no readable folder.
    """
    place = articles_folder(folder)
    names = sorted(entry.name for entry in os.scandir(place))
    return tuple(place / name for name in names if is_article_name(name))


def articles_folder(folder: Path) -> Path:
    """Return where the folder keeps its articles: below "articles" when there is such a folder, else in itself."""
    inner = folder / "articles"
    return inner if inner.is_dir() else folder


def is_article_name(name: str) -> bool:
    """Say whether a file of this name is read as an article."""
    if name.startswith(".") or name.endswith(("~", ".tmp")):
        return False
    path = PurePath(name.lower())
    return path.suffix in SUFFIXES and path.stem != "readme"


def read_bytes(path: Path, folder: Path) -> bytes:
    """Return the bytes of an article file.

    Raises CorpusError (with an empty path in its problem) for what is no ordinary file inside the folder, is larger
    than LARGEST_BYTES, or cannot be read. A pipe or device is not opened for waiting.
    """
    try:
        _refuse_strays(path, folder)
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(handle, "rb") as file:
            found = os.fstat(handle)
            if not stat.S_ISREG(found.st_mode):
                raise OSError(errno.ENXIO, "not a file")
            if found.st_size > LARGEST_BYTES:
                raise refusal(1, too_large(found.st_size))
            data = file.read(LARGEST_BYTES + 1)
    except OSError as error:
        raise refusal(1, reason(error)) from error
    return within_limit(data)


def within_limit(data: bytes) -> bytes:
    """Return the bytes as they are; raise CorpusError (with an empty path) for more than LARGEST_BYTES."""
    if len(data) > LARGEST_BYTES:
        raise refusal(1, too_large(len(data)))
    return data


def decoded(data: bytes) -> str:
    """Return the text of a file, with "\\n" at the end of its lines and no byte order mark.

    Raises CorpusError where it is not UTF-8, holds NUL characters, or holds no text at all.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise refusal(1, "is written in UTF-16; save it as UTF-8")
    if b"\0" in data:
        line = data[: data.index(b"\0")].count(b"\n") + 1
        raise refusal(
            line, "a NUL character stands here, as in a program or a UTF-16 text; save the file as UTF-8 text"
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise refusal(line, f"byte 0x{data[error.start]:02x} is not UTF-8; save the file as UTF-8") from error
    if not text.strip():
        raise refusal(1, "is empty; write the article or delete the file")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def refuse_many_lines(source: str) -> None:
    """Raise CorpusError (with an empty path) for a text of more than MOST_LINES lines."""
    lines = source.count("\n") + 1
    if lines > MOST_LINES:
        raise refusal(1, f"has {lines:,} lines; an article has at most {MOST_LINES:,}: split it")


def reason(error: OSError) -> str:
    """Say why a file cannot be read and how to mend it."""
    return _REASONS.get(error.errno or 0) or f"{_unknown(error)} and the file"


def folder_reason(error: OSError) -> str:
    """Say why the folder of articles cannot be read; never where it is, because /readyz repeats it."""
    if error.errno == errno.ENOENT:
        return "the folder of articles is not there; put it back, or name the right one in CHATBOT_CORPUS"
    return f"the folder of articles {_REASONS.get(error.errno or 0) or _unknown(error)}"


def too_large(size: int) -> str:
    """Say that a file of so many bytes is too large."""
    return f"has {size:,} bytes; an article has at most {LARGEST_BYTES:,}: split it, or take out what is no text"


def refusal(line: int, message: str) -> CorpusError:
    """Return the error of one problem; the reader fills in the path."""
    return CorpusError([Problem("", line, message)])


def _refuse_strays(path: Path, folder: Path) -> None:
    real = Path(os.path.realpath(path, strict=True))
    if not real.is_relative_to(os.path.realpath(folder)):
        raise refusal(1, "is a symbolic link that leads out of the folder; put the article's file in its place")
    mode = real.stat().st_mode
    if stat.S_ISDIR(mode):
        raise OSError(errno.EISDIR, "a folder")
    if not stat.S_ISREG(mode):
        raise OSError(errno.ENXIO, "not a file")


def _unknown(error: OSError) -> str:
    # The text of the whole error would name the path.
    return f"cannot be read ({error.strerror or type(error).__name__}); check the disk"
