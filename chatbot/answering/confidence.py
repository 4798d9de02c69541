"""How sure an answer may sound: from the share of the question that a passage holds, never from the raw score."""

from __future__ import annotations

from collections.abc import Sequence

from chatbot.values import Confidence, Match, Policy, Query, Verdict

POLICY = Policy(answered_at=0.62, unsure_at=0.4)

HIGH_AT = 0.85
# confidence from which a passage is shown as a sure answer


def confidence(query: Query, match: Match) -> float:
    """Return how likely the passage answers the question, 0..1.

    BM25 scores of different questions are not comparable; the rarity-weighted share of the question's words that
    stand in one passage is.
    """
    return match.coverage


def judge(query: Query, matches: Sequence[Match], policy: Policy) -> Verdict:
    """Say whether the matches answer the query.

    matches: best first, may be empty.
    """
    if not matches:
        return "nothing"
    surest = max(confidence(query, match) for match in matches[: policy.limit])
    if surest >= policy.answered_at:
        return "answered"
    return "unsure" if surest >= policy.unsure_at else "nothing"


def in_words(value: float, policy: Policy) -> Confidence:
    """Return a confidence as the visitor reads it."""
    if value >= HIGH_AT:
        return "high"
    return "medium" if value >= policy.answered_at else "low"
