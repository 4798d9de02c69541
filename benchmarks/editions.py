"""An article in numbered editions, visitors who ask for it, and what their answers give away."""

from __future__ import annotations

import http.client
import json
import re
import time
from bisect import bisect_right
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.crowd import Crowd
from chatbot.corpus.writer import hold, write

SLUG = "gardening"
ASKED = json.dumps({"question": "when may I garden again after a ketamine infusion?", "limit": 10}).encode()
LOST_SECONDS = 30.0
# after which an answer counts as never given, and an edition as never served


def publish(folder: Path, edition: int) -> None:
    """Put an edition of the article in the place of the one before, as the console does."""
    source = (
        "---\ntitle: Gardening and ketamine\nsource:\n  name: Example\n  url: https://example.org/gardening\n---\n\n"
        "## When to garden again\n\n"
        f"By edition {edition} of this leaflet, people garden again on the morning after a ketamine infusion.\n\n"
        f"Until then, says edition {edition}, whoever had a ketamine infusion leaves the garden alone.\n"
    )
    # Longer than staff would wait: at its first start over many articles the server writes down what it found.
    with hold(folder, 4 * LOST_SECONDS):
        write(folder, f"articles/{SLUG}.md", source.encode())


@dataclass(frozen=True, slots=True)
class Told:
    """What one answer said."""

    asked_at: float
    seconds: float
    version: str
    editions: frozenset[int]


@dataclass(eq=False)
class Line:
    """A kept connection to the server."""

    port: int
    opens_again: bool = True
    # when the server had closed it between two questions, as any client does; then perhaps to another worker

    def __post_init__(self) -> None:
        self._line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=LOST_SECONDS)

    def ask(self) -> Told:
        """Ask once; raises OSError, HTTPException or ValueError for what is no answer."""
        asked_at = time.monotonic()
        try:
            reply = self._send()
        except (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError):
            if not self.opens_again:
                raise
            self._line.close()
            reply = self._send()
        body = json.loads(reply)
        texts = [passage["text"] for passage in body["passages"] if passage["id"].startswith(f"{SLUG}#")]
        if len(texts) < 2:
            raise ValueError(f"{len(texts)} passages of the article")
        editions = frozenset(int(number) for text in texts for number in re.findall(r"edition (\d+)", text))
        return Told(asked_at, time.monotonic() - asked_at, body["corpus_version"], editions)

    def worker(self, candidates: Sequence[int]) -> int | None:
        """Return which of these processes holds the other end, None while none of them does."""
        name = self._line.sock.getsockname()[1]
        ends = f":{self.port:04X} 0100007F:{name:04X} "
        table = Path("/proc/net/tcp").read_text("ascii").splitlines()
        inodes = {f"socket:[{row.split()[9]}]" for row in table if ends in row}
        return next((process for process in candidates if inodes & _open(process)), None)

    def close(self) -> None:
        """Hang up."""
        self._line.close()

    def _send(self) -> bytes:
        self._line.request("POST", "/api/v1/chat", ASKED, {"Content-Type": "application/json"})
        reply = self._line.getresponse()
        body = reply.read()
        if reply.status != 200:
            raise ValueError(f"status {reply.status}")
        return body


@dataclass
class Visitors(Crowd):
    """Clients that ask, together at most `rate` times a second, or without a pause for 0."""

    port: int
    clients: int
    rate: float = 0.0
    told: list[Told] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def tasks(self) -> list[Callable[[], None]]:
        """Ask by one client each."""
        return [self._ask] * self.clients

    def _ask(self) -> None:
        line = Line(self.port)
        pause = self.clients / self.rate if self.rate else 0.0
        while not self.done.wait(pause):
            try:
                self.told.append(line.ask())
            except (OSError, http.client.HTTPException, ValueError, KeyError) as error:
                self.failed.append(repr(error))
                line.close()
        line.close()


def mixed(told: Sequence[Told]) -> int:
    """Return how many answers hold two editions, or name a version that stands for another edition as well."""
    versions: dict[str, set[frozenset[int]]] = {}
    for each in told:
        versions.setdefault(each.version, set()).add(each.editions)
    return sum(len(each.editions) != 1 or len(versions[each.version]) != 1 for each in told)


def fallen_back(told: Sequence[Told], everywhere: Sequence[tuple[float, int]]) -> int:
    """Return how many answers are older than what every worker had answered from when they were asked.

    everywhere: when, and which edition every worker had answered from by then; in order.
    """
    times = [at for at, _ in everywhere]
    count = 0
    for each in told:
        known = bisect_right(times, each.asked_at)
        count += known > 0 and min(each.editions, default=-1) < everywhere[known - 1][1]
    return count


def _open(process: int) -> set[str]:
    """Return what the open files of a process lead to."""
    found = set()
    for number in Path(f"/proc/{process}/fd").iterdir():
        with suppress(OSError):
            found.add(str(number.readlink()))
    return found
