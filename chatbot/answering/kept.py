"""The questions that one version of the corpus answers, kept for the next start, which need not ask them again."""

from __future__ import annotations

import hashlib
import os
from functools import cache
from importlib import resources
from importlib.abc import Traversable
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCES = (".py", ".txt", ".toml", ".tsv")
LIBRARIES = ("nltk", "numpy")
# whose numbers and stems an answer hangs on


class Suggested(msgspec.Struct, frozen=True):
    """What is suggested, and of which version of corpus and program."""

    name: str
    suggestions: dict[str, tuple[str, ...]]
    # slug -> questions that its article answers
    starters: tuple[str, ...]


def keep_suggested(path: Path, found: Suggested) -> None:
    """Write what is suggested in place of what was kept before; raises OSError where that cannot be done."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        fresh.write_bytes(msgspec.json.encode(found))
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


def kept_suggested(path: Path, name: str) -> Suggested | None:
    """Return what was kept under this name; None where there is nothing, something else, or a torn file."""
    try:
        found = msgspec.json.decode(path.read_bytes(), type=Suggested)
    except (OSError, ValueError):
        return None
    return found if found.name == name else None


@cache
def whole_program() -> str:
    """Return a name for all code and rules that an answer hangs on."""
    sources = sorted(_sources(resources.files("chatbot")))
    versions = "\n".join(f"{name} {version(name)}" for name in LIBRARIES)
    return hashlib.sha256("\0".join([*sources, versions]).encode()).hexdigest()


def _sources(folder: Traversable) -> Iterator[str]:
    for each in folder.iterdir():
        if each.is_dir():
            yield from _sources(each)
        elif each.name.endswith(SOURCES):
            yield f"{each.name}\0{each.read_text('utf-8')}"
