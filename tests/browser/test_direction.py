"""The Arabic interface: everything runs from right to left, but for the articles' own English words."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import Home, HostSite
from tests.browser.steps import ask, host_page, launch, open_chat

ARABIC = "اسأل مقالاتنا"


def direction(place: Locator) -> str:
    return str(place.evaluate("node => getComputedStyle(node).direction"))


def left(place: Locator) -> float:
    box = place.bounding_box()
    assert box
    return box["x"]


@pytest.mark.parametrize("address", ["/", "/embed/v1/panel"])
def test_interface_runs_from_the_right_and_passages_from_the_left(page: Page, home: Home, address: str) -> None:
    open_chat(page, f"{home.url}{address}?lang=ar")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    turn = ask(page, "does siatica hurt?")
    for name in (".verdict", ".facts", ".passage-tools", ".correction"):
        assert direction(turn.locator(name).first) == "rtl", name
    for name in (".passage-title", ".quote", ".disclaimer", ".chip"):
        place = turn.locator(name).first
        assert (direction(place), place.get_attribute("lang")) == ("ltr", "en"), name
    expect(turn.locator(".verdict")).to_contain_text("عدد المقاطع")
    expect(turn.locator(".facts").nth(1)).to_contain_text("روجع في 1 سبتمبر 2024")


def test_visitors_words_run_their_own_way(page: Page, home: Home) -> None:
    open_chat(page, f"{home.url}/?lang=ar")
    assert direction(ask(page, "هل الكيتامين آمن؟").locator("[data-slot=asked]")) == "rtl"
    assert direction(ask(page, "is it safe?").locator("[data-slot=asked]")) == "ltr"


def test_safety_words_stay_english_and_the_page_says_so(page: Page, home: Home) -> None:
    open_chat(page, f"{home.url}/embed/v1/panel?lang=ar")
    expect(page.locator(".language-note")).to_contain_text("بالإنجليزية")
    notice = ask(page, "I want to end it").locator("[data-notice]")
    for name in (".notice-title", ".notice-text", ".contact-label"):
        assert direction(notice.locator(name).first) == "ltr", name
    expect(notice.locator(".notice-text")).to_have_attribute("lang", "en")
    assert direction(notice.locator(".contact-phone").first) == "ltr"


def test_arrow_of_the_way_back_is_mirrored_and_stands_on_the_right(page: Page, home: Home) -> None:
    open_chat(page, f"{home.url}/embed/v1/panel?lang=ar")
    ask(page, "ketamine").locator(".tool[data-open-article]").first.click()
    back = page.locator("[data-reader-back]")
    expect(back).to_be_visible()
    assert (
        back.locator(".icon-directed").evaluate("node => getComputedStyle(node).transform")
        == "matrix(-1, 0, 0, 1, 0, 0)"
    )
    assert left(back) > left(page.locator("[data-reader-page]"))
    assert direction(page.locator("dialog .article-body")) == "ltr"


@pytest.mark.parametrize(("attributes", "side"), [("", "left"), ('data-position="start"', "right")])
def test_launcher_stands_at_the_end_of_an_arabic_line(
    page: Page, home: Home, host_site: HostSite, attributes: str, side: str
) -> None:
    page.goto(host_site.show(host_page(home, f'data-lang="ar" {attributes}')))
    button = page.get_by_role("button", name=ARABIC)
    assert (left(button) < 200) is (side == "left")
    panel = launch(page, ARABIC)
    expect(panel.locator("html")).to_have_attribute("dir", "rtl")
    page.evaluate("ArticleChatbot.set({ lang: 'en' })")
    assert (left(page.get_by_role("button", name="Ask our articles")) > 900) is (side == "left")
    expect(panel.locator("html")).to_have_attribute("dir", "ltr")


def test_arabic_phone_and_desktop_show_everything_inside_the_screen(browser: Browser, home: Home) -> None:
    for width in (360, 1280):
        context = browser.new_context(viewport={"width": width, "height": 640}, reduced_motion="reduce")
        page = context.new_page()
        open_chat(page, f"{home.url}/embed/v1/panel?lang=ar")
        ask(page, "I want to end it")
        ask(page, "does siatica hurt?")
        outside = page.evaluate(
            """() => [...document.querySelectorAll('main *')]
                .filter((node) => !node.closest('.visually-hidden, template, .turn:has([data-verdict=urgent]) .asked'))
                .map((node) => [node.className, node.getBoundingClientRect()])
                .filter(([, box]) => box.width && (box.left < -1 || box.right > innerWidth + 1))
                .map(([name]) => name)"""
        )
        assert outside == []
        context.close()
