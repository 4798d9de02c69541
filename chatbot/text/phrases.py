"""Where the phrases of a list stand in a question, also with a word or two in between: "wears right off"."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

Phrase = tuple[str, ...]
# stems of one or more words, question words included: "wears off" is ("wear", "off")

GAP = 2
# words that may stand inside a phrase in all: "turn the pain off"
FIRM = frozenset(
    "how what which who when where why if no not never cant dont wont isnt doesnt didnt can do doe is are in at on off "
    "of to for from by up and or too as than so be get it i".split()
)
# stems behind which nothing may stand in between: "how bad and long" does not ask how long


class Found(NamedTuple):
    """One phrase in a question; a tuple, since many are made and most are dropped again."""

    phrase: Phrase
    places: tuple[int, ...]
    # numbers of its words in the question, rising

    @property
    def is_whole(self) -> bool:
        """Whether its words stand side by side."""
        return self.places[-1] - self.places[0] < len(self.places)


@dataclass(slots=True)
class _Step:
    """What may follow the words read so far."""

    following: dict[str, _Step] = field(default_factory=dict)
    phrase: Phrase | None = None


class Phrases:
    """A list of phrases as a tree of their words, so that a question is read once however many there are."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self._first = _Step()
        for phrase in phrases:
            step = self._first
            for stem in phrase:
                step = step.following.setdefault(stem, _Step())
            step.phrase = phrase

    def within(self, stems: Sequence[str]) -> tuple[Found, ...]:
        """Return every phrase in the question, the longer ones first, and of these the ones that stand side by side."""
        found: list[Found] = []
        for at, stem in enumerate(stems):
            if step := self._first.following.get(stem):
                _follow(step, stems, (at,), GAP, found)
        return tuple(sorted(found, key=_most_words_first))


def _most_words_first(found: Found) -> tuple[int, bool, tuple[int, ...], Phrase]:
    return -len(found.places), not found.is_whole, found.places, found.phrase


def _follow(step: _Step, stems: Sequence[str], places: tuple[int, ...], gap: int, found: list[Found]) -> None:
    """Add every phrase that begins with the words up to `step`, which stand at the places."""
    if step.phrase is not None:
        found.append(Found(step.phrase, places))
    if step.following:
        at = places[-1]
        most = 0 if stems[at] in FIRM else gap
        for skipped, stem in enumerate(stems[at + 1 : at + most + 2]):
            # Most words begin nothing here: asking first spares a call.
            if following := step.following.get(stem):
                _follow(following, stems, (*places, at + skipped + 1), gap - skipped, found)


def standing(found: Iterable[Found], carrying: Collection[int]) -> tuple[Found, ...]:
    """Return the phrases that count, in the order of the question.

    found: as `Phrases.within` gives them. carrying: numbers of the words that carry a subject. A phrase counts when it
    holds a subject word that none before it holds, or, of question words alone, when none of its words is taken.
    """
    taken: set[int] = set()
    kept = []
    for each in found:
        own = [place for place in each.places if place in carrying] or each.places
        is_new = any(place not in taken for place in own) if own is not each.places else not taken.intersection(own)
        if is_new:
            taken.update(each.places)
            kept.append(each)
    return tuple(sorted(kept, key=lambda each: each.places))
