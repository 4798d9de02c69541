from __future__ import annotations

from datetime import date

import pytest

from chatbot.errors import Refused, StaleEdit
from chatbot.publishing.reviewing import Opinion, give_opinion, submit, take_back
from chatbot.storage import drafts, revisions
from chatbot.storage.tables import Draft
from tests.publishing.conftest import AT, MIGRAINE, Office


def opine(office: Office, draft: Draft, opinion: Opinion, who: str = "rob", edits: int = 0) -> None:
    with office.desk.database.writing() as session:
        give_opinion(session, draft.id, edits, opinion, reviewer_id=office.people[who], at=AT)


def handed_in(office: Office, source: str = MIGRAINE) -> Draft:
    draft = office.draft(source, approve=False)
    with office.desk.database.writing() as session:
        submit(session, draft.id, 0, AT)
    return draft


def test_colleague_approves(both: Office) -> None:
    draft = handed_in(both)
    opine(both, draft, Opinion(True, "reads well"))
    assert both.reread(draft.id).state == "approved"
    with both.desk.database.reading() as session:
        (review,) = revisions.reviews(session, draft.id)
    assert (review.verdict, review.words, review.reviewer and review.reviewer.name) == ("approved", "reads well", "rob")


def test_nobody_reviews_their_own_words_not_even_some_of_them(office: Office) -> None:
    draft = handed_in(office)
    with pytest.raises(Refused, match="nobody reviews their own"):
        opine(office, draft, Opinion(True), "ana")
    with office.desk.database.writing() as session:
        mine = drafts.find(session, draft.id)
        assert mine
        drafts.save(session, mine, MIGRAINE + "\n", slug="m", edits=0, editor_id=office.people["rob"], at=AT)
        submit(session, draft.id, 1, AT)
    with pytest.raises(Refused, match="nobody reviews their own"):
        opine(office, draft, Opinion(True), "rob", edits=1)
    opine(office, draft, Opinion(True), "pat", edits=1)


def test_changes_are_asked_for_in_words(office: Office) -> None:
    draft = handed_in(office)
    with pytest.raises(Refused, match="Say what shall be changed"):
        opine(office, draft, Opinion(False, "  "))
    opine(office, draft, Opinion(False, "shorter, please"))
    assert office.reread(draft.id).state == "draft"


def test_clinician_s_name_and_dates_are_approved_with_the_text(office: Office) -> None:
    draft = handed_in(office)
    opine(office, draft, Opinion(True, "", "Dr. Ada Example", date(2027, 11, 27)))
    found = office.reread(draft.id)
    assert "reviewer: Dr. Ada Example\nreviewed: 2026-11-27\nreview_by: 2027-11-27\n" in found.source
    assert found.state == "approved"


def test_without_a_clinician_nobody_is_named(office: Office) -> None:
    draft = handed_in(office)
    opine(office, draft, Opinion(True))
    assert office.reread(draft.id).source == MIGRAINE


def test_next_review_lies_in_the_future(office: Office) -> None:
    with pytest.raises(Refused, match="in the future"):
        opine(office, handed_in(office), Opinion(True, "", "Ada", AT.date()))


def test_what_is_not_handed_in_cannot_be_reviewed(office: Office) -> None:
    with pytest.raises(Refused, match="not in review"):
        opine(office, office.draft(approve=False), Opinion(True))


def test_other_version_than_the_one_that_was_read_is_stale(office: Office) -> None:
    with pytest.raises(StaleEdit):
        opine(office, handed_in(office), Opinion(True), edits=7)


def test_draft_is_taken_back_to_write_on(office: Office) -> None:
    draft = handed_in(office)
    with office.desk.database.writing() as session:
        take_back(session, draft.id, 0, AT)
    assert office.reread(draft.id).state == "draft"


def test_closed_draft_cannot_be_handed_in(office: Office) -> None:
    with pytest.raises(Refused, match="closed"), office.desk.database.writing() as session:
        submit(session, 404, 0, AT)
