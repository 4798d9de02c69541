"""What kind of answer a question wants."""

from __future__ import annotations

import pytest

from chatbot.text.kinds import Kind, gives, wanted


@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        ("how long does it last", {"time"}),
        ("HOW MANY WEEKS of relief", {"time"}),
        ("how many sessions", {"time", "number"}),
        ("which year was it made in", {"year"}),
        ("When was ketamine developed?", {"time"}),
        ("how many people have it", {"number"}),
        ("what % of people get better", {"number"}),
        ("does it hurt when I bend", set()),
        ("how does it work", set()),
        ("", set()),
    ],
)
def test_the_words_that_ask_say_what_kind_of_answer_is_wanted(question: str, kinds: set[Kind]) -> None:
    assert wanted(question) == kinds


@pytest.mark.parametrize(
    ("text", "kind", "given"),
    [
        ("Relief can last from several days to a few weeks.", "time", True),
        ("Its effects are often short-lived.", "time", True),
        ("It was developed in the 1960s.", "time", True),
        ("It was developed in the 1960s.", "year", True),
        ("In recent years it has been studied.", "year", False),
        ("A scan shows the disks and the nerves.", "time", False),
        ("It affects millions of people.", "number", True),
        ("About one in five felt sick.", "number", True),
        ("Nausea may follow.", "number", False),
    ],
)
def test_a_text_gives_a_kind_of_answer_or_does_not(text: str, kind: Kind, given: bool) -> None:
    assert gives(text, kind) == given
