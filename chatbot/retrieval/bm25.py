"""The embedded engine: BM25 over the passages, and the few signals that measurably add to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields

import numpy as np

from chatbot.retrieval.fields import (
    asked_of,
    names_of,
    neighbours,
    pairs_of,
    sentence_words,
    subject,
    wording,
    words_of,
)
from chatbot.retrieval.postings import Postings, Rows, Scores
from chatbot.values import Concept, Hit, Match, Passage, Query, Term


@dataclass(frozen=True, slots=True)
class Weights:
    """What each signal counts beside BM25's 1. Zero switches one off.

    Chosen on the development halves; `python -m benchmarks.signals` prints each set with and without each.
    """

    pairs: float = 0.3
    # neighbouring words of the question that stand side by side in the passage, too
    asked: float = 0.5
    # the whole wording of the question against the section's heading and sample questions
    sentence: float = 0.3
    # the words that stand together in the passage's best sentence
    name: float = 0.2
    # the words found in title or headings


class BM25Engine:
    """Ranks passages for a query, all in memory.

    A score is the weighted sum of its parts and orders the matches of one query only. Ties keep the order of the
    passages given.
    """

    def __init__(self, passages: Sequence[Passage], weights: Weights | None = None) -> None:
        self.passages = tuple(passages)
        self.weights = weights or Weights()
        self._words = Postings([words_of(passage) for passage in self.passages])
        self._pairs = Postings([pairs_of(passage) for passage in self.passages])
        self._names = Postings(
            [[stem for text in names_of(passage) for stem in subject(text)] for passage in self.passages]
        )
        self._asked = _Grouped([[wording(text) for text in asked_of(passage)] for passage in self.passages])
        sentences, owners = sentence_words(self.passages)
        self._sentences = _Sentences(sentences, owners, len(self.passages))

    def search(self, query: Query, limit: int) -> tuple[Match, ...]:
        """Return at most `limit` matches, best first, without passages that hold none of the query's concepts."""
        if not query.concepts or not self.passages:
            return ()
        parts = self._parts(query)
        total = sum(parts.values(), np.zeros(len(self.passages)))
        best = _best(np.where(parts["words"] > 0, total, 0.0), limit)
        return tuple(self._match(int(row), query, float(total[row]), parts) for row in best)

    def _parts(self, query: Query) -> dict[str, Scores]:
        """Return each signal's share of the score, one number a passage."""
        words = self._concepts(query, self._words.rows)
        parts = {"words": words}
        signals: dict[str, Callable[[], Scores]] = {
            "pairs": lambda: self._side_by_side(query),
            "asked": lambda: self._asked.best(query.wording),
            "sentence": lambda: self._sentences.best(query.concepts, self._words.idf),
            "name": lambda: self._concepts(query, self._names.rows),
        }
        for signal in fields(self.weights):
            weight = getattr(self.weights, signal.name)
            if weight:
                parts[signal.name] = weight * signals[signal.name]()
        return parts

    def _concepts(self, query: Query, rows_of: Callable[[str], tuple[Rows, Scores] | None]) -> Scores:
        """Sum over the concepts what the best of their terms scores in each passage."""
        total = np.zeros(len(self.passages))
        for concept in query.concepts:
            found = [self._term(term, rows_of) for term in concept.terms]
            known = [scores for scores in found if scores is not None]
            if known:
                total += concept.weight * np.maximum.reduce(known)
        return total

    def _term(self, term: Term, rows_of: Callable[[str], tuple[Rows, Scores] | None]) -> Scores | None:
        """Score one term; of a phrase of which only a part is found, that part of its sum."""
        rows = [found for stem in term.stems if (found := rows_of(stem))]
        if not rows:
            return None
        scores, found_words = np.zeros(len(self.passages)), np.zeros(len(self.passages))
        for holding, score in rows:
            scores[holding] += score
            found_words[holding] += 1
        return term.weight * scores * (found_words / len(term.stems)) if len(term.stems) > 1 else term.weight * scores

    def _side_by_side(self, query: Query) -> Scores:
        total = np.zeros(len(self.passages))
        for one, other in query.pairs:
            first, second = query.concepts[one], query.concepts[other]
            pair = f"{first.terms[0].stems[-1]} {second.terms[0].stems[0]}"
            for holding, score in filter(None, [self._pairs.rows(pair)]):
                total[holding] += min(first.weight, second.weight) * score
        for concept in query.concepts:
            for pair in neighbours(concept.terms[0].stems):
                for holding, score in filter(None, [self._pairs.rows(pair)]):
                    total[holding] += concept.weight * score
        return total

    def _match(self, row: int, query: Query, score: float, parts: dict[str, Scores]) -> Match:
        passage = self.passages[row]
        hits = tuple(hit for concept in query.concepts if (hit := self._hit(row, concept)))
        return Match(
            passage=passage,
            score=score,
            coverage=_coverage(query, hits),
            hits=hits,
            parts={name: float(scores[row]) for name, scores in parts.items()},
        )

    def _hit(self, row: int, concept: Concept) -> Hit | None:
        """Return the best term of a concept that the passage holds; a phrase counts when all its words stand there."""
        for term in concept.terms:
            if all(self._holds(self._words, stem, row) for stem in term.stems):
                in_name = all(self._holds(self._names, stem, row) for stem in term.stems)
                return Hit(concept, term, "heading" if in_name else "text")
        return None

    @staticmethod
    def _holds(postings: Postings, stem: str, row: int) -> bool:
        found = postings.rows(stem)
        if not found:
            return False
        at = int(np.searchsorted(found[0], row))
        return at < len(found[0]) and int(found[0][at]) == row


