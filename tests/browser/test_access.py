"""WCAG 2.2 AA: axe on every state and theme, the keyboard alone, zoom, small screens, contrast of any accent."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from chatbot.web.catalogue import LANGUAGES
from tests.browser.conftest import Home, HostSite
from tests.browser.steps import ask, launch, open_chat
from tests.web.scripted import SUGGESTIONS

THEMES: dict[str, dict[str, str]] = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "forced": {"forced_colors": "active"},
}


def violations(place: Page) -> list[str]:
    return [
        f"{found['id']}: {node['html'][:160]} {node.get('failureSummary', '')[:300]}"
        for found in Axe().run(place).response["violations"]
        for node in found["nodes"]
    ]


def offline(page: Page) -> None:
    page.context.set_offline(True)
    ask(page, "ketamine")
    page.context.set_offline(False)


def reader(page: Page) -> None:
    ask(page, "ketamine").locator(".tool[data-open-article]").first.click()
    expect(page.locator("[data-reader-back]")).to_be_visible()


def completion(page: Page) -> None:
    with page.expect_response("**/questions.json"):
        page.locator("[data-question]").focus()
    page.locator("[data-question]").press_sequentially("infus")
    page.locator("[data-question]").press("ArrowDown")


def reasons(page: Page) -> None:
    ask(page, "ketamine").locator("[data-helpful=no]").first.click()


def folded(page: Page) -> None:
    ask(page, "I want to end it").locator("summary").click()


STATES: dict[str, Callable[[Page], object]] = {
    "empty": lambda page: None,
    "answered": lambda page: ask(page, "does siatica hurt?"),
    "unsure": lambda page: ask(page, "yoga?"),
    "nothing": lambda page: ask(page, "capital of France"),
    "urgent": lambda page: ask(page, "I want to end it"),
    "folded": folded,
    "advice": lambda page: ask(page, "is it for me"),
    "offline": offline,
    "reader": reader,
    "completion": completion,
    "reasons": reasons,
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("theme", THEMES)
def test_axe_finds_nothing_in_any_state_of_the_panel(browser: Browser, home: Home, theme: str, language: str) -> None:
    context = browser.new_context(viewport={"width": 400, "height": 680}, reduced_motion="reduce", **THEMES[theme])  # type: ignore[arg-type]
    page = context.new_page()
    found: dict[str, list[str]] = {}
    for state, reach in STATES.items():
        open_chat(page, f"{home.url}/embed/v1/panel?lang={language}")
        reach(page)
        found[state] = violations(page)
    context.close()
    assert {state: wrong for state, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize("theme", THEMES)
def test_axe_finds_nothing_on_any_page(browser: Browser, home: Home, theme: str) -> None:
    context = browser.new_context(reduced_motion="reduce", **THEMES[theme])  # type: ignore[arg-type]
    page = context.new_page()
    found = {}
    for address in (
        "/",
        "/?lang=es",
        "/?lang=ar",
        "/articles/sciatica?lang=ar",
        "/articles/",
        "/articles/sciatica#approval",
        "/embed",
        "/demo",
        "/help",
        "/privacy",
        "/nowhere",
    ):
        page.goto(home.url + address)
        page.wait_for_load_state("networkidle")
        found[address] = violations(page)
    page.goto(home.url)
    ask(page, "does siatica hurt?")
    found["answered"] = violations(page)
    context.close()
    assert {address: wrong for address, wrong in found.items() if wrong} == {}


def test_axe_finds_nothing_on_a_host_page_with_the_launcher(page: Page, home: Home, host_site: HostSite) -> None:
    page.goto(host_site.show(f'<main><h1>Host</h1></main><script async src="{home.loader}"></script>'))
    expect(page.get_by_role("button", name="Ask our articles")).to_be_visible()
    closed = violations(page)
    launch(page)
    assert (closed, violations(page)) == ([], [])


def press_until_focused(page: Page, name: str, role: str = "button", limit: int = 60) -> None:
    """Press Tab until the focus is on the thing called `name`."""
    for _ in range(limit):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            "[document.activeElement.innerText?.trim(), document.activeElement.matches(':focus-visible')]"
        )
        if focused[0] == name:
            assert focused[1], f"the focus on {name} cannot be seen"
            return
    pytest.fail(f"the keyboard does not reach {name}")


def test_keyboard_alone_reaches_every_function(page: Page, home: Home) -> None:
    open_chat(page, f"{home.url}/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the question")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    expect(page.locator("[data-question]")).to_be_focused()
    page.keyboard.type("does siatica hurt?")
    page.keyboard.press("Enter")
    expect(page.locator("[data-answer]")).to_be_visible()
    page.keyboard.press("F6")
    expect(page.locator("[data-turn]")).to_be_focused()
    for name, role in (
        ("Search for “siatica” as typed", "button"),
        ("Ketamine and sciatica", "link"),
        ("Open in article", "link"),
        ("Original page", "link"),
        ("Side effects and risks", "link"),
        ("Copy", "button"),
        ("Yes", "button"),
        ("No", "button"),
    ):
        press_until_focused(page, name, role)
    page.keyboard.press("Enter")
    expect(page.locator("[data-reason]").first).to_be_focused()
    press_until_focused(page, "Could be unsafe")
    page.keyboard.press("Enter")
    expect(page.locator("[data-feedback]").first).to_contain_text("Thank you")
    expect(page.locator("[data-feedback]").first.locator("span")).to_be_focused()
    press_until_focused(page, "Print")
    press_until_focused(page, "Ask")
    press_until_focused(page, "Start over")
    page.keyboard.press("Enter")
    expect(page.locator("[data-turn]")).to_have_count(0)


def test_keyboard_alone_gets_through_a_first_visit(page: Page, home: Home) -> None:
    open_chat(page, f"{home.url}/embed/v1/panel")
    press_until_focused(page, SUGGESTIONS[0])
    page.keyboard.press("Enter")
    expect(page.locator("[data-answer]")).to_be_visible()
    expect(page.locator("[data-turn] h2")).to_be_focused()
    press_until_focused(page, "Open in article")
    page.keyboard.press("Enter")
    expect(page.locator("dialog [data-marked]")).to_be_focused()
    press_until_focused(page, "Back to the answers")
    page.keyboard.press("Enter")
    expect(page.locator("dialog")).to_be_hidden()
    press_until_focused(page, SUGGESTIONS[1])
    page.keyboard.press("Enter")
    expect(page.locator("[data-answer]")).to_have_count(2)
    press_until_focused(page, "+1 555 010 2030")
    page.locator("[data-question]").focus()
    page.keyboard.type("infus")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("[data-answer]")).to_have_count(3)


def test_keyboard_alone_gets_through_help_and_failure(page: Page, home: Home) -> None:
    open_chat(page, f"{home.url}/embed/v1/panel")
    page.locator("[data-question]").focus()
    page.keyboard.type("I want to end it")
    page.keyboard.press("Enter")
    expect(page.locator("[data-notice]")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.locator(".notice-text")).to_be_hidden()
    page.keyboard.press("Space")
    expect(page.locator(".notice-text")).to_be_visible()
    press_until_focused(page, "See the list of all articles")
    press_until_focused(page, "Help lines of other countries")
    page.keyboard.press("Enter")
    expect(page.locator("dialog").get_by_role("heading", name="United Kingdom")).to_be_visible()
    page.keyboard.press("Escape")
    page.locator("[data-question]").focus()
    page.context.set_offline(True)
    page.keyboard.type("ketamine")
    page.keyboard.press("Enter")
    expect(page.locator("[data-failure]")).to_be_visible()
    page.context.set_offline(False)
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("F6")
    press_until_focused(page, "Try again")
    page.keyboard.press("Enter")
    expect(page.locator("[data-answer] .passage").first).to_be_visible()
    press_until_focused(page, "Start over")


def test_reader_opens_at_the_passage_and_gives_the_focus_back(page: Page, home: Home) -> None:
    open_chat(page, f"{home.url}/embed/v1/panel")
    link = ask(page, "ketamine").get_by_role("link", name="Open in article").nth(1)
    link.focus()
    page.keyboard.press("Enter")
    marked = page.locator("dialog [data-marked]")
    expect(marked).to_be_focused()
    expect(marked).to_have_text("places a drip in a vein of your arm")
    expect(marked).to_be_in_viewport()
    expect(page.locator("dialog .disclaimer")).to_have_count(2)
    page.keyboard.press("Escape")
    expect(link).to_be_focused()
    expect(page.locator("dialog")).to_be_hidden()


def test_single_letters_do_nothing_outside_the_box(page: Page, home: Home) -> None:
    open_chat(page, f"{home.url}/")
    before = page.locator("main").inner_html()
    page.locator("body").click(position={"x": 5, "y": 400})
    for key in "/?skjhgc1":
        page.keyboard.press(key)
    assert page.locator("main").inner_html() == before
