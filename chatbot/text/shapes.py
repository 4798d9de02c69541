"""Which words may be meant by a slip: found by the forms that slip and word share, in one array instead of a table.

The same as a mapping from forms to words, in a tenth of the memory and ready as soon as it is read from a file. A form
is known by its checksum; two forms of one checksum only offer a word that the comparison of letters then turns down.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

Forms = Callable[[str], Iterable[str]]
# a word -> the forms that it shares with its slips
Entries = NDArray[np.uint64]

BITS = np.uint64(32)
# of a word's number, the lower half of an entry
NUMBER = np.uint64(0xFFFFFFFF)


@dataclass(frozen=True, slots=True, eq=False)
class Shapes:
    """The forms of some words."""

    words: tuple[str, ...]
    # each once, in order of the alphabet
    entries: Entries
    # one for each form of each word, rising: the form's checksum, then the word's number

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Shapes) and self.words == other.words and np.array_equal(self.entries, other.entries)

    def __hash__(self) -> int:
        return hash(self.words)

    def of(self, forms: Iterable[str]) -> set[str]:
        """Return the words that have one of these forms."""
        wanted = _checksums(forms)
        begins, ends = (np.searchsorted(self.entries, bounds << BITS).tolist() for bounds in (wanted, wanted + 1))
        found = (self.entries[begin:end] & NUMBER for begin, end in zip(begins, ends, strict=True) if begin < end)
        return {self.words[number] for numbers in found for number in numbers.tolist()}


def make_shapes(words: Iterable[str], forms: Forms) -> Shapes:
    """Collect the forms of words."""
    ordered = tuple(sorted(set(words)))
    return Shapes(ordered, np.sort(_entries(ordered, range(len(ordered)), forms)))


def changed_shapes(before: Shapes, gone: Iterable[str], come: Iterable[str], forms: Forms) -> Shapes:
    """Return the same as of collecting all words again, after some went and others came."""
    words = tuple(sorted({*before.words}.difference(gone).union(come)))
    place = {word: number for number, word in enumerate(words)}
    moved = np.array([place.get(word, -1) for word in before.words], dtype=np.int64)[before.entries & NUMBER]
    stays = moved >= 0
    kept = (before.entries[stays] & ~NUMBER) | moved[stays].astype(np.uint64)
    fresh = tuple(come)
    return Shapes(words, np.sort(np.concatenate([kept, _entries(fresh, [place[word] for word in fresh], forms)])))


def _entries(words: Sequence[str], numbers: Iterable[int], forms: Forms) -> Entries:
    found = [
        (crc32(form.encode()) << 32) | number
        for word, number in zip(words, numbers, strict=True)
        for form in forms(word)
    ]
    return np.array(found, dtype=np.uint64)


def _checksums(forms: Iterable[str]) -> Entries:
    return np.array([crc32(form.encode()) for form in forms], dtype=np.uint64)
