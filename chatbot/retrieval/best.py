"""The highest of many scores."""

from __future__ import annotations

import numpy as np

from chatbot.retrieval.table import Scores


def best_rows(scores: Scores, limit: int) -> list[int]:
    """Return the rows of the highest scores above zero, best first; equal scores in row order."""
    count = min(limit, len(scores))
    if count < 1:
        return []
    if count < len(scores):
        threshold = np.partition(scores, len(scores) - count)[len(scores) - count]
        candidates = np.flatnonzero(scores >= max(threshold, np.nextafter(0, 1)))
    else:
        candidates = np.flatnonzero(scores > 0)
    return [int(row) for row in candidates[np.argsort(-scores[candidates], kind="stable")][:count]]
