"""Hostile texts through every field of articles and questions: shown as text, run nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from flask import Flask
from playwright.sync_api import Page

from chatbot.app import create_app
from chatbot.settings import Settings
from tests.browser.conftest import HostSite, serve
from tests.browser.steps import ask, open_chat
from tests.hostile.articles import SECTIONS, batched, one_line, write_hostile
from tests.hostile.strings import strings

TEXTS = strings()
ADDRESSES = ["/", "/articles/", "/embed/v1/panel", "/help", "/privacy"]


@dataclass
class Hostile:
    """A server whose articles carry the texts."""

    url: str
    app: Flask
    slugs: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory, host_site: HostSite) -> Iterator[Hostile]:
    folder = write_hostile(tmp_path_factory.mktemp("hostile") / "corpus", TEXTS)
    settings = Settings(
        corpus=folder,
        rate_limit=None,
        frame_ancestors=(host_site.origin,),
        instance=folder.parent / "instance",
        name='"><img src=x onerror=hit(1)>',
    )
    app = create_app(settings)
    snapshot = app.extensions["chatbot"].library.snapshot()
    for url in serve(app, "127.0.0.1"):
        yield Hostile(url, app, [article.slug for article in snapshot.articles])


@dataclass
class Watch:
    """What must never happen on a page."""

    hits: list[str] = field(default_factory=list)

    def on(self, page: Page) -> None:
        page.expose_function("hit", lambda *_: self.hits.append("a script of the text ran"))
        page.on("dialog", lambda dialog: (self.hits.append(f"dialog {dialog.message}"), dialog.dismiss()))
        page.on("pageerror", lambda error: self.hits.append(f"error {error}"))
        page.on("request", lambda request: self._asked(request.url))
        page.on("console", lambda message: self.hits.append(message.text) if message.type == "error" else None)

    def _asked(self, url: str) -> None:
        if "127.0.0.1" not in url and not url.startswith("data:"):
            self.hits.append(f"asked for {url}")


@pytest.fixture
def watch(page: Page) -> Watch:
    watching = Watch()
    watching.on(page)
    return watching


STRANGERS = """(root) => [...root.querySelectorAll("*")].filter((element) =>
    element.matches("object, embed, marquee, math, audio, video, base, xss, style, script:not([src])")
    || [...element.attributes].some((a) => /^on/i.test(a.name) || /^\\s*(java|vb)script:/i.test(a.value))
).map((element) => element.outerHTML)"""
# elements and attributes that no template of ours writes


def strangers(page: Page) -> list[str]:
    found: list[str] = page.evaluate(f"() => ({STRANGERS})(document)")
    return found


def test_there_are_enough_of_them_and_every_article_is_served(hostile: Hostile) -> None:
    assert len(TEXTS) >= 150
    assert len(hostile.slugs) == len(list(batched(TEXTS, SECTIONS))) + len(TEXTS)


def test_pages_show_them_as_text(hostile: Hostile, page: Page, watch: Watch) -> None:
    for address in [*ADDRESSES, *(f"/articles/{slug}" for slug in hostile.slugs if "hostile" in slug)]:
        page.goto(hostile.url + address)
        assert (strangers(page), watch.hits) == ([], []), address


def test_every_title_stands_on_the_list_as_it_was_written(hostile: Hostile, page: Page, watch: Watch) -> None:
    page.goto(f"{hostile.url}/articles/")
    shown = page.evaluate("() => document.body.innerText").split("\n")
    titles = {one_line(batch[-1]) for batch in batched(TEXTS, SECTIONS)}
    assert not {title for title in titles if title not in {one_line(line) for line in shown}}
    assert watch.hits == []


@pytest.mark.parametrize("address", ["/", "/embed/v1/panel"])
def test_answers_show_them_as_text(hostile: Hostile, page: Page, watch: Watch, address: str) -> None:
    open_chat(page, hostile.url + address)
    for number in range(SECTIONS):
        turn = ask(page, f"how long does relief number{number} of sciatica last {TEXTS[number]}")
        assert turn.locator("[data-passage]").count(), TEXTS[number]
    assert (strangers(page), watch.hits) == ([], [])


def test_forms_and_single_articles_show_them_as_text(hostile: Hostile, page: Page, watch: Watch) -> None:
    client = hostile.app.test_client()
    shown = [client.post("/", data={"question": text}).text for text in TEXTS]
    shown += [client.get(f"/articles/raw-{number}").text for number in range(len(TEXTS))]
    page.goto(f"{hostile.url}/help")
    for text, html in zip(TEXTS * 2, shown, strict=True):
        parsed = f"(html) => ({STRANGERS})(new DOMParser().parseFromString(html, 'text/html'))"
        assert page.evaluate(parsed, html) == [], text
    assert watch.hits == []
