"""How sure an answer may sound."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.answering.confidence import (
    MOST_MISSING,
    POLICY,
    WEIGHTS,
    confidence,
    evidence,
    in_words,
    is_bare,
    judge,
    lacking,
    missing,
    signs,
)
from chatbot.retrieval.bm25 import BM25Engine
from chatbot.text.lexicon import Lexicon, make_lexicon
from chatbot.text.query import make_language, understand
from chatbot.text.story import LEAD_WEIGHT, TOLD_WEIGHT
from chatbot.values import Concept, Match, Origin, Passage, Policy, Query, Term, Verdict
from tests.builders import make_concept, make_hit, make_match, make_passage

SCIATICA = make_concept("sciatica")
LIVER = make_concept("liver", subject=1.0)
SURE = make_match(make_hit(SCIATICA), score=50.0)
FAINT = make_match(make_hit(SCIATICA), score=0.01)
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
    assert lacking(of(strange), make_match()) > lacking(of(known), make_match()) == 0.0


def test_a_word_held_by_a_hint_is_missing_in_part() -> None:
    hinted = make_match(make_hit(LIVER, term=Term(("organ",), 0.2, Origin.HINT, "organ")))
    held = make_match(make_hit(LIVER, term=Term(("organ",), 0.7, Origin.SYNONYM, "organ")))
    assert missing(of(LIVER), held) == 0 < missing(of(LIVER), hinted) < missing(of(LIVER), make_match())


def test_a_long_message_does_not_lack_without_end() -> None:
    many = [make_concept(str(number), rarity=1.0) for number in range(30)]
    assert missing(of(*many), make_match()) == MOST_MISSING


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
    partly = lacking(of(LIVER), make_match(wider))
    assert lacking(of(LIVER), make_match(make_hit(LIVER))) < partly < lacking(of(LIVER), make_match())


def test_a_subject_of_the_story_or_of_an_earlier_question_may_lack() -> None:
    story = make_concept("liver", subject=1.0, weight=0.2)
    earlier = make_concept("liver", subject=1.0, weight=0.5, origin=Origin.CARRIED)
    assert lacking(of(story, earlier), make_match()) == 0.0


def test_a_subject_told_beside_the_question_counts_apart_and_less() -> None:
    told = make_concept("liver", subject=1.0, weight=TOLD_WEIGHT)
    assert (lacking(of(told), make_match()), lacking(of(told), make_match(), told=True)) == (0.0, 1.0)
    assert lacking(of(LIVER), make_match(), told=True) == 0.0
    unsure, surer = (of(SCIATICA, each) for each in (told, replace(told, weight=LEAD_WEIGHT)))
    assert confidence(of(SCIATICA, LIVER), SURE) < confidence(unsure, SURE) < confidence(surer, SURE)


def test_every_sign_has_its_weight() -> None:
    assert signs(of(SCIATICA), SURE).keys() == WEIGHTS.keys()


def test_confidence_is_the_logistic_function_of_the_weighed_signs() -> None:
    value = sum(WEIGHTS[name] * size for name, size in signs(of(SCIATICA, LIVER), SURE).items())
    assert confidence(of(SCIATICA, LIVER), SURE) == pytest.approx(1 / (1 + math.exp(-value)))


# --- what is evidence -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "concept",
    [
        make_concept("today", rarity=0.1),
        make_concept("2023", rarity=0.0),
        make_concept("sciatica", origin=Origin.CARRIED, weight=0.5),
        make_concept("sciatica", weight=0.2),
    ],
)
def test_common_words_numbers_and_what_was_said_before_are_no_evidence(concept: Concept) -> None:
    assert not evidence(make_hit(concept))
    evident, doubtful = make_match(make_hit(SCIATICA)), make_match(make_hit(concept))
    assert confidence(of(concept), doubtful) < confidence(of(SCIATICA), evident)


def test_rare_words_and_subjects_are_evidence() -> None:
    assert evidence(make_hit(SCIATICA))
    assert evidence(make_hit(make_concept("test", rarity=0.1, subject=1.0)))


def test_a_vague_synonym_is_no_evidence() -> None:
    assert not evidence(make_hit(SCIATICA, term=Term(("leg",), 0.2, Origin.SYNONYM, "leg")))


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


# --- over a corpus ----------------------------------------------------------------------------

CORPUS = tuple(
    make_passage(text, title=title, headings=(heading,), anchor=heading)
    for title, heading, text in (
        ("Ketamine for pain", "Side effects", "Ketamine infusions may cause nausea and dizziness."),
        (
            "Ketamine for pain",
            "How long it lasts",
            "Pain relief from ketamine lasts days to weeks, studies of 1999 say.",
        ),
        ("Ketamine for pain", "Cost", "Ketamine is not paid for by all plans today."),
        ("Sciatica", "What it is", "Sciatica is leg pain from an irritated nerve."),
        ("Sciatica", "Ketamine", "Ketamine may ease sciatica pain when other ways fail."),
        ("Migraine", "What it is", "Migraine is a headache that may bring nausea."),
    )
)
KNOWN = make_lexicon({"subject": [{"words": ["pregnant", "gabapentin"]}]})


def verdict(text: str, *carried: str, corpus: Sequence[Passage] = CORPUS, lexicon: Lexicon = KNOWN) -> Verdict:
    query = understand(text, carried, make_language(corpus, lexicon))
    return judge(query, BM25Engine(corpus).search(query, 3), POLICY)


@pytest.mark.parametrize("text", ["What is sciatica?", "Does ketamine help sciatica?", "migraine with nausea"])
def test_what_a_passage_says_is_answered(text: str) -> None:
    assert verdict(text) == "answered"


@pytest.mark.parametrize("text", ["ketamine", "Ketamine?", "pain", "KETAMINE!!"])
def test_the_bare_theme_is_not_answered(text: str) -> None:
    assert verdict(text) != "answered"


@pytest.mark.parametrize("text", ["1999", "1999?", "is it 1999", "12 1999 7"])
def test_numbers_alone_are_not_answered(text: str) -> None:
    assert verdict(text) != "answered"


@pytest.mark.parametrize("text", ["and now?", "why is that", "thanks, ok", "zzz?"])
def test_what_was_asked_before_is_not_answered_again(text: str) -> None:
    assert verdict(text, "What is sciatica?") != "answered"


@pytest.mark.parametrize(
    "text",
    [
        "Can I have ketamine when pregnant?",
        "Is ketamine safe with gabapentin?",
        "capital of France",
        "weather today",
        "¿Cuánto dura el efecto de la ketamina?",
    ],
)
def test_what_no_passage_speaks_of_is_not_answered(text: str) -> None:
    assert verdict(text) != "answered"


def test_a_subject_that_an_article_treats_is_answered() -> None:
    treated = make_passage("Ketamine is not for pregnant women.", title="Ketamine for pain", headings=("Pregnancy",))
    assert verdict("Can pregnant women have ketamine?", corpus=(*CORPUS, treated)) == "answered"
