"""`flask staff`: make and look after accounts. Whoever can run this on the server may do everything."""

from __future__ import annotations

import sys
from datetime import UTC, datetime

import click
from flask.cli import with_appcontext

from chatbot.commands.telling import told
from chatbot.services import services
from chatbot.storage import accounts, passwords, sessions
from chatbot.storage.accounts import ROLES, Role
from chatbot.storage.audit import Event
from chatbot.storage.database import Session
from chatbot.storage.tables import Account

FROM_PIPE = click.option("--password-stdin", is_flag=True, help="Read the password from standard input, for scripts.")


@click.group("staff")
def staff() -> None:
    """Look after the accounts of the staff console."""


@staff.command("add", epilog="Example: flask staff add ana --role publisher")
@click.argument("name")
@click.option("--role", type=click.Choice(ROLES), required=True, help="Each may do what those before it may.")
@FROM_PIPE
@with_appcontext
def staff_add(name: str, role: Role, password_stdin: bool) -> None:
    """Add an account; its password is asked for."""
    name = accounts.folded(name)
    if fault := accounts.name_fault(name):
        raise click.ClickException(fault)
    with told(), services().database.reading() as session:
        taken = accounts.find(session, name) is not None
    if taken:
        raise click.ClickException(f"There is an account {name} already. Its password: flask staff password {name}")
    kept = passwords.hashed(_password(name, password_stdin))
    with told(), services().database.writing() as session:
        accounts.add(session, name, role, password_hash=kept, at=_now())
        _record(session, "account.added", name, role)
    click.echo(f"{name} may sign in at /staff/ as {role}.")


@staff.command("password", epilog="Example: flask staff password ana")
@click.argument("name")
@FROM_PIPE
@with_appcontext
def staff_password(name: str, password_stdin: bool) -> None:
    """Give an account a new password; it is signed out everywhere."""
    with told(), services().database.reading() as session:
        name = _account(session, name).name
    kept = passwords.hashed(_password(name, password_stdin))
    with told(), services().database.writing() as session:
        accounts.set_password(session, _account(session, name), kept, _now())
        _record(session, "account.password", name)
    click.echo(f"{name} has a new password and is signed out everywhere.")


@staff.command("list", epilog="Example: flask staff list")
@with_appcontext
def staff_list() -> None:
    """List all accounts."""
    with told(), services().database.reading() as session:
        found = accounts.everybody(session)
    for account in found:
        click.echo(f"{account.name:20} {account.role:10} {'disabled' if account.disabled_at else ''}".rstrip())
    if not found:
        click.echo("There is no account yet: flask staff add NAME --role admin", err=True)


@staff.command("disable", epilog="Example: flask staff disable ana")
@click.argument("name")
@with_appcontext
def staff_disable(name: str) -> None:
    """Keep an account from signing in, and sign it out everywhere."""
    with told(), services().database.writing() as session:
        account = _account(session, name)
        account.disabled_at = account.disabled_at or _now()
        sessions.end_all(session, account.id)
        _record(session, "account.disabled", account.name)
    click.echo(f"{account.name} is signed out and cannot sign in.")


@staff.command("enable", epilog="Example: flask staff enable ana")
@click.argument("name")
@with_appcontext
def staff_enable(name: str) -> None:
    """Let a disabled account sign in again."""
    with told(), services().database.writing() as session:
        account = _account(session, name)
        account.disabled_at = None
        _record(session, "account.enabled", account.name)
    click.echo(f"{account.name} may sign in again.")


def _password(name: str, from_pipe: bool) -> str:
    """Return a password that may be used, or end with every reason why it may not."""
    if from_pipe:
        given = sys.stdin.readline().rstrip("\r\n")
    else:
        given = click.prompt(f"Password for {name}", hide_input=True, confirmation_prompt=True)
    if found := passwords.faults(given, name, services().settings.name):
        raise click.ClickException("This password cannot be used. " + " ".join(found))
    return given


def _account(session: Session, name: str) -> Account:
    account = accounts.find(session, name)
    if account is None:
        raise click.ClickException(f"There is no account {accounts.folded(name)}; flask staff list shows all")
    return account


def _record(session: Session, action: str, subject: str, detail: str = "") -> None:
    services().record(session, Event(_now(), None, action, subject, detail or "at the command line"))


def _now() -> datetime:
    return datetime.now(tz=UTC)
