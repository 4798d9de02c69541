"""What several words score in each document, added up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import numpy as np

from chatbot.retrieval.table import Rows, Scores

FEW = 4096
# documents up to which counting in one go is the faster way: 11 us against 20 at 212; at 100,000 adding word by word is


def summed(found: Sequence[tuple[Rows, Scores]], count: int) -> Scores:
    """Add up (documents, score of each); returns a number for each of `count` documents, summed in the order given."""
    if not found:
        return np.zeros(count)
    if count > FEW:
        total = np.zeros(count)
        for rows, scores in found:
            np.add.at(total, rows, scores)
        return total
    if len(found) == 1:
        rows, scores = found[0]
    else:
        rows, scores = map(np.concatenate, zip(*found, strict=True))
    # NumPy's types know of no weights.
    return cast("Scores", np.bincount(rows, scores, count))
