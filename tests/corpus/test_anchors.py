from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from chatbot.corpus.anchors import anchor, section_anchor

any_text = st.text(max_size=200)


def test_name_begins_with_the_first_words_and_ends_in_six_hexadecimal_digits():
    assert re.fullmatch(r"ice-the-knee-for-ten-[0-9a-f]{6}", anchor("Ice the knee for ten minutes."))


def test_case_punctuation_and_white_space_do_not_count():
    assert anchor("Ice the knee, now.").rsplit("-", 1)[1] == anchor("ice the\nknee — NOW!").rsplit("-", 1)[1]


def test_one_changed_word_at_the_end_changes_the_name():
    assert anchor("Ice the knee for ten minutes.") != anchor("Ice the knee for ten hours.")


def test_words_without_ascii_letters_still_get_a_name():
    assert re.fullmatch(r"[0-9a-f]{6}", anchor("膝を冷やす"))


@given(any_text)
def test_name_is_fit_for_an_address(text):
    assert re.fullmatch(r"(?:[a-z0-9]+-)*[0-9a-f]{6}", anchor(text))


@given(any_text)
def test_section_name_is_fit_for_an_address_and_never_empty(heading):
    assert re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", section_anchor(heading))


def test_section_name_is_the_heading_in_small_letters():
    assert section_anchor("What’s Next? (Part 2)") == "whats-next-part-2"
