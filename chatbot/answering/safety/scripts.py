"""Calls for help in scripts other than Latin: phrases looked for as they stand, as not every script parts its words."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

from chatbot.answering.safety.folding import NOT_ASCII, fold
from chatbot.answering.safety.rules import Family


def compact(text: str) -> str:
    """Return the folded letters and digits of a text, without spaces, signs and marks between or above them."""
    return _letters(fold(text))


def said_in(text: str, families: Iterable[Family]) -> Iterator[Family]:
    """Yield the families of which a phrase stands in the text, wherever its spaces are. Linear in the text."""
    if text.isascii():
        return
    folded = fold(text)
    if not any(map(str.isalpha, NOT_ASCII.findall(folded))):
        return
    letters = _letters(folded)
    yield from (family for family in families if any(phrase in letters for phrase in family.phrases))


def _letters(folded: str) -> str:
    return "".join(character for character in folded if unicodedata.category(character)[0] in "LNM")
