"""What is counted: ranks over answerable questions, and telling them apart from the rest."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

CUT = 10


@dataclass(frozen=True, slots=True)
class Quality:
    """Means over the answerable questions of a set, 0..1 each."""

    ndcg_10: float
    hit_1: float
    hit_3: float
    mrr_10: float
    recall_10: float


def quality(rankings: Sequence[Sequence[str]], judgements: Sequence[Mapping[str, int]]) -> Quality:
    """Score rankings (passage ids, best first) against the judgements of the same questions (id -> grade)."""
    pairs = list(zip(rankings, judgements, strict=True))
    graded = [[wanted.get(name, 0) for name in ranking[:CUT]] for ranking, wanted in pairs]
    return Quality(
        ndcg_10=_mean([ndcg(grades, list(wanted.values())) for grades, wanted in zip(graded, judgements, strict=True)]),
        hit_1=_mean([float(any(grades[:1])) for grades in graded]),
        hit_3=_mean([float(any(grades[:3])) for grades in graded]),
        mrr_10=_mean([_reciprocal_rank(grades) for grades in graded]),
        recall_10=_mean([len(wanted.keys() & set(ranking[:CUT])) / len(wanted) for ranking, wanted in pairs]),
    )


def ndcg(grades: Sequence[int], judged: Sequence[int]) -> float:
    """Return nDCG@10 with the grade itself as gain, as trec_eval counts it.

    grades: of the ranking, best first; judged: every positive grade of the question.
    """
    ideal = _discounted(sorted(judged, reverse=True))
    return _discounted(grades) / ideal if ideal else 0.0


def auroc(positive: Sequence[float], negative: Sequence[float]) -> float:
    """Return the chance that a positive's confidence lies above a negative's, ties counting half.

    Neither may be empty. The Mann-Whitney statistic over all pairs, by ranks.
    """
    values = sorted([(value, 1) for value in positive] + [(value, 0) for value in negative])
    ranks, start = 0.0, 0
    while start < len(values):
        end = start
        while end < len(values) and values[end][0] == values[start][0]:
            end += 1
        shared = (start + end + 1) / 2  # the mean of the ranks start+1 … end
        ranks += shared * sum(label for _, label in values[start:end])
        start = end
    pairs = len(positive) * len(negative)
    return (ranks - len(positive) * (len(positive) + 1) / 2) / pairs


def false_answers(positive: Sequence[float], negative: Sequence[float], *, answered: float = 0.95) -> float:
    """Return the share of negatives answered when the cut lets `answered` (0..1) of the positives through.

    Neither may be empty. The cut is the confidence of the last positive that must pass; a negative with just that
    confidence is answered too.
    """
    cut = sorted(positive, reverse=True)[math.ceil(answered * len(positive)) - 1]
    return sum(value >= cut for value in negative) / len(negative)


def _discounted(grades: Sequence[int]) -> float:
    return sum(grade / math.log2(rank + 1) for rank, grade in enumerate(grades[:CUT], start=1))


def _reciprocal_rank(grades: Sequence[int]) -> float:
    return next((1 / rank for rank, grade in enumerate(grades, start=1) if grade), 0.0)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
