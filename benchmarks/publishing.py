"""Articles published one after the other while visitors ask: is an answer lost, mixed or late?

`python -m benchmarks.publishing [--publishes 200] [--every 2] [--passages 10000] [--clients 8] [--rate 0]`

One article says in two paragraphs which edition it is. Each publish writes the next edition through the writer that the
console uses; the one after it follows --every seconds later, and not before every worker has answered from it. A
connection to each worker, told apart by who holds its other end, says when that was. The clients ask without a pause,
or --rate times a second together. Of each answer is noted which edition its passages are of and which version of the
corpus it names. Afterwards, without visitors, the processor time of an edit is measured in a library of this process:
until its article is answered from, and in all.

Exit 1 when a request failed, an answer mixed two editions, a worker needed more than 2 seconds, or fell back to an
older edition; and above `--most-cpu` ms, where that is given. An edition that is not served within 30 s is given up.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import patch

from benchmarks.corpora import SHIPPED, generated, write_folder
from benchmarks.editions import LOST_SECONDS, Line, Visitors, fallen_back, mixed, publish
from benchmarks.served import OURS, free_port, gunicorn
from benchmarks.soak import workers
from chatbot import library
from chatbot.answering.notices import read_rules
from chatbot.settings import Settings

LIVE_SECONDS = 2.0
EDITS = 20
MOST_PUBLISHES = 2_000


@dataclass(frozen=True, slots=True)
class Published:
    """One publish: until when each worker had answered from it."""

    edition: int
    seconds: tuple[float, ...]
    # for each worker
    everywhere_at: float


def main() -> int:
    """Publish, print what was seen, and return 1 when something is broken."""
    wanted = _arguments()
    with tempfile.TemporaryDirectory() as name:
        folder = _folder(Path(name) / "corpus", wanted.passages)
        publish(folder, 0)
        settings = {
            "CHATBOT_CORPUS": str(folder),
            "CHATBOT_DATABASE_URL": f"sqlite:///{name}/instance/chatbot.db",
            "CHATBOT_RATE_LIMIT": "off",
            "WEB_CONCURRENCY": str(wanted.workers),
            # A connection that is closed for its idleness would come back to any worker.
            "GUNICORN_CMD_ARGS": "--keep-alive 75",
        }
        port = free_port()
        with (
            gunicorn(OURS, port, "/readyz", **settings) as server,
            _lines(port, server.pid, wanted.workers) as lines,
            Visitors(port, wanted.clients, wanted.rate) as visitors,
        ):
            published = [follow(folder, edition, lines, wanted.every) for edition in range(1, wanted.publishes + 1)]
        broken = _say(visitors, published)
        live, in_all = edit_milliseconds(folder, wanted.publishes + 1)
    print(f"an edit, ms of CPU: {_spread(live)} until it is answered from, {_spread(in_all)} in all")
    too_much = wanted.most_cpu is not None and statistics.median(live) > wanted.most_cpu
    return 1 if broken or too_much else 0


def follow(folder: Path, edition: int, lines: Sequence[Line], every_seconds: float) -> Published:
    """Publish an edition, wait until its time is over, and return when every worker had answered from it."""
    publish(folder, edition)
    begun = time.monotonic()
    waiting, seconds = list(lines), []
    while waiting and time.monotonic() - begun < LOST_SECONDS:
        told = {line: line.ask() for line in waiting}
        seconds += [each.asked_at + each.seconds - begun for each in told.values() if edition in each.editions]
        waiting = [line for line in waiting if edition not in told[line].editions]
        time.sleep(0.01)
    published = Published(edition, (*seconds, *(LOST_SECONDS for _ in waiting)), time.monotonic())
    time.sleep(max(0.0, begun + every_seconds - time.monotonic()))
    return published


def edit_milliseconds(folder: Path, first: int) -> tuple[list[float], list[float]]:
    """Return the CPU of each of EDITS edits in a library of this process: until it is answered from, and in all."""
    swapped: list[float] = []
    finish = library.checked

    def noted(*given: object) -> object:
        swapped.append(time.process_time())
        return finish(*given)  # type: ignore[arg-type]

    live, in_all = [], []
    kept = library.Library(
        Settings(corpus=folder, instance=folder.parent / "apart"),
        read_rules(),
        today=lambda: datetime(2026, 11, 27, tzinfo=UTC).date(),
    )
    kept.refresh()
    with patch("chatbot.library.checked", noted):
        for edition in range(first, first + EDITS):
            publish(folder, edition)
            begun = time.process_time()
            kept.refresh()
            live.append(1000 * (swapped[-1] - begun))
            in_all.append(1000 * (time.process_time() - begun))
    return live, in_all


@contextlib.contextmanager
def _lines(port: int, server: int, count: int) -> Iterator[tuple[Line, ...]]:
    """Yield one connection to each worker, all of which have to be found within LOST_SECONDS."""
    found: dict[int, Line] = {}
    end = time.monotonic() + LOST_SECONDS * count
    while len(found) < count:
        if time.monotonic() > end:
            raise RuntimeError(f"of {count} workers only {len(found)} answer")
        line = Line(port, opens_again=False)
        line.ask()
        worker = line.worker(workers(server))
        if worker is None or worker in found:
            line.close()
        else:
            found[worker] = line
        for each in found.values():
            each.ask()
    try:
        yield tuple(found.values())
    finally:
        for line in found.values():
            line.close()


def _say(visitors: Visitors, published: Sequence[Published]) -> bool:
    """Print what visitors and workers met; returns whether anything is broken."""
    told, failed = visitors.told, visitors.failed
    waits = sorted(each.seconds for each in told) or [LOST_SECONDS]
    live = sorted(seconds for each in published for seconds in each.seconds)
    late = sum(seconds > LIVE_SECONDS for seconds in live)
    two, back = mixed(told), fallen_back(told, [(each.everywhere_at, each.edition) for each in published])
    print(
        f"{len(published)} publishes, {len(told)} answers, {len(failed)} failed, {two} mixed, {back} from an older "
        f"edition than every worker had, {late} of {len(live)} times a worker needed more than {LIVE_SECONDS:.0f} s"
    )
    print(f"load of this machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    print(f"live in a worker after {_spread(live)} s; visitors waited {_spread([1000 * each for each in waits])} ms")
    for error in sorted(set(failed)):
        print(f"  {failed.count(error)} x {error}")
    return bool(failed or two or back or late or not told)


def _spread(values: Sequence[float]) -> str:
    ordered = sorted(values)
    return f"{statistics.median(ordered):.2f} (worst {ordered[-1]:.2f})"


def _folder(folder: Path, passages: int) -> Path:
    """Return a corpus of so many generated passages, or a copy of the shipped one for 0."""
    shutil.copytree(SHIPPED, folder)
    if passages:
        shutil.rmtree(folder / "articles")
        (folder / "questions.toml").unlink()
        write_folder(generated(passages), folder)
    return folder


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--publishes", type=int, default=200)
    parser.add_argument("--passages", type=int, default=0, help="of a generated corpus; the shipped one without it")
    parser.add_argument("--every", type=float, default=2.0, help="seconds from one publish to the next, at least")
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--rate", type=float, default=0.0, help="questions a second of all clients; 0: without a pause")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--most-cpu", type=float, help="ms of an edit until it is answered from, in the median")
    wanted = parser.parse_args()
    wanted.publishes = min(wanted.publishes, MOST_PUBLISHES)
    return wanted


if __name__ == "__main__":
    sys.exit(main())
