"""Counting in windows: what every counter keeps to, and the exact one against a plain count."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from limits.errors import StorageError

from chatbot.settings import RateLimit
from chatbot.web.shared_windows import SharedCounter
from chatbot.web.windows import Counter, MemoryCounter, StorageAway, Window, windows_of

MakeCounter = Callable[[RateLimit], Counter]
COUNTERS: dict[str, MakeCounter] = {
    "memory": MemoryCounter,
    "shared": lambda rate: SharedCounter(rate, "memory://"),
}


@pytest.fixture(params=list(COUNTERS))
def make_counter(request: pytest.FixtureRequest) -> MakeCounter:
    return COUNTERS[request.param]


class Clock:
    """A clock that a test turns."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.parametrize(
    ("rate", "windows"),
    [
        (RateLimit(30, "minute"), (Window(30, 60), Window(10, 20))),
        (RateLimit(10, "minute"), (Window(10, 60),)),
        (RateLimit(3, "second"), (Window(3, 1),)),
        (RateLimit(3600, "hour"), (Window(3600, 3600), Window(1200, 1200))),
    ],
)
def test_a_rate_becomes_a_window_and_a_shorter_one_for_bursts(rate: RateLimit, windows: tuple[Window, ...]) -> None:
    assert windows_of(rate) == windows


# --- every counter ----------------------------------------------------------------------------


def test_as_many_as_the_rate_says_then_a_wait(make_counter: MakeCounter) -> None:
    counter = make_counter(RateLimit(3, "minute"))
    assert [counter.wait_seconds("a") for _ in range(3)] == [0, 0, 0]
    assert 50 < counter.wait_seconds("a") <= 60


def test_ten_in_one_go_then_a_short_wait(make_counter: MakeCounter) -> None:
    counter = make_counter(RateLimit(30, "minute"))
    assert [counter.wait_seconds("a") for _ in range(10)] == [0] * 10
    assert 10 < counter.wait_seconds("a") <= 20


def test_names_are_counted_apart(make_counter: MakeCounter) -> None:
    counter = make_counter(RateLimit(1, "minute"))
    assert [counter.wait_seconds(name) for name in "abc"] == [0, 0, 0]
    assert all(counter.wait_seconds(name) > 0 for name in "abc")


def test_what_is_refused_is_not_counted(make_counter: MakeCounter) -> None:
    counter = make_counter(RateLimit(1, "minute"))
    counter.wait_seconds("a")
    waits = [counter.wait_seconds("a") for _ in range(20)]
    assert max(waits) - min(waits) < 1


# --- the one in memory ------------------------------------------------------------------------


@given(st.lists(st.tuples(st.sampled_from("ab"), st.floats(0, 9)), max_size=80))
def test_no_window_ever_holds_more_than_it_may_and_nobody_waits_without_need(acts: list[tuple[str, float]]) -> None:
    clock, rate = Clock(), RateLimit(12, "minute")
    counter = MemoryCounter(rate, clock)
    counted: dict[str, list[float]] = {"a": [], "b": []}
    for name, pause in acts:
        clock.now += pause
        full = [
            window
            for window in windows_of(rate)
            if sum(clock.now - at < window.seconds for at in counted[name]) >= window.amount
        ]
        wait = counter.wait_seconds(name)
        assert bool(wait) == bool(full)
        if not wait:
            counted[name].append(clock.now)


def test_after_the_wait_one_more_may_come() -> None:
    clock = Clock()
    counter = MemoryCounter(RateLimit(30, "minute"), clock)
    while not (wait := counter.wait_seconds("a")):
        clock.now += 0.1
    clock.now += wait
    assert counter.wait_seconds("a") == 0


def test_who_asks_evenly_is_never_refused() -> None:
    clock = Clock()
    counter = MemoryCounter(RateLimit(30, "minute"), clock)
    for _ in range(200):
        assert counter.wait_seconds("a") == 0
        clock.now += 2.0


def test_names_of_long_ago_are_forgotten() -> None:
    clock = Clock()
    counter = MemoryCounter(RateLimit(3, "minute"), clock)
    for number in range(1000):
        counter.wait_seconds(f"visitor {number}")
    clock.now += 61
    counter.wait_seconds("new")
    assert list(counter._times) == ["new"]


def test_a_shared_storage_that_is_away_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    counter = SharedCounter(RateLimit(3, "minute"), "memory://")

    def away(*_: object) -> bool:
        raise StorageError(OSError("no route"))

    monkeypatch.setattr(counter._limiter, "test", away)
    with pytest.raises(StorageAway):
        counter.wait_seconds("a")


def test_a_redis_that_hangs_is_waited_for_once_and_then_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """It takes connections and never answers, as a process that was stopped does."""
    monkeypatch.setattr("chatbot.web.shared_windows.PATIENCE_SECONDS", 0.2)
    monkeypatch.setattr("chatbot.web.shared_windows.AWAY_SECONDS", 60.0)
    with socket.create_server(("127.0.0.1", 0)) as hangs:
        counter = SharedCounter(RateLimit(30, "minute"), f"redis://127.0.0.1:{hangs.getsockname()[1]}")
        begun = time.monotonic()
        with pytest.raises(StorageAway, match="cannot be reached"):
            counter.wait_seconds("ana")
        waited = time.monotonic() - begun
        for _ in range(100):
            with pytest.raises(StorageAway, match="left alone"):
                counter.wait_seconds("ana")
        assert 0.1 < waited < 5
        monkeypatch.setattr(counter, "_away_until", 0.0)
        with pytest.raises(StorageAway, match="cannot be reached"):
            counter.wait_seconds("ana")
