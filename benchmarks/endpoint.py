"""CPU per chat request with everything on, beside the least that Flask can do and what a tutorial builds."""

from __future__ import annotations

import argparse
import io
import json
import statistics
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask

from benchmarks.corpora import SHIPPED, generated, passages_of, write_folder
from benchmarks.hello import app as hello
from benchmarks.naive import make_naive
from chatbot.app import create_app
from chatbot.corpus.reader import read_corpus
from chatbot.settings import RateLimit, Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from _typeshed.wsgi import WSGIApplication

SIZES = (0, 1_000, 10_000)
# passages; 0 is the shipped corpus
ROUNDS = 9
MOST = RateLimit(100_000, "minute")
# the limit is on, and never reached

Call = Callable[[bytes], bytes]


def main() -> int:
    """Measure and print every size."""
    wanted = _arguments()
    bodies = question_bodies(SHIPPED)
    print(f"{'passages':>10}{'':2}{'':<10}{'µs of CPU':>10}{'x hello':>9}")
    for size in wanted.sizes:
        with corpus_folder(size) as folder, running(folder) as ours:
            passages = passages_of(read_corpus(folder).articles)
            naive = make_naive(passages)
            times = cpu_microseconds({"hello": hello, "ours": ours, "naive": naive}, bodies, wanted.rounds)
        for name, spent in times.items():
            print(f"{len(passages):>10}  {name:<10}{spent:>10.1f}{spent / times['hello']:>9.2f}", flush=True)
    return 0


@contextmanager
def corpus_folder(size: int) -> Iterator[Path]:
    """Yield a folder with a corpus of so many passages; the shipped one for 0."""
    if not size:
        yield SHIPPED
        return
    with tempfile.TemporaryDirectory() as folder:
        yield write_folder(generated(size), Path(folder))


@contextmanager
def running(folder: Path) -> Iterator[Flask]:
    """Yield the app over a folder with everything on, watching its files."""
    app = create_app(Settings(corpus=folder, rate_limit=MOST))
    library = app.extensions["chatbot"].library
    library.start()
    try:
        yield app
    finally:
        library.stop()


def question_bodies(folder: Path) -> tuple[bytes, ...]:
    """Return a chat request for each golden question of a corpus."""
    asked = tomllib.loads((folder / "questions.toml").read_text("utf-8"))["question"]
    return tuple(json.dumps({"question": each["ask"], "history": [], "limit": 3}).encode() for each in asked)


def cpu_microseconds(apps: Mapping[str, Flask], bodies: Sequence[bytes], rounds: int = ROUNDS) -> dict[str, float]:
    """Return the CPU microseconds per request of each app: the median over interleaved rounds of each round's mean.

    Requests go straight into the WSGI app, since a test client costs more than what is measured. Processor time of the
    whole process counts. A first, uncounted round warms caches.
    """
    calls = {name: caller(app.wsgi_app) for name, app in apps.items()}
    spent: dict[str, list[float]] = {name: [] for name in apps}
    for turn in range(rounds + 1):
        for name, call in calls.items():
            started = time.process_time()
            for body in bodies:
                call(body)
            if turn:
                spent[name].append(1e6 * (time.process_time() - started) / len(bodies))
    return {name: statistics.median(times) for name, times in spent.items()}


def caller(app: WSGIApplication) -> Call:
    """Return a function that posts a body to the chat as a server would, and checks that it was answered."""

    def call(body: bytes) -> bytes:
        said: list[str] = []

        def start_response(
            status: str, headers: Iterable[object], exc_info: object = None
        ) -> Callable[[bytes], object]:
            said.append(status)
            return said.append  # type: ignore[return-value]

        pieces = app(environ(body), start_response)
        reply = b"".join(pieces)
        if close := getattr(pieces, "close", None):
            close()
        if said[0] != "200 OK":
            raise RuntimeError(f"{said[0]}: {reply.decode()}")
        return reply

    return call


def environ(body: bytes) -> dict[str, object]:
    """Return what gunicorn hands over for a chat request."""
    return {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": "/api/v1/chat",
        "SCRIPT_NAME": "",
        "QUERY_STRING": "",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "REMOTE_PORT": "40000",
        "HTTP_HOST": "127.0.0.1:8000",
        "HTTP_USER_AGENT": "benchmark",
        "HTTP_ACCEPT": "application/json",
        "CONTENT_TYPE": "application/json",
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.endpoint", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES), help="passages; 0 is the shipped corpus")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
