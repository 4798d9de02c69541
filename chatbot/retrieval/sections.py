"""The wording of a question against the questions that sections answer."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Mapping, Sequence

import numpy as np

from chatbot.retrieval.postings import Postings, Whole
from chatbot.retrieval.summing import summed
from chatbot.retrieval.table import Numbers, Scores, make_table


class Asked:
    """BM25 over headings and sample questions, several to a passage: the best one counts."""

    def __init__(
        self,
        groups: Iterable[Sequence[Sequence[str]]],
        *,
        whole: Whole | None = None,
        worths: Mapping[tuple[str, ...], float] | None = None,
    ) -> None:
        """groups: for each passage, in order, one sequence of stems for each of its texts; at least one text each.

        whole: of all wordings, where these passages are a part of a corpus; then `worths` holds that of each text.
        """
        numbers: dict[tuple[str, ...], int] = {}
        found, bounds = array("q"), array("q", [0])
        for texts in groups:
            found.extend(numbers.setdefault(tuple(text), len(numbers)) for text in texts)
            bounds.append(len(found))
        # In arrays: as lists of lists the texts of a million passages take 80 MB more.
        self._texts, self._bounds = np.array(found, dtype=np.intp), np.array(bounds, dtype=np.intp)
        stems = Numbers()
        self._postings = Postings.of_table(make_table([stems.keys(text) for text in numbers]), stems, whole=whole)
        self._wordings = tuple(numbers)
        self._worths = {numbers[text]: worth for text, worth in (worths or {}).items() if text in numbers}
        self._numbers = numbers
        self._same: dict[tuple[str, ...], list[int]] = {}
        for number, text in enumerate(self._wordings):
            self._same.setdefault(_unordered(text), []).append(number)

    def same(self, stems: Collection[str]) -> Sequence[int]:
        """Return the passages for which a text has just the question's words, in any order."""
        wanted = self._same.get(_unordered(stems), ())
        if not wanted:
            return ()
        places = np.flatnonzero(np.isin(self._texts, wanted))
        rows: list[int] = np.unique(np.searchsorted(self._bounds, places, "right") - 1).tolist()
        return rows

    def likeness(self, rows: Sequence[int], stems: Collection[str]) -> list[float]:
        """Return for each of some passages how alike a question is worded to the likest of its texts, 0..1.

        The Dice coefficient with each word weighed by its idf among the texts: 1 when both have the same words.
        """
        weights = {stem: self._postings.idf(stem) for stem in sorted(set(stems))}
        asked = sum(weights.values())
        return [max(self._dice(weights, asked, number) for number in self._group(row)) for row in rows]

    def _group(self, row: int) -> list[int]:
        texts: list[int] = self._texts[self._bounds[row] : self._bounds[row + 1]].tolist()
        return texts

    def _dice(self, weights: Mapping[str, float], asked: float, number: int) -> float:
        text = self._wordings[number]
        both = sum([weight for stem, weight in weights.items() if stem in text])
        return 2 * both / (asked + self._worth(number)) if both else 0.0

    @property
    def whole(self) -> tuple[int, int]:
        """How many wordings there are, and how many words they have together."""
        return self._postings.documents, self._postings.words

    @property
    def texts(self) -> Iterable[tuple[str, ...]]:
        """All wordings, each once."""
        return self._numbers

    def worth(self, text: tuple[str, ...]) -> float:
        """Return the sum of the idf of a wording's stems, each once."""
        return self._worth(self._numbers[text])

    def _worth(self, number: int) -> float:
        if number not in self._worths:
            # In one order everywhere: a sum of floats in a set's order differs from process to process.
            self._worths[number] = sum(self._postings.idf(stem) for stem in _unordered(self._wordings[number]))
        return self._worths[number]

    def best(self, stems: Sequence[str]) -> Scores:
        """Return for each passage the score of the text that is worded most like the question."""
        scores = summed([found for stem in stems if (found := self._postings.rows(stem))], self._postings.count)
        own: Scores = scores[self._texts]
        if len(own) == len(self._bounds) - 1:
            # Each passage has one text, which is the best one.
            return own
        best: Scores = np.maximum.reduceat(own, self._bounds[:-1])
        return best


def _unordered(stems: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(stems)))
