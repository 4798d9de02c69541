"""What a visitor does, in words."""

from __future__ import annotations

from playwright.sync_api import Frame, FrameLocator, Locator, Page, expect

from tests.browser.conftest import Home

# A page of somebody else's, with something on it that can be pressed.
BARE = "<main><h1>Our practice</h1><p><button>Book</button></p></main>"
LISTEN = "<script>window.heard = []; addEventListener('message', (event) => heard.push(event.data));</script>"

Place = Page | Frame | FrameLocator


def ask(place: Place, question: str) -> Locator:
    """Type a question, press Enter and return the newest turn once it has its answer or failure."""
    turns = place.locator("[data-turn]")
    before = turns.count()
    place.locator("[data-question]").fill(question)
    place.locator("[data-question]").press("Enter")
    turn = turns.nth(before)
    expect(turn.locator("[data-answer], [data-failure]")).to_be_visible()
    return turn


def open_chat(page: Page, address: str) -> None:
    """Open a page of ours and wait until its scripts have bound everything."""
    page.goto(address)
    expect(page.locator("html[data-scripted]")).to_have_count(1)


def launch(page: Page, name: str = "Ask our articles") -> FrameLocator:
    """Press the launcher on a host page and return the panel, ready."""
    page.get_by_role("button", name=name).click()
    panel = page.frame_locator("article-chatbot iframe")
    expect(panel.locator("html[data-scripted]")).to_have_count(1)
    return panel


def host_page(home: Home, attributes: str = "", around: str = BARE) -> str:
    """Return a host page that holds the loader with these attributes."""
    return f'{around}<script async src="{home.loader}" {attributes}></script>'
