from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import SCIATICA, write_corpus

MakeApp = Callable[..., Flask]
BROKEN = "---\ntitle: [\n---\n\nText.\n"


def test_alive_is_said_without_looking_at_anything(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(app.extensions, "chatbot")
    reply = app.test_client().get("/healthz")
    assert (reply.status_code, reply.json) == (200, {"status": "alive"})


def test_ready_says_what_is_served(client: FlaskClient) -> None:
    reply = client.get("/readyz")
    assert reply.status_code == 200
    assert reply.json["status"] == "ready"
    assert reply.json["articles"] == 2
    assert reply.json["passages"] >= 4
    assert reply.json["rules_version"]
    assert reply.json["corpus_version"] == client.post("/api/v1/chat", json={"question": "a"}).json["corpus_version"]
    assert reply.headers["Cache-Control"] == "no-store"


def test_refused_file_is_listed_with_the_reason(make_app: MakeApp, corpus: Path) -> None:
    write_corpus(corpus, bad=BROKEN)
    reply = make_app().test_client().get("/readyz")
    assert reply.status_code == 200
    (problem,) = reply.json["problems"]
    assert problem["path"] == "articles/bad.md"
    assert problem["message"]
    assert problem["severity"] == "error"


@pytest.mark.parametrize("what", ["missing", "empty", "all broken"])
def test_no_article_is_not_ready_and_says_why(make_app: MakeApp, tmp_path: Path, what: str) -> None:
    folder = tmp_path / "other"
    if what != "missing":
        write_corpus(folder, **({"bad": BROKEN} if what == "all broken" else {}))
    reply = make_app(corpus=folder).test_client().get("/readyz")
    assert reply.status_code == 503
    assert reply.mimetype == "application/problem+json"
    assert reply.json["problems"]


def test_server_recovers_by_itself_when_articles_appear(make_app: MakeApp, tmp_path: Path) -> None:
    app = make_app(corpus=tmp_path / "later")
    client = app.test_client()
    assert client.get("/readyz").status_code == 503
    write_corpus(tmp_path / "later", sciatica=SCIATICA)
    app.extensions["chatbot"].library.refresh()
    assert client.get("/readyz").json["articles"] == 1
