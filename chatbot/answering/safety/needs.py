"""Which patterns a text may match at all: those of which it holds an entry for every place."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain

import numpy as np


@dataclass(frozen=True, slots=True)
class Needs:
    """What every pattern needs, in rows of 64-bit numbers: asked as a whole, as no loop is as fast."""

    most: int = 0
    # more than any number of a set
    patterns: int = 0
    # how many
    sets: bytes = b""
    # those of the first group, of the second ...
    starts: bytes = b""
    # where each group's sets begin
    groups: bytes = b""
    # the first group that each pattern needs, then the second of each ...

    def possible(self, held: Collection[int]) -> list[int]:
        """Return the numbers of the patterns, ascending, whose every group has one of these sets."""
        sets, starts, groups = (np.frombuffer(each, dtype=np.int64) for each in (self.sets, self.starts, self.groups))
        if not self.patterns:
            return []
        # 0 and 1 in bytes: numpy is slower at putting truth values together.
        is_held = np.zeros(self.most + 1, dtype=np.uint8)
        is_held[list(held)] = 1
        has_one = np.bitwise_or.reduceat(is_held[sets], starts)
        has_all = np.bitwise_and.reduce(has_one[groups.reshape(-1, self.patterns)])
        found: list[int] = np.flatnonzero(has_all.view(np.bool_)).tolist()
        return found


def needs(groups: Iterable[Sequence[int]], patterns: Sequence[Sequence[int]], most: int) -> Needs:
    """Return what patterns need.

    groups: the sets of each, by its number. patterns: the groups that each needs, one or more. most: more than any
    number of a set.
    """
    # A group without a set (the end of a sentence alone) is never held.
    filled = [sets or (most,) for sets in groups]
    longest = max(map(len, patterns), default=0)
    # Named twice, a group is needed once.
    rows = [[each[min(step, len(each) - 1)] for each in patterns] for step in range(longest)]
    starts = accumulate(map(len, filled[:-1]), initial=0)
    return Needs(most, len(patterns), _packed(chain(*filled)), _packed(starts), _packed(chain(*rows)))


def _packed(numbers: Iterable[int]) -> bytes:
    return np.fromiter(numbers, dtype=np.int64).tobytes()
