"""One engine first, another while it is away."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from chatbot.errors import EngineUnavailable
from chatbot.retrieval.fallback import FAILURES, REST_SECONDS, Breaker, FallbackEngine
from chatbot.values import Match, Query
from tests.builders import FakeEngine, make_concept, make_match, make_passage

QUERY = Query((make_concept(),))
FIRST, SECOND = make_match(passage=make_passage("First.")), make_match(passage=make_passage("Second."))


class Clock:
    """A clock that a test turns."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def engines(
    first: Sequence[Match] | None, second: Sequence[Match] | None = (SECOND,)
) -> tuple[FakeEngine, FallbackEngine, Clock]:
    clock, one = Clock(), FakeEngine(first)
    return one, FallbackEngine(one, FakeEngine(second), Breaker(clock)), clock


def test_the_first_engine_answers_while_it_can() -> None:
    _, both, _ = engines([FIRST])
    assert both.search(QUERY, 3) == (FIRST,)
    assert both.breaker.answers == {"first": 1}


def test_an_engine_that_finds_nothing_has_answered() -> None:
    _, both, _ = engines([])
    assert both.search(QUERY, 3) == ()
    assert both.breaker.reason == ""


def test_the_second_engine_answers_while_the_first_is_away_and_the_reason_is_known() -> None:
    _, both, _ = engines(None)
    assert both.search(QUERY, 3) == (SECOND,)
    assert both.breaker.answers == {"second": 1}
    assert both.breaker.reason == "The engine is away."


def test_an_engine_that_keeps_failing_is_left_alone_and_tried_again_by_one_question_later() -> None:
    one, both, clock = engines(None)
    for _ in range(20):
        both.search(QUERY, 3)
    assert len(one.queries) == FAILURES
    clock.now += REST_SECONDS
    for _ in range(20):
        both.search(QUERY, 3)
    assert len(one.queries) == FAILURES + 1


def test_an_engine_that_is_back_answers_again() -> None:
    one, both, clock = engines(None)
    for _ in range(FAILURES):
        both.search(QUERY, 3)
    one.matches = [FIRST]
    assert both.search(QUERY, 3) == (SECOND,)
    clock.now += REST_SECONDS
    assert [both.search(QUERY, 3) for _ in range(3)] == [(FIRST,)] * 3
    assert both.breaker.reason == ""


def test_one_failure_among_successes_opens_nothing() -> None:
    one, both, _ = engines([FIRST])
    for _ in range(10):
        one.matches = None
        both.search(QUERY, 3)
        one.matches = [FIRST]
        assert both.search(QUERY, 3) == (FIRST,)


def test_when_neither_can_the_caller_is_told() -> None:
    _, both, _ = engines(None, None)
    with pytest.raises(EngineUnavailable):
        both.search(QUERY, 3)
