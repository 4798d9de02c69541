from __future__ import annotations

from dataclasses import FrozenInstanceError
from datetime import UTC, datetime, timedelta

import pytest

from chatbot.storage import accounts, sessions
from chatbot.storage.accounts import FIRST_PASSWORD, ROLES, Member
from chatbot.storage.database import Database
from chatbot.storage.tables import Account

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


@pytest.mark.parametrize("name", ["al", "x" * 60, "ana maria", "the former member"])
def test_every_other_text_may_be_a_name(name: str) -> None:
    assert accounts.name_fault(name) == ""


def test_fault_of_a_name_says_how_long_one_is() -> None:
    assert accounts.name_fault("a") == accounts.name_fault("x" * 61) == "A name has 2 to 60 characters."
    assert accounts.name_fault("former member 7") == "This cannot be a name."


def test_new_account_is_as_it_was_asked_for(database: Database) -> None:
    with database.writing() as session:
        plain = accounts.add(session, "ana", "author", password_hash="x", at=AT)
        invited = accounts.add(session, "bo", "admin", password_hash="y", at=AT, must_change=True)
        assert plain.id != invited.id
        assert (plain.created_at, plain.password_changed_at, plain.disabled_at) == (AT, AT, None)
        assert accounts.member(plain) == Member(plain.id, "ana", "author", must_change=False)
        assert accounts.member(invited) == Member(invited.id, "bo", "admin", must_change=True)
        assert accounts.subject(invited) == f"account {invited.id}"
        assert accounts.names(session) == {plain.id: "ana", invited.id: "bo"}


def test_everybody_is_listed_by_name_without_those_erased(database: Database) -> None:
    with database.writing() as session:
        for name in ("zoe", "ana", "mia"):
            accounts.add(session, name, "author", password_hash="x", at=AT)
        accounts.add(session, "gone", "author", password_hash="x", at=AT).erased_at = AT
        session.flush()
        assert [account.name for account in accounts.everybody(session)] == ["ana", "mia", "zoe"]


def test_nobody_is_found_by_another_name(database: Database) -> None:
    with database.writing() as session:
        accounts.add(session, "ana", "author", password_hash="x", at=AT)
        accounts.add(session, "mia", "author", password_hash="x", at=AT)
        assert [accounts.find(session, name) for name in ("aaa", "anna", "zoe")] == [None] * 3


def test_each_role_may_do_what_those_before_it_may() -> None:
    for number, role in enumerate(ROLES):
        member = Member(1, "ana", role)
        assert [member.may(other) for other in ROLES] == [place <= number for place in range(len(ROLES))]


def test_first_password_opens_the_door_for_three_days(database: Database) -> None:
    with database.writing() as session:
        account = accounts.add(session, "ana", "author", password_hash="x", at=AT, must_change=True)
        assert accounts.may_enter(account, AT + FIRST_PASSWORD - timedelta(seconds=1))
        assert not accounts.may_enter(account, AT + FIRST_PASSWORD)
        assert not accounts.may_enter(account, AT + 2 * FIRST_PASSWORD)
    assert timedelta(days=3) == FIRST_PASSWORD


def test_member_is_not_changed_and_need_not_change_a_password() -> None:
    member = Member(1, "ana", "author")
    assert not member.must_change
    with pytest.raises(FrozenInstanceError):
        member.role = "admin"  # type: ignore[misc]


def test_password_of_ones_own_opens_the_door_for_good() -> None:
    account = Account(name="ana", password_changed_at=AT, must_change=False)
    assert accounts.may_enter(account, AT + timedelta(days=4000))


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
        assert (account.password_hash, account.must_change) == ("y", False)


def test_new_password_of_somebody_else_must_be_changed_and_leaves_others_signed_in(database: Database) -> None:
    later = AT + timedelta(hours=5)
    with database.writing() as session:
        ana, bo = (accounts.add(session, name, "author", password_hash="x", at=AT) for name in ("ana", "bo"))
        theirs = sessions.begin(session, bo, browser="Test", at=AT)
        accounts.set_password(session, ana, "y", later, must_change=True)
        accounts.disable(session, ana, later)
        assert (ana.must_change, ana.password_changed_at) == (True, later)
        assert sessions.find(session, theirs, AT)


def test_account_disabled_twice_says_since_when_at_first(database: Database) -> None:
    with database.writing() as session:
        account = accounts.add(session, "ana", "author", password_hash="x", at=AT)
        for hours in (1, 2):
            accounts.disable(session, account, AT + timedelta(hours=hours))
        assert account.disabled_at == AT + timedelta(hours=1)
