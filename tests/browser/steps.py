"""What a visitor does, in words."""

from __future__ import annotations

from playwright.sync_api import Frame, FrameLocator, Locator, Page, expect

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
