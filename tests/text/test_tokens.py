"""Words, their stems and where they stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.text.tokens import folded, question_words, stem, subject_stems, tokens


def words(text: str) -> list[str]:
    return [token.word for token in tokens(text)]


def stems(text: str) -> list[str]:
    return [token.stem for token in tokens(text)]


@given(st.text())
def test_offsets_lead_back_to_the_word(text: str) -> None:
    for token in tokens(text):
        assert folded(text[token.start : token.end]) == token.word
        assert stem(token.word) == token.stem


@given(st.text())
def test_words_stand_in_order_and_never_overlap(text: str) -> None:
    last = 0
    for token in tokens(text):
        assert last <= token.start < token.end
        last = token.end


@given(st.text())
def test_no_word_is_empty_or_holds_a_space(text: str) -> None:
    assert all(token.word and token.stem and not any(map(str.isspace, token.word)) for token in tokens(text))


@given(st.lists(st.from_regex(r"[a-z]{1,12}", fullmatch=True)))
def test_plain_words_are_found_as_they_are(typed: list[str]) -> None:
    assert words(" ".join(typed)) == typed


@pytest.mark.parametrize("apostrophe", ["'", "’", "ʼ", "`"])
def test_every_apostrophe_is_the_same(apostrophe: str) -> None:
    assert words(f"the patient{apostrophe}s drip doesn{apostrophe}t hurt") == "the patient drip doesnt hurt".split()


def test_quotation_marks_are_no_apostrophes() -> None:
    assert words("the 'drip' and its ’infusion’") == "the drip and its infusion".split()


def test_accents_and_case_make_no_difference() -> None:
    assert words("NAÏVE naïve naive") == ["naive"] * 3


def test_an_accent_written_apart_does_not_part_the_word() -> None:
    assert words("nai\u0308ve anae\u0301sthetic") == ["naive", "anaesthetic"]


def test_joined_letters_are_taken_apart() -> None:
    assert words("deﬁne") == ["define"]


@pytest.mark.parametrize("text", ["药物治疗", "боль", "ketamina", "疼痛"])
def test_words_of_other_scripts_and_languages_are_words(text: str) -> None:
    assert words(text) == [text]


def test_numbers_are_words_and_stay_as_they_are() -> None:
    assert stems("40 mg on the 22nd, covid19") == ["40", "mg", "on", "the", "22nd", "covid19"]


@pytest.mark.parametrize("text", ["", "   ", "?!… —", "_ _", "'", "ʼ", "🙂"])
def test_text_without_words_has_none(text: str) -> None:
    assert tokens(text) == ()


def test_hyphens_part_words() -> None:
    assert words("low-back") == ["low", "back"]


@pytest.mark.parametrize(
    "family", ["infusion infusions infused", "treat treats treated treating", "nerve nerves", "last lasts lasting"]
)
def test_endings_make_no_difference(family: str) -> None:
    assert len(set(stems(family))) == 1


def test_different_words_keep_different_stems() -> None:
    assert len(set(stems("ketamine pain infusion sciatica nerve migraine opioid"))) == 7


@pytest.mark.parametrize("word", ["side", "back", "pain", "effects", "safe", "work", "long", "cost", "ketamine"])
def test_words_that_name_a_subject_are_no_question_words(word: str) -> None:
    assert word not in question_words()


@pytest.mark.parametrize("word", "what is the of how does it i my please dont its whats".split())
def test_words_that_name_no_subject_are_question_words(word: str) -> None:
    assert word in question_words()


def test_question_words_are_spelt_as_words_are_folded() -> None:
    assert [word for word in question_words() if words(word) != [word]] == []


def test_subject_words_are_stems_without_question_words() -> None:
    assert subject_stems("What are the side effects of the infusions?") == ["side", "effect", "infus"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("dependency", "depending"),
        ("several", "severe"),
        ("emergency", "emerging"),
        ("medications", "medical"),
        ("university", "universal"),
        ("organization", "organs"),
    ],
)
def test_strangers_have_stems_of_their_own(one: str, other: str) -> None:
    assert stem(one) != stem(other)


@pytest.mark.parametrize(("one", "other"), [("dependency", "dependence"), ("emergencies", "emergency")])
def test_words_kept_apart_still_have_one_stem_among_themselves(one: str, other: str) -> None:
    assert stem(one) == stem(other)
