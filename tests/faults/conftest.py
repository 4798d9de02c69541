"""What the faults have in common: the real server, a readiness that tells, and a disk that fails on purpose."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from flask import Flask

from tests.test_server import start_server

__all__ = ["start_server"]
# the fixture of the real server

BROKEN = "---\ntitle: [\n---\n\nText.\n"
MakeApp = Callable[..., Flask]


@pytest.fixture
def make_app(make_app: MakeApp) -> MakeApp:
    """Build apps that look at their folder only when a test says so, never in the middle of its doing harm."""

    def make(**changes: object) -> Flask:
        app = make_app(**changes)
        app.extensions["chatbot"].library.stop()
        return app

    return make


class FailingOs:
    """Stands for the module `os` while some of its functions fail with an error of the system."""

    def __init__(self, code: int, *names: str) -> None:
        self._code, self._names = code, names

    def __getattr__(self, name: str) -> Any:
        return self._fail if name in self._names else getattr(os, name)

    def _fail(self, *given: object, **named: object) -> None:
        raise OSError(self._code, os.strerror(self._code))


def unlistable() -> FailingOs:
    return FailingOs(errno.EIO, "scandir")


def look(app: Flask) -> None:
    """Do what the watching does at its next look."""
    app.extensions["chatbot"].library.refresh()


def ready(app: Flask) -> Mapping[str, Any]:
    """Return what /readyz says, which must say 200."""
    reply = app.test_client().get("/readyz")
    assert reply.status_code == 200
    body: Mapping[str, Any] = reply.json
    return body


def asked(app: Flask) -> str:
    """Return the text of the best passage on sciatica."""
    reply = app.test_client().post("/api/v1/chat", json={"question": "can ketamine help sciatica?"})
    assert reply.status_code == 200
    assert reply.json["disclaimer"]
    text: str = reply.json["passages"][0]["text"]
    return text
