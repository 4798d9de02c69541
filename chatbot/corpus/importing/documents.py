"""One document of any format, or a zip of them, taken as what its name and its bytes say."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import PurePosixPath

from chatbot.corpus.importing.archives import Limits, content, opened
from chatbot.corpus.importing.parts import Imported, ImportRefused

LARGEST_BYTES = 10_000_000
ZIP_LIMITS = Limits(entries=200, unpacked=50_000_000)
LONGEST_NAME = 120
ZIP = ".zip"

Reader = Callable[[bytes, str], Imported]

# What other programs write, by its first bytes; to each a sentence that says what to do.
_OTHERS: tuple[tuple[bytes, str], ...] = (
    (
        b"\xd0\xcf\x11\xe0",
        "This is a document of an old Word (.doc), or one with a password; save it as .docx without.",
    ),
    (b"{\\rtf", "This is Rich Text; open it in a word processor and save it as .docx."),
    (b"MZ", "This is a program, not a document."),
    (b"\x7fELF", "This is a program, not a document."),
    (b"#!", "This is a program, not a document."),
    (b"\x89PNG", "This is a picture; articles hold text only."),
    (b"\xff\xd8\xff", "This is a picture; articles hold text only."),
    (b"GIF8", "This is a picture; articles hold text only."),
    (b"\x1f\x8b", "This is packed with gzip; unpack it, or pack it as .zip."),
    (b"7z\xbc\xaf", "This is packed with 7-Zip; pack it as .zip."),
    (b"Rar!", "This is packed with RAR; pack it as .zip."),
)
_SKIPPED = re.compile(r"(?:^|/)(?:__MACOSX/|\.|Thumbs\.db$|desktop\.ini$|~\$)|/$")


def _word(data: bytes, name: str) -> Imported:
    # The readers are loaded when one is needed: no visitor's question ever needs them.
    from chatbot.corpus.importing.word import read_word  # noqa: PLC0415

    return read_word(data, name)


def _pdf(data: bytes, name: str) -> Imported:
    from chatbot.corpus.importing.pdf import read_pdf  # noqa: PLC0415

    return read_pdf(data, name)


def _page(data: bytes, name: str) -> Imported:
    from chatbot.corpus.importing.pages import read_page  # noqa: PLC0415

    return read_page(data, name)


def _markdown(data: bytes, name: str) -> Imported:
    from chatbot.corpus.importing.texts import read_markdown  # noqa: PLC0415

    return read_markdown(data, name)


def _plain(data: bytes, name: str) -> Imported:
    from chatbot.corpus.importing.texts import read_plain  # noqa: PLC0415

    return read_plain(data, name)


READERS: Mapping[str, Reader] = {
    ".docx": _word,
    ".pdf": _pdf,
    ".html": _page,
    ".htm": _page,
    ".md": _markdown,
    ".markdown": _markdown,
    ".txt": _plain,
}
KINDS = "Word (.docx), PDF, web pages (.html), Markdown (.md) and text (.txt)"


def shown_name(name: str) -> str:
    """Return a file's name as it may be shown: without folders and control characters, and of bearable length."""
    last = re.split(r"[/\\]", name)[-1]
    plain = "".join(sign for sign in last if sign.isprintable()).strip() or "unnamed"
    stem, dot, suffix = plain.rpartition(".")
    return plain if len(plain) <= LONGEST_NAME else f"{(stem or plain)[: LONGEST_NAME - 10]}…{dot}{suffix[:8]}"


def refuse_at_sight(name: str, data: bytes) -> None:
    """Raise ImportRefused for what a look at name, size and first bytes tells to be no document of ours."""
    suffix = PurePosixPath(shown_name(name)).suffix.lower()
    if suffix not in READERS and suffix != ZIP:
        raise ImportRefused(f"{_kind(suffix)} cannot be brought in; {KINDS} can, and a .zip of them.")
    if not data:
        raise ImportRefused("This file is empty; save the document again.")
    if len(data) > LARGEST_BYTES:
        raise ImportRefused(
            f"This file is larger than {LARGEST_BYTES // 1_000_000} MB; split it, or take out its pictures."
        )
    for start, said in _OTHERS:
        if data.startswith(start):
            raise ImportRefused(said)
    if data.startswith(b"%PDF-") and suffix != ".pdf":
        raise ImportRefused("This is a PDF; give it a name that ends in .pdf.")
    if data.startswith(b"PK\x03\x04") and suffix not in (".docx", ZIP):
        raise ImportRefused("This is a zip archive or a Word document; give it the name that it should have.")


def read_document(data: bytes, name: str) -> Imported:
    """Read one document by what its name ends in; raises ImportRefused with a sentence that says what to do."""
    refuse_at_sight(name, data)
    shown = shown_name(name)
    suffix = PurePosixPath(shown).suffix.lower()
    if suffix == ZIP:
        raise ImportRefused("This is an archive inside an archive; unpack it first.")
    return READERS[suffix](data, shown)


@dataclass(frozen=True, slots=True)
class Member:
    """A document of an archive."""

    name: str
    number: int
    # from 0
    count: int
    # of all documents in the archive


def documents(data: bytes, name: str) -> Iterator[tuple[Member, Callable[[], bytes]]]:
    """Yield the documents of a file, one by one: a zip's members, or the file itself; each with a way to get its bytes.

    Hidden files and what an operating system adds are passed over. Raises ImportRefused for an archive that cannot be
    taken as a whole.
    """
    refuse_at_sight(name, data)
    if not shown_name(name).lower().endswith(ZIP):
        yield Member(shown_name(name), 0, 1), partial(bytes, data)
        return
    with opened(data, ZIP_LIMITS) as archive:
        members = [each for each in archive.infolist() if not _SKIPPED.search(each.filename)]
        if not members:
            raise ImportRefused("There is no document in this archive.")
        if _is_word(archive):
            raise ImportRefused("This is a Word document; give it a name that ends in .docx.")
        for number, member in enumerate(members):
            yield Member(shown_name(member.filename), number, len(members)), partial(content, archive, member)


def _is_word(archive: zipfile.ZipFile) -> bool:
    return "[Content_Types].xml" in archive.namelist()


def _kind(suffix: str) -> str:
    return f"Files that end in {suffix}" if suffix else "Files whose name does not say what they are"
