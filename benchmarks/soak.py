"""The same server under a steady load for a long time: errors, memory, open files, and reloads in between.

`python -m benchmarks.soak [--minutes 10] [--rate 100] [--reloads 4]`

Questions come from the shipped golden questions, over eight connections that are kept open, as an answered page does.
Memory and files are read from /proc for gunicorn's worker, twice a minute; growth is the last minute against minute
two (or the first tenth of a shorter run), when caches are full. A reload starts a new worker, whose memory starts anew,
so the reloads come in a part of their own after the soak. Exit 1 on an error, or on growth of 5 % or more.
"""

from __future__ import annotations

import argparse
import http.client
import itertools
import json
import os
import signal
import statistics
import sys
import time
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from benchmarks.crowd import Crowd
from benchmarks.serving import free_port, our_server

ROOT = Path(__file__).parent.parent
CLIENTS = 8
MOST_MINUTES = 60.0
GROWTH = 0.05


@dataclass
class Load(Crowd):
    """Clients that ask at a steady rate, together."""

    port: int
    rate: float
    # questions a second, of all clients
    waits: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def tasks(self) -> Iterator[Callable[[], None]]:
        """Ask by one client each, which begin at different questions."""
        asked = questions()
        for number in range(CLIENTS):
            yield partial(self._ask, itertools.islice(itertools.cycle(asked), number * 7, None))

    def _ask(self, asked: Iterator[bytes]) -> None:
        pause = CLIENTS / self.rate
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        due = time.monotonic()
        while not self.done.is_set():
            due += pause
            began = time.monotonic()
            try:
                connection.request("POST", "/api/v1/chat", next(asked), {"Content-Type": "application/json"})
                reply = connection.getresponse()
                body = reply.read()
                if reply.status != 200 or b'"disclaimer"' not in body:
                    self.errors.append(f"status {reply.status}")
            except (OSError, http.client.HTTPException) as error:
                connection.close()
                # A connection that the server had closed between two questions: any client asks again.
                if not isinstance(error, http.client.RemoteDisconnected | BrokenPipeError | ConnectionResetError):
                    self.errors.append(repr(error))
                    continue
                due -= pause
                continue
            self.waits.append(time.monotonic() - began)
            self.done.wait(max(0.0, due - time.monotonic()))


def questions() -> Sequence[bytes]:
    """Return the shipped golden questions as request bodies."""
    golden = tomllib.loads((ROOT / "corpus" / "questions.toml").read_text("utf-8"))
    texts = [entry["ask"] for group in golden.values() if isinstance(group, list) for entry in group if "ask" in entry]
    return [json.dumps({"question": text}).encode() for text in texts]


def workers(parent: int) -> list[int]:
    """Return the processes that gunicorn has started."""
    return [int(text) for text in Path(f"/proc/{parent}/task/{parent}/children").read_text("ascii").split()]


def memory_kb(process: int) -> int:
    """Return the memory that a process holds for itself and shares, in KB."""
    status = Path(f"/proc/{process}/status").read_text("ascii")
    return int(next(line for line in status.splitlines() if line.startswith("VmRSS:")).split()[1])


def open_files(process: int) -> int:
    """Return how many files and connections a process holds open."""
    return len(os.listdir(f"/proc/{process}/fd"))  # noqa: PTH208


def soak(server: int, load: Load, seconds: float) -> list[tuple[int, int]]:
    """Watch for that long; returns (memory in KB, open files) at even times."""
    every = min(30.0, seconds / 20)
    (worker,) = workers(server)
    seen = []
    for _ in range(int(seconds / every)):
        time.sleep(every)
        seen.append((memory_kb(worker), open_files(worker)))
        print(f"  {len(load.waits):>9} answers  {seen[-1][0] / 1024:8.1f} MB  {seen[-1][1]:>4} files", flush=True)
    return seen


def main() -> None:
    """Print what was seen, and the verdict."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--rate", type=float, default=100.0, help="questions a second")
    parser.add_argument("--reloads", type=int, default=4)
    chosen = parser.parse_args()
    seconds = min(chosen.minutes, MOST_MINUTES) * 60
    port = free_port()
    settings = {"CHATBOT_RATE_LIMIT": "off", "WEB_CONCURRENCY": "1"}
    with our_server(f"http://127.0.0.1:{port}", settings=settings) as server:
        with Load(port, chosen.rate) as load:
            seen = soak(server, load, seconds)
        told(load, "soak")
        settled = max(1, len(seen) // 5)
        begin, end = statistics.median(kb for kb, _ in seen[settled : settled * 2]), seen[-1][0]
        growth = end / begin - 1
        files = [count for _, count in seen[settled:]]
        print(f"memory {begin / 1024:.1f} -> {end / 1024:.1f} MB ({growth:+.1%}), files {min(files)} to {max(files)}")
        with Load(port, chosen.rate) as reloaded:
            for _ in range(min(chosen.reloads, 20)):
                time.sleep(3)
                os.kill(server, signal.SIGHUP)
            time.sleep(5)
        told(reloaded, f"{chosen.reloads} reloads")
    sys.exit(1 if load.errors or reloaded.errors or growth >= GROWTH else 0)


def told(load: Load, name: str) -> None:
    """Print how many were answered, how soon, and what went wrong."""
    waits = sorted(load.waits)
    at99 = waits[int(len(waits) * 0.99)]
    median = statistics.median(waits)
    print(
        f"{name}: {len(waits)} answers, {len(load.errors)} errors, median {median * 1000:.1f} ms, "
        f"99 % {at99 * 1000:.1f} ms, worst {waits[-1] * 1000:.0f} ms"
    )
    for error in sorted(set(load.errors)):
        print(f"  {load.errors.count(error)} x {error}")


if __name__ == "__main__":
    main()
