"""A score card beside the families: it adds up points, so that a wording which no family lists is still heard.

Most calls for help are put in words that nobody has listed before, but hardly ever in words that no other call for help
has used. The card knows what each word, pair and word set is worth; the file says how it was fitted and what it finds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain, islice, repeat
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from chatbot.answering.safety.lexis import Scan
from chatbot.answering.safety.ranges import Ints, spread
from chatbot.answering.safety.traits import (
    NEAR,
    Piece,
    Told,
    pieces,
    stretches,
    traits,
    whole,
)

NumberOf = Callable[[str], int | None]
MANY = 1 << 15
# numbers of words are below: two of them and a kind make a key of 32 bits
NEXT, NEARBY, SET = (kind * MANY**2 for kind in range(1, 4))
FORM = SET + MANY**2 // 2
# what the keys of neighbours, words near each other, word sets and forms begin with; a word has its number for one
PIECE_BITS = 16
MOST_PIECES = 1 << PIECE_BITS
# more than a text of a few thousand words is cut into
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
    keys: bytes
    # 32-bit numbers, ascending: a trait each, as a word, two words, a word set or a form. A row is a place among them.
    points: bytes
    # of each row, in 32 bits
    kinds: Mapping[int, Mapping[str, int]]
    # row -> category -> points for it, where somebody is in danger; only rows that have some
    numbers: Mapping[str, int]
    # stem -> its number, 1 and more
    forms: Mapping[str, int]
    # form -> its key
    sets: frozenset[int]
    # numbers of the word sets that have a row
    names: Mapping[int, str] = field(default_factory=dict)
    # set number -> "{name}"

    def rows(self) -> list[Row]:
        """Return every row as the file has it, in the order of the keys."""
        stems = {number: stem for stem, number in self.numbers.items()}
        forms = {key: form for form, key in self.forms.items()}
        worth = _points(self).tolist()
        return [
            Row(self._trait(key, stems, forms), worth[row], self.kinds.get(row, {}))
            for row, key in enumerate(_keys(self).tolist())
        ]

    def _trait(self, key: int, stems: Mapping[int, str], forms: Mapping[int, str]) -> str:
        if key >= FORM:
            return forms[key]
        if key >= SET:
            return self.names[key - SET]
        first, second = stems.get(key % MANY**2 // MANY, ""), stems[key % MANY]
        return second if key < NEXT else f"{first}{' ' if key < NEARBY else '~'}{second}"


def _keys(card: Card) -> NDArray[np.uint32]:
    return np.frombuffer(card.keys, dtype=np.uint32)


def _points(card: Card) -> NDArray[np.int32]:
    return np.frombuffer(card.points, dtype=np.int32)


class Entries(NamedTuple):
    """The entries of word sets in a text, in the order of the words at which they begin."""

    number: Ints
    # of the set
    word: Ints
    length: Ints
    # in words


@dataclass(frozen=True, slots=True)
class Judged:
    """The most alarming stretch of a text."""

    points: int
    category: str
    # which kind of danger it most likely is; empty below the card's `soft`
    words: int
    # mask of its words
    pieces: Sequence[Piece] = field(compare=False, repr=False)
    entries: Entries = field(compare=False, repr=False)
    # of the whole text


def judge(card: Card, told: Told) -> Judged | None:
    """Add up the points of every stretch and return the highest; None for a text without words."""
    found = pieces(told)
    if not found:
        return None
    common = _rows_of(card, [card.forms[form] for form in whole(told) if form in card.forms])
    entries = _entries(card, told.scan)
    rows, owners = _met(card, entries, found)
    worth = _points(card)[rows]
    sums = np.bincount(owners, worth, len(found))
    at = len(found) - 1 - int(np.argmax(sums[::-1]))
    best, first, last = sums[at], at, at + 1
    if len(found) > 1:
        # What two that follow each other both show counts once.
        shared = (rows[1:] == rows[:-1]) & (owners[1:] == owners[:-1] + 1)
        both = sums[:-1] + sums[1:] - np.bincount(owners[:-1][shared], worth[:-1][shared], len(found) - 1)
        if both.max() > best:
            at = int(np.argmax(both))
            best, first, last = both[at], at, at + 2
    total = card.start + int(best) + int(_points(card)[common].sum())
    shown = {*common.tolist(), *rows[(owners >= first) & (owners < last)].tolist()}
    kind = _category(card, shown) if total >= card.soft else ""
    return Judged(total, kind, sum(piece.mask for piece in found[first:last]), found, entries)


def points_until(card: Card, judged: Judged, marked: Iterable[int]) -> list[int]:
    """Return for each mask the points of the marked words and of those before, in the sentence that has most.

    Not those of whole sentences: "I feel suicidal", said in one breath with what the nurse told about the waiting list,
    would drown in it. marked: the words with which a family's matches end; one or more, none empty.
    """
    parts = [[each.until(own, BEFORE) for each in judged.pieces if (own := each.mask & ends)] for ends in marked]
    found = list(chain(*parts))
    rows, owners = _met(card, judged.entries, found)
    points = iter(np.bincount(owners, _points(card)[rows], len(found)).tolist())
    return [card.start + int(max(islice(points, len(part)))) for part in parts]


def why(card: Card, told: Told) -> list[tuple[str, int]]:
    """Return the traits of the most alarming stretch with their points, the highest first: for staff and reviewers."""
    common, sets = whole(told), {name: SET + number for number, name in card.names.items()}
    listed = []
    for stretch in stretches([traits(piece, told, card.names) for piece in pieces(told)]):
        points = [(trait, worth) for trait in stretch | common if (worth := _worth(card, trait, sets))]
        listed.append(sorted(points, key=lambda pair: -pair[1]))
    return max(listed, key=lambda stretch: sum(points for _, points in stretch), default=[])


def _worth(card: Card, trait: str, sets: Mapping[str, int]) -> int:
    """Return the points of a trait by its name, 0 where the card has no row of it. sets: keys by name."""
    key = key_of(trait, card.numbers.get, card.forms.get, sets.get)
    return int(_points(card)[_rows_of(card, [key])].sum()) if key is not None else 0


def key_of(trait: str, number: NumberOf, form: NumberOf, word_set: NumberOf) -> int | None:
    """Return the key of a trait by its name; None for words, forms and sets that are not known.

    number: of a stem. form, word_set: keys of a form and of a word set, whose name is in braces.
    """
    if trait.startswith("("):
        return form(trait)
    if trait.startswith("{"):
        return word_set(trait)
    kind = NEXT
    word, apart, other = trait.partition(" ")
    if not apart:
        kind = NEARBY
        word, apart, other = trait.partition("~")
    first = number(word)
    if not apart or first is None:
        return first
    second = number(other)
    return None if second is None else kind + first * MANY + second


def _category(card: Card, rows: set[int]) -> str:
    totals = dict.fromkeys(card.groups, 0)
    for row in card.kinds.keys() & rows:
        for category, points in card.kinds[row].items():
            totals[category] += points
    return max(totals, key=lambda category: totals[category])


def _met(card: Card, entries: Entries, found: Sequence[Piece]) -> tuple[Ints, Ints]:
    """Return the rows of the card that the pieces meet, ascending, and beside each the piece, each pair once.

    What `traits` names, found without spelling any name. By sorted keys and not by dicts: of a hundred thousand pairs
    a dict has every number in another place of the memory, and waits for each.
    """
    row: list[int] = []
    for piece in found:
        # Nothing has the number 0: between pieces it keeps their words apart.
        row += map(card.numbers.get, piece.row, repeat(0))
        row += [0] * NEAR
    second = np.array(row, dtype=np.int64)
    first = second * MANY
    keys = [second, first[:-1] + second[1:] + NEXT]
    keys += [first[:-step] + second[step:] + NEARBY for step in range(2, NEAR + 1)]
    owner = np.repeat(np.arange(len(found)), [len(piece.row) + NEAR for piece in found])
    owners = [owner, *(owner[:-step] for step in range(1, NEAR + 1))]
    for key, at in (_forms(card, found), _sets(entries, found)):
        keys.append(key)
        owners.append(at)
    met = np.concatenate(keys) << PIECE_BITS | np.concatenate(owners)
    met.sort()
    met = met[np.concatenate(([True], met[1:] != met[:-1]))]
    wanted = (met >> PIECE_BITS).astype(np.uint32)
    known = _keys(card)
    rows = np.searchsorted(known, wanted)
    there = known.take(rows, mode="clip") == wanted
    return rows[there], met[there] & MOST_PIECES - 1


def _rows_of(card: Card, keys: Sequence[int]) -> Ints:
    """Return the rows of keys, without those that have none."""
    known, wanted = _keys(card), np.array(keys, dtype=np.uint32)
    rows = np.searchsorted(known, wanted)
    found: Ints = rows[known.take(rows, mode="clip") == wanted]
    return found


def _forms(card: Card, found: Iterable[Piece]) -> tuple[Ints, Ints]:
    """Return the keys of the forms, and beside each its piece."""
    pairs = [(card.forms[form], at) for at, piece in enumerate(found) for form in piece.forms if form in card.forms]
    key, at = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    return key, at


def _sets(entries: Entries, found: Sequence[Piece]) -> tuple[Ints, Ints]:
    """Return the keys of the word sets that have an entry in a piece, and beside each the piece."""
    starts, ends = np.array([piece.start for piece in found]), np.array([piece.end for piece in found])
    first = entries.word.searchsorted(starts)
    owner, at = spread(first, entries.word.searchsorted(ends) - first)
    fits = entries.word[at] + entries.length[at] <= ends[owner]
    return SET + entries.number[at[fits]], owner[fits]


def _entries(card: Card, scan: Scan) -> Entries:
    """Return the entries of the word sets that the card has a row of."""
    clear = scan.clear
    numbers = list(scan.single.keys() & card.sets)
    lengths = [1] * len(numbers)
    masks = [scan.single[number] & clear[1] for number in numbers]
    for number in scan.phrases.keys() & card.sets:
        for length, mask in scan.phrases[number].items():
            numbers.append(number)
            lengths.append(length)
            masks.append(mask & clear[length])
    size = len(scan.words) // 8 + 1
    packed = np.frombuffer(b"".join([mask.to_bytes(size, "little") for mask in masks]), dtype=np.uint8)
    bits = np.unpackbits(packed, bitorder="little").view(np.bool_)
    row, word = np.divmod(np.flatnonzero(bits), 8 * size)
    order = word.argsort(kind="stable")
    row = row[order]
    return Entries(np.array(numbers, dtype=np.int64)[row], word[order], np.array(lengths, dtype=np.int64)[row])
