"""Some passages of a large corpus, scored: what `BM25Engine` gives them in a scan of all, to the last bit.

The operations are the same, in the same order, on the passages asked for alone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import reduce
from typing import TypeVar

import numpy as np

from chatbot.retrieval.breadth import worth_of
from chatbot.retrieval.index import Index
from chatbot.retrieval.postings import MOST_OF_IDF, Postings
from chatbot.retrieval.rows import NONE, Chosen
from chatbot.retrieval.table import Integers, Rows, Scores
from chatbot.retrieval.weights import Weights, importance_of, owned_pairs
from chatbot.values import Concept, Query, Term

Key = TypeVar("Key")
Scales = Callable[[tuple[Term, ...]], tuple[float, ...]]


@dataclass(frozen=True, slots=True)
class Part:
    """A concept, and the most that it can add to a score."""

    concept: Concept
    importance: float
    scales: tuple[float, ...]
    # what each term's score is multiplied by; () for one word alone
    tops: tuple[tuple[float, ...], ...]
    # the highest score of each term's words
    words: float
    # the most that its words can score
    pairs: float
    # the most that its pairs can
    worths: tuple[float, ...]
    # what each term adds to the worth of a sentence that holds its first word
    shares: tuple[float, ...]
    # what each term adds to the share of the question that a passage holds, where all its words stand there


@dataclass(slots=True)
class Looked:
    """Passages that are being looked at, and what is known of each by now."""

    rows: Rows
    # rising
    asked: Scores
    # what their sections' wordings score
    sentence: Scores
    # the most that one sentence of each can be worth, of the concepts looked up by now
    words: dict[int, Scores] = field(default_factory=dict)
    # place of a concept in the query -> what its words score, times its importance
    weights: dict[int, Scores] = field(default_factory=dict)
    # the same -> the weight of the best term of which all words stand there
    parts: dict[str, Scores] = field(default_factory=dict)
    # each signal's share of the score
    breadth: Scores = field(default_factory=lambda: np.zeros(0))
    # the share of the question that each holds
    _chosen: Chosen | None = None

    def chosen(self, count: int) -> Chosen:
        """Return the rows, ready to be looked for among `count`."""
        self._chosen = self._chosen or Chosen(self.rows, count)
        return self._chosen

    def only(self, wanted: Integers) -> Looked:
        """Return what is known of some of them; wanted: their places among these, rising."""

        def cut(scores: dict[Key, Scores]) -> dict[Key, Scores]:
            return {key: each[wanted] for key, each in scores.items()}

        found = Looked(self.rows[wanted], self.asked[wanted], self.sentence[wanted], cut(self.words), cut(self.weights))
        if self.parts:
            found.parts, found.breadth = cut(self.parts), self.breadth[wanted]
        return found


class Scoring:
    """One question's scores in passages of one index."""

    def __init__(self, index: Index, words: Postings, weights: Weights, query: Query, scales: Scales) -> None:
        """words: with what they score in headings and titles. scales: what `BM25Engine.scales` gives."""
        self.index, self.words, self.weights, self._query = index, words, weights, query
        self._pairs = [each for each in owned_pairs(query) if weights.pairs and index.pairs.rows(each[0])]
        self._asked = reduce(float.__add__, map(worth_of, query.concepts), 0.0)
        self.parts = self._known(scales)
        # place of a concept in the query -> what is known of it, where a passage holds it
        self.wordings = weights.asked * index.asked.scores(query.wording)
        # what each wording of a section scores

    def _known(self, scales: Scales) -> dict[int, Part]:
        pairs = [0.0] * len(self._query.concepts)
        for pair, weight, place in self._pairs:
            pairs[place] += self.weights.pairs * weight * MOST_OF_IDF * self.index.pairs.idf(pair)
        made = [self._part(concept, scales, most) for concept, most in zip(self._query.concepts, pairs, strict=True)]
        return {place: part for place, part in enumerate(made) if part}

    def _part(self, concept: Concept, scales: Scales, pairs: float) -> Part | None:
        tops = tuple([tuple(map(self.words.top, term.stems)) for term in concept.terms])
        if not any(map(any, tops)):
            return None
        importance, scaled = importance_of(concept), scales(concept.terms)
        words = max(map(float.__mul__, scaled or (1.0,), map(sum, tops)))
        worths = tuple([importance * term.weight * self.index.words.idf(term.stems[0]) for term in concept.terms])
        shares = tuple([worth_of(concept) * term.weight / (self._asked or 1.0) for term in concept.terms])
        return Part(concept, importance, scaled, tops, importance * words, pairs, worths, shares)

    def about(self, rows: Rows) -> Looked:
        """Begin to look at some passages, which come in order."""
        return Looked(rows, self.index.asked.best_at(rows, self.wordings), np.zeros(len(rows)))

    def look_up(self, found: Looked, place: int) -> None:
        """Find out what a concept scores in the passages, and how much of it they hold."""
        part, chosen = self.parts[place], found.chosen(self.words.count)
        words, weight, sentence = (np.zeros(len(found.rows)) for _ in range(3))
        for term, scale, worth in zip(part.concept.terms, part.scales or (1.0,), part.worths, strict=True):
            if len(term.stems) > 1:
                scores, first, whole = self._phrase_at(term, chosen)
                np.maximum(words, scale * scores, out=words)
                sentence[first] = np.maximum(sentence[first], worth)
                weight[whole] = np.maximum(weight[whole], term.weight)
            elif held := self.words.rows(term.stems[0]):
                places, own = chosen.among(held[0])
                words[places] = np.maximum(words[places], scale * held[1][own])
                sentence[places] = np.maximum(sentence[places], worth)
                weight[places] = np.maximum(weight[places], term.weight)
        found.words[place], found.weights[place] = part.importance * words, weight
        found.sentence += sentence

    def _phrase_at(self, term: Term, chosen: Chosen) -> tuple[Scores, Integers, Integers]:
        """Return what a phrase scores, of one held in part that part of its sum; where its first word and all stand."""
        scores, found, first = np.zeros(len(chosen.rows)), np.zeros(len(chosen.rows)), NONE
        for number, stem in enumerate(term.stems):
            if held := self.words.rows(stem):
                places, own = chosen.among(held[0])
                scores[places] += held[1][own]
                found[places] += 1
                first = first if number else places
        return scores * found / len(term.stems), first, np.flatnonzero(found == len(term.stems))

    def whole(self, found: Looked) -> None:
        """Find out all but the sentences; each concept has been looked up."""
        found.parts = {"words": np.zeros(len(found.rows))}
        for place in sorted(self.parts):
            found.parts["words"] += found.words[place]
        if self.weights.pairs:
            found.parts["pairs"] = self._pairs_at(found)
        if self.weights.asked:
            found.parts["asked"] = found.asked
        found.breadth = self._breadth_of(found)

    def score(self, found: Looked) -> Scores:
        """Score passages of which all else is known; returns the sums, 0 of those that hold no word."""
        if self.weights.sentence or self.weights.breadth:
            concepts = [(part.concept, part.importance) for _, part in sorted(self.parts.items())]
            together = self.index.together.best_at(found.rows, concepts)
            if self.weights.sentence:
                found.parts["sentence"] = self.weights.sentence * together
            if self.weights.breadth:
                found.parts["breadth"] = self.weights.breadth * together * found.breadth
        total: Scores = reduce(np.add, found.parts.values())
        total[found.parts["words"] == 0] = 0.0
        return total

    def _pairs_at(self, found: Looked) -> Scores:
        total, chosen = np.zeros(len(found.rows)), found.chosen(self.words.count)
        for pair, weight, _ in self._pairs:
            if held := self.index.pairs.rows(pair):
                places, own = chosen.among(held[0])
                total[places] += weight * held[1][own]
        return self.weights.pairs * total

    def _breadth_of(self, found: Looked) -> Scores:
        total = np.zeros(len(found.rows))
        for place in sorted(self.parts):
            total += worth_of(self.parts[place].concept) * found.weights[place]
        return total / self._asked if self._asked else total
