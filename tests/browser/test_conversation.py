"""Asking, answers, and everything that stands on an answer's card."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser.conftest import Home, Record
from tests.browser.steps import ask
from tests.web.scripted import DISCLAIMER, LEAD_IN, NEAREST, NO_CLINICS, OPENING, STEPS, SUGGESTIONS


def test_answer_marks_its_sentence_inside_the_whole_passage(chat: Page) -> None:
    turn = ask(chat, "does ketamine help sciatica?")
    quote = turn.locator(".quote").first
    # An emoji stands before the marks: offsets are characters, not JavaScript's half characters.
    assert quote.evaluate("node => node.textContent") == OPENING
    expect(quote.locator("mark")).to_have_text("Small studies have looked at ketamine for it.")
    assert quote.locator("b").all_inner_texts() == ["Sciatica", "ketamine"]
    assert turn.locator(".quote").nth(1).evaluate("node => node.textContent") == f"{LEAD_IN}\n{STEPS[1]}"


def test_card_names_its_source_and_how_well_it_fits(chat: Page) -> None:
    card = ask(chat, "ketamine").locator(".passage").first
    expect(card).to_contain_text("Ketamine and sciatica")
    for words in ("By Dana Reyes", "Harbour Clinic", "Reviewed November 1, 2026 by Dr. Ana Ruiz", "Close match"):
        expect(card).to_contain_text(words)
    expect(card.get_by_role("link", name="Original page")).to_have_attribute(
        "href", re.compile("clinic.example.*:~:text=")
    )


@pytest.mark.parametrize("question", ["does siatica hurt?", "I want to end it", "is it for me"])
def test_cards_of_script_and_server_are_the_same(chat: Page, home: Home, question: str) -> None:
    script_card = ask(chat, question).locator("[data-answer]")
    plain: BrowserContext = chat.context.browser.new_context(java_script_enabled=False)  # type: ignore[union-attr]
    without = plain.new_page()
    without.goto(f"{home.url}/")
    without.locator("[data-question]").fill(question)
    without.get_by_role("button", name="Ask", exact=True).click()
    server_card = without.locator("#answer [data-answer]")

    def words(html: str) -> str:
        text = re.sub(r"<button[^>]*>.*?</button>|<[^>]+>", " ", html, flags=re.DOTALL)
        return " ".join(text.split())

    assert words(script_card.inner_html()) == words(server_card.inner_html())
    plain.close()


@pytest.mark.parametrize("question", ["ketamine", "yoga?", "capital of France", "I want to end it", "is it for me"])
def test_every_card_carries_the_disclaimer_where_it_can_be_read(chat: Page, question: str) -> None:
    note = ask(chat, question).locator(".disclaimer")
    expect(note).to_have_count(1)
    expect(note).to_contain_text(DISCLAIMER.split(".")[0])
    assert note.evaluate("node => parseFloat(getComputedStyle(node).fontSize)") >= 14


def test_questions_before_are_sent_with_the_next_one_and_kept_nowhere(chat: Page, home: Home) -> None:
    ask(chat, "what is ketamine?")
    expect(ask(chat, "and for migraine?").locator(".passage").first).to_be_visible()
    assert home.wired.asked[-1].history == ("what is ketamine?",)
    assert chat.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]
    chat.reload()
    expect(chat.locator("[data-turn]")).to_have_count(0)


def test_correction_is_told_and_undone(chat: Page, home: Home) -> None:
    turn = ask(chat, "does siatica hurt?")
    expect(turn).to_contain_text("Searched for “sciatica” instead of “siatica”.")
    turn.get_by_role("button", name="Search for “siatica” as typed").click()
    expect(chat.locator("[data-turn]")).to_have_count(2)
    expect(chat.locator("[data-turn]").last.locator("[data-answer]")).to_be_visible()
    assert home.wired.asked[-1].text == 'does "siatica" hurt?'
    expect(chat.locator("[data-turn]").last.locator(".correction")).to_have_count(0)


def test_synonym_is_told_where_the_answer_names_it(chat: Page) -> None:
    expect(ask(chat, "ketamine").locator(".matched")).to_have_text(["Matched: infusion = drip"])


def test_overdue_review_and_missing_clinician_are_told_on_the_card(chat: Page) -> None:
    cards = ask(chat, "ketamine").locator(".passage")
    expect(cards.nth(1)).to_contain_text("Review due")
    expect(cards.nth(1)).to_contain_text("Reviewed September 1, 2024, not yet by a clinician")
    expect(cards.nth(0)).not_to_contain_text("Review due")


def test_passage_on_the_treatment_leads_to_its_risks(chat: Page) -> None:
    links = ask(chat, "ketamine").get_by_role("link", name="Side effects and risks")
    expect(links).to_have_count(1)
    expect(links).to_have_attribute("href", "/articles/side-effects-and-risks")


def test_helpful_is_sent_with_the_passage_and_never_with_the_question(chat: Page, home: Home) -> None:
    turn = ask(chat, "does ketamine help?")
    with chat.expect_response("**/api/v1/feedback") as sent:
        turn.get_by_role("button", name="Yes").first.click()
    assert sent.value.status == 204
    assert "does ketamine" not in (sent.value.request.post_data or "")
    (noted,) = home.wired.noted
    assert (noted.passage, noted.helpful, noted.reason, noted.verdict) == ("sciatica#opening", True, None, "answered")
    expect(turn.locator(".passage").first).to_contain_text("Thank you")


def test_not_helpful_asks_for_one_of_five_reasons(chat: Page, home: Home) -> None:
    turn = ask(chat, "ketamine")
    card = turn.locator(".passage").nth(1)
    card.get_by_role("button", name="No", exact=True).click()
    expect(card.locator("[data-reason]")).to_have_text(
        ["Out of date", "Hard to understand", "Does not fit my question", "Could be unsafe", "Something else"]
    )
    expect(card.locator("[data-reason]").first).to_be_focused()
    with chat.expect_response("**/api/v1/feedback"):
        card.get_by_role("button", name="Could be unsafe").click()
    assert [(noted.passage, noted.reason) for noted in home.wired.noted] == [("infusion-day#step-1", "unsafe")]


def test_copied_text_has_source_addresses_and_disclaimer(chat: Page, home: Home) -> None:
    chat.context.grant_permissions(["clipboard-read", "clipboard-write"])
    turn = ask(chat, "ketamine")
    turn.get_by_role("button", name="Copy").first.click()
    expect(chat.locator("[data-status]")).to_contain_text("Copied")
    expect(turn.get_by_role("button", name="Copy").first).to_have_class(re.compile("done"))
    copied = chat.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(OPENING)
    for words in ("Dana Reyes", f"{home.url}/articles/sciatica#opening", "clinic.example", "not medical advice"):
        assert words in copied


def test_copy_by_hand_is_offered_where_the_clipboard_is_refused(chat: Page) -> None:
    chat.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('refused')) }")
    turn = ask(chat, "ketamine")
    turn.get_by_role("button", name="Copy").first.click()
    area = turn.get_by_label("Text to copy")
    expect(area).to_be_focused()
    assert "not medical advice" in area.input_value()
    assert (
        area.evaluate("node => node.selectionEnd - node.selectionStart")
        == len(area.input_value().encode("utf-16")) // 2 - 1
    )


def test_print_shows_one_answer_with_its_disclaimer(chat: Page) -> None:
    chat.evaluate(
        "() => { window.print = () => { window.printed = document.querySelectorAll('[data-printing]').length } }"
    )
    ask(chat, "yoga?")
    ask(chat, "ketamine").get_by_role("button", name="Print").click()
    assert chat.evaluate("window.printed") == 1
    chat.emulate_media(media="print")
    expect(chat.locator("[data-turn]").nth(0)).to_be_hidden()
    expect(chat.locator("[data-turn]").nth(1).locator(".disclaimer")).to_be_visible()
    expect(chat.locator("[data-composer]")).to_be_hidden()


def test_start_over_forgets_everything(chat: Page, home: Home) -> None:
    ask(chat, "what is ketamine?")
    chat.get_by_role("button", name="Start over").click()
    expect(chat.locator("[data-turn]")).to_have_count(0)
    expect(chat.locator("[data-starters]").first).to_be_visible()
    expect(chat.locator("[data-question]")).to_be_focused()
    ask(chat, "and for migraine?")
    assert home.wired.asked[-1].history == ()


def test_starter_question_is_asked_by_a_press_and_the_focus_goes_with_it(chat: Page, home: Home) -> None:
    chat.get_by_role("button", name=SUGGESTIONS[0]).click()
    expect(chat.locator("[data-answer]")).to_be_visible()
    assert home.wired.asked[-1].text == SUGGESTIONS[0]
    expect(chat.locator("[data-turn] h2")).to_be_focused()


def test_typing_is_completed_from_approved_questions_without_a_request(chat: Page, record: Record, home: Home) -> None:
    box = chat.locator("[data-question]")
    with chat.expect_response("**/questions.json"):
        box.focus()
    before = len(record.requests)
    box.press_sequentially("infus")
    options = chat.get_by_role("option")
    expect(options).to_have_text([SUGGESTIONS[0]])
    assert len(record.requests) == before
    box.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    assert box.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    box.press("Enter")
    expect(chat.locator("[data-answer]")).to_be_visible()
    assert [asked.text for asked in home.wired.asked] == [SUGGESTIONS[0]]


def test_typing_that_no_question_holds_completes_to_nothing(chat: Page, home: Home) -> None:
    with chat.expect_response("**/questions.json"):
        chat.locator("[data-question]").focus()
    chat.locator("[data-question]").press_sequentially("infusion zebra")
    expect(chat.get_by_role("listbox")).to_be_hidden()


def test_shift_enter_breaks_the_line(chat: Page, home: Home) -> None:
    box = chat.locator("[data-question]")
    box.press_sequentially("one")
    box.press("Shift+Enter")
    box.press_sequentially("two")
    assert box.input_value() == "one\ntwo"
    assert home.wired.asked == []


def test_no_connection_keeps_the_words_and_offers_a_retry(chat: Page) -> None:
    chat.context.set_offline(True)
    turn = ask(chat, "what is ketamine?")
    expect(turn).to_contain_text("No connection")
    expect(turn).to_contain_text("+1 555 010 2030")
    expect(turn.locator(".disclaimer")).to_be_visible()
    expect(chat.locator("[data-question]")).to_have_value("what is ketamine?")
    chat.context.set_offline(False)
    turn.get_by_role("button", name="Try again").click()
    expect(chat.locator("[data-answer] .passage").first).to_be_visible()
    expect(chat.locator("[data-turn]")).to_have_count(1)
    expect(chat.locator("[data-question]")).to_have_value("")


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        ({"status": 429, "headers": {"Retry-After": "12"}}, "in 12 seconds"),
        ({"status": 500, "body": "{}"}, "not available"),
        ({"status": 503, "body": "{}"}, "not available"),
        ({"status": 422, "json": {"detail": "The question is odd."}}, "The question is odd."),
        ({"status": 200, "body": "<html>"}, "could not be fetched"),
        (None, "could not be fetched"),
    ],
)
def test_refusal_of_the_server_is_told_in_words_and_with_the_help_lines(
    chat: Page, home: Home, reply: dict[str, object] | None, words: str
) -> None:
    chat.route("**/api/v1/chat", lambda route: route.fulfill(**reply) if reply else route.abort())
    turn = ask(chat, "I want to end it")
    card, help_lines = turn.locator("[data-failure]"), turn.locator("[data-notice]")
    expect(card).to_contain_text(words)
    expect(turn.locator("[data-slot=asked]")).to_have_text("I want to end it")
    expect(help_lines.get_by_role("heading")).to_have_text("If you need help now")
    links = [link.get_attribute("href") for link in help_lines.get_by_role("link").all()]
    assert links == ["tel:911", "tel:988", "sms:988", "https://988lifeline.org/chat/", "tel:+18002221222"]
    said = card.inner_text()
    assert said.index(words) < said.index("If you need help now") < said.index("Try again")
    expect(chat.locator("[data-status]")).to_contain_text("if you might hurt yourself, call 911")
    expect(turn.locator(".disclaimer")).to_be_visible()
    card.get_by_role("link", name="Help lines of other countries").click()
    expect(chat.locator("dialog").get_by_role("heading", name="United Kingdom")).to_be_visible()


def test_each_failure_names_its_help_by_ids_of_its_own(chat: Page) -> None:
    chat.route("**/api/v1/chat", lambda route: route.abort())
    for question in ("ketamine", "yoga?"):
        chat.locator("[data-question]").fill("")
        ask(chat, question)
    ids = chat.locator("[data-notice] [id]").evaluate_all("nodes => nodes.map((node) => node.id)")
    assert len(ids) == len(set(ids)) == 4
    for notice in chat.locator("[data-notice]").all():
        assert {notice.get_attribute("aria-labelledby"), notice.get_attribute("aria-describedby")} <= set(ids)


def test_help_page_that_cannot_be_read_inside_opens_beside_the_chat(chat: Page, home: Home) -> None:
    for address in ("**/api/v1/chat", "**/embed/v1/help*"):
        chat.route(address, lambda route: route.abort())
    link = ask(chat, "ketamine").get_by_role("link", name="Help lines of other countries")
    with chat.expect_popup() as opened:
        link.click()
    # As it is where a front server answers for the chatbot that is away.
    opened.value.wait_for_url(f"{home.url}/help")
    expect(chat.locator("[data-failure]")).to_be_visible()


def test_markup_in_any_text_stays_text(chat: Page) -> None:
    hostile = '<img src=x onerror="window.hit=1"><script>window.hit=1</script>'

    def poisoned(route: Route) -> None:
        reply = route.fetch()
        body = reply.json()
        body["passages"][0] |= {"text": hostile, "sentences": [[0, 9]], "words": [[3, 5]]}
        body["passages"][0]["source"] |= {"title": hostile, "author": hostile, "section": hostile}
        body |= {"suggestions": [hostile], "disclaimer": hostile, "corrections": [{"typed": hostile, "used": hostile}]}
        route.fulfill(response=reply, json=body)

    chat.route("**/api/v1/chat", poisoned)
    turn = ask(chat, hostile)
    expect(turn.locator(".quote").first).to_have_text(hostile)
    assert turn.locator("img").count() == 0
    assert chat.evaluate("window.hit") is None


def test_answer_is_announced_in_a_sentence_and_the_log_stays_silent(chat: Page) -> None:
    ask(chat, "ketamine")
    expect(chat.locator("[data-status]")).to_have_text("3 passages found, first from Ketamine and sciatica.")
    assert chat.locator("[role=log]").get_attribute("aria-live") == "off"
    expect(chat.locator("[data-question]")).to_be_focused()
    ask(chat, "yoga?")
    expect(chat.locator("[data-status]")).to_have_text("One passage that may be related, from Ketamine and sciatica.")
    ask(chat, "capital of France")
    expect(chat.locator("[data-status]")).to_have_text("The articles do not answer this question.")


def test_no_answer_shows_the_nearest_articles_and_words_of_its_own(chat: Page) -> None:
    ask(chat, "best clinic")
    turn = chat.locator("[data-turn]").last
    expect(turn.locator(".nearest a")).to_have_text([link.title for link in NEAREST])
    expect(turn.locator("[data-slot=nothing]")).to_have_text(NO_CLINICS)
    turn.locator(".nearest a").first.click()
    expect(chat.locator("[data-reader-text]")).to_contain_text("Sciatica is pain down one leg")


def test_slow_answer_is_shown_and_told_to_be_on_its_way(chat: Page) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    chat.route("**/api/v1/chat", hold)
    chat.locator("[data-question]").fill("ketamine")
    chat.locator("[data-question]").press("Enter")
    expect(chat.locator(".searching")).to_have_text("Searching the articles")
    expect(chat.locator("[data-status]")).to_have_text("Searching the articles")
    held[0].continue_()
    expect(chat.locator("[data-status]")).to_contain_text("3 passages found")


def test_nothing_leaves_for_another_host_and_no_cookie_is_set(chat: Page, record: Record, home: Home) -> None:
    for question in ("ketamine", "yoga?", "capital of France", "I want to end it"):
        ask(chat, question)
    assert all(address.startswith(f"{home.url}/") for address in record.requests)
    assert not any(
        "ketamine" in address or "end" in address.split("/")[-1] for address in record.requests if "api" in address
    )
    assert chat.context.cookies() == []
    assert record.troubles == []
