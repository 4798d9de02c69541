"""What is indexed of a passage."""

from __future__ import annotations

from chatbot.retrieval.fields import asked_of, neighbours, pairs_of, sentence_words, subject, wording, words_of
from tests.builders import make_passage

PASSAGE = make_passage(
    "The nerve hurts. It is the leg.",
    title="Sciatica",
    headings=("Causes", "What is it?"),
    questions=("Why does my leg hurt?",),
)


def test_subject_words_are_stems_without_question_words() -> None:
    assert subject("What are the side effects of the infusions?") == ["side", "effect", "infus"]


def test_a_passage_is_found_by_its_text_its_headings_and_its_title() -> None:
    assert {"nerv", "hurt", "leg", "sciatica", "caus"} <= set(words_of(PASSAGE))


def test_sample_questions_are_matched_by_their_wording_and_are_no_words_of_the_passage() -> None:
    assert asked_of(PASSAGE) == ("What is it?", "Why does my leg hurt?")
    assert words_of(PASSAGE).count("leg") == 1


def test_without_a_heading_the_title_says_what_is_asked() -> None:
    assert asked_of(make_passage(title="What is sciatica?", headings=())) == ("What is sciatica?",)


def test_pairs_stand_side_by_side_once_question_words_are_gone() -> None:
    assert neighbours(["low", "back", "pain"]) == ["low back", "back pain"]
    assert "nerv hurt" in pairs_of(PASSAGE)


def test_pairs_do_not_reach_from_one_text_into_the_next() -> None:
    assert "leg sciatica" not in pairs_of(PASSAGE)
    assert "sciatica caus" not in pairs_of(PASSAGE)


def test_the_wording_keeps_question_words() -> None:
    assert wording("What is it?") == ["what", "is", "it"]


def test_sentences_know_their_text() -> None:
    words, owners = sentence_words(["The nerve. The leg.", "", "A drip."])
    assert words == [{"nerv"}, {"leg"}, {"drip"}]
    assert owners == [0, 0, 2]
