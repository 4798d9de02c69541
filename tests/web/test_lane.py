"""The lane of plain chat requests beside the framework's own way."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import Client, TestResponse

from chatbot.settings import RateLimit
from chatbot.web.lane import is_plain
from chatbot.web.limits import network

MakeApp = Callable[..., Flask]
QUESTION = b'{"question": "can ketamine help sciatica?"}'


def post(app: Any, body: bytes, **members: Any) -> TestResponse:
    members.setdefault("content_type", "application/json")
    return Client(app).post("/api/v1/chat", data=body, **members)


def framework(app: Flask) -> Any:
    return app.wsgi_app._framework  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "body",
    [
        QUESTION,
        json.dumps({"question": "what is it?", "history": ["can ketamine help siatica?"], "limit": 1}).encode(),
        b'{"question": "I want to kill myself"}',
        b'{"question": "who won the cup", "unknown": 1}',
        '{"question": "¿qué es?"}'.encode(),
        b'{"question": ""}',
        b'{"question": "a", "limit": 99}',
        b'{"question": "a", "question": "b"}',
        b"[]",
        b"",
        b"{",
        b"\xff",
        b'{"question": "' + b"a" * 70_000 + b'"}',
    ],
)
def test_lane_and_framework_say_the_same(app: Flask, body: bytes) -> None:
    one, other = post(app, body), post(framework(app), body)
    assert (one.status, one.data) == (other.status, other.data)
    assert sorted(one.headers) == sorted(other.headers)


def test_plain_question_never_meets_the_framework(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app.wsgi_app, "_framework", None)
    assert post(app, QUESTION).json["verdict"] == "answered"


@pytest.mark.parametrize(
    "members",
    [
        {"content_type": "application/json; charset=utf-8"},
        {"content_type": "text/plain"},
        {"headers": {"Transfer-Encoding": "chunked"}},
        {"method": "PUT"},
        {"content_length": 10**9},
        {"content_length": "٣"},
    ],
)
def test_what_is_out_of_the_ordinary_is_the_frameworks(members: dict[str, Any]) -> None:
    environ = {
        "REQUEST_METHOD": members.get("method", "POST"),
        "PATH_INFO": "/api/v1/chat",
        "CONTENT_TYPE": members.get("content_type", "application/json"),
        "CONTENT_LENGTH": str(members.get("content_length", 9)),
        **{f"HTTP_{name.upper().replace('-', '_')}": value for name, value in members.get("headers", {}).items()},
    }
    assert not is_plain(environ)


def test_a_body_that_ends_too_soon_is_no_question(app: Flask) -> None:
    longer = {"CONTENT_LENGTH": str(len(QUESTION) + 1)}
    assert post(framework(app), QUESTION, environ_overrides=longer).status_code == 400
    assert post(app, QUESTION, environ_overrides=longer).status_code == 400


def test_a_question_that_fails_is_counted_once(make_app: MakeApp, monkeypatch: pytest.MonkeyPatch) -> None:
    app = make_app(rate_limit=RateLimit(2, "minute"))
    monkeypatch.setattr("chatbot.services.reply", _broken)
    assert [post(app, QUESTION).status_code for _ in range(3)] == [500, 500, 429]


def _broken(*_: object, **__: object) -> None:
    raise RuntimeError("broken")


def test_an_address_that_asked_too_often_is_told_so(make_app: MakeApp) -> None:
    app = make_app(rate_limit=RateLimit(1, "minute"))
    assert [post(app, QUESTION).status_code for _ in range(3)] == [200, 429, 429]
    assert post(app, b'{"question": "I want to kill myself"}').json["verdict"] == "urgent"


@pytest.mark.parametrize("address", ["", "1.2.3", "01.2.3.4", "a\0b", "\ud800", "host"])
def test_what_is_no_address_counts_as_it_stands(address: str) -> None:
    assert network(address) == address
