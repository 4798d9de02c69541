"""How sure an answer may sound."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.answering.confidence import (
    MOST_MISSING,
    POLICY,
    WEIGHTS,
    confidence,
    in_words,
    signs,
)
from chatbot.text.story import LEAD_WEIGHT, TOLD_WEIGHT
from chatbot.values import Concept, Origin, Policy, Query, Term
from tests.builders import make_concept, make_hit, make_match, make_passage

SCIATICA = make_concept("sciatica")
LIVER = make_concept("liver", subject=1.0)
SURE = make_match(make_hit(SCIATICA), score=50.0)
SURENESS = st.floats(0, 1)


def of(*concepts: Concept, wording: tuple[str, ...] = ("is", "it")) -> Query:
    return Query(concepts, wording=wording)


# --- what raises and lowers it ----------------------------------------------------------------


@given(st.floats(0, 1e9), st.floats(0, 1), st.floats(0, 1), st.lists(st.floats(0, 1), max_size=4))
def test_confidence_lies_between_none_and_all(
    score: float, coverage: float, wording: float, subjects: list[float]
) -> None:
    query = of(*(make_concept(str(number), subject=subject) for number, subject in enumerate(subjects)))
    match = make_match(make_hit(SCIATICA), score=score, coverage=coverage, wording=wording)
    assert 0.0 <= confidence(query, match) <= 1.0


@given(st.floats(1e-3, 1e3), st.floats(1, 100))
def test_a_higher_score_is_never_less_sure(score: float, more: float) -> None:
    lower, higher = (make_match(make_hit(SCIATICA), score=value) for value in (score, score * more))
    assert confidence(of(SCIATICA), lower) <= confidence(of(SCIATICA), higher)


def test_a_subject_that_the_passage_lacks_makes_less_sure() -> None:
    assert confidence(of(SCIATICA, LIVER), SURE) < confidence(of(SCIATICA), SURE)


def test_an_ordinary_word_that_the_passage_lacks_makes_hardly_less_sure() -> None:
    squeaky = make_concept("squeaky")
    assert confidence(of(SCIATICA, LIVER), SURE) < confidence(of(SCIATICA, squeaky), SURE)


def test_words_that_the_passage_lacks_make_less_sure_the_rarer_the_more() -> None:
    transferred, every = make_concept("transferred", rarity=0.5), make_concept("get", rarity=0.05)
    plain, common, rare = (confidence(of(SCIATICA, *more), SURE) for more in ((), (every,), (transferred,)))
    assert rare < common < plain


def test_what_is_rare_and_in_no_article_may_be_a_subject_that_no_list_names() -> None:
    strange, known = (replace(make_concept("parrot", rarity=1.0), known=known) for known in (False, True))
    assert signs(of(strange), make_match())["absent"] > signs(of(known), make_match())["absent"] == 0.0


@pytest.mark.parametrize("word", ["tendinosis", "zopazepam", "prurigo disease"])
def test_an_unlisted_word_that_looks_like_a_disease_or_a_medicine_is_a_subject(word: str) -> None:
    medical, other = (replace(make_concept(typed, rarity=1.0), known=False) for typed in (word, "parrot"))
    assert signs(of(medical), make_match())["absent"] == 1.0 > signs(of(other), make_match())["absent"]


def test_a_subject_that_no_article_holds_counts_apart_and_more() -> None:
    elsewhere, nowhere = LIVER, replace(LIVER, known=False)
    for concept, lacking, absent in ((elsewhere, 1.0, 0.0), (nowhere, 0.0, 1.0)):
        found = signs(of(concept), make_match())
        assert (found["lacking"], found["absent"]) == (lacking, absent)
    assert confidence(of(SCIATICA, nowhere), SURE) < confidence(of(SCIATICA, elsewhere), SURE)


def test_a_word_held_by_a_hint_is_missing_in_part() -> None:
    hinted = make_match(make_hit(LIVER, term=Term(("organ",), 0.2, Origin.HINT, "organ")))
    held = make_match(make_hit(LIVER, term=Term(("organ",), 0.7, Origin.SYNONYM, "organ")))
    fully, partly, not_at_all = (signs(of(LIVER), match)["missing"] for match in (held, hinted, make_match()))
    assert 0 == fully < partly < not_at_all


def test_a_long_message_does_not_lack_without_end() -> None:
    many = [make_concept(str(number), rarity=1.0) for number in range(30)]
    assert signs(of(*many), make_match())["missing"] == MOST_MISSING


def test_a_question_for_a_time_is_not_answered_by_a_passage_that_gives_none() -> None:
    asked = Query((SCIATICA,), wants=frozenset({"time"}))
    timeless, timed = (
        make_match(make_hit(SCIATICA), passage=make_passage(text), score=5.0)
        for text in ("Sciatica is pain in the leg.", "Sciatica lasts a few weeks.")
    )
    assert confidence(asked, timeless) < confidence(asked, timed)


def test_a_follow_up_is_about_what_was_asked_before_but_thanks_are_not() -> None:
    earlier = make_concept("sciatica", origin=Origin.CARRIED, weight=0.5)
    weeks = make_concept("weeks", rarity=0.1)
    match = make_match(make_hit(earlier), score=5.0)
    assert signs(of(weeks, earlier), match)["no_evidence"] < signs(of(earlier), match)["no_evidence"] == 1.0


def test_a_section_that_staff_say_answers_just_this_is_surer() -> None:
    asked = make_match(make_hit(SCIATICA), wording=1.0)
    assert confidence(of(SCIATICA), asked) > confidence(of(SCIATICA), make_match(make_hit(SCIATICA)))


def test_a_subject_found_only_by_a_wider_word_lacks_in_part() -> None:
    wider = make_hit(LIVER, term=Term(("organ",), 0.7, Origin.SYNONYM, "organ"))
    hits = ((make_hit(LIVER),), (wider,), ())
    held, partly, lacking = (signs(of(LIVER), make_match(*each))["lacking"] for each in hits)
    assert held < partly < lacking


def test_a_subject_of_the_story_or_of_an_earlier_question_may_lack() -> None:
    story = make_concept("liver", subject=1.0, weight=0.2)
    earlier = make_concept("liver", subject=1.0, weight=0.5, origin=Origin.CARRIED)
    assert signs(of(story, earlier), make_match())["lacking"] == 0.0


def test_a_subject_told_beside_the_question_counts_apart_and_less() -> None:
    beside = make_concept("liver", subject=1.0, weight=TOLD_WEIGHT)
    found = signs(of(beside), make_match())
    assert (found["lacking"], found["told"]) == (0.0, 1.0)
    assert signs(of(LIVER), make_match())["told"] == 0.0
    unsure, surer = (of(SCIATICA, each) for each in (beside, replace(beside, weight=LEAD_WEIGHT)))
    assert confidence(of(SCIATICA, LIVER), SURE) < confidence(unsure, SURE) < confidence(surer, SURE)


def test_a_wider_word_is_nearly_as_good_for_what_is_told_beside_the_question() -> None:
    asked = make_concept("fentanyl", subject=1.0)
    beside = replace(asked, weight=TOLD_WEIGHT)
    opioids = Term(("opioid",), 0.7, Origin.SYNONYM, "opioids")
    lacks = signs(of(asked), make_match(make_hit(asked, term=opioids)))["lacking"]
    assert 0.0 < signs(of(beside), make_match(make_hit(beside, term=opioids)))["told"] < lacks


def test_every_sign_has_its_weight() -> None:
    assert signs(of(SCIATICA), SURE).keys() == WEIGHTS.keys()


def test_confidence_is_the_logistic_function_of_the_weighed_signs() -> None:
    value = sum(WEIGHTS[name] * size for name, size in signs(of(SCIATICA, LIVER), SURE).items())
    assert confidence(of(SCIATICA, LIVER), SURE) == pytest.approx(1 / (1 + math.exp(-value)))


# --- in words ---------------------------------------------------------------------------------


def test_confidence_has_three_words() -> None:
    policy = Policy(0.5, 0.2)
    assert [in_words(value, policy) for value in (0.0, 0.49, 0.5, 0.84, 0.85, 1.0)] == [
        *("low", "low", "medium", "medium", "high", "high")
    ]


@given(SURENESS, SURENESS)
def test_no_passage_below_the_cut_reads_as_sure(value: float, cut: float) -> None:
    assert (in_words(value, Policy(cut, cut / 2)) == "low") == (value < cut)


@given(SURENESS, SURENESS)
def test_surer_never_reads_as_less_sure(one: float, other: float) -> None:
    order = ["low", "medium", "high"]
    lower, higher = (order.index(in_words(value, POLICY)) for value in sorted((one, other)))
    assert lower <= higher


def test_the_shipped_thresholds_are_in_order() -> None:
    assert 0 < POLICY.unsure_at < POLICY.answered_at < 1
