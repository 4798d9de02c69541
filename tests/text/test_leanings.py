"""What a word leans towards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.text.leanings import MOST_HINTS, MOST_WHOLE, Leanings, Pointers, make_leanings
from chatbot.text.lexicon import all_stems

EMPTY = frozenset({"me", "up", "to", "the", "my", "it"})


def counted(*listed: tuple[str, str]) -> Leanings:
    return make_leanings([(all_stems(said), {meaning: 0.8}) for said, meaning in listed], EMPTY)


def leaning(leanings: Leanings, stems: Sequence[str], at: int) -> Mapping[str, float]:
    return Pointers(leanings, stems).of(at)


def together(leanings: Leanings, *parts: str) -> Mapping[str, float]:
    return Pointers.together([Pointers(leanings, all_stems(part)) for part in parts])


HOOKED = counted(
    ("hooked me up", "infusion"),
    ("hooked to the bag", "infusion"),
    ("hooked to it", "infusion"),
    ("the bag", "luggage"),
)


def test_a_word_leans_towards_what_most_phrases_with_it_mean() -> None:
    assert list(leaning(HOOKED, all_stems("they hooked her"), 1)) == ["infusion"]


def test_a_word_of_many_meanings_leans_nowhere() -> None:
    mixed = counted(*[(f"thing {letter}x", letter) for letter in "abcdefgh"])
    assert leaning(mixed, all_stems("thing"), 0) == {}


def test_one_phrase_alone_shows_little_and_more_of_them_show_more() -> None:
    one = leaning(counted(("plug in", "infusion")), ("plug",), 0)
    more = leaning(counted(("plug in", "infusion"), ("plug me", "infusion"), ("plug it", "infusion")), ("plug",), 0)
    assert one.get("infusion", 0.0) < more["infusion"] < 0.8


def test_a_pair_of_words_leans_where_neither_does_alone() -> None:
    listed = [("cold foot", "CRPS")] + [(f"cold {number}x", str(number)) for number in range(6)]
    listed += [(f"foot {number}y", str(number)) for number in range(6)]
    found = counted(*listed)
    assert leaning(found, ("foot",), 0) == leaning(found, ("cold",), 0) == {}
    assert list(leaning(found, ("cold", "left", "foot"), 2)) == ["CRPS"]


def test_words_that_carry_no_subject_lean_nowhere_by_themselves() -> None:
    assert leaning(HOOKED, ("up",), 0) == {}


@pytest.mark.parametrize("distance", [1, 4, 5])
def test_a_pair_reaches_only_so_far(distance: int) -> None:
    mixed = [(f"foot {number}x", str(number)) for number in range(6)]
    stems = ("cold", *["x"] * (distance - 1), "foot")
    assert bool(leaning(counted(("cold foot", "CRPS"), *mixed), stems, distance)) == (distance <= 4)


@given(st.lists(st.tuples(st.lists(st.sampled_from("a b c up me".split()), min_size=1, max_size=3), st.text("xyz"))))
def test_shares_lie_between_none_and_all_and_are_few(listed: list[tuple[list[str], str]]) -> None:
    found = make_leanings([(tuple(said), {meaning: 1.0}) for said, meaning in listed], EMPTY)
    for stems in (("a", "b", "c"), ("up", "a")):
        shares = leaning(found, stems, 0)
        assert len(shares) <= MOST_HINTS
        assert all(0 < share < 1 for share in shares.values())
        assert list(shares.values()) == sorted(shares.values(), reverse=True)


CAR = counted(
    ("drive to work", "errand"),
    ("drive me mad", "mood"),
    ("drive home after", "after"),
    ("home alone after", "after"),
    ("after it home", "after"),
    ("mad with it", "mood"),
)


def test_a_question_leans_where_several_of_its_words_point() -> None:
    found = together(CAR, "may I drive home after it")
    assert next(iter(found)) == "after"
    assert found["after"] > together(CAR, "home").get("after", 0.0)


def test_one_word_that_points_shows_little_of_a_question() -> None:
    assert together(CAR, "mad")["mood"] < leaning(CAR, ("mad",), 0)["mood"]


def test_the_parts_of_a_question_are_read_together_and_no_pair_reaches_across() -> None:
    assert together(CAR, "drive", "home after") == pytest.approx(together(CAR, "home after", "drive"))
    assert together(CAR, "drive", "home") != together(CAR, "drive home")


def test_a_word_that_says_nothing_points_nowhere() -> None:
    assert Pointers.together([Pointers(CAR, ("", "", ""))]) == {} == Pointers.together([])


@given(st.lists(st.sampled_from("drive home after mad with it work zebra".split()), max_size=9))
def test_a_question_leans_towards_few_things_the_likeliest_first(words: list[str]) -> None:
    shares = list(together(CAR, " ".join(words)).values())
    assert len(shares) <= MOST_WHOLE
    assert all(0 < share < 1 for share in shares)
    assert shares == sorted(shares, reverse=True)
