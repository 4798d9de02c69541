"""What a tutorial builds: Flask, the paragraphs of a folder, and BM25Okapi over `str.split`."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Flask, Response, jsonify, request
from rank_bm25 import BM25Okapi

from chatbot.values import Passage

SHOWN = 3


def make_naive(passages: Sequence[Passage]) -> Flask:
    """Build the app over these passages: no safety, no verdict, no highlights, no limit, no headers."""
    app = Flask("naive")
    index = BM25Okapi([passage.text.lower().split() for passage in passages])

    @app.post("/api/v1/chat")
    def chat() -> Response:
        scores = index.get_scores(request.get_json()["question"].lower().split())
        best = scores.argsort()[::-1][:SHOWN]
        found = [passages[row] for row in best]
        return jsonify({"passages": [{"text": passage.text, "title": passage.title} for passage in found]})

    return app
