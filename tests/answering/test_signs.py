"""What speaks for a passage and against it, and how much."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from chatbot.answering.asked import is_own
from chatbot.answering.confidence import SAME_WORDING, WEIGHTS, evidence, signs
from chatbot.values import Concept, Origin, Query, Term
from tests.builders import make_concept, make_hit, make_match

SCIATICA = make_concept("sciatica")
LIVER = make_concept("liver", subject=1.0)
SURE = make_match(make_hit(SCIATICA), score=50.0)


def of(*concepts: Concept) -> Query:
    return Query(concepts, wording=("is", "it"))


def test_a_word_held_in_part_lacks_up_to_wholly() -> None:
    held = {
        weight: make_match(make_hit(LIVER, term=Term(("organ",), weight, Origin.SYNONYM, "organ")))
        for weight in (0.9, 0.6)
    }
    assert [round(signs(of(LIVER), match)["lacking"], 6) for match in held.values()] == [0.25, 1.0]


def test_at_most_two_subjects_lack() -> None:
    subjects = [make_concept(name, subject=1.0) for name in ("liver", "kidney", "heart")]
    assert [signs(of(*subjects[:count]), make_match())["lacking"] for count in range(4)] == [0.0, 1.0, 2.0, 2.0]


@pytest.mark.parametrize(
    ("rarity", "subject", "known", "lacks"),
    [
        (1.0, 0.0, False, 0.1),
        (0.9, 0.35, False, 0.1),
        (0.89, 0.0, False, 0.0),
        (0.89, 0.35, False, 0.35),
        (1.0, 0.36, False, 0.36),
        (1.0, 0.8, False, 0.8),
        (1.0, 0.2, True, 0.2),
    ],
)
def test_what_is_strange_lacks_as_a_part_of_a_subject(rarity: float, subject: float, known: bool, lacks: float) -> None:
    asked = replace(make_concept("parrot", rarity=rarity, subject=subject), known=known)
    assert signs(of(asked), make_match())["lacking" if known else "absent"] == lacks


def test_a_missing_word_counts_by_its_rarity_and_by_what_holds_it() -> None:
    hinted = make_match(make_hit(LIVER, term=Term(("organ",), 0.2, Origin.HINT, "organ")))
    assert signs(of(LIVER, make_concept("get", rarity=0.25)), hinted)["missing"] == pytest.approx(0.6 + 0.25)


@pytest.mark.parametrize(
    ("weight", "origin", "own"),
    [
        (0.99, Origin.TYPED, True),
        (1.0, Origin.CARRIED, False),
        (0.98, Origin.TYPED, False),
        (0.99, Origin.SYNONYM, True),
    ],
)
def test_what_is_asked_belongs_to_the_question(weight: float, origin: Origin, own: bool) -> None:
    assert is_own(make_concept(weight=weight, origin=origin), 0.99) is own


def test_what_speaks_for_a_passage_raises_and_what_speaks_against_it_lowers() -> None:
    assert {name for name, weight in WEIGHTS.items() if weight > 0} == {"log_score", "wording", "start"}


def test_signs_say_how_much_speaks_for_a_passage() -> None:
    asked = replace(make_match(make_hit(SCIATICA), score=math.e), wording=0.9)
    expected = {
        "log_score": 1.0,
        "lacking": 0.0,
        "absent": 0.0,
        "told": 0.0,
        "missing": 0.0,
        "unfit": 0.0,
        "wording": 0.2,
        "no_evidence": 0.0,
    }
    assert signs(of(SCIATICA), asked) == pytest.approx(expected | {"start": 1.0})


def test_a_carried_word_is_told_by_its_first_meaning() -> None:
    carried, typed = (
        replace(make_concept("x", rarity=0.1), terms=(Term(("x",), 1.0, first), Term(("y",), 0.6, last)))
        for first, last in ((Origin.CARRIED, Origin.TYPED), (Origin.TYPED, Origin.CARRIED))
    )
    assert signs(of(carried, typed), make_match())["no_evidence"] == 0.5
    assert signs(of(typed), make_match())["no_evidence"] == signs(of(carried), make_match())["no_evidence"] == 1.0
    alone = make_concept("weeks", rarity=0.1)
    assert signs(of(alone, typed), make_match())["no_evidence"] == 1.0


def test_signs_say_how_much_speaks_against_a_passage() -> None:
    nothing = replace(make_match(score=0.0), wording=SAME_WORDING)
    found = signs(Query((LIVER,), wants=frozenset({"time"})), nothing)
    expected = {"log_score": math.log(1e-6), "lacking": 1.0, "absent": 0.0, "told": 0.0, "missing": 1.0, "unfit": 1.0}
    assert found == pytest.approx(expected | {"wording": 0.0, "no_evidence": 1.0, "start": 1.0})


def test_what_was_asked_before_shows_half_of_what_a_subject_does() -> None:
    earlier = make_concept("sciatica", origin=Origin.CARRIED, weight=0.5)
    assert signs(of(make_concept("weeks", rarity=0.1), earlier), make_match())["no_evidence"] == 0.5
    assert signs(of(make_concept("weeks", rarity=0.1)), make_match())["no_evidence"] == 1.0


SYNONYM = {weight: Term(("leg",), weight, Origin.SYNONYM, "leg") for weight in (0.4, 0.5, 0.6)}


@pytest.mark.parametrize(
    ("rarity", "share", "shows"),
    [
        (0.9, 0.0, 1.0),
        (0.85, 0.0, 1.0),
        (0.84, 0.0, 0.0),
        (0.5, 0.3, 1.0),
        (0.4, 0.2, 1.0),
        (0.4, 0.19, 0.0),
        (0.39, 0.3, 0.0),
    ],
)
def test_a_word_shows_by_how_rare_it_is_and_by_how_many_passages_hold_it(
    rarity: float, share: float, shows: float
) -> None:
    assert evidence(make_hit(make_concept("back", rarity=rarity), share=share)) == shows


@pytest.mark.parametrize(("weight", "shows"), [(0.5, 1.0), (0.49, 0.5), (0.9, 1.0)])
def test_a_word_of_the_story_shows_half_of_what_one_before_the_question_does(weight: float, shows: float) -> None:
    assert evidence(make_hit(make_concept(weight=weight))) == shows


@pytest.mark.parametrize(
    ("typed", "subject", "weight", "shows"),
    [
        ("growth", 0.0, 0.6, 0.5),
        ("growth", 0.0, 0.5, 0.5),
        ("growth", 1.0, 0.6, 1.0),
        ("slipped disc", 0.0, 0.6, 1.0),
        ("slipped disc", 1.0, 0.4, 0.0),
    ],
)
def test_a_synonym_shows_by_how_sure_it_is(typed: str, subject: float, weight: float, shows: float) -> None:
    assert evidence(make_hit(make_concept(typed, subject=subject), term=SYNONYM[weight])) == shows


@pytest.mark.parametrize(
    ("weight", "rarity", "shows"), [(0.6, 0.5, 0.5), (0.5, 0.4, 0.5), (0.4, 0.5, 0.0), (0.6, 0.3, 0.0)]
)
def test_a_word_that_the_lexicon_knows_shows_in_part(weight: float, rarity: float, shows: float) -> None:
    typed = make_concept("growth", rarity=rarity)
    known = replace(typed, terms=(*typed.terms, SYNONYM[weight]))
    assert evidence(make_hit(known)) == shows


def test_a_hint_that_is_sure_makes_no_word_known() -> None:
    typed = make_concept("growth", rarity=0.5)
    assert evidence(make_hit(replace(typed, terms=(*typed.terms, Term(("tumor",), 0.9, Origin.HINT, "tumor"))))) == 0.0
