"""Which patterns a text may match at all: those of which it holds an entry for every place, close together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain

import numpy as np

from chatbot.answering.safety.ranges import Ints, spread

MOST_BLOCKS = 63
# parts that a text is taken in: as many as a number has bits, but its sign


@dataclass(frozen=True, slots=True)
class Need:
    """What one pattern needs."""

    groups: tuple[int, ...]
    # of sets, each of which must have an entry; one or more
    passed: tuple[int, ...]
    # of all its places but the last
    gaps: int
    # words between its places, at most


@dataclass(frozen=True, slots=True)
class Needs:
    """What every pattern needs, in rows of 64-bit numbers: asked as a whole, as no loop is as fast."""

    patterns: int = 0
    # how many
    many: int = 0
    # groups
    holders: bytes = b""
    # the groups that have the first set, those that have the second ...
    firsts: bytes = b""
    # where those of each set begin, and where the last ones end
    needed: bytes = b""
    # the first group that each pattern needs, then the second of each ...
    spans: bytes = b""
    # of each pattern, words from where its first entry begins to where its last does, at most

    def possible(self, begins: Mapping[int, int], words: int) -> list[int]:
        """Return the numbers of the patterns, ascending, whose every group has an entry near the others'.

        begins: set number -> mask of the words at which its entries begin. words: of the text.
        """
        if not self.patterns or not begins:
            return []
        holders, firsts, needed, spans = map(_unpacked, (self.holders, self.firsts, self.needed, self.spans))
        blocks, length = _blocks(begins.values(), words)
        held = np.fromiter(begins, dtype=np.int64, count=len(begins))
        first = firsts.take(held)
        owner, holder = spread(first, firsts.take(held + 1) - first)
        where = np.zeros(self.many, dtype=np.int64)
        np.bitwise_or.at(where, holders.take(holder), blocks.take(owner))
        wanted = needed.reshape(-1, self.patterns)
        # 0 and 1 in bytes: numpy is slower at putting truth values together.
        has_all = np.bitwise_and.reduce((where != 0).view(np.uint8)[wanted])
        found = np.flatnonzero(has_all.view(np.bool_))
        at = where.take(wanted.take(found, axis=1))
        # The blocks from which on it has all: a match lies in the one where it begins and so many further on.
        further = -(-spans.take(found) // length)
        near = at.copy()
        for step in range(1, int(further.max(initial=0)) + 1):
            near |= at >> np.minimum(further, step)
        possible: list[int] = found[np.bitwise_and.reduce(near) != 0].tolist()
        return possible


def _blocks(masks: Iterable[int], words: int) -> tuple[Ints, int]:
    """Return for each mask of words which blocks of the text it has a word in, and how many words a block is.

    A block is as many whole bytes of a mask as it takes for the text to have no more than MOST_BLOCKS.
    """
    length = words // (8 * MOST_BLOCKS) + 1
    held = np.frombuffer(b"".join([mask.to_bytes(64 * length, "little") for mask in masks]), dtype=np.uint8)
    if length > 1:
        held = np.bitwise_or.reduce(held.reshape(-1, length), axis=1)
    return np.packbits(held, bitorder="little").view(np.int64), 8 * length


def needs(
    groups: Sequence[Sequence[int]], patterns: Sequence[Need], many: int, longest: Mapping[int, int] | None = None
) -> Needs:
    """Return what patterns need.

    groups: the sets of each, by its number. many: how many sets there are. longest: words of the longest entry of a
    set; one where it says nothing.
    """
    longest = longest or {}
    lengths = [max((longest.get(number, 1) for number in sets), default=1) for sets in groups]
    most = max((len(each.groups) for each in patterns), default=0)
    holders: list[list[int]] = [[] for _ in range(many)]
    for group, sets in enumerate(groups):
        for number in sets:
            holders[number].append(group)
    # Named twice, a group is needed once.
    rows = [[each.groups[min(step, len(each.groups) - 1)] for each in patterns] for step in range(most)]
    return Needs(
        len(patterns),
        len(groups),
        holders=_packed(chain(*holders)),
        firsts=_packed(accumulate(map(len, holders), initial=0)),
        needed=_packed(chain(*rows)),
        spans=_packed(each.gaps + sum(lengths[group] for group in each.passed) for each in patterns),
    )


def _packed(numbers: Iterable[int]) -> bytes:
    return np.fromiter(numbers, dtype=np.int64).tobytes()


def _unpacked(packed: bytes) -> Ints:
    return np.frombuffer(packed, dtype=np.int64)
