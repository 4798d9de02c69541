"""The editor in a real browser: with its scripts, without any, and with texts that mean harm."""

from __future__ import annotations

import re
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Dialog, Page, expect
from werkzeug.serving import make_server

from chatbot.corpus.composing import with_values
from chatbot.services import Services
from chatbot.storage import accounts, drafts, sessions
from chatbot.storage.tables import Draft
from tests.conftest import SCIATICA, SIDE_EFFECTS, write_corpus
from tests.publishing.conftest import KNEE

HOSTILE = (
    "</textarea><img src=x onerror=alert(1)><svg onload=alert(2)><script>alert(3)</script>"
    '"onfocus=alert(4) autofocus x="'
)
SELECTED = (
    "() => { const t = document.querySelector('#field-body'); return t.value.slice(t.selectionStart, t.selectionEnd) }"
)
AUTOSAVE_MS = 8000


@dataclass
class Console:
    url: str
    app: Flask
    token: str

    @property
    def wired(self) -> Services:
        found: Services = self.app.extensions["chatbot"]
        return found

    def begin(self, source: str = KNEE) -> str:
        with self.wired.database.writing() as session:
            author = accounts.find(session, "publisher")
            assert author
            draft = drafts.begin(session, slug="knee", source=source, author_id=author.id, at=datetime.now(tz=UTC))
        return f"{self.url}/staff/drafts/{draft.id}"

    def saved(self, address: str) -> Draft:
        with self.wired.database.reading() as session:
            return session.get_one(Draft, int(address.rsplit("/", 1)[1]))


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return write_corpus(tmp_path / "corpus", sciatica=SCIATICA, effects=SIDE_EFFECTS, knee=KNEE)


@pytest.fixture
def console(make_app: Callable[..., Flask], tmp_path: Path, sqlite_template: Path) -> Iterator[Console]:
    (tmp_path / "instance").mkdir(mode=0o700, exist_ok=True)
    shutil.copy(sqlite_template, tmp_path / "instance" / "chatbot.db")
    app = make_app()
    at = datetime.now(tz=UTC)
    with app.extensions["chatbot"].database.writing() as session:
        account = accounts.add(session, "publisher", "publisher", password_hash="-", at=at)
        token = sessions.begin(session, account, browser="Test", at=at)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Console(f"http://127.0.0.1:{server.server_port}", app, token)
    server.shutdown()
    thread.join()


def sign_in(browser: Browser, console: Console, *, scripted: bool = True) -> Page:
    context = browser.new_context(java_script_enabled=scripted, viewport={"width": 1280, "height": 800})
    context.add_cookies([{"name": "staff-session", "value": console.token, "url": console.url}])
    return context.new_page()


def test_words_are_saved_and_shown_while_somebody_types(browser: Browser, console: Console) -> None:
    page, address = sign_in(browser, console), console.begin()
    page.goto(address)
    page.get_by_label("Text", exact=True).fill("## How long it lasts\n\nTake 50 mg of it against an aching knee.")
    expect(page.locator(".article-preview")).to_contain_text("against an aching knee")
    page.get_by_role("link", name="line 3").first.click()
    selected = page.evaluate(SELECTED)
    assert selected == "Take 50 mg of it against an aching knee."
    expect(page.locator("[data-status]")).to_contain_text("Saved at", timeout=AUTOSAVE_MS)
    assert console.saved(address).source.endswith("Take 50 mg of it against an aching knee.\n")
    page.get_by_label("Title", exact=True).fill("Knees")
    expect(page.locator("[data-status]")).to_contain_text("Not saved yet")
    expect(page.locator("[data-status]")).to_contain_text("Saved at", timeout=AUTOSAVE_MS)
    assert console.saved(address).edits == 2


def test_nobody_leaves_unsaved_words_without_being_asked(browser: Browser, console: Console) -> None:
    page = sign_in(browser, console)
    page.goto(console.begin())
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.get_by_label("Title", exact=True).press_sequentially("x")
    page.get_by_role("link", name="Overview").click(no_wait_after=True)
    expect(page.get_by_label("Title", exact=True)).to_be_visible()
    assert asked == ["beforeunload"]


def test_somebody_else_s_version_is_not_overwritten_and_nothing_is_lost(browser: Browser, console: Console) -> None:
    page, address = sign_in(browser, console), console.begin()
    page.goto(address)
    with console.wired.database.writing() as session:
        draft = drafts.find(session, int(address.rsplit("/", 1)[1]))
        assert draft
        drafts.save(session, draft, KNEE + "\nTheirs.\n", slug="knee", edits=0, editor_id=None, at=datetime.now(tz=UTC))
    page.get_by_label("Text", exact=True).fill("## What it is\n\nMine.")
    expect(page.locator("[data-status]")).to_contain_text("another version", timeout=AUTOSAVE_MS)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_label("Theirs, as it is saved")).to_have_value(re.compile("Theirs"))
    expect(page.get_by_label("Yours")).to_have_value(re.compile("Mine"))
    page.get_by_role("button", name="Save yours over theirs").click()
    expect(page.get_by_role("status").first).to_contain_text("Saved.")
    assert "Mine." in console.saved(address).source


def test_everything_works_without_a_script(browser: Browser, console: Console) -> None:
    page, address = sign_in(browser, console, scripted=False), console.begin(KNEE.replace("ache", "pain"))
    page.goto(address)
    page.get_by_label("Title", exact=True).fill("Knee pain, anew")
    page.get_by_role("button", name="Preview").click()
    expect(page.locator(".article-preview .article-title")).to_have_text("Knee pain, anew")
    assert console.saved(address).edits == 0
    page.get_by_role("button", name="Save and check").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Check: Knee pain, anew")
    page.get_by_role("button", name="Hand in for review").click()
    expect(page.get_by_text("Nobody reviews their own words")).to_be_visible()


def test_no_text_runs_on_any_page_of_a_colleague(browser: Browser, console: Console) -> None:
    page = sign_in(browser, console)
    faults: list[str] = []
    page.on("dialog", lambda dialog: (faults.append(dialog.message), dialog.dismiss()))
    page.on("console", lambda message: faults.append(message.text) if "Content Security" in message.text else None)
    text = with_values(
        KNEE, {"title": f"Knee {HOSTILE}", "summary": HOSTILE, "author": HOSTILE, "references": [{"title": HOSTILE}]}
    )
    text = text.rstrip() + f"\n\n## How {HOSTILE}\n\nWords `{HOSTILE}` and {HOSTILE} more words.\n"
    (console.wired.settings.corpus / "articles" / "knee.md").write_text(text)
    console.wired.library.refresh()
    address = console.begin(text.replace("Words", "Other words"))
    for path in ("articles/", "articles/knee", "articles/knee/withdraw"):
        page.goto(f"{console.url}/staff/{path}")
        expect(page.get_by_role("main")).to_contain_text("onerror")
    page.get_by_role("link", name="Back to the article").click()
    page.get_by_role("link", name="Compare").first.click()
    expect(page.get_by_role("main")).to_contain_text("onerror")
    page.goto(f"{address}/check")
    expect(page.get_by_role("main")).to_contain_text("onerror")
    page.goto(address)
    page.get_by_label("Summary").fill(f"x {HOSTILE}")
    expect(page.locator(".article-preview .lead")).to_contain_text("x </textarea>")
    assert faults == []
