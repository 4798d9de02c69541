from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from chatbot.storage import tries
from chatbot.storage.database import Database
from chatbot.storage.tables import SignInTry
from chatbot.storage.tries import FORGOTTEN, FREE, LONGEST_WAIT

AT = datetime(2026, 11, 27, 9, 30, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def take(database: Database, *keys: str, at: datetime = AT) -> timedelta:
    with database.writing() as session:
        return tries.take(session, keys, at)


def guesses_that_count(database: Database, hour: int) -> int:
    """Guess a thousand times within an hour, evenly, and count those that were looked at."""
    begin = AT + timedelta(hours=hour)
    with database.writing() as session:
        return sum(not tries.take(session, ["name"], begin + 3.6 * number * SECOND) for number in range(1000))


def test_a_thousand_guesses_an_hour_come_to_thirty_tries_at_most(database: Database) -> None:
    assert [guesses_that_count(database, hour) <= limit for hour, limit in enumerate((30, 21, 21))] == [True] * 3


@pytest.mark.parametrize(
    ("wrong", "seconds"), [(0, 0), (4, 0), (5, 2), (6, 4), (7, 8), (11, 128), (12, 180), (30, 180), (10**6, 180)]
)
def test_wait_doubles_up_to_three_minutes(wrong: int, seconds: int) -> None:
    assert tries.wait(wrong) == timedelta(seconds=seconds)


def test_try_counts_once_however_often_its_key_is_named(database: Database) -> None:
    assert [take(database, "name", "name") for _ in range(FREE)] == [timedelta()] * FREE
    assert take(database, "name") == 2 * SECOND


def test_longer_wait_of_two_keys_counts(database: Database) -> None:
    for _ in range(FREE):
        take(database, "name", "address")
    take(database, "name", at=AT + 2 * SECOND)
    assert take(database, "name", "address", at=AT + 2 * SECOND) == 4 * SECOND
    assert take(database, "name", "address", at=AT + 5 * SECOND) == SECOND
    assert take(database, "name", "address", at=AT + 6 * SECOND) == timedelta()


def test_first_tries_need_no_wait_and_each_later_one_waits_longer(database: Database) -> None:
    assert [take(database, "name") for _ in range(FREE)] == [timedelta()] * FREE
    at, waits = AT, []
    for _ in range(9):
        waits.append(take(database, "name", at=at))
        at += waits[-1]
        assert take(database, "name", at=at) == timedelta()
    assert waits == sorted(waits)
    assert waits[0] == 2 * SECOND
    assert waits[-1] == LONGEST_WAIT


def test_try_that_is_refused_is_not_counted(database: Database) -> None:
    for _ in range(FREE):
        take(database, "name")
    assert [take(database, "name") for _ in range(50)] == [2 * SECOND] * 50


def test_nobody_is_shut_out_for_good(database: Database) -> None:
    at = AT
    for _ in range(100):
        at += LONGEST_WAIT
        assert take(database, "name", at=at) == timedelta()


def test_names_and_addresses_are_counted_apart_and_both_count(database: Database) -> None:
    for number in range(FREE):
        take(database, f"name {number}", "address")
    assert take(database, "name 0", "address") > timedelta()
    assert take(database, "name 0", "other address") == timedelta()


def test_right_try_forgives_the_name_and_itself_at_the_address(database: Database) -> None:
    for _ in range(FREE - 1):
        take(database, "name", "address")
    take(database, "name", "address")
    with database.writing() as session:
        tries.forgive(session, wholly="name", one="address")
    with database.reading() as session:
        assert {row.key: row.wrong for row in session.scalars(select(SignInTry))} == {"address": FREE - 1}


def test_nothing_is_forgiven_twice(database: Database) -> None:
    take(database, "name", "address")
    with database.writing() as session:
        for _ in range(2):
            tries.forgive(session, wholly="name", one="address")
        tries.forgive(session, wholly="nobody", one="nowhere")
        assert {row.key: row.wrong for row in session.scalars(select(SignInTry))} == {"address": 0}


def test_what_is_not_quite_so_old_counts_still(database: Database) -> None:
    for _ in range(12):
        take(database, "name", at=AT + timedelta(days=-1))
    for _ in range(FREE):
        take(database, "name")
    assert take(database, "name", at=AT + FORGOTTEN - SECOND) == timedelta()
    assert timedelta(hours=24) == FORGOTTEN
    with database.writing() as session:
        tries.forget(session, AT + 2 * FORGOTTEN - 2 * SECOND)
        assert [row.wrong for row in session.scalars(select(SignInTry))] == [FREE + 1]
        tries.take(session, ["much older"], AT - 9 * FORGOTTEN)
        tries.forget(session, AT + 2 * FORGOTTEN - SECOND)
        assert session.scalars(select(SignInTry)).all() == []


def test_clock_that_was_set_back_a_little_forgives_nothing(database: Database) -> None:
    for _ in range(FREE):
        take(database, "name", at=AT + LONGEST_WAIT)
    assert take(database, "name") == LONGEST_WAIT + 2 * SECOND


def test_what_was_long_ago_counts_no_more(database: Database) -> None:
    for _ in range(FREE):
        take(database, "name")
    assert take(database, "name", at=AT + FORGOTTEN) == timedelta()
    with database.writing() as session:
        tries.forget(session, AT + 2 * FORGOTTEN)
        assert session.scalars(select(SignInTry)).all() == []


def test_clock_that_was_set_back_shuts_nobody_out(database: Database) -> None:
    for _ in range(20):
        take(database, "name", at=AT + timedelta(days=400))
    assert take(database, "name") == timedelta()


def test_many_tries_at_once_are_no_shortcut(database: Database) -> None:
    with ThreadPoolExecutor(8) as threads:
        waits = list(threads.map(lambda _: take(database, "name"), range(40)))
    assert waits.count(timedelta()) == FREE
