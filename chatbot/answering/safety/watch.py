"""Which patterns are worth trying on a text: those of which it holds a word for every place."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

from chatbot.answering.safety.lexis import Lexis, Scan
from chatbot.answering.safety.needs import Need
from chatbot.answering.safety.patterns import Pattern


@dataclass(frozen=True, slots=True)
class Watch:
    """Patterns that are asked together."""

    patterns: tuple[Pattern, ...]
    first: int
    # number of the first among all that are watched

    def matching(self, scan: Scan) -> list[tuple[int, Pattern]]:
        """Return the patterns, with their indexes, of which every step finds one of its sets in the text."""
        patterns, first = self.patterns, self.first
        start, end = (bisect_left(scan.possible, number) for number in (first, first + len(patterns)))
        return [(number - first, patterns[number - first]) for number in scan.possible[start:end]]


def watch(patterns: Iterable[Pattern], lexis: Lexis) -> Watch:
    """Enter patterns into the lexis, which is closed when all are in."""
    kept, first = tuple(patterns), len(lexis.needed)
    lexis.needed += map(_need, kept)
    return Watch(kept, first)


def _need(pattern: Pattern) -> Need:
    return Need(
        groups=tuple(step.group for step in pattern.needs),
        passed=tuple(step.group for step in pattern.steps[:-1]),
        gaps=sum(step.gap for step in pattern.steps),
    )
