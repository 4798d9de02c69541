"""The wording of a question against the questions that sections answer."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain, pairwise
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from chatbot.retrieval.postings import Postings, Whole
from chatbot.retrieval.rows import spread
from chatbot.retrieval.summing import summed
from chatbot.retrieval.table import Integers, Numbers, Rows, Scores, sorted_table
from chatbot.text.remembered import Remembered

REMEMBERED = 4096
# wordings that have been looked at before

Texts = Sequence[tuple[str, ...]]
# the wordings of one passage, at least one, each the stems of its words


class Asked:
    """BM25 over headings and sample questions, several to a passage: the best one counts.

    Each wording counts once, however many passages share it. Everything lies in arrays, so that processes can map them:
    as objects the wordings of a million passages take 300 MB in each.
    """

    def __init__(
        self,
        arrays: Mapping[str, NDArray[np.generic]],
        postings: Postings,
        worths: Mapping[tuple[str, ...], float] | None = None,
    ) -> None:
        """arrays: what `make_asked` made. worths: of wordings, where these passages are a part of a corpus."""
        self.arrays, self.postings = arrays, postings
        self.texts_of: Integers = arrays["texts"]  # type: ignore[assignment]
        # the number of each passage's wordings, one passage after the other
        self.bounds: Integers = arrays["bounds"]  # type: ignore[assignment]
        # where those of each passage begin; one more at the end
        self._words: Integers = arrays["words"]  # type: ignore[assignment]
        self._ends: Integers = arrays["ends"]  # type: ignore[assignment]
        # the keys of each wording's stems, and where they begin
        self._signs, self._signed = arrays["signs"].data, arrays["signed"].data
        # what all of a wording's words make of it, rising, and whose it is
        self._given = worths or {}
        self._known: Remembered[int, tuple[frozenset[int], float]] = Remembered(REMEMBERED)

    def replaced(self, at: int, until: int, groups: Sequence[Texts]) -> Asked:
        """Return the same with the passages from `at` to before `until` replaced by others: that of a full build."""
        # As keys, and those that stay with their signs: reading them as words anew takes half the time of an edit.
        wordings, key_of = list(self._every()), self.postings.numbers.keys
        numbers = {keys: number for number, keys in enumerate(wordings)}
        fresh = [numbers.setdefault(tuple(key_of(text)), len(numbers)) for texts in groups for text in texts]
        first, last = self.bounds[at], self.bounds[until]
        texts = np.concatenate((self.texts_of[:first], np.array(fresh, dtype=np.int64), self.texts_of[last:]))
        sizes = np.fromiter(map(len, groups), dtype=np.int64, count=len(groups))
        own = np.diff(self.bounds)
        bounds = np.concatenate(([0], np.cumsum(np.concatenate((own[:at], sizes, own[until:])))))
        used, texts = _numbered_anew(texts)
        signs = np.empty(len(numbers), dtype=np.int64)
        signs[self.arrays["signed"]] = self.arrays["signs"]
        every = list(numbers)
        signs[len(wordings) :] = [_sign(keys) for keys in every[len(wordings) :]]
        return _made(texts, bounds, [every[number] for number in used], signs[used], numbers=self.postings.numbers)

    def same(self, stems: Collection[str]) -> Sequence[int]:
        """Return the passages for which a text has just the question's words, in any order."""
        wanted = self._wanted(stems)
        if not wanted:
            return ()
        chosen = np.zeros(self.postings.count, dtype=bool)
        chosen[wanted] = True
        rows: list[int] = self.rows_of(chosen).tolist()
        return rows

    def _wanted(self, stems: Collection[str]) -> list[int]:
        """Return the wordings of just these words."""
        keys = self.postings.numbers.keys_known(set(stems))
        if keys is None:
            return []
        sign, found = _sign(keys), []
        at = bisect_left(self._signs, sign)
        while at < len(self._signs) and self._signs[at] == sign:
            number = self._signed[at]
            if self._known.get(number, self._read)[0] == set(keys):
                found.append(number)
            at += 1
        return found

    def likeness(self, rows: Sequence[int], stems: Collection[str]) -> list[float]:
        """Return for each of some passages how alike a question is worded to the likest of its texts, 0..1.

        The Dice coefficient with each word weighed by its idf among the texts: 1 when both have the same words.
        """
        known = self.postings.numbers.stems.get
        weights = [(known(stem), self.postings.idf(stem)) for stem in sorted(set(stems))]
        asked = sum(weight for _, weight in weights)
        return [max(self._dice(weights, asked, number) for number in self._group(row)) for row in rows]

    def _group(self, row: int) -> list[int]:
        texts: list[int] = self.texts_of[self.bounds[row] : self.bounds[row + 1]].tolist()
        return texts

    def _dice(self, weights: Sequence[tuple[int | None, float]], asked: float, number: int) -> float:
        text, worth = self._known.get(number, self._read)
        both = sum([weight for key, weight in weights if key in text])
        return 2 * both / (asked + worth) if both else 0.0

    @property
    def whole(self) -> tuple[int, int]:
        """How many wordings there are, and how many words they have together."""
        return self.postings.documents, self.postings.words

    @property
    def texts(self) -> Iterator[tuple[str, ...]]:
        """All wordings, each once."""
        return map(self.postings.numbers.spelled, self._every())

    def _every(self) -> Iterator[tuple[int, ...]]:
        words, ends = self._words.tolist(), self._ends.tolist()
        return (tuple(words[start:end]) for start, end in pairwise(ends))

    def worth(self, text: tuple[str, ...]) -> float:
        """Return the sum of the idf of a wording's stems, each once."""
        if text in self._given:
            return self._given[text]
        # In one order everywhere: a sum of floats in a set's order differs from process to process.
        return sum(self.postings.idf(stem) for stem in sorted(set(text)))

    def _read(self, number: int) -> tuple[frozenset[int], float]:
        """Return the keys of a wording's words, and its worth."""
        keys = self._words[self._ends[number] : self._ends[number + 1]].tolist()
        return frozenset(keys), self.worth(self.postings.numbers.spelled(keys))

    def best(self, stems: Sequence[str]) -> Scores:
        """Return for each passage the score of the text that is worded most like the question."""
        own: Scores = self.scores(stems)[self.texts_of]
        if len(own) == len(self.bounds) - 1:
            # Each passage has one text, which is the best one.
            return own
        best: Scores = np.maximum.reduceat(own, self.bounds[:-1])
        return best

    def best_at(self, rows: Rows, scores: Scores) -> Scores:
        """Return for each of some passages the best of its texts' scores, as `scores` gives them."""
        starts = self.bounds[rows]
        if len(self.texts_of) == len(self.bounds) - 1:
            return scores[self.texts_of[starts]]
        places, firsts = spread(starts, self.bounds[rows + 1] - starts)
        return np.maximum.reduceat(scores[self.texts_of[places]], firsts) if len(rows) else np.zeros(0)

    def rows_of(self, wanted: NDArray[np.bool_]) -> Rows:
        """Return the passages, rising, that have one of the wanted texts. wanted: for each text."""
        places = np.flatnonzero(wanted[self.texts_of])
        if len(self.texts_of) > len(self.bounds) - 1:
            places = np.searchsorted(self.bounds, places, "right") - 1
            places = places[np.diff(places, prepend=-1) > 0]
        return places.astype(np.int32)

    def scores(self, stems: Sequence[str]) -> Scores:
        """Return the score of each wording."""
        return summed([found for stem in stems if (found := self.postings.rows(stem))], self.postings.count)


