"""Patterns over word sets: what they match, what they cover, what is no pattern."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.answering.safety.lexis import Lexis, Scan, scan
from chatbot.answering.safety.patterns import PatternError, covered, ends, parse

WORDS = ("i", "want", "to", "die", "my", "leg", "is", "dead", "x", "y")


def make_lexis() -> Lexis:
    lexis = Lexis()
    for name, entries in {
        "wish": ("want", "hope"),
        "die": ("die", "be dead", "drop dead"),
        "leg": ("leg", "left leg"),
        "me": ("i",),
    }.items():
        for entry in entries:
            lexis.add(name, tuple(entry.split()))
    return lexis


def read(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def make_scan(text: str, lexis: Lexis) -> Scan:
    """A full stop alone ends a sentence."""
    row: list[str] = []
    last = 0
    for word in text.split():
        if word == ".":
            last |= (1 << len(row)) >> 1
        else:
            row.append(word)
    return scan(row, last | (1 << len(row)) >> 1, lexis)


def matches(pattern: str, text: str) -> bool:
    lexis = make_lexis()
    read_pattern = parse(pattern, lexis, read)
    return bool(ends(read_pattern, make_scan(text, lexis)))


@pytest.mark.parametrize(
    ("pattern", "text", "is_match"),
    [
        ("{wish} to {die}", "i want to die", True),
        ("{wish} to {die}", "i want to be dead", True),
        ("{wish} to {die}", "i want x to die", False),
        ("{wish} .. {die}", "i want x y to die", True),
        ("{wish} ..2 {die}", "i want x y to die", False),
        ("{wish} .. {die}", "i want . to die", False),
        ("{wish} ..!me {die}", "hope i die", False),
        ("{wish} ..!me {die}", "hope x die", True),
        ("{wish} to? {die}", "hope die", True),
        ("{wish} to? {die}", "hope to die", True),
        ("[my|the left] {leg}", "my left leg", True),
        ("[my|the left] {leg}", "the left leg", True),
        ("^ my {leg}", "x my leg", False),
        ("^ my {leg}", "x . my leg", True),
        ("my {leg} $", "my leg x", False),
        ("my {leg} $", "my leg . x", True),
        ("my {leg} $", "my leg how long x", True),
        ("my {leg} $", "my leg and how long x", False),
        ("^ how long", "my leg how long", False),
        ("my {leg} [$|x]", "my leg", True),
        ("my {leg} [$|x]", "my leg does it x", True),
        ("my {leg} [$|x]", "my leg x y", True),
        ("my {leg} [$|x]", "my leg y", False),
        ("my {leg} ..2 [$|x]", "my leg y y", True),
        ("my {leg} ..2 [$|x]", "my leg y y y", False),
        ("temp 38-41", "temp 39.5", True),
        ("temp 38-41", "temp 37", False),
        ("temp 38-41", "temp 41.5", False),
    ],
)
def test_pattern_matches(pattern: str, text: str, is_match: bool) -> None:
    assert matches(pattern, text) is is_match


@pytest.mark.parametrize(
    ("pattern", "text", "words"),
    [
        ("my {leg} is dead", "my left leg is dead and i want to die", [0, 1, 2, 3, 4]),
        ("{leg} .. dead", "leg x y dead", [0, 3]),
        ("my x? {leg}", "my x leg y my leg", [0, 1, 2, 4, 5]),
        ("{wish} to {die}", "i hope so", []),
        ("my {leg} [$|x]", "my leg", [0, 1]),
        ("my {leg} [$|x]", "my leg x my left leg . y", [0, 1, 2, 3, 4, 5]),
        ("my {leg} ..2 [$|x]", "my leg y y . my leg y y y", [0, 1]),
    ],
)
def test_exclusion_covers_its_own_words_and_no_gap(pattern: str, text: str, words: list[int]) -> None:
    lexis = make_lexis()
    read_pattern = parse(pattern, lexis, read)
    marked = covered(read_pattern, make_scan(text, lexis))
    assert [at for at in range(20) if marked >> at & 1] == words


def test_words_taken_away_still_take_up_room() -> None:
    lexis = make_lexis()
    pattern = parse("{wish} {die}", lexis, read)
    seen = make_scan("want leg die", lexis)
    assert not ends(pattern, seen.without(0b010))
    assert ends(parse("{wish} ..1 {die}", lexis, read), seen.without(0b010))


def test_phrase_loses_its_place_when_one_of_its_words_is_taken_away() -> None:
    lexis = make_lexis()
    pattern = parse("drop? {leg}", lexis, read) if False else parse("my {leg}", lexis, read)
    assert not ends(pattern, make_scan("my left leg", lexis).without(0b010))


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        ("{nothing} to {die}", "no word set"),
        ("{wish} to?", "always there"),
        ("to? {die}", "always there"),
        ("..3 {die}", "always there"),
        ("{die} ..3", "always there"),
        ("{die} $ x", "cannot be read"),
        ("{die", "cannot be read"),
        ("", "always there"),
    ],
)
def test_what_is_no_pattern_is_refused_with_the_reason(pattern: str, reason: str) -> None:
    with pytest.raises(PatternError, match=reason):
        parse(pattern, make_lexis(), read)


@given(st.lists(st.sampled_from(WORDS), max_size=30))
def test_simple_pattern_agrees_with_a_plain_search(row: list[str]) -> None:
    lexis = make_lexis()
    text = " ".join(row)
    found = ends(parse("want to die", lexis, read), make_scan(text, lexis))
    assert bool(found) == (" want to die " in f" {text} ")


@given(st.lists(st.sampled_from(WORDS), max_size=30), st.integers(0, 5))
def test_gap_passes_over_so_many_words_and_no_more(row: list[str], gap: int) -> None:
    lexis = make_lexis()
    found = ends(parse(f"want ..{gap} die", lexis, read), make_scan(" ".join(row), lexis))
    near = any(row[start] == "want" and "die" in row[start + 1 : start + 2 + gap] for start in range(len(row)))
    assert bool(found) == near


@given(st.lists(st.sampled_from((*WORDS, *("want", "to", "die", "x", ".") * 3)), max_size=30))
def test_covered_words_are_there_exactly_when_the_pattern_matches(row: list[str]) -> None:
    lexis = make_lexis()
    pattern = parse("{wish} ..2 to? {die} ..1 [$|x]", lexis, read)
    seen = make_scan(" ".join(row), lexis)
    assert bool(covered(pattern, seen)) == bool(ends(pattern, seen))


@pytest.mark.parametrize(("text", "is_match"), [("leg x die", True), ("leg i die", False), ("leg wish die", True)])
def test_who_must_not_stand_between_stays_the_same_when_said_of_somebody_else(text: str, is_match: bool) -> None:
    lexis = make_lexis()
    swapped = parse("{wish} ..!me {die}", lexis, read, {"me": "wish", "wish": "leg"})
    assert bool(ends(swapped, make_scan(text, lexis))) is is_match
