from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from chatbot.storage import accounts, sessions
from chatbot.storage.database import Database
from chatbot.storage.sessions import IDLE, LONGEST
from chatbot.storage.tables import Account, StaffSession

AT = datetime(2026, 11, 27, 9, 30, tzinfo=UTC)
MOMENT = timedelta(seconds=1)


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.writing() as opened:
        accounts.add(opened, "ana", "author", password_hash="x", at=AT)
        yield opened


def sign_in(session: Session, at: datetime = AT) -> str:
    return sessions.begin(session, session.scalars(select(Account)).one(), browser="Firefox on Linux", at=at)


def test_token_has_256_bits_is_new_each_time_and_is_not_kept(session: Session) -> None:
    tokens = {sign_in(session) for _ in range(20)}
    assert len(tokens) == 20
    assert {len(token) for token in tokens} == {43}
    kept = {found.token_hash for found in session.scalars(select(StaffSession))}
    assert not kept & tokens


def test_session_ends_after_thirty_minutes_without_a_sign_of_life(session: Session) -> None:
    token = sign_in(session)
    assert sessions.find(session, token, AT + IDLE - MOMENT)
    assert sessions.find(session, token, AT + IDLE) is None


def test_session_that_is_used_ends_after_twelve_hours_all_the_same(session: Session) -> None:
    token, at = sign_in(session), AT
    while at < AT + LONGEST - IDLE:
        at += IDLE - MOMENT
        assert sessions.find(session, token, at)
        sessions.touch(session, sessions.hash_of(token), at)
    sessions.touch(session, sessions.hash_of(token), AT + LONGEST - MOMENT)
    assert sessions.find(session, token, AT + LONGEST - MOMENT)
    assert sessions.find(session, token, AT + LONGEST) is None


def test_clock_that_was_set_back_lengthens_no_session(session: Session) -> None:
    token = sign_in(session)
    assert sessions.find(session, token, AT - timedelta(hours=1)) is None


@pytest.mark.parametrize("wrong", ["", "x", "\x00", "ü" * 43, "\ud800"])
def test_unknown_token_is_nobodys(session: Session, wrong: str) -> None:
    sign_in(session)
    assert sessions.find(session, wrong, AT) is None


def test_hash_that_is_kept_opens_nothing(session: Session) -> None:
    assert sessions.find(session, sessions.hash_of(sign_in(session)), AT) is None


def test_own_sessions_are_listed_newest_first_without_those_that_ended(session: Session) -> None:
    sign_in(session, AT - IDLE)
    second, third = sign_in(session, AT - MOMENT), sign_in(session)
    account = session.scalars(select(Account)).one()
    found = [each.token_hash for each in sessions.of_account(session, account.id, AT)]
    assert found == [sessions.hash_of(third), sessions.hash_of(second)]


def test_others_can_be_ended_but_one(session: Session) -> None:
    kept, gone = sign_in(session), sign_in(session)
    sessions.end_all(session, session.scalars(select(Account)).one().id, but=sessions.hash_of(kept))
    assert sessions.find(session, kept, AT)
    assert sessions.find(session, gone, AT) is None


def test_ended_sessions_are_forgotten(session: Session) -> None:
    sign_in(session, AT - IDLE)
    sign_in(session)
    sessions.forget(session, AT)
    assert len(session.scalars(select(StaffSession)).all()) == 1
