"""Values kept in files from one start to the next: they come back whole and under their own name, or not at all.

A file is a checksum and the value in MessagePack. Nothing in it is code, and whatever does not fit is as good as no
file: what is torn, what another version of the program wrote, what is of another shape.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Callable, Iterator
from functools import cache
from importlib import resources
from importlib.abc import Traversable
from importlib.metadata import version
from pathlib import Path
from typing import BinaryIO, TypeVar

import msgspec

Value = TypeVar("Value")

SOURCES = (".py", ".txt", ".toml", ".tsv")
LIBRARIES = ("nltk", "numpy", "msgspec")
# whose numbers, stems and shapes an answer or a file hangs on
DIGEST = hashlib.sha256().digest_size


def keep(path: Path, name: str, value: object) -> None:
    """Write a value in place of what was kept there before; raises OSError where that cannot be done.

    name: all that the value was made of; it is only found again under the same.
    """
    body = msgspec.msgpack.encode(value)
    put(path, lambda file: file.write(_digest(name, body) + body))


def kept(path: Path, name: str, kind: type[Value]) -> Value | None:
    """Return what was kept there under this name; None where there is nothing, something else, or a torn file."""
    try:
        whole = path.read_bytes()
        digest, body = whole[:DIGEST], memoryview(whole)[DIGEST:]
        return msgspec.msgpack.decode(body, type=kind) if digest == _digest(name, body) else None
    except (OSError, ValueError):
        return None


def packed(value: object) -> msgspec.Raw:
    """Return a part of a value that is unpacked by itself: unpacked together, large parts need their room twice."""
    return msgspec.Raw(msgspec.msgpack.encode(value))


def unpacked(part: msgspec.Raw, kind: type[Value]) -> Value:
    """Return such a part as it was. Raises ValueError where it is of another shape."""
    return msgspec.msgpack.decode(part, type=kind)


def is_kept(path: Path, name: str) -> bool:
    """Say whether a whole file of this name lies there, whatever is in it."""
    try:
        whole = path.read_bytes()
    except OSError:
        return False
    return whole[:DIGEST] == _digest(name, memoryview(whole)[DIGEST:])


def put(path: Path, write: Callable[[BinaryIO], object]) -> None:
    """Write a file below a name of its own and put it in place at once; raises OSError where that cannot be done.

    Not forced onto the disk: what a power cut tears is read anew, as every torn file.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with fresh.open("wb") as file:
            write(file)
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


@cache
def program() -> str:
    """Return a name for all code and rules that an answer hangs on."""
    digest = hashlib.sha256("\n".join([sys.version, *(f"{name} {version(name)}" for name in LIBRARIES)]).encode())
    for path, source in sorted(_sources(resources.files("chatbot"), "")):
        # One after the other: together they are as large as all that is kept.
        digest.update(f"\0{path}\0".encode())
        digest.update(source.read_bytes())
    return digest.hexdigest()


def _digest(name: str, body: bytes | memoryview) -> bytes:
    digest = hashlib.sha256(name.encode())
    digest.update(b"\0")
    digest.update(body)
    return digest.digest()


def _sources(folder: Traversable, path: str) -> Iterator[tuple[str, Traversable]]:
    for each in folder.iterdir():
        if each.is_dir():
            yield from _sources(each, f"{path}{each.name}/")
        elif each.name.endswith(SOURCES):
            yield f"{path}{each.name}", each
