"""Clocks that jump, zones that change their hour, and 29 February: no limit, session, schedule or review is misled."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from limits.storage import MemoryStorage
from sqlalchemy import select
from sqlalchemy.orm import Session

from chatbot.answering.notices import SafetyRules
from chatbot.corpus.reviews import is_lapsed
from chatbot.library import Library
from chatbot.loglines import JSONLines
from chatbot.settings import RateLimit, Settings
from chatbot.storage import accounts, questions, sessions, tries
from chatbot.storage.database import Database
from chatbot.storage.sessions import IDLE, LONGEST
from chatbot.storage.tables import Account, StaffSession
from chatbot.values import Source
from chatbot.web.limits import AskLimit
from chatbot.web.shared_windows import SharedCounter
from chatbot.web.windows import MemoryCounter

DAY = timedelta(days=1)
RATE = RateLimit(30, "minute")
ZONES = ("UTC", "America/New_York", "Europe/Berlin", "Pacific/Kiritimati", "Pacific/Marquesas", "Asia/Kolkata")
MOMENTS = st.datetimes(datetime(2024, 2, 27), datetime(2029, 3, 2), timezones=st.just(UTC))  # noqa: DTZ001
DATES = st.dates(date(2024, 1, 1), date(2032, 12, 31))
AT = datetime(2028, 2, 29, 23, 30, tzinfo=UTC)


@pytest.fixture(params=ZONES)
def zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Run in the zone of another machine."""
    with monkeypatch.context() as patch:
        patch.setenv("TZ", request.param)
        time.tzset()
        yield request.param
    time.tzset()


@pytest.fixture
def database_on_sqlite(tmp_path: Path) -> Iterator[Database]:
    opened = Database("", tmp_path / "instance")
    yield opened
    opened.close()


# --- rate limit -------------------------------------------------------------------------------


@pytest.mark.parametrize("jump", [-DAY, DAY, timedelta(hours=-1)])
def test_limit_does_not_look_at_the_clock_of_the_wall(jump: timedelta, monkeypatch: pytest.MonkeyPatch) -> None:
    counter = MemoryCounter(RATE)
    for _ in range(10):
        assert counter.wait_seconds("ana") == 0
    moved = time.time() + jump.total_seconds()
    monkeypatch.setattr("time.time", lambda: moved)
    assert 0 < counter.wait_seconds("ana") <= 60


