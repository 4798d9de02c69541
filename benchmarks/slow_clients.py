"""Slow clients against the shipped front server: does everybody else still get their answer?

`python -m benchmarks.slow_clients [--seconds 20] [--headers 400] [--bodies 400] [--readers 200] [--direct]`

All on loopback and bounded: that many connections which send their headers, or their body, a line a second, or read
their reply a byte a second, each begun again when it is closed. Meanwhile a visitor asks ten times a second.
--direct attacks gunicorn without the front server, for comparison.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import functools
import json
import multiprocessing
import socket
import ssl
import statistics
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field

from benchmarks import front
from benchmarks.serving import free_port, our_server

PROBE_SECONDS = 0.1
PATIENCE_SECONDS = 8.0
# A visitor who has waited this long is counted as lost.
QUESTION = json.dumps({"question": "how long does relief last?"}).encode()
PROBE = (
    b"POST /api/v1/chat HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nConnection: close\r\n"
    b"Content-Length: %d\r\n\r\n%s" % (len(QUESTION), QUESTION)
)
OPENING = b"POST /api/v1/chat HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
LARGE_PAGE = b"GET /articles/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"

Attack = Callable[["Target", float], Awaitable[None]]
Attacks = list[tuple[Attack, int]]
# each with its number of connections


@dataclass
class Target:
    """Where to connect."""

    port: int
    cafile: str | None
    # the certificate to trust; None speaks plain HTTP

    @functools.cached_property
    def tls(self) -> ssl.SSLContext | None:
        """What to shake hands with."""
        return ssl.create_default_context(cafile=self.cafile) if self.cafile else None

    async def open(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """Connect; the receive buffer is small, so that a slow reader is slow."""
        raw = socket.socket()
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        raw.setblocking(False)
        try:
            await asyncio.get_running_loop().sock_connect(raw, ("127.0.0.1", self.port))
            name = "localhost" if self.tls else None
            return await asyncio.open_connection(sock=raw, ssl=self.tls, server_hostname=name, limit=2048)
        except BaseException:
            raw.close()
            raise


@dataclass
class Waits:
    """What the visitor saw."""

    seconds: list[float] = field(default_factory=list)
    # of each probe that was answered
    lost: int = 0
    # probes with another status than 200, or none in time

    def line(self, name: str) -> str:
        """Return a line of the table."""
        waits = sorted(self.seconds) or [float("nan")]
        at95 = waits[min(len(waits) - 1, int(len(waits) * 0.95))]
        of = len(self.seconds) + self.lost
        return (
            f"{name:<34}{of:>8}{self.lost:>8}{statistics.median(waits) * 1000:>10.0f}"
            f"{at95 * 1000:>10.0f}{waits[-1] * 1000:>10.0f}"
        )


async def slow_headers(target: Target, until: float) -> None:
    """Send one header line a second, for ever."""
    await _drip(target, until, OPENING, b"X-Slow: 1\r\n")


async def slow_body(target: Target, until: float) -> None:
    """Promise a body and send one byte of it a second."""
    await _drip(target, until, OPENING + b"Content-Length: 60000\r\n\r\n", b" ")


async def slow_read(target: Target, until: float) -> None:
    """Ask for a page and read one byte of it a second."""
    while time.monotonic() < until:
        with contextlib.suppress(OSError, ssl.SSLError, asyncio.IncompleteReadError):
            reader, writer = await target.open()
            try:
                writer.write(LARGE_PAGE)
                while time.monotonic() < until and await reader.read(1):
                    await asyncio.sleep(1)
            finally:
                writer.transport.abort()
        await asyncio.sleep(0.2)


async def _drip(target: Target, until: float, opening: bytes, drop: bytes) -> None:
    while time.monotonic() < until:
        with contextlib.suppress(OSError, ssl.SSLError):
            _, writer = await target.open()
            try:
                writer.write(opening)
                while time.monotonic() < until and not writer.transport.is_closing():
                    writer.write(drop)
                    await writer.drain()
                    await asyncio.sleep(1)
            finally:
                writer.transport.abort()
        await asyncio.sleep(0.2)


async def probe(target: Target, waits: Waits) -> None:
    """Ask once as a visitor does, and note how long the whole answer took."""
    began = time.monotonic()
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            reader, writer = await target.open()
            try:
                writer.write(PROBE)
                reply = await reader.read(-1)
            finally:
                writer.transport.abort()
    except (OSError, TimeoutError, ssl.SSLError):
        reply = b""
    if reply.startswith(b"HTTP/1.1 200") and b'"verdict"' in reply:
        waits.seconds.append(time.monotonic() - began)
    else:
        waits.lost += 1


async def attack_all(attacks: Attacks, target: Target, seconds: float) -> None:
    """Keep every slow connection up for that long."""
    until = time.monotonic() + seconds
    await asyncio.gather(*(attack(target, until) for attack, count in attacks for _ in range(count)))


def attacking(attacks: Attacks, target: Target, seconds: float) -> None:
    """Attack from a process of its own: shaking hands a thousand times must not hold up the visitor's clock."""
    asyncio.run(attack_all(attacks, target, seconds))


