"""How telling a word is in general English, whatever the articles are about."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources

COMMONEST = 6.5
# Zipf value from which a word says nothing ("make", "year")
RAREST = 3.4
# Zipf value from which down a word is as telling as any


@lru_cache(maxsize=1)
def _zipf() -> Mapping[str, float]:
    text = resources.files("chatbot.text").joinpath("english.tsv").read_text("utf-8")
    cells = re.sub(r"(?m)^#.*\n", "", text).split()
    # There are 52 values for 30,475 stems.
    values = {value: float(value) for value in set(cells[1::2])}
    return dict(zip(cells[::2], map(values.__getitem__, cells[1::2]), strict=True))


def rarity(stem: str) -> float:
    """Return how telling a stem is: 0 for the commonest words and for numbers, 1 for words that few texts hold.

    Linear in the Zipf value (log10 of uses in a thousand million words; see `benchmarks/english.py`). A corpus cannot
    tell: "ketamine" is common in ours and rare in the world, "insurance" the other way round.
    """
    if not stem.isalpha():
        return 0.0
    zipf = _zipf().get(stem, 0.0)
    return min(1.0, max(0.0, (COMMONEST - zipf) / (COMMONEST - RAREST)))


def is_english(stem: str) -> bool:
    """Say whether general English uses this stem often enough that it is hardly a slip."""
    return _zipf().get(stem, 0.0) >= RAREST


def is_unheard_of(stem: str) -> bool:
    """Say whether hardly any English text holds this stem: a name of a medicine, a disease, a place, or a slip."""
    return stem.isalpha() and stem not in _zipf()
