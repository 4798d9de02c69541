"""Which patterns are worth trying on a text: those whose rarest word set it holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from chatbot.answering.safety.lexis import Lexis, Scan
from chatbot.answering.safety.patterns import Pattern
from chatbot.text.english import rarity
from chatbot.text.tokens import stem


@dataclass(frozen=True, slots=True)
class Watch:
    """Patterns, each filed under the sets of the step that ordinary English is least likely to fill."""

    patterns: tuple[Pattern, ...]
    under: Mapping[int, tuple[int, ...]]
    # set number -> indexes of patterns
    needs: tuple[tuple[int, ...], ...]
    # of each pattern, what its other steps need, the least likely first

    def matching(self, scan: Scan) -> Iterator[tuple[int, Pattern]]:
        """Yield the patterns, with their indexes, of which every step finds one of its sets in the text."""
        present = scan.present
        # The smaller side is walked: most watches are filed under few sets, and a long text belongs to hundreds.
        filed = (self.under.keys() & scan.single.keys()) | (self.under.keys() & scan.phrases.keys())
        for index in {index for number in filed for index in self.under[number]}:
            for need in self.needs[index]:
                if not need & present:
                    break
            else:
                yield index, self.patterns[index]


def watch(patterns: Iterable[Pattern], common: Sequence[float]) -> Watch:
    """File patterns. common: how often each set, by its number, is found in ordinary English."""
    filed: dict[int, list[int]] = {}
    kept = tuple(patterns)
    needs = []
    for index, pattern in enumerate(kept):
        rarest, *others = sorted(pattern.needs, key=lambda need: sum(common[number] for number in _numbers(need)))
        needs.append(tuple(others))
        for number in _numbers(rarest):
            filed.setdefault(number, []).append(index)
    return Watch(kept, {number: tuple(indexes) for number, indexes in filed.items()}, tuple(needs))


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


def _share(word: str) -> float:
    return float(10 ** (-3 * rarity(stem(word))))


def _numbers(mask: int) -> Iterator[int]:
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest
