"""How much of a question stands together in one sentence."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from chatbot.retrieval.fields import sentence_words
from chatbot.retrieval.postings import Rows, Scores
from chatbot.values import Concept, Term


class Together:
    """For each text the idf of the concepts that its best sentence holds."""

    def __init__(self, texts: Sequence[str], idf: Callable[[str], float]) -> None:
        sentences, owners = sentence_words(texts)
        self._sentences, self._texts, self._idf = len(sentences), len(texts), idf
        holding: dict[str, list[int]] = {}
        for number, stems in enumerate(sentences):
            for stem in stems:
                holding.setdefault(stem, []).append(number)
        self._holding = {stem: np.array(numbers, dtype=np.intp) for stem, numbers in holding.items()}
        self._owners, self._starts = np.unique(np.array(owners, dtype=np.intp), return_index=True)

    def best(self, concepts: Sequence[tuple[Concept, float]]) -> Scores:
        """Return for each text what its best sentence is worth; concepts come with their importance."""
        total = np.zeros(self._sentences)
        for concept, importance in concepts:
            found = [held for term in concept.terms if (held := self._value(term))]
            if len(found) == 1:
                total[found[0][0]] += importance * found[0][1]
            elif found:
                one = np.zeros(self._sentences)
                for rows, value in found:
                    one[rows] = np.maximum(one[rows], value)
                total += importance * one
        best = np.zeros(self._texts)
        if self._sentences:
            best[self._owners] = np.maximum.reduceat(total, self._starts)
        return best

    def _value(self, term: Term) -> tuple[Rows, float] | None:
        """Return the sentences that hold a term's first word, and what it is worth there."""
        rows = self._holding.get(term.stems[0])
        return None if rows is None else (rows, term.weight * self._idf(term.stems[0]))
