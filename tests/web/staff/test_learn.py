from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from flask import Flask
from selectolax.lexbor import LexborHTMLParser
from sqlalchemy import select

from chatbot.answering.confidence import POLICY
from chatbot.journal import fold
from chatbot.storage import questions
from chatbot.storage.audit import lines
from chatbot.storage.questions import Kind, Said, Text
from chatbot.storage.tables import AskedText, Draft, Suggestion
from tests.conftest import SCIATICA
from tests.web.staff.conftest import Browser, wired

HOUR = datetime.now(tz=UTC).replace(minute=0, second=0, microsecond=0)
GOUT = ("does it help my gout", "is gout eased by ketamine", "gout and ketamine")

AsRole = Callable[[str], Browser]


@pytest.fixture
def make_app(make_app: Callable[..., Flask]) -> Callable[..., Flask]:
    return lambda **changes: make_app(**{"question_log": "redacted", **changes})


@pytest.fixture
def asked(console: Flask) -> Flask:
    """A console where visitors asked about gout three times in vain and about the weather once."""
    texts = [Text(fold(text), text, "nothing", HOUR) for text in (*GOUT, "weather in lisbon")]
    with wired(console).database.writing() as session:
        questions.keep_texts(session, texts)
        questions.count_questions(session, {Kind(HOUR, "C11", "nothing", "", "1", "en", "1"): 4})
        questions.count_feedback(session, {Said(HOUR, "sciatica#gone", "answered", False, "unsafe"): 2})
    return console


def group_page(browser: Browser) -> str:
    link = LexborHTMLParser(browser.get("/staff/learn/").text).css_first(".rows a.button-quiet")
    return link.attributes["href"] or ""


def texts_left(app: Flask) -> list[str]:
    with wired(app).database.reading() as session:
        return [row.text for row in session.scalars(select(AskedText))]


def proposed(app: Flask) -> list[tuple[str, str, str]]:
    with wired(app).database.reading() as session:
        return [(row.kind, row.text, row.section) for row in session.scalars(select(Suggestion))]


def test_what_three_asked_is_shown_and_what_one_asked_is_not(asked: Flask, as_role: AsRole) -> None:
    page = as_role("author").get("/staff/learn/").text
    assert "3 times" in page
    assert "gout and ketamine" in page
    assert "lisbon" not in page
    assert "unsafe 2" in page
    assert "Personal suitability" in page


@pytest.mark.parametrize(("mode", "words"), [("off", "Nothing is kept"), ("counts", "their words are not kept")])
def test_page_says_plainly_that_nothing_may_be_shown(
    make_app: Callable[..., Flask], asked: Flask, as_role: AsRole, mode: str, words: str
) -> None:
    other = make_app(question_log=mode)
    browser = Browser(other.test_client(), other, as_role("author").token)
    browser.client.set_cookie("__Host-staff-session", browser.token, domain="chat.example", secure=True)
    page = browser.get("/staff/learn/").text
    assert words in page
    assert "gout" not in page


def test_group_offers_the_sections_nearest_to_it(asked: Flask, as_role: AsRole) -> None:
    browser = as_role("author")
    page = LexborHTMLParser(browser.get(group_page(browser)).text)
    assert page.css("input[type=radio]")[0].attributes["value"].startswith(("sciatica#", "effects#"))
    assert page.css_first("#say").attributes["value"] == "gout"


def test_group_that_is_gone_is_said_to_be_gone(asked: Flask, as_role: AsRole) -> None:
    reply = as_role("author").get("/staff/learn/group/000000000000")
    assert reply.status_code == 404
    assert "not there any more" in reply.text


def test_question_goes_into_a_draft_and_the_group_is_done(asked: Flask, as_role: AsRole) -> None:
    browser = as_role("author")
    form = {"ask": "Does it help gout?", "section": "sciatica#Ketamine for sciatica"}
    reply = browser.post(group_page(browser) + "/question", form)
    assert reply.status_code == 303
    with wired(asked).database.reading() as session:
        [draft] = session.scalars(select(Draft))
        assert draft.slug == "sciatica"
        assert "Does it help gout?" in draft.source
        assert "gout" not in "".join(f"{line.subject}{line.detail}" for line in lines(session))
    assert texts_left(asked) == ["weather in lisbon"]


def test_question_for_a_section_that_is_none_is_refused_and_kept(asked: Flask, as_role: AsRole) -> None:
    browser = as_role("author")
    assert browser.post(group_page(browser) + "/question", {"section": "sciatica#Nowhere"}).status_code == 400
    assert len(texts_left(asked)) == 4


def test_synonym_waits_until_a_publisher_approves_it(asked: Flask, as_role: AsRole) -> None:
    browser, lexicon = as_role("author"), wired(asked).settings.corpus / "lexicon.toml"
    browser.post(group_page(browser) + "/synonym", {"say": "gout", "mean": "leg pain"})
    assert proposed(asked) == [("synonym", "gout", "leg pain")]
    assert lexicon.read_text("utf-8") == ""
    assert browser.post("/staff/suggestions/1/approve").status_code == 403
    assert as_role("publisher").post("/staff/suggestions/1/approve").status_code == 303
    assert 'say = ["gout"]' in lexicon.read_text("utf-8")
    assert as_role("publisher").post("/staff/suggestions/1/approve").status_code == 409


