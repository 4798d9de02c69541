"""The embedded engine: BM25 over the passages, and the few signals that measurably add to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from typing import ClassVar

import numpy as np

from chatbot.retrieval.best import best_rows
from chatbot.retrieval.breadth import Breadth
from chatbot.retrieval.coverage import covered, worths
from chatbot.retrieval.fields import name_stems, names_of
from chatbot.retrieval.index import Index, following, make_index
from chatbot.retrieval.pruning import Best, best_of
from chatbot.retrieval.rows import union
from chatbot.retrieval.scoring import Scoring
from chatbot.retrieval.summing import summed
from chatbot.retrieval.table import ROOM, Rows, Scores, bytes_of
from chatbot.retrieval.weights import Weights, importance_of, pairs_of
from chatbot.text.reading import read
from chatbot.text.remembered import Remembered
from chatbot.values import Concept, Hit, Match, Passage, Query, Term

COMMON_IDF = 0.5
# How far: 0 leaves each term its own idf, 1 gives all of them that of the concept. Both ends rank a point or two worse.
REMEMBERED = 4096
# Concepts whose scores are kept: the lexicon's are the same for every question, and each has up to a dozen terms.


PassageStems = tuple[frozenset[str], frozenset[str]]
# of a passage's own words, and of these with its title and headings


class BM25Engine:
    """Ranks passages for a query, all in memory.

    A score is the weighted sum of its parts over the highest idf that a word can have in this corpus, so that it does
    not grow with the number of passages; it orders the matches of one query only. Ties keep the order of the passages
    given. Parts are BM25's own numbers.
    """

    many: ClassVar[int] = 50_000
    # passages above which not all are scored, but those that may be among the best: the same ones, in less time and
    # without what a scan keeps in memory

    def __init__(
        self,
        passages: Sequence[Passage],
        weights: Weights | None = None,
        *,
        before: BM25Engine | None = None,
        index: Index | None = None,
    ) -> None:
        """Index passages, or take what is known of them already.

        before: an engine over much the same passages; what has not changed since is taken over from it. index: of just
        these passages.
        """
        self.passages: Sequence[Passage] = tuple(passages)
        self.weights = weights or Weights()
        if index is None:
            index = following(before.index, before.passages, self.passages) if before else make_index(self.passages)
        self._fill(index)

    def _fill(self, index: Index) -> None:
        self.index, self.asked = index, index.asked
        self._words = index.whole(self.weights.heading, self.weights.title)
        self._pairs, self._together = self.index.pairs, self.index.together
        self._breadth = Breadth(len(self.passages), self._words.rows)
        self._known: Remembered[tuple[Term, ...], tuple[Rows, Scores] | None] = Remembered(REMEMBERED, bytes_of, ROOM)
        self._scaled_before: Remembered[tuple[Term, ...], tuple[float, ...]] = Remembered(REMEMBERED)
        self._shares: Remembered[tuple[Term, ...], float] = Remembered(REMEMBERED)
        self._stems: Remembered[int, PassageStems] = Remembered(REMEMBERED)

    def search(self, query: Query, limit: int) -> tuple[Match, ...]:
        """Return at most `limit` matches, best first, without passages that hold nothing of the question."""
        if not query.concepts or not self.passages:
            return ()
        best = self._few(query, limit) if len(self.passages) > self.many else self._all(query, limit)
        shares = [self._shares.get(concept.terms, self._share) for concept in query.concepts]
        share_of = dict(zip(map(id, query.concepts), shares, strict=True))
        worth = worths(query, lambda concept: share_of[id(concept)])
        alike = self.asked.likeness(best.rows, query.wording)
        return tuple(
            Match(
                passage=self.passages[row],
                score=total / self._words.highest_idf,
                coverage=covered(worth, hits),
                wording=wording,
                hits=hits,
                parts=parts,
            )
            for row, total, parts, wording in zip(best.rows, best.totals, best.parts, alike, strict=True)
            for hits in [hits_of(self._stems.get(row, self._stems_of), query, shares)]
        )

    def _all(self, query: Query, limit: int) -> Best:
        """Find the best by scoring all passages."""
        parts = self._parts(query)
        total = reduce(np.add, parts.values())
        total[(parts["words"] == 0) & (parts["same"] == 0)] = 0.0
        rows = best_rows(total, limit)
        return Best(
            rows,
            [total.item(row) for row in rows],
            [{name: scores.item(row) for name, scores in parts.items()} for row in rows],
        )

    def _few(self, query: Query, limit: int) -> Best:
        """Find the same by scoring those that may be among them."""
        scoring = Scoring(self.index, self._words, self.weights, query, self._scales)
        return best_of(scoring, self.asked.same(query.wording), limit)

    def _parts(self, query: Query) -> Mapping[str, Scores]:
        """Return each signal's share of the score, one number a passage."""
        weights = self.weights
        parts = {"words": self._concepts(query.concepts)}
        if weights.pairs:
            parts["pairs"] = weights.pairs * self._side_by_side(query)
        if weights.asked:
            parts["asked"] = weights.asked * self.asked.best(query.wording)
        if weights.sentence or weights.breadth:
            together = self._together.best([(concept, importance_of(concept)) for concept in query.concepts])
            parts |= {"sentence": weights.sentence * together} if weights.sentence else {}
            if weights.breadth:
                parts["breadth"] = weights.breadth * together * self._breadth.of(query.concepts)
        parts["same"] = self._same(query, parts.values())
        return parts

    def _same(self, query: Query, others: Iterable[Scores]) -> Scores:
        """Lift the section that staff gave this very question above all others. others: what the signals score."""
        lift = np.zeros(len(self.passages))
        if same := self.asked.same(query.wording):
            lift[list(same)] = reduce(np.add, others).max()
        return lift

    def _concepts(self, concepts: Sequence[Concept]) -> Scores:
        """Sum over the concepts what the best of their terms scores in each passage."""
        held = ((concept, self._held(concept.terms)) for concept in concepts)
        found = [(each[0], importance_of(concept) * each[1]) for concept, each in held if each]
        return summed(found, len(self.passages))

    def _held(self, terms: tuple[Term, ...]) -> tuple[Rows, Scores] | None:
        """Return the passages that hold a concept, and what the best of its terms scores in each."""
        if len(terms) == 1 and len(terms[0].stems) == 1:
            return self._words.rows(terms[0].stems[0])
        return self._known.get(terms, self._best_of)

    def _best_of(self, terms: tuple[Term, ...]) -> tuple[Rows, Scores] | None:
        """Score a concept by the best of its terms.

        The terms lean towards the idf of the concept as a whole: "intravenously" is rarer than "infusion", and says no
        more. A passage that only speaks of a drip must not beat the one that says how long relief lasts.
        """
        scaled = zip(terms, self._scaled(terms), strict=True)
        found = [(*held, scale) for term, scale in scaled if (held := self._rows(term))]
        if not found:
            return None
        best = np.zeros(len(self.passages))
        for rows, scores, scale in found:
            best[rows] = np.maximum(best[rows], scale * scores)
        holding = union([rows for rows, _, _ in found], len(self.passages))
        return holding, best[holding]

    def _scales(self, terms: tuple[Term, ...]) -> tuple[float, ...]:
        """Return what the score of each of a concept's terms is multiplied by; nothing of one word alone."""
        return () if len(terms) == len(terms[0].stems) == 1 else self._scaled_before.get(terms, self._scaled)

    def _scaled(self, terms: tuple[Term, ...]) -> tuple[float, ...]:
        """Return the same, 0 for a term that no passage holds; see `_best_of` for why."""
        shared = self._words.idf_of(self._number(terms, self._holding(terms)))
        return tuple([self._scale(term, shared, here) if (here := self._holding((term,))) else 0.0 for term in terms])

    def _scale(self, term: Term, shared: float, here: int) -> float:
        own = self._words.idf_of(self._number((term,), here))
        return float(term.weight * min(1.0, shared / own) ** COMMON_IDF)

    def _holding(self, terms: Sequence[Term]) -> int:
        """Return how many of this engine's passages hold one of the terms, of a phrase a part."""
        stems = dict.fromkeys(stem for term in terms for stem in term.stems)
        lists = [found[0] for stem in stems if (found := self._words.rows(stem))]
        return len(union(lists, len(self.passages))) if lists else 0

    def _rows(self, term: Term) -> tuple[Rows, Scores] | None:
        """Return the passages that hold a term, and its score; of a phrase held in part, that part of its sum."""
        if len(term.stems) == 1:
            return self._words.rows(term.stems[0])
        scores, found = np.zeros(len(self.passages)), np.zeros(len(self.passages))
        for stem in term.stems:
            for holding, score in filter(None, [self._words.rows(stem)]):
                scores[holding] += score
                found[holding] += 1
        holding = np.flatnonzero(found)
        return (holding, scores[holding] * found[holding] / len(term.stems)) if len(holding) else None

    def _side_by_side(self, query: Query) -> Scores:
        held = ((weight, self._pairs.rows(pair)) for pair, weight in pairs_of(query))
        return summed([(each[0], weight * each[1]) for weight, each in held if each], len(self.passages))

    def _share(self, terms: tuple[Term, ...]) -> float:
        """Return the share of passages that hold a concept as typed."""
        typed = terms[:1]
        return self._number(typed, self._holding(typed)) / self._words.documents

    def _stems_of(self, row: int) -> PassageStems:
        passage = self.passages[row]
        text = read(passage.text).subjects
        return text, text.union(*map(name_stems, names_of(passage)))

    def _number(self, terms: tuple[Term, ...], here: int) -> int:
        """Return how many passages hold one of the terms, a phrase in part; `here` are those of this engine's own."""
        return here


def hits_of(stems: PassageStems, query: Query, shares: Sequence[float]) -> tuple[Hit, ...]:
    """Return for each concept that a passage holds its best term; a phrase counts when all its words stand there.

    stems: of the passage. shares: for each concept of the query the share of all passages that hold it as typed.
    """
    text, held = stems
    hits = []
    for concept, share in zip(query.concepts, shares, strict=True):
        for term in concept.terms if concept.known else ():
            if term.stems[0] in held and held.issuperset(term.stems):
                hits.append(Hit(concept, term, "text" if text.issuperset(term.stems) else "heading", share))
                break
    return tuple(hits)
