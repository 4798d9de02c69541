"""Bringing in through the console, in a real browser: without a script, by dropping, on a phone, for everybody."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect

from chatbot.services import Services
from chatbot.storage import accounts, sessions
from tests.browser.conftest import serve
from tests.browser.test_access import violations
from tests.corpus.importing.made import word_headings

SAVED_PAGE = Path(__file__).parents[1] / "corpus" / "pages" / "wordpress.html"
PATIENCE = 30_000
# milliseconds for a document to be read on a busy machine

Enter = Callable[[BrowserContext], Page]


@pytest.fixture
def enter(make_app: Callable[..., Flask], tmp_path: Path, sqlite_template: Path) -> Iterator[Enter]:
    """Open the console's page in a context that is signed in as an author."""
    (tmp_path / "instance").mkdir(mode=0o700, exist_ok=True)
    shutil.copy(sqlite_template, tmp_path / "instance" / "chatbot.db")
    app = make_app()
    wired: Services = app.extensions["chatbot"]
    with wired.database.writing() as session:
        account = accounts.add(session, "ana", "author", password_hash="-", at=datetime.now(tz=UTC))
        token = sessions.begin(session, account, browser="Test", at=datetime.now(tz=UTC))
    for url in serve(app, "127.0.0.1"):

        def make(context: BrowserContext, home: str = url) -> Page:
            # The prefixes of the cookie's name are for https; on this machine it goes without them.
            context.add_cookies([{"name": "staff-session", "value": token, "url": home}])
            page = context.new_page()
            page.goto(f"{home}/staff/bring_in/")
            return page

        yield make


def bring_in(page: Page, name: str, data: bytes) -> None:
    page.set_input_files("[name=files]", {"name": name, "mimeType": "application/octet-stream", "buffer": data})
    page.get_by_role("button", name="Bring in", exact=True).click()
    expect(page.get_by_role("button", name="Save as draft")).to_be_visible(timeout=PATIENCE)


def test_word_document_becomes_a_draft_without_a_script(browser: Browser, enter: Enter) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = enter(context)
    bring_in(page, "visit.docx", word_headings())
    page.get_by_role("button", name=re.compile("Restore.*By Ines Duarte")).click()
    expect(page.get_by_role("button", name=re.compile("Leave out.*By Ines Duarte"))).to_be_visible()
    page.get_by_role("button", name=re.compile("Leave out.*By Ines Duarte")).click()
    page.get_by_role("button", name="Save as draft").click()
    expect(page.get_by_text("Saved as a draft: Ketamine and Sciatica")).to_be_visible()
    context.close()


def test_dropped_file_is_brought_in(context: BrowserContext, enter: Enter) -> None:
    page = enter(context)
    expect(page.get_by_text("or drop them here")).to_be_visible()
    page.evaluate(
        """() => {
          const files = new DataTransfer();
          files.items.add(new File(["Sciatica\\n\\nSciatica is leg pain that follows a nerve to the foot."], "a.txt"));
          const form = document.querySelector("form[data-drop]");
          form.dispatchEvent(new DragEvent("dragover", {dataTransfer: files, cancelable: true, bubbles: true}));
          form.dispatchEvent(new DragEvent("drop", {dataTransfer: files, cancelable: true, bubbles: true}));
        }"""
    )
    expect(page.get_by_role("heading", name="Sciatica")).to_be_visible(timeout=PATIENCE)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_have_no_fault_that_axe_finds_and_fit_a_phone(browser: Browser, enter: Enter, scheme: str) -> None:
    context = browser.new_context(color_scheme=scheme, viewport={"width": 360, "height": 740})  # type: ignore[arg-type]
    page = enter(context)
    assert violations(page) == []
    bring_in(page, "page.html", SAVED_PAGE.read_bytes())
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    context.close()
