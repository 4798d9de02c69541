from __future__ import annotations

import threading
from datetime import timedelta

import pytest

from chatbot.errors import Busy, DatabaseUnavailable, Refused
from chatbot.publishing.clockwork import Clockwork
from chatbot.publishing.digest import digest
from chatbot.publishing.live import Order
from chatbot.publishing.schedule import cancel, carry_out_due, plan_publishing, plan_withdrawal
from chatbot.storage import drafts, revisions
from chatbot.storage.tables import Draft, Schedule
from tests.publishing.conftest import AT, MIGRAINE, Office
from tests.publishing.faults import broken_disk, with_fault

SOON, LATER = AT + timedelta(hours=1), AT + timedelta(hours=2)


def plan(office: Office, draft: Draft, override: str = "") -> int:
    with office.desk.database.writing() as session:
        order = Order(AT, office.people["pat"], override=override)
        return plan_publishing(session, draft.id, draft.edits, SOON, order).id


def outcome(office: Office, number: int) -> str:
    with office.desk.database.reading() as session:
        return session.get_one(Schedule, number).outcome


def test_draft_is_published_when_its_time_has_come_and_not_before(both: Office) -> None:
    number = plan(both, both.draft())
    assert carry_out_due(both.desk, AT) == []
    assert [done for _, done in carry_out_due(both.desk, LATER)] == ["done"]
    assert both.file() == MIGRAINE
    assert outcome(both, number) == "done"
    assert carry_out_due(both.desk, LATER) == []


def test_clock_that_goes_back_after_a_step_repeats_nothing(office: Office) -> None:
    number = plan(office, office.draft())
    for at in (LATER + timedelta(days=1), AT - timedelta(days=1), LATER, LATER + timedelta(days=2)):
        carry_out_due(office.desk, at)
    assert outcome(office, number) == "done"
    assert office.revisions() == [("migraine", "published")]


def test_article_expires(office: Office) -> None:
    with office.desk.database.writing() as session:
        plan_withdrawal(session, "knee", SOON, Order(AT, office.people["pat"], "the offer ends"))
    carry_out_due(office.desk, LATER)
    assert office.file("knee") == ""
    assert office.revisions() == [("knee", "outside"), ("knee", "expired")]


def test_of_several_processes_exactly_one_does_it(both: Office) -> None:
    plan(both, both.draft())
    threads = [threading.Thread(target=carry_out_due, args=(both.desk, LATER)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert both.revisions() == [("migraine", "published")]
    assert both.audit().count("article.published") == 1
    assert "schedule.stopped" not in both.audit()


def test_change_after_the_approval_stops_it_and_somebody_is_told(office: Office) -> None:
    draft = office.draft()
    number = plan(office, draft)
    with office.desk.database.writing() as session:
        mine = drafts.find(session, draft.id)
        assert mine
        drafts.save(session, mine, MIGRAINE + "\nMore.\n", slug="migraine", edits=0, editor_id=None, at=AT)
    carry_out_due(office.desk, LATER)
    assert outcome(office, number).startswith("stopped: No reviewer has approved")
    assert office.file() == ""
    assert [each.slug for each in digest(office.desk, LATER).stopped] == ["migraine"]
    assert carry_out_due(office.desk, LATER) == []


def test_disk_that_fails_leaves_it_waiting(office: Office) -> None:
    number = plan(office, office.draft())
    told: list[str] = []
    with_fault(12, broken_disk, lambda: told.extend(done for _, done in carry_out_due(office.desk, LATER)))
    assert told[0].startswith("waits: ")
    assert outcome(office, number) == ""
    carry_out_due(office.desk, LATER)
    assert outcome(office, number) == "done"


def test_step_is_taken_back_once(office: Office) -> None:
    number = plan(office, office.draft())
    with office.desk.database.writing() as session:
        cancel(session, number, AT)
    with pytest.raises(Refused, match="not waiting any more"), office.desk.database.writing() as session:
        cancel(session, number, AT)
    assert carry_out_due(office.desk, LATER) == []


def test_past_time_unapproved_draft_and_second_step_are_refused(office: Office) -> None:
    draft, raw = office.draft(), office.draft(approve=False)
    with pytest.raises(Refused, match="is past"), office.desk.database.writing() as session:
        plan_publishing(session, draft.id, 0, AT, Order(AT))
    with pytest.raises(Refused, match="approved exactly this text"), office.desk.database.writing() as session:
        plan_publishing(session, raw.id, 0, SOON, Order(AT))
    plan(office, draft)
    with pytest.raises(Refused, match="already"), office.desk.database.writing() as session:
        plan_publishing(session, draft.id, 0, SOON, Order(AT))


def test_clockwork_records_what_stands_there_and_keeps_the_schedule(office: Office) -> None:
    plan(office, office.draft())
    clockwork = Clockwork(office.desk, clock=lambda: LATER)
    clockwork.look()
    assert office.revisions()[-1] == ("migraine", "published")
    with office.desk.database.reading() as session:
        recorded = set(revisions.latest(session))
    assert recorded == {article.slug for article in office.desk.library.snapshot().articles} | {"migraine"}


def test_clockwork_lives_with_the_library(office: Office) -> None:
    looked = threading.Event()
    clockwork = Clockwork(office.desk, 0.01)
    clockwork.look = looked.set  # type: ignore[method-assign]
    clockwork.start()
    assert looked.wait(2)
    office.desk.library.stop()
    for thread in threading.enumerate():
        if thread.name == "clockwork":
            thread.join(2)
            assert not thread.is_alive()


def test_clockwork_says_a_fault_once_and_goes_on(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    clockwork = Clockwork(office.desk, clock=lambda: AT)
    office.desk.folder.rename(office.desk.folder.with_name("elsewhere"))
    clockwork.look()
    clockwork.look()
    assert caplog.text.count("the folder is gone") == 1
    office.desk.folder.with_name("elsewhere").rename(office.desk.folder)
    clockwork.look()
    assert len(office.revisions()) == 3


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (Busy("one moment"), ""),
        (DatabaseUnavailable("gone"), ""),
        (ValueError("no such thing"), "cannot be looked after: ValueError: no such thing"),
    ],
)
def test_clockwork_outlives_every_fault(
    office: Office, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch, fault: Exception, told: str
) -> None:
    def fail(*_: object) -> None:
        raise fault

    clockwork = Clockwork(office.desk, clock=lambda: AT)
    with monkeypatch.context() as patch:
        patch.setattr("chatbot.publishing.clockwork.notice", fail)
        clockwork.look()
    assert told in caplog.text
    assert bool(caplog.text) == bool(told)
    clockwork.look()
    assert len(office.revisions()) == 3
