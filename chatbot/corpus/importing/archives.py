"""Zip archives of people who may mean harm: looked at before anything in them is unpacked."""

from __future__ import annotations

import stat
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO

from chatbot.corpus.importing.parts import ImportRefused

ENCRYPTED = 0x1
MOST_TIMES = 200
# an archive's member may unpack to; XML of a word processor reaches 30, 1,027 was measured on a bomb
SMALL = 1_000_000
# bytes; what unpacks to no more than this may be squeezed as tightly as it likes
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much an archive may hold."""

    entries: int
    unpacked: int
    # bytes of all members together


@contextmanager
def opened(data: bytes, limits: Limits) -> Iterator[zipfile.ZipFile]:
    """Open an archive that keeps to the limits; raises ImportRefused.

    What its members claim to unpack to is true: reading stops there, and their check sums tell a lie.
    """
    if not data.startswith(b"PK\x03\x04"):
        raise ImportRefused("This is no zip archive, whatever its name says.")
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            _refuse(archive.infolist(), limits)
            yield archive
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, UnicodeError, ValueError) as error:
        raise ImportRefused("This file is damaged or cut off; send it again, or save it afresh.") from error


def content(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """Return what a member holds."""
    with archive.open(member) as file:
        return file.read(member.file_size)


def _refuse(members: Sequence[zipfile.ZipInfo], limits: Limits) -> None:
    if len(members) > limits.entries:
        raise ImportRefused(f"This archive holds {len(members):,} files; at most {limits.entries:,} can be taken.")
    unpacked = sum(member.file_size for member in members)
    if unpacked > limits.unpacked:
        raise ImportRefused(
            f"Unpacked this would be {_megabytes(unpacked)}; at most {_megabytes(limits.unpacked)} can be taken."
        )
    names = [member.filename for member in members]
    if len(set(names)) < len(names):
        raise ImportRefused("Two files in this archive have the same name; pack it afresh.")
    for member in members:
        _refuse_member(member)


def _refuse_member(member: zipfile.ZipInfo) -> None:
    name = member.filename
    if member.flag_bits & ENCRYPTED:
        raise ImportRefused("This file is protected by a password; save it without one.")
    if name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/") or ":" in name or "\0" in name:
        raise ImportRefused("A file in this archive wants to be unpacked somewhere else; nothing of it was taken.")
    if stat.S_ISLNK(member.external_attr >> 16):
        raise ImportRefused("This archive holds a link to another file; nothing of it was taken.")
    if member.compress_type not in _METHODS:
        raise ImportRefused("This archive is packed in an unusual way; pack it as an ordinary zip.")
    if member.file_size > SMALL and member.file_size > MOST_TIMES * max(member.compress_size, 1):
        raise ImportRefused(
            "A file in this archive unpacks to far more than it seems to hold; nothing of it was taken."
        )


def _megabytes(count: int) -> str:
    return f"{count / 1_000_000:,.0f} MB"
