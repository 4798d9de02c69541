"""A score card beside the families: it adds up points, so that a wording which no family lists is still heard.

Most calls for help are put in words that nobody has listed before, but hardly ever in words that no other call for help
has used. The card knows what each word, pair and word set is worth; the file says how it was fitted and what it finds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from operator import add
from typing import cast

from chatbot.answering.safety.lexis import Scan
from chatbot.answering.safety.traits import (
    NEAR,
    Piece,
    Told,
    pieces,
    stretches,
    traits,
    whole,
)

MANY = 1 << 20
# more than there are numbers of words
BEFORE = 8
# words before the end of a family's match that may speak against it; those after it may be of another thought, as in
# "my husband hits me but the physio gave me new exercises"


@dataclass(frozen=True, slots=True)
class Row:
    """What the card's file says of one trait."""

    trait: str
    points: int
    # for danger: above 0 speaks for it, below against it
    groups: Mapping[str, int]
    # category -> points for it, where somebody is in danger; only those that are not 0


@dataclass(frozen=True, slots=True)
class Card:
    """The score card as it is looked up: tens of thousands of rows, so each is no more than a few numbers."""

    version: str
    date: date
    made_from: str
    # checksum of the lines that it was fitted on
    start: int
    # points that every stretch begins with
    urgent: int
    # points from which on help comes first
    soft: int
    # points from which on help is offered above the answer
    calm: int
    near: int
    # points of the message and of the words up to a match's end, below both of which it is no take-over
    groups: tuple[str, ...]
    # the categories that it tells apart
    points: tuple[int, ...]
    # of each row; every number below is the index of one, but those of words and word sets
    kinds: Mapping[int, Mapping[str, int]]
    # row -> category -> points for it, where somebody is in danger; only rows that have some
    numbers: Mapping[str, int]
    # stem -> its number, 1 and more
    words: Mapping[int, int]
    neighbours: Mapping[int, int]
    # number of the first * MANY + number of the second -> row
    nearby: Mapping[int, int]
    sets: Mapping[int, int]
    forms: Mapping[str, int]
    names: Mapping[int, str] = field(default_factory=dict)
    # set number -> "{name}"

    def rows(self) -> list[Row]:
        """Return every row as the file has it, in the file's order."""
        stems = {number: stem for stem, number in self.numbers.items()}
        traits = {
            **{row: stems[number] for number, row in self.words.items()},
            **{row: f"{stems[key // MANY]} {stems[key % MANY]}" for key, row in self.neighbours.items()},
            **{row: f"{stems[key // MANY]}~{stems[key % MANY]}" for key, row in self.nearby.items()},
            **{row: self.names[number] for number, row in self.sets.items()},
            **{row: form for form, row in self.forms.items()},
        }
        return [Row(traits[row], self.points[row], self.kinds.get(row, {})) for row in sorted(traits)]


@dataclass(frozen=True, slots=True)
class Judged:
    """The most alarming stretch of a text."""

    points: int
    category: str
    # which kind of danger it most likely is; empty below the card's `soft`
    words: int
    # mask of its words
    pieces: Sequence[Piece] = field(default=(), compare=False, repr=False)
    # of the whole text


def judge(card: Card, told: Told) -> Judged | None:
    """Add up the points of every stretch and return the highest; None for a text without words."""
    found = pieces(told)
    if not found:
        return None
    common = {card.forms[form] for form in whole(told) if form in card.forms}
    seen = _rows(card, told, found)
    worth = card.points.__getitem__
    sums = [sum(map(worth, rows)) for rows in seen]
    best, first, last = max((total, at, at + 1) for at, total in enumerate(sums))
    for at in range(len(seen) - 1):
        # What both show counts once.
        both = sums[at] + sums[at + 1] - sum(map(worth, seen[at] & seen[at + 1]))
        if both > best:
            best, first, last = both, at, at + 2
    total = card.start + best + sum(map(worth, common))
    kind = _category(card, common.union(*seen[first:last])) if total >= card.soft else ""
    return Judged(total, kind, _mask(found[first:last]), found)