async def visit(target: Target, seconds: float) -> Waits:
    """Ask ten times a second."""
    waits, probes, until = Waits(), [], time.monotonic() + seconds
    while time.monotonic() < until:
        probes.append(asyncio.create_task(probe(target, waits)))
        await asyncio.sleep(PROBE_SECONDS)
    await asyncio.gather(*probes)
    return waits


def under(attacks: Attacks, target: Target, seconds: float) -> Waits:
    """Run the attacks and ask meanwhile; the first two seconds let them build up."""
    attacker = multiprocessing.get_context("spawn").Process(target=attacking, args=(attacks, target, seconds + 2))
    attacker.start()
    time.sleep(2)
    waits = asyncio.run(visit(target, seconds))
    attacker.join()
    return waits


@contextlib.contextmanager
def targets(*, direct: bool) -> Iterator[Target]:
    """Start the chatbot, and the front server before it unless `direct`."""
    port = free_port()
    settings = {"CHATBOT_RATE_LIMIT": "off", "CHATBOT_TRUSTED_PROXIES": "0" if direct else "1"}
    with our_server(f"http://127.0.0.1:{port}", settings=settings):
        if direct:
            yield Target(port, None)
        else:
            with front.running(port) as running:
                yield Target(running.port, str(running.certificate))


def main() -> None:
    """Print what a visitor waits, undisturbed and under each attack."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=20.0, help="how long each attack lasts, at most 600")
    parser.add_argument("--headers", type=int, default=400)
    parser.add_argument("--bodies", type=int, default=400)
    parser.add_argument("--readers", type=int, default=200)
    parser.add_argument("--direct", action="store_true", help="attack gunicorn without the front server")
    chosen = parser.parse_args()
    seconds = min(chosen.seconds, 600.0)
    counts: list[tuple[str, Attacks]] = [
        ("undisturbed", []),
        (f"{chosen.headers} slow headers", [(slow_headers, chosen.headers)]),
        (f"{chosen.bodies} slow bodies", [(slow_body, chosen.bodies)]),
        (f"{chosen.readers} slow readers", [(slow_read, chosen.readers)]),
        ("all together", [(slow_headers, chosen.headers), (slow_body, chosen.bodies), (slow_read, chosen.readers)]),
    ]
    print(f"{'':<34}{'asked':>8}{'lost':>8}{'median':>10}{'95 %':>10}{'worst ms':>10}")
    lost = 0
    for name, attacks in counts:
        with targets(direct=chosen.direct) as target:
            waits = under(attacks, target, seconds)
        print(waits.line(name), flush=True)
        lost += waits.lost
    sys.exit(1 if lost and not chosen.direct else 0)


if __name__ == "__main__":
    main()
