"""Every command of ours, put together."""

from __future__ import annotations

import click

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