def points_about(card: Card, told: Told, parts: Iterable[Piece], ends: int) -> int:
    """Return the points of the words with which a family's matches end and those before, in the sentence that has most.

    Not those of whole sentences: "I feel suicidal", said in one breath with what the nurse told about the waiting list,
    would drown in it. parts: `Judged.pieces`. ends: mask, not empty.
    """
    found = [each.until(each.mask & ends, BEFORE) for each in parts if each.mask & ends]
    return card.start + max(sum(map(card.points.__getitem__, rows)) for rows in _rows(card, told, found))


def why(card: Card, told: Told) -> list[tuple[str, int]]:
    """Return the traits of the most alarming stretch with their points, the highest first: for staff and reviewers."""
    common = whole(told)
    listed = []
    for stretch in stretches([traits(piece, told, card.names) for piece in pieces(told)]):
        found = ((trait, _row(card, trait)) for trait in stretch | common)
        points = [(trait, card.points[row]) for trait, row in found if row is not None and card.points[row]]
        listed.append(sorted(points, key=lambda pair: -pair[1]))
    return max(listed, key=lambda stretch: sum(points for _, points in stretch), default=[])


def _row(card: Card, trait: str) -> int | None:
    """Return the row of a trait by its name, None where the card has none."""
    if trait.startswith("("):
        return card.forms.get(trait)
    if trait.startswith("{"):
        return next((row for number, row in card.sets.items() if card.names[number] == trait), None)
    first, *second = (card.numbers.get(word, 0) for word in re.split("[ ~]", trait))
    if not second:
        return card.words.get(first)
    return (card.nearby if "~" in trait else card.neighbours).get(first * MANY + second[0])


def _mask(found: Iterable[Piece]) -> int:
    return sum(piece.mask for piece in found)


def _category(card: Card, rows: set[int]) -> str:
    totals = dict.fromkeys(card.groups, 0)
    for row in card.kinds.keys() & rows:
        for category, points in card.kinds[row].items():
            totals[category] += points
    return max(totals, key=lambda category: totals[category])


def _rows(card: Card, told: Told, found: list[Piece]) -> list[set[int]]:
    """Return the rows of the card that each piece meets: what `traits` names, found without spelling any name."""
    owner = {word: at for at, piece in enumerate(found) for word in range(piece.start, piece.end)}
    seen = [_word_rows(card, piece.row).union(card.forms[f] for f in piece.forms if f in card.forms) for piece in found]
    within = _mask(found)
    inside = within & ~sum(1 << (piece.end - 1) for piece in found)
    before = [(1 << piece.start) - 1 for piece in found]
    for row, met in _set_rows(card, told.scan, within, inside):
        mask = met
        while mask:
            at = owner[mask.bit_length() - 1]
            seen[at].add(row)
            # Once in a piece is enough.
            mask &= before[at]
    return seen


def _word_rows(card: Card, row: tuple[str, ...]) -> set[int]:
    """Return the rows of single words and of two words near each other; a word of no row has the number 0."""
    numbers = [card.numbers.get(word, 0) for word in row]
    shifted = [number * MANY for number in numbers]
    rows = set(map(card.words.get, numbers))
    rows.update(map(card.neighbours.get, map(add, shifted, numbers[1:])))
    for step in range(2, NEAR + 1):
        rows.update(map(card.nearby.get, map(add, shifted, numbers[step:])))
    rows.discard(None)
    return cast("set[int]", rows)


def _set_rows(card: Card, scan: Scan, within: int, inside: int) -> Iterator[tuple[int, int]]:
    """Yield the rows of word sets, each with the words at which one of its entries begins.

    within: mask of the words of all pieces. inside: of those after which their piece goes on.
    """
    sets, clear = card.sets, scan.clear
    for number in scan.single.keys() & sets.keys():
        if found := scan.single[number] & clear[1] & within:
            yield sets[number], found
    for number in scan.phrases.keys() & sets.keys():
        begins = 0
        for length, entries in scan.phrases[number].items():
            mask = entries & clear[length] & within
            for step in range(length - 1):
                mask &= inside >> step
            begins |= mask
        if begins:
            yield sets[number], begins
