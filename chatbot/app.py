"""The app: the only room that knows all others."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from chatbot import commands
from chatbot.answering.notices import disclaimer
from chatbot.library import Library
from chatbot.services import Services
from chatbot.settings import Settings, read_settings
from chatbot.shelf import shipped_rules
from chatbot.web import chat, embed, metrics, openapi, operations, pages, problems, reading, security
from chatbot.web.console import ConsoleDoor
from chatbot.web.lane import ChatLane
from chatbot.web.limits import AskLimit

TEMPLATES = Path(__file__).parent.parent / "templates"


def create_app(settings: Settings | None = None) -> Flask:
    """Build the app with its corpus read; without settings, those of the environment count.

    An app without a single article starts too: it says so at /readyz and recovers when files appear. Raises
    SettingsError when a setting is wrong, and CorpusError when the shipped safety rules are.
    """
    with _uncollected():
        return _app(settings or read_settings(os.environ))


@contextmanager
def _uncollected() -> Iterator[None]:
    """Put garbage collection off: what a start makes stays, and searching it again took a third of the CPU."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _app(settings: Settings) -> Flask:
    library = Library(settings, shipped_rules(settings))
    library.refresh()
    app = _bare()
    wired = Services(settings, library)
    # gunicorn.conf.py sets the folder where several processes count together.
    counted = metrics.Metrics(wired, os.environ.get("PROMETHEUS_MULTIPROC_DIR"))
    app.extensions |= {"chatbot": wired, "chatbot.limit": AskLimit(settings), "chatbot.metrics": counted}
    _furnish(app, settings)
    commands.register(app)
    door = ConsoleDoor(app.wsgi_app, lambda: _console(app, settings))
    app.extensions["chatbot.console"] = app.wsgi_app = door  # type: ignore[method-assign]
    app.wsgi_app = ChatLane(app)  # type: ignore[method-assign]
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops)  # type: ignore[method-assign]
    return app


def _bare() -> Flask:
    # No static folder: the pages' files have addresses of their own, which change with their content.
    app = Flask("chatbot", template_folder=str(TEMPLATES), static_folder=None)
    # One byte more than is taken: Werkzeug cuts a body sent in pieces at this length without a word.
    app.config.update(MAX_CONTENT_LENGTH=chat.BODY_LIMIT + 1, MAX_FORM_MEMORY_SIZE=chat.BODY_LIMIT)
    # "//" in an address would end in a redirect with a page of HTML, under /api too.
    app.url_map.merge_slashes = False
    return app


def _furnish(app: Flask, settings: Settings) -> None:
    """Add the visitors' rooms."""
    problems.register(app, disclaimer(settings))
    security.register(app, settings.frame_ancestors)
    for room in (chat, openapi, operations, pages, reading, embed):
        app.register_blueprint(room.blueprint)
    metrics.register(app)


def _console(app: Flask, settings: Settings) -> Flask:
    """Build the console beside the visitors' app: it leads to their pages, and shares all that is wired."""
    console = _bare()
    console.extensions, console.config = app.extensions, app.config
    _furnish(console, settings)
    import_module("chatbot.web.staff").register(console)
    return console
