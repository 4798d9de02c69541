"""Bringing in through the console: from a file to a draft, without a script."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pytest

from chatbot import intake
from chatbot.corpus.importing.fetching import Fetched
from chatbot.storage import drafts, jobs
from chatbot.storage.accounts import find
from tests.corpus.importing.made import word_headings
from tests.corpus.importing.word_files import zipped
from tests.web.staff.conftest import wired

PAGE = (Path(__file__).parents[2] / "corpus" / "pages" / "wordpress.html").read_bytes()
TEXT = "Ketamine is given as a drip in most of the clinics that we know of today."


@pytest.fixture(autouse=True)
def patient(monkeypatch):
    """Tests wait until a document is read, however busy the machine is."""
    monkeypatch.setattr("chatbot.web.staff.bring_in.PATIENCE_SECONDS", 60)


@pytest.fixture
def author(as_role):
    return as_role("author")


def upload(browser, *files: tuple[str, bytes]):
    answer = browser.post("/staff/bring_in/", {"files": [(BytesIO(data), name) for name, data in files]})
    # The test client keeps a large form in a file and forgets to close it.
    answer.request.environ["wsgi.input"].close()
    return answer


def brought_in(browser, name: str = "page.html", data: bytes = PAGE) -> str:
    """Bring in one document and return the address of its result."""
    answer = browser.get(upload(browser, (name, data)).location)
    assert answer.status_code == 303
    return answer.location


def shown(browser, address: str) -> str:
    return re.sub(r"\s+", " ", browser.get(address).get_data(as_text=True))


def begun(app):
    with wired(app).database.reading() as session:
        return jobs.of_account(session, find(session, "author").id, intake.KIND)


def latest_draft(app):
    with wired(app).database.reading() as session:
        return drafts.open_drafts(session)[0]


def test_word_document_becomes_a_draft(author, console):
    document = word_headings()
    address = brought_in(author, "leaflet.docx", document)
    page = shown(author, address)
    assert "15 of 17 parts are kept, 2 left out" in page
    assert "Ines Duarte" in page
    answer = author.post(f"{address}/save", {"title": "Ketamine and Sciatica", "slug": "ketamine-and-sciatica"})
    assert answer.status_code == 303
    draft = latest_draft(console)
    assert (draft.slug, draft.format, draft.file_name) == ("ketamine-and-sciatica", "docx", "leaflet.docx")
    assert draft.original == document
    assert "status: draft" in draft.source
    assert "[the study](https://study.example/a_b)" in draft.source


def test_left_out_stands_struck_out_with_its_reason_and_can_be_restored(author):
    address = brought_in(author)
    page = shown(author, address)
    number = re.search(r'<del>Menu</del>.*?name="restore" value="(\d+)"', page)[1]
    assert "marked by the page as no part of the article" in page
    answer = author.post(f"{address}/parts", {"restore": number})
    assert answer.location.endswith(f"#part-{number}")
    assert f'name="leave" value="{number}"' in shown(author, address)


def test_kept_part_can_be_left_out_and_comes_back(author, console):
    address = brought_in(author)
    number = re.search(r'<div>Cold may ease.*?name="leave" value="(\d+)"', shown(author, address))[1]
    author.post(f"{address}/parts", {"leave": number})
    assert "left out by hand" in shown(author, address)
    author.post(f"{address}/save", {"title": "Heat", "slug": "heat"})
    assert "Cold may ease" not in latest_draft(console).source
    author.post(f"{address}/parts", {"restore": number})
    author.post(f"{address}/save", {"title": "Heat", "slug": "heat-again"})
    assert "Cold may ease" in latest_draft(console).source


@pytest.mark.parametrize("part", ["9999", "-2", "x", ""])
def test_part_that_is_not_there_is_told(author, part):
    assert author.post(f"{brought_in(author)}/parts", {"restore": part}).status_code == 404


def test_taken_address_is_told_and_offered_to_be_replaced_or_changed(author, console):
    address = brought_in(author)
    form = {"title": "Sciatica", "slug": "sciatica"}
    answer = author.post(f"{address}/save", form)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert 'value="sciatica-2"' in page
    assert "New version of sciatica" in page
    assert author.post(f"{address}/save", {**form, "how": "replace"}).status_code == 303
    article = next(each for each in wired(console).library.snapshot().articles if each.slug == "sciatica")
    assert latest_draft(console).base_checksum == article.checksum


def test_address_of_an_open_draft_is_taken_too(author, console):
    address = brought_in(author)
    assert author.post(f"{address}/save", {"title": "Heat", "slug": "heat"}).status_code == 303
    assert author.post(f"{address}/save", {"title": "Heat", "slug": "heat"}).status_code == 409


@pytest.mark.parametrize(
    ("title", "slug"), [("", "heat"), ("Heat", ""), ("Heat", "../heat"), ("Heat", "Heat"), ("x" * 300, "a")]
)
def test_title_and_address_that_cannot_be_used_are_told(author, title, slug):
    answer = author.post(f"{brought_in(author)}/save", {"title": title, "slug": slug})
    assert answer.status_code == 422
    assert "cannot be used" in answer.get_data(as_text=True)


def test_form_of_300_files_is_refused_in_words(author, console):
    answer = upload(author, *((f"{number}.txt", TEXT.encode()) for number in range(300)))
    assert answer.status_code == 422
    assert "holds 300 files; at most 200 can be taken" in answer.get_data(as_text=True)
    assert not any(each.imported for each in intake.read(begun(console)[0].result).outcomes)


# Files of a form that is refused half-way are closed by the collector, as werkzeug leaves them.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("parts", [1_100, 20_000])
def test_form_of_more_parts_than_any_page_sends_begins_nothing(author, console, parts):
    answer = upload(author, *((f"{number}.txt", b"x") for number in range(parts)))
    assert answer.status_code == 413
    assert begun(console) == []


def test_form_of_300_fields_is_read_as_what_it_is(author):
    answer = author.post("/staff/bring_in/", {f"field-{number}": "x" for number in range(300)})
    assert answer.status_code == 422
    assert "Choose a file" in answer.get_data(as_text=True)


def test_several_files_come_in_together_and_the_bad_one_is_named(author):
    answer = upload(author, ("a.txt", TEXT.encode()), ("b.docx", word_headings()), ("c.docx", b"MZ"))
    page = shown(author, answer.location)
    assert "2 of 3 documents were read" in page
    assert "This is a program" in page
    assert page.count("parts kept") == 2


def test_zip_comes_in_as_its_documents(author):
    page = shown(author, upload(author, ("all.zip", zipped({"a.txt": TEXT, "b.md": f"# B\n\n{TEXT}\n"}))).location)
    assert "2 of 2 documents were read" in page


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.exe", b"MZ", "cannot be brought in"),
        ("a.docx", b"MZ", "This is a program"),
        ("a.md", b"", "This file is empty"),
        ("a.docx", b"PK\x03\x04" + b"x" * 100, "damaged"),
        ("a.txt", b"x" * 10_500_000, "larger than 10 MB"),
        ("../../a.exe", b"MZ", "cannot be brought in"),
    ],
)
def test_bad_file_is_refused_on_the_form(author, name, data, said):
    answer = upload(author, (name, data))
    assert answer.status_code == 422
    assert said in answer.get_data(as_text=True)


def test_form_larger_than_it_may_be_is_refused(author):
    assert upload(author, ("a.txt", b"x" * 13_000_000)).status_code == 413


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (f"Nerves\n\n{TEXT}", "txt"),
        (f"# Nerves\n\n{TEXT}", "md"),
        (f"<h1>Nerves</h1><p>{TEXT}</p>", "html"),
    ],
)
def test_pasted_text_is_read_as_what_it_is(author, text, kind):
    answer = author.get(author.post("/staff/bring_in/", {"text": text}).location)
    page = shown(author, answer.location)
    assert f"From pasted-text.{kind}" in page
    assert TEXT in page


def test_nothing_given_is_told_and_a_refused_text_is_kept_in_the_form(author):
    assert "Choose a file, or paste a text." in author.post("/staff/bring_in/", {}).get_data(as_text=True)
    answer = author.post("/staff/bring_in/", {"text": "---\ntitle: only"})
    assert answer.status_code == 422
    assert "title: only" in answer.get_data(as_text=True)


def test_web_address_is_not_offered_until_it_is_set(author):
    assert "A web page" not in shown(author, "/staff/bring_in/")
    answer = author.post("/staff/bring_in/", {"address": "https://clinic.example/"})
    assert answer.status_code == 422
    assert "switched off" in answer.get_data(as_text=True)


def test_web_page_is_fetched_in_the_background(console, tmp_path, monkeypatch):
    with wired(console).database.writing() as session:
        account = find(session, "author")
        given = intake.Intake("https://clinic.example/heat", address="https://clinic.example/heat")
        job = jobs.begin(
            session, intake.KIND, given=b"", result=intake.written(given), account_id=account.id, at=account.created_at
        )
    fetched = Fetched("https://clinic.example/heat", "page.html", PAGE, "utf-8")
    monkeypatch.setattr("chatbot.corpus.importing.fetching.Fetcher.fetch", lambda self, url: fetched)
    intake.take_in(wired(console).database, job.id, ("*",))
    with wired(console).database.reading() as session:
        done = jobs.find(session, job.id, account.id)
    assert done.state == "done"
    assert intake.read(done.result).outcomes[0].imported.title == "Heat or Cold for a Sore Back?"


def test_what_somebody_else_brought_in_is_not_shown(as_role):
    address = brought_in(as_role("author"))
    other = as_role("admin")
    assert other.get(address).status_code == 404
    assert other.post(f"{address}/parts", {"restore": "0"}).status_code == 404
    assert other.post(f"{address}/save", {"title": "T", "slug": "t"}).status_code == 404


def test_job_that_goes_on_shows_how_far_it_is_and_looks_again(author, console):
    with wired(console).database.writing() as session:
        account = find(session, "author")
        given = intake.Intake("all.zip", "all.zip")
        from datetime import UTC, datetime  # noqa: PLC0415

        now = datetime.now(tz=UTC)
        job = jobs.begin(session, intake.KIND, given=b"", result=intake.written(given), account_id=account.id, at=now)
        jobs.take_up(session, job.id, now)
        jobs.tell(session, job.id, done=3, total=9, message="d.docx", at=now)
    page = shown(author, f"/staff/bring_in/{job.id}")
    assert '<meta http-equiv="refresh" content="2">' in page
    assert 'max="9" value="3"' in page
    assert "Reading d.docx" in page


def test_what_was_brought_in_is_listed_with_its_state(author):
    brought_in(author)
    page = shown(author, "/staff/bring_in/")
    assert "page.html" in page
    assert "not saved yet" in page


def test_hostile_words_are_shown_as_words(author):
    bad = '<script>alert(1)</script> "quoted" <img src=x onerror=alert(1)> is what a text of a dozen words may hold.'
    address = brought_in(author, "a.txt", f"Title <b>Here</b>\n\n{bad}\n\n{TEXT}".encode())
    page = shown(author, address)
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
