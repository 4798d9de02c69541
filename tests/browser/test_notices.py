"""Help first, advice above the answer, and what a visitor typed of themselves."""

from __future__ import annotations

from typing import Literal

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from chatbot.answering.notices import masked
from tests.answering.safety.test_private import MASKED
from tests.browser.conftest import Home, Record
from tests.browser.steps import ask, open_chat

PRIVATE = "my name is Anna Berg, ana@clinic.example, born 3 March 1961, +1 555 664 7788: is it for me"


def test_private_details_are_masked_in_the_bubble_and_in_the_history(chat: Page, home: Home) -> None:
    turn = ask(chat, PRIVATE)
    expect(turn.locator("[data-slot=asked]")).to_have_text("my name is •••, •••, born •••, •••: is it for me")
    assert home.wired.asked[-1].text == PRIVATE
    ask(chat, "and for migraine?")
    assert home.wired.asked[-1].history == ("my name is •••, •••, born •••, •••: is it for me",)
    left = chat.locator("main").inner_html()
    for detail in ("Anna", "Berg", "ana@", "1961", "7788"):
        assert detail not in left


def test_browser_masks_as_the_server_does(chat: Page) -> None:
    script = chat.locator("script[type=module]").get_attribute("src") or ""
    texts = [text for text, _ in MASKED]
    found = chat.evaluate(
        "async ([address, texts]) => { const { masked } = await import(address); return texts.map(masked) }",
        [script.replace("chat.js", "js/masking.js"), texts],
    )
    assert found == [shown for _, shown in MASKED] == [masked(text) for text in texts]


def test_notice_folds_to_one_line_with_its_number_and_opens_again(chat: Page) -> None:
    turn = ask(chat, "I want to end it")
    notice = turn.locator("[data-notice]")
    summary = notice.locator("summary")
    summary.click()
    box = notice.bounding_box()
    assert box
    assert box["height"] <= 64
    expect(notice.locator(".notice-text")).to_be_hidden()
    expect(notice.locator(".notice-first")).to_have_text("988")
    chat.set_viewport_size({"width": 320, "height": 640})
    assert chat.evaluate("document.documentElement.scrollWidth") <= 320
    expect(turn.get_by_role("link", name="See the list of all articles")).to_be_visible()
    chat.emulate_media(media="print")
    expect(notice.locator(".notice-text")).to_be_visible()
    chat.emulate_media(media="screen")
    summary.press("Enter")
    expect(notice.locator(".notice-text")).to_be_visible()


@pytest.mark.parametrize("media", ["screen", "print"])
def test_help_line_without_a_number_shows_its_address(chat: Page, media: Literal["screen", "print"]) -> None:
    notice = ask(chat, "I want to end it").locator("[data-notice]")
    chat.emulate_media(media=media)
    expect(notice.get_by_text("988lifeline.org", exact=True)).to_be_visible()
    expect(notice.get_by_text("Automatic search. No one reads or sends help.")).to_be_visible()


def test_notice_folds_without_a_script_and_the_articles_stay_one_link_away(chat: Page, home: Home) -> None:
    plain: BrowserContext = chat.context.browser.new_context(java_script_enabled=False)  # type: ignore[union-attr]
    without = plain.new_page()
    without.goto(f"{home.url}/embed/v1/panel")
    without.locator("[data-question]").fill("I want to end it")
    without.get_by_role("button", name="Ask", exact=True).click()
    expect(without.locator(".notice-text")).to_be_visible()
    without.locator("summary").click()
    expect(without.locator(".notice-text")).to_be_hidden()
    expect(without.get_by_role("link", name="See the list of all articles")).to_be_visible()
    plain.close()


def test_crisis_notice_gets_the_focus_is_announced_once_and_stands_alone(chat: Page) -> None:
    ask(chat, "ketamine")
    expect(chat.locator("[data-status]")).not_to_be_empty()
    turn = ask(chat, "I want to end it")
    notice = turn.locator("[data-notice]")
    expect(notice).to_be_focused()
    # The name and description are read with the focus; the status must not say them again.
    assert "Help" not in chat.locator("[data-status]").inner_text()
    expect(turn).not_to_contain_text("I want to end it")
    assert turn.locator(".passage, .suggestions").count() == 0
    expect(notice.get_by_role("link").first).to_have_attribute("href", "tel:988")
    named = notice.evaluate("node => document.getElementById(node.getAttribute('aria-describedby')).textContent")
    assert named.startswith("Call or text 988")
    chat.keyboard.press("Tab")
    expect(notice.locator("summary")).to_be_focused()
    chat.keyboard.press("Tab")
    expect(notice.get_by_role("link").first).to_be_focused()


def test_advice_notice_is_announced_before_the_passages(chat: Page) -> None:
    turn = ask(chat, "is it for me")
    expect(chat.locator("[data-status]")).to_contain_text("We cannot judge your own situation One passage found")
    assert turn.inner_text().index("We cannot judge") < turn.inner_text().index("places a drip")


def test_pages_behind_a_crisis_open_inside_the_panel(page: Page, home: Home, record: Record) -> None:
    open_chat(page, f"{home.url}/embed/v1/panel")
    turn = ask(page, "I want to end it")
    turn.get_by_role("link", name="Help lines of other countries").click()
    expect(page.locator("dialog").get_by_role("heading", name="United Kingdom")).to_be_visible()
    page.get_by_role("button", name="Back to the answers").click()
    turn.get_by_role("link", name="See the list of all articles").click()
    page.locator("dialog").get_by_role("link", name="Ketamine and sciatica").click()
    expect(page.locator("dialog h1")).to_have_text("Ketamine and sciatica")
    assert page.url == f"{home.url}/embed/v1/panel"
    assert record.troubles == []
