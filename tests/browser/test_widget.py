"""What a page may do with the widget, and what the widget does to the page."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Home, HostSite
from tests.browser.steps import BARE, LISTEN, ask, host_page, launch


def test_two_widgets_on_one_page_keep_apart(page: Page, home: Home, host_site: HostSite) -> None:
    first_script = f'<script src="{home.loader}" data-mode="inline" data-target="#first"></script>'
    around = f'<div id="first"></div><div id="second"></div>{first_script}'
    page.goto(host_site.show(host_page(home, 'data-mode="inline" data-target="#second" data-lang="es"', around)))
    first, second = page.frame_locator("#first iframe"), page.frame_locator("#second iframe")
    ask(first, "ketamine")
    expect(second.locator("html")).to_have_attribute("lang", "es")
    expect(second.locator("[data-turn]")).to_have_count(0)
    assert page.evaluate("ArticleChatbot.instances.length") == 2
    page.evaluate("ArticleChatbot.destroy()")
    expect(page.locator("#first iframe")).to_have_count(0)
    ask(second, "ketamine")
    page.evaluate("ArticleChatbot.destroy()")
    assert page.evaluate("[typeof ArticleChatbot, document.querySelectorAll('article-chatbot, iframe').length]") == [
        "undefined",
        0,
    ]


MOUNTING = """() => {
  window.mount = (loader) => new Promise((resolve) => {
    const script = document.createElement('script');
    script.onload = () => { script.remove(); resolve(); };
    script.src = loader;
    document.body.append(script);
  });
}"""


def test_framework_may_mount_and_unmount_it_50_times(page: Page, home: Home, host_site: HostSite) -> None:
    page.goto(host_site.show(BARE))
    page.evaluate(MOUNTING)
    for time_mounted in range(50):
        page.evaluate("loader => mount(loader)", home.loader)
        if time_mounted % 10 == 0:
            page.evaluate("ArticleChatbot.open()")
        page.evaluate("ArticleChatbot.destroy()")
    assert page.evaluate("document.querySelectorAll('article-chatbot, iframe, [inert]').length") == 0
    assert page.evaluate("[typeof ArticleChatbot, document.documentElement.style.overflow]") == ["undefined", ""]
    page.evaluate("loader => mount(loader)", home.loader)
    ask(launch(page), "ketamine")


FORGE = """(home) => {
  const frame = document.querySelector('article-chatbot').shadowRoot.querySelector('iframe');
  const id = new URLSearchParams(new URL(frame.src).hash.slice(1)).get('id');
  const rest = { px: 5000, verdict: 'answered', passages: ['x'], code: 'x', text: 'x', settings: {} };
  for (const type of ['hello', 'close', 'height', 'answer', 'error', 'ready', 'open', 'init', 'set', 'ask']) {
    for (const forged of [{ v: 1, id, type, ...rest }, { v: 1, id: 'wrong', type }, { v: 2, id, type }, null]) {
      window.postMessage({ articleChatbot: forged }, '*');
      dispatchEvent(new MessageEvent('message', { data: { articleChatbot: forged }, origin: home }));
    }
  }
}"""


LISTEN_TO_ALL = """() => {
  window.events = [];
  for (const name of ['ready', 'close', 'answer', 'height', 'error']) ArticleChatbot.on(name, () => events.push(name));
}"""


STRANGER = (
    """() => document.body.append(Object.assign(document.createElement('iframe'), { id: 'stranger', srcdoc: '<p>' }))"""
)


FORGE_FROM_A_FRAME = """() => {
  const frames = [top, ...Array.from({ length: top.length }, (_, at) => top[at])];
  for (let number = 0; number < 40; number += 1) {
    const forged = { v: 1, id: 'guess', type: ['ask', 'close', 'set', 'hello'][number % 4], text: 'x' };
    for (const frame of frames) frame.postMessage({ articleChatbot: forged }, '*');
  }
}"""


def test_40_forged_messages_have_no_effect(page: Page, home: Home, host_site: HostSite) -> None:
    page.goto(host_site.show(host_page(home)))
    panel = launch(page)
    page.evaluate(LISTEN_TO_ALL)
    page.evaluate(FORGE, home.url)
    page.evaluate(STRANGER)
    stranger = page.frame_locator("#stranger").locator("body")
    stranger.evaluate(FORGE_FROM_A_FRAME)
    # An answer afterwards: every message sent before it has been delivered by then.
    ask(panel, "ketamine")
    page.wait_for_function("events.includes('answer')")
    assert [name for name in page.evaluate("events") if name != "height"] == ["answer"]
    expect(panel.locator("[data-turn]")).to_have_count(1)


def test_answer_event_tells_verdict_and_ids_and_an_urgent_one_nothing(
    page: Page, home: Home, host_site: HostSite
) -> None:
    page.goto(host_site.show(LISTEN + host_page(home)))
    panel = launch(page)
    ask(panel, "ketamine")
    assert "answer" not in [message["articleChatbot"]["type"] for message in page.evaluate("heard")]
    page.evaluate("() => { window.events = []; ArticleChatbot.on('answer', (detail) => events.push(detail)) }")
    page.wait_for_timeout(100)
    ask(panel, "ketamine again")
    page.wait_for_function("events.length")
    (event,) = page.evaluate("events")
    assert event["verdict"] == "answered"
    assert event["passages"] == ["sciatica#opening", "infusion-day#step-1", "sciatica#approval"]
    page.wait_for_timeout(200)
    page.evaluate("() => { heard.length = 0 }")
    ask(panel, "I want to end it")
    page.wait_for_timeout(300)
    assert page.evaluate("heard") == []
    assert len(page.evaluate("events")) == 1


def test_no_message_ever_holds_a_question_or_an_answer(page: Page, home: Home, host_site: HostSite) -> None:
    page.goto(host_site.show(LISTEN + host_page(home)))
    page.evaluate("() => { for (const name of ['answer', 'height', 'error']) ArticleChatbot.on(name, () => {}) }")
    panel = launch(page)
    ask(panel, "markedword ketamine")
    page.wait_for_timeout(200)
    said = str(page.evaluate("heard")) + host_site.origin
    assert "markedword" not in said
    assert "Small studies" not in said


def test_calls_before_the_script_and_before_ready_are_kept(page: Page, home: Home, host_site: HostSite) -> None:
    early = """<script>
      window.ArticleChatbot ||= (...call) => (ArticleChatbot.queue ||= []).push(call);
      window.seen = [];
      ArticleChatbot('on', 'ready', () => seen.push('ready'));
      ArticleChatbot('ask', 'ketamine');
    </script>"""
    page.goto(host_site.show(early + host_page(home)))
    expect(page.frame_locator("iframe").locator("[data-answer]")).to_be_visible()
    assert page.evaluate("seen") == ["ready"]
    assert page.evaluate("ArticleChatbot.version") == "1"


def test_theme_questions_and_label_follow_live(page: Page, home: Home, host_site: HostSite) -> None:
    page.goto(
        host_site.show(host_page(home, 'data-questions="First?|Second?" data-label="Questions?" data-theme="dark"'))
    )
    panel = launch(page, "Questions?")
    expect(panel.locator(".starters .chip")).to_have_text(["First?", "Second?"])
    expect(panel.locator("html")).to_have_attribute("data-theme", "dark")
    page.evaluate("ArticleChatbot.set({ theme: 'light', questions: ['Third?'], label: 'Other words' })")
    expect(panel.locator("html")).to_have_attribute("data-theme", "light")
    expect(panel.locator(".starters .chip")).to_have_text(["Third?"])
    expect(page.get_by_role("button", name="Other words")).to_be_visible()
    page.evaluate("ArticleChatbot.set({ lang: 'es' })")
    expect(panel.locator("html")).to_have_attribute("lang", "es")


def test_escape_closes_and_gives_the_focus_back(page: Page, home: Home, host_site: HostSite) -> None:
    page.goto(host_site.show(host_page(home)))
    launcher = page.get_by_role("button", name="Ask our articles")
    expect(launcher).to_have_attribute("aria-expanded", "false")
    panel = launch(page)
    expect(launcher).to_have_attribute("aria-expanded", "true")
    expect(panel.locator("[data-question]")).to_be_focused()
    panel.locator("[data-question]").press("Escape")
    expect(launcher).to_be_focused()
    expect(launcher).to_have_attribute("aria-expanded", "false")
    # Closed, it cannot be reached at all.
    expect(page.locator("article-chatbot section")).to_be_hidden()
    launcher.press("Enter")
    panel.get_by_role("button", name="Close").click()
    expect(launcher).to_be_focused()


def test_conversation_is_still_there_when_it_is_opened_again(page: Page, home: Home, host_site: HostSite) -> None:
    page.goto(host_site.show(host_page(home)))
    panel = launch(page)
    ask(panel, "ketamine")
    panel.locator("[data-question]").press("Escape")
    page.get_by_role("button", name="Ask our articles").click()
    expect(panel.locator("[data-turn]")).to_have_count(1)


def test_phone_gets_the_whole_screen_and_the_page_behind_rests(
    browser: Browser, home: Home, host_site: HostSite
) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 640}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(host_site.show(host_page(home, around=BARE + "<p style='height: 3000px'>Long</p>")))
    panel = launch(page)
    box = page.locator("article-chatbot section").bounding_box()
    assert box == {"x": 0, "y": 0, "width": 360, "height": 640}
    assert page.evaluate("getComputedStyle(document.documentElement).overflow") == "hidden"
    assert page.evaluate("document.querySelector('main').inert") is True
    expect(panel.locator(".disclaimer").first).to_be_in_viewport(ratio=1)
    panel.get_by_role("button", name="Close").click()
    assert page.evaluate("document.querySelector('main').inert") is False
    assert page.evaluate("document.documentElement.style.overflow") == ""
    context.close()


def test_inline_panel_grows_with_its_content_up_to_its_limit(page: Page, home: Home, host_site: HostSite) -> None:
    page.goto(host_site.show(host_page(home, 'data-mode="inline" data-max-height="900"')))
    frame = page.frame_locator("iframe")
    section = page.locator("article-chatbot section")
    expect(frame.locator("[data-starters]").first).to_be_in_viewport(ratio=1)
    ask(frame, "ketamine")
    expect(section).to_have_css("height", "900px")


@pytest.mark.parametrize(("attribute", "open_at_once"), [('data-open="true"', True), ('data-open="false"', False)])
def test_panel_opens_by_itself_where_the_site_says_so(
    page: Page, home: Home, host_site: HostSite, attribute: str, open_at_once: bool
) -> None:
    page.goto(host_site.show(host_page(home, attribute)))
    expect(page.get_by_role("button", name="Ask our articles")).to_have_attribute(
        "aria-expanded", str(open_at_once).lower()
    )
    # It takes no focus that nobody gave it.
    assert page.evaluate("document.activeElement === document.body")


def test_full_mode_takes_the_whole_screen_of_a_desktop_and_gives_it_back(
    page: Page, home: Home, host_site: HostSite
) -> None:
    page.goto(host_site.show(host_page(home, 'data-mode="full"')))
    panel = launch(page)
    assert page.locator("article-chatbot section").bounding_box() == {"x": 0, "y": 0, "width": 1280, "height": 800}
    panel.get_by_role("button", name="Close").click()
    expect(page.get_by_role("button", name="Ask our articles")).to_be_focused()
    page.get_by_role("button", name="Book").click()


def test_position_start_is_the_other_corner(page: Page, home: Home, host_site: HostSite) -> None:
    page.goto(host_site.show(host_page(home, 'data-position="start"')))
    box = page.get_by_role("button", name="Ask our articles").bounding_box()
    assert box
    assert box["x"] < 40
