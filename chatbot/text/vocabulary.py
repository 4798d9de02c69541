"""The words that the articles use: what a visitor's word is compared with, before anything is searched."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from chatbot.text.lexicon import Lexicon
from chatbot.text.tokens import folded_words, stem
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
    counts = _counted(passages)
    return Vocabulary({**dict.fromkeys(lexicon.words, 0), **counts})


def changed_vocabulary(
    before: Vocabulary, gone: Iterable[Passage], come: Iterable[Passage], lexicon: Lexicon
) -> Vocabulary:
    """Return the vocabulary after some passages went and others came, the same as of reading all of them again."""
    counts = dict(before.words)
    for word, count in _counted(come).items():
        counts[word] = counts.get(word, 0) + count
    for word, count in _counted(gone).items():
        counts[word] -= count
        if not counts[word] and word not in lexicon.words:
            del counts[word]
    return Vocabulary(counts)


def _counted(passages: Iterable[Passage]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for passage in passages:
        for text in (passage.text, passage.title, *passage.headings, *passage.questions):
            counts.update(folded_words(text))
    return counts


def difference(before: Sequence[Passage], after: Sequence[Passage]) -> tuple[int, int, int]:
    """Return (first, last, new last): `after` is `before` with its passages from first to before last replaced.

    The replacing ones stand in `after` from first to before new last. Passages that both hold are mostly the very same
    objects, so this is quick.
    """
    first = _shared(before, after)
    kept = min(_shared(before[::-1], after[::-1]), len(before) - first, len(after) - first)
    return first, len(before) - kept, len(after) - kept


def _shared(one: Sequence[Passage], other: Sequence[Passage]) -> int:
    """Return how many passages two corpora begin with alike."""
    for number, (left, right) in enumerate(zip(one, other, strict=False)):
        if left is not right and left != right:
            return number
    return min(len(one), len(other))
