"""The real server: gunicorn with its workers, asked while the corpus changes."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.conftest import SCIATICA, write_corpus

ROOT = Path(__file__).parent.parent
STARTED_WITHIN_SECONDS = 20.0
SERVED_WITHIN_SECONDS = 2.0
CLIENTS = 4
QUESTION = json.dumps({"question": "can ketamine help sciatica?"}).encode()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass
class Server:
    """A gunicorn of our own, with the addresses to ask it."""

    process: subprocess.Popen[str]
    port: int
    timeout_seconds: float = 10.0

    def get(self, path: str, body: bytes | None = None) -> Mapping[str, object]:
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", data=body)
        request.add_header("Content-Type", "application/json")
        with urllib.request.urlopen(request, timeout=self.timeout_seconds) as reply:
            read: Mapping[str, object] = json.load(reply)
            return read

    def ask(self) -> tuple[str, str]:
        """Return the version and the text of the best passage."""
        reply = self.get("/api/v1/chat", QUESTION)
        return str(reply["corpus_version"]), str(reply["passages"][0]["text"])  # type: ignore[index]


StartServer = Callable[..., Server]


def gunicorn(corpus: Path, port: int, *arguments: str, folder: Path = ROOT, **settings: str) -> subprocess.Popen[str]:
    """Start the program in a folder, which is this one or a copy of it."""
    environment = {
        "PATH": os.environ["PATH"],
        "PORT": str(port),
        "CHATBOT_CORPUS": str(corpus),
        "CHATBOT_DATABASE_URL": f"sqlite:///{corpus.parent / 'instance' / 'chatbot.db'}",
        **settings,
    }
    return subprocess.Popen(
        [sys.executable, "-m", "gunicorn", *arguments],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


@pytest.fixture
def start_server(corpus: Path) -> Iterator[StartServer]:
    servers: list[Server] = []

    def start(*arguments: str, folder: Path = ROOT, **settings: str) -> Server:
        port = free_port()
        settings = {"CHATBOT_RATE_LIMIT": "off", **settings}
        server = Server(gunicorn(corpus, port, *arguments, folder=folder, **settings), port)
        servers.append(server)
        end = time.monotonic() + STARTED_WITHIN_SECONDS
        while time.monotonic() < end and server.process.poll() is None:
            with contextlib.suppress(OSError):
                server.get("/readyz")
                return server
            time.sleep(0.05)
        server.process.terminate()
        raise AssertionError(server.process.communicate()[0])

    yield start
    for server in servers:
        server.process.terminate()
        server.process.communicate(timeout=40)


@dataclass
class Visitors:
    """Clients that ask without a pause and note what they were told, and when."""

    server: Server
    answers: list[tuple[float, str, str]] = field(default_factory=list)
    # when it was asked, version, text
    failures: list[BaseException] = field(default_factory=list)
    done: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> Visitors:
        self.threads = [threading.Thread(target=self._ask) for _ in range(CLIENTS)]
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.done.set()
        for thread in self.threads:
            thread.join()

    def _ask(self) -> None:
        while not self.done.is_set():
            asked = time.monotonic()
            try:
                self.answers.append((asked, *self.server.ask()))
            except BaseException as error:
                self.failures.append(error)


def variant(number: int) -> str:
    return SCIATICA.replace("Small studies suggest", f"Study number {number} suggests")


def publish(corpus: Path, number: int) -> float:
    """Swap an article as a careful editor does, and return when."""
    fresh = corpus / "articles" / ".fresh"
    fresh.write_text(variant(number), encoding="utf-8")
    fresh.replace(corpus / "articles" / "sciatica.md")
    return time.monotonic()


@pytest.mark.parametrize("preload", [False, True], ids=["each worker loads", "preloaded"])
def test_every_worker_serves_a_change_within_two_seconds_and_no_answer_is_lost_or_mixed(
    start_server: StartServer, corpus: Path, preload: bool
) -> None:
    server = start_server("--workers=2", *(["--preload"] if preload else []))
    published: list[tuple[float, int]] = []
    with Visitors(server) as visitors:
        for number in range(1, 3):
            time.sleep(0.3)
            published.append((publish(corpus, number), number))
            time.sleep(SERVED_WITHIN_SECONDS + 0.3)
    assert visitors.failures == []
    texts_of: dict[str, set[str]] = {}
    for _, version, text in visitors.answers:
        texts_of.setdefault(version, set()).add(text)
    assert len(texts_of) == len(published) + 1
    assert all(len(texts) == 1 for texts in texts_of.values()), "an answer mixes two versions"
    for (at, number), (until, _) in zip(published, [*published[1:], (float("inf"), 0)], strict=True):
        late = [text for asked, _, text in visitors.answers if at + SERVED_WITHIN_SECONDS < asked < until]
        assert late
        assert all(f"Study number {number} " in text for text in late)


def test_broken_edit_is_listed_by_every_worker_while_the_last_good_version_is_served(
    start_server: StartServer, corpus: Path
) -> None:
    # Preloaded, so that both workers have seen the good version, however slowly the second one boots.
    server = start_server("--workers=2", "--preload")
    before = server.ask()
    write_corpus(corpus, sciatica="---\ntitle: [\n---\n\nText.\n")
    time.sleep(SERVED_WITHIN_SECONDS)
    for _ in range(10):
        assert server.ask() == before
        assert "sciatica.md" in json.dumps(server.get("/readyz")["problems"])


def test_reload_loses_no_answer(start_server: StartServer) -> None:
    server = start_server("--workers=2")
    with Visitors(server) as visitors:
        time.sleep(0.5)
        server.process.send_signal(signal.SIGHUP)
        time.sleep(3)
    assert visitors.failures == []
    assert visitors.answers


def test_one_worker_with_threads_is_the_default_and_the_address_is_said(start_server: StartServer) -> None:
    server = start_server()
    server.process.terminate()
    said = server.process.communicate(timeout=40)[0]
    assert f"Ask at http://127.0.0.1:{server.port}" in said
    assert said.count("Booting worker") == 1
    assert "chatbot.web.worker.Worker" in said


def test_body_in_pieces_is_cut_at_64_kb(start_server: StartServer) -> None:
    server = start_server()
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as line:
        line.sendall(
            b"POST /api/v1/chat HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
            b"Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
        )
        with contextlib.suppress(OSError):
            for _ in range(70):
                line.sendall(b"400\r\n" + b" " * 1024 + b"\r\n")
            line.sendall(b"0\r\n\r\n")
        assert line.recv(4096).startswith(b"HTTP/1.1 413 ")


@pytest.mark.parametrize(
    ("arguments", "settings", "sentence"),
    [
        (["--workers=2"], {}, "WEB_CONCURRENCY=1"),
        ([], {"WEB_CONCURRENCY": "3"}, "CHATBOT_RATE_LIMIT_STORAGE"),
        ([], {"CHATBOT_COPRUS": "x"}, "did you mean CHATBOT_CORPUS?"),
        ([], {"CHATBOT_RATE_LIMIT": "often"}, "write it as 30/minute"),
        ([], {"CHATBOT_RATE_LIMIT_STORAGE": "nonsense"}, "CHATBOT_RATE_LIMIT_STORAGE"),
    ],
)
def test_start_with_wrong_settings_stops_with_a_sentence_and_no_traceback(
    corpus: Path, arguments: list[str], settings: dict[str, str], sentence: str
) -> None:
    process = gunicorn(corpus, free_port(), *arguments, **settings)
    said = process.communicate(timeout=STARTED_WITHIN_SECONDS)[0]
    assert process.returncode != 0
    assert sentence in said
    assert "Traceback" not in said


def test_workers_count_together_for_metrics(start_server: StartServer) -> None:
    server = start_server("--workers", "2")
    for _ in range(12):
        server.ask()
    for _ in range(4):
        # Whichever worker is asked tells of all.
        with urllib.request.urlopen(f"http://127.0.0.1:{server.port}/metrics", timeout=10) as reply:
            assert 'chatbot_answers_total{verdict="answered"} 12.0' in reply.read().decode().splitlines()


def test_stopped_server_writes_down_what_was_just_asked(start_server: StartServer, corpus: Path) -> None:
    server = start_server(CHATBOT_QUESTION_LOG="counts")
    server.ask()
    server.process.terminate()
    server.process.wait(STARTED_WITHIN_SECONDS)
    with contextlib.closing(sqlite3.connect(corpus.parent / "instance" / "chatbot.db")) as line:
        assert line.execute("SELECT verdict, count FROM question_counts").fetchall() == [("answered", 1)]
