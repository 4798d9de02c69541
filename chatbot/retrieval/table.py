"""Which documents hold each key, and how often, in a few arrays: made at once, changed in part, mapped from a file."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]
Rows = NDArray[np.int32] | NDArray[np.intp]
Scores = NDArray[np.float64]

ROOM = 64 << 20
# bytes of documents and scores that each cache of concepts keeps: a common word of a million passages takes 5 MB

NOWHERE = slice(0, 0)
WIDTH = 63
# bits of a number without its sign
PAIR = 32
# bits by which the first stem's number is shifted in the key of a pair


class _Growing(dict[str, int]):
    """Numbers each stem that is asked for by its first look-up, so that a known one costs no more than that."""

    def __missing__(self, stem: str) -> int:
        number = self[stem] = len(self)
        return number


@dataclass(slots=True)
class Numbers:
    """A number for each stem, for as long as an index and its successors live: grows, and never changes one."""

    stems: dict[str, int] = field(default_factory=dict)
    _spelled: list[str] = field(default_factory=list, repr=False, compare=False)

    def __post_init__(self) -> None:
        self.stems = _Growing(self.stems)

    def keys(self, stems: Iterable[str]) -> list[int]:
        """Return the key of each stem; new stems are numbered."""
        return list(map(self.stems.__getitem__, stems))

    def keys_known(self, stems: Iterable[str]) -> list[int] | None:
        """Return the key of each stem, without numbering any; None where one was never numbered."""
        found = [self.stems.get(stem) for stem in stems]
        return None if None in found else cast("list[int]", found)

    def spelled(self, keys: Iterable[int]) -> tuple[str, ...]:
        """Return the stem of each key."""
        if len(self._spelled) < len(self.stems):
            self._spelled = list(self.stems)
        return tuple([self._spelled[key] for key in keys])

    def known(self, text: str) -> int | None:
        """Return the key of a stem or pair; None where a stem was never numbered."""
        first, space, second = text.partition(" ")
        number = self.stems.get(first)
        if number is None or not space:
            return number
        other = self.stems.get(second)
        return None if other is None else pair_key(number, other)


def pair_key(one: int, other: int) -> int:
    """Return the key of two neighbouring stems, another one than any stem's."""
    return (one + 1) << PAIR | other


@dataclass(frozen=True, slots=True)
class Table:
    """The documents of each key. Nothing in it is ever changed, so threads and processes may share it."""

    keys: Integers
    # in order, each once
    starts: Integers
    # where each key's documents begin in `rows`; one more at the end
    rows: Rows
    # documents, in order within each key
    counts: NDArray[np.int32]
    # how often each of them holds the key
    lengths: Integers
    # keys in each document

    def place(self, key: int) -> slice:
        """Return where a key's documents stand; empty for an unknown key."""
        # Views, since an array makes an object of its own for each number that is looked at.
        keys, starts = self.keys.data, self.starts.data
        at = bisect_left(keys, key)
        if at == len(keys) or keys[at] != key:
            return NOWHERE
        return slice(starts[at], starts[at + 1])

    def repeated(self) -> Integers:
        """Return the key of each entry of `rows`."""
        return np.repeat(self.keys, np.diff(self.starts))


class Lists:
    """The keys of documents, one after the other: eight bytes for each, where an object takes up to forty."""

    def __init__(self) -> None:
        self._flat, self._lengths = array("q"), array("q")

    def add(self, keys: list[int]) -> None:
        """Add a document."""
        self._flat.fromlist(keys)
        self._lengths.append(len(keys))

    def table(self) -> Table:
        """Sort the keys into a table; what was added is gone after that."""
        flat, lengths = np.array(self._flat, dtype=np.int64), np.array(self._lengths, dtype=np.int64)
        self._flat, self._lengths = array("q"), array("q")
        return sorted_table(flat, lengths)


