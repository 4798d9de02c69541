"""Which corpus a command looks at, and how it searches there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from chatbot.answering.context import carried
from chatbot.library import Library
from chatbot.services import Services, services
from chatbot.snapshots import Snapshot
from chatbot.text.query import understand
from chatbot.values import Match, Query, Question

FOLDER = click.Path(file_okay=False, exists=True, path_type=Path)


def over(folder: Path | None) -> Services:
    """Return the app's services, or the same over another folder."""
    ours = services()
    if folder is None:
        return ours
    settings = replace(ours.settings, corpus=folder)
    return Services(settings, Library(settings, ours.library.shipped_rules))


def search(now: Snapshot, question: Question, limit: int) -> tuple[Query, tuple[Match, ...]]:
    """Return how a question is understood and what is found for it, best first."""
    query = understand(question.text, carried(question), now.language)
    return query, now.engine.search(query, limit)
