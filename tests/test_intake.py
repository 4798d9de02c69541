"""What staff bring in, from the job to its outcome."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from chatbot import intake
from chatbot.corpus.importing.documents import Member, read_document
from chatbot.corpus.importing.parts import BY_HAND
from chatbot.corpus.importing.sandbox import Outcome
from chatbot.errors import DatabaseUnavailable
from chatbot.intake import Intake
from chatbot.storage import accounts, jobs
from tests.corpus.importing.made import word_headings, word_table

NOW = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)


@pytest.fixture
def begun(database):
    def begin(data: bytes, name: str, address: str = "") -> tuple[int, int]:
        with database.writing() as session:
            ana = accounts.add(session, "ana", "author", password_hash="-", at=NOW).id
            given = intake.written(Intake(name, name, address))
            return jobs.begin(session, intake.KIND, given=data, result=given, account_id=ana, at=NOW).id, ana

    return begin


def after(database, number: int, ana: int):
    intake.take_in(database, number, ())
    with database.reading() as session:
        return jobs.find(session, number, ana)


def test_document_is_read_and_kept_whole(database, begun):
    job = after(database, *begun(word_table(), "table.docx"))
    assert job.state == "done"
    imported = intake.read(job.result).outcomes[0].imported
    assert imported.markdown == read_document(word_table(), "table.docx").markdown


def test_what_cannot_be_read_fails_with_its_reason(database, begun):
    job = after(database, *begun(b"MZ", "a.docx"))
    assert (job.state, job.message) == ("failed", "This is a program, not a document.")


def test_web_address_that_may_not_be_asked_fails_with_its_reason(database, begun):
    job = after(database, *begun(b"", "https://clinic.example/", "https://clinic.example/"))
    assert job.state == "failed"
    assert "may not be fetched" in job.message


def test_fault_of_ours_is_told_without_its_words(database, begun, monkeypatch):
    def broken(*arguments):
        raise RuntimeError("secret words of the document")

    monkeypatch.setattr(intake, "import_file", broken)
    job = after(database, *begun(b"text", "a.txt"))
    assert (job.state, job.message) == ("failed", intake.FAILED)


def test_job_that_another_process_has_is_left_alone(database, begun):
    number, ana = begun(b"MZ", "a.docx")
    with database.writing() as session:
        jobs.take_up(session, number, NOW)
    assert after(database, number, ana).state == "running"


def test_failing_database_stops_nothing_else(database, begun, monkeypatch, caplog):
    number, _ = begun(b"MZ", "a.docx")

    def away(*arguments):
        raise DatabaseUnavailable("The database is away.")

    monkeypatch.setattr(jobs, "take_up", away)
    intake.take_in(database, number, ())
    assert "could not be kept" in caplog.text


def test_progress_is_told_now_and_then(database, begun):
    number, ana = begun(b"x", "all.zip")
    with database.writing() as session:
        jobs.take_up(session, number, NOW)
    told = intake._teller(database, number)
    told(Member("a.txt", 0, 9))
    told(Member("b.txt", 1, 9))
    with database.reading() as session:
        assert jobs.find(session, number, ana).message == "a.txt"


def test_part_is_left_out_and_comes_back():
    given = Intake("a.docx", outcomes=(Outcome("a.docx", read_document(word_headings(), "a.docx")),))
    less = intake.with_part(given, 0, 3, kept=False)
    assert less.outcomes[0].imported.parts[3].reason == BY_HAND
    assert intake.with_part(less, 0, 3, kept=True) == given


@pytest.mark.parametrize(("document", "part"), [(0, 99), (0, -1), (1, 0), (2, 0)])
def test_part_that_is_not_there_is_a_fault(document, part):
    given = Intake(
        "z", outcomes=(Outcome("a.docx", read_document(word_headings(), "a.docx")), Outcome("b", refused="No."))
    )
    with pytest.raises(LookupError):
        intake.with_part(given, document, part, kept=True)


def test_intake_is_read_as_it_was_written():
    imported = read_document(word_table(), "a.docx")
    given = Intake("z.zip", "z.zip", outcomes=(Outcome("a.docx", imported), Outcome("b", refused="No.")), drafts={0: 7})
    assert intake.read(intake.written(given)) == given


def test_original_of_a_single_document_is_kept():
    assert intake.original(b"data", Intake("a", outcomes=(Outcome("a"),))) == b"data"
    assert intake.original(b"data", Intake("a", outcomes=(Outcome("a"), Outcome("b")))) == b""