def sorted_table(flat: Integers, lengths: Integers) -> Table:
    """Sort keys into a table. flat: those of one document after the other; lengths: how many each has."""
    rows = np.repeat(np.arange(len(lengths), dtype=np.int32), lengths)
    bits = len(lengths).bit_length()
    if len(flat) and int(flat.max()).bit_length() + bits < WIDTH:
        # Key and document in one number: sorting numbers takes a fifth of finding out their order.
        both = flat << bits | rows
        both.sort()
        flat, rows = both >> bits, (both & (1 << bits) - 1).astype(np.int32)
    else:
        # Documents rise already, so a stable order by key alone is that by key and document.
        order = np.argsort(flat, kind="stable")
        rows, flat = rows[order], flat[order]
        del order
    return _counted(flat, rows, np.ones(len(flat), dtype=np.int32), lengths)


def make_table(documents: Iterable[Sequence[int]]) -> Table:
    """Sort the keys of documents into a table."""
    lists = Lists()
    for keys in documents:
        lists.add(list(keys))
    return lists.table()


def replaced(table: Table, at: int, until: int, documents: Sequence[Sequence[int]]) -> Table:
    """Return the table with the documents from `at` to before `until` replaced by others.

    The same, array by array, as making it anew of all documents, in time that grows with the number of entries and no
    sorting of them.
    """
    fresh = make_table(documents)
    kept = (table.rows < at) | (table.rows >= until)
    keys, rows, counts = table.repeated()[kept], table.rows[kept], table.counts[kept]
    rows = rows + np.where(rows >= until, np.int32(len(documents) - (until - at)), np.int32(0))
    fresh_keys, fresh_rows = fresh.repeated(), fresh.rows + np.int32(at)
    places = _places(keys, rows, fresh_keys, fresh_rows)
    return _counted(
        np.insert(keys, places, fresh_keys),
        np.insert(rows, places, fresh_rows).astype(np.int32),
        np.insert(counts, places, fresh.counts),
        np.concatenate((table.lengths[:at], fresh.lengths, table.lengths[until:])),
    )


def _places(keys: Integers, rows: Rows, fresh_keys: Integers, fresh_rows: Rows) -> Integers:
    """Return where each fresh entry belongs among the others, which are in order of key and row."""
    low, high = np.searchsorted(keys, fresh_keys, "left"), np.searchsorted(keys, fresh_keys, "right")
    found = [
        start + np.searchsorted(rows[start:end], row) for start, end, row in zip(low, high, fresh_rows, strict=True)
    ]
    return np.array(found, dtype=np.int64)


def _counted(keys: Integers, rows: Rows, counts: NDArray[np.int32], lengths: Integers) -> Table:
    """Build a table of entries in order of key and row, adding up those that are the same."""
    if not len(keys):
        return Table(keys, np.zeros(1, dtype=np.int64), rows, counts, lengths)
    new_key = np.flatnonzero(np.diff(keys)) + 1
    new_row = np.flatnonzero((np.diff(keys) != 0) | (np.diff(rows) != 0)) + 1
    firsts = np.concatenate(([0], new_row))
    keyed = np.concatenate(([0], new_key))
    return Table(
        keys=keys[keyed],
        starts=np.concatenate((np.searchsorted(firsts, keyed), [len(firsts)])),
        rows=rows[firsts],
        counts=np.add.reduceat(counts, firsts).astype(np.int32),
        lengths=lengths,
    )


def bytes_of(held: tuple[Rows, Scores] | None) -> int:
    """Return the memory that some documents and their scores take."""
    return sum(each.nbytes for each in held) if held else 0


def arrays_of(name: str, table: Table) -> Iterator[tuple[str, NDArray[np.generic]]]:
    """Yield a table's arrays under names that begin with its own."""
    for part in ("keys", "starts", "rows", "counts", "lengths"):
        yield f"{name}.{part}", getattr(table, part)


def table_of(name: str, arrays: Mapping[str, NDArray[np.generic]]) -> Table:
    """Return the table that `arrays_of` took apart; raises KeyError where a part is missing."""
    parts = {part: arrays[f"{name}.{part}"] for part in ("keys", "starts", "rows", "counts", "lengths")}
    return Table(**parts)  # type: ignore[arg-type]
