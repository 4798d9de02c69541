"""Clients that ask again where a browser would, and count as failed what a browser would show as failed."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from benchmarks.clients import ANSWERED, ASKED_AGAIN, Clients

ENOUGH = 12


class Server(BaseHTTPRequestHandler):
    """Answers, and closes a connection without an answer at each question whose number is in `closes_at`."""

    protocol_version = "HTTP/1.1"
    closes_at = frozenset({3})
    status = 200
    enough = threading.Event()
    seen = 0

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.number = getattr(self, "number", 0) + 1
        Server.seen += 1
        if Server.seen >= ENOUGH:
            Server.enough.set()
        if self.number in self.closes_at:
            self.close_connection = True
            return
        body = b'{"disclaimer": "ask"}'
        self.send_response(self.status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def port(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    monkeypatch.setattr(Server, "enough", threading.Event())
    monkeypatch.setattr(Server, "seen", 0)
    with ThreadingHTTPServer(("127.0.0.1", 0), Server) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield int(server.server_address[1])
        server.shutdown()
        thread.join()


def asked(port: int) -> Clients:
    with Clients(port, 2, lambda port: http.client.HTTPConnection("127.0.0.1", port, timeout=10)) as clients:
        assert Server.enough.wait(10)
    return clients


def test_a_kept_connection_that_was_closed_is_opened_again(port: int) -> None:
    clients = asked(port)
    assert clients.failed == 0
    assert clients.asked[ASKED_AGAIN] >= 2
    assert clients.count_of_all == clients.asked[ANSWERED] > 0


def test_a_fresh_connection_that_is_closed_is_a_failure(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Server, "closes_at", frozenset({1}))
    clients = asked(port)
    assert clients.failed == clients.count_of_all > 0


def test_an_error_is_a_failure(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Server, "status", 502)
    clients = asked(port)
    assert clients.failed == clients.asked["status 502"] == clients.count_of_all > 0
