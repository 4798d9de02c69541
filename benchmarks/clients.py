"""Clients over kept connections that do as browsers do when the server closes one between two questions."""

from __future__ import annotations

import http.client
import json
import ssl
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial

from benchmarks.corpora import SHIPPED
from benchmarks.crowd import Crowd
from benchmarks.endpoint import question_bodies

ANSWERED, ASKED_AGAIN = "answered", "asked again"
TIMEOUT_SECONDS = 30.0
CLOSED = (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError, ssl.SSLEOFError)


def tls_line(port: int) -> http.client.HTTPConnection:
    """Return a connection over TLS; the certificate of a run is signed by nobody."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return http.client.HTTPSConnection("127.0.0.1", port, timeout=TIMEOUT_SECONDS, context=context)


@dataclass
class Clients(Crowd):
    """Ask golden questions without a pause, each over a connection that it keeps.

    A connection that the server closed before a byte of the answer came is opened again and the question asked once
    more, as browsers do with one that was used before (RFC 9112, 9.3.1): a server may close a connection that it
    believes idle in the very moment in which a question is on its way.
    """

    port: int
    count: int = 8
    line: Callable[[int], http.client.HTTPConnection] = tls_line
    # opens a connection to a port
    asked: Counter[str] = field(default_factory=Counter)
    # ANSWERED, ASKED_AGAIN and each kind of failure

    def tasks(self) -> Iterator[Callable[[], None]]:
        """Ask by one client each, which begin at different questions."""
        return (partial(self._ask, number) for number in range(self.count))

    @property
    def count_of_all(self) -> int:
        """How many questions were asked, each counted once."""
        return self.asked.total() - self.asked[ASKED_AGAIN]

    @property
    def failed(self) -> int:
        """How many of them got no answer."""
        return self.count_of_all - self.asked[ANSWERED]

    def _ask(self, number: int) -> None:
        line = self.line(self.port)
        questions, seen = question_bodies(SHIPPED), Counter[str]()
        while not self.done.is_set():
            number += 1
            try:
                seen[self._sent(line, questions[number % len(questions)], seen)] += 1
            except (OSError, http.client.HTTPException, ValueError) as error:
                seen[repr(error)] += 1
                line.close()
        line.close()
        self.asked.update(seen)

    def _sent(self, line: http.client.HTTPConnection, body: bytes, seen: Counter[str]) -> str:
        was_used = line.sock is not None
        try:
            return _answer(line, body)
        except CLOSED:
            line.close()
            if not was_used:
                raise
        seen[ASKED_AGAIN] += 1
        return _answer(line, body)


def _answer(line: http.client.HTTPConnection, body: bytes) -> str:
    line.request("POST", "/api/v1/chat", body, {"Content-Type": "application/json"})
    reply = line.getresponse()
    said = reply.read()
    if reply.status != 200:
        return f"status {reply.status}"
    return ANSWERED if json.loads(said)["disclaimer"] else "no disclaimer"
