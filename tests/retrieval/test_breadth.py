"""How much of a question each passage holds."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.retrieval.breadth import Breadth
from chatbot.retrieval.postings import Postings
from chatbot.values import Concept, Origin, Term
from tests.builders import make_concept

PASSAGES = [["sciatica", "pain"], ["pain", "pain", "pain"], ["low", "back"], []]
WORDS = st.sampled_from(["sciatica", "pain", "low", "back", "parrot"])


def breadth(*concepts: Concept) -> list[float]:
    return list(Breadth(len(PASSAGES), Postings(PASSAGES).rows).of(concepts))


def test_a_passage_that_holds_everything_has_it_all() -> None:
    assert breadth(make_concept("sciatica"), make_concept("pain"))[0] == pytest.approx(1.0)


def test_how_often_a_word_stands_makes_no_difference() -> None:
    once, thrice = breadth(make_concept("pain"))[:2]
    assert once == thrice


def test_a_telling_word_counts_more() -> None:
    found = breadth(make_concept("sciatica", rarity=1.0), make_concept("pain", rarity=0.2))
    assert found[1] < 0.5 < found[0]


def test_a_phrase_counts_when_all_its_words_stand_there() -> None:
    phrase = Concept("low back", (Term(("low", "back"), 1.0, Origin.TYPED, "low back"),))
    part = Concept("back pain", (Term(("back", "pain"), 1.0, Origin.TYPED, "back pain"),))
    assert breadth(phrase) == [0, 0, pytest.approx(1.0), 0]
    assert breadth(part) == [0, 0, 0, 0]


def test_the_best_term_counts_with_its_weight() -> None:
    terms = (
        Term(("parrot",), 1.0, Origin.TYPED),
        Term(("pain",), 0.6, Origin.SYNONYM),
        Term(("low",), 0.3, Origin.HINT),
    )
    assert breadth(Concept("ache", terms)) == [pytest.approx(0.6), pytest.approx(0.6), pytest.approx(0.3), 0]


def test_a_question_without_concepts_is_held_by_none() -> None:
    assert breadth() == [0, 0, 0, 0]


@given(st.lists(st.tuples(WORDS, st.floats(0.1, 2.0), st.floats(0, 1)), max_size=5))
def test_it_lies_between_none_and_all(words: list[tuple[str, float, float]]) -> None:
    found = np.array(breadth(*(make_concept(word, weight=weight, rarity=rarity) for word, weight, rarity in words)))
    assert ((found >= 0) & (found <= 1 + 1e-9)).all()
