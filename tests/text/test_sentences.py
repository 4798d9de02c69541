"""Where sentences begin and end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.text.sentences import _punkt, _trimmed, sentences

# Random letters seldom make a sentence; these pieces make many.
PIECES = st.sampled_from(
    ["Dr.", "It", "helps", "approx.", "30", "%", ".", "?", "!", "…", '"', "(", ")", " ", "\n", "- "]
)
TEXTS = st.one_of(st.text(), st.lists(PIECES).map(" ".join), st.lists(PIECES).map("".join))


def split(text: str) -> list[str]:
    return [text[span.start : span.end] for span in sentences(text)]


@given(TEXTS)
def test_sentences_stand_in_order_and_never_overlap(text: str) -> None:
    last = 0
    for span in sentences(text):
        assert last <= span.start < span.end <= len(text)
        last = span.end


@given(TEXTS)
def test_every_letter_belongs_to_a_sentence(text: str) -> None:
    covered = {at for span in sentences(text) for at in range(span.start, span.end)}
    assert [at for at, letter in enumerate(text) if not letter.isspace() and at not in covered] == []


@given(TEXTS)
def test_sentences_have_no_white_space_around_them_and_hold_no_line_break(text: str) -> None:
    assert all(found == found.strip() and "\n" not in found for found in split(text))


def test_each_sentence_is_found() -> None:
    assert split("It may help. Does it last? Not for all!  Ask a specialist.") == [
        "It may help.",
        "Does it last?",
        "Not for all!",
        "Ask a specialist.",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Dr. Ames and Prof. Lee saw approx. 30 % of them.",
        "It lasts longer, e.g. for weeks, i.e. not for ever.",
        "The U.S. agency agreed.",
        "Doses vs. placebo, see Fig. 2 and vol. 3.",
        "It starts at 5 p.m. on most days.",
        "It costs 3.5 times as much.",
    ],
)
def test_abbreviations_and_numbers_end_no_sentence(text: str) -> None:
    assert split(text) == [text]


def test_a_line_break_ends_a_sentence() -> None:
    assert split("These may help:\n- rest\n- heat. Not ice.") == ["These may help:", "- rest", "- heat.", "Not ice."]


@pytest.mark.parametrize("text", ["", " ", "\n\n \n"])
def test_nothing_holds_no_sentence(text: str) -> None:
    assert sentences(text) == ()


WORDS = st.sampled_from(
    "Dr. approx. U.S. e.g. Being 2021. 30%. 3.5 pain. pain). IV. FDA-approved. x. vs. It it Fig. 2. why? no! (so.) ‘a."
    "’ .".split()
)


@given(st.one_of(TEXTS.map(lambda text: text.replace("\n", " ")), st.lists(WORDS, max_size=14).map(" ".join)))
def test_whatever_the_text_punkt_would_cut_it_alike(text: str) -> None:
    expected = [_trimmed(text, start, end) for start, end in _punkt.span_tokenize(text)]
    assert list(sentences(text)) == [span for span in expected if span.start < span.end]
