"""How hard a text is to read."""

from __future__ import annotations

import re
from dataclasses import dataclass

from chatbot.text.sentences import sentences
from chatbot.text.tokens import tokens

# Names that a reader of these articles must meet anyway; each counts as a word of two syllables, whatever its length.
NAMES = frozenset(
    "ketamine esketamine fibromyalgia anesthetic anesthesia anesthetics gabapentin pregabalin duloxetine amitriptyline "
    "sciatica neuropathic neuropathy opioid opioids epidural guideline guidelines infusion infusions syndrome "
    "sensitization osteoporosis osteoarthritis migraine nmda receptor receptors".split()
)


@dataclass(frozen=True, slots=True)
class Readability:
    """One text in figures."""

    words: int
    sentences: int
    syllables: int

    @property
    def grade(self) -> float:
        """The Flesch-Kincaid grade: years of US schooling needed.

        0.39 words/sentences + 11.8 syllables/words - 15.59 (Kincaid, Fishburne, Rogers and Chissom, 1975).
        """
        if not self.words:
            return 0.0
        return 0.39 * self.words / max(self.sentences, 1) + 11.8 * self.syllables / self.words - 15.59


def readability(texts: list[str]) -> Readability:
    """Count words, sentences and syllables over texts; common medical names count as two syllables."""
    words = [token.word for text in texts for token in tokens(text)]
    return Readability(
        words=len(words),
        sentences=sum(len(sentences(text)) for text in texts),
        syllables=sum(2 if word in NAMES else syllables(word) for word in words),
    )


def syllables(word: str) -> int:
    """Estimate the syllables of an English word: its groups of vowels, less a silent ending; at least 1.

    A number counts one syllable a digit.
    """
    if word.isdigit():
        return len(word)
    groups = len(re.findall(r"[aeiouy]+", word))
    # "made", "times", "eased" end silently; "needed", "wanted", "table", "places" do not.
    silent = re.search(r"[^aeiouyl]e$|[^aeiouydt]ed$|[^aeiouysxzhcgl]es$|[aeiou]le$", word)
    return max(1, groups - bool(silent))
