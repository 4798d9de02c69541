"""The least that a Flask endpoint of this kind can do: read JSON, return 2 KB of fixed JSON."""

from __future__ import annotations

from flask import Flask, Response, jsonify, request

REPLY = {"verdict": "answered", "passages": [{"id": f"article#{number}", "text": "x" * 580} for number in range(3)]}

app = Flask("hello")


@app.post("/api/v1/chat")
def chat() -> Response:
    """Return the same answer to every question."""
    request.get_json()
    return jsonify(REPLY)


@app.get("/healthz")
def health() -> Response:
    """Say that the process lives."""
    return jsonify({"status": "alive"})
