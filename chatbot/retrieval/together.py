"""How much of a question stands together in one sentence."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from chatbot.retrieval.fields import sentence_words
from chatbot.retrieval.postings import Rows, Scores
from chatbot.retrieval.remembered import Remembered
from chatbot.values import Concept, Term

REMEMBERED = 4096
# concepts whose sentences are kept


class Together:
    """For each text the idf of the concepts that its best sentence holds."""

    def __init__(self, texts: Sequence[str], idf: Callable[[str], float]) -> None:
        sentences, owners = sentence_words(texts)
        self._sentences, self._texts, self._idf = len(sentences), len(texts), idf
        holding: dict[str, list[int]] = {}
        for number, stems in enumerate(sentences):
            for stem in stems:
                holding.setdefault(stem, []).append(number)
        self._known: Remembered[tuple[Term, ...], tuple[Rows, Scores] | None] = Remembered(REMEMBERED)
        self._holding = {stem: np.array(numbers, dtype=np.intp) for stem, numbers in holding.items()}
        self._owners, self._starts = np.unique(np.array(owners, dtype=np.intp), return_index=True)

    def best(self, concepts: Sequence[tuple[Concept, float]]) -> Scores:
        """Return for each text what its best sentence is worth; concepts come with their importance."""
        total = np.zeros(self._sentences)
        for concept, importance in concepts:
            for rows, values in filter(None, [self._known.get(concept.terms, self._held)]):
                total[rows] += importance * values
        best = np.zeros(self._texts)
        if self._sentences:
            best[self._owners] = np.maximum.reduceat(total, self._starts)
        return best

    def _held(self, terms: tuple[Term, ...]) -> tuple[Rows, Scores] | None:
        """Return the sentences that hold the first word of one of the terms, and what the best of them is worth."""
        worth = np.zeros(self._sentences)
        for term in terms:
            rows = self._holding.get(term.stems[0])
            if rows is not None:
                worth[rows] = np.maximum(worth[rows], term.weight * self._idf(term.stems[0]))
        holding = np.flatnonzero(worth)
        return (holding, worth[holding]) if len(holding) else None
