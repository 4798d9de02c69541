"""Something new in a sentence without full stops is found where a reader would put one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatbot.answering.safety.clauses import OPENERS, SHORTEST, TURNED, breaks
from chatbot.answering.safety.findings import told
from chatbot.answering.safety.traits import LONGEST, pieces
from tests.conftest import rules_once


@pytest.mark.parametrize(
    "text",
    [
        "what do infusions cost | my husband took all his tablets",
        "which articles are about nerve pain | he stopped breathing",
        "does cold weather affect sciatica | i fell off ladder",
        "my chest is tight | can i still come at four",
        "there is blood everywhere | how long does infusion take",
        "he is on floor | help",
    ],
)
def test_something_new_begins(text: str) -> None:
    row = text.replace("| ", "").split()
    at = text.split(" |", maxsplit=1)[0].count(" ") + 1
    assert breaks(row, 1 << (len(row) - 1)) == [at]


@pytest.mark.parametrize(
    "text",
    [
        "how long does it last",
        "i think he is well",
        "since my accident",
        "pain that i have had for years",
        "is it because i sit too much",
        "every time i stand up",
        "tell me how it works",
        "all of my tablets",
        "ketamine is not helping",
        "where do they put needle",
        "she isnt unconscious is she",
        "it is no stroke is it",
    ],
)
def test_a_clause_goes_on(text: str) -> None:
    row = text.split()
    assert breaks(row, 1 << (len(row) - 1)) == []


@settings(max_examples=60, deadline=None)
@given(typed=st.lists(st.sampled_from([*sorted(OPENERS | TURNED), "pain", "knee", "ketamine", "."]), max_size=120))
def test_pieces_hold_every_word_once_and_end_as_soon_as_they_may(typed):
    whole = told(" ".join(typed), rules_once())
    ends, pauses = whole.scan.ends, whole.scan.pauses
    start = 0
    for piece in pieces(whole):
        assert piece.start == start
        may_end = [
            end
            for end in range(start + 1, len(whole.scan.words) + 1)
            if ends >> (end - 1) & 1 or end - start == LONGEST or (end - start >= SHORTEST and pauses >> (end - 1) & 1)
        ]
        assert piece.end == may_end[0]
        start = piece.end
    assert start == len(whole.scan.words)
