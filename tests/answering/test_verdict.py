"""What is evidence, and what the articles are said to answer."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.answering.confidence import POLICY, confidence, evidence, is_bare, judge
from chatbot.values import Concept, Match, Origin, Policy, Query, Term, Verdict
from tests.builders import make_concept, make_hit, make_match

SCIATICA = make_concept("sciatica")
SURE = make_match(make_hit(SCIATICA), score=50.0)
FAINT = make_match(make_hit(SCIATICA), score=0.01)
SURENESS = st.floats(0, 1)


def of(*concepts: Concept, wording: tuple[str, ...] = ("is", "it")) -> Query:
    return Query(concepts, wording=wording)


# --- what is evidence -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "concept",
    [
        make_concept("today", rarity=0.1),
        make_concept("2023", rarity=0.0),
        make_concept("sciatica", origin=Origin.CARRIED, weight=0.5),
        make_concept("today", weight=0.2, rarity=0.1),
    ],
)
def test_common_words_numbers_and_what_was_said_before_are_no_evidence(concept: Concept) -> None:
    assert not evidence(make_hit(concept))
    evident, doubtful = make_match(make_hit(SCIATICA)), make_match(make_hit(concept))
    assert confidence(of(concept), doubtful) < confidence(of(SCIATICA), evident)


def test_rare_words_and_subjects_are_evidence() -> None:
    assert evidence(make_hit(SCIATICA))
    assert evidence(make_hit(make_concept("test", rarity=0.1, subject=1.0)))


def test_an_everyday_word_shows_little_though_it_is_a_subject() -> None:
    wine = make_hit(make_concept("wine", rarity=0.5, subject=1.0))
    assert 0.0 < evidence(wine) < evidence(make_hit(make_concept("glass of wine", rarity=0.5, subject=1.0))) == 1.0
    assert evidence(make_hit(make_concept("warfarin", rarity=0.85, subject=1.0))) == 1.0


@pytest.mark.parametrize(
    ("typed", "rarity", "shows"),
    [("slipped disc", 0.8, 1.0), ("how old", 0.8, 0.5), ("pizza", 0.6, 0.5), ("xanax", 1.0, 1.0)],
)
def test_a_synonym_of_common_words_alone_is_no_full_evidence(typed: str, rarity: float, shows: float) -> None:
    meant = Term(("first",), 0.7, Origin.SYNONYM, "first")
    assert evidence(make_hit(make_concept(typed, rarity=rarity, subject=1.0), term=meant)) == shows


def test_a_vague_synonym_is_no_evidence() -> None:
    assert not evidence(make_hit(SCIATICA, term=Term(("leg",), 0.2, Origin.SYNONYM, "leg")))


def test_a_word_of_a_long_story_shows_half_of_what_the_question_would() -> None:
    assert 0.0 < evidence(make_hit(replace(SCIATICA, weight=0.2))) < evidence(make_hit(SCIATICA))


# --- the verdict ------------------------------------------------------------------------------


@pytest.mark.parametrize("policy", [POLICY, Policy(0.0, 0.0), Policy(1.0, 1.0)])
def test_without_matches_there_is_nothing(policy: Policy) -> None:
    assert judge(of(SCIATICA), (), policy) == "nothing"


@pytest.mark.parametrize(
    ("policy", "verdict"),
    [(Policy(0.4, 0.2), "answered"), (Policy(0.6, 0.4), "unsure"), (Policy(0.9, 0.6), "nothing")],
)
def test_the_thresholds_decide(policy: Policy, verdict: Verdict) -> None:
    scores = [number / 50 for number in range(1, 500)]
    half = min((make_match(make_hit(SCIATICA), score=score) for score in scores), key=half_sure)
    assert judge(of(SCIATICA), (half,), policy) == verdict


def test_a_confidence_at_the_threshold_is_enough() -> None:
    sure = confidence(of(SCIATICA), FAINT)
    assert judge(of(SCIATICA), (FAINT,), Policy(sure, 0.0)) == "answered"
    assert judge(of(SCIATICA), (FAINT,), Policy(1.0, sure)) == "unsure"


def half_sure(match: Match) -> float:
    """Return how far the confidence is from one half."""
    return abs(confidence(of(SCIATICA), match) - 0.5)


def test_the_surest_of_the_passages_shown_decides() -> None:
    assert judge(of(SCIATICA), (FAINT, FAINT, SURE), Policy(0.5, 0.2, limit=3)) == "answered"
    assert judge(of(SCIATICA), (FAINT, FAINT, FAINT, SURE), Policy(0.5, 0.2, limit=3)) == "nothing"


@given(SURENESS, SURENESS, st.lists(st.floats(0.001, 100), max_size=4))
def test_a_stricter_policy_never_says_more(one: float, other: float, scores: list[float]) -> None:
    matches = [make_match(make_hit(SCIATICA), score=score) for score in scores]
    said = [judge(of(SCIATICA), matches, Policy(at, at / 2)) for at in sorted((one, other))]
    order: list[Verdict] = ["answered", "unsure", "nothing"]
    assert order.index(said[0]) <= order.index(said[1])


def test_the_theme_of_all_articles_alone_asks_nothing() -> None:
    ketamine = make_concept("ketamine")
    everywhere = make_match(make_hit(ketamine, share=0.9), score=50.0)
    assert is_bare(of(ketamine, wording=("ketamin",)), everywhere)
    assert judge(of(ketamine, wording=("ketamin",)), (everywhere,), POLICY) == "unsure"


def test_numbers_alone_and_thanks_after_an_answer_ask_nothing() -> None:
    seven = make_concept("7", rarity=0.0)
    earlier = make_concept("sciatica", origin=Origin.CARRIED, weight=0.5)
    assert judge(of(seven), (make_match(make_hit(seven), score=50.0),), POLICY) == "unsure"
    assert judge(of(earlier), (make_match(make_hit(earlier), score=50.0),), POLICY) == "unsure"


@pytest.mark.parametrize(
    ("typed", "share", "wording", "like", "bare"),
    [
        ("ketamine", 0.5, 1, 0.0, True),
        ("ketamine", 0.49, 1, 0.0, False),
        ("ketamine", 0.5, 3, 0.7, True),
        ("ketamine", 0.5, 3, 0.71, False),
        ("ketamine", 0.5, 1, 0.71, True),
        ("chronic pain", 0.9, 1, 0.0, False),
    ],
)
def test_a_question_is_bare_by_its_words_its_theme_and_its_heading(
    typed: str, share: float, wording: int, like: float, bare: bool
) -> None:
    theme = make_concept(typed)
    match = make_match(make_hit(theme, share=share), wording=like)
    assert is_bare(of(theme, wording=("word",) * wording), match) is bare


def test_the_theme_with_something_else_is_not_bare() -> None:
    theme = make_concept("ketamine")
    match = make_match(make_hit(theme, share=0.9))
    assert not is_bare(of(theme, SCIATICA, wording=("ketamin", "sciatica")), match)
    assert not is_bare(of(theme, make_concept("7")), match)


def test_a_bare_word_that_few_passages_hold_does_ask() -> None:
    assert judge(of(SCIATICA, wording=("sciatica",)), (SURE,), POLICY) == "answered"
