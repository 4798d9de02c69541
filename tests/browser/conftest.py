"""A real Chromium, our server with scripted answers, and other people's pages on another origin."""

from __future__ import annotations

import logging
import os
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from flask import Flask, Response
from playwright.sync_api import BrowserContext, Page, expect
from werkzeug.serving import make_server

from chatbot.settings import Settings, Specialist
from tests.web.scripted import ScriptedServices, make_stage

CHROMIUM = shutil.which("chromium")
PATIENCE_MILLISECONDS = 10_000
# a slow machine may take its time; nothing waits longer than it must

HEAD = "<!doctype html><html lang=en><title>Host</title><meta name=viewport content='width=device-width'><body>"

logging.getLogger("werkzeug").setLevel(logging.ERROR)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = os.path.dirname(__file__)  # noqa: PTH120
    for item in items:
        if str(item.path).startswith(here):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session", autouse=True)
def chromium() -> str:
    """Where Debian's Chromium is; without it these tests say so, and fail where everything must run."""
    if CHROMIUM:
        return CHROMIUM
    if os.environ.get("CI") == "true":
        pytest.fail("chromium is not installed: the browser's tests cannot run")
    pytest.skip("chromium is not installed: THE BROWSER'S TESTS DID NOT RUN")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any], chromium: str) -> dict[str, Any]:
    # Chromium refuses its own sandbox to root.
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {**browser_type_launch_args, "executable_path": chromium, "args": arguments}


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, Any]:
    return {"viewport": {"width": 1280, "height": 800}, "reduced_motion": "reduce", "locale": "en-US"}


@dataclass
class HostSite:
    """Another site. A test writes its pages: path -> (HTML, headers)."""

    origin: str = ""
    pages: dict[str, tuple[str, dict[str, str]]] = field(default_factory=dict)

    def show(self, html: str, path: str = "/", **headers: str) -> str:
        """Serve a page and return its address; headers with underscores for dashes."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.pages[path] = (f"{HEAD}{html}", named)
        return self.origin + path


@dataclass
class Home:
    """Our own server."""

    url: str
    wired: ScriptedServices
    app: Flask

    @property
    def loader(self) -> str:
        return f"{self.url}/embed/v1.js"


def serve(app: Any, host: str) -> Iterator[str]:
    server = make_server(host, 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://{host}:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def host_app(site: HostSite) -> Flask:
    app = Flask("host", static_folder=None)

    @app.get("/", defaults={"path": ""})
    @app.get("/<path:path>")
    def page(path: str) -> Response:
        # A browser asks for a favicon whenever it likes; a 404 would look like the chat's fault.
        html, headers = site.pages.get(f"/{path}", ("", {}))
        return Response(html, 200 if html else 204, headers, mimetype="text/html")

    return app


@pytest.fixture(scope="session")
def host_site() -> Iterator[HostSite]:
    site = HostSite()
    # Another name for this machine is another site to the browser.
    for origin in serve(host_app(site), "localhost"):
        site.origin = origin
        yield site


@pytest.fixture(scope="session")
def home_server(host_site: HostSite) -> Iterator[Home]:
    specialist = Specialist("Ana Ruiz", "+1 555 010 2030", "https://pain.example")
    app, wired = make_stage(
        Settings(rate_limit=None, frame_ancestors=(host_site.origin,), specialist=specialist, name="Ask our articles")
    )
    for url in serve(app, "127.0.0.1"):
        yield Home(url, wired, app)


@pytest.fixture
def home(home_server: Home) -> Home:
    home_server.wired.asked.clear()
    home_server.wired.noted.clear()
    home_server.wired.loaded = True
    return home_server


@pytest.fixture
def context(context: BrowserContext) -> BrowserContext:
    context.set_default_timeout(PATIENCE_MILLISECONDS)
    return context


@dataclass
class Record:
    """What a page did that a test may ask about."""

    requests: list[str] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)
    # script errors and refusals by a content policy


@pytest.fixture
def record(page: Page) -> Record:
    """Keep what the page asks for and what goes wrong, from the start."""
    kept = Record()
    page.on("request", lambda request: kept.requests.append(request.url))
    page.on("pageerror", lambda error: kept.troubles.append(str(error)))
    page.on("console", lambda message: kept.troubles.append(message.text) if message.type == "error" else None)
    return kept


@pytest.fixture
def chat(page: Page, home: Home, record: Record) -> Page:
    """Our own page, ready to be asked, with everything recorded."""
    page.goto(f"{home.url}/")
    expect(page.locator("html[data-scripted]")).to_have_count(1)
    return page
