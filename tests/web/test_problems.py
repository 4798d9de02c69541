from __future__ import annotations

import io
from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path

import pytest
from flask import Flask, abort
from flask.testing import FlaskClient
from gunicorn.http.errors import InvalidChunkSize, NoMoreData
from werkzeug.test import TestResponse

from chatbot.errors import EngineUnavailable
from chatbot.web.problems import SENTENCES

JSON = "application/json"


def post(client: FlaskClient, data: bytes = b"{}", content_type: str | None = JSON) -> TestResponse:
    return client.post("/api/v1/chat", data=data, content_type=content_type)


def problem(reply: TestResponse, status: int) -> dict[str, object]:
    """Check what every problem document has, and return it."""
    assert reply.status_code == status
    assert reply.mimetype == "application/problem+json"
    body: dict[str, object] = reply.json
    assert {"type", "title", "status", "detail", "disclaimer"} <= body.keys()
    assert body["status"] == status
    assert body["title"] == HTTPStatus(status).phrase
    assert str(body["detail"]).endswith(".")
    assert body["disclaimer"]
    assert reply.headers["Cache-Control"] == "no-store"
    return body


def test_what_is_not_json_is_400(client: FlaskClient) -> None:
    assert problem(post(client, b"hello"), 400)["detail"] == "The body must be one JSON object in UTF-8."


@pytest.mark.parametrize("fault", [InvalidChunkSize(b"zz"), NoMoreData(b"")])
@pytest.mark.parametrize("path", ["/api/v1/chat", "/api/v1/feedback", "/"])
def test_body_that_is_no_http_is_400(client: FlaskClient, fault: Exception, path: str) -> None:
    class Broken(io.RawIOBase):
        def readable(self) -> bool:
            return True

        def readinto(self, buffer: object) -> int:
            raise fault

    broken = {"wsgi.input": Broken(), "wsgi.input_terminated": True}
    kind = JSON if path.startswith("/api") else "application/x-www-form-urlencoded"
    assert client.post(path, content_type=kind, environ_overrides=broken).status_code == 400


def test_empty_body_is_400(client: FlaskClient) -> None:
    problem(post(client, b""), 400)


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", "text/json", None])
def test_other_content_types_are_415(client: FlaskClient, content_type: str | None) -> None:
    problem(post(client, b'{"question": "a"}', content_type), 415)


@pytest.mark.parametrize("size", [64 * 1024 + 1, 1024 * 1024])
def test_more_than_64_kb_is_413(client: FlaskClient, size: int) -> None:
    problem(post(client, b" " * size), 413)


def test_64_kb_are_read(client: FlaskClient) -> None:
    body = b'{"question": "a"}'
    assert post(client, body + b" " * (64 * 1024 - len(body))).status_code == 200


def test_wrong_fields_are_422_and_named_for_people_and_programs(client: FlaskClient) -> None:
    body = problem(post(client, b'{"question": "", "limit": 99}'), 422)
    assert '"question" must be' in str(body["detail"])
    assert '"limit" must be' in str(body["detail"])
    assert [error["pointer"] for error in body["errors"]] == ["#/question", "#/limit"]  # type: ignore[attr-defined]


def test_json_of_the_wrong_shape_is_422(client: FlaskClient) -> None:
    assert problem(post(client, b"[]"), 422)["errors"] == [
        {"detail": "The body must be a JSON object.", "pointer": "#"}
    ]


def test_wrong_method_is_405_and_says_which_would_do(client: FlaskClient) -> None:
    reply = client.get("/api/v1/chat")
    problem(reply, 405)
    assert "POST" in reply.headers["Allow"]


@pytest.mark.parametrize("path", ["/api/", "/api/v2/chat", "/api/v1/chat/", "/api//v1/chat", "/api/v1/chat/../x"])
def test_unknown_address_below_api_is_404_and_never_html(client: FlaskClient, path: str) -> None:
    problem(client.get(path), 404)


def test_engine_that_is_away_is_503(app: Flask) -> None:
    @app.get("/api/away")
    def away() -> str:
        raise EngineUnavailable("OpenSearch is away")

    reply = app.test_client().get("/api/away")
    problem(reply, 503)
    assert "Retry-After" in reply.headers
    assert "OpenSearch" not in reply.text


def test_abort_with_a_status_is_a_problem(app: Flask) -> None:
    @app.get("/api/teapot")
    def teapot() -> str:
        abort(418)

    problem(app.test_client().get("/api/teapot"), 418)


def test_fault_outside_every_view_is_a_problem_without_its_words(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    words = "-".join(["marked", "text"])

    @app.before_request
    def fail() -> None:
        raise ValueError(words)

    reply = app.test_client().get("/healthz")
    body = problem(reply, 500)
    assert str(body["error_id"]) in caplog.text
    assert "ValueError" in caplog.text
    assert words not in caplog.text + reply.text
    assert "Traceback" not in reply.text


def test_line_breaks_in_an_address_do_not_forge_a_line_of_the_log(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    @app.before_request
    def fail() -> None:
        raise ValueError

    app.test_client().get("/api/%0aerror%2012345678:%20forged")
    assert "\nerror 12345678" not in caplog.text


# --- pages ------------------------------------------------------------------------------------


def test_unknown_page_is_a_page_with_the_disclaimer(client: FlaskClient) -> None:
    reply = client.get("/nothing-here")
    assert reply.status_code == 404
    assert reply.mimetype == "text/html"
    disclaimer = post(client, b"").json["disclaimer"]
    assert disclaimer.split(". ")[0] in reply.text
    assert "There is no such page" in reply.text
    assert SENTENCES[404] in reply.text


def test_page_without_a_corpus_says_so(make_app: Callable[..., Flask], tmp_path: Path) -> None:
    reply = make_app(corpus=tmp_path / "none").test_client().get("/articles/")
    assert reply.status_code == 503
    assert reply.mimetype == "text/html"
    assert SENTENCES[503] in reply.text


def test_when_even_the_page_for_errors_fails_the_disclaimer_arrives(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> str:
        raise RuntimeError

    monkeypatch.setattr("chatbot.web.problems.render_template", fail)
    reply = app.test_client().get("/nothing-here")
    assert reply.status_code == 404
    assert reply.mimetype == "text/plain"
    assert post(app.test_client(), b"").json["disclaimer"] in reply.text
