"""What all commands share: errors as one line, and progress that only a terminal shows."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import TypeVar

import click

from chatbot.errors import ChatbotError

Item = TypeVar("Item")


def progress(items: Sequence[Item], label: str) -> AbstractContextManager[Iterable[Item]]:
    """Show a bar on a terminal and nothing in a pipe."""
    return click.progressbar(items, label=label, file=sys.stderr, hidden=not sys.stderr.isatty())


@contextmanager
def told() -> Iterator[None]:
    """Turn our own errors into one line and exit code 1: their text says what to do."""
    try:
        yield
    except ChatbotError as error:
        raise click.ClickException(str(error)) from error
