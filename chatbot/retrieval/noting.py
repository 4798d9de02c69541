"""Which words of a question each passage of a large corpus holds, and how much it can score with them at most."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from chatbot.retrieval.scoring import Scoring
from chatbot.retrieval.table import Rows, Scores

BITS = 14
# notes a passage; what is left of a long story is taken to be held by every passage

Notes = NDArray[np.uint16]
Note = tuple[int, str]
# the place of a concept in the query, and a word of one of its phrases, or "" for all its single words


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
        for note, lists in self._wanted(telling)[:BITS]:
            bit = self._bits.setdefault(note, len(self._bits))
            for rows in lists:
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

    def _wanted(self, telling: Sequence[int]) -> list[tuple[Note, list[Rows]]]:
        wanted: dict[Note, list[Rows]] = {}
        for place in telling:
            for term in self._scoring.parts[place].concept.terms:
                for stem in term.stems:
                    if held := self._scoring.words.rows(stem):
                        wanted.setdefault((place, stem if len(term.stems) > 1 else ""), []).append(held[0])
        return list(wanted.items())

    def _add(self, place: int) -> None:
        part = self._scoring.parts[place]
        most, held = np.zeros(len(self._every)), np.zeros(len(self._every), dtype=bool)
        for term, top, scale in zip(part.concept.terms, part.tops, part.scales or (1.0,), strict=True):
            if len(term.stems) > 1:
                words = [self._holds((place, stem)) for stem in term.stems]
                scores = sum(score * each for score, each in zip(top, words, strict=True))
                np.maximum(most, scale * scores * sum(words) / len(words), out=most)
                held |= np.logical_or.reduce(words)
            elif scale:
                holds = self._holds((place, ""))
                np.maximum(most, scale * top[0] * holds, out=most)
                held |= holds
        self.words[place] = part.importance * most
        self._pairs += part.pairs * held
        self._sentence += part.sentence * held
        self._breadth += part.breadth * held

    def _holds(self, note: Note) -> NDArray[np.bool_]:
        """Return for each possible note whether such a passage may hold this."""
        if note not in self._bits:
            return np.ones(len(self._every), dtype=bool)
        return (self._every >> self._bits[note] & 1).astype(bool)
