"""Which patterns are worth trying on a text: those of which it holds a word for every place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from chatbot.answering.safety.lexis import Lexis, Scan
from chatbot.answering.safety.patterns import Pattern
from chatbot.text.english import rarity
from chatbot.text.tokens import stem


@dataclass(frozen=True, slots=True)
class Watch:
    """Patterns, each filed under the step that ordinary English is least likely to fill."""

    patterns: tuple[Pattern, ...]
    under: Mapping[int, tuple[int, ...]]
    # group of that step's sets -> indexes of patterns
    needs: tuple[tuple[int, ...], ...]
    # of each pattern, the groups of its other steps, the least likely first

    def matching(self, scan: Scan) -> list[tuple[int, Pattern]]:
        """Return the patterns, with their indexes, of which every step finds one of its sets in the text."""
        patterns, under, needs, holds = self.patterns, self.under, self.needs, scan.present.issuperset
        filed = under.keys() & scan.present
        return [(index, patterns[index]) for group in filed for index in under[group] if holds(needs[index])]


def watch(patterns: Iterable[Pattern], common: Sequence[float]) -> Watch:
    """File patterns. common: how often each set, by its number, is found in ordinary English."""
    filed: dict[int, list[int]] = {}
    kept = tuple(patterns)
    needs = []
    for index, pattern in enumerate(kept):
        rarest, *others = sorted(pattern.needs, key=lambda step: sum(common[number] for number in step.sets))
        needs.append(tuple(step.group for step in others))
        filed.setdefault(rarest.group, []).append(index)
    return Watch(kept, {group: tuple(indexes) for group, indexes in filed.items()}, tuple(needs))


def commonness(lexis: Lexis) -> list[float]:
    """Return for each set number the share of ordinary words that begin one of its entries, roughly.

    A word counts 1 when it is among the commonest and a thousandth when few texts hold it; a phrase as its rarest word,
    and a fiftieth of that.
    """
    found = [0.0] * len(lexis.numbers)
    for word, numbers in lexis.words.items():
        for number in numbers:
            found[number] += _share(word)
    for words, number in lexis.phrases():
        found[number] += min(_share(word) for word in words) / 50
    for _, _, number in lexis.ranges:
        found[number] += 0.05
    return found


@cache
def _share(word: str) -> float:
    return float(10 ** (-3 * rarity(stem(word))))
