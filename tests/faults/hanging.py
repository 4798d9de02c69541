"""The app with one address more, whose answer never ends."""

from __future__ import annotations

import itertools
import threading

from chatbot.app import create_app

app = create_app()
_begun = itertools.count(1)
_hanging = [0]


@app.get("/hang")
def hang() -> str:
    _hanging[0] = next(_begun)
    threading.Event().wait()
    return ""


@app.get("/hanging")
def hanging() -> dict[str, int]:
    return {"now": _hanging[0]}
