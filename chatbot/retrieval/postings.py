"""BM25 with every score computed when the index is built: rank-bm25's definition, without its scan per question."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

import numpy as np
from rank_bm25 import BM25Okapi

from chatbot.retrieval.table import NOWHERE, Integers, Numbers, Rows, Scores, Table, replaced, sorted_table

WIDENED = 32_768
# documents up to which those of a stem are kept twice as wide as in the table, which takes as much memory once more
REMEMBERED = 4096
# stems whose documents have been looked up before
K1 = 1.2
B = 0.75
MOST_OF_IDF = K1 + 1
# what a word scores in a document is its idf times less than this, however often it stands there


class PositiveOkapi(BM25Okapi):  # type: ignore[misc]
    """rank-bm25's Okapi with an idf that is always above zero and falls as a word gets commoner.

    idf = ln(1 + (N - n + 0.5) / (n + 0.5)), as in Robertson and Zaragoza 2009 with the 1 that Lucene adds. BM25Okapi's
    own floor lifts words of over half of the passages above rarer ones ("pain" 0.85, "treatment" 0.20 on articles about
    pain); BM25Plus gives points to passages without the word; BM25L ranks worse on every public set.
    """

    def _calc_idf(self, nd: Mapping[str, int]) -> None:
        for stem, holding in nd.items():
            self.idf[stem] = inverse_frequency(self.corpus_size, holding)


def inverse_frequency(documents: int, holding: int) -> float:
    """Return ln(1 + (N - n + 0.5) / (n + 0.5)) for n of N documents."""
    return math.log(1 + (documents - holding + 0.5) / (holding + 0.5))


@dataclass(frozen=True, slots=True)
class Whole:
    """What is known of all documents where only some are at hand."""

    documents: int
    words: int
    # in all of them together
    holding: Mapping[str, int]
    # stem, or pair -> documents that hold it; only what is asked for need be there


class Postings:
    """For each stem the documents that hold it and what it adds to their BM25 score.

    The scores are rank-bm25's to the last bit, all computed when the index is built: that takes a few operations on
    whole arrays, and a question adds up what it needs.
    """

    def __init__(
        self, documents: Sequence[Sequence[str]], k1: float = K1, b: float = B, numbers: Numbers | None = None
    ) -> None:
        numbers = Numbers() if numbers is None else numbers
        lengths = np.fromiter(map(len, documents), dtype=np.int64, count=len(documents))
        # All at once: one document after the other takes twice as long.
        keys = np.fromiter(map(numbers.stems.__getitem__, chain.from_iterable(documents)), np.int64, int(lengths.sum()))
        self._fill(sorted_table(keys, lengths), numbers, k1, b)

    @classmethod
    def of_table(
        cls, table: Table, numbers: Numbers, scores: Scores | None = None, whole: Whole | None = None
    ) -> Postings:
        """Return the postings of a table; `scores` where they have been computed before.

        whole: of which the table's documents are a part; they score as they do there.
        """
        made = cls.__new__(cls)
        made._fill(table, numbers, K1, B, scores, whole)
        return made

    def _fill(
        self,
        table: Table,
        numbers: Numbers,
        k1: float,
        b: float,
        scores: Scores | None = None,
        whole: Whole | None = None,
    ) -> None:
        self.table, self.numbers, self.count, self.whole = table, numbers, len(table.lengths), whole
        self.documents = whole.documents if whole else self.count
        self.words = whole.words if whole else int(table.lengths.sum())
        self.scores = self._eager(k1, b) if scores is None else scores
        self._found: dict[str, tuple[Rows, Scores]] = {}
        # never an unknown stem: visitors' words would fill it

    def replaced(self, at: int, until: int, documents: Sequence[Sequence[int]]) -> Postings:
        """Return the postings with the documents from `at` to before `until` replaced: those of a full build.

        documents: the keys of each.
        """
        return Postings.of_table(replaced(self.table, at, until, documents), self.numbers)

    def idf(self, stem: str) -> float:
        """Return the stem's inverse document frequency; that of a word in no document where it is unknown."""
        if self.whole:
            return self.idf_of(self.whole.holding.get(stem, 0))
        found = self.rows(stem)
        return self.idf_of(len(found[0]) if found else 0)

    def idf_of(self, holding: int) -> float:
        """Return the inverse document frequency of what stands in so many documents."""
        return inverse_frequency(self.documents, holding)

    @property
    def highest_idf(self) -> float:
        """The idf of a word that stands in one document alone."""
        return self.idf_of(min(self.documents, 1))

    def rows(self, stem: str) -> tuple[Rows, Scores] | None:
        """Return (documents in order, score of each), or None where no document holds the stem."""
        found = self._found.get(stem)
        if found is None and (place := self._place(stem)).stop:
            found = self._rows_in(place), self.scores[place]
            if len(self._found) < REMEMBERED:
                self._found[stem] = found
        return found

    def _rows_in(self, place: slice) -> Rows:
        rows = self.table.rows[place]
        # In the width that NumPy counts by: it would widen them for each question anew.
        return rows if self.count > WIDENED else rows.astype(np.intp)

    def top(self, stem: str) -> float:
        """Return the highest score of a stem, 0 of an unknown one."""
        place = self._place(stem)
        return float(self.tops[bisect_left(self.table.starts.data, place.start)]) if place.stop else 0.0

    @cached_property
    def tops(self) -> Scores:
        """The highest score of each key."""
        tops: Scores = np.maximum.reduceat(self.scores, self.table.starts[:-1]) if len(self.scores) else np.zeros(0)
        return tops

    def holds(self, stem: str, document: int) -> bool:
        """Say whether a document holds a stem."""
        rows = self.table.rows[self._place(stem)]
        at = int(np.searchsorted(rows, document))
        return at < len(rows) and int(rows[at]) == document

    def _eager(self, k1: float, b: float) -> Scores:
        """Compute what `get_scores` adds for a stem: idf f (k1 + 1) / (f + k1 (1 - b + b length / mean length))."""
        table = self.table
        if not len(table.rows):
            return np.zeros(0)
        lengths = k1 * (1 - b + b * table.lengths / (self.words / self.documents))
        idf = np.repeat(self._idf_of_keys(), np.diff(table.starts))
        scores: Scores = idf * (table.counts * (k1 + 1) / (table.counts + lengths[table.rows]))
        return scores

    def _idf_of_keys(self) -> Scores:
        # By math.log and not numpy's, which may differ in the last bit.
        if self.whole:
            known = {self.numbers.known(stem): holding for stem, holding in self.whole.holding.items()}
            unknown = self.idf_of(0)
            idf = {key: self.idf_of(holding) for key, holding in known.items() if key is not None}
            return np.array([idf.get(key, unknown) for key in self.table.keys.tolist()])
        holding, inverse = np.unique(np.diff(self.table.starts), return_inverse=True)
        return np.array([self.idf_of(int(number)) for number in holding])[inverse]

    def _place(self, stem: str) -> slice:
        key = self.numbers.known(stem)
        return NOWHERE if key is None else self.table.place(key)


def combined(whole: Postings, *fields: tuple[Postings, float]) -> Postings:
    """Add to the scores of whole documents what their words score in single fields, times each field's weight.

    Every field is a part of the whole, so what stands in a field stands in the whole, too; all have the same numbers.
    """
    scores = whole.scores.copy()
    entries = _entries(whole.table, whole.table)
    for field, weight in fields:
        scores[np.searchsorted(entries, _entries(field.table, whole.table))] += weight * field.scores
    return Postings.of_table(whole.table, whole.numbers, scores, whole.whole)


def _entries(table: Table, whole: Table) -> Integers:
    """Return one number for each entry of a table, in the order of the whole table's entries."""
    keys = np.repeat(np.searchsorted(whole.keys, table.keys), np.diff(table.starts))
    found: Integers = keys * max(1, len(whole.lengths)) + table.rows
    return found
