"""The shipped front server before the real chatbot."""

from __future__ import annotations

import http.client
import json
import os
import re
import time
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

from benchmarks import front
from benchmarks.front import Front
from chatbot.answering.notices import disclaimer
from chatbot.settings import Settings
from tests.test_server import STARTED_WITHIN_SECONDS, Server, StartServer, free_port, gunicorn, start_server

__all__ = ["start_server"]

QUESTION = json.dumps({"question": "can ketamine help sciatica?"})
JSON = {"Content-Type": "application/json"}


@pytest.fixture(autouse=True)
def _nginx_is_here() -> None:
    if front.nginx_program() is None:
        if os.environ.get("CI") == "true":
            pytest.fail("nginx is not installed: the front server cannot be tested")
        pytest.skip("nginx is not installed: THE FRONT SERVER WAS NOT TESTED")


@pytest.fixture
def chatbot(start_server: StartServer) -> Server:
    return start_server(CHATBOT_TRUSTED_PROXIES="1", CHATBOT_RATE_LIMIT="3/hour")


@pytest.fixture
def before(chatbot: Server) -> Iterator[Front]:
    with front.running(chatbot.port) as running:
        yield running


@pytest.fixture
def before_nothing() -> Iterator[Front]:
    with front.running(free_port()) as running:
        yield running


Reply = tuple[int, http.client.HTTPMessage, str]


def send(to: Front, method: str, path: str, body: str | None = None, headers: dict[str, str] | None = None) -> Reply:
    connection = http.client.HTTPSConnection("localhost", to.port, timeout=20, context=to.tls)
    connection.request(method, path, body, headers or {})
    reply = connection.getresponse()
    text = reply.read().decode("utf-8")
    connection.close()
    return reply.status, reply.headers, text


def ask(to: Front, **headers: str) -> Reply:
    return send(to, "POST", "/api/v1/chat", QUESTION, {**JSON, **headers})


def test_answer_comes_through_with_its_headers(before: Front) -> None:
    status, headers, text = ask(before)
    assert status == 200
    assert json.loads(text)["verdict"] == "answered"
    assert headers["Strict-Transport-Security"]
    assert headers["Cache-Control"] == "no-store"


def test_plain_http_is_sent_to_tls(before: Front) -> None:
    connection = http.client.HTTPConnection("localhost", before.plain_port, timeout=20)
    connection.request("POST", "/?x=1", "question=a")
    reply = connection.getresponse()
    # 308 keeps the method, so that a question does not end in an address.
    assert (reply.status, reply.headers["Location"]) == (308, "https://localhost/?x=1")
    connection.close()


def test_claimed_addresses_do_not_stretch_the_limit(before: Front) -> None:
    statuses = [ask(before, **{"X-Forwarded-For": f"203.0.113.{number}"})[0] for number in range(5)]
    assert statuses == [200, 200, 200, 429, 429]


def test_log_holds_no_address_no_browser_and_nothing_typed(before: Front) -> None:
    send(
        before, "GET", "/api/v1/suggestions?q=zebra", None, {"User-Agent": "okapi/1", "Referer": "https://gnu.example/"}
    )
    ask(before)
    log = before.access_log()
    assert "/api/v1/suggestions 200" in log
    assert not [word for word in ("zebra", "okapi", "gnu", "127.0.0.1", "sciatica") if word in log]


def test_metrics_stay_on_the_machine(before: Front) -> None:
    assert send(before, "GET", "/metrics")[0] == 404


@pytest.mark.parametrize(("size", "status"), [(64 * 1024 + 1, 413), (200 * 1024, 413)])
def test_large_body_is_refused(before: Front, size: int, status: int) -> None:
    body = json.dumps({"question": "a", "history": []})
    assert send(before, "POST", "/api/v1/chat", body + " " * (size - len(body)), JSON)[0] == status


def test_page_helps_when_nothing_answers(before_nothing: Front) -> None:
    for path in ("/", "/articles/sciatica", "/embed/v1/panel", "/staff/"):
        status, headers, text = send(before_nothing, "GET", path)
        assert status == 503
        assert headers["Content-Type"] == "text/html; charset=utf-8"
        assert headers["Retry-After"] == "5"
        assert disclaimer(Settings()) in unescape(" ".join(text.split()))
        assert 'href="tel:988"' in text
        (hashed,) = re.findall(r"'sha256-[^']+'", text)
        # The page says itself which style it has; the header must allow that one and no other.
        assert f"style-src {hashed};" in headers["Content-Security-Policy"]


def test_program_gets_a_problem_document_when_nothing_answers(before_nothing: Front) -> None:
    status, headers, text = ask(before_nothing)
    body = json.loads(text)
    assert (status, body["status"]) == (503, 503)
    assert headers["Content-Type"].startswith("application/problem+json")
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert body["disclaimer"] == disclaimer(Settings())
    assert "not running" in body["detail"]


def test_the_chatbot_s_own_503_is_passed_on(tmp_path: Path) -> None:
    (tmp_path / "empty" / "articles").mkdir(parents=True)
    port = free_port()
    process = gunicorn(tmp_path / "empty", port)
    try:
        with front.running(port) as running:
            end = time.monotonic() + STARTED_WITHIN_SECONDS
            while send(running, "GET", "/healthz")[0] != 200:
                assert time.monotonic() < end, "the chatbot does not start"
                time.sleep(0.2)
            status, _, text = ask(running)
        assert status == 503
        assert "not running" not in json.loads(text)["detail"]
    finally:
        process.terminate()
        process.communicate(timeout=40)


def test_second_process_answers_when_the_first_is_away(start_server: StartServer) -> None:
    chatbot = start_server()
    with front.running(free_port(), chatbot.port) as running:
        assert [ask(running)[0] for _ in range(8)] == [200] * 8
        assert "connect() failed" not in running.error_log()
