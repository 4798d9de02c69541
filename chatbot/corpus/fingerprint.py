"""Has the corpus folder changed? Cheap enough to ask several times a second."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from chatbot.corpus.files import SUFFIXES

WATCHED = (*SUFFIXES, ".toml")

Mark = tuple[str, int, int, int, int]
# name, size, modified and changed in nanoseconds, inode


def fingerprint(folder: Path, *others: Path) -> tuple[Mark, ...]:
    """Return what tells one state of a corpus folder from another; equal values mean that nothing was touched.

    Looks at the files of the folder and of `articles/` in it, and at the `others`, by name, size, times and inode,
    and never opens one. What is missing or may not be read counts as such: its return is a change as well.
    Raises nothing.
    """
    marks = [mark(str(path), path) for path in others]
    marks.extend(_marks(folder, "corpus"))
    marks.extend(_marks(folder / "articles", "corpus/articles"))
    return tuple(sorted(marks))


def _marks(folder: Path, name: str) -> Iterator[Mark]:
    try:
        with os.scandir(folder) as entries:
            found = [(entry.name, entry) for entry in entries if entry.name.lower().endswith(WATCHED)]
    except OSError:
        return
    # Of the folder itself only that it can be read: its times change with every editor's temporary file.
    yield name, 0, 0, 0, 0
    for file_name, entry in found:
        yield mark(f"{name}/{file_name}", entry)


def mark(name: str, entry: os.PathLike[str]) -> Mark:
    """Return what tells one state of a file from another, under this name."""
    try:
        status = os.stat(entry)  # noqa: PTH116
    except OSError:
        return name, -1, 0, 0, 0
    # The changed time sees what the modified time does not: a copy that keeps old times, a permission taken away.
    return name, status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino
