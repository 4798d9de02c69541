from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from chatbot.answering.notices import SafetyRules
from chatbot.corpus.writer import digest
from chatbot.errors import CorpusError, DatabaseUnavailable, Refused, StaleEdit
from chatbot.library import Library
from chatbot.publishing.live import Blocked, Order, publish, restore, verify, withdraw
from chatbot.publishing.reviewing import Opinion
from chatbot.storage import drafts
from chatbot.storage.tables import Revision
from tests.publishing.conftest import AT, MIGRAINE, Office

GOLDEN = '[[question]]\nask = "What is knee pain?"\nanswers = ["knee#what-it-is"]\n'


def order(office: Office, why: str = "", override: str = "") -> Order:
    return Order(AT, office.people["pat"], why, override)


def newest(office: Office) -> Revision:
    with office.desk.database.reading() as session:
        return session.scalars(select(Revision).order_by(Revision.id.desc())).first() or Revision()


def test_reviewed_draft_becomes_a_file_and_a_revision(both: Office) -> None:
    draft = both.draft()
    assert publish(both.desk, draft.id, draft.edits, order(both, "asked for by visitors"))
    assert both.file() == MIGRAINE
    assert both.reread(draft.id).state == "published"
    found = newest(both)
    assert (found.slug, found.kind, found.path, found.source) == (
        "migraine",
        "published",
        "articles/migraine.md",
        MIGRAINE,
    )
    assert (found.author_id, found.reviewer_id, found.publisher_id) == tuple(both.people.values())
    assert (found.why, found.checksum) == ("asked for by visitors", digest(MIGRAINE.encode()))
    assert both.audit()[-1] == "article.published"
    assert both.begun() == 0


def test_published_article_is_served_at_the_next_look(office: Office) -> None:
    draft = office.draft()
    publish(office.desk, draft.id, draft.edits, order(office))
    assert office.desk.library.refresh()
    assert "migraine" in {article.slug for article in office.desk.library.snapshot().articles}


def test_unreviewed_draft_is_refused(office: Office) -> None:
    draft = office.draft(approve=False)
    with pytest.raises(Refused, match="approved exactly this text"):
        publish(office.desk, draft.id, draft.edits, order(office))
    assert office.file() == ""


def test_change_after_the_review_makes_it_void(office: Office) -> None:
    draft = office.draft()
    with office.desk.database.writing() as session:
        mine = drafts.find(session, draft.id)
        assert mine
        drafts.save(session, mine, MIGRAINE + "\nMore.\n", slug="migraine", edits=0, editor_id=None, at=AT)
        # Whatever the state says, it is the text that was approved that counts.
        mine.state = "approved"
    for edits in (0, 1):
        with pytest.raises(Refused, match="approved exactly this text"):
            publish(office.desk, draft.id, edits, order(office))


def test_edited_article_replaces_the_one_it_began_from(office: Office) -> None:
    text, base = office.edit("knee", "days to weeks", "weeks")
    draft = office.draft(text, "knee", base=base)
    publish(office.desk, draft.id, draft.edits, order(office))
    assert office.file("knee") == text


def test_article_that_was_changed_meanwhile_is_not_overwritten(office: Office) -> None:
    text, base = office.edit("knee", "days to weeks", "weeks")
    draft = office.draft(text, "knee", base=base)
    by_hand, _ = office.edit("knee", "days to weeks", "hours")
    (office.desk.folder / "articles" / "knee.md").write_text(by_hand)
    with pytest.raises(StaleEdit) as caught:
        publish(office.desk, draft.id, draft.edits, order(office))
    assert caught.value.current == by_hand == office.file("knee")
    assert office.reread(draft.id).state == "approved"


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("ketamine 0.5 mg/kg helps", "reads as a dose"),
        ("half a vial every morning helps", "reads as a dose"),
        ("you should take ketamine", "reads as a dose"),
        ("ketamine is a proven cure", "promises or advertises"),
        ("ketamine is completely safe", "promises or advertises"),
    ],
)
def test_dose_or_promise_stops_publishing(office: Office, words: str, reason: str) -> None:
    draft = office.draft(MIGRAINE.replace("light is", f"{words}, light is"))
    with pytest.raises(CorpusError, match=reason):
        publish(office.desk, draft.id, draft.edits, order(office))
    assert office.file() == ""


def test_lost_golden_question_stops_publishing_unless_a_reason_is_given(office: Office) -> None:
    (office.desk.folder / "questions.toml").write_text(GOLDEN)
    text, base = office.edit("knee", "## What it is\n\nKnee pain is an ache", "Knee pain is an ache")
    draft = office.draft(text, "knee", base=base)
    with pytest.raises(Blocked, match="What is knee pain"):
        publish(office.desk, draft.id, draft.edits, order(office))
    publish(office.desk, draft.id, draft.edits, order(office, "new trial", "the new trial says otherwise"))
    assert newest(office).why == "new trial; lost golden questions accepted: the new trial says otherwise"


def test_slug_of_another_file_is_refused(office: Office) -> None:
    draft = office.draft(MIGRAINE.replace("title: Migraine", "title: Migraine\nslug: sciatica"))
    with pytest.raises(CorpusError, match="is taken by articles/sciatica"):
        publish(office.desk, draft.id, draft.edits, order(office))


def test_draft_that_is_marked_as_one_is_published_without_the_mark(office: Office) -> None:
    draft = office.draft(MIGRAINE.replace("title: Migraine", "title: Migraine\nstatus: draft"))
    publish(office.desk, draft.id, draft.edits, order(office))
    assert office.file() == MIGRAINE


def test_withdrawn_article_is_moved_beside_the_others(both: Office) -> None:
    text = both.file("sciatica")
    withdraw(both.desk, "sciatica", order(both, "a claim is wrong"))
    assert both.file("sciatica") == ""
    assert (both.desk.folder / "withdrawn" / "sciatica.md").read_text() == text
    both.desk.library.refresh()
    assert "sciatica" not in {article.slug for article in both.desk.library.snapshot().articles}
    found = newest(both)
    assert (found.kind, found.source, found.checksum) == ("withdrawn", "", "")


def test_withdrawal_needs_a_reason_and_never_takes_the_last_article(office: Office) -> None:
    with pytest.raises(Refused, match="Say why"):
        withdraw(office.desk, "sciatica", order(office))
    for slug in ("sciatica", "knee"):
        withdraw(office.desk, slug, order(office, "wrong"))
    office.desk.library.refresh()
    (left,) = office.desk.library.snapshot().articles
    with pytest.raises(Refused, match="the only article"):
        withdraw(office.desk, left.slug, order(office, "wrong"))
    with pytest.raises(Refused, match="no published article"):
        withdraw(office.desk, "sciatica", order(office, "again"))


def test_old_version_is_restored_as_a_new_revision(office: Office) -> None:
    draft = office.draft()
    publish(office.desk, draft.id, draft.edits, order(office))
    first = newest(office)
    office.desk.library.refresh()
    changed = MIGRAINE.replace("strong headache", "very strong headache")
    second = office.draft(changed, base=digest(MIGRAINE.encode()))
    publish(office.desk, second.id, second.edits, order(office))
    restore(office.desk, first.id, order(office, "the old words were right"))
    assert office.file() == MIGRAINE
    assert office.revisions() == [("migraine", "published"), ("migraine", "published"), ("migraine", "restored")]
    assert newest(office).why == "the old words were right"


def test_restoring_what_stands_already_is_refused(office: Office) -> None:
    draft = office.draft()
    publish(office.desk, draft.id, draft.edits, order(office))
    office.desk.library.refresh()
    with pytest.raises(Refused, match="published already"):
        restore(office.desk, newest(office).id, order(office, "once more"))


