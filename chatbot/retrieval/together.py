"""How much of a question stands together in one sentence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from itertools import chain

import numpy as np

from chatbot.retrieval.rows import shared, spread
from chatbot.retrieval.summing import summed
from chatbot.retrieval.table import (
    NOWHERE,
    ROOM,
    Integers,
    Numbers,
    Rows,
    Scores,
    Table,
    bytes_of,
    make_table,
    replaced,
)
from chatbot.text.remembered import Remembered
from chatbot.values import Concept, Term

REMEMBERED = 4096
# concepts whose sentences are kept


class Together:
    """For each text the idf of the concepts that its best sentence holds."""

    def __init__(self, table: Table, sizes: Integers, idf: Callable[[str], float], numbers: Numbers) -> None:
        """table: a document for each sentence. sizes: how many of them each text has."""
        self.table, self.sizes, self._idf, self._numbers = table, sizes, idf, numbers
        self._texts, self._sentences = len(sizes), len(table.lengths)
        self._known: Remembered[tuple[Term, ...], tuple[Rows, Scores] | None] = Remembered(REMEMBERED, bytes_of, ROOM)

    @cached_property
    def _first_sentences(self) -> Integers:
        """The number of each text's first sentence."""
        firsts: Integers = np.cumsum(self.sizes) - self.sizes
        return firsts

    @cached_property
    def _owners(self) -> Integers:
        """The texts that have a sentence."""
        return np.flatnonzero(self.sizes)

    @cached_property
    def _starts(self) -> Integers:
        """The first sentence of each of these."""
        return self._first_sentences[self._owners]

    def replaced(
        self, at: int, until: int, texts: Sequence[Sequence[Sequence[int]]], idf: Callable[[str], float]
    ) -> Together:
        """Return the same with the texts from `at` to before `until` replaced by others."""
        first, last = int(self.sizes[:at].sum()), int(self.sizes[:until].sum())
        sizes = np.concatenate((self.sizes[:at], _sizes(texts), self.sizes[until:]))
        table = replaced(self.table, first, last, list(chain.from_iterable(texts)))
        return Together(table, sizes, idf, self._numbers)

    def best(self, concepts: Sequence[tuple[Concept, float]]) -> Scores:
        """Return for each text what its best sentence is worth; concepts come with their importance."""
        known = ((importance, self._known.get(concept.terms, self._held)) for concept, importance in concepts)
        found = [(each[0], importance * each[1]) for importance, each in known if each]
        if not found:
            return np.zeros(self._texts)
        worth: Scores = np.maximum.reduceat(summed(found, self._sentences), self._starts)
        if len(worth) == self._texts:
            return worth
        best = np.zeros(self._texts)
        best[self._owners] = worth
        return best

    def best_at(self, rows: Rows, concepts: Sequence[tuple[Concept, float]]) -> Scores:
        """Return what `best` gives some of the texts; only their sentences are looked at."""
        best, sizes = np.zeros(len(rows)), self.sizes[rows]
        own = np.flatnonzero(sizes)
        if not len(own):
            return best
        places, firsts = spread(self._first_sentences[rows[own]], sizes[own])
        sentences, worth = places.astype(np.int32), np.zeros(len(places))
        for concept, importance in concepts:
            held = np.zeros(len(places))
            for term in concept.terms:
                among = shared(self._sentences_of(term), sentences)[0]
                held[among] = np.maximum(held[among], self._worth(term))
            worth += importance * held
        best[own] = np.maximum.reduceat(worth, firsts)
        return best

    def _held(self, terms: tuple[Term, ...]) -> tuple[Rows, Scores] | None:
        """Return the sentences that hold the first word of one of the terms, and what the best of them is worth."""
        if len(terms) == 1:
            # Most concepts; it spares a look at every sentence.
            rows = self._sentences_of(terms[0])
            return (rows, np.full(len(rows), self._worth(terms[0]))) if len(rows) else None
        worth = np.zeros(self._sentences)
        for term in terms:
            rows = self._sentences_of(term)
            worth[rows] = np.maximum(worth[rows], self._worth(term))
        holding = np.flatnonzero(worth).astype(np.int32)
        return (holding, worth[holding]) if len(holding) else None

    def _sentences_of(self, term: Term) -> Rows:
        key = self._numbers.known(term.stems[0])
        return self.table.rows[NOWHERE if key is None else self.table.place(key)]

    def _worth(self, term: Term) -> float:
        return term.weight * self._idf(term.stems[0])


def make_together(texts: Sequence[Sequence[Sequence[int]]], idf: Callable[[str], float], numbers: Numbers) -> Together:
    """Index texts; for each, in order, the keys of each of its sentences."""
    return Together(make_table(list(chain.from_iterable(texts))), _sizes(texts), idf, numbers)


def _sizes(texts: Sequence[Sequence[object]]) -> Integers:
    return np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
