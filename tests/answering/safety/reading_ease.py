"""How hard a text is to read: the Flesch-Kincaid grade, from our own count of syllables."""

from __future__ import annotations

import re

WORD = re.compile(r"[A-Za-z]+(?:'[a-z]+)?|\d[\d ()+-]*\d|\d")
SILENT = re.compile(r"(?<=[^aeiouy])e$|(?<=[^aeiouytd])ed$|(?<=[^aeiouysxz])es$")
VOWELS = re.compile(r"[aeiouy]+")


def grade(text: str) -> float:
    """Return the school grade that a text asks for.

    0.39 words a sentence + 11.8 syllables a word - 15.59 (J. P. Kincaid and others, 1975). A number counts as one
    word of one syllable: it is dialled and not read.
    """
    words = WORD.findall(text)
    sentences = len(re.findall(r"[.?!](?:\s|$)", text)) or 1
    syllables = sum(_syllables(word) for word in words)
    return 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59


def _syllables(word: str) -> int:
    if word[0].isdigit():
        return 1
    return max(1, len(VOWELS.findall(SILENT.sub("", word.lower().replace("'", "")))))
