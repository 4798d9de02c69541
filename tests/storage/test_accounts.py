from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from chatbot.storage import accounts, sessions
from chatbot.storage.accounts import FIRST_PASSWORD, ROLES, Member
from chatbot.storage.database import Database

AT = datetime(2026, 11, 27, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize("typed", ["ana maria", "Ana Maria", "  ANA \t maria ", "ａｎａ maria"])
def test_account_is_found_however_its_name_is_typed(database: Database, typed: str) -> None:
    with database.writing() as session:
        accounts.add(session, "Ana Maria", "author", password_hash="x", at=AT)
    with database.reading() as session:
        found = accounts.find(session, typed)
    assert found is not None
    assert found.name == "ana maria"


@pytest.mark.parametrize("name", ["a", "", "x" * 61, "two\nlines", "former member 7"])
def test_what_cannot_be_a_name_is_said(name: str) -> None:
    assert accounts.name_fault(accounts.folded(name) if "\n" not in name else name)


def test_each_role_may_do_what_those_before_it_may() -> None:
    for number, role in enumerate(ROLES):
        member = Member(1, "ana", role)
        assert [member.may(other) for other in ROLES] == [place <= number for place in range(len(ROLES))]


def test_first_password_opens_the_door_for_three_days(database: Database) -> None:
    with database.writing() as session:
        account = accounts.add(session, "ana", "author", password_hash="x", at=AT, must_change=True)
        assert accounts.may_enter(account, AT + FIRST_PASSWORD - timedelta(seconds=1))
        assert not accounts.may_enter(account, AT + FIRST_PASSWORD)


def test_nobody_may_enter_without_an_account_or_with_a_disabled_one(database: Database) -> None:
    assert not accounts.may_enter(None, AT)
    with database.writing() as session:
        account = accounts.add(session, "ana", "author", password_hash="x", at=AT)
        token = sessions.begin(session, account, browser="Test", at=AT)
        accounts.disable(session, account, AT)
        assert not accounts.may_enter(account, AT)
        assert sessions.find(session, token, AT) is None


def test_new_password_signs_out_everywhere(database: Database) -> None:
    with database.writing() as session:
        account = accounts.add(session, "ana", "author", password_hash="x", at=AT)
        tokens = [sessions.begin(session, account, browser="Test", at=AT) for _ in range(3)]
        accounts.set_password(session, account, "y", AT, must_change=False)
        assert [sessions.find(session, token, AT) for token in tokens] == [None] * 3