class _Grouped:
    """BM25 over small texts, several to a passage: the best one counts."""

    def __init__(self, groups: Sequence[Sequence[Sequence[str]]]) -> None:
        numbers: dict[tuple[str, ...], int] = {}
        flat = [numbers.setdefault(tuple(text), len(numbers)) for texts in groups for text in texts]
        self._documents = np.array(flat, dtype=np.intp)
        self._starts = np.cumsum([0, *map(len, groups[:-1])]) if groups else np.zeros(0, dtype=np.intp)
        self._postings = Postings(list(numbers))

    def best(self, stems: Sequence[str]) -> Scores:
        scores = np.zeros(self._postings.count)
        for stem in stems:
            for holding, score in filter(None, [self._postings.rows(stem)]):
                scores[holding] += score
        return np.maximum.reduceat(scores[self._documents], self._starts)


class _Sentences:
    """For each passage, the idf of the concepts that stand together in its best sentence."""

    def __init__(self, sentences: Sequence[frozenset[str]], owners: Sequence[int], passages: int) -> None:
        self._count, self._passages = len(sentences), passages
        holding: dict[str, list[int]] = {}
        for number, stems in enumerate(sentences):
            for stem in stems:
                holding.setdefault(stem, []).append(number)
        self._holding = {stem: np.array(numbers, dtype=np.intp) for stem, numbers in holding.items()}
        self._owners, self._starts = np.unique(np.array(owners, dtype=np.intp), return_index=True)

    def best(self, concepts: Sequence[Concept], idf: Callable[[str], float]) -> Scores:
        total = np.zeros(self._count)
        for concept in concepts:
            found = [(term, self._holding[term.stems[0]]) for term in concept.terms if term.stems[0] in self._holding]
            if len(found) == 1:
                term, rows = found[0]
                total[rows] += concept.weight * term.weight * idf(term.stems[0])
            elif found:
                one = np.zeros(self._count)
                for term, rows in found:
                    one[rows] = np.maximum(one[rows], term.weight * idf(term.stems[0]))
                total += concept.weight * one
        best = np.zeros(self._passages)
        if self._count:
            best[self._owners] = np.maximum.reduceat(total, self._starts)
        return best


def _coverage(query: Query, hits: Sequence[Hit]) -> float:
    """Return the share of the query found, each concept weighed by its rarity in general English and its weight."""
    asked = sum(concept.weight * concept.rarity for concept in query.concepts)
    found = sum(hit.concept.weight * hit.concept.rarity * hit.term.weight for hit in hits)
    return min(1.0, found / asked) if asked else 0.0


def _best(scores: Scores, limit: int) -> Rows:
    """Return the rows of the highest scores above zero, best first; equal scores in row order."""
    count = min(limit, len(scores))
    if count < len(scores):
        threshold = np.partition(scores, len(scores) - count)[len(scores) - count]
        candidates = np.flatnonzero(scores >= max(threshold, np.nextafter(0, 1)))
    else:
        candidates = np.flatnonzero(scores > 0)
    return candidates[np.argsort(-scores[candidates], kind="stable")][:count]
