"""The word sets of the rules, and the places where a text's words belong to them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

Places = dict[int, dict[int, int]]
# set number -> length in words -> bit mask of the words at which such an entry begins


@dataclass(slots=True)
class Lexis:
    """Numbers the word sets while the rules are read; not changed afterwards."""

    numbers: dict[str, int] = field(default_factory=dict)
    # name of a set -> its number
    words: dict[str, list[int]] = field(default_factory=dict)
    # one word -> the sets that hold it
    phrases: dict[str, list[tuple[tuple[str, ...], int]]] = field(default_factory=dict)
    # first word -> whole phrase and the set that holds it
    ranges: list[tuple[float, float, int]] = field(default_factory=list)
    # from, to, the set that holds every number between
    vocabulary: set[str] = field(default_factory=set)

    def number(self, name: str) -> int:
        """Return the number of a set, giving it one when it is new."""
        return self.numbers.setdefault(name, len(self.numbers))

    def add(self, name: str, entry: tuple[str, ...]) -> None:
        """Put one entry, a word or a phrase, into a set."""
        number = self.number(name)
        self.vocabulary.update(entry)
        if len(entry) == 1:
            holders = self.words.setdefault(entry[0], [])
            if number not in holders:
                holders.append(number)
        else:
            self.phrases.setdefault(entry[0], []).append((entry, number))

    def add_range(self, name: str, low: float, high: float) -> None:
        """Put every number from low to high into a set."""
        self.ranges.append((low, high, self.number(name)))


@dataclass(slots=True)
class Scan:
    """A text as the patterns see it: masks with one bit a word, the lowest bit for the first word."""

    words: tuple[str, ...]
    ends: int
    # words after which a sentence ends; the last word always
    places: Places

    @property
    def present(self) -> int:
        """Mask of the numbers of the sets that some word belongs to."""
        return sum(1 << number for number in self.places)

    @property
    def every(self) -> int:
        return (1 << len(self.words)) - 1

    @property
    def inside(self) -> int:
        """Words after which the sentence goes on."""
        return self.every & ~self.ends

    @property
    def starts(self) -> int:
        """Words that begin a sentence."""
        return ((self.ends << 1) | 1) & self.every

    def without(self, marked: int) -> Scan:
        """Return the scan in which the marked words belong to no set; they still take up room."""
        places = {}
        for number, lengths in self.places.items():
            kept = {length: mask & ~_before(marked, length) for length, mask in lengths.items()}
            places[number] = {length: mask for length, mask in kept.items() if mask}
        return Scan(self.words, self.ends, {number: lengths for number, lengths in places.items() if lengths})

    def sentences_with(self, marked: int) -> int:
        """Return the mask of all words in sentences that hold a marked word."""
        found, start = 0, 0
        ends = self.ends
        while ends:
            end = (ends & -ends).bit_length()
            sentence = (1 << end) - (1 << start)
            if sentence & marked:
                found |= sentence
            start, ends = end, ends & (ends - 1)
        return found


def scan(words: Iterable[str], ends: int, lexis: Lexis) -> Scan:
    """Look every word and phrase up in the word sets."""
    row = tuple(words)
    places: Places = {}
    for at, word in enumerate(row):
        bit = 1 << at
        for number in lexis.words.get(word, ()):
            lengths = places.setdefault(number, {})
            lengths[1] = lengths.get(1, 0) | bit
        for phrase, number in lexis.phrases.get(word, ()):
            if row[at : at + len(phrase)] == phrase and not _is_cut(ends, at, len(phrase)):
                lengths = places.setdefault(number, {})
                lengths[len(phrase)] = lengths.get(len(phrase), 0) | bit
        if word[0].isdigit():
            _place_number(word, bit, lexis, places)
    return Scan(row, ends, places)


def _place_number(word: str, bit: int, lexis: Lexis, places: Places) -> None:
    try:
        value = float(word)
    except ValueError:
        return
    for low, high, number in lexis.ranges:
        if low <= value <= high:
            lengths = places.setdefault(number, {})
            lengths[1] = lengths.get(1, 0) | bit


def _is_cut(ends: int, at: int, length: int) -> bool:
    """Whether a sentence ends within the phrase."""
    return bool((ends >> at) & ((1 << (length - 1)) - 1))


def _before(marked: int, length: int) -> int:
    """Return the words at which an entry of this length would touch a marked word."""
    touched = marked
    for step in range(1, length):
        touched |= marked >> step
    return touched
