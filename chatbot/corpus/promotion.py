"""Sentences that sell: calls to book or ring, a clinic praising itself or offering its packages.

The classes of words are in promotion.toml; here is how they combine.
"""

from __future__ import annotations

import re
from functools import lru_cache

from chatbot.corpus.furniture import is_of
from chatbot.corpus.patterns import patterns
from chatbot.text.sentences import sentences

LONGEST_SENTENCE = 400
# characters; what sells is short

# Without one of these words, or a telephone number, no sentence sells: a quick look before the closer one.
_HINTS = frozenset(
    "us our we here at today now online free offer offers price prices off financing book call contact visit click "
    "clinic center centre institute wellness infusions health medical group care leading premier trusted top award "
    "world state cutting nationally number hundreds thousands gift limited money obligation plans wait your you "
    "disclaimer advice schedule scheduling request reserve arrange set".split()
)
_WORD = re.compile(r"[a-z]+")
_TELEPHONE = re.compile(r"\d{3}[\s.-]\d{4}\b")


def is_button(text: str) -> bool:
    """Say whether a line is the label of a button or a bare call to act: "Book your consultation today"."""
    return is_of("button", text) and not _has("danger", text) and not _has("own_care", text)


def sells(sentence: str) -> bool:
    """Say whether a sentence invites to book or ring, or offers or praises a clinic's own services.

    A sentence about danger never sells, nor does one that sends people to their own doctor to book.
    """
    if len(sentence) > LONGEST_SENTENCE or _has("danger", sentence):
        return False
    if _offers(sentence) or is_button(sentence) or any(_has(kind, sentence) for kind in ("praise", "price", "notice")):
        return True
    if _has("invitation", sentence):
        return _has("booking", sentence) or _has("urging", sentence)
    if _has("telephone", sentence):
        return _has("booking", sentence) or _has("wooing", sentence)
    urges = _has("booking", sentence) and _has("urging", sentence)
    return (urges or _has("slogan", sentence)) and not _has("own_care", sentence)


def sells_throughout(text: str) -> bool:
    """Say whether every sentence of the text sells."""
    return may_sell(text) and all(sells(text[span.start : span.end]) for span in sentences(text))


def without_offer(text: str) -> str:
    """Return the text without the sentences at its end that sell; the rest stays as it is."""
    end = len(text)
    for span in reversed(sentences(text) if may_sell(text) else ()):
        if not sells(text[span.start : span.end]):
            break
        end = span.start
    return text[:end].rstrip()


@lru_cache(maxsize=2_000)
def may_sell(text: str) -> bool:
    """Say whether a text holds any of the words without which none sells."""
    return not _HINTS.isdisjoint(_WORD.findall(text.lower())) or bool(_TELEPHONE.search(text)) or is_button(text)


def _offers(sentence: str) -> bool:
    """Say whether a clinic offers something of its own in words that flatter."""
    found = patterns("promotion")["offer"].search(sentence)
    wares = found and patterns("promotion")["wares"].search(sentence, found.end())
    return bool(wares) and _has("flattery", sentence)


def _has(kind: str, sentence: str) -> bool:
    return bool(patterns("promotion")[kind].search(sentence))
