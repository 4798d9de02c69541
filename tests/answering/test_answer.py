"""The whole path of a question, with an engine that finds what it is told to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.answering.answer import answer
from chatbot.answering.confidence import POLICY
from chatbot.answering.notices import disclaimer, read_rules
from chatbot.errors import EngineUnavailable
from chatbot.retrieval.bm25 import BM25Engine
from chatbot.settings import Settings
from chatbot.text.lexicon import NO_LEXICON, make_lexicon
from chatbot.text.query import Language, make_language
from chatbot.values import Answer, Engine, Match, Passage
from tests.builders import FakeEngine, make_concept, make_hit, make_match, make_passage, make_question

RULES = read_rules()
SETTINGS = Settings()
SCIATICA = make_passage("Sciatica is leg pain. The nerve is irritated.", anchor="what")
RELIEF = make_passage("The infusion eases sciatica for weeks.", anchor="relief")
PASSAGES = (SCIATICA, RELIEF)
LANGUAGE = make_language(PASSAGES, NO_LEXICON)

SURE = make_match(make_hit(make_concept("sciatica")), passage=SCIATICA, score=50.0)
DOUBTFUL = make_match(make_hit(make_concept("weeks", rarity=0.2)), passage=RELIEF, score=1.0, coverage=0.1)
CRISIS = "I want to kill myself"
EMERGENCY = "I have chest pain and cannot breathe"
ADVISED = "Can I take ketamine while pregnant?"


def reply(
    text: str, matches: Sequence[Match] | None = (), *history: str, engine: Engine | None = None, limit: int = 3
) -> Answer:
    return answer(
        make_question(text, *history),
        engine=engine or FakeEngine(matches),
        language=LANGUAGE,
        policy=POLICY,
        rules=RULES,
        settings=SETTINGS,
        corpus_version="9f3c",
        limit=limit,
    )


def real_reply(
    text: str, *history: str, passages: Sequence[Passage] = PASSAGES, language: Language = LANGUAGE
) -> Answer:
    return answer(
        make_question(text, *history),
        engine=BM25Engine(passages),
        language=language,
        policy=POLICY,
        rules=RULES,
        settings=SETTINGS,
        corpus_version="9f3c",
    )


# --- the straight path ------------------------------------------------------------------------


def test_a_question_that_the_articles_answer_gets_their_passages() -> None:
    found = reply("What is sciatica?", [SURE])
    assert found.verdict == "answered"
    assert [excerpt.passage for excerpt in found.passages] == [SCIATICA]
    assert (found.question.text, found.corpus_version, found.notice) == ("What is sciatica?", "9f3c", None)


def test_question_of_unknown_words_gets_no_passage() -> None:
    found = reply("capital of France", [DOUBTFUL])
    assert found.verdict == "nothing"
    assert found.passages == ()
    assert found.disclaimer


def test_a_question_that_finds_nothing_gets_nothing() -> None:
    assert reply("What is sciatica?").verdict == "nothing"


def test_a_passage_says_how_sure_and_why() -> None:
    (excerpt,) = reply("What is sciatica?", [SURE]).passages
    assert excerpt.confidence == "high"
    assert [SCIATICA.text[span.start : span.end] for span in excerpt.words] == ["Sciatica"]
    assert [SCIATICA.text[span.start : span.end] for span in excerpt.sentences] == ["Sciatica is leg pain."]


def test_a_passage_that_hardly_touches_the_question_is_not_shown_beside_the_answer() -> None:
    stray = make_match(make_hit(make_concept("weeks", rarity=0.0)), passage=RELIEF, score=0.001, coverage=0.0)
    assert [excerpt.passage for excerpt in reply("What is sciatica?", [SURE, stray]).passages] == [SCIATICA]


@pytest.mark.parametrize("limit", [1, 2, 5])
def test_no_more_passages_come_than_wanted(limit: int) -> None:
    assert len(reply("What is sciatica?", [SURE] * 9, limit=limit).passages) == limit


def test_the_verdict_does_not_hang_on_how_many_passages_are_wanted() -> None:
    half = make_match(make_hit(make_concept("weeks", rarity=0.5)), passage=RELIEF, score=0.9, coverage=0.1)
    verdicts = {reply("sciatica", [half, SURE], limit=limit).verdict for limit in (1, 2, 3)}
    assert verdicts == {"answered"}


def test_a_passage_that_holds_less_is_no_close_match_beside_one_that_holds_all() -> None:
    less = make_match(make_hit(make_concept("sciatica")), passage=RELIEF, score=50.0, coverage=SURE.coverage * 0.6)
    assert [shown.confidence for shown in reply("sciatica", [SURE, less]).passages] == ["high", "medium"]
    assert [shown.confidence for shown in reply("sciatica", [less]).passages] == ["high"]


def test_passages_come_in_the_engine_s_order() -> None:
    second = make_match(make_hit(make_concept("sciatica")), passage=RELIEF, score=49.0)
    found = reply("What is sciatica?", [SURE, second])
    assert [excerpt.passage for excerpt in found.passages] == [SCIATICA, RELIEF]


def test_corrections_are_said_whatever_is_found() -> None:
    for matches in ([SURE], []):
        assert [(each.typed, each.used) for each in reply("siatica", matches).corrections] == [("siatica", "sciatica")]


def test_a_follow_up_is_searched_with_what_it_leans_on() -> None:
    engine = FakeEngine([])
    reply("and how long does it last?", (), "What is sciatica?", engine=engine)
    assert "sciatica" in [concept.typed for concept in engine.queries[0].concepts]


def test_a_new_subject_is_searched_alone() -> None:
    engine = FakeEngine([])
    reply("What is fibromyalgia?", (), "What is sciatica?", engine=engine)
    assert "sciatica" not in [concept.typed for concept in engine.queries[0].concepts]


# --- help before passages ---------------------------------------------------------------------


@pytest.mark.parametrize(("text", "kind"), [(CRISIS, "crisis"), (EMERGENCY, "emergency")])
def test_who_needs_help_at_once_gets_help_and_nothing_else(text: str, kind: str) -> None:
    found = reply(text, [SURE])
    assert found.verdict == "urgent"
    assert found.notice is not None
    assert found.notice.kind == kind
    assert (found.passages, found.corrections, found.suggestions) == ((), (), ())
    assert found.disclaimer


@pytest.mark.parametrize("text", [CRISIS, EMERGENCY])
def test_who_needs_help_at_once_needs_no_engine(text: str) -> None:
    engine = FakeEngine(None)
    assert reply(text, engine=engine).verdict == "urgent"
    assert engine.queries == []


def test_advice_stands_above_the_passages() -> None:
    found = reply(ADVISED, [SURE])
    assert found.notice is not None
    assert found.notice.kind == "advice"
    assert found.verdict != "urgent"


def test_advice_stands_above_a_decline() -> None:
    found = reply(ADVISED)
    assert (found.verdict, found.notice is not None) == ("nothing", True)


def test_a_crisis_said_before_keeps_a_notice_above_the_next_answer() -> None:
    found = reply("What is sciatica?", [SURE], CRISIS)
    assert found.notice is not None
    assert [excerpt.passage for excerpt in found.passages] == [SCIATICA]


# --- doses ------------------------------------------------------------------------------------

DOSED = make_passage("Take half a vial every morning for sciatica.", anchor="dosed")
DOSED_MATCH = make_match(make_hit(make_concept("sciatica")), passage=DOSED, score=60.0)
ABOUT_DOSES = (
    "how much ketamine should I take for sciatica",
    "can I snort ketamine at home for sciatica",
    "should I stop my gabapentin for sciatica",
    "what are the signs of an overdose in sciatica",
    "can I get addicted to ketamine for sciatica",
)


@pytest.mark.parametrize("text", ABOUT_DOSES)
def test_a_question_about_doses_is_shown_no_passage_that_names_one(text: str) -> None:
    found = reply(text, [*[DOSED_MATCH] * 7, SURE])
    assert [excerpt.passage for excerpt in found.passages] == [SCIATICA]


@pytest.mark.parametrize("text", ABOUT_DOSES)
def test_where_every_passage_names_a_dose_there_is_no_answer(text: str) -> None:
    found = reply(text, [DOSED_MATCH] * 7)
    assert (found.verdict, found.passages) == ("nothing", ())
    assert found.notice is not None


def test_a_follow_up_to_a_question_about_doses_is_shown_none_either() -> None:
    found = reply("and at night?", [DOSED_MATCH, SURE], "how much ketamine should I take for sciatica")
    assert [excerpt.passage for excerpt in found.passages] == [SCIATICA]


def test_an_ordinary_question_is_answered_with_what_the_articles_say() -> None:
    assert [excerpt.passage for excerpt in reply("What is sciatica?", [DOSED_MATCH]).passages] == [DOSED]


# --- an engine that is away -------------------------------------------------------------------


def test_without_an_engine_and_without_a_notice_the_caller_is_told() -> None:
    with pytest.raises(EngineUnavailable):
        reply("What is sciatica?", None)


@pytest.mark.parametrize(("text", "history"), [(ADVISED, ()), ("What is sciatica?", (CRISIS,))])
def test_a_notice_is_shown_though_the_engine_is_away(text: str, history: tuple[str, ...]) -> None:
    found = reply(text, None, *history)
    assert found.notice is not None
    assert (found.verdict, found.passages) == ("nothing", ())
    assert found.disclaimer


# --- always the disclaimer --------------------------------------------------------------------


@pytest.mark.parametrize("text", ["What is sciatica?", "capital of France", "", "¿Qué es la ciática?", CRISIS, ADVISED])
def test_every_answer_carries_the_disclaimer_word_for_word(text: str) -> None:
    assert reply(text, [SURE]).disclaimer == disclaimer(SETTINGS)


@given(st.text(max_size=200), st.lists(st.text(max_size=50), max_size=3))
def test_any_question_gets_an_answer_with_the_disclaimer(text: str, history: list[str]) -> None:
    found = real_reply(text, *history)
    assert found.disclaimer == disclaimer(SETTINGS)
    assert bool(found.passages) == (found.verdict in ("answered", "unsure"))


# --- with a real engine -----------------------------------------------------------------------


def test_the_path_holds_together() -> None:
    lexicon = make_lexicon({"words": [{"say": ["drip"], "mean": ["infusion"], "weight": 0.9}]})
    found = real_reply("Does the drip help siatica?", language=make_language(PASSAGES, lexicon))
    assert found.verdict == "answered"
    assert found.passages[0].passage == RELIEF
    assert found.passages[0].matched == (("drip", "infusion"),)
    assert [each.used for each in found.corrections] == ["sciatica"]


def test_text_is_never_changed() -> None:
    odd = make_passage("Sciatica:\n- “leg  pain”\t<b>&amp; more</b>", anchor="odd")
    found = real_reply("What is sciatica?", passages=[odd], language=make_language([odd], NO_LEXICON))
    assert found.passages[0].passage.text == odd.text


# --- no answer ----------------------------------------------------------------------------------

OTHER = replace(RELIEF, slug="infusion-day", title="Infusion day")


def test_no_answer_names_the_articles_that_share_a_word_with_the_question() -> None:
    found = real_reply("how many weeks are there in a year", passages=(*PASSAGES, OTHER))
    assert (found.verdict, found.passages) == ("nothing", ())
    assert {link.slug for link in found.nearest} == {RELIEF.slug, "infusion-day"}


def weak(slug: str) -> Match:
    return replace(DOUBTFUL, passage=replace(RELIEF, slug=slug))


@pytest.mark.parametrize(
    ("slugs", "named", "searches"),
    [
        (("a", "b", "c", "d"), ["a", "b", "c"], 1),
        (("a", "a", "a", "b", "c"), ["a", "b", "c"], 2),
        (("a",), ["a"], 2),
        ((), [], 1),
    ],
)
def test_nearest_articles_are_searched_for_only_where_too_few_were_found(
    slugs: Sequence[str], named: list[str], searches: int
) -> None:
    engine = FakeEngine([weak(slug) for slug in slugs])
    found = reply("how many weeks are there", engine=engine)
    assert (found.verdict, [link.slug for link in found.nearest]) == ("nothing", named)
    assert len(engine.queries) == searches


def test_a_corpus_full_of_doses_is_searched_a_few_times_only() -> None:
    engine = FakeEngine([DOSED_MATCH] * 10_000)
    assert reply("how much ketamine should I take for sciatica", engine=engine).passages == ()
    assert len(engine.queries) < 6


def test_no_answer_names_no_article_where_no_word_is_theirs() -> None:
    assert real_reply("qwxyz").nearest == ()


@pytest.mark.parametrize("text", ["What is sciatica?", CRISIS])
def test_other_verdicts_name_no_nearest_articles(text: str) -> None:
    found = reply(text, [SURE])
    assert (found.nearest, found.no_answer) == ((), "")


def test_no_answer_about_clinics_has_its_own_words_and_no_notice() -> None:
    found = reply("best ketamine clinic near me")
    assert (found.verdict, found.notice) == ("nothing", None)
    assert found.no_answer.startswith("We do not recommend clinics")
    assert reply("capital of France").no_answer == ""


def test_an_answer_about_clinics_is_shown_as_any_other() -> None:
    assert reply("which clinic is best for sciatica?", [SURE]).no_answer == ""
