"""Something new in a sentence without full stops is found where a reader would put one."""

from __future__ import annotations

import pytest

from chatbot.answering.safety.clauses import breaks


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
