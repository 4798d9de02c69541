"""The chat on other people's pages, in a real browser."""

from __future__ import annotations

import re
import time

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Home, HostSite, Record
from tests.browser.steps import LISTEN, ask, host_page, launch
from tests.web.scripted import SUGGESTIONS

WATCH_POLICY = """window.violations = [];
addEventListener('securitypolicyviolation', ({ violatedDirective }) => violations.push(violatedDirective));"""


def test_strict_host_policy_is_kept_without_a_violation(
    page: Page, home: Home, host_site: HostSite, record: Record
) -> None:
    page.add_init_script(WATCH_POLICY)
    policy = f"default-src 'none'; script-src {home.url}; frame-src {home.url}"
    page.goto(host_site.show(host_page(home), Content_Security_Policy=policy))
    panel = launch(page)
    expect(ask(panel, "ketamine").locator(".passage").first).to_be_visible()
    expect(page.get_by_role("button", name="Ask our articles")).to_have_css("background-color", "rgb(29, 95, 90)")
    assert [frame.evaluate("window.violations") for frame in page.frames] == [[], []]
    assert record.troubles == []


def test_nothing_but_the_loader_is_fetched_before_the_first_open(
    page: Page, home: Home, host_site: HostSite, record: Record
) -> None:
    page.goto(host_site.show(host_page(home)), wait_until="networkidle")
    assert [address for address in record.requests if address.startswith(home.url)] == [home.loader]
    launch(page)
    assert all(address.startswith((home.url, host_site.origin)) for address in record.requests)
    assert page.context.cookies() == []
    assert page.context.storage_state()["origins"] == []


CLOCK = """() => {
  let pressed;
  addEventListener('click', ({ timeStamp }) => (pressed = timeStamp), true);
  window.took = new Promise((done) => ArticleChatbot.on('ready', () => done(performance.now() - pressed)));
}"""


