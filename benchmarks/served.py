"""gunicorn processes and wrk on loopback, for the benchmarks that measure a served app."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

SCRIPT = Path(__file__).parent / "ask.lua"
OURS = "wsgi:app"
STARTED_WITHIN_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Load:
    """What a run of wrk saw."""

    requests_per_second: float
    failed: int
    # requests without an answer of 200
    p99_ms: float
    how: str = ""
    # they failed, counted by kind


def free_port() -> int:
    """Return a port of loopback that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextlib.contextmanager
def gunicorn(app: str, port: int, ready: str, **settings: str) -> Iterator[subprocess.Popen[bytes]]:
    """Serve an app on a port with the shipped configuration, and stop it in the end."""
    process = start_gunicorn(app, port, ready, settings)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(timeout=60)


def start_gunicorn(app: str, port: int, ready: str, settings: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """Start gunicorn and return once it answers at the path `ready`."""
    environment = {"PATH": os.environ["PATH"], "PORT": str(port), **settings}
    command = [sys.executable, "-m", "gunicorn", app]
    if app != OURS:
        # The same server without the shipped file, which looks after the chatbot alone.
        command += ["--config", os.devnull, "-k", "gthread", "--threads", "8", "--bind", f"127.0.0.1:{port}"]
    process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
    wait_for(f"http://127.0.0.1:{port}{ready}", process)
    return process


def wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    """Return once something answers at an address; raise RuntimeError when the process ends before."""
    end = time.monotonic() + STARTED_WITHIN_SECONDS
    while time.monotonic() < end and process.poll() is None:
        with contextlib.suppress(OSError):
            urllib.request.urlopen(url, timeout=5).close()
            return
        time.sleep(0.05)
    raise RuntimeError(f"nothing answers at {url}")


def load(url: str, seconds: int, connections: int = 8) -> Load:
    """Ask golden questions over so many connections without a pause; needs wrk."""
    wrk = start_load(url, seconds, connections)
    return read_load(wrk)


def start_load(url: str, seconds: int, connections: int = 8) -> subprocess.Popen[str]:
    """Start asking, and return at once."""
    if not shutil.which("wrk"):
        raise RuntimeError("wrk is missing; on Debian: apt-get install wrk")
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "10s", "-s", str(SCRIPT), url]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def read_load(wrk: subprocess.Popen[str]) -> Load:
    """Wait until the asking ends, and return what it saw."""
    said = wrk.communicate()[0]
    found = re.search(r"RESULT (\d+) (\d+) (\d+) (\d+)", said)
    if not found:
        raise RuntimeError(f"wrk said: {said}")
    requests, microseconds, failed, p99 = map(int, found.groups())
    how = re.search(r"FAILED (.*)", said)
    return Load(1e6 * requests / microseconds, failed, p99 / 1000, how[1] if how else "")