@pytest.mark.parametrize("jump", [-DAY, timedelta(hours=-1)])
def test_shared_limit_tells_nobody_to_wait_longer_than_its_window(
    jump: timedelta, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chatbot.web.shared_windows._storage", lambda address: MemoryStorage())
    counter = SharedCounter(RATE, "memory://")
    while counter.wait_seconds("ana") == 0:
        pass
    moved = time.time() + jump.total_seconds()
    monkeypatch.setattr("time.time", lambda: moved)
    assert 0 < counter.wait_seconds("ana") <= 60


@given(days=st.lists(DATES, min_size=1, max_size=8))
def test_any_day_at_most_gives_a_new_name_and_never_an_error(days: list[date]) -> None:
    today = [days[0]]
    limit = AskLimit(Settings(rate_limit=RATE), lambda: today[0])
    asked = 0
    for today[0] in days:
        asked += sum(limit.wait_seconds("192.0.2.1") == 0 for _ in range(12))
    assert asked == 10 * len(set(days))


# --- sessions ---------------------------------------------------------------------------------


@pytest.fixture
def staff(database_on_sqlite: Database) -> Iterator[Session]:
    with database_on_sqlite.writing() as opened:
        accounts.add(opened, "ana", "author", password_hash="x", at=AT)
        yield opened


@given(steps=st.lists(st.integers(-26 * 60, 26 * 60), max_size=12))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
def test_session_never_outlives_its_hours_however_the_clock_jumps(staff: Session, steps: list[int]) -> None:
    """steps: minutes that the clock moves between two looks."""
    account = staff.scalars(select(Account)).one()
    token, at, seen = sessions.begin(staff, account, browser="x", at=AT), AT, AT
    for minutes in steps:
        at += timedelta(minutes=minutes)
        if sessions.find(staff, token, at):
            assert at < AT + LONGEST
            assert seen - timedelta(minutes=1) <= at < seen + IDLE
            sessions.touch(staff, sessions.hash_of(token), at)
            seen = at


@given(moment=MOMENTS, zone=st.sampled_from(ZONES))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
def test_session_is_the_same_moment_in_every_zone(staff: Session, moment: datetime, zone: str) -> None:
    """Among the moments are hours that a zone has twice or not at all."""
    account = staff.scalars(select(Account)).one()
    token = sessions.begin(staff, account, browser="x", at=moment.astimezone(ZoneInfo(zone)))
    staff.flush()
    staff.expire_all()
    assert staff.get_one(StaffSession, sessions.hash_of(token)).created_at == moment
    last = moment + IDLE - timedelta(seconds=1)
    assert sessions.find(staff, token, last.astimezone(ZoneInfo(zone)))
    assert sessions.find(staff, token, (moment + IDLE).astimezone(ZoneInfo(zone))) is None


@pytest.mark.parametrize("jump", [-DAY, timedelta(0), DAY])
def test_clock_that_is_a_day_wrong_forgets_texts_by_a_day_at_most(
    database_on_sqlite: Database, jump: timedelta
) -> None:
    asked = [AT - timedelta(days=days) for days in range(86, 94)]
    with database_on_sqlite.writing() as opened:
        questions.keep_texts(opened, [questions.Text("x", "x", "nothing", each) for each in asked])
        questions.forget(opened, AT + jump, 90)
    with database_on_sqlite.reading() as opened:
        kept = {each.asked_at for each in questions.texts(opened)}
    assert kept == {each for each in asked if each > AT + jump - timedelta(days=90)}


@pytest.mark.parametrize("jump", [-DAY, DAY])
def test_clock_that_jumps_locks_nobody_out(database_on_sqlite: Database, jump: timedelta) -> None:
    with database_on_sqlite.writing() as opened:
        for _ in range(20):
            tries.take(opened, ["ana"], AT)
        assert tries.take(opened, ["ana"], AT) > timedelta()
        assert tries.take(opened, ["ana"], AT + jump) == timedelta()


# --- review dates -----------------------------------------------------------------------------


@given(due=DATES, today=DATES)
def test_review_lapses_once_and_stays_lapsed(due: date, today: date) -> None:
    source = Source("a.md", review_by=due)
    assert is_lapsed(source, today) <= is_lapsed(source, today + DAY)
    assert is_lapsed(source, due + timedelta(days=367))
    assert not is_lapsed(source, due + timedelta(days=365))


def test_review_due_on_29_february_lapses_on_1_march_of_the_next_year() -> None:
    source = Source("a.md", review_by=date(2028, 2, 29))
    assert not is_lapsed(source, date(2029, 2, 28))
    assert is_lapsed(source, date(2029, 3, 1))


@pytest.mark.parametrize("days", [[27, 28, 27], [27, 26, 27], [27, 28, 29]])
def test_day_that_jumps_is_followed_and_a_lapse_is_taken_back(
    settings_of_lapsing: Settings, rules: SafetyRules, days: list[int]
) -> None:
    today = [date(2026, 11, days[0])]
    library = Library(settings_of_lapsing, rules, 3600, today=lambda: today[0])
    for day in days:
        today[0] = date(2026, 11, day)
        library.refresh()
        served = {passage.slug for passage in library.snapshot().embedded.passages}
        assert ("sciatica" in served) == (day <= 27)
        assert len(library.snapshot().articles) == 2


@pytest.fixture
def settings_of_lapsing(settings: Settings) -> Settings:
    file = settings.corpus / "articles" / "sciatica.md"
    file.write_text(file.read_text("utf-8").replace("---\n", "---\nreview_by: 2025-11-27\n", 1), "utf-8")
    return settings


# --- zones of the machine ---------------------------------------------------------------------


def test_zone_of_the_machine_changes_neither_log_lines_nor_the_day(
    zone: str, settings: Settings, rules: SafetyRules
) -> None:
    record = logging.LogRecord("chatbot", logging.INFO, "x", 1, "said", None, None)
    record.created = AT.timestamp()
    assert '"time": "2028-02-29T23:30:00.000+00:00"' in JSONLines().format(record)
    library = Library(settings, rules)
    before = datetime.now(UTC).date()
    assert before <= library._today() <= datetime.now(UTC).date()