def test_verifying_changes_the_dates_and_nothing_else(office: Office) -> None:
    opinion = Opinion(True, "", "Dr. Ada Example", date(2027, 11, 27))
    verify(office.desk, "sciatica", opinion, office.people["rob"], AT)
    text = office.file("sciatica")
    assert "reviewer: Dr. Ada Example\n" in text
    assert "reviewed: 2026-11-27\nreview_by: 2027-11-27\n" in text
    office.desk.library.refresh()
    (article,) = (each for each in office.desk.library.snapshot().articles if each.slug == "sciatica")
    assert article.source.reviewer == "Dr. Ada Example"
    assert newest(office).kind == "verified"


def test_nobody_verifies_their_own_words(office: Office) -> None:
    draft = office.draft()
    publish(office.desk, draft.id, draft.edits, order(office))
    office.desk.library.refresh()
    with pytest.raises(Refused, match="nobody reviews their own"):
        verify(office.desk, "migraine", Opinion(True, "", "A. N.", date(2027, 1, 1)), office.people["ana"], AT)


@pytest.mark.parametrize(
    "opinion", [Opinion(True, "", "", date(2027, 1, 1)), Opinion(True, "", "Ada"), Opinion(True, "", "Ada", AT.date())]
)
def test_verifying_needs_a_name_and_a_day_to_come(office: Office, opinion: Opinion) -> None:
    with pytest.raises(Refused):
        verify(office.desk, "sciatica", opinion, office.people["rob"], AT)


def test_database_away_means_nothing_is_done(office: Office) -> None:
    draft = office.draft()
    path = office.desk.database.path
    assert path
    office.desk.database.close()
    path.rename(path.with_suffix(".away"))
    with pytest.raises(DatabaseUnavailable, match="has disappeared"):
        publish(office.desk, draft.id, draft.edits, order(office))
    assert office.file() == ""


def test_database_that_goes_after_the_file_leaves_the_article_live_and_the_record_for_later(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = office.draft()

    def gone(*given: object) -> None:
        raise DatabaseUnavailable("The database has gone.")

    with monkeypatch.context() as patch:
        patch.setattr("chatbot.publishing.steps._record", gone)
        assert publish(office.desk, draft.id, draft.edits, order(office)) is False
    assert office.file() == MIGRAINE
    assert office.begun() == 1
    withdraw(office.desk, "sciatica", order(office, "the next step settles it"))
    assert office.revisions() == [("migraine", "published"), ("sciatica", "outside"), ("sciatica", "withdrawn")]
    assert office.reread(draft.id).state == "published"


def test_order_of_the_future_is_as_good(office: Office) -> None:
    draft = office.draft()
    later: datetime = AT + timedelta(days=1)
    publish(office.desk, draft.id, draft.edits, Order(later))
    assert newest(office).at == later
    assert newest(office).publisher_id is None


def test_draft_of_another_format_s_article_is_refused(office: Office) -> None:
    (office.desk.folder / "articles" / "crps.html").write_text(
        "<title>CRPS</title><p>CRPS is lasting pain after an injury.</p>"
    )
    office.desk.library.refresh()
    draft = office.draft(MIGRAINE, "crps")
    with pytest.raises(Refused, match="no Markdown"):
        publish(office.desk, draft.id, draft.edits, order(office))


def test_unknown_draft_is_refused(office: Office) -> None:
    with pytest.raises(Refused, match="closed"):
        publish(office.desk, 404, 0, order(office))


def test_first_article_of_all_is_published(office: Office, rules: SafetyRules, tmp_path: Path) -> None:
    settings = replace(office.desk.settings, corpus=tmp_path / "empty")
    (settings.corpus / "articles").mkdir(parents=True)
    library = Library(settings, rules)
    library.refresh()
    empty = replace(office.desk, settings=settings, library=library)
    draft = office.draft()
    publish(empty, draft.id, draft.edits, order(office))
    assert library.refresh()
    assert [article.slug for article in library.snapshot().articles] == ["migraine"]
