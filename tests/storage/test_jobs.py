"""Work in the background, on both databases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from chatbot.storage import accounts, jobs

NOW = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)


@pytest.fixture
def ana(database):
    with database.writing() as session:
        return accounts.add(session, "ana", "author", password_hash="-", at=NOW).id


@pytest.fixture
def number(database, ana):
    with database.writing() as session:
        return jobs.begin(session, "import", given=b"bytes", result="{}", account_id=ana, at=NOW).id


def read(database, number, ana, **more):
    with database.reading() as session:
        return jobs.find(session, number, ana, **more)


def test_job_waits_until_one_process_takes_it_up(database, number, ana):
    with database.writing() as session:
        assert jobs.take_up(session, number, NOW).input == b"bytes"
    with database.writing() as session:
        assert jobs.take_up(session, number, NOW) is None
    assert read(database, number, ana).state == "running"


def test_progress_is_told_while_it_runs_only(database, number, ana):
    with database.writing() as session:
        jobs.tell(session, number, done=1, total=2, message="early", at=NOW)
        jobs.take_up(session, number, NOW)
        jobs.tell(session, number, done=3, total=9, message="d.docx", at=NOW)
    found = read(database, number, ana)
    assert (found.done, found.total, found.message) == (3, 9, "d.docx")


@pytest.mark.parametrize(("failed", "state"), [("", "done"), ("Why it failed.", "failed")])
def test_end_keeps_the_result_or_the_reason(database, number, ana, failed, state):
    with database.writing() as session:
        jobs.end(session, number, result='{"a": 1}', failed=failed, at=NOW)
    found = read(database, number, ana)
    assert (found.state, found.result, found.message) == (state, '{"a": 1}', failed)


def test_job_is_its_account_s_alone(database, number, ana):
    assert read(database, number, ana + 1) is None
    assert read(database, number, ana, with_input=True).input == b"bytes"
    with database.reading() as session:
        assert [job.id for job in jobs.of_account(session, ana, "import")] == [number]
        assert jobs.of_account(session, ana, "other") == []


@pytest.mark.parametrize(("minutes", "stopped"), [(1, False), (4, True)])
def test_job_that_says_nothing_any_more_was_stopped(database, number, ana, minutes, stopped):
    assert jobs.is_stopped(read(database, number, ana), NOW + timedelta(minutes=minutes)) is stopped


@pytest.mark.parametrize(("days", "left"), [(6, True), (8, False)])
def test_job_is_gone_after_a_week(database, number, ana, days, left):
    with database.writing() as session:
        jobs.forget(session, NOW + timedelta(days=days))
    assert bool(read(database, number, ana)) is left
