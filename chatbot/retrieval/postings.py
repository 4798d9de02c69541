"""BM25 with every score computed when the index is built: rank-bm25's definition, without its scan per question."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from rank_bm25 import BM25Okapi

Scores = NDArray[np.float64]
Rows = NDArray[np.intp]

K1 = 1.2
B = 0.75


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


class Postings:
    """For each stem the documents that hold it and what it adds to their BM25 score."""

    def __init__(self, documents: Sequence[Sequence[str]], k1: float = K1, b: float = B) -> None:
        self.count = len(documents)
        self._rows: dict[str, tuple[Rows, Scores]] = {}
        self._idf: Mapping[str, float] = {}
        if any(documents):  # BM25Okapi divides by the number of words
            okapi = PositiveOkapi(documents, k1=k1, b=b)
            self._idf = okapi.idf
            self._rows = _eager(okapi)

    def idf(self, stem: str) -> float:
        """Return the stem's inverse document frequency; that of a word in no document where it is unknown."""
        return self._idf.get(stem, self.idf_of(0))

    def idf_of(self, holding: int) -> float:
        """Return the inverse document frequency of what stands in so many documents."""
        return inverse_frequency(self.count, holding)

    @property
    def highest_idf(self) -> float:
        """The idf of a word that stands in one document alone."""
        return self.idf_of(min(self.count, 1))

    def rows(self, stem: str) -> tuple[Rows, Scores] | None:
        """Return (documents in order, score of each), or None where no document holds the stem."""
        return self._rows.get(stem)

    def holds(self, stem: str, document: int) -> bool:
        """Say whether a document holds a stem."""
        found = self._rows.get(stem)
        if not found:
            return False
        at = int(np.searchsorted(found[0], document))
        return at < len(found[0]) and int(found[0][at]) == document


def combined(whole: Postings, *fields: tuple[Postings, float]) -> Postings:
    """Add to the scores of whole documents what their words score in single fields, times each field's weight.

    Every field is a part of the whole, so what stands in a field stands in the whole, too.
    """
    sum_of = Postings([])
    sum_of.count, sum_of._idf = whole.count, whole._idf
    for stem, (holding, scores) in whole._rows.items():
        total = scores.copy()
        for field, weight in fields:
            for part, part_scores in filter(None, [field.rows(stem)]):
                total[np.searchsorted(holding, part)] += weight * part_scores
        sum_of._rows[stem] = (holding, total)
    return sum_of


def _eager(okapi: PositiveOkapi) -> dict[str, tuple[Rows, Scores]]:
    """Compute what `get_scores` adds for a stem: idf f (k1 + 1) / (f + k1 (1 - b + b length / mean length))."""
    found: dict[str, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for number, frequencies in enumerate(okapi.doc_freqs):
        for stem, frequency in frequencies.items():
            documents, counts = found[stem]
            documents.append(number)
            counts.append(frequency)
    lengths = okapi.k1 * (1 - okapi.b + okapi.b * np.array(okapi.doc_len) / okapi.avgdl)
    rows: dict[str, tuple[Rows, Scores]] = {}
    for stem, (documents, counts) in found.items():
        holding, frequency_of = np.array(documents, dtype=np.intp), np.array(counts, dtype=np.float64)
        scores = okapi.idf[stem] * (frequency_of * (okapi.k1 + 1) / (frequency_of + lengths[holding]))
        rows[stem] = (holding, scores)
    return rows
