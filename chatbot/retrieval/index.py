"""All that is indexed of one corpus, made at once or from the index before."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain, pairwise

import numpy as np

from chatbot.retrieval.fields import Fields, fields_of, wordings_of
from chatbot.retrieval.postings import Postings, combined
from chatbot.retrieval.sections import Asked, Wordings
from chatbot.retrieval.table import Lists, Numbers, pair_key
from chatbot.retrieval.together import Together
from chatbot.text.vocabulary import difference
from chatbot.values import Passage


@dataclass(frozen=True, slots=True)
class Index:
    """Postings of each field; passages are known by their place in the corpus."""

    numbers: Numbers
    words: Postings
    headings: Postings
    titles: Postings
    pairs: Postings
    together: Together
    asked: Asked
    ranked: dict[tuple[float, float], Postings] = field(default_factory=dict, compare=False)
    # weights of headings and titles -> what `whole` made for them

    def whole(self, heading: float, title: float) -> Postings:
        """Return the words with what they score in headings and titles added, times these weights."""
        if (heading, title) not in self.ranked:
            made = combined(self.words, (self.headings, heading), (self.titles, title))
            self.ranked[heading, title] = made
        return self.ranked[heading, title]


def make_index(passages: Iterable[Passage]) -> Index:
    """Index passages, one after the other: none need stay in memory."""
    numbers = Numbers()
    words, headings, titles, pairs, sentences = (Lists() for _ in range(5))
    sizes, asked = array("q"), Wordings()
    for passage in passages:
        keys = keys_of(fields_of(passage), numbers)
        words.add(keys.words)
        headings.add(keys.headings)
        titles.add(keys.title)
        pairs.add(keys.pairs)
        sizes.append(len(keys.sentences))
        for sentence in keys.sentences:
            sentences.add(sentence)
        asked.add(wordings_of(passage))
    by_words = Postings.of_table(words.table(), numbers)
    return Index(
        numbers,
        by_words,
        headings=Postings.of_table(headings.table(), numbers),
        titles=Postings.of_table(titles.table(), numbers),
        pairs=Postings.of_table(pairs.table(), numbers),
        together=Together(sentences.table(), np.array(sizes, dtype=np.int64), by_words.idf, numbers),
        asked=asked.asked(numbers),
    )


def following(index: Index, before: Sequence[Passage], passages: Sequence[Passage]) -> Index:
    """Return the index of `passages`, reading only what differs from `before`, of which `index` is.

    Its scores are those of a full build, bit for bit. Best where the passages that changed stand together, as those of
    one article do: what lies between the first and the last change is read again.
    """
    at, until, end = difference(before, passages)
    keys = [keys_of(fields_of(passage), index.numbers) for passage in passages[at:end]]
    words = index.words.replaced(at, until, [each.words for each in keys])
    return Index(
        index.numbers,
        words,
        index.headings.replaced(at, until, [each.headings for each in keys]),
        index.titles.replaced(at, until, [each.title for each in keys]),
        index.pairs.replaced(at, until, [each.pairs for each in keys]),
        index.together.replaced(at, until, [each.sentences for each in keys], words.idf),
        index.asked.replaced(at, until, [wordings_of(passage) for passage in passages[at:end]]),
    )


@dataclass(frozen=True, slots=True)
class Keys:
    """What is indexed of one passage, as keys of tables."""

    words: list[int]
    headings: list[int]
    title: list[int]
    pairs: list[int]
    # neighbouring words in one text: "low back" and "back pain" of low, back, pain
    sentences: list[list[int]]


def keys_of(fields: Fields, numbers: Numbers) -> Keys:
    """Number the stems of a passage's fields."""
    texts = [numbers.keys(text) for text in fields.texts]
    return Keys(
        words=list(chain.from_iterable(texts)),
        headings=list(chain.from_iterable(texts[2:])),
        title=texts[1],
        pairs=[pair_key(one, other) for text in texts for one, other in pairwise(text)],
        sentences=[numbers.keys(sentence) for sentence in fields.sentences],
    )
