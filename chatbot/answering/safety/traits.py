"""A text → stretches of sentences, and the traits of each that the score card gives points for.

A trait is written as the card's file shows it: `die` a word, `want to` neighbours, `want~die` words within three of
each other, `{wish}` a word set, `(first person)` a form of the stretch.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from chatbot.answering.safety.clauses import SHORTEST
from chatbot.answering.safety.lexis import Scan
from chatbot.text.tokens import stem

LONGEST = 28
# words of one piece: who writes without full stops is cut here
NEAR = 3
# words between two that still count as near
HIDDEN = "_"
# stands for the words of an exclusion: they take up room and mean nothing
OPEN, CLOSE = "^", "$"
# where a piece begins and ends
FIRST_PERSON = frozenset({"i", "me", "my", "myself", "mine", "we", "our", "us"})
OTHER_PERSON = frozenset({"he", "she", "they", "him", "her", "them", "his", "their"})
LONG_AGO = frozenset(
    "ago since before previous history once childhood twenties teens teenager thirties decades decade past formerly "
    "recovered resolved former".split()
)
YEARS = range(1900, 2100)
# numbers that are years
LENGTHS = (3, 5, 8, 15, 30, 45)
# words from which on a message counts as longer: in few words there is little to tell danger by, or its absence


@dataclass(frozen=True, slots=True)
class Told:
    """A scanned text and how it is told, as masks of words."""

    scan: Scan
    # without the words of exclusions
    hidden: int
    # the words of exclusions
    forms: Mapping[str, int]
    # "(asked in general)" … -> words of the sentences so put


@dataclass(frozen=True, slots=True)
class Piece:
    """One sentence, or a part of a long one."""

    start: int
    end: int
    row: tuple[str, ...]
    # stems, between OPEN and CLOSE
    forms: tuple[str, ...]

    @property
    def mask(self) -> int:
        return (1 << self.end) - (1 << self.start)

    def until(self, marked: int, before: int) -> Piece:
        """Return the part from so many words before the first of the marked words to the last of them."""
        start = max(self.start, (marked & -marked).bit_length() - 1 - before)
        end = marked.bit_length()
        row = self.row[1 + start - self.start : 1 + end - self.start]
        opens, closes = (OPEN,) * (start == self.start), (CLOSE,) * (end == self.end)
        return Piece(start, end, (*opens, *row, *closes), self.forms)


def pieces(told: Told) -> list[Piece]:
    """Cut the text where sentences end, where something new begins in one, and every LONGEST words."""
    found: list[Piece] = []
    typed = told.scan.words
    stems = list(map(stem, typed))
    hidden = told.hidden
    while hidden:
        stems[hidden.bit_length() - 1] = HIDDEN
        hidden &= (1 << hidden.bit_length() - 1) - 1
    for start, end in _cuts(told.scan):
        mask = (1 << end) - (1 << start)
        forms = (*_persons(typed[start:end]), *(form for form, words in told.forms.items() if words & mask))
        found.append(Piece(start, end, (OPEN, *stems[start:end], CLOSE), forms))
    return found


def _cuts(scan: Scan) -> Iterator[tuple[int, int]]:
    """Yield where each piece begins and ends."""
    start, pauses = 0, scan.pauses
    while pauses:
        last = pauses & -pauses
        pauses ^= last
        end = last.bit_length()
        while end - start > LONGEST:
            yield start, start + LONGEST
            start += LONGEST
        if last & scan.ends or end - start >= SHORTEST:
            yield start, end
            start = end


def _persons(typed: Sequence[str]) -> Iterator[str]:
    if not FIRST_PERSON.isdisjoint(typed):
        yield "(first person)"
    if not OTHER_PERSON.isdisjoint(typed):
        yield "(somebody else)"


def whole(told: Told) -> frozenset[str]:
    """Return the traits of the whole message, which count for every stretch of it."""
    typed = told.scan.words
    found = {f"(message {form[1:]}" for form, words in told.forms.items() if words}
    if not LONG_AGO.isdisjoint(typed) or any(word.isdigit() and int(word[:5]) in YEARS for word in typed):
        found.add("(message speaks of the past)")
    if not FIRST_PERSON.isdisjoint(typed):
        found.add("(message in first person)")
    found |= {f"(message of {length} words or more)" for length in LENGTHS if len(typed) >= length}
    return frozenset(found)


def traits(piece: Piece, told: Told, names: Mapping[int, str]) -> frozenset[str]:
    """Return the traits of one piece by name: for fitting the card and for telling why. names: of the word sets."""
    row = piece.row
    found = set(piece.forms)
    for at, word in enumerate(row):
        if word not in (OPEN, CLOSE, HIDDEN):
            found.add(word)
        if at + 1 < len(row):
            found.add(f"{word} {row[at + 1]}")
        found.update(f"{word}~{other}" for other in row[at + 2 : at + NEAR + 1])
    found.update(_sets(piece, told.scan, names))
    return frozenset(found)


def _sets(piece: Piece, scan: Scan, names: Mapping[int, str]) -> Iterator[str]:
    """Yield the names, in braces, of the word sets that have an entry in a piece."""
    for number in names.keys() & (scan.single.keys() | scan.phrases.keys()):
        for length, mask in scan.entries(number):
            fits = mask & piece.mask
            for step in range(1, length):
                fits &= piece.mask >> step
            if fits:
                yield names[number]


def stretches(found: Sequence[frozenset[str]]) -> list[frozenset[str]]:
    """Return what the card judges: every piece alone, and every two that follow each other."""
    return [*found, *(one | other for one, other in pairwise(found))]
