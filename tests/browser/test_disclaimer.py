"""The disclaimer on every surface: with and without script, on screen and paper, three widths, light and dark."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from chatbot.answering.notices import DISCLAIMER
from tests.browser.conftest import Home

WIDTHS = (320, 768, 1280)
SMALLEST, CONTRAST = 14, 4.5
READ = ("/", "/embed/v1/panel", "/articles/", "/articles/sciatica", "/help", "/privacy", "/nowhere")
ASKED = ("ketamine", "yoga?", "capital of France", "I want to end it", "is it for me", "siatica")
WORDS = DISCLAIMER.partition("{")[0].strip()

SEEN = """() => [...document.querySelectorAll(".disclaimer")].filter((note) => note.checkVisibility()).map((note) => {
  const channels = (color) => color.match(/[\\d.]+/g).map(Number);
  const light = ([red, green, blue]) => [red, green, blue].map((value) => value / 255)
    .map((value) => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
    .reduce((sum, value, at) => sum + value * [0.2126, 0.7152, 0.0722][at], 0);
  let behind = note;
  while (behind && (channels(getComputedStyle(behind).backgroundColor)[3] ?? 1) === 0) behind = behind.parentElement;
  const style = getComputedStyle(note);
  const under = behind ? channels(getComputedStyle(behind).backgroundColor) : [255, 255, 255];
  const [one, other] = [light(channels(style.color)), light(under)].sort((a, b) => b - a);
  const box = note.getBoundingClientRect();
  return { text: note.textContent.trim().replace(/\\s+/g, " "), size: parseFloat(style.fontSize),
    contrast: (one + 0.05) / (other + 0.05), inside: box.left >= -1 && box.right <= innerWidth + 1 && box.height > 10,
    opacity: Number(style.opacity) };
})"""


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def visit(request: pytest.FixtureRequest, browser: Browser, home: Home) -> Iterator[Callable[[str], Page]]:
    """Open an address of ours, or ask a question at the first page."""
    context = browser.new_context(java_script_enabled=request.param, reduced_motion="reduce", locale="en-US")
    context.set_default_timeout(10_000)
    page = context.new_page()

    def go(what: str) -> Page:
        if what.startswith("/"):
            page.goto(home.url + what)
            return page
        page.goto(home.url)
        page.locator("[data-question]").fill(what)
        page.get_by_role("button", name="Ask", exact=True).click()
        expect(page.locator("[data-answer]").first).to_be_attached()
        return page

    yield go
    context.close()


@pytest.mark.parametrize("what", [*READ, *ASKED])
def test_disclaimer_can_be_read_on_every_surface(visit: Callable[[str], Page], what: str) -> None:
    page = visit(what)
    for media in ("screen", "print"):
        for scheme in ("light", "dark"):
            page.emulate_media(media=media, color_scheme=scheme)  # type: ignore[arg-type]
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 800})
                notes = page.evaluate(SEEN)
                where = (what, media, scheme, width, notes)
                assert [note for note in notes if note["text"].startswith(WORDS)], where
                for note in notes:
                    assert note["size"] >= SMALLEST, where
                    assert note["contrast"] >= CONTRAST, where
                    assert note["inside"], where
                    assert note["opacity"] == 1, where
