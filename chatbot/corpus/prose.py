"""Small questions about a piece of text: its normal form, its words, whether it reads as prose."""

from __future__ import annotations

import re
import unicodedata

# Page builders strew these between letters; they show nothing and keep a word from being found.
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
_WORD = re.compile(r"[^\W_]+")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*$")

PROSE_WORDS = 12
# a shorter paragraph may as well be a label, a caption or a button


def one_line(text: str) -> str:
    """Return the text on one line: white space of every kind folded to single spaces, invisible characters gone."""
    return " ".join(_INVISIBLE.sub("", text).split())


def words(text: str) -> tuple[str, ...]:
    """Return the runs of letters and digits, casefolded, in order."""
    return tuple(_WORD.findall(unicodedata.normalize("NFC", text).casefold()))


def slug(text: str) -> str:
    """Return the text as lower-case ASCII words joined by hyphens; "" where no letter has an ASCII form."""
    plain = unicodedata.normalize("NFKD", re.sub(r"['’]", "", text)).encode("ascii", "ignore").decode("ascii")
    return "-".join(re.findall(r"[a-z0-9]+", plain.lower()))


def ends_sentence(text: str) -> bool:
    """Say whether the text ends as a sentence does; a closing quotation mark or bracket may follow the stop."""
    return bool(_SENTENCE_END.search(text))


def is_prose(text: str) -> bool:
    """Say whether the text is running prose rather than a label: at least a dozen words, and an end."""
    return len(text.split()) >= PROSE_WORDS and (ends_sentence(text) or text.endswith(":"))
