"""The shipped nginx in front of a run's own processes on loopback."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True, slots=True)
class Front:
    """An nginx with files in a folder of its own."""

    folder: Path
    port: int

    @property
    def url(self) -> str:
        return f"https://127.0.0.1:{self.port}"

    @contextlib.contextmanager
    def running(self, ports: Sequence[int]) -> Iterator[None]:
        """Run the shipped configuration with this run's ports, folders and a certificate of its own."""
        nginx = shutil.which("nginx") or "/usr/sbin/nginx"
        key, certificate = self.folder / "key.pem", self.folder / "certificate.pem"
        subject = ["-subj", "/CN=localhost", "-days", "2"]
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate, *subject],
            check=True,
            capture_output=True,
        )
        self.configure(ports)
        process = subprocess.Popen([nginx, "-c", str(self._written), "-g", "daemon off;"])
        time.sleep(1.0)
        try:
            yield
        finally:
            process.send_signal(signal.SIGQUIT)
            process.wait(timeout=30)

    def use(self, ports: Sequence[int]) -> None:
        """Hand requests to these processes only; those that were handed over before are answered all the same."""
        self.configure(ports)
        os.kill(int((self.folder / "nginx.pid").read_text()), signal.SIGHUP)
        time.sleep(1.0)

    def configure(self, ports: Sequence[int]) -> str:
        """Write the shipped configuration for these processes, and return it."""
        folder = self.folder
        servers = "\n".join(f"        server 127.0.0.1:{port} max_fails=2 fail_timeout=2s;" for port in ports)
        text = (ROOT / "deploy" / "nginx.conf").read_text("utf-8")
        for pattern, replacement in (
            (r"user www-data;", "" if os.geteuid() else "user www-data;"),
            (r"pid \S+;", f"pid {folder}/nginx.pid;"),
            (r"(error_log) \S+ crit", rf"\1 {folder}/error.log error"),
            (r"(access_log) \S+", rf"\1 {folder}/access.log"),
            (r" *server 127\.0\.0\.1:8000[^\n]*", servers),
            (r"\n    server \{\n        listen 80 .*?\n    \}\n", "\n"),
            (r" *listen \[::\]:443[^\n]*\n", ""),
            (r"listen 443", f"listen 127.0.0.1:{self.port}"),
            (r"ssl_certificate \S+;", f"ssl_certificate {folder}/certificate.pem;"),
            (r"ssl_certificate_key \S+;", f"ssl_certificate_key {folder}/key.pem;"),
            (r"/usr/share/chatbot/when-down/", f"{ROOT}/deploy/when-down/"),
        ):
            text = re.sub(pattern, replacement, text, flags=re.DOTALL if "listen 80" in pattern else 0)
        self._written.write_text(text, "utf-8")
        return text

    def statuses(self) -> Counter[str]:
        """Return how often nginx has answered with each status."""
        lines = (self.folder / "access.log").read_text("utf-8").splitlines()
        return Counter(line.split()[3] for line in lines)

    def errors(self) -> list[str]:
        """Return what nginx wrote down last."""
        return (self.folder / "error.log").read_text("utf-8").splitlines()[-20:]

    @property
    def _written(self) -> Path:
        return self.folder / "nginx.conf"
