"""The words that the articles use: what a visitor's word is compared with, before anything is searched."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from chatbot.text.lexicon import Lexicon
from chatbot.text.tokens import stem, tokens
from chatbot.values import Passage


@dataclass(frozen=True)
class Vocabulary:
    """The words of one corpus version."""

    words: Mapping[str, int]

    # folded word -> how often it stands in the articles; 0 for words that only the lexicon knows
    @cached_property
    def stems(self) -> frozenset[str]:
        """Stems that the articles hold."""
        return frozenset(stem(word) for word, count in self.words.items() if count)


def read_vocabulary(passages: Iterable[Passage], lexicon: Lexicon) -> Vocabulary:
    """Count the words of the passages, their headings, titles and sample questions; add the lexicon's words."""
    counts: Counter[str] = Counter()
    for passage in passages:
        texts = (passage.text, passage.title, *passage.headings, *passage.questions)
        counts.update(token.word for text in texts for token in tokens(text))
    for word in lexicon.words:
        counts[word] += 0
    return Vocabulary(dict(counts))
