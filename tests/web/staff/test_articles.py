"""The console's way from an article to a draft, through review, to the published article and back."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from chatbot.corpus.composing import with_values
from chatbot.publishing.live import Order, publish
from chatbot.storage import drafts
from chatbot.storage.tables import Draft
from tests.conftest import SCIATICA, SIDE_EFFECTS, write_corpus
from tests.publishing.conftest import KNEE
from tests.web.staff.conftest import Browser, wired

AsRole = Callable[[str], Browser]


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return write_corpus(tmp_path / "corpus", sciatica=SCIATICA, effects=SIDE_EFFECTS, knee=KNEE)


def begin(browser: Browser, slug: str = "knee") -> str:
    """Begin a draft of an article and return its address."""
    reply = browser.post(f"/staff/articles/{slug}/edit")
    assert reply.status_code == 303
    return str(reply.location)


def draft_of(app: Flask, address: str) -> Draft:
    with wired(app).database.reading() as session:
        found = drafts.find(session, int(address.rsplit("/", 1)[1]))
    assert found
    return found


def change(browser: Browser, address: str, old: str = "ache around", new: str = "pain around", **more: str) -> str:
    draft = draft_of(browser.app, address)
    text = draft.source.replace(old, new)
    reply = browser.post(address, {"whole": text, "edits": str(draft.edits), **more})
    assert reply.status_code == 303, reply.text
    return text


def send(browser: Browser, address: str, step: str, **form: str) -> str:
    reply = browser.post(f"{address}/{step}", {"edits": str(draft_of(browser.app, address).edits), **form})
    return f"{reply.status_code} {reply.location or ''}" if reply.status_code == 303 else reply.text


def approved(as_role: AsRole) -> str:
    author = as_role("author")
    address = begin(author)
    change(author, address)
    send(author, address, "hand-in")
    send(as_role("reviewer"), address, "opinion", do="approve")
    return address


def file(app: Flask, name: str = "knee") -> str:
    path = wired(app).settings.corpus / "articles" / f"{name}.md"
    return path.read_text("utf-8") if path.exists() else ""


def plain(page: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", page).split())


def test_articles_are_listed_with_their_state(as_role: AsRole) -> None:
    author = as_role("author")
    assert "Knee pain published" in plain(author.get("/staff/articles/").text)
    address = begin(author)
    assert "Knee pain published changed" in plain(author.get("/staff/articles/").text)
    send(author, address, "hand-in")
    assert "Knee pain published in review" in plain(author.get("/staff/articles/").text)


def test_refused_file_is_shown_with_its_error(as_role: AsRole, console: Flask) -> None:
    (wired(console).settings.corpus / "articles" / "knee.md").write_text("---\ntitle: x")
    wired(console).library.refresh()
    page = plain(as_role("author").get("/staff/articles/").text)
    assert "articles/knee.md:1 the front matter does not end" in page
    assert "file refused" in page


def test_whole_way_from_an_edit_to_the_published_article(as_role: AsRole, console: Flask) -> None:
    address = approved(as_role)
    publisher = as_role("publisher")
    assert send(publisher, address, "publish", why="clearer").startswith("303")
    assert "pain around the kneecap" in file(console)
    page = plain(publisher.get("/staff/articles/knee").text)
    assert "It is live." in page
    assert "written by author reviewed by reviewer published by publisher clearer" in page
    assert "from outside" in page


def test_new_article_begins_with_its_title_and_gets_an_address(as_role: AsRole, console: Flask) -> None:
    author = as_role("author")
    reply = author.post("/staff/articles/", {"title": "Ankle pain: a guide", "author": "A. Writer"})
    draft = draft_of(console, reply.location)
    assert draft.slug == "ankle-pain-a-guide"
    assert draft.source.startswith("---\ntitle: 'Ankle pain: a guide'\nauthor: A. Writer\npublished: ")
    assert "ankle-pain-a-guide" in author.get("/staff/articles/").text


def test_form_of_an_untouched_draft_changes_nothing(as_role: AsRole, console: Flask) -> None:
    author = as_role("author")
    address = begin(author)
    page = author.get(address).text
    fields = {
        **dict(re.findall(r'<input[^>]* name="([^"]+)"[^>]* value="([^"]*)"', page)),
        "body": draft_of(console, address).source.split("---\n\n", 1)[1].replace("\n", "\r\n"),
    }
    assert "question-0-ask" in fields
    assert author.post(address, fields).status_code == 303
    assert draft_of(console, address).source == KNEE


def test_fields_become_front_matter_and_the_rest_stays(as_role: AsRole, console: Flask) -> None:
    author = as_role("author")
    address = begin(author)
    form = {
        "edits": "0",
        "title": "Knee pain",
        "summary": "About: knees",
        "topics": "joints, sport",
        "question-0-ask": "How long does knee pain last?",
        "question-0-section": "How long it lasts",
        "question-1-ask": "does ice help",
        "question-1-section": "How long it lasts",
        "reference-0-title": "A trial",
        "reference-0-authors": "",
        "reference-0-address": "10.1000/182",
        "body": "## How long it lasts\r\n\r\nWeeks.\r\n",
    }
    author.post(address, {**form, "reference-0-authors": "Doe J"})
    assert draft_of(console, address).source == (
        "---\ntitle: Knee pain\nsummary: 'About: knees'\ntopics: [joints, sport]\nreferences:\n"
        "  - authors: Doe J\n    title: A trial\n    doi: 10.1000/182\nquestions:\n"
        "  - ask: How long does knee pain last?\n    section: How long it lasts\n"
        "  - ask: does ice help\n    section: How long it lasts\n---\n\n## How long it lasts\n\nWeeks.\n"
    )


def test_unreadable_front_matter_is_shown_whole_with_the_fault(as_role: AsRole, console: Flask) -> None:
    author = as_role("author")
    address = begin(author)
    author.post(address, {"whole": "---\ntitle: [x\n---\ntext", "edits": "0"})
    page = author.get(address).text
    assert 'name="whole"' in page
    assert "not valid YAML" in page
    assert draft_of(console, address).source.startswith("---\ntitle: [x")


def test_preview_shows_what_is_not_saved(as_role: AsRole, console: Flask) -> None:
    author = as_role("author")
    address = begin(author)
    form = {
        "edits": "0",
        "do": "preview",
        "title": "Other title",
        "question-0-ask": "",
        "body": "Some words that nobody saved.",
    }
    page = author.post(address, form).text
    assert '<p class="article-title">Other title</p>' in page
    assert "Some words that nobody saved." in page
    assert draft_of(console, address).source == KNEE
    part = author.post(f"{address}/preview", form).text
    assert "<html" not in part
    assert "Some words that nobody saved." in part


def test_preview_is_shown_while_a_question_names_no_section_yet(as_role: AsRole) -> None:
    author = as_role("author")
    part = author.post(f"{begin(author)}/preview", {"edits": "0", "body": "## Another heading\r\n\r\nWords."}).text
    assert "is no heading of this article" in part
    assert "<h3>Another heading</h3>" in part


def test_advice_leads_to_the_line_of_the_text(as_role: AsRole) -> None:
    author = as_role("author")
    form = {"edits": "0", "question-0-ask": "", "body": "One.\r\n\r\nTake 50 mg of it daily."}
    part = author.post(f"{begin(author)}/preview", form).text
    assert re.search(r"reads as a dose.*?</span> <a href=\"#field-body\" data-line=\"3\"", part, re.DOTALL)


def test_autosave_says_which_version_comes_next(as_role: AsRole, console: Flask) -> None:
    author = as_role("author")
    address = begin(author)
    reply = author.post(f"{address}/autosave", {"whole": KNEE + "More.\n", "edits": "0"})
    assert json.loads(reply.text)["edits"] == 1
    assert draft_of(console, address).source.endswith("More.\n")
    late = author.post(f"{address}/autosave", {"whole": KNEE + "Else.\n", "edits": "0"})
    assert late.status_code == 409
    assert "another version" in json.loads(late.text)["problem"]


def test_stale_edit_shows_both_texts_and_can_be_saved_over(as_role: AsRole, console: Flask) -> None:
    author, publisher = as_role("author"), as_role("publisher")
    address = begin(author)
    change(publisher, address, "kneecap", "patella")
    mine = KNEE.replace("kneecap", "knee cap")
    reply = author.post(address, {"whole": mine, "edits": "0"})
    assert reply.status_code == 409
    assert "knee cap" in reply.text
    assert "patella" in reply.text
    number = re.search(r'name="edits" value="(\d+)"', reply.text)
    assert number
    assert author.post(address, {"whole": mine, "edits": number[1]}).status_code == 303
    assert draft_of(console, address).source == mine


def test_empty_text_is_not_saved(as_role: AsRole, console: Flask) -> None:
    author = as_role("author")
    address = begin(author)
    assert author.post(address, {"whole": "  \r\n", "edits": "0"}).status_code == 422
    assert draft_of(console, address).source == KNEE


def test_check_shows_old_answer_beside_new_with_counts_first(as_role: AsRole, console: Flask) -> None:
    author = as_role("author")
    address = begin(author)
    change(author, address, "days to weeks", "months")
    page = plain(author.get(f"{address}/check").text)
    assert "1 passage changes" in page.replace("passages change", "passage changes")
    assert "Now: answered" in page
    assert "Then: answered" in page
    assert "How long does knee pain last? question of an article" in page


def test_author_cannot_review_nor_approve_by_a_higher_role(as_role: AsRole, console: Flask) -> None:
    reviewer = as_role("reviewer")
    address = begin(reviewer)
    change(reviewer, address)
    send(reviewer, address, "hand-in")
    assert "nobody reviews their own" in plain(send(reviewer, address, "opinion", do="approve"))
    assert draft_of(console, address).state == "in_review"


def test_reviewer_asks_for_changes_in_words(as_role: AsRole) -> None:
    author = as_role("author")
    address = begin(author)
    send(author, address, "hand-in")
    assert "Say what shall be changed" in send(as_role("reviewer"), address, "opinion", do="changes")
    send(as_role("reviewer"), address, "opinion", do="changes", words="name the trial")
    assert "reviewer asks for changes: name the trial" in plain(author.get(address).text)


def test_clinician_s_review_goes_into_the_article(as_role: AsRole, console: Flask) -> None:
    author = as_role("author")
    address = begin(author)
    send(author, address, "hand-in")
    form = {"do": "approve", "clinician": "Dr. Ada Example", "review_by": "2099-01-01"}
    send(as_role("reviewer"), address, "opinion", **form)
    send(as_role("publisher"), address, "publish")
    assert "reviewer: Dr. Ada Example\n" in file(console)
    assert "review_by: 2099-01-01\n" in file(console)


def test_day_that_is_none_is_refused_and_nothing_is_lost(as_role: AsRole) -> None:
    author = as_role("author")
    address = begin(author)
    send(author, address, "hand-in")
    page = send(as_role("reviewer"), address, "opinion", do="approve", clinician="Dr. Ada", review_by="soon")
    assert "is not a day" in page
    assert 'value="Dr. Ada"' in page


def test_lost_golden_question_is_published_with_a_reason_only(as_role: AsRole, console: Flask) -> None:
    golden = '[[question]]\nask = "What is knee pain?"\nanswers = ["knee#what-it-is"]\n'
    (wired(console).settings.corpus / "questions.toml").write_text(golden)
    author = as_role("author")
    address = begin(author)
    change(author, address, "## What it is\n\n", "")
    send(author, address, "hand-in")
    send(as_role("reviewer"), address, "opinion", do="approve")
    publisher = as_role("publisher")
    page = plain(publisher.get(f"{address}/check").text)
    assert "1 golden question lost" in page
    assert "1, stops publishing" in page
    assert "golden questions would be lost" in send(publisher, address, "publish")
    assert send(publisher, address, "publish", override="the section moved").startswith("303")
    assert "lost golden questions accepted: the section moved" in plain(publisher.get("/staff/articles/knee").text)


def test_article_that_changed_meanwhile_needs_a_new_base_and_a_new_review(as_role: AsRole, console: Flask) -> None:
    address = approved(as_role)
    path = wired(console).settings.corpus / "articles" / "knee.md"
    path.write_text(KNEE.replace("joint", "hinge"))
    publisher = as_role("publisher")
    assert "has changed since this draft began" in publisher.get(f"{address}/check").text
    assert "nothing was published" in send(publisher, address, "publish")
    assert send(publisher, address, "new-base").startswith("303")
    assert draft_of(console, address).state == "draft"
    assert "hinge" in file(console)


def test_publishing_at_a_time_waits_and_can_be_taken_back(as_role: AsRole, console: Flask) -> None:
    address = approved(as_role)
    publisher = as_role("publisher")
    assert "is past" in send(publisher, address, "publish", due_at="2020-01-01T10:00")
    assert "is not a time" in send(publisher, address, "publish", due_at="soon")
    assert send(publisher, address, "publish", due_at="2099-01-01T10:00").startswith("303")
    page = publisher.get("/staff/articles/knee").text
    assert "It will be published on" in page
    assert file(console) == KNEE
    publisher.post(re.search(r'action="([^"]*/cancel)"', page)[1])  # type: ignore[index]
    assert "It will be published on" not in publisher.get("/staff/articles/knee").text


def test_withdrawal_shows_what_is_lost_needs_a_reason_and_can_be_undone(as_role: AsRole, console: Flask) -> None:
    publisher = as_role("publisher")
    publisher.get("/staff/articles/")
    page = plain(publisher.get("/staff/articles/knee/withdraw").text)
    assert "1 question newly lost" in page
    assert "Say why" in publisher.post("/staff/articles/knee/withdraw", {"why": " "}).text
    assert publisher.post("/staff/articles/knee/withdraw", {"why": "wrong"}).status_code == 303
    assert file(console) == ""
    assert "Knee pain" not in plain(publisher.get("/articles/").text)
    page = publisher.get("/staff/articles/knee").text
    versions = re.findall(r'href="([^"]*/revisions/\d+)"', page)
    assert "taken away" not in publisher.get(versions[-1]).text
    assert publisher.post(f"{versions[-1]}/restore", {"why": "it was right"}).status_code == 303
    assert file(console) == KNEE


def test_article_expires_at_a_time(as_role: AsRole) -> None:
    publisher = as_role("publisher")
    reply = publisher.post("/staff/articles/knee/withdraw", {"why": "an offer", "due_at": "2099-01-01T10:00"})
    assert reply.status_code == 303
    assert "expires 1 Jan 2099, 10:00 UTC" in plain(publisher.get("/staff/articles/").text)


def test_history_compares_word_by_word(as_role: AsRole, console: Flask) -> None:
    publisher = as_role("publisher")
    publisher.get("/staff/articles/")
    send(publisher, approved(as_role), "publish")
    newest = re.findall(r'href="([^"]*/revisions/\d+)"', publisher.get("/staff/articles/knee").text)[0]
    page = plain(publisher.get(newest).text)
    assert "[gone: ache ] [new: pain ]" in page


def test_review_without_a_change(as_role: AsRole, console: Flask) -> None:
    reviewer = as_role("reviewer")
    assert "Give the clinician" in reviewer.post("/staff/articles/knee/verify", {"clinician": ""}).text
    form = {"clinician": "Dr. Ada Example", "review_by": "2099-01-01"}
    assert reviewer.post("/staff/articles/knee/verify", form).status_code == 303
    assert "reviewer: Dr. Ada Example" in file(console)
    assert "verified" in reviewer.get("/staff/articles/knee").text


def test_draft_is_dropped_by_its_author_or_a_publisher(as_role: AsRole, console: Flask) -> None:
    address = begin(as_role("publisher"))
    assert "Only its author or a publisher" in send(as_role("reviewer"), address, "drop")
    assert send(as_role("publisher"), address, "drop").startswith("303")
    assert as_role("author").get(address).status_code == 404


def test_editing_twice_goes_on_with_the_own_draft(as_role: AsRole) -> None:
    author = as_role("author")
    assert begin(author) == begin(author)
    assert begin(author) != begin(as_role("publisher"))


def test_page_of_another_format_says_how_to_edit_it(as_role: AsRole, console: Flask) -> None:
    path = wired(console).settings.corpus / "articles" / "crps.html"
    path.write_text("<title>CRPS</title><p>CRPS is lasting pain after an injury of a hand.</p>")
    wired(console).library.refresh()
    assert "bring the article in" in as_role("author").post("/staff/articles/crps/edit").text


@pytest.mark.parametrize("path", ["articles/none", "articles/none/withdraw", "articles/knee/revisions/99", "drafts/99"])
def test_what_is_not_there_is_a_page_that_says_so(as_role: AsRole, path: str) -> None:
    assert as_role("admin").get(f"/staff/{path}").status_code == 404


def test_failing_database_is_told_and_changes_no_file(as_role: AsRole, console: Flask) -> None:
    publisher, address = as_role("publisher"), approved(as_role)
    database = wired(console).database
    database.close()
    assert database.path
    database.path.rename(database.path.with_suffix(".away"))
    reply = publisher.post(f"{address}/publish", {"edits": "1"})
    assert reply.status_code == 503
    assert file(console) == KNEE
    assert console.test_client().post("/api/v1/chat", json={"question": "what is knee pain"}).status_code == 200


# --- texts of one member of staff in the pages of another --------------------------------------

TAGS = ["<script>x()</script>", '"><img src=x onerror=x()>', "</textarea><svg onload=x()>", "<iframe src=//x>"]


@pytest.mark.parametrize("hostile", TAGS)
def test_no_text_of_an_article_is_ever_markup(as_role: AsRole, console: Flask, hostile: str) -> None:
    author, publisher = as_role("author"), as_role("publisher")
    address = begin(author)
    text = with_values(KNEE, {"title": f"Knee {hostile}", "summary": hostile, "author": hostile, "topics": [hostile]})
    text = with_values(text, {"questions": [{"ask": hostile, "section": hostile}], "references": [{"title": hostile}]})
    text += f"\n## Heading {hostile}\n\nWords \\{hostile} and `{hostile}` more.\n"
    author.post(address, {"whole": text, "edits": "0"})
    stale = publisher.post(address, {"whole": KNEE + hostile, "edits": "0"})
    send(author, address, "hand-in")
    send(as_role("reviewer"), address, "opinion", do="changes", words=hostile)
    (wired(console).settings.corpus / "articles" / "knee.md").write_text(
        text.partition("questions")[0] + f"---\n\nWords and {hostile} more words.\n"
    )
    wired(console).library.refresh()
    publisher.get("/staff/articles/")
    history = publisher.get("/staff/articles/knee").text
    pages = [
        stale.text,
        history,
        publisher.get(address).text,
        publisher.get(f"{address}?as_text=1").text,
        publisher.get(f"{address}/check").text,
        publisher.post(f"{address}/preview", {"whole": text, "edits": "1"}).text,
        publisher.get(re.findall(r'href="([^"]*/revisions/\d+)"', history)[0]).text,
        publisher.get("/staff/articles/").text,
        publisher.get("/staff/articles/knee/withdraw").text,
        send(publisher, address, "publish", why=hostile, override=hostile),
    ]
    for page in pages:
        assert hostile not in page
        assert not re.search(r"<(img|svg|iframe)\b(?![^>]*class=\"icon)", page)
        assert "<script>" not in page


def test_address_of_a_reference_leads_to_web_pages_only(as_role: AsRole) -> None:
    author = as_role("author")
    address = begin(author)
    text = with_values(KNEE, {"references": [{"title": "T", "url": "javascript:alert(1)"}]})
    page = author.post(f"{address}/preview", {"whole": text, "edits": "0"}).text
    assert 'href="javascript' not in page


def test_published_draft_cannot_be_saved_any_more(as_role: AsRole, console: Flask) -> None:
    address = approved(as_role)
    draft = draft_of(console, address)
    assert publish(wired(console).desk, draft.id, draft.edits, Order(draft.changed_at))
    assert as_role("author").post(address, {"whole": KNEE, "edits": "1"}).status_code == 404
