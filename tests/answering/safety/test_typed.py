"""Typed text → the words that the rules look at."""

from __future__ import annotations

from dataclasses import replace

import pytest

from chatbot.answering.notices import SafetyRules
from chatbot.answering.safety.folding import fold
from chatbot.answering.safety.private import holds_details
from chatbot.answering.safety.typed import words


def read(text: str, rules: SafetyRules) -> str:
    return " ".join(words(text, rules.spelling)[0])


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("SUICIDE", "suicide"),
        ("su\u200bici\u00adde", "suicide"),
        ("ѕuісіdе", "suicide"),
        ("κill", "kill"),
        ("ｋｉｌｌ", "kill"),
        ("𝓴𝓲𝓵𝓵", "kill"),
        ("🅺🅸🅻🅻", "kill"),
        ("quitarme la vida, ¿no?", "quitarme la vida,  no?"),
        ("can’t", "can't"),
        ("a\x00b\tc", "ab\tc"),
        ("k\u0336i\u0336l\u0336l", "kill"),
    ],
)
def test_disguised_letters_are_read_as_what_they_look_like(typed: str, folded: str) -> None:
    assert fold(typed) == folded


@pytest.mark.parametrize(
    ("typed", "read_as"),
    [
        ("I can't go on", "i cannot go on"),
        ("i cant go on", "i cannot go on"),
        ("i can not go on", "i cannot go on"),
        ("kill my self", "kill myself"),
        ("thinkng of kiling my self", "thinking of killing myself"),
        ("i have over dosed", "i have overdosed"),
        ("s.u.i.c.i.d.e", "suicide"),
        ("k i l l  m y s e l f", "kill myself"),
        ("s*u*i*c*i*d*e", "suicide"),
        ("su1c1de", "suicide"),
        ("k!ll", "kill"),
        ("d!e", "die"),
        ("k*ll myself", "kill myself"),
        ("suiiiiicide", "suicide"),
        ("killlll", "kill"),
        ("overdozed", "overdosed"),
        ("seizrue", "seizure"),
        ("killmyself", "kill myself"),
        ("iwanttodie", "i want to die"),
        ("tookallmypills", "took all my pills"),
        ("cantpeecantfeelmybum", "cannot pee cannot feel my bum"),
        ("my mum's face", "my mum face"),
        ("I just really want to die", "i want to die"),
        ("1,200 and 39,5 and 2.5", "1200 and 39.5 and 2.5"),
    ],
)
def test_slips_masks_and_missing_spaces_are_mended(typed: str, read_as: str, rules: SafetyRules) -> None:
    assert read(typed, rules) == read_as


@pytest.mark.parametrize(
    "typed",
    "therapist willing filled breadth meditation spelling season lifetime l5 5mg c3 endocrinologist deconditioned "
    "descansarian catheterised".split(),
)
def test_ordinary_words_near_a_key_word_stay_themselves(typed: str, rules: SafetyRules) -> None:
    assert read(typed, rules) == typed


def test_sentences_end_where_they_are_marked_and_at_the_end(rules: SafetyRules) -> None:
    row, ends = words("I hurt. It is bad!\nHelp me", rules.spelling)
    assert row == ["i", "hurt", "it", "is", "bad", "help", "me"]
    assert [at for at in range(len(row)) if ends >> at & 1] == [1, 4, 6]


def test_full_stop_without_a_space_ends_a_sentence_between_words(rules: SafetyRules) -> None:
    row, ends = words("it hurts.help me", rules.spelling)
    assert row == ["it", "hurts", "help", "me"]
    assert ends >> 1 & 1


@pytest.mark.parametrize("typed", ["", "   ", "?!", "😂😂", "''", "@@@ $$$", "\u200b"])
def test_text_without_words_has_none_that_matter(typed: str, rules: SafetyRules) -> None:
    row, ends = words(typed, rules.spelling)
    assert not any(word.isalpha() for word in row)
    assert ends < 1 << max(1, len(row))


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("write to a.b@example.org", True),
        ("+1 (202) 555-0143", True),
        ("07700900123", True),
        ("policy 12345678", True),
        ("I was born 3 May 1960", True),
        ("a@b", False),
        ("in 2019 and 2020", False),
        ("0.5 mg per kg over 40 minutes", False),
        ("blood pressure 140/90", False),
        ("born tired", False),
        ("100 people, 200 clinics", False),
    ],
)
def test_personal_details_are_told_from_numbers(text: str, holds: bool) -> None:
    assert holds_details(text) is holds


def test_what_was_read_by_other_rules_is_read_anew(rules: SafetyRules) -> None:
    spelling, typed = rules.spelling, "gazebo gazebo"
    changed = replace(spelling, slips={**spelling.slips, "gazebo": "bed"})
    for _ in range(2):
        assert words(typed, spelling)[0] == ["gazebo", "gazebo"]
        assert words(typed, changed)[0] == ["bed", "bed"]
