from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from chatbot.storage import accounts, sessions
from chatbot.storage.database import Database
from chatbot.storage.sessions import IDLE, LONGEST, SEEN_EVERY
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


def test_session_lasts_as_long_as_the_readme_says() -> None:
    assert (timedelta(minutes=30), timedelta(hours=12)) == (IDLE, LONGEST)
    assert timedelta(minutes=1) == SEEN_EVERY


def test_what_is_kept_of_a_token_is_its_sha256() -> None:
    assert sessions.hash_of("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_session_says_whose_and_which_browsers_it_is(session: Session) -> None:
    found = sessions.find(session, sign_in(session), AT)
    assert found is not None
    assert (found.account.name, found.browser) == ("ana", "Firefox on Linux")
    assert (found.created_at, found.seen_at) == (AT, AT)


def test_session_of_a_disabled_account_is_nobodys(session: Session) -> None:
    token = sign_in(session)
    session.scalars(select(Account)).one().disabled_at = AT
    assert sessions.find(session, token, AT) is None


def test_message_waits_for_the_next_page_of_its_session(session: Session) -> None:
    token, other = sign_in(session), sign_in(session)
    sessions.leave_message(session, sessions.hash_of(token), "Saved.")
    read = {each: sessions.find(session, each, AT) for each in (token, other)}
    assert [found and found.message for found in read.values()] == ["Saved.", ""]


def test_what_has_no_session_leaves_no_trace(session: Session) -> None:
    sessions.touch(session, "0" * 64, AT)
    sessions.leave_message(session, "0" * 64, "Saved.")
    sessions.end(session, "0" * 64)
    assert session.scalars(select(StaffSession)).all() == []


def test_one_browser_is_signed_out_and_the_other_stays(session: Session) -> None:
    gone, kept = sign_in(session), sign_in(session)
    sessions.end(session, sessions.hash_of(gone))
    assert sessions.find(session, gone, AT) is None
    assert sessions.find(session, kept, AT)


def test_session_that_is_used_ends_after_twelve_hours_all_the_same(session: Session) -> None:
    token, at = sign_in(session), AT
    while at < AT + LONGEST - IDLE:
        at += IDLE - MOMENT
        assert sessions.find(session, token, at)
        sessions.touch(session, sessions.hash_of(token), at)
    sessions.touch(session, sessions.hash_of(token), AT + LONGEST - MOMENT)
    assert sessions.find(session, token, AT + LONGEST - MOMENT)
    assert sessions.find(session, token, AT + LONGEST) is None
    sessions.touch(session, sessions.hash_of(token), AT + LONGEST + MOMENT)
    assert sessions.find(session, token, AT + LONGEST + MOMENT) is None
    sessions.forget(session, AT + LONGEST + MOMENT)
    assert session.scalars(select(StaffSession)).all() == []


def test_clock_that_was_set_back_lengthens_no_session(session: Session) -> None:
    token = sign_in(session)
    assert sessions.find(session, token, AT - timedelta(hours=1)) is None
    assert sessions.find(session, token, AT - SEEN_EVERY - MOMENT) is None
    assert sessions.find(session, token, AT - SEEN_EVERY)


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


def test_sessions_of_others_are_neither_listed_nor_ended(session: Session) -> None:
    mine = sign_in(session)
    ana = session.scalars(select(Account)).one()
    others = {}
    for name in ("bo", "mia"):
        account = accounts.add(session, name, "author", password_hash="x", at=AT)
        others[name] = sessions.begin(session, account, browser="Test", at=AT)
    bo = accounts.find(session, "bo")
    assert bo
    assert [each.account_id for each in sessions.of_account(session, bo.id, AT)] == [bo.id]
    sessions.end_all(session, bo.id)
    assert [bool(sessions.find(session, token, AT)) for token in (mine, *others.values())] == [True, False, True]
    assert [each.account_id for each in sessions.of_account(session, ana.id, AT)] == [ana.id]


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


def test_session_alive_for_a_moment_more_is_not_forgotten(session: Session) -> None:
    sign_in(session, AT - IDLE + MOMENT)
    used = sign_in(session, AT - LONGEST)
    sessions.touch(session, sessions.hash_of(used), AT)
    sessions.forget(session, AT - MOMENT)
    assert len(session.scalars(select(StaffSession)).all()) == 2
    sessions.forget(session, AT)
    assert [found.seen_at for found in session.scalars(select(StaffSession))] == [AT - IDLE + MOMENT]
