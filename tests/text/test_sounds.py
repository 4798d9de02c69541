"""How words are said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.text.sounds import said


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("pane", "pain"),
        ("bak", "back"),
        ("nee", "knee"),
        ("heel", "heal"),
        ("brane", "brain"),
        ("vane", "vein"),
        ("weak", "week"),
        ("mussel", "muscle"),
        ("turm", "term"),
        ("rite", "right"),
        ("chek", "check"),
        ("lim", "limb"),
    ],
)
def test_spellings_of_the_same_sounds_share_a_key(one: str, other: str) -> None:
    assert said(one) == said(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("gout", "got"), ("gout", "gut"), ("pen", "pain"), ("pan", "pane"), ("cost", "coast"), ("tip", "type")],
)
def test_words_with_other_vowels_do_not(one: str, other: str) -> None:
    assert said(one) != said(other)


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", max_size=12))
def test_every_word_has_a_key_and_a_doubled_consonant_does_not_change_it(word: str) -> None:
    assert bool(said(word)) == bool(word)
    assert said(f"{word}bb") == said(f"{word}b") or word[-1:] in ("b", "m")
