"""From process start to the first answer through gunicorn, and the memory of a worker, beside the least of Flask.

Processor time is that of gunicorn and its worker together, until the first chat request has been answered. Memory is
the worker's alone, some seconds and some hundred answers later, when all that loads by itself has loaded: Pss counts
what it shares with others in shares, Rss in full.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.endpoint import SHIPPED, corpus_folder, question_bodies
from benchmarks.served import OURS, free_port

ROOT = Path(__file__).parent.parent
ROUNDS, ANSWERS, REST_SECONDS = 5, 300, 8.0
WITHIN_SECONDS = 60.0
TICKS = os.sysconf("SC_CLK_TCK")
APPS: Mapping[str, str] = {"hello": "benchmarks.hello:app", "ours": OURS}


@dataclass(frozen=True, slots=True)
class Start:
    """What one start took."""

    seconds: float
    cpu_seconds: float
    pss_mb: float
    rss_mb: float


@dataclass(frozen=True, slots=True)
class Place:
    """Where a server is started, and with which settings."""

    folder: Path
    settings: Mapping[str, str]


def main() -> int:
    """Start each in turns and print."""
    wanted = _arguments()
    seen: dict[str, list[Start]] = {name: [] for name in APPS}
    with corpus_folder(wanted.size) as folder, tempfile.TemporaryDirectory() as instance:
        # Below the folder that it is started in lies what it keeps.
        place = Place(Path(instance), {"CHATBOT_CORPUS": str(folder.absolute()), "CHATBOT_RATE_LIMIT": "999999/minute"})
        for turn in range(wanted.rounds + 1):
            for name, app in APPS.items():
                start = measure(app, place, question_bodies(SHIPPED))
                if turn:
                    # The first start of ours keeps what the others find.
                    seen[name].append(start)
    middle = {name: _median(starts) for name, starts in seen.items()}
    least = middle["hello"]
    print(f"{'':10}{'s':>8}{'CPU s':>8}{'x hello':>9}{'Pss MB':>9}{'x hello':>9}{'Rss MB':>9}{'x hello':>9}")
    for name, one in middle.items():
        print(
            f"{name:<10}{one.seconds:>8.2f}{one.cpu_seconds:>8.2f}{one.cpu_seconds / least.cpu_seconds:>9.2f}"
            f"{one.pss_mb:>9.1f}{one.pss_mb / least.pss_mb:>9.2f}{one.rss_mb:>9.1f}{one.rss_mb / least.rss_mb:>9.2f}"
        )
    return 0


def measure(app: str, place: Place, bodies: Sequence[bytes]) -> Start:
    """Start a server, ask it, and stop it again."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", app, "--config", str(ROOT / "gunicorn.conf.py")]
    if app != OURS:
        command[-1] = os.devnull
        command += ["-k", "gthread", "--threads", "8", "--bind", f"127.0.0.1:{port}"]
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "PORT": str(port), **place.settings}
    began = time.monotonic()
    server = subprocess.Popen(command, cwd=place.folder, env=environment, stderr=subprocess.DEVNULL)
    try:
        _first_answer(port, bodies[0])
        took, spent = time.monotonic() - began, sum(map(_cpu_seconds, [server.pid, *_children(server.pid)]))
        time.sleep(REST_SECONDS)
        for number in range(ANSWERS):
            _ask(port, bodies[number % len(bodies)])
        (worker,) = _children(server.pid)
        memory = _memory_kb(worker)
        return Start(took, spent, memory["Pss"] / 1000, memory["Rss"] / 1000)
    finally:
        server.terminate()
        server.wait()


def _first_answer(port: int, body: bytes) -> None:
    end = time.monotonic() + WITHIN_SECONDS
    while time.monotonic() < end:
        try:
            _ask(port, body)
        except urllib.error.URLError:
            time.sleep(0.005)
        else:
            return
    raise TimeoutError("no answer")


def _ask(port: int, body: bytes) -> None:
    address = f"http://127.0.0.1:{port}/api/v1/chat"
    request = urllib.request.Request(address, body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=30) as reply:
        json.load(reply)


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def _memory_kb(pid: int) -> Mapping[str, int]:
    return dict(_lines(Path(f"/proc/{pid}/smaps_rollup").read_text()))


def _lines(text: str) -> Iterator[tuple[str, int]]:
    for line in text.splitlines()[1:]:
        name, _, rest = line.partition(":")
        yield name, int(rest.split()[0])


def _median(starts: Sequence[Start]) -> Start:
    return Start(
        *(
            statistics.median(getattr(each, name) for each in starts)
            for name in ("seconds", "cpu_seconds", "pss_mb", "rss_mb")
        )
    )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.start", description=__doc__)
    parser.add_argument("--size", type=int, default=0, help="passages; 0 is the shipped corpus")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
