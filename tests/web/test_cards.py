from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.values import Correction, Question, Source, Span
from chatbot.web.cards import answer_card, as_typed, facts, passage_card, runs
from chatbot.web.catalogue import read_catalogue
from tests.web.scripted import CLOSE, CRISIS, DRIP, LOOSE, OPENING, OVERDUE, SCIATICA, make_answer

ENGLISH = read_catalogue("en")
TODAY = date(2026, 11, 22)


def joined(text: str, sentences: list[Span], words: list[Span]) -> str:
    return "".join(part.text for run in runs(text, sentences, words) for part in run.parts)


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[str, list[Span], list[Span]]:
    text = draw(st.text(max_size=60))

    def spans() -> list[Span]:
        edges = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8)))
        return [Span(start, end) for start, end in zip(edges[::2], edges[1::2], strict=False)]

    return text, spans(), spans()


@given(marked_texts())
def test_runs_joined_are_the_passage_whatever_is_marked(marked: tuple[str, list[Span], list[Span]]) -> None:
    text, sentences, words = marked
    assert joined(text, sentences, words) == text


def test_answering_sentence_and_matched_words_are_marked_where_they_stand() -> None:
    cut = list(runs(OPENING, CLOSE.sentences, CLOSE.words))
    answering = ["".join(part.text for part in run.parts) for run in cut if run.answers]
    matched = [part.text for run in cut for part in run.parts if part.matched]
    assert answering == ["Small studies have looked at ketamine for it."]
    assert matched == ["Sciatica", "ketamine"]


def test_word_across_the_end_of_a_sentence_is_cut_there() -> None:
    cut = list(runs("one two three", [Span(0, 5)], [Span(4, 9)]))
    assert [(run.answers, [part.text for part in run.parts if part.matched]) for run in cut] == [
        (True, ["t"]),
        (False, ["wo t"]),
    ]


def test_card_says_what_is_known_of_the_source_and_nothing_else() -> None:
    assert facts(SCIATICA.source, ENGLISH) == (
        "By Dana Reyes",
        "Harbour Clinic",
        "Published August 8, 2023",
        "Reviewed November 1, 2026 by Dr. Ana Ruiz",
    )
    assert facts(OVERDUE, read_catalogue("es")) == (
        "Por Article team",
        "Revisado el 1 de septiembre de 2024, aún no por personal clínico",
    )


def test_words_that_no_clinician_has_reviewed_say_so() -> None:
    assert facts(Source("a.md"), ENGLISH) == ("Not yet reviewed by a clinician",)
    assert facts(Source("a.md", reviewer="Dr. Ruiz"), ENGLISH) == ("Reviewed by Dr. Ruiz",)


def test_card_on_the_treatment_leads_to_its_risks() -> None:
    assert passage_card(CLOSE, ENGLISH, TODAY).risks_url == "/articles/side-effects-and-risks"
    assert passage_card(DRIP, ENGLISH, TODAY).risks_url == ""


def test_details_that_the_visitor_typed_are_not_shown_again() -> None:
    question = Question("does siatica hurt? mail ana@clinic.example")
    corrected = (Correction("siatica", "sciatica"),)
    card = answer_card(make_answer(question, "answered", CLOSE, corrections=corrected), ENGLISH, TODAY)
    assert card.asked == "does siatica hurt? mail •••"
    assert card.corrections[0].question == 'does "siatica" hurt? mail •••'


def test_original_page_is_opened_at_the_words_of_the_passage() -> None:
    assert passage_card(CLOSE, ENGLISH, TODAY).original_url.startswith("https://clinic.example/blog/sciatica#:~:text=")
    assert passage_card(DRIP, ENGLISH, TODAY).original_url == ""


def test_synonym_that_matched_is_named() -> None:
    assert passage_card(DRIP, ENGLISH, TODAY).matched == "Matched: infusion = drip"
    assert passage_card(CLOSE, ENGLISH, TODAY).matched == ""


@pytest.mark.parametrize(("today", "due"), [(date(2025, 9, 1), False), (date(2025, 9, 2), True)])
def test_passage_is_due_for_review_from_the_day_after(today: date, due: bool) -> None:
    assert passage_card(DRIP, ENGLISH, today).review_due is due


def test_crisis_card_does_not_repeat_the_visitors_words() -> None:
    card = answer_card(make_answer(Question("I want to end it"), "urgent", notice=CRISIS), ENGLISH, TODAY)
    assert card.asked == "Your message"
    assert card.notice == CRISIS
    assert not card.passages
    assert not card.suggestions


def test_unsure_card_says_that_it_is_unsure() -> None:
    card = answer_card(make_answer(Question("yoga?"), "unsure", LOOSE), ENGLISH, TODAY)
    assert "not sure" in card.verdict_text


def test_correction_can_be_undone_by_quoting_the_word() -> None:
    question = Question("does Siatica hurt?")
    card = answer_card(
        make_answer(question, "answered", CLOSE, corrections=(Correction("siatica", "sciatica"),)), ENGLISH, TODAY
    )
    assert card.corrections[0].question == 'does "Siatica" hurt?'
    assert "sciatica" in card.corrections[0].text


def test_only_whole_words_are_quoted_and_none_twice() -> None:
    assert as_typed("in infusion in", "in") == '"in" infusion "in"'
    assert as_typed('"siatica"', "siatica") == '"siatica"'
    assert as_typed("nothing here", "siatica") == "nothing here"
