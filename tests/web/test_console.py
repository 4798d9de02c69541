"""The way to the staff console."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from typing import TYPE_CHECKING

import pytest
from flask import Flask
from flask.testing import FlaskClient

from chatbot.web.console import ConsoleDoor

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment


def visitors(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    start_response("200 OK", [])
    return [b"visitors"]


def make_console() -> Flask:
    app = Flask("console")
    app.add_url_rule("/staff/", view_func=lambda: "console", endpoint="start")
    return app


def asked(door: ConsoleDoor, path: str) -> bytes:
    return b"".join(
        door(
            {
                "REQUEST_METHOD": "GET",
                "PATH_INFO": path,
                "SERVER_NAME": "x",
                "SERVER_PORT": "80",
                "wsgi.url_scheme": "http",
            },
            lambda *_: lambda _: None,
        )
    )


@pytest.mark.parametrize("path", ["/", "/staffing", "/articles/staff/", ""])
def test_visitors_never_build_the_console(path: str) -> None:
    door = ConsoleDoor(visitors, lambda: pytest.fail("it was built"))
    assert asked(door, path) == b"visitors"


def test_staff_come_to_the_console(client: FlaskClient) -> None:
    assert asked(ConsoleDoor(visitors, make_console), "/staff/") == b"console"
    assert client.get("/staff/", headers={"X-Forwarded-Proto": "https"}).status_code in (303, 403)
    assert client.get("/staff/nothing").status_code == 404


def test_the_console_is_built_once_however_many_come_together() -> None:
    built: list[Flask] = []

    def build() -> Flask:
        built.append(make_console())
        return built[-1]

    door = ConsoleDoor(visitors, build)
    comers = [threading.Thread(target=asked, args=(door, "/staff/")) for _ in range(4)]
    for comer in comers:
        comer.start()
    for comer in comers:
        comer.join()
    assert len(built) == 1


def test_the_console_shares_what_is_wired(app: Flask) -> None:
    console = app.extensions["chatbot.console"].console
    assert console.extensions["chatbot"] is app.extensions["chatbot"]
    assert console.config is app.config
