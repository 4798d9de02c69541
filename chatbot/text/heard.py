"""How a word is said: a key that two spellings of the same sounds share, so that "pane" is heard as "pain"."""

from __future__ import annotations

import re
from functools import lru_cache

RULES = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        # silent letters, and letters that share a sound
        (r"^(kn|gn|pn)", "n"),
        (r"^wr", "r"),
        (r"^ps", "s"),
        (r"^wh(?!o)", "w"),
        (r"rh", "r"),
        (r"ph", "f"),
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


@lru_cache(maxsize=4096)
def said(word: str) -> str:
    """Return the key of a folded word: vowels count, unlike in `spelling.sound`, for real words are many.

    Our own short set of English letter-to-sound rules; "gout" and "got", "pen" and "pain" are said differently.
    """
    key = word
    for pattern, replacement in RULES:
        key = pattern.sub(replacement, key)
    return key
