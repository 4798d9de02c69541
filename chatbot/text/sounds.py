"""Rough keys of words: how one sounds, as some people say it, how it is said, and what is left of it in haste."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

Rules = tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...]


def _rules(written: Iterable[tuple[str, str | Callable[[re.Match[str]], str]]]) -> Rules:
    return tuple((re.compile(pattern), replacement) for pattern, replacement in written)


SILENT = _rules(
    (
        (r"^(kn|gn|pn)", "n"),
        (r"^wr", "r"),
        (r"^ps", "s"),
        (r"rh", "r"),
        (r"ph", "f"),
    )
)
# silent letters, and two that are one sound
CONSONANTS = _rules(
    (
        (r"sc(?=[eiy])", "s"),
        (r"c(?=[eiy])", "s"),
        (r"ck|c|q", "k"),
        (r"gh(?=t|$)", ""),
        (r"x", "ks"),
        (r"z", "s"),
        (r"y", "i"),
        (r"(.)\1", r"\1"),
    )
)
SAID = _rules(
    (
        (r"^wh(?!o)", "w"),
        (r"ight", "Ite"),
        (r"eigh", "A"),
        (r"gh(?=t|$)", ""),
        (r"mb$", "m"),
        (r"tch", "ch"),
        (r"sc(?=[eiyl])", "s"),
        (r"c(?=[eiy])", "s"),
        (r"ck|c(?!h)|q", "k"),
        (r"dg(?=e)", "j"),
        (r"x", "ks"),
        (r"z", "s"),
        (r"([^aeiou])\1", r"\1"),
        # vowels: two letters of one sound, and the silent e that makes one before it long
        (r"(?<=[^aeiouy])(le|el|al|il|ol)$", "l"),
        (r"(?<![aeou])y", "i"),
        (r"([aiou])([bdfgjklmnpstv])e(s|d)?$", lambda found: found[1].upper() + found[2] + (found[3] or "")),
        (r"e([bdfgjklmnpstv])e(s|d)?$", r"E\1\2"),
        (r"ai|ay|ei", "A"),
        (r"ee|ea|ey|ie(?=[^d]|$)", "E"),
        (r"oa|oe", "O"),
        (r"ew|ue|oo", "U"),
        (r"ou|ow", "W"),
        (r"au|aw", "Q"),
        (r"(er|ir|ur)(?![aeiou])", "R"),
        (r"(?<=.)e$|(?<=[aeou])y", ""),
    )
)
# finer ones: real words are many, and the vowels tell them apart

UNHEARD_R = re.compile(r"(?<=[aeiou])r(?=[^aeiouyr]|$)")
SPARED = re.compile("[aeiou]")


def sound(word: str) -> str:
    """Return a rough key of how an English word sounds: its consonants, with the spellings of one sound made one.

    Our own short set of the letter-to-sound rules that such keys (Metaphone, L. Philips 1990) rest on.
    """
    key = _spoken(word, SILENT + CONSONANTS)
    return key[:1] + re.sub(r"[aeiouwh]", "", key[1:])


@lru_cache(maxsize=4096)
def said(word: str) -> str:
    """Return the key of a folded word that two spellings of the same sounds share, vowels included.

    "Pane" is heard as "pain"; "gout" and "got", "pen" and "pain" are said differently.
    """
    return _spoken(word, SILENT + SAID)


def _spoken(word: str, rules: Rules) -> str:
    for pattern, replacement in rules:
        word = pattern.sub(replacement, word)
    return word


def unrolled(word: str) -> str:
    """Return the word without each r that most of England leaves out: "ketermin" is "ketamin" there."""
    return UNHEARD_R.sub("", word)


def squeezed(word: str) -> str:
    """Return the word without the vowels that hasty people leave out: "fbrmylg"."""
    return word[:1] + SPARED.sub("", word[1:])
