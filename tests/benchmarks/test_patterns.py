"""No regular expression of the program can be slowed down by what somebody writes."""

from __future__ import annotations

import random
import re

import pytest

from benchmarks.attacks import attacks
from benchmarks.expressions import Found, found_expressions
from benchmarks.patterns import LENGTH, slowest

MOST_MS = 5.0
LOOKS = 5
# at an expression that seems too slow: beside other work any one may be, one that can be slowed down always is
STRINGS = 6
# a small share of what the command tries, and the same each time
FOUND = found_expressions()


def test_expressions_of_every_kind_are_found() -> None:
    places = " ".join(each.place for each in FOUND)
    assert len(FOUND) > 200
    for place in ("dosing.AMOUNT", "redaction.FINDERS", "dates._FORMS", "settings:", "safety.typed.TOKEN"):
        assert place in places


@pytest.mark.parametrize("written", [r"(a+)+$", r"(?:<!--.{0,500}?-->\s*)*<html", r"\s*[|•·]\s*", r"(\w+)-$"])
def test_expression_that_can_be_slowed_down_is_caught(written: str) -> None:
    assert slowest(Found(re.compile(written, re.DOTALL), "here"), 16).milliseconds > MOST_MS


@pytest.mark.parametrize(
    "written", [r"", r"a|bc?", r"(?<!\s)\s*[|]\s*", rb"[^\s@]{1,64}@\d\D\S\W", r"(?=x)x(?!y)^$\b.", r"(a)\1"]
)
def test_strings_have_the_length_and_number_asked_for(written: str | bytes) -> None:
    made = list(attacks(re.compile(written), LENGTH, 20, random.Random(1)))
    assert [len(text) for text in made] == [LENGTH] * 20


def test_no_expression_can_be_slowed_down() -> None:
    seems = [each for each in FOUND if slowest(each, STRINGS).milliseconds > MOST_MS]
    judged = [min(slowest(each, STRINGS).milliseconds for _ in range(LOOKS)) for each in seems]
    assert [f"{each.place}: {spent:.1f} ms" for each, spent in zip(seems, judged, strict=True) if spent > MOST_MS] == []
