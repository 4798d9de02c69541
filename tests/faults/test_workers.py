"""Workers that are killed, hang or run out of memory, and a server that is told to stop while it is asked."""

from __future__ import annotations

import contextlib
import math
import os
import resource
import signal
import socket
import time
import urllib.error
from collections.abc import Callable
from http.client import HTTPException, IncompleteRead
from pathlib import Path

import pytest

from tests.test_server import CLIENTS, Server, StartServer, Visitors, publish

THREADS = 8
# of gunicorn.conf.py
PATIENTLY_SECONDS = 40.0
# for a worker to be missed and another one to boot, beside whatever else this machine does
NEVER_ACCEPTED = (ConnectionRefusedError, ConnectionResetError)


def workers(server: Server) -> set[int]:
    master = server.process.pid
    return {int(pid) for pid in Path(f"/proc/{master}/task/{master}/children").read_text().split()}


def until(holds: Callable[[], bool]) -> float:
    """Wait until something holds and return how many seconds that took."""
    begun = time.monotonic()
    while not holds():
        assert time.monotonic() - begun < PATIENTLY_SECONDS, "it has never come to that"
        time.sleep(0.05)
    return time.monotonic() - begun


def file_time(worker: int) -> float:
    """Return the time of the file by which gunicorn tells that a worker lives; infinite while it has none."""
    with contextlib.suppress(FileNotFoundError):
        for number in Path(f"/proc/{worker}/fd").iterdir():
            with contextlib.suppress(FileNotFoundError):
                if "wgunicorn-" in str(number.readlink()):
                    return number.stat().st_mtime
    return math.inf


def reports(worker: int) -> bool:
    """Tell whether a worker has told gunicorn that it lives.

    Only then is it missed as soon as it stops to: until then its file says by when it must have booted.
    """
    return file_time(worker) <= time.monotonic()


def answers(server: Server) -> bool:
    try:
        return bool(server.ask()[1])
    except OSError:
        return False


@pytest.fixture
def server(start_server: StartServer) -> Server:
    started = start_server("--workers=2", "--timeout=12")
    until(lambda: len(workers(started)) == 2 and all(reports(worker) for worker in workers(started)))
    return started


@pytest.mark.parametrize("signal_number", [signal.SIGKILL, signal.SIGSTOP], ids=["killed", "hung"])
def test_worker_that_dies_or_hangs_costs_at_most_what_it_was_answering(server: Server, signal_number: int) -> None:
    """A worker that hangs is missed after the time-out, here 12 seconds; one that boots needs some, too."""
    before = workers(server)
    victim = min(before)
    with Visitors(server) as visitors:
        time.sleep(0.5)
        os.kill(victim, signal_number)
        until(lambda: victim not in workers(server) and len(workers(server)) == 2)
        replaced_at = time.monotonic()
        until(lambda: any(asked > replaced_at for asked, *_ in visitors.answers))
    assert len(visitors.failures) <= CLIENTS, "one request of each visitor, at most, was in that worker"
    assert visitors.answers
    assert answers(server)


IMPATIENT = """
from pathlib import Path
exec(compile(Path("gunicorn.conf.py").read_text(), "gunicorn.conf.py", "exec"))
BOOT_SECONDS = 12
"""
BOOTS_BY = 60
# seconds from now: a later time of a worker's file is that of the calendar


def test_worker_that_hangs_while_it_boots_is_replaced(start_server: StartServer, tmp_path: Path) -> None:
    """With the shipped settings, but for 12 seconds in which a worker has to boot instead of 300."""
    impatient = tmp_path / "impatient.conf.py"
    impatient.write_text(IMPATIENT)
    server = start_server("--workers=2", "--timeout=6", f"--config={impatient}")
    until(lambda: len(workers(server)) == 2 and all(reports(worker) for worker in workers(server)))
    before = workers(server)
    os.kill(min(before), signal.SIGKILL)
    until(lambda: bool(workers(server) - before))
    (booting,) = workers(server) - before
    # Stopped between its birth and `post_fork` it would be waited for without end.
    until(lambda: file_time(booting) < time.monotonic() + BOOTS_BY)
    os.kill(booting, signal.SIGSTOP)
    assert not reports(booting)
    until(lambda: booting not in workers(server) and len(workers(server)) == 2)
    assert answers(server)


def test_answers_that_never_end_block_neither_the_others_nor_an_edit_nor_a_reload(
    start_server: StartServer, corpus: Path
) -> None:
    server = start_server("--graceful-timeout=2", "--timeout=10", "tests.faults.hanging:app")
    (old,) = workers(server)
    with contextlib.ExitStack() as lines:
        for _ in range(THREADS - 1):
            line = lines.enter_context(socket.create_connection(("127.0.0.1", server.port), PATIENTLY_SECONDS))
            line.sendall(b"GET /hang HTTP/1.1\r\nHost: x\r\n\r\n")
        until(lambda: server.get("/hanging")["now"] == THREADS - 1)
        before = server.ask()
        publish(corpus, 1)
        until(lambda: server.ask() != before)
        server.process.send_signal(signal.SIGHUP)
        # The old one cuts the endless answers off when its grace and gunicorn's time-out are over.
        until(lambda: old not in workers(server))
        until(lambda: answers(server))
        assert server.get("/hanging")["now"] == 0


def test_worker_out_of_memory_answers_with_words_or_is_replaced(start_server: StartServer) -> None:
    server = start_server()
    (worker,) = workers(server)
    pages = int(Path(f"/proc/{worker}/statm").read_text().split()[0])
    used = pages * resource.getpagesize()
    resource.prlimit(worker, resource.RLIMIT_AS, (used, resource.RLIM_INFINITY))
    told: list[int] = []
    for number in range(12):
        body = b'{"question": "%s"}' % (b"does ketamine help sciatica %d " % number * 60)
        try:
            server.get("/api/v1/chat", body)
            told.append(200)
        except urllib.error.HTTPError as error:
            told.append(error.code if error.headers["Content-Type"] == "application/problem+json" else -1)
        except (OSError, HTTPException):
            # Cut off: the worker is gone, and the next one is not limited.
            told.append(0)
    assert set(told) <= {200, 500, 503, 0}
    if worker in workers(server):
        resource.prlimit(worker, resource.RLIMIT_AS, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    until(lambda: answers(server))


def test_stop_under_load_cuts_no_answer(start_server: StartServer) -> None:
    server = start_server("--workers=2")
    with Visitors(server) as visitors:
        until(lambda: len(visitors.answers) > CLIENTS)
        server.process.terminate()
        assert server.process.wait(timeout=PATIENTLY_SECONDS) == 0
    reasons = [getattr(failure, "reason", failure) for failure in visitors.failures]
    assert not any(isinstance(failure, IncompleteRead) for failure in visitors.failures)
    assert all(isinstance(reason, NEVER_ACCEPTED) for reason in reasons), {repr(reason) for reason in reasons}


def test_four_reloads_in_a_row_lose_no_answer(start_server: StartServer) -> None:
    """Visitors may wait as long as workers take to boot."""
    server = start_server("--workers=2")
    server.timeout_seconds = PATIENTLY_SECONDS
    with Visitors(server) as visitors:
        for _ in range(4):
            before = workers(server)
            server.process.send_signal(signal.SIGHUP)
            until(lambda before=before: not before & workers(server))
    assert visitors.failures == []
    assert visitors.answers
