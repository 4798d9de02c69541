"""The best passages of a large corpus without scoring all of them: what cannot be among them is left out early.

Each concept of a question can add so much to a score and no more (the bound of MaxScore, H. Turtle and J. Flood 1995).
So it is first noted for each passage which concepts it holds, which needs no score. A few of those that hold the most
are scored, and set a mark; of the others only those come into question for which what they hold can reach that mark.
They are scored by the same operations in the same order as in a scan of all: the same scores to the last bit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np

from chatbot.retrieval.best import best_rows
from chatbot.retrieval.noting import Noted
from chatbot.retrieval.rows import shared, union
from chatbot.retrieval.scoring import Looked, Scoring
from chatbot.retrieval.table import Rows, Scores

SAMPLED = 256
# passages that are looked at to set a mark or to raise it
MANY = 16_384
# left, from which raising it first is worth its time
CHUNK = 32
# passages that are scored in full before the mark is raised again; each chunk has four times as many
STANDS_OUT = 0.5
# of the highest score of a section's wording, from which it is looked at by itself
ROUNDING = 1 + 1e-9
# Bounds are sums in another order than scores, and may differ from them in the last bits.


@dataclass(frozen=True, slots=True)
class Best:
    """The best passages, best first."""

    rows: list[int]
    totals: list[float]
    parts: list[dict[str, float]]


def best_of(scoring: Scoring, same: Sequence[int], limit: int) -> Best:
    """Return at most `limit` passages above zero, as a scan of all would.

    same: the passages, rising, whose section is given the very question; they come above all others.
    """
    search = _Search(scoring)
    rows = search.candidates(limit)
    lifted = np.array(same, dtype=np.int32)
    if len(lifted):
        rows = union([rows, lifted], scoring.words.count)
    found = search.looked_up(rows)
    total = scoring.score(found)
    found.parts["same"] = np.zeros(len(rows))
    if len(lifted):
        found.parts["same"][shared(lifted, rows)[0]] = max(float(total.max()), search.most_asked)
        total = reduce(np.add, found.parts.values())
        total[(found.parts["words"] == 0) & (found.parts["same"] == 0)] = 0.0
    places = best_rows(total, limit)
    return Best(
        [int(rows[place]) for place in places],
        [total.item(place) for place in places],
        [{name: scores.item(place) for name, scores in found.parts.items()} for place in places],
    )


class _Search:
    """One question."""

    def __init__(self, scoring: Scoring) -> None:
        self._scoring, self._parts, self._asked = scoring, scoring.parts, scoring.index.asked
        self._count = scoring.words.count
        self._telling = sorted(self._parts, key=lambda place: -self._parts[place].words)
        # places of the concepts, the one that can add most first
        self.most_asked = float(scoring.wordings.max(initial=0.0))

    def candidates(self, limit: int) -> Rows:
        """Return some passages, rising, among which are the best of all."""
        if not self._parts or limit < 1:
            return np.zeros(0, dtype=np.int32)
        noted = Noted(self._scoring, self._telling)
        mark = self._raised(self._likeliest(noted), limit, 0.0)
        found, mark = self._narrowed(self._likely(noted, mark), noted, limit, mark)
        return self._finest(found, mark, limit)

    def looked_up(self, rows: Rows) -> Looked:
        """Find out all about some passages but what their sentences hold."""
        found = self._scoring.about(rows)
        for place in self._parts:
            self._scoring.look_up(found, place)
        self._scoring.whole(found)
        return found

    def _raised(self, rows: Rows, limit: int, mark: float) -> float:
        """Return the mark that some passages set, if it is higher."""
        found = self.looked_up(rows)
        likely = np.sort(np.argsort(-self._most(found))[: max(CHUNK, limit)])
        return _mark(self._scoring.score(found.only(likely)), limit, mark)

    def _likeliest(self, noted: Noted) -> Rows:
        """Return some of the passages that hold the most."""
        sizes, order = np.bincount(noted.notes, minlength=len(noted.reaches)), np.argsort(-noted.reaches, kind="stable")
        enough = int(np.searchsorted(np.cumsum(sizes[order]), SAMPLED)) + 1
        wanted = np.zeros(len(sizes), dtype=bool)
        wanted[order[:enough]] = True
        rows = np.flatnonzero(wanted[noted.notes])
        return rows[:: -(-len(rows) // SAMPLED)].astype(np.int32)

    def _likely(self, noted: Noted, mark: float) -> Rows:
        """Return the passages that can reach the mark by what they hold and how their section is worded."""
        plain = STANDS_OUT * self.most_asked
        held = np.flatnonzero((noted.reaches * ROUNDING + plain >= mark)[noted.notes]).astype(np.int32)
        worded = self._asked.rows_of(self._scoring.wordings > plain)
        return union([held, worded], self._count)

    def _narrowed(self, rows: Rows, noted: Noted, limit: int, mark: float) -> tuple[Looked, float]:
        """Look each concept up in what may still reach the mark, which rises; the most telling concept first."""
        found, notes = self._scoring.about(rows), noted.notes[rows]
        reached = noted.reaches[notes] + found.asked
        for number, place in enumerate(self._telling):
            if 0 < number < 3 and len(found.rows) > MANY:
                best = np.sort(np.argpartition(-reached, SAMPLED)[:SAMPLED])
                mark = self._raised(found.rows[best], limit, mark)
            may = np.flatnonzero(reached * ROUNDING >= mark)
            if len(may) < len(reached):
                found, notes, reached = found.only(may), notes[may], reached[may]
            self._scoring.look_up(found, place)
            reached += found.words[place] - noted.words[place][notes]
        found = found.only(np.flatnonzero(reached * ROUNDING >= mark))
        self._scoring.whole(found)
        return found, mark

    def _finest(self, found: Looked, mark: float, limit: int) -> Rows:
        """Return the passages that reach the mark, which rises with each chunk that is scored in full."""
        most = self._most(found) * ROUNDING
        left, size = np.flatnonzero(most >= mark), max(CHUNK, limit)
        kept, totals = np.zeros(0, dtype=np.intp), np.zeros(0)
        while len(left):
            # Not sorted: of tens of thousands of passages only some hundred are ever scored.
            first = np.argpartition(-most[left], size)[:size] if len(left) > size else np.arange(len(left))
            chunk = np.sort(left[first])
            kept = np.concatenate((kept, chunk))
            totals = np.concatenate((totals, self._scoring.score(found.only(chunk))))
            mark, left, size = _mark(totals, limit, mark), np.delete(left, first), 4 * size
            left = left[most[left] >= mark]
        return found.rows[np.sort(kept[totals >= mark])]

    def _most(self, found: Looked) -> Scores:
        """Return the most that passages can score, each concept they hold taken to stand in one sentence."""
        weights = self._scoring.weights
        most: Scores = reduce(np.add, found.parts.values())
        return most + found.sentence * (weights.sentence + weights.breadth * found.breadth)


def _mark(totals: Scores, limit: int, mark: float) -> float:
    """Return the score that at least `limit` of some passages reach; the mark from before where there are too few."""
    if len(totals) < limit:
        return mark
    return max(mark, float(np.partition(totals, len(totals) - limit)[len(totals) - limit]))
