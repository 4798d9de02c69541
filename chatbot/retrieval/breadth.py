"""How much of a question each passage holds, however often and wherever."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from chatbot.retrieval.summing import summed
from chatbot.retrieval.table import ROOM, Rows, Scores, bytes_of
from chatbot.text.remembered import Remembered
from chatbot.values import Concept, Term

LEAST = 0.1
# what a concept counts that says nothing in general English, beside a rare one's 1.1
REMEMBERED = 4096
NOWHERE_HELD: tuple[Rows, Scores] = (np.zeros(0, dtype=np.int32), np.zeros(0))


class Breadth:
    """For each passage the share of a question's concepts that it holds."""

    def __init__(self, passages: int, rows: Callable[[str], tuple[Rows, Scores] | None]) -> None:
        """passages: how many; rows: the passages that hold a stem, rising, and anything beside them."""
        self._passages, self._rows = passages, rows
        self._known: Remembered[tuple[Term, ...], tuple[Rows, Scores]] = Remembered(REMEMBERED, bytes_of, ROOM)

    def of(self, concepts: Sequence[Concept]) -> Scores:
        """Return a share for each passage, 0..1; a concept counts by how telling it is and by its term's weight."""
        found, asked = [], 0.0
        for concept in concepts:
            worth = worth_of(concept)
            holding, weights = self._known.get(concept.terms, self._held)
            found.append((holding, worth * weights))
            asked += worth
        total = summed(found, self._passages)
        return total / asked if asked else total

    def _held(self, terms: tuple[Term, ...]) -> tuple[Rows, Scores]:
        """Return the passages that hold all words of a term, and the weight of the best such term in each."""
        if len(terms) == 1 and len(terms[0].stems) == 1:
            # Most concepts; it spares a look at every passage.
            found = self._rows(terms[0].stems[0])
            return (found[0], np.full(len(found[0]), terms[0].weight)) if found else NOWHERE_HELD
        best = np.zeros(self._passages)
        for term in terms:
            rows = [found[0] for stem in term.stems if (found := self._rows(stem))]
            if len(rows) < len(term.stems):
                continue
            all_of_it = rows[0]
            if len(rows) > 1:
                counts = np.bincount(np.concatenate(rows), minlength=self._passages)
                all_of_it = np.flatnonzero(counts == len(rows))
            best[all_of_it] = np.maximum(best[all_of_it], term.weight)
        holding = np.flatnonzero(best).astype(np.int32)
        return holding, best[holding]


def worth_of(concept: Concept) -> float:
    """Return what a concept counts beside the others."""
    return min(1.0, concept.weight) * (LEAST + max(concept.subject, concept.rarity))
