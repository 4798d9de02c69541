"""The wording of a question against the questions that sections answer."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Mapping, Sequence

import numpy as np

from chatbot.retrieval.postings import Postings, Scores


class Asked:
    """BM25 over headings and sample questions, several to a passage: the best one counts."""

    def __init__(self, groups: Sequence[Sequence[Sequence[str]]]) -> None:
        """groups: for each passage, in order, one list of stems for each of its texts; at least one text each."""
        numbers: dict[tuple[str, ...], int] = {}
        flat = [numbers.setdefault(tuple(text), len(numbers)) for texts in groups for text in texts]
        self._texts = np.array(flat, dtype=np.intp)
        self._starts = np.cumsum([0, *map(len, groups[:-1])]) if groups else np.zeros(0, dtype=np.intp)
        self._groups = [[frozenset(text) for text in texts] for texts in groups]
        self._postings = Postings(list(numbers))
        self._worths = {text: self._worth(text) for text in set(itertools.chain.from_iterable(self._groups))}
        self._rows: dict[frozenset[str], list[int]] = {}
        for row, texts in enumerate(self._groups):
            for text in dict.fromkeys(texts):
                self._rows.setdefault(text, []).append(row)

    def same(self, stems: Collection[str]) -> Sequence[int]:
        """Return the passages for which a text has just the question's words, in any order."""
        return self._rows.get(frozenset(stems), ())

    def likeness(self, row: int, stems: Collection[str]) -> float:
        """Return how alike a question is worded to the likest text of a passage, 0..1.

        The Dice coefficient with each word weighed by its idf among the texts: 1 when both have the same words.
        """
        weights = {stem: self._postings.idf(stem) for stem in sorted(set(stems))}
        asked = sum(weights.values())
        return max((self._dice(weights, asked, text) for text in self._groups[row]), default=0.0)

    def _dice(self, weights: Mapping[str, float], asked: float, text: frozenset[str]) -> float:
        whole = asked + self._worths[text]
        return 2 * sum(weight for stem, weight in weights.items() if stem in text) / whole if whole else 0.0

    def _worth(self, text: Collection[str]) -> float:
        # In one order everywhere: a sum of floats in a set's order differs from process to process.
        return sum(self._postings.idf(stem) for stem in sorted(text))

    def best(self, stems: Sequence[str]) -> Scores:
        """Return for each passage the score of the text that is worded most like the question."""
        scores = np.zeros(self._postings.count)
        for stem in stems:
            for holding, score in filter(None, [self._postings.rows(stem)]):
                scores[holding] += score
        best: Scores = np.maximum.reduceat(scores[self._texts], self._starts)
        return best
