"""Commands over an app with a database and a corpus of its own."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from click.testing import Result
from flask import Flask

from tests import cheap

Flasked = Callable[..., Result]


@pytest.fixture
def flask_command(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Flasked:
    """Run `flask …` as it is typed; `input` is what is typed then."""
    monkeypatch.setattr("chatbot.storage.passwords.HASHER", cheap.HASHER)
    runner = app.test_cli_runner()
    return lambda *words, **more: runner.invoke(args=[str(word) for word in words], **more)
