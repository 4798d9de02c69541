"""Words of a text as stems with their offsets."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from importlib import resources

from chatbot.text.nltk_parts import SnowballStemmer
from chatbot.values import Token

# A word: letters and digits of any script, with apostrophes inside ("doctor's", "don’t") and accents written apart.
LETTERS = r"(?:[^\W_][\u0300-\u036f]*)+"
WORD = re.compile(rf"{LETTERS}(?:['’ʼ`]{LETTERS})*")

_stemmer = SnowballStemmer("english")

# Words that Snowball joins with strangers, and the stem that keeps each apart: "depending on the cause" is no
# dependency, "several days" are not severe, an emerging option is no emergency. nDCG@10 of medquad-open +0.8 points.
APART = {
    word: own
    for own, words in {
        "dependenc": "dependence dependency dependencies dependent dependents",
        "emergenc": "emergency emergencies",
        "several": "several",
        "medicat": "medication medications medicate medicated",
        "organiz": "organization organizations organisation organisations organize organized organizing",
        "paste": "paste pastes",
        "evening": "evening evenings",
        "universit": "university universities",
    }.items()
    for word in words.split()
}


def tokens(text: str) -> tuple[Token, ...]:
    """Split a text into words with their stems, in order; offsets are characters of `text`."""
    found = []
    for match in WORD.finditer(text):
        word = folded(match[0])
        if word:  # an apostrophe alone is a letter to Unicode, and nothing once folded
            start, end = match.span()
            found.append(Token(stem(word), start, end, word))
    return tuple(found)


def subject_stems(text: str) -> list[str]:
    """Return the stems of a text that carry its subject, in order: all of `tokens` but the question words, sooner."""
    return [stem for stem in map(_subject_stem, WORD.findall(text)) if stem]


def folded_words(text: str) -> list[str]:
    """Return every word of a text, folded, in order."""
    return [word for word in map(folded, WORD.findall(text)) if word]


def all_stems(text: str) -> list[str]:
    """Return every stem of a text, in order."""
    return [stem(word) for word in folded_words(text)]


@lru_cache(maxsize=50_000)
def _subject_stem(word: str) -> str:
    """Return the stem of a word as it stands in a text; empty for a question word."""
    plain = folded(word)
    return "" if plain in question_words() else stem(plain)


@lru_cache(maxsize=50_000)
def folded(word: str) -> str:
    """Return a word in lower case, without accents and possessive ending: "Patient’s" gives "patient"."""
    plain = word
    if not word.isascii():
        decomposed = unicodedata.normalize("NFKD", word)
        plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    plain = re.sub(r"['’ʼ`]", "'", plain.casefold())
    return plain.removesuffix("'s").replace("'", "")


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Return the Snowball stem of a folded word, or its own of APART; words with digits stay as they are."""
    return word if not word.isalpha() else APART.get(word) or str(_stemmer.stem(word))


@lru_cache(maxsize=1)
def question_words() -> frozenset[str]:
    """Return the words that carry no subject: articles, pronouns, auxiliaries, the words a question is put with.

    The list is our own. Packaged stop lists delete "side" and "back" from "side effects" and "back pain".
    """
    lines = resources.files("chatbot.text").joinpath("question_words.txt").read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
