"""The whole start and one question with every way to the network shut."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
SHUT = """
import sys

TRIED = []

def guard(event, arguments):
    if event in ("socket.connect", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname", "urllib.Request"):
        TRIED.append((event, arguments[1:]))
        raise OSError(f"the network is shut: {event}")

sys.addaudithook(guard)
"""
ASK = """
from chatbot.app import create_app

client = create_app().test_client()
reply = client.post("/api/v1/chat", json={"question": "can ketamine help sciatica?"}).json
assert reply["verdict"] == "answered", reply
assert client.get("/").status_code == 200
assert not TRIED, TRIED
print("answered offline")
"""
PROVE = """
import socket

try:
    socket.create_connection(("127.0.0.1", 9), timeout=1)
except OSError as error:
    assert "shut" in str(error)
assert TRIED
print("shut")
"""


def run(program: str, corpus: Path) -> str:
    environment = {"PATH": os.environ["PATH"], "CHATBOT_CORPUS": str(corpus), "HOME": str(corpus)}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", SHUT + program],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return done.stdout + done.stderr


def test_start_and_answer_need_no_network(corpus: Path) -> None:
    assert run(ASK, corpus) == "answered offline\n"


def test_guard_shuts_the_network(corpus: Path) -> None:
    assert run(PROVE, corpus) == "shut\n"
