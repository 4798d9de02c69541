"""The word sets of the rules, and the places where a text's words belong to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import reduce
from itertools import compress, count, pairwise
from operator import or_

from chatbot.answering.safety.clauses import breaks
from chatbot.answering.safety.needs import Need, Needs, needs

LONGEST_PHRASE = 12
# words of one entry
Phrases = dict[int, dict[int, int]]
# set number -> length in words, 2 and more -> bit mask of the words at which such an entry begins
Entries = list[tuple[int, int]]
# length in words, bit mask of the words at which an entry of that length begins


@dataclass(slots=True)
class Branch:
    """What may follow the first words of a phrase."""

    sets: list[int] = field(default_factory=list)
    # those that hold the words up to here as a phrase
    following: dict[str, Branch] = field(default_factory=dict)


@dataclass(slots=True)
class Lexis:
    """Numbers the word sets while the rules are read; not changed afterwards."""

    numbers: dict[str, int] = field(default_factory=dict)
    # name of a set -> its number
    words: dict[str, list[int]] = field(default_factory=dict)
    # one word -> the sets that hold it
    branches: dict[str, Branch] = field(default_factory=dict)
    # the first word of phrases -> how they go on
    ranges: list[tuple[float, float, int]] = field(default_factory=list)
    # from, to, the set that holds every number between
    vocabulary: set[str] = field(default_factory=set)
    groups: dict[tuple[int, ...], int] = field(default_factory=dict)
    # sets of which any may stand at one place of a pattern -> their number as a group, ascending
    needed: list[Need] = field(default_factory=list)
    # of each pattern that is watched
    needs: Needs = field(default_factory=Needs)
    # the same, once all are known
    members: list[frozenset[int]] = field(init=False)
    # of each group, its sets
    openings: set[tuple[str, str]] = field(init=False)
    # the first two words of every phrase

    def __post_init__(self) -> None:
        self.members = [frozenset(sets) for sets in self.groups]
        self.openings = {(word, second) for word, branch in self.branches.items() for second in branch.following}

    def number(self, name: str) -> int:
        """Return the number of a set, giving it one when it is new."""
        return self.numbers.setdefault(name, len(self.numbers))

    def group(self, sets: tuple[int, ...]) -> int:
        """Return the number of a group of sets, giving it one when it is new."""
        if sets not in self.groups:
            self.groups[sets] = len(self.groups)
            self.members.append(frozenset(sets))
        return self.groups[sets]

    def add(self, name: str, entry: tuple[str, ...]) -> None:
        """Put one entry, a word or a phrase of at most LONGEST_PHRASE words, into a set."""
        number = self.number(name)
        self.vocabulary.update(entry)
        if len(entry) == 1:
            holders = self.words.setdefault(entry[0], [])
            if number not in holders:
                holders.append(number)
            return
        self.openings.add((entry[0], entry[1]))
        branch = self.branches.setdefault(entry[0], Branch())
        for word in entry[1:]:
            branch = branch.following.setdefault(word, Branch())
        branch.sets.append(number)

    def phrases(self) -> Iterator[tuple[tuple[str, ...], int]]:
        """Yield every entry of more than one word, and the set that holds it."""
        left: list[tuple[tuple[str, ...], Branch]] = [((word,), branch) for word, branch in self.branches.items()]
        while left:
            words, branch = left.pop()
            yield from ((words, number) for number in branch.sets)
            left += [((*words, word), after) for word, after in branch.following.items()]

    def add_range(self, name: str, low: float, high: float) -> None:
        """Put every number from low to high into a set."""
        self.ranges.append((low, high, self.number(name)))

    def close(self) -> None:
        """Work out what every watched pattern needs: to be called when all are entered, and before the first scan."""
        longest: dict[int, int] = {}
        for words, number in self.phrases():
            longest[number] = max(len(words), longest.get(number, 0))
        self.needs = needs(list(self.groups), self.needed, len(self.numbers), longest)

    def possible(self, begins: Mapping[int, int], words: int) -> list[int]:
        """Return the patterns, by number, that a text may match.

        begins: set number -> mask of the words at which its entries begin. words: of the text.
        """
        if self.needs.patterns != len(self.needed):
            raise ValueError("patterns were entered and the lexis was not closed: a scan would miss them")
        return self.needs.possible(begins, words)


@dataclass(slots=True)
class Scan:
    """A text as the patterns see it: masks with one bit a word, the lowest bit for the first word.

    Hidden words take up room and belong to no set: whoever looks an entry up takes only those that `clear` leaves.
    """

    words: tuple[str, ...]
    ends: int
    # words after which a sentence ends; the last word always
    pauses: int
    # those, and words after which something new begins in a sentence that goes on: there a `$` of a pattern is met, too
    single: dict[int, int]
    # set number -> mask of the words that are an entry by themselves: kept apart, as nearly all are
    phrases: Phrases
    held: set[int]
    # numbers of the sets that have an entry
    possible: Sequence[int]
    # numbers of the patterns for every place of which there is an entry, ascending (`Lexis.needed`)
    members: Sequence[frozenset[int]] = field(repr=False)
    # `Lexis.members`
    hidden: int = 0
    every: int = field(init=False)
    # all words
    inside: int = field(init=False)
    # words after which the sentence goes on
    starts: int = field(init=False)
    # words that begin a sentence
    clear: tuple[int, ...] = field(init=False)
    # by length in words: mask of the words at which an entry touches no hidden word
    found: Found = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        self.every = (1 << len(self.words)) - 1
        self.inside = self.every & ~self.ends
        self.starts = ((self.ends << 1) | 1) & self.every
        self.clear = _clear(self.every, self.hidden)
        self.found = Found(self)

    def without(self, marked: int) -> Scan:
        """Return the scan in which the marked words belong to no set; they still take up room."""
        if not marked:
            return self
        return replace(self, hidden=self.hidden | marked)

    def entries(self, number: int) -> Entries:
        """Return the entries of a set: length in words, mask of the words at which one of that length begins."""
        single = [(1, found)] if (found := self.single.get(number, 0) & self.clear[1]) else []
        if number not in self.phrases:
            return single
        return single + [
            (long, found) for long, mask in self.phrases[number].items() if (found := mask & self.clear[long])
        ]

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


class Found(dict[int, Entries]):
    """The entries of groups of sets, as `Scan.entries` does for one, each length once: of a group once it is asked for.

    Patterns have many places in common.
    """

    __slots__ = ("_clear", "_held", "_members", "_phrases", "_single")

    def __init__(self, seen: Scan) -> None:
        self._single, self._phrases, self._clear = seen.single, seen.phrases, seen.clear
        self._held, self._members = seen.held, seen.members

    def __missing__(self, group: int) -> Entries:
        single, phrases, clear = self._single, self._phrases, self._clear
        alone = 0
        longer: dict[int, int] = {}
        for number in self._held & self._members[group]:
            if number in single:
                alone |= single[number]
            if number in phrases:
                for long, mask in phrases[number].items():
                    longer[long] = longer.get(long, 0) | mask
        found = self[group] = [(1, alone)] if (alone := alone & clear[1]) else []
        if longer:
            found += [(long, left) for long, mask in longer.items() if (left := mask & clear[long])]
        return found


def scan(words: Iterable[str], ends: int, lexis: Lexis) -> Scan:
    """Look every word and phrase up in the word sets."""
    row = tuple(words)
    single: dict[int, int] = {}
    phrases: Phrases = {}
    where: dict[str, int] = {}
    for word, bit in zip(row, map((1).__lshift__, count()), strict=False):
        where[word] = where.get(word, 0) | bit
    for at in compress(count(), map(lexis.openings.__contains__, pairwise(row))):
        _place_phrases(lexis.branches[row[at]], row, at, ends, phrases)
    for word, bits in where.items():
        for number in lexis.words.get(word, ()):
            single[number] = single.get(number, 0) | bits
        if word[0].isdigit():
            _place_number(word, bits, lexis, single)
    pauses = ends | sum(1 << (at - 1) for at in breaks(row, ends))
    begins = dict(single)
    for number, lengths in phrases.items():
        begins[number] = reduce(or_, lengths.values(), begins.get(number, 0))
    return Scan(row, ends, pauses, single, phrases, set(begins), lexis.possible(begins, len(row)), lexis.members)


def _place_phrases(branch: Branch, row: tuple[str, ...], at: int, ends: int, phrases: Phrases) -> None:
    """Enter the phrases that begin with a word, none across the end of a sentence."""
    for end in range(at + 1, len(row)):
        following = branch.following.get(row[end])
        if following is None or ends >> (end - 1) & 1:
            return
        branch = following
        if branch.sets:
            length, bit = end - at + 1, 1 << at
            for number in branch.sets:
                lengths = phrases.setdefault(number, {})
                lengths[length] = lengths.get(length, 0) | bit


def _place_number(word: str, bits: int, lexis: Lexis, single: dict[int, int]) -> None:
    try:
        value = float(word)
    except ValueError:
        return
    for low, high, number in lexis.ranges:
        if low <= value <= high:
            single[number] = single.get(number, 0) | bits


def _clear(every: int, hidden: int) -> tuple[int, ...]:
    if not hidden:
        return (every,) * (LONGEST_PHRASE + 1)
    left = [every]
    for step in range(LONGEST_PHRASE):
        left.append(left[-1] & ~(hidden >> step))
    return tuple(left)
