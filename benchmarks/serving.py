"""Our server as `make run` starts it, and somebody else's site beside it, for what is measured in a browser."""

from __future__ import annotations

import contextlib
import http.server
import os
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from urllib.parse import urlsplit

START_SECONDS = 30


@contextlib.contextmanager
def our_server(
    home: str, host: str = "", app: str = "wsgi:app", settings: Mapping[str, str] | None = None
) -> Iterator[int]:
    """Start gunicorn at the address `home` with the shipped corpus, let `host` embed it, and wait until it answers.

    Yields the number of its process.
    """
    here = {"PORT": str(urlsplit(home).port), "CHATBOT_FRAME_ANCESTORS": host}
    environment = {**os.environ, **here, **(settings or {})}
    server = subprocess.Popen([sys.executable, "-m", "gunicorn", app], env=environment, stderr=subprocess.DEVNULL)
    try:
        wait_until(lambda: urllib.request.urlopen(f"{home}/readyz").status == 200)
        yield server.pid
    finally:
        server.terminate()
        server.wait()


@contextlib.contextmanager
def site(host: str, html: str) -> Iterator[None]:
    """Serve one page at the address `host`; its other addresses are empty."""

    class Page(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200 if self.path == "/" else 204)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            if self.path == "/":
                self.wfile.write(html.encode())

        def log_message(self, *arguments: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", urlsplit(host).port or 0), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def wait_until(holds: Callable[[], bool]) -> None:
    """Ask again until it holds; raise TimeoutError after START_SECONDS."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError):
            if holds():
                return
        time.sleep(0.1)
    raise TimeoutError("our server did not start")
