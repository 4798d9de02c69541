"""What staff and developers run: `flask ask`, `flask corpus`, `flask database` and so on, a file for each group."""

from __future__ import annotations

from importlib import import_module

import click
from flask import Flask
from flask.cli import AppGroup


class Ours(AppGroup):
    """Our commands, read when one is asked for: a server runs none, and would import them at every start."""

    def list_commands(self, context: click.Context) -> list[str]:
        """Return the names of all commands."""
        self._read()
        return super().list_commands(context)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        """Return the command of this name."""
        self._read()
        return super().get_command(context, name)

    def _read(self) -> None:
        if not self.commands:
            self.commands = {command.name: command for command in import_module("chatbot.commands.ours").OURS}


def register(app: Flask) -> None:
    """Add every command to the app's `flask`."""
    app.cli = Ours(app.name)
