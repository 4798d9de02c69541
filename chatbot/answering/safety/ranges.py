"""Ranges of whole numbers, many at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]


def spread(first: Ints, counts: Ints) -> tuple[Ints, Ints]:
    """Return the numbers of every range, one range after the other, and before them which range each is of.

    first: the lowest number of each. counts: how many it has.
    """
    owner = np.repeat(np.arange(len(counts)), counts)
    return owner, np.arange(len(owner)) + (first - counts.cumsum() + counts).take(owner)
