"""What is indexed of a passage."""

from __future__ import annotations

from chatbot.retrieval.fields import asked_of, fields_of, sentence_words, wording
from chatbot.retrieval.index import keys_of
from chatbot.retrieval.table import Numbers
from chatbot.values import Passage
from tests.builders import make_passage

PASSAGE = make_passage(
    "The nerve hurts. It is the leg.",
    title="Sciatica",
    headings=("Causes", "What is it?"),
    questions=("Why does my leg hurt?",),
)


def words(passage: Passage) -> list[str]:
    return [stem for text in fields_of(passage).texts for stem in text]


def pairs(passage: Passage) -> list[str]:
    numbers = Numbers()
    keys = keys_of(fields_of(passage), numbers).pairs
    return [
        f"{one} {other}" for one in numbers.stems for other in numbers.stems if numbers.known(f"{one} {other}") in keys
    ]


def test_a_passage_is_found_by_its_text_its_headings_and_its_title() -> None:
    assert {"nerv", "hurt", "leg", "sciatica", "caus"} <= set(words(PASSAGE))


def test_sample_questions_are_matched_by_their_wording_and_are_no_words_of_the_passage() -> None:
    assert asked_of(PASSAGE) == ("What is it?", "Why does my leg hurt?")
    assert words(PASSAGE).count("leg") == 1


def test_without_a_heading_the_title_says_what_is_asked() -> None:
    assert asked_of(make_passage(title="What is sciatica?", headings=())) == ("What is sciatica?",)


def test_pairs_stand_side_by_side_once_question_words_are_gone() -> None:
    assert set(pairs(make_passage("The low back is in pain.", title="A"))) == {"low back", "back pain"}
    assert "nerv hurt" in pairs(PASSAGE)


def test_pairs_do_not_reach_from_one_text_into_the_next() -> None:
    assert "leg sciatica" not in pairs(PASSAGE)
    assert "sciatica caus" not in pairs(PASSAGE)


def test_the_wording_keeps_question_words() -> None:
    assert wording("What is it?") == ("what", "is", "it")


def test_the_sentences_come_in_order() -> None:
    assert sentence_words("The nerve. The leg.") == [("nerv",), ("leg",)]
    assert sentence_words("") == []


def test_headings_and_title_are_fields_of_their_own() -> None:
    assert fields_of(PASSAGE).title == ("sciatica",)
    assert fields_of(PASSAGE).headings == (("caus",), ())
