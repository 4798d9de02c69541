"""Any width, any zoom, any accent, a phone's keyboard: everything can be read and pressed."""

from __future__ import annotations

from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Home, HostSite
from tests.browser.steps import ask, launch, open_chat


@pytest.mark.parametrize(
    ("width", "height", "language"),
    [(320, 640, "en"), (320, 640, "ar"), (320, 256, "en"), (320, 256, "es"), (1280, 800, "ar"), (2200, 1200, "en")],
)
def test_nothing_is_cut_at_any_width(browser: Browser, home: Home, width: int, height: int, language: str) -> None:
    context = browser.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce")
    page = context.new_page()
    for address in ("/", "/embed/v1/panel", "/articles/sciatica", "/embed"):
        page.goto(f"{home.url}{address}?lang={language}")
        if page.locator("[data-chat]").count():
            expect(page.locator("html[data-scripted]")).to_have_count(1)
            ask(page, "does siatica hurt? " + "verylongword" * 12)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, address
    context.close()


def test_everything_that_is_pressed_is_at_least_24_pixels(page: Page, home: Home) -> None:
    open_chat(page, f"{home.url}/embed/v1/panel")
    ask(page, "does siatica hurt?")
    page.get_by_role("button", name="No", exact=True).first.click()
    small = page.evaluate(
        """() => [...document.querySelectorAll('button, .tool, textarea, .contact-link')]
            .map((node) => [node.innerText, node.getBoundingClientRect()])
            .filter(([, box]) => box.width && (box.width < 24 || box.height < 24)).map(([text]) => text)"""
    )
    assert small == []


@pytest.mark.parametrize("size", [(360, 640), (400, 680)])
def test_first_screen_of_the_panel_holds_disclaimer_and_box(
    browser: Browser, home: Home, size: tuple[int, int]
) -> None:
    context = browser.new_context(viewport={"width": size[0], "height": size[1]})
    page = context.new_page()
    open_chat(page, f"{home.url}/embed/v1/panel")
    expect(page.locator(".welcome .disclaimer")).to_be_in_viewport(ratio=1)
    expect(page.locator("[data-question]")).to_be_in_viewport(ratio=1)
    expect(page.locator(".panel-header")).to_contain_text("Automatic search")
    context.close()


def test_answer_can_be_read_at_400_percent(page: Page, home: Home) -> None:
    page.set_viewport_size({"width": 320, "height": 256})
    open_chat(page, f"{home.url}/embed/v1/panel")
    turn = ask(page, "ketamine")
    covered = page.locator("[data-composer]").bounding_box()
    assert covered
    assert covered["height"] <= 0.35 * 256
    expect(turn.locator(".verdict")).to_be_in_viewport(ratio=1)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.locator(".composer-privacy a")).to_be_focused()


def test_box_stays_in_view_while_a_phones_keyboard_is_open(browser: Browser, home: Home) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 640}, has_touch=True)
    page = context.new_page()
    open_chat(page, f"{home.url}/embed/v1/panel")
    ask(page, "ketamine")
    page.set_viewport_size({"width": 360, "height": 330})
    page.locator("[data-question]").focus()
    expect(page.locator("[data-question]")).to_be_in_viewport(ratio=1)
    context.close()


# The contrast ratio of WCAG 2.2 between an element's words and what stands behind them.
CONTRAST = """(node) => {
  const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const luminance = (colour) => {
    context.fillStyle = colour;
    context.fillRect(0, 0, 1, 1);
    const parts = [...context.getImageData(0, 0, 1, 1).data].slice(0, 3).map((part) => part / 255);
    const linear = parts.map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
  };
  const background = (element) => getComputedStyle(element).backgroundColor;
  let behind = node;
  while (background(behind) === 'rgba(0, 0, 0, 0)' && behind.parentElement) behind = behind.parentElement;
  const [low, high] = [getComputedStyle(node).color, background(behind)].map(luminance).sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}"""


ACCENTS = (
    "#ffee00",
    "#ffffff",
    "#000000",
    "#808080",
    "#ff0000",
    "#00ff7f",
    "#0000ff",
    "rebeccapurple",
    "hsl(50 100% 50%)",
    "#1d5f5a",
)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_any_accent_keeps_its_contrast(page: Page, home: Home, host_site: HostSite, theme: str) -> None:
    script = f'<script async src="{home.loader}" data-theme="{theme}"></script>'
    page.goto(host_site.show(f"<main><h1>Host</h1></main>{script}"))
    ask(launch(page), "ketamine")
    frame = page.frames[1]
    for accent in ACCENTS:
        page.evaluate("accent => ArticleChatbot.set({ accent })", accent)
        frame.wait_for_function("accent => document.documentElement.dataset.accent === accent", arg=accent)
        for selector in (".composer-send", ".passage .tool", ".specialist a"):
            assert frame.locator(selector).first.evaluate(CONTRAST) >= 4.5, (accent, selector)
        assert page.get_by_role("button", name="Ask our articles").evaluate(CONTRAST) >= 4.5, accent


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_notice_has_a_contrast_of_seven_to_one(page: Page, home: Home, scheme: Literal["light", "dark"]) -> None:
    page.emulate_media(color_scheme=scheme)
    open_chat(page, f"{home.url}/embed/v1/panel")
    ask(page, "I want to end it")
    for selector in (".notice-text", ".notice-title", ".contact-label", ".contact-phone"):
        assert page.locator(f"[data-turn] {selector}").first.evaluate(CONTRAST) >= 7, selector
    advice = ask(page, "is it for me")
    for selector in (".notice-text", ".notice-title"):
        assert advice.locator(selector).evaluate(CONTRAST) >= 7, selector


def test_still_page_for_those_who_want_no_motion(page: Page, home: Home) -> None:
    open_chat(page, f"{home.url}/")
    ask(page, "ketamine")
    assert page.evaluate("document.getAnimations().length") == 0
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_disclaimer_can_be_read_on_every_surface_at_every_width(
    page: Page, home: Home, scheme: Literal["light", "dark"]
) -> None:
    page.emulate_media(color_scheme=scheme)
    for address in ("/", "/embed/v1/panel", "/articles/", "/articles/sciatica", "/help", "/privacy", "/nowhere"):
        page.goto(home.url + address)
        for width in (320, 768, 1440):
            page.set_viewport_size({"width": width, "height": 800})
            for note in page.locator(".disclaimer").all():
                expect(note).to_be_visible()
                assert note.evaluate(CONTRAST) >= 4.5, (address, width)
                assert note.evaluate("node => parseFloat(getComputedStyle(node).fontSize)") >= 14, (address, width)
