"""Article words of the same family that the stemmer keeps apart: sciatic and sciatica, anesthetic and anesthesia."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

GRAM = 4
SHORTEST = 5
# letters of a stem below which shared letters say nothing
ALIKE = 0.42
# share of letter groups in common (Dice) from which two stems count as one family
ROOT = 5
# letters that they must share at the start: "refer" and "region" only look alike
MOST = 3


@dataclass(frozen=True, slots=True)
class Relatives:
    """The stems of one corpus version by their letter groups."""

    holding: Mapping[str, tuple[str, ...]]
    sizes: Mapping[str, int]

    def of(self, stem: str) -> tuple[tuple[str, float], ...]:
        """Return (related stem, likeness 0..1), likest first, at most three; without the stem itself."""
        if len(stem) < SHORTEST or not stem.isalpha():
            return ()
        mine = _grams(stem)
        shared = Counter(other for gram in mine for other in self.holding.get(gram, ()))
        alike = [
            (other, 2 * count / (len(mine) + self.sizes[other]))
            for other, count in shared.items()
            if other != stem and other[:ROOT] == stem[:ROOT]
        ]
        near = [(other, likeness) for other, likeness in alike if likeness >= ALIKE]
        return tuple(sorted(near, key=lambda item: (-item[1], item[0]))[:MOST])


def make_relatives(stems: Iterable[str]) -> Relatives:
    """Index stems by groups of four letters."""
    holding: dict[str, list[str]] = defaultdict(list)
    sizes: dict[str, int] = {}
    for stem in sorted(stems):
        if len(stem) >= SHORTEST and stem.isalpha():
            grams = _grams(stem)
            sizes[stem] = len(grams)
            for gram in grams:
                holding[gram].append(stem)
    return Relatives({gram: tuple(found) for gram, found in holding.items()}, sizes)


def _grams(stem: str) -> frozenset[str]:
    marked = f"^{stem}$"
    return frozenset(marked[at : at + GRAM] for at in range(len(marked) - GRAM + 1))
