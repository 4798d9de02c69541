"""Rough keys of words: how one sounds, as some people say it, and what is left of it in haste."""

from __future__ import annotations

import re

UNHEARD_R = re.compile(r"(?<=[aeiou])r(?=[^aeiouyr]|$)")
SPARED = re.compile("[aeiou]")


def sound(word: str) -> str:
    """Return a rough key of how an English word sounds: its consonants, with the spellings of one sound made one.

    Our own short set of the letter-to-sound rules that such keys (Metaphone, L. Philips 1990) rest on.
    """
    key = word
    for pattern, replacement in SOUNDS:
        key = pattern.sub(replacement, key)
    return key[:1] + re.sub(r"[aeiouwh]", "", key[1:])


SOUNDS = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"^(kn|gn|pn)", "n"),
        (r"^ps", "s"),
        (r"^wr", "r"),
        (r"ph", "f"),
        (r"sc(?=[eiy])", "s"),
        (r"c(?=[eiy])", "s"),
        (r"ck|c|q", "k"),
        (r"gh(?=t|$)", ""),
        (r"rh", "r"),
        (r"x", "ks"),
        (r"z", "s"),
        (r"y", "i"),
        (r"(.)\1", r"\1"),
    )
)


def unrolled(word: str) -> str:
    """Return the word without each r that most of England leaves out: "ketermin" is "ketamin" there."""
    return UNHEARD_R.sub("", word)


def squeezed(word: str) -> str:
    """Return the word without the vowels that hasty people leave out: "fbrmylg"."""
    return word[:1] + SPARED.sub("", word[1:])
