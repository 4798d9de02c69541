"""What staff and developers run: `flask ask`, `flask corpus`, `flask database` and so on, a file for each group."""

from __future__ import annotations

import click
from flask import Flask

from chatbot.commands.asking import ask
from chatbot.commands.database import database
from chatbot.commands.evaluating import evaluation
from chatbot.commands.help_page import help_page
from chatbot.commands.importing import corpus_import
from chatbot.commands.indexing import corpus_index
from chatbot.commands.publishing import corpus
from chatbot.commands.staff import staff

corpus.add_command(corpus_import)
corpus.add_command(corpus_index)
OURS: tuple[click.Command, ...] = (ask, corpus, database, evaluation, help_page, staff)


def register(app: Flask) -> None:
    """Add every command to the app's `flask`."""
    for command in OURS:
        app.cli.add_command(command)
