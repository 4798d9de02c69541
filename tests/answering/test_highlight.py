"""The sentences that answer and the words that matched, as spans of the passage."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.answering.highlight import answering_sentences, matched, words
from chatbot.text.sentences import sentences
from chatbot.text.tokens import stem, tokens
from chatbot.values import Hit, Match, Origin, Span, Term
from tests.builders import make_concept, make_hit, make_match, make_passage


def hit_of(word: str, *, share: float = 0.1) -> Hit:
    return make_hit(make_concept(word, stems=tuple(stem(part) for part in word.split())), share=share)


def match_of(text: str, *found: str | Hit, title: str = "A", headings: tuple[str, ...] = ()) -> Match:
    hits = [hit if isinstance(hit, Hit) else hit_of(hit) for hit in found]
    return make_match(*hits, passage=make_passage(text, title=title, headings=headings))


def cut(match: Match, spans: Sequence[Span]) -> list[str]:
    return [match.passage.text[span.start : span.end] for span in spans]


def answering(text: str, *found: str | Hit, title: str = "A", headings: tuple[str, ...] = ()) -> list[str]:
    match = match_of(text, *found, title=title, headings=headings)
    return cut(match, answering_sentences(match))


PIECES = st.sampled_from(
    ["Ketamine helps.", "It may", "ease pain", "Dr. Ames.", "nausea!", "- rest\n", "\n", "?", "40"]
)
TEXTS = st.one_of(st.lists(PIECES).map(" ".join), st.text())
FOUND = st.lists(st.sampled_from(["ketamine", "pain", "nausea", "rest", "ease pain", "zebra"]), unique=True)


# --- names and kinds --------------------------------------------------------------------------


def test_the_mere_name_of_a_list_item_answers_nothing_and_the_sentence_behind_it_does() -> None:
    text = "A doctor will use these:\nBlood tests. These can help show if you have an illness."
    hits = (hit_of("blood tests"), hit_of("doctor", share=0.9))
    item = make_match(*hits, passage=make_passage(text, lead_in="A doctor will use these:"))
    assert cut(item, answering_sentences(item)) == ["These can help show if you have an illness."]


def test_a_name_alone_on_its_line_is_marked() -> None:
    item = make_match(hit_of("rest"), passage=make_passage("Try these:\nRest.", lead_in="Try these:"))
    assert cut(item, answering_sentences(item)) == ["Rest."]


def test_a_sentence_that_gives_the_time_asked_for_answers_better() -> None:
    match = match_of("Relief is what people want most. Relief lasts some weeks.", "relief")
    assert cut(match, answering_sentences(match, {"time"})) == ["Relief lasts some weeks."]


# --- sentences --------------------------------------------------------------------------------


@given(TEXTS, FOUND)
def test_one_to_three_whole_sentences_are_marked_in_order(text: str, found: list[str]) -> None:
    spans = answering_sentences(match_of(text, *found))
    assert len(spans) <= 3
    ends = {span.end for span in sentences(text)}
    starts = {span.start for span in sentences(text)} | {span.start + 2 for span in sentences(text)}
    assert all(span.start in starts and span.end in ends for span in spans)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert list(spans) == sorted(spans, key=lambda span: span.start)


@given(TEXTS, FOUND)
def test_a_marked_sentence_never_begins_with_a_list_mark(text: str, found: list[str]) -> None:
    assert not any(sentence.startswith("- ") for sentence in answering(text, *found))


@given(TEXTS, FOUND)
def test_where_a_word_is_marked_a_sentence_answers(text: str, found: list[str]) -> None:
    match = match_of(text, *found)
    if words(match):
        assert answering_sentences(match)


def test_the_sentence_with_most_of_the_question_answers() -> None:
    text = "Ketamine is old. Nausea is common with ketamine. Rest helps."
    assert answering(text, "ketamine", "nausea") == ["Nausea is common with ketamine."]


def test_of_equal_sentences_both_answer() -> None:
    assert answering("Nausea comes. It rains a lot. Nausea goes.", "nausea") == ["Nausea comes.", "Nausea goes."]


def test_of_many_equal_sentences_the_first_three_answer() -> None:
    text = " ".join(f"Nausea comes {when}." for when in ("first", "second", "third", "fourth"))
    assert answering(text, "nausea") == ["Nausea comes first.", "Nausea comes second.", "Nausea comes third."]


def test_a_sentence_that_goes_on_about_the_one_before_answers_with_it_rather_than_a_stranger() -> None:
    text = "Ketamine eases pain. It lasts for weeks. Weeks have days."
    assert answering(text, "ketamine", "weeks") == ["Ketamine eases pain.", "It lasts for weeks."]


def test_a_sentence_goes_without_the_one_before_where_that_holds_nothing_asked() -> None:
    assert answering("Rain fell. It lasts for weeks.", "weeks") == ["It lasts for weeks."]


def test_what_the_one_before_goes_on_about_is_marked_too_up_to_three() -> None:
    text = "Nausea is first. This nausea comes. It is nausea. Such nausea, and weeks of weakness, last."
    assert answering(text, "nausea", "weeks", "weakness") == [
        "This nausea comes.",
        "It is nausea.",
        "Such nausea, and weeks of weakness, last.",
    ]


def test_a_list_item_is_marked_without_its_mark() -> None:
    assert answering("These help:\n- rest\n- sleep", "sleep") == ["sleep"]


def test_what_the_heading_names_does_not_mark_every_sentence() -> None:
    text = "Sciatica is common. The leg hurts."
    assert answering(text, "sciatica", "leg", headings=("What sciatica is",)) == ["The leg hurts."]


def test_a_passage_found_by_its_heading_alone_marks_nothing() -> None:
    assert answering("Rest helps.", "sciatica", headings=("Sciatica",)) == []


def test_without_hits_nothing_is_marked() -> None:
    assert answering("Rest helps.") == []


def test_a_word_of_every_passage_still_marks_its_sentence() -> None:
    assert answering("Rest helps. Pain goes.", hit_of("pain", share=1.0)) == ["Pain goes."]


def test_a_whole_phrase_marks_rather_than_one_of_its_words() -> None:
    assert answering("Back to work soon. Low back pain goes.", "low back pain") == ["Low back pain goes."]


# --- words ------------------------------------------------------------------------------------


@given(TEXTS, FOUND)
def test_exactly_the_words_that_matched_are_marked(text: str, found: list[str]) -> None:
    stems = {stem(part) for word in found for part in word.split()}
    match = match_of(text, *found)
    marked = [tokens(word)[0].stem for word in cut(match, words(match))]
    assert marked == [token.stem for token in tokens(text) if token.stem in stems]


@given(TEXTS, FOUND)
def test_marked_words_stand_in_order_within_the_text_and_never_overlap(text: str, found: list[str]) -> None:
    last = 0
    for span in words(match_of(text, *found)):
        assert last <= span.start < span.end <= len(text)
        last = span.end


def test_every_form_of_a_word_is_marked_as_it_stands() -> None:
    match = match_of("An INFUSION; two infusions’ worth.", "infusion")
    assert cut(match, words(match)) == ["INFUSION", "infusions"]


def test_the_article_s_word_is_marked_for_a_synonym() -> None:
    drip = make_hit(make_concept("drip"), term=Term(("infus",), 0.8, Origin.SYNONYM, "infusion"))
    match = match_of("The infusion drips.", drip)
    assert cut(match, words(match)) == ["infusion"]


# --- other words for the same thing -----------------------------------------------------------


@pytest.mark.parametrize("origin", [Origin.SYNONYM, Origin.RELATIVE])
def test_words_joined_by_meaning_are_told(origin: Origin) -> None:
    hit = make_hit(make_concept("drip"), term=Term(("infus",), 0.8, origin, "infusion"))
    assert matched(match_of("The infusion.", hit)) == (("drip", "infusion"),)


@pytest.mark.parametrize("origin", [Origin.TYPED, Origin.CORRECTION, Origin.CARRIED])
def test_the_same_word_a_correction_and_a_carried_word_need_no_telling(origin: Origin) -> None:
    hit = make_hit(make_concept("drip"), term=Term(("drip",), 1.0, origin, "drip"))
    assert matched(match_of("The drip.", hit)) == ()
