"""Writes article files so that a reader meets the old text or the new one, never a part of it, and none outside.

Every step is one call of `os`, in an order that may be cut off anywhere: until the file is replaced the old one
stands.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import os
import secrets
import stat
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path, PurePosixPath

from chatbot.corpus.files import articles_folder, is_article_name, refusal
from chatbot.errors import Busy, CorpusError, Unwritable
from chatbot.values import Problem

PREFIX, SUFFIX = ".publishing-", ".tmp"
# of the file that is being written; readers skip hidden names and ".tmp"
WITHDRAWN = "withdrawn"
# folder beside the articles that withdrawn files are moved to: nothing is deleted, and a move back undoes it
WAIT_SECONDS = 20
NEW_FILE = 0o644
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC

_REASONS: Mapping[int, str] = {
    errno.ENOSPC: "the disk is full; make room",
    errno.EDQUOT: "the server may not store more; make room",
    errno.EFBIG: "the server may not write files of this size; raise its limit",
    errno.EROFS: "the folder is on a disk that cannot be written to; mount it for writing",
    errno.EACCES: "the server may not write into this folder; give it leave to",
    errno.EPERM: "the server may not write into this folder; give it leave to",
    errno.ENOENT: "the folder is gone; put it back",
    errno.ELOOP: "a symbolic link stands in the way; put a plain folder or file in its place",
}


@contextmanager
def hold(folder: Path, seconds: float = WAIT_SECONDS) -> Iterator[None]:
    """Keep everybody else from changing the articles through this program meanwhile; a killed holder lets go by itself.

    Raises Busy after so many seconds of waiting, CorpusError when there is no such folder.
    """
    with _told("."):
        number = os.open(articles_folder(folder), _FOLDER)
    try:
        _wait_for(number, seconds)
        yield
    finally:
        # What was done is done: a fault in letting go says nothing about it.
        with suppress(OSError):
            os.close(number)


def path_of(folder: Path, name: str) -> str:
    """Return the path, relative to the corpus folder, that an article's file of this name has."""
    return (articles_folder(folder) / name).relative_to(folder).as_posix()


def digest(data: bytes) -> str:
    """Return the SHA-256 of a file's bytes in hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def stored(folder: Path, path: str) -> bytes | None:
    """Return the bytes of an article's file, None where there is none. Raises CorpusError for a link and the like."""
    with _told(path), _place(folder, path) as (number, name):
        if _mode(number, name) is None:
            return None
        opened = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=number)
        with os.fdopen(opened, "rb") as file:
            return file.read()


def write(folder: Path, path: str, data: bytes) -> None:
    """Put these bytes in the place of an article's file, all at once; its permissions stay.

    Raises Unwritable in words for staff when it cannot, CorpusError for a place that is no article's. Then the old file
    stands, unless only the very last step failed, which makes the new one last through a power cut. Hold the folder
    meanwhile.
    """
    with _told(path), _place(folder, path) as (number, name):
        mode = _mode(number, name)
        temporary = f"{PREFIX}{secrets.token_hex(8)}{SUFFIX}"
        try:
            _fill(number, temporary, data, NEW_FILE if mode is None else stat.S_IMODE(mode))
            os.replace(temporary, name, src_dir_fd=number, dst_dir_fd=number)
        except BaseException:
            with suppress(OSError):
                os.unlink(temporary, dir_fd=number)
            raise
        os.fsync(number)


def move_away(folder: Path, path: str) -> None:
    """Move an article's file to the folder of withdrawn ones, over an older one of its name.

    Raises CorpusError when it cannot, as `write` does. Hold the folder meanwhile.
    """
    with _told(path), _place(folder, path) as (number, name):
        with suppress(FileExistsError):
            os.mkdir(folder / WITHDRAWN)  # noqa: PTH102
        with _opened(folder / WITHDRAWN, os.O_NOFOLLOW) as away:
            _mode(number, name)
            os.rename(name, name, src_dir_fd=number, dst_dir_fd=away)
            os.fsync(away)
        os.fsync(number)


def clean_up(folder: Path) -> int:
    """Delete what killed writers left half written; return how many files. Hold the folder meanwhile."""
    with _told("."), _opened(articles_folder(folder)) as number:
        names = os.listdir(number)  # noqa: PTH208
        left = [name for name in names if name.startswith(PREFIX) and name.endswith(SUFFIX)]
        for name in left:
            os.unlink(name, dir_fd=number)
    return len(left)


def _fill(folder: int, name: str, data: bytes, mode: int) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    number = os.open(name, flags, 0o600, dir_fd=folder)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(number, rest) :]
        os.fchmod(number, mode)
        os.fsync(number)
    finally:
        os.close(number)


@contextmanager
def _place(folder: Path, path: str) -> Iterator[tuple[int, str]]:
    """Open the folder that an article's file stands in; whatever leads anywhere else is refused."""
    parts, place = PurePosixPath(path), articles_folder(folder)
    if not is_article_name(parts.name) or folder / parts.parent != place or "\\" in path:
        raise refusal(1, f'"{path}" cannot be the name of an article\'s file')
    if not Path(os.path.realpath(place)).is_relative_to(os.path.realpath(folder)):
        raise refusal(1, "the folder of articles is a symbolic link that leads elsewhere; put a plain folder there")
    with _opened(place) as number:
        yield number, parts.name


@contextmanager
def _opened(folder: Path, flags: int = 0) -> Iterator[int]:
    number = os.open(folder, _FOLDER | flags)
    try:
        yield number
    finally:
        os.close(number)


def _mode(folder: int, name: str) -> int | None:
    """Return the mode of a file, None where there is none; refuse all that is no plain file."""
    try:
        mode = os.stat(name, dir_fd=folder, follow_symlinks=False).st_mode
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(mode):
        raise refusal(1, "is a symbolic link, a folder or the like; put the article's file in its place")
    return mode


def _wait_for(number: int, seconds: float) -> None:
    until = time.monotonic() + seconds
    while True:
        try:
            fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > until:
                raise Busy("Somebody else is publishing at this moment. Try again in a few seconds.") from None
            time.sleep(0.02)
        else:
            return


@contextmanager
def _told(path: str) -> Iterator[None]:
    """Turn what the system refuses into a problem of this file, in words for staff."""
    try:
        yield
    except CorpusError as error:
        raise CorpusError([replace(problem, path=path) for problem in error.problems]) from error
    except OSError as error:
        words = _REASONS.get(error.errno or 0, f"cannot be written ({error.strerror or error}); check the disk")
        raise Unwritable([Problem(path, 1, words)]) from error
