"""The shipped nginx configuration, run on loopback with ports, a certificate and a folder of its own."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import ssl
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.serving import free_port

ROOT = Path(__file__).parent.parent
SHIPPED = ROOT / "deploy" / "nginx.conf"
STARTED_WITHIN_SECONDS = 10.0


@dataclass(frozen=True)
class Front:
    """A running nginx."""

    folder: Path
    # holds its logs
    port: int
    # of TLS
    plain_port: int
    tls: ssl.SSLContext
    # trusts its certificate

    @property
    def certificate(self) -> Path:
        """What a client of another process has to trust."""
        return self.folder / "certificate.pem"

    def access_log(self) -> str:
        """Return what it wrote down about requests."""
        return (self.folder / "access.log").read_text("utf-8")

    def error_log(self) -> str:
        """Return what it wrote down about itself."""
        return (self.folder / "error.log").read_text("utf-8")


def nginx_program() -> str | None:
    """Return where nginx is; Debian keeps it off the path of ordinary users."""
    return shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")


def configuration(folder: Path, ports: Mapping[str, int], upstreams: Sequence[int]) -> str:
    """Return the shipped configuration with nothing but its places changed.

    ports: "tls" and "plain". Raises ValueError when a place is not found, so that no test runs on something else.
    """
    places = {
        "user www-data;\n": "",
        "pid /run/nginx.pid;": f"pid {folder}/nginx.pid;",
        "/var/log/nginx/": f"{folder}/",
        "listen 443 ssl": f"listen 127.0.0.1:{ports['tls']} ssl",
        "listen [::]:443 ssl http2 default_server;\n": "",
        "listen 80 ": f"listen 127.0.0.1:{ports['plain']} ",
        "listen [::]:80 default_server;\n": "",
        "/etc/ssl/certs/clinic.example.pem": f"{folder}/certificate.pem",
        "/etc/ssl/private/clinic.example.key": f"{folder}/key.pem",
        "/usr/share/chatbot/when-down/": f"{ROOT}/deploy/when-down/",
        "        server 127.0.0.1:8000 max_fails=2 fail_timeout=2s;\n": "".join(
            f"        server 127.0.0.1:{port} max_fails=2 fail_timeout=2s;\n" for port in upstreams
        ),
    }
    text = SHIPPED.read_text("utf-8")
    for shipped, here in places.items():
        if shipped not in text:
            raise ValueError(f"{SHIPPED.name} does not hold {shipped.strip()!r} any more")
        text = text.replace(shipped, here)
    temporary = "".join(
        f"    {name}_temp_path {folder}/{name};\n" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    return text.replace("http {\n", f"http {{\n{temporary}", 1)


@contextlib.contextmanager
def running(*upstreams: int, ports: Mapping[str, int] | None = None, root: str = "/") -> Iterator[Front]:
    """Run nginx before processes on these ports of loopback; stops it at the end.

    ports: "tls" and "plain"; free ones where none are given. root: what is shown at "/", for tools that look nowhere
    else.
    """
    program = nginx_program()
    if program is None:
        raise FileNotFoundError("nginx is not installed")
    folder = Path(tempfile.mkdtemp(prefix="front-"))
    ports = ports or {"tls": free_port(), "plain": free_port()}
    make_certificate(folder)
    text = configuration(folder, ports, upstreams)
    if root != "/":
        text = text.replace("        location / {", f"        rewrite ^/$ {root} last;\n        location / {{", 1)
    (folder / "nginx.conf").write_text(text, encoding="utf-8")
    # Workers run as nobody where root starts it, and must reach the folder and the pages in it.
    folder.chmod(0o755)
    started = [program, "-p", str(folder), "-c", str(folder / "nginx.conf"), "-g", "daemon off;"]
    process = subprocess.Popen(started, stderr=subprocess.PIPE, text=True)
    try:
        _wait(process, ports["tls"])
        trusting = ssl.create_default_context(cafile=str(folder / "certificate.pem"))
        yield Front(folder, ports["tls"], ports["plain"], trusting)
    finally:
        process.terminate()
        process.communicate(timeout=20)
        shutil.rmtree(folder, ignore_errors=True)


def make_certificate(folder: Path) -> None:
    """Write certificate.pem and key.pem for localhost."""
    made = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-days", "2"]
    files = ["-keyout", str(folder / "key.pem"), "-out", str(folder / "certificate.pem")]
    subprocess.run([*made, *names, *files], check=True, capture_output=True)


def _wait(process: subprocess.Popen[str], port: int) -> None:
    end = time.monotonic() + STARTED_WITHIN_SECONDS
    while time.monotonic() < end and process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.02)
    process.terminate()
    raise RuntimeError(f"nginx does not start: {process.communicate()[1]}")
