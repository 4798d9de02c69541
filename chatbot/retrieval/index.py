"""All that is indexed of one corpus, made at once or from the index before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

from chatbot.retrieval.fields import Fields, fields_of
from chatbot.retrieval.postings import Postings
from chatbot.retrieval.table import Numbers, make_table, pair_key
from chatbot.retrieval.together import Together, make_together
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


def make_index(passages: Sequence[Passage]) -> Index:
    """Index passages."""
    numbers = Numbers()
    keys = [keys_of(fields_of(passage), numbers) for passage in passages]
    words = Postings.of_table(make_table([each.words for each in keys]), numbers)
    return Index(
        numbers,
        words,
        Postings.of_table(make_table([each.headings for each in keys]), numbers),
        Postings.of_table(make_table([each.title for each in keys]), numbers),
        Postings.of_table(make_table([each.pairs for each in keys]), numbers),
        make_together([each.sentences for each in keys], words.idf, numbers),
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
