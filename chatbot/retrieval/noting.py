"""Which words of a question each passage of a large corpus holds, and how much it can score with them at most."""

from __future__ import annotations

import operator
from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from chatbot.retrieval.scoring import Scoring
from chatbot.retrieval.table import Rows, Scores
from chatbot.values import Term

BITS = 14
# notes a passage; what is left of a long story is taken to be held by every passage

Notes = NDArray[np.uint16]
Note = int | str
# a word of a phrase, or the place of a concept in the query for all its single words


class Noted:
    """For each passage a bit for the single words of each concept, and one for each word of its phrases.

    A word that a passage holds is noted without a look at its score, which takes 2 ns for each. Phrases are noted word
    by word, since a passage that has but one of four words scores little with it.
    """

    def __init__(self, scoring: Scoring, telling: Sequence[int]) -> None:
        """telling: places of the concepts in the query, the one that can add most first."""
        self._scoring = scoring
        self.notes: Notes = np.zeros(scoring.words.count, dtype=np.uint16)
        self._bits: dict[Note, int] = {}
        for note, words in self._wanted(telling)[:BITS]:
            bit = self._bits.setdefault(note, len(self._bits))
            for rows in words.values():
                self.notes[rows] |= np.uint16(1 << bit)
        self._every = np.arange(1 << len(self._bits))
        self.words: dict[int, Scores] = {}
        # place of a concept -> for each possible note the most that its words can score
        self._pairs, self._sentence, self._breadth = (np.zeros(len(self._every)) for _ in range(3))
        for place in telling:
            self._add(place)

    @cached_property
    def reaches(self) -> Scores:
        """For each possible note the most that such a passage can score, but for how its section is worded."""
        weights = self._scoring.weights
        together = self._sentence * (weights.sentence + weights.breadth * self._breadth)
        reaches: Scores = sum(self.words.values(), start=self._pairs + together)
        return reaches

    def _wanted(self, telling: Sequence[int]) -> list[tuple[Note, dict[str, Rows]]]:
        """Return the notes, and for each the words that it stands for with the passages that hold them."""
        wanted: dict[Note, dict[str, Rows]] = {}
        for place in telling:
            for term in self._scoring.parts[place].concept.terms:
                for stem in term.stems:
                    if held := self._scoring.words.rows(stem):
                        wanted.setdefault(_note(place, term, stem), {})[stem] = held[0]
        return list(wanted.items())

    def _add(self, place: int) -> None:
        part = self._scoring.parts[place]
        scores, worth, share = (np.zeros(len(self._every)) for _ in range(3))
        for number, (term, tops) in enumerate(zip(part.concept.terms, part.tops, strict=True)):
            words = [self._holds(_note(place, term, stem), top) for stem, top in zip(term.stems, tops, strict=True)]
            held = sum(words) / len(words)
            scale = part.scales[number] if part.scales else 1.0
            np.maximum(scores, scale * held * sum(map(operator.mul, tops, words)), out=scores)
            np.maximum(worth, part.worths[number] * words[0], out=worth)
            np.maximum(share, part.shares[number] * (held == 1), out=share)
        self.words[place] = part.importance * scores
        self._pairs += part.pairs * (scores > 0)
        self._sentence += worth
        self._breadth += share

    def _holds(self, note: Note, top: float) -> Scores:
        """Return for each possible note 1 where such a passage may hold a word. top: the word's highest score."""
        if note not in self._bits:
            return np.full(len(self._every), float(top > 0))
        return (self._every >> self._bits[note] & 1).astype(np.float64)


def _note(place: int, term: Term, stem: str) -> Note:
    # The word of a phrase is noted once for all concepts: those of one story often share their phrases' words.
    return stem if len(term.stems) > 1 else place
