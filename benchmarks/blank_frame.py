"""Our server with one page more, which holds nothing: what any frame costs at the least, for `benchmarks.widget`."""

from __future__ import annotations

from flask import Response

from chatbot.app import create_app

app = create_app()


@app.get("/embed/v1/blank")
def blank() -> Response:
    """Return the page."""
    return Response("<!doctype html><html lang=en><title>Blank</title><body>", mimetype="text/html")
