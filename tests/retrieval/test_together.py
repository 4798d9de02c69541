"""How much of a question stands together in one sentence."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from chatbot.retrieval.fields import sentence_words
from chatbot.retrieval.table import Numbers
from chatbot.retrieval.together import Together, make_together
from chatbot.text.sentences import sentences
from chatbot.text.tokens import tokens
from chatbot.values import Concept, Origin, Term

IDF = {"nerv": 2.0, "leg": 1.0, "drip": 3.0, "infus": 1.5}
WORDS = ["nerve", "leg", "drip", "infusion", "other"]


def idf(stem: str) -> float:
    return IDF.get(stem, 0.5)


def indexed(texts: Sequence[str]) -> Together:
    numbers = Numbers()
    return make_together([[numbers.keys(stems) for stems in sentence_words(text)] for text in texts], idf, numbers)


def concept(*terms: tuple[str, float]) -> Concept:
    return Concept(terms[0][0], tuple(Term((stem,), weight, Origin.TYPED) for stem, weight in terms))


SENTENCE = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(lambda words: " ".join(words) + ". ")
TEXTS = st.lists(st.lists(SENTENCE, max_size=4).map("".join), max_size=5)
TERM = st.tuples(st.sampled_from(list(IDF)), st.floats(0.1, 1.0))
CONCEPTS = st.lists(st.tuples(st.lists(TERM, min_size=1, max_size=3).map(lambda t: concept(*t)), st.floats(0.1, 2)))


def by_hand(text: str, concepts: Sequence[tuple[Concept, float]]) -> float:
    best = 0.0
    for span in sentences(text):
        held = {token.stem for token in tokens(text[span.start : span.end])}
        worth = 0.0
        for each, importance in concepts:
            values = [term.weight * idf(term.stems[0]) for term in each.terms if term.stems[0] in held]
            worth += importance * max(values, default=0.0)
        best = max(best, worth)
    return best


@given(TEXTS, CONCEPTS)
def test_each_text_is_worth_its_best_sentence(texts: list[str], concepts: list[tuple[Concept, float]]) -> None:
    expected = [by_hand(text, concepts) for text in texts]
    np.testing.assert_allclose(indexed(texts).best(concepts), expected, atol=1e-9)


def test_words_in_one_sentence_are_worth_more_than_in_two() -> None:
    together = indexed(["The nerve hurts the leg.", "The nerve hurts. The leg does not."])
    one, two = together.best([(concept(("nerv", 1.0)), 1.0), (concept(("leg", 1.0)), 1.0)])
    assert one > two > 0


def test_a_text_without_sentences_is_worth_nothing() -> None:
    assert indexed(["", "Nerve."]).best([(concept(("nerv", 1.0)), 1.0)]).tolist() == [0.0, 2.0]
