"""`flask database`: look after staff's data."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click
from flask.cli import with_appcontext

from chatbot.commands.telling import told
from chatbot.services import services
from chatbot.storage.audit import Event
from chatbot.storage.backup import back_up, is_in_use, restore

YES = click.option("--yes", is_flag=True, help="Do not ask.")


@click.group("database")
def database() -> None:
    """Look after staff's data."""


@database.command("upgrade", epilog="Example: flask database upgrade")
@with_appcontext
def database_upgrade() -> None:
    """Bring the tables up to date.

    SQLite does it by itself at every start; PostgreSQL needs it once after each update of the program.
    """
    with told():
        changed = services().database.upgrade()
    click.echo("The tables are up to date now." if changed else "The tables were up to date.")


@database.command("backup", epilog="Example: flask database backup /backups/staff-2026-11-27.db")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@YES
@with_appcontext
def database_backup(file: Path, yes: bool) -> None:
    """Write all of staff's data into FILE, while others go on working.

    It may be put back into SQLite and into PostgreSQL, whichever it came from. The articles are files below the corpus
    folder: keep copies of that, too, and of the secret key.
    """
    if file.exists() and not yes:
        raise click.ClickException(f"{file} is there already. Choose another name, or say --yes to replace it.")
    with told():
        _record("database.backup", file.name)
        back_up(services().database, file)
    click.echo(f"Staff's data is in {file} ({file.stat().st_size // 1024} KB).")


@database.command("restore", epilog="Example: flask database restore /backups/staff-2026-11-27.db --yes")
@click.argument("file", type=click.Path(dir_okay=False, exists=True, path_type=Path))
@YES
@with_appcontext
def database_restore(file: Path, yes: bool) -> None:
    """Put a backup in the place of all of staff's data. A running server goes on with it; everybody is signed out."""
    ours = services().database
    if is_in_use(ours) and not yes:
        raise click.ClickException("There is data already, and a restore replaces all of it. Say --yes to do so.")
    with told():
        restore(ours, file, datetime.now(tz=UTC))
        _record("database.restored", file.name)
    click.echo(f"Staff's data is as it was in {file}.")


def _record(action: str, name: str) -> None:
    with services().database.writing() as session:
        services().record(session, Event(datetime.now(tz=UTC), None, action, name, "at the command line"))
