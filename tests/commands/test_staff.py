from __future__ import annotations

import json

import pytest
from flask import Flask
from sqlalchemy import update

from chatbot.services import Services
from chatbot.storage import accounts, passwords, second_factor
from chatbot.storage.tables import Account, AuditLine
from tests.commands.conftest import Flasked

PASSWORD = "heron lantern gravel tuba"


def wired(app: Flask) -> Services:
    found: Services = app.extensions["chatbot"]
    return found


def account(app: Flask, name: str = "ana") -> Account:
    with wired(app).database.reading() as session:
        found = accounts.find(session, name)
    assert found
    return found


@pytest.fixture
def ana(flask_command: Flasked) -> None:
    added = flask_command("staff", "add", "Ana", "--role", "publisher", "--password-stdin", input=f"{PASSWORD}\n")
    assert added.exit_code == 0, added.output


def test_account_is_added_and_its_password_opens_the_door(app: Flask, flask_command: Flasked) -> None:
    added = flask_command("staff", "add", "Ana", "--role", "publisher", input=f"{PASSWORD}\n{PASSWORD}\n")
    assert added.output.endswith("ana may sign in at /staff/ as publisher.\n")
    assert PASSWORD not in added.output
    assert passwords.is_right(PASSWORD, account(app).password_hash)
    assert not account(app).must_change


@pytest.mark.usefixtures("ana")
def test_account_is_added_once(flask_command: Flasked) -> None:
    again = flask_command("staff", "add", "ANA", "--role", "author", "--password-stdin", input=f"{PASSWORD}\n")
    assert again.exit_code == 1
    assert "There is an account ana already" in again.output


@pytest.mark.parametrize("password", ["short", "password1", "ana ana ana", ""])
def test_bad_password_is_refused_with_the_reason(flask_command: Flasked, password: str) -> None:
    result = flask_command("staff", "add", "ana", "--role", "author", "--password-stdin", input=f"{password}\n")
    assert result.exit_code == 1
    assert "This password cannot be used. It " in result.output
    assert flask_command("staff", "list").stdout == ""


def test_role_must_be_one_of_the_four(flask_command: Flasked) -> None:
    result = flask_command("staff", "add", "ana", "--role", "owner")
    assert result.exit_code == 2
    assert "'author', 'reviewer', 'publisher', 'admin'" in result.output


@pytest.mark.usefixtures("ana")
def test_new_password_counts_and_the_second_factor_stays_unless_it_is_said(app: Flask, flask_command: Flasked) -> None:
    with wired(app).database.writing() as session:
        second_factor.turn_on(session.get_one(Account, account(app).id), second_factor.fresh_secret(), 0)
    words = ("staff", "password", "ana", "--password-stdin")
    assert flask_command(*words, input="otter velvet anchor plum\n").exit_code == 0
    assert passwords.is_right("otter velvet anchor plum", account(app).password_hash)
    assert account(app).totp_secret
    assert flask_command(*words, "--no-second-factor", input=f"{PASSWORD}\n").exit_code == 0
    assert account(app).totp_secret is None


@pytest.mark.usefixtures("ana")
def test_list_shows_names_roles_and_who_is_disabled(flask_command: Flasked) -> None:
    flask_command("staff", "disable", "ana")
    assert flask_command("staff", "list").output.split() == ["ana", "publisher", "disabled"]
    flask_command("staff", "enable", "ana")
    assert flask_command("staff", "list").output.split() == ["ana", "publisher"]


def test_empty_list_says_how_to_begin(flask_command: Flasked) -> None:
    assert "flask staff add NAME --role admin" in flask_command("staff", "list").output


@pytest.mark.parametrize("command", ["password", "disable", "enable"])
def test_unknown_name_is_said(flask_command: Flasked, command: str) -> None:
    result = flask_command("staff", command, "nobody")
    assert result.exit_code == 1
    assert "There is no account nobody" in result.output


@pytest.mark.usefixtures("ana")
def test_audit_log_is_printed_and_verified(app: Flask, flask_command: Flasked) -> None:
    flask_command("staff", "disable", "ana")
    lines = [json.loads(line) for line in flask_command("staff", "audit").output.splitlines()]
    assert [line["action"] for line in lines] == ["account.added", "account.disabled"]
    assert flask_command("staff", "audit", "--verify").output.startswith("2 lines: each stands")
    with wired(app).database.writing() as session:
        session.execute(update(AuditLine).where(AuditLine.id == 1).values(detail="other"))
    result = flask_command("staff", "audit", "--verify")
    assert (result.exit_code, "Line 1 was changed." in result.output) == (1, True)


def test_database_that_cannot_be_used_is_one_line(app: Flask, flask_command: Flasked) -> None:
    path = wired(app).database.path
    assert path
    path.parent.mkdir(mode=0o700, exist_ok=True)
    path.write_bytes(b"no database" * 1000)
    result = flask_command("staff", "list")
    assert result.exit_code == 1
    assert "is damaged. Restore a backup" in result.output
    assert "Traceback" not in result.output