def opened(browser: Browser, address: str) -> float:
    """Open the chat with nothing cached and return the milliseconds from the click until it can be typed into."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(address)
    button = page.get_by_role("button", name="Ask our articles")
    button.wait_for()
    page.evaluate(CLOCK)
    button.click()
    took = float(page.evaluate("window.took"))
    context.close()
    return took


def test_panel_can_be_used_within_300_milliseconds_of_the_press(
    browser: Browser, home: Home, host_site: HostSite
) -> None:
    address = host_site.show(host_page(home))
    # The fastest of eight: other work on the machine slows some of them, a slip of ours all of them.
    assert min(opened(browser, address) for _ in range(8)) < 300


SANDBOX = '<iframe sandbox="allow-scripts" title="Chat" width="400" height="640" src="{}#?secret=s3cret"></iframe>'


def test_wordpress_sandbox_asks_answers_and_reads(page: Page, home: Home, host_site: HostSite, record: Record) -> None:
    page.goto(host_site.show(LISTEN + SANDBOX.format(f"{home.url}/embed/v1/panel")))
    panel = page.frame_locator("iframe")
    expect(panel.locator("html[data-sandboxed]")).to_have_count(1)
    expect(panel.locator("html[data-scripted]")).to_have_count(1)
    ask(panel, "ketamine")
    panel.locator("[data-question]").fill("yoga?")
    panel.get_by_role("button", name="Ask", exact=True).click()
    turn = panel.locator("[data-turn]").nth(1)
    expect(turn.locator(".passage")).to_be_visible()
    turn.get_by_role("link", name="Open in article").click()
    expect(panel.locator("dialog [data-marked]")).to_be_visible()
    expect(panel.locator("dialog .address-text")).to_contain_text("https://clinic.example/blog/sciatica")
    expect(panel.get_by_role("link", name="Open as a page")).to_be_hidden()
    panel.get_by_role("button", name="Back to the answers").click()
    turn.get_by_role("button", name="Copy").click()
    expect(turn.get_by_label("Text to copy")).to_be_focused()
    expect(turn.get_by_role("button", name="Print")).to_be_hidden()
    heights = page.evaluate("heard.filter((message) => message.secret === 's3cret' && message.message === 'height')")
    assert heights
    assert record.troubles == []


def test_site_that_is_not_listed_reads_why(page: Page, home: Home, host_site: HostSite) -> None:
    host_site.show(host_page(home))
    host_site.show(f'<iframe title="Chat" width="400" height="640" src="{home.url}/embed/v1/panel"></iframe>', "/bare")
    # The same machine by another name is on nobody's list.
    stranger = host_site.origin.replace("http://localhost", "http://stranger.localhost")
    page.goto(f"{stranger}/")
    page.get_by_role("button", name="Ask our articles").click()
    expect(page.get_by_role("status")).to_contain_text("This cannot be shown here")
    expect(page.get_by_role("link", name=home.url)).to_be_visible()
    page.goto(f"{stranger}/bare")
    expect(page.frame_locator("iframe").get_by_role("heading")).to_have_text("The chat cannot be shown on this site")
    expect(page.frame_locator("iframe").locator("code")).to_contain_text(stranger)


def test_server_that_is_away_leaves_a_readable_line(page: Page, home: Home, host_site: HostSite) -> None:
    page.route("**/embed/v1/panel*", lambda route: route.abort())
    page.goto(host_site.show(host_page(home)))
    page.get_by_role("button", name="Ask our articles").click()
    expect(page.get_by_role("status")).to_contain_text("This cannot be shown here")
    page.unroute("**/embed/v1/panel*")
    page.get_by_role("button", name="Ask our articles").click()
    panel = launch(page)
    expect(panel.locator("[data-question]")).to_be_visible()


def test_slow_server_is_waited_for(page: Page, home: Home, host_site: HostSite) -> None:
    def late(route: object) -> None:
        time.sleep(3)
        route.continue_()  # type: ignore[attr-defined]

    page.route("**/embed/v1/panel*", late)
    page.goto(host_site.show(host_page(home)))
    page.get_by_role("button", name="Ask our articles").click()
    expect(page.get_by_role("status")).to_have_text("Ask our articles…")
    expect(page.frame_locator("iframe").locator("html[data-scripted]")).to_have_count(1, timeout=15_000)
    expect(page.get_by_role("status")).to_have_count(0)


HOSTILE = """<style>
* { display: none !important; all: unset !important; transform: rotate(9deg) !important; color: red !important }
button, iframe, section, div { position: static !important; opacity: 0 !important; width: 1px !important }
</style>
<script>
const onmessage = { value: () => { throw new Error('mine') }, writable: false };
Object.defineProperty(window, 'onmessage', onmessage);
</script>"""


def test_hostile_styles_and_a_replaced_onmessage_change_nothing(page: Page, home: Home, host_site: HostSite) -> None:
    page.goto(host_site.show(host_page(home, around=HOSTILE)))
    launcher = page.get_by_role("button", name="Ask our articles")
    expect(launcher).to_have_css("background-color", "rgb(29, 95, 90)")
    expect(launcher).to_have_css("font-size", "16px")
    panel = launch(page)
    expect(ask(panel, "ketamine").locator(".passage").first).to_be_visible()
    box = page.locator("article-chatbot iframe").bounding_box()
    assert box
    assert box["width"] > 380


def test_bare_frame_works_without_javascript(browser: Browser, home: Home, host_site: HostSite) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(
        host_site.show(f'<iframe title="Chat" width="420" height="640" src="{home.url}/embed/v1/panel"></iframe>')
    )
    frame = page.frame_locator("iframe")
    frame.locator("[data-question]").fill("ketamine")
    frame.get_by_role("button", name="Ask", exact=True).click()
    expect(frame.locator("#answer .passage").first).to_be_visible()
    expect(frame.locator("#answer .disclaimer")).to_be_visible()
    context.close()


def test_page_for_site_owners_shows_a_live_preview(page: Page, home: Home, record: Record) -> None:
    page.goto(f"{home.url}/embed")
    expect(page.locator("[data-snippet=script]")).to_have_text(f'<script async src="{home.loader}"></script>')
    expect(page.get_by_role("button", name="Ask our articles")).to_be_in_viewport()
    page.get_by_label("Form").select_option("inline")
    expect(page.frame_locator(".preview iframe").locator("html[data-scripted]")).to_have_count(1)
    page.get_by_label("Theme").select_option("dark")
    expect(page.frame_locator(".preview iframe").locator("html")).to_have_attribute("data-theme", "dark")
    expect(page.locator("[data-snippet=script]")).to_contain_text('data-theme="dark"')
    page.get_by_label("Words on the button").fill('Say "hi" <now>')
    expect(page.locator("[data-snippet=script]")).to_contain_text('data-label="Say &quot;hi&quot; &lt;now>"')
    assert record.troubles == []
    assert all(address.startswith(home.url) for address in record.requests)


def test_copying_a_snippet_is_seen_and_without_a_clipboard_the_text_is_selected(page: Page, home: Home) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{home.url}/embed")
    copy = page.locator("[data-copy-snippet]")
    copy.nth(1).click()
    expect(copy.nth(1)).to_have_class(re.compile("done"))
    assert "<iframe" in page.evaluate("navigator.clipboard.readText()")
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('refused')) }")
    copy.nth(0).click()
    expect(page.locator(".embedding [role=status]")).to_contain_text("The text is selected")
    assert page.evaluate("getSelection().toString()").startswith("<script async")


def test_demonstration_page_opens_the_chat(page: Page, home: Home, record: Record) -> None:
    page.goto(f"{home.url}/demo")
    panel = launch(page)
    panel.get_by_role("button", name=SUGGESTIONS[0]).click()
    expect(panel.locator("[data-answer]")).to_be_visible()
    assert record.troubles == []


def test_link_to_a_passage_marks_it_on_the_reading_page(page: Page, home: Home, record: Record) -> None:
    page.goto(f"{home.url}/articles/sciatica#approval")
    passage = page.locator("#approval")
    expect(passage).to_be_in_viewport()
    marked = passage.evaluate("node => getComputedStyle(node).backgroundColor")
    assert marked != page.locator("#opening").evaluate("node => getComputedStyle(node).backgroundColor")
    assert record.troubles == []


@pytest.mark.parametrize("address", ["/", "/articles/sciatica", "/embed/v1/panel", "/embed"])
def test_paper_keeps_the_disclaimer(page: Page, home: Home, address: str) -> None:
    page.goto(home.url + address)
    page.emulate_media(media="print")
    expect(page.locator(".disclaimer").first).to_be_visible()
