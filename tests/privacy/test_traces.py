"""200 marked questions through every surface, good and bad: afterwards no file, log, header or address holds a mark."""

from __future__ import annotations

import json
import logging
import random
import re
import socket
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from chatbot.answering.notices import disclaimer
from chatbot.services import Services
from chatbot.settings import RateLimit, Settings
from chatbot.storage import questions
from tests.test_server import StartServer, start_server

__all__ = ["start_server"]

MakeApp = Callable[..., Flask]
NUMBER = 200
JSON = "application/json"
OPINION = {"verdict": "answered", "helpful": False, "corpus_version": "x"}
MODES = ("off", "counts", "redacted")
QUESTIONS = (
    "can ketamine help sciatica {}",
    "what is {} please",
    "{} and the weather in lisbon",
    "I want to kill myself {}",
    "I took too much {} ketamine",
    "my husband hits me {}",
    "I am addicted to ketamine {}",
    "chest pain and I cannot breathe {}",
    "my email is {}@mail.example, does it help sciatica",
    "¿cuánto dura el alivio {}?",
)
URGENT = re.compile("kill|too much|hits|addicted|chest|email|¿")
# questions of which no word may be kept whatever is set


def marks() -> list[str]:
    """Return tokens that no article, list or name holds; letters only, so that nothing takes them for a number."""
    draw = random.Random(9)
    return ["zq" + "".join(draw.choice("bcdfghjklmnpqrstvwxz") for _ in range(10)) for _ in range(NUMBER)]


class Trail:
    """Sends marked questions and remembers all that came back and was written down."""

    def __init__(self, app: Flask, log: pytest.LogCaptureFixture) -> None:
        self.app = app
        self.wired: Services = app.extensions["chatbot"]
        self.log = log
        self.heads: list[str] = []
        # addresses and headers of every reply

    @property
    def client(self) -> FlaskClient:
        return self.app.test_client()

    def sent(self, reply: TestResponse) -> TestResponse:
        assert "Set-Cookie" not in reply.headers
        self.heads.append(f"{reply.status} {reply.request.path} {reply.headers}")
        return reply

    def ask(self, text: str, first: int, step: int) -> None:
        for surface in SURFACES[first % len(SURFACES) :: step]:
            self.sent(surface(self.client, text))

    def stored(self) -> Iterator[tuple[str, bytes]]:
        """Yield all that outlives a request: every file of the instance, the log, the heads, the metrics."""
        self.wired.journal.flush()
        for path in self.wired.settings.instance.parent.rglob("*"):
            if path.is_file():
                yield str(path), path.read_bytes()
        yield "the log", self.log.text.encode()
        yield "headers and addresses", "\n".join(self.heads).encode()
        yield "metrics", self.client.get("/metrics").data

    def found(self, tokens: list[str]) -> list[tuple[str, str]]:
        return [(place, token) for place, held in self.stored() for token in tokens if token.encode() in held]


def _json(client: FlaskClient, body: object, **more: object) -> TestResponse:
    return client.post("/api/v1/chat", json=body, **more)  # type: ignore[arg-type]


SURFACES: tuple[Callable[[FlaskClient, str], TestResponse], ...] = (
    lambda client, text: _json(client, {"question": text}),
    lambda client, text: _json(client, {"question": "and that?", "history": [text]}),
    lambda client, text: client.post("/", data={"question": text}),
    lambda client, text: client.post("/embed/v1/panel", data={"question": text}),
    lambda client, text: client.post("/", data={"question": "and that?", "earlier": [text]}),
    lambda client, text: client.post("/", data={"question": text * 200}),
    lambda client, text: _json(client, {"question": text * 200}),
    lambda client, text: _json(client, {"question": [text]}),
    lambda client, text: _json(client, {text: text}),
    lambda client, text: _json(client, {"question": text, "limit": 99}),
    lambda client, text: client.post("/api/v1/chat", data=f'{{"question": "{text}'.encode(), content_type=JSON),
    lambda client, text: client.post("/api/v1/chat", data=text.encode(), content_type="text/plain"),
    lambda client, text: client.post("/api/v1/chat", data=text.encode() * 9000, content_type=JSON),
    lambda client, text: client.post("/api/v1/feedback", json={**OPINION, "passage": f"sciatica#{text}"}),
    lambda client, text: client.post("/api/v1/feedback", json={**OPINION, "verdict": text}),
    lambda client, text: client.put("/api/v1/chat", json={"question": text}),
    lambda client, text: client.post("/staff/sign-in", data={"name": text, "password": text}),
)


