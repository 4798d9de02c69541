from __future__ import annotations

import pytest

from chatbot.answering.explaining import explain
from chatbot.library import Library
from chatbot.replies import explained, reply
from chatbot.settings import Settings
from chatbot.snapshots import Snapshot
from chatbot.values import Question
from tests.builders import FakeEngine, make_match, make_passage
from tests.conftest import rules_once


@pytest.fixture
def live(settings: Settings) -> Snapshot:
    library = Library(settings, rules_once())
    library.refresh()
    found = library.snapshot()
    library.stop()
    return found


@pytest.mark.parametrize(
    "text",
    [
        "can ketamine help siatica?",
        "capital of France",
        "I want to kill myself",
        "knee",
        "ketamine",
        "¿qué es?",
        "what dose",
    ],
)
@pytest.mark.parametrize("history", [(), ("what is sciatica?",)])
def test_explanation_comes_to_the_verdict_of_the_answer(
    live: Snapshot, settings: Settings, text: str, history: tuple[str, ...]
) -> None:
    question, more = Question(text, history), {"rules": rules_once(), "settings": settings}
    why = explained(live, question, limit=1, **more)  # type: ignore[arg-type]
    answer = reply(live, question, **more)  # type: ignore[arg-type]
    assert why.verdict == answer.verdict
    assert why.query.corrections == answer.corrections or answer.verdict == "urgent"
    assert len(why.candidates) <= 1


def test_explanation_leaves_out_the_doses_that_the_answer_leaves_out(live: Snapshot) -> None:
    doses, other = make_passage("Two sprays of ketamine at night."), make_passage("Ketamine is a drug.")
    why = explain(
        Question("how much ketamine should I take"),
        engine=FakeEngine([make_match(passage=doses), make_match(passage=other)]),
        language=live.language,
        policy=live.policy,
        rules=rules_once(),
        region="US",
    )
    assert [each.match.passage for each in why.candidates] == [other]


def test_each_candidate_says_how_sure_it_is_and_by_what(live: Snapshot) -> None:
    why = explain(
        Question("what is sciatica"),
        engine=FakeEngine([make_match(score=3.0)]),
        language=live.language,
        policy=live.policy,
        rules=rules_once(),
        region="US",
    )
    [candidate] = why.candidates
    assert 0 < candidate.confidence < 1
    assert "lacking" in candidate.signs