def test_out_of_scope_becomes_a_golden_question_without_answer(asked: Flask, as_role: AsRole) -> None:
    browser, golden = as_role("author"), wired(asked).settings.corpus / "questions.toml"
    browser.post(group_page(browser) + "/out-of-scope", {"ask": "does it help gout"})
    assert "does it help gout" in browser.get("/staff/suggestions/").text
    as_role("publisher").post("/staff/suggestions/1/approve")
    assert golden.read_text("utf-8") == '[[question]]\nask = "does it help gout"\nanswers = []\n'


def test_rejected_suggestion_changes_nothing(asked: Flask, as_role: AsRole) -> None:
    browser, golden = as_role("publisher"), wired(asked).settings.corpus / "questions.toml"
    browser.post(group_page(browser) + "/out-of-scope", {"ask": "does it help gout"})
    assert browser.post("/staff/suggestions/1/reject").status_code == 303
    assert not golden.exists()
    assert "Nothing waits" in browser.get("/staff/suggestions/").text


def test_file_that_cannot_be_changed_leaves_the_suggestion_open(asked: Flask, as_role: AsRole) -> None:
    browser = as_role("publisher")
    browser.post(group_page(browser) + "/synonym", {"say": "gout", "mean": "leg pain"})
    (wired(asked).settings.corpus / "lexicon.toml").write_text("[[words]", "utf-8")
    reply = browser.post("/staff/suggestions/1/approve")
    assert reply.status_code == 409
    assert "not TOML" in reply.text
    assert "gout" in browser.get("/staff/suggestions/").text


def test_article_is_begun_and_a_group_dismissed(asked: Flask, as_role: AsRole) -> None:
    browser = as_role("author")
    address = group_page(browser)
    assert browser.post(address + "/draft", {"ask": "Does it help gout?"}).status_code == 303
    with wired(asked).database.reading() as session:
        assert session.scalars(select(Draft)).one().slug == "does-it-help-gout"
        assert "gout" not in "".join(f"{line.subject}{line.detail}" for line in lines(session))
    assert browser.post(address + "/dismiss").status_code == 404


def test_dismissed_questions_are_deleted(asked: Flask, as_role: AsRole) -> None:
    browser = as_role("author")
    browser.post(group_page(browser) + "/dismiss")
    assert texts_left(asked) == ["weather in lisbon"]


def test_passage_that_did_not_help_leads_to_a_draft(console: Flask, as_role: AsRole) -> None:
    browser, library = as_role("author"), wired(console).library
    passage = library.snapshot().articles[-1].passages[0]
    with wired(console).database.writing() as session:
        questions.count_feedback(session, {Said(HOUR, passage.id, "answered", False, "wrong"): 1})
    page = LexborHTMLParser(browser.get("/staff/learn/").text)
    action = page.css_first(".table form").attributes["action"] or ""
    assert browser.post(action).location == "/staff/drafts/1"


# --- the test bench ---------------------------------------------------------------------------


def test_bench_shows_each_step_and_keeps_nothing(console: Flask, as_role: AsRole) -> None:
    page = as_role("author").post("/staff/bench/", {"question": "can ketamine help siatica?", "against": "live"}).text
    assert "was read as “sciatica”" in page
    assert "sciatica#" in page
    assert f"Answered from a confidence of {POLICY.answered_at:.2f}" in page
    wired(console).journal.flush()
    with wired(console).database.reading() as session:
        assert questions.totals(session, "verdict", HOUR.replace(year=2020)) == {}


def test_bench_leaves_no_trace_of_the_question(
    console: Flask, as_role: AsRole, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    browser = as_role("author")
    for question in ("zqmarked sciatica", "I want to kill myself zqmarked", "zqmarked " * 300):
        browser.post("/staff/bench/", {"question": question, "history": "zqmarked before"})
    wired(console).journal.flush()
    files = [path for path in wired(console).settings.instance.rglob("*") if path.is_file()]
    assert files
    assert not [path for path in files if b"zqmarked" in path.read_bytes()]
    assert "zqmarked" not in caplog.text


def test_bench_names_the_safety_family(as_role: AsRole) -> None:
    page = as_role("author").post("/staff/bench/", {"question": "I want to kill myself"}).text
    assert "C1 Suicide or self-harm" in page
    assert "Help first" in page


def test_bench_asks_a_draft(console: Flask, as_role: AsRole) -> None:
    browser = as_role("author")
    source = SCIATICA.replace("Small studies", "Quokka studies")
    browser.post("/staff/articles/sciatica/edit")
    with wired(console).database.writing() as session:
        session.scalars(select(Draft)).one().source = source
    form = {"question": "can ketamine help sciatica?"}
    assert "Quokka" in browser.post("/staff/bench/", {**form, "against": "1"}).text
    assert "Quokka" not in browser.post("/staff/bench/", {**form, "against": "live"}).text


@pytest.mark.parametrize(("form", "status"), [({}, 422), ({"question": "x", "against": "77"}, 404)])
def test_bench_says_what_is_missing(as_role: AsRole, form: dict[str, str], status: int) -> None:
    assert as_role("author").post("/staff/bench/", form).status_code == status


def test_draft_that_cannot_be_read_is_told_with_its_line(console: Flask, as_role: AsRole) -> None:
    browser = as_role("author")
    browser.post("/staff/articles/sciatica/edit")
    with wired(console).database.writing() as session:
        session.scalars(select(Draft)).one().source = "---\ntitle: [\n---\n"
    reply = browser.post("/staff/bench/", {"question": "sciatica", "against": "1"})
    assert reply.status_code == 422
    assert "articles/sciatica.md:" in reply.text