@pytest.fixture
def make_trail(make_app: MakeApp, caplog: pytest.LogCaptureFixture) -> Callable[..., Trail]:
    caplog.set_level(logging.DEBUG)
    return lambda **changes: Trail(make_app(**changes), caplog)


@pytest.mark.parametrize("mode", MODES)
def test_of_200_marked_questions_nothing_is_left_but_what_was_allowed(
    make_trail: Callable[..., Trail], mode: str
) -> None:
    trail, tokens = make_trail(question_log=mode), marks()
    texts = [QUESTIONS[number % len(QUESTIONS)].format(token) for number, token in enumerate(tokens)]
    for number, text in enumerate(texts):
        # With counts each question goes through every surface, else through one, all in turn: that takes a third.
        everywhere = mode == "counts"
        trail.ask(text, 0 if everywhere else number // len(QUESTIONS), 1 if everywhere else len(SURFACES))
    found = trail.found(tokens)
    if mode != "redacted":
        assert found == []
        return
    private = [token for token, text in zip(tokens, texts, strict=True) if URGENT.search(text)]
    assert {Path(place).name.partition("-")[0] for place, _ in found} == {"chatbot.db"}
    assert not {token for _, token in found} & set(private)
    with trail.wired.database.reading() as session:
        kept = [row.text for row in questions.texts(session)]
    assert kept
    assert all(text == text.lower() and "@" not in text for text in kept)
    assert {token for _, token in found} == {token for token in tokens if token in " ".join(kept)}


@pytest.mark.parametrize("mode", MODES)
def test_refused_for_asking_too_often_leaves_no_trace(make_trail: Callable[..., Trail], mode: str) -> None:
    trail, tokens = make_trail(question_log=mode, rate_limit=RateLimit(1, "hour")), marks()[:20]
    trail.sent(_json(trail.client, {"question": "what is sciatica"}))
    replies = [trail.sent(surface(trail.client, f"{token} sciatica")) for token in tokens for surface in SURFACES[:4]]
    assert sum(reply.status_code == 429 for reply in replies) > len(replies) / 2
    assert trail.found(tokens) == []


@pytest.mark.parametrize("mode", MODES)
def test_failure_inside_leaves_no_trace(
    make_trail: Callable[..., Trail], mode: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    trail, tokens = make_trail(question_log=mode), marks()[:20]

    def fail(text: str, *more: object) -> None:
        raise ValueError(f"cannot understand {text}")

    monkeypatch.setattr("chatbot.answering.answer.understand", fail)
    monkeypatch.setattr("chatbot.journal.is_foreign", fail)
    for token in tokens:
        for surface in SURFACES[:5]:
            trail.sent(surface(trail.client, f"{token} sciatica"))
    assert trail.found(tokens) == []
    assert "ValueError" in trail.log.text


def test_urgent_question_leaves_no_word_and_no_kind_in_log_and_metrics(make_trail: Callable[..., Trail]) -> None:
    trail = make_trail(question_log="redacted")
    for surface in SURFACES[:4]:
        trail.sent(surface(trail.client, "I want to kill myself zqurgent"))
    assert trail.found(["zqurgent"]) == []
    assert not re.search("suicid|kill|crisis|C1", trail.log.text)
    assert not re.search("suicid|kill|crisis|C1", trail.client.get("/metrics").text)


def test_answers_are_kept_by_no_cache(make_trail: Callable[..., Trail]) -> None:
    trail = make_trail()
    for surface in SURFACES:
        reply = trail.sent(surface(trail.client, "what is sciatica zqtoken"))
        assert reply.headers["Cache-Control"] == "no-store", reply.request.path
        assert reply.headers["Referrer-Policy"] == "same-origin"


def test_oembed_and_suggestions_write_nothing_down(make_trail: Callable[..., Trail]) -> None:
    # What is typed for completion does stand in an address; the server's own log has no addresses with their query.
    trail = make_trail(question_log="redacted")
    trail.client.get("/api/v1/suggestions?q=zqtyped")
    trail.client.get("/api/v1/suggestions?q=zqtyped&limit=999")
    trail.client.get("/oembed?url=http://localhost/articles/zqtyped&format=json")
    assert trail.found(["zqtyped"]) == []
    assert json.loads(trail.client.get("/api/v1/suggestions").data)["disclaimer"]


# --- requests that are not sound HTTP, sent to the real server -----------------------------------

VISITOR = "127.0.0.2"
# another address than the server's own, which stands in its log


def _request(first: str, *lines: str, body: str = "") -> str:
    return "\r\n".join([first, "Host: localhost", *lines, "", body])


MALFORMED: Mapping[str, tuple[Callable[[str], str], int | None]] = {
    # what is sent, and the status of the refusal; None where the server only closes, or answers as usual
    "words in the address": (lambda text: _request(f"GET /?question={text} HTTP/1.1"), 400),
    "words as the method": (lambda text: _request(f"{text} / HTTP/1.1"), 400),
    "words as the version": (lambda text: _request(f"GET / {text}"), 400),
    "no length, so that the body is the next request": (
        lambda text: _request("POST / HTTP/1.1", body=f"question={text}\r\n\r\n"),
        400,
    ),
    "no length, and two lines of a body": (
        lambda text: _request("POST / HTTP/1.1", body=f"question={text}\r\n{text}\r\n\r\n"),
        400,
    ),
    "a length that is too short": (
        lambda text: _request("POST / HTTP/1.1", "Content-Length: 9", body=f"question={text}\r\n\r\n"),
        400,
    ),
    "a length in words": (lambda text: _request("POST / HTTP/1.1", f"Content-Length: {text}"), 400),
    "words as a header's name": (lambda text: _request("GET / HTTP/1.1", f"{text}: x"), 400),
    "words without a colon": (lambda text: _request("GET / HTTP/1.1", text), 400),
    "a NUL in a header": (lambda text: _request("GET / HTTP/1.1", f"X-Question: {text}\0"), 400),
    "a folded header": (lambda text: _request("GET / HTTP/1.1", "X-Question: x", f" {text}"), 400),
    "words as the size of a chunk": (
        lambda text: _request("POST / HTTP/1.1", "Transfer-Encoding: chunked", body=f"{text}\r\n"),
        None,
    ),
    "a chunk without its end": (
        lambda text: _request("POST / HTTP/1.1", "Transfer-Encoding: chunked", body=f"2\r\n{text}\r\n0\r\n\r\n"),
        None,
    ),
    "an address too long": (lambda text: _request(f"GET /?question={text * 300} HTTP/1.1"), 414),
    "an expectation": (lambda text: _request("POST / HTTP/1.1", "Content-Length: 1", f"Expect: {text}"), 417),
    "a header too long": (lambda text: _request("GET / HTTP/1.1", f"X-Question: {text * 600}"), 431),
    "an unknown coding": (lambda text: _request("POST / HTTP/1.1", f"Transfer-Encoding: {text}"), 501),
    "cut off in the first line": (lambda text: f"GET /?question={text}", None),
    "cut off in the head": (lambda text: _request("POST / HTTP/1.1", f"X-Question: {text}")[:-4], None),
    "cut off in the body": (
        lambda text: _request("POST / HTTP/1.1", "Content-Length: 999", body=f"question={text}"),
        None,
    ),
    "sound, with words in the address": (lambda text: _request(f"GET /{text.replace(' ', '-')} HTTP/1.1"), None),
}


def sent_raw(port: int, request: str) -> str:
    """Send a request byte by byte from VISITOR's address and return all that came back."""
    with socket.create_connection(("127.0.0.1", port), timeout=10, source_address=(VISITOR, 0)) as line:
        line.sendall(request.encode("latin-1"))
        line.shutdown(socket.SHUT_WR)
        reply = b""
        try:
            while piece := line.recv(65536):
                reply += piece
        except ConnectionError:
            # Cut off, since the server did not read all: what came before counts.
            pass
    return reply.decode()


@pytest.mark.parametrize("worker", [[], ["--worker-class=sync", "--threads=1"]], ids=["our worker", "gunicorn's own"])
def test_malformed_requests_to_the_real_server_leave_no_trace(
    start_server: StartServer, corpus: Path, worker: list[str]
) -> None:
    server = start_server("--log-level=debug", *worker, CHATBOT_QUESTION_LOG="redacted")
    tokens = marks()
    for number, (name, (write, status)) in enumerate(MALFORMED.items()):
        for token in tokens[number :: len(MALFORMED)]:
            reply = sent_raw(server.port, write(f"I want to die {token}"))
            if status and not worker:
                refusal = reply[reply.rindex("HTTP/1.1 ") :]
                assert refusal.startswith(f"HTTP/1.1 {status} "), name
                assert disclaimer(Settings()) in refusal, name
                assert token not in refusal, name
    server.process.terminate()
    log = server.process.communicate(timeout=40)[0]
    kept = {str(path): path.read_bytes() for path in corpus.parent.rglob("*") if path.is_file()}
    assert [(place, token) for place, held in kept.items() for token in tokens if token.encode() in held] == []
    assert [line for line in log.splitlines() if VISITOR in line or "die" in line or "zq" in line] == []
    for kind in ("InvalidHTTPVersion", "InvalidRequestMethod", "LimitRequestLine", "LimitRequestHeaders", "NoMoreData"):
        assert kind in log
