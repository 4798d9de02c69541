"""`flask database`: look after staff's data."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from chatbot.commands.telling import told
from chatbot.services import services


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
