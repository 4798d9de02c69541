"""`flask staff`: make and look after accounts. Whoever can run this on the server may do everything."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime

import click
from flask.cli import with_appcontext

from chatbot.commands.telling import told
from chatbot.services import services
from chatbot.storage import accounts, audit, passwords, second_factor
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
        added = accounts.add(session, name, role, password_hash=kept, at=_now())
        _record(session, "account.added", added, role)
    click.echo(f"{name} may sign in at /staff/ as {role}.")


@staff.command("password", epilog="Example: flask staff password ana")
@click.argument("name")
@FROM_PIPE
@click.option("--no-second-factor", is_flag=True, help="Forget the second factor, too: its device was lost.")
@with_appcontext
def staff_password(name: str, password_stdin: bool, no_second_factor: bool) -> None:
    """Give an account a new password; it is signed out everywhere."""
    with told(), services().database.reading() as session:
        name = _account(session, name).name
    kept = passwords.hashed(_password(name, password_stdin))
    with told(), services().database.writing() as session:
        account = _account(session, name)
        accounts.set_password(session, account, kept, _now(), must_change=False)
        _record(session, "account.password", account)
        if no_second_factor:
            second_factor.turn_off(account)
            _record(session, "factor.removed", account)
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
        accounts.disable(session, account, _now())
        _record(session, "account.disabled", account)
    click.echo(f"{account.name} is signed out and cannot sign in.")


@staff.command("enable", epilog="Example: flask staff enable ana")
@click.argument("name")
@with_appcontext
def staff_enable(name: str) -> None:
    """Let a disabled account sign in again."""
    with told(), services().database.writing() as session:
        account = _account(session, name)
        account.disabled_at = None
        _record(session, "account.enabled", account)
    click.echo(f"{account.name} may sign in again.")


@staff.command("audit", epilog="Example: flask staff audit --verify")
@click.option("--verify", "checked", is_flag=True, help="Look whether a line was changed or is missing; exit code 1.")
@with_appcontext
def staff_audit(checked: bool) -> None:
    """Print the audit log, oldest first, a JSON object a line."""
    with told(), services().database.reading() as session:
        found = audit.lines(session)
        faults = audit.verify(session, services().keys) if checked else []
    if not checked:
        for line in reversed(found):
            click.echo(json.dumps(audit.as_record(line), ensure_ascii=False))
    elif faults:
        raise click.ClickException("\n".join(faults))
    else:
        click.echo(f"{len(found)} lines: each stands as it was written, and none is missing.")


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


def _record(session: Session, action: str, account: Account, detail: str = "at the command line") -> None:
    services().record(session, Event(_now(), None, action, accounts.subject(account), detail))


def _now() -> datetime:
    return datetime.now(tz=UTC)
