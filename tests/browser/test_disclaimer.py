"""The disclaimer on every surface: with and without script, on screen and paper, three widths, light and dark."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Frame, Page, expect

from chatbot.answering.notices import DISCLAIMER
from chatbot.values import Answer, Question
from tests.browser.conftest import Home, HostSite
from tests.browser.steps import ask

WIDTHS = (320, 768, 1280)
SMALLEST, CONTRAST = 14, 4.5
READ = (
    "/",
    "/embed/v1/panel",
    "/articles/",
    "/articles/sciatica",
    "/help",
    "/privacy",
    "/embed",
    "/demo",
    "/nowhere",
)
ASKED = ("ketamine", "yoga?", "capital of France", "I want to end it", "is it for me", "siatica")
SENT = """([path, question]) => {
  const form = Object.assign(document.createElement("form"), { method: "post", action: path });
  form.append(Object.assign(document.createElement("textarea"), { name: "question", value: question }));
  document.body.append(form);
  form.submit();
}"""
WORDS = DISCLAIMER.partition("{")[0].strip()

SEEN = """(part) => [...document.querySelectorAll(`${part} .disclaimer`)].filter((note) => note.checkVisibility())
 .map((note) => {
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


@dataclass(frozen=True)
class Stage:
    """A page of a visitor, and what it may be shown."""

    page: Page
    home: Home
    host_site: HostSite
    monkeypatch: pytest.MonkeyPatch


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def stage(
    request: pytest.FixtureRequest, browser: Browser, home: Home, host_site: HostSite, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Stage]:
    context = browser.new_context(java_script_enabled=request.param, reduced_motion="reduce", locale="en-US")
    context.set_default_timeout(10_000)
    yield Stage(context.new_page(), home, host_site, monkeypatch)
    context.close()


def check(page: Page, place: Page | Frame, part: str = "body") -> None:
    """Look at every disclaimer of a part of the page, on screen and paper, in both schemes and at three widths."""
    for media in ("screen", "print"):
        for scheme in ("light", "dark"):
            page.emulate_media(media=media, color_scheme=scheme)  # type: ignore[arg-type]
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 800})
                notes = place.evaluate(SEEN, part)
                where = (media, scheme, width, notes)
                assert [note for note in notes if note["text"].startswith(WORDS)], where
                for note in notes:
                    assert note["size"] >= SMALLEST, where
                    assert note["contrast"] >= CONTRAST, where
                    assert note["inside"], where
                    assert note["opacity"] == 1, where


@pytest.mark.parametrize("address", READ)
def test_disclaimer_can_be_read_on_every_page(stage: Stage, address: str) -> None:
    stage.page.goto(stage.home.url + address)
    check(stage.page, stage.page)


@pytest.mark.parametrize("question", ASKED)
def test_disclaimer_can_be_read_with_every_answer(stage: Stage, question: str) -> None:
    page = stage.page
    page.goto(stage.home.url)
    page.locator("[data-question]").fill(question)
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.locator("[data-answer]").first).to_be_attached()
    check(page, page, "[data-answer]")


def broken(question: Question) -> Answer:
    raise RuntimeError


class Full:
    def wait_seconds(self, address: str | None, action: str) -> int:
        return 30


def break_search(stage: Stage) -> None:
    stage.monkeypatch.setattr(stage.home.wired, "answer", broken)


def limit_bodies(stage: Stage) -> None:
    stage.monkeypatch.setitem(stage.home.app.config, "MAX_CONTENT_LENGTH", 64 * 1024)


def take_too_many(stage: Stage) -> None:
    stage.monkeypatch.setitem(stage.home.app.extensions, "chatbot.limit", Full())


def lose_articles(stage: Stage) -> None:
    stage.home.wired.loaded = False


@pytest.mark.parametrize(
    ("status", "path", "question", "arrange"),
    [
        (405, "/articles/", "ketamine", None),
        (413, "/", "ketamine " * 9000, limit_bodies),
        (422, "/", "", None),
        (429, "/", "ketamine", take_too_many),
        (500, "/", "ketamine", break_search),
        (503, "/", "ketamine", lose_articles),
    ],
)
def test_disclaimer_can_be_read_on_every_page_of_an_error(
    stage: Stage, status: int, path: str, question: str, arrange: Callable[[Stage], None] | None
) -> None:
    stage.page.goto(f"{stage.home.url}/privacy")
    if arrange:
        arrange(stage)
    with stage.page.expect_navigation() as sent:
        stage.page.evaluate(SENT, [path, question])
    assert sent.value
    assert sent.value.status == status
    check(stage.page, stage.page)


def test_disclaimer_can_be_read_where_a_site_may_not_show_the_chat(stage: Stage) -> None:
    frame = f'<iframe title="Chat" width="100%" height="640" src="{stage.home.url}/embed/v1/panel"></iframe>'
    stage.host_site.show(frame, "/refused")
    # The same machine by another name is on nobody's list.
    stage.page.goto(stage.host_site.origin.replace("http://localhost", "http://stranger.localhost") + "/refused")
    expect(stage.page.frame_locator("iframe").get_by_role("heading")).to_have_text(
        "The chat cannot be shown on this site"
    )
    check(stage.page, stage.page.frames[1])


@pytest.mark.parametrize("reply", [{"status": 500, "body": "{}"}, {"status": 429, "body": "{}"}])
def test_disclaimer_can_be_read_where_no_answer_came(chat: Page, reply: dict[str, object]) -> None:
    chat.route("**/api/v1/chat", lambda route: route.fulfill(**reply))  # type: ignore[arg-type]
    ask(chat, "ketamine")
    check(chat, chat, "[data-failure]")


def test_disclaimer_can_be_read_in_the_open_reader(chat: Page) -> None:
    ask(chat, "ketamine").get_by_role("link", name="Open in article").first.click()
    expect(chat.locator("dialog [data-marked]")).to_be_visible()
    check(chat, chat, "dialog[open]")
