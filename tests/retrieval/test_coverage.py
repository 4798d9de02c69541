"""How much of a question one passage holds."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence

from hypothesis import given
from hypothesis import strategies as st

from chatbot.retrieval.coverage import covered, worths
from chatbot.values import Concept, Hit, Origin, Query, Term


def make_concept(word: str, *, rarity: float = 1.0, weight: float = 1.0, subject: float = 0.0) -> Concept:
    return Concept(word, (Term((word,), 1.0, Origin.TYPED, word),), weight, rarity, subject)


def hit(concept: Concept, weight: float = 1.0) -> Hit:
    return Hit(concept, Term(concept.terms[0].stems, weight, Origin.SYNONYM), "text")


def rare(concept: Concept) -> float:
    return 0.0


NERVE, LEG, TODAY = make_concept("nerve"), make_concept("leg"), make_concept("today", rarity=0.1)
CONCEPTS = st.lists(
    st.builds(
        make_concept, st.text(max_size=3), rarity=st.floats(0, 1), weight=st.floats(0.1, 2), subject=st.floats(0, 1)
    ),
    max_size=6,
)


def coverage(query: Query, hits: Sequence[Hit], share_of: Callable[[Concept], float]) -> float:
    return covered(worths(query, share_of), hits)


def test_all_found_is_all() -> None:
    assert coverage(Query((NERVE, LEG)), [hit(NERVE), hit(LEG)], rare) == 1.0


def test_nothing_found_is_nothing() -> None:
    assert coverage(Query((NERVE, LEG)), [], rare) == 0.0


def test_nothing_asked_is_nothing() -> None:
    assert coverage(Query(()), [], rare) == 0.0


def test_a_telling_word_counts_more_than_a_common_one() -> None:
    query = Query((NERVE, TODAY))
    assert coverage(query, [hit(NERVE)], rare) > coverage(query, [hit(TODAY)], rare)


def test_a_subject_counts_more_than_an_ordinary_word() -> None:
    liver = make_concept("liver", subject=1.0)
    query = Query((NERVE, liver))
    assert coverage(query, [hit(liver)], rare) > coverage(query, [hit(NERVE)], rare)


def test_a_word_that_stands_everywhere_counts_less() -> None:
    query = Query((NERVE, LEG))

    def share_of(concept: Concept) -> float:
        return 0.9 if concept is NERVE else 0.1

    assert coverage(query, [hit(NERVE)], share_of) < coverage(query, [hit(LEG)], share_of)


def test_a_hit_counts_with_the_weight_of_its_term() -> None:
    query = Query((NERVE, LEG))
    assert coverage(query, [hit(NERVE, 0.5)], rare) < coverage(query, [hit(NERVE)], rare)


def test_words_of_the_story_count_less_than_those_of_the_question() -> None:
    story = make_concept("garden", weight=0.2)
    query = Query((NERVE, story))
    assert coverage(query, [hit(story)], rare) < coverage(query, [hit(NERVE)], rare)


@given(CONCEPTS, st.data())
def test_coverage_lies_between_nothing_and_all_and_grows_with_what_is_found(
    concepts: list[Concept], data: st.DataObject
) -> None:
    share = data.draw(st.floats(0, 1))
    found = [concept for concept in concepts if data.draw(st.booleans())]
    values = [
        coverage(Query(tuple(concepts)), [hit(each) for each in found[:count]], lambda _: share)
        for count in range(len(found) + 1)
    ]
    assert all(0.0 <= value <= 1.0 + 1e-9 for value in values)
    assert all(less <= more + 1e-9 for less, more in itertools.pairwise(values))