class Wordings:
    """The wordings of passages, one passage after the other."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, ...], int] = {}
        self._texts, self._bounds = array("q"), array("q", [0])

    def add(self, texts: Texts) -> None:
        """Add those of a passage."""
        numbers = self._numbers
        self._texts.extend([numbers.setdefault(text, len(numbers)) for text in texts])
        self._bounds.append(len(self._texts))

    def asked(
        self, numbers: Numbers, *, whole: Whole | None = None, worths: Mapping[tuple[str, ...], float] | None = None
    ) -> Asked:
        """Index what was added.

        whole: of all wordings, where these passages are a part of a corpus; then `worths` holds that of each text.
        """
        texts, bounds = np.array(self._texts, dtype=np.int64), np.array(self._bounds, dtype=np.int64)
        keys = list(map(numbers.keys, self._numbers))
        signs = np.fromiter(map(_sign, keys), dtype=np.int64, count=len(keys))
        return _made(texts, bounds, keys, signs, numbers=numbers, whole=whole, worths=worths)


def make_asked(groups: Iterable[Iterable[Sequence[str]]]) -> Asked:
    """Index the wordings of passages; for each passage, in order, one sequence of stems for each of its texts."""
    wordings = Wordings()
    for texts in groups:
        wordings.add([tuple(text) for text in texts])
    return wordings.asked(Numbers())


def _made(
    texts: Integers,
    bounds: Integers,
    wordings: Sequence[Sequence[int]],
    signs: Integers,
    *,
    numbers: Numbers,
    whole: Whole | None = None,
    worths: Mapping[tuple[str, ...], float] | None = None,
) -> Asked:
    """Put it together. wordings: the keys of each; signs: of each."""
    order = np.argsort(signs, kind="stable")
    lengths = np.fromiter(map(len, wordings), dtype=np.int64, count=len(wordings))
    words = np.fromiter(chain.from_iterable(wordings), dtype=np.int64, count=int(lengths.sum()))
    arrays = {
        "texts": texts,
        "bounds": bounds,
        "words": words,
        "ends": np.concatenate(([0], np.cumsum(lengths))),
        "signs": signs[order],
        "signed": order.astype(np.int64),
    }
    return Asked(arrays, Postings.of_table(sorted_table(words, lengths), numbers, whole=whole), worths)


def _numbered_anew(texts: Integers) -> tuple[Integers, Integers]:
    """Number what is used from 0 in the order in which it first comes; returns the old numbers, and the new texts."""
    used, places, renumbered = np.unique(texts, return_index=True, return_inverse=True)
    order = np.argsort(places)
    ranks = np.empty(len(order), dtype=np.int64)
    ranks[order] = np.arange(len(order))
    return used[order], ranks[renumbered]


def _sign(keys: Iterable[int]) -> int:
    """Return a number that wordings of the same words share, and few others."""
    return crc32(array("q", sorted(set(keys))).tobytes())
