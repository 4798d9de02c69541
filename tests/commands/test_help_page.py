from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable
from pathlib import Path

from flask import Flask

from chatbot.answering.notices import all_resources, disclaimer
from chatbot.services import Services
from chatbot.settings import Settings, Specialist

COMMITTED = Path("deploy/when-down/help.html")


def write(app: Flask, file: Path) -> str:
    result = app.test_cli_runner().invoke(args=["help-page", str(file)])
    assert result.exit_code == 0, result.output
    return file.read_text("utf-8")


def test_committed_page_is_up_to_date(make_app: Callable[..., Flask], tmp_path: Path) -> None:
    page = write(make_app(region=Settings().region), tmp_path / "help.html")
    assert page == COMMITTED.read_text("utf-8"), f"run: .venv/bin/flask help-page {COMMITTED}"


def test_page_has_the_help_lines_of_every_country_and_the_disclaimer(app: Flask, tmp_path: Path) -> None:
    page, wired = write(app, tmp_path / "help.html"), app.extensions["chatbot"]
    assert isinstance(wired, Services)
    for region in all_resources(wired.rules):
        for contact in region.contacts:
            assert contact.url is None or f'href="{contact.url}"'.replace("&", "&amp;") in page
    assert disclaimer(wired.settings) in page


def test_page_needs_nothing_but_itself(app: Flask, tmp_path: Path) -> None:
    page = write(app, tmp_path / "help.html")
    assert not re.search(r"<(script|link|img|iframe|form)|\ssrc=|@import|url\(|\sstyle=", page)
    style = re.search(r"<style>(.*)</style>", page, re.DOTALL)
    assert style
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in page


def test_page_follows_the_settings_and_is_escaped(make_app: Callable[..., Flask], tmp_path: Path) -> None:
    app = make_app(region="GB", name="Ask <us>", specialist=Specialist("Pain & Co"))
    page = write(app, tmp_path / "help.html")
    assert "Ask &lt;us&gt;" in page
    assert "Pain &amp; Co" in page
    assert page.index("116 123") < page.index("988")
    assert "call 999" in page


def test_file_that_cannot_be_written_is_named(app: Flask, tmp_path: Path) -> None:
    result = app.test_cli_runner().invoke(args=["help-page", str(tmp_path / "nowhere" / "help.html")])
    assert result.exit_code == 1
    assert "cannot be written" in result.output
