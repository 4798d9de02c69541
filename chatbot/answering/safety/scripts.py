"""Calls for help in scripts other than Latin: phrases looked for as they stand, as not every script parts its words."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

from chatbot.answering.safety.folding import fold
from chatbot.answering.safety.rules import Family


def compact(text: str) -> str:
    """Return the folded letters and digits of a text, without spaces, signs and marks between or above them."""
    return "".join(character for character in fold(text) if unicodedata.category(character)[0] in "LNM")


def said_in(text: str, families: Iterable[Family]) -> Iterator[Family]:
    """Yield the families of which a phrase stands in the text, wherever its spaces are. Linear in the text."""
    if text.isascii():
        return
    letters = compact(text)
    yield from (family for family in families if any(phrase in letters for phrase in family.phrases))
