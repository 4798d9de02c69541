from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from chatbot.library import Library
from chatbot.publishing.checking import check_draft, check_removal, publishable, read_problems
from chatbot.values import Answer, Question
from tests.publishing.conftest import KNEE, MIGRAINE, Office

TODAY = date(2026, 11, 27)
NEW, KNEES = "articles/migraine.md", "articles/knee.md"


def change_of(office: Office, path: str, text: str, ask: str, unanswered: tuple[str, ...] = ()) -> str:
    report = check_draft(office.desk, path, text, unanswered=unanswered, today=TODAY)
    return next(each.change for each in report.differences if each.probe.ask == ask)


def shown(reply: Answer) -> tuple[object, ...]:
    return reply.verdict, reply.passages, reply.notice, reply.corpus_version


def golden(office: Office, ask: str, *answers: str) -> None:
    listed = ", ".join(f'"{answer}"' for answer in answers)
    (office.desk.folder / "questions.toml").write_text(f'[[question]]\nask = "{ask}"\nanswers = [{listed}]\n')


def test_unchanged_text_changes_no_answer(office: Office) -> None:
    report = check_draft(office.desk, KNEES, KNEE, today=TODAY)
    assert set(report.counts) == {"unchanged"}
    assert (report.changes.count, report.errors, report.asked) == (0, (), 4)


def test_new_article_answers_what_was_asked_in_vain(office: Office) -> None:
    assert (
        change_of(office, NEW, MIGRAINE, "is a migraine on one side", ("is a migraine on one side",))
        == "newly answered"
    )


def test_question_that_the_draft_does_not_list_any_more_is_asked_all_the_same(office: Office) -> None:
    text = "---\ntitle: Knee pain\n---\n\n## What it is\n\nA kneecap is a bone.\n"
    assert change_of(office, KNEES, text, "How long does knee pain last?") == "newly lost"


def test_lost_golden_question_stands_first_and_stops(office: Office) -> None:
    golden(office, "what is an ache around the kneecap", "knee#what-it-is")
    report = check_draft(office.desk, KNEES, KNEE.partition("## What it is")[0], today=TODAY)
    assert report.differences[0].change == "lost golden"
    assert [each.probe.ask for each in report.lost] == ["what is an ache around the kneecap"]
    assert report.lost[0].fault == "should be answered by knee#what-it-is, which would be gone"


def test_golden_question_that_was_wrong_before_is_not_lost_by_this(office: Office) -> None:
    golden(office, "who won the cup", "knee#what-it-is")
    assert check_draft(office.desk, KNEES, KNEE, today=TODAY).lost == ()


def test_question_that_must_be_declined_is_lost_when_it_is_answered(office: Office) -> None:
    golden(office, "what is a migraine")
    report = check_draft(office.desk, NEW, MIGRAINE, today=TODAY)
    assert "should be declined" in report.lost[0].fault


def test_other_passage_is_told_from_the_same_answer(office: Office) -> None:
    text = KNEE.replace("Rest and cold packs", "Rest and warm packs")
    assert change_of(office, KNEES, text, "How long does knee pain last?") == "other passage"


def test_link_of_another_article_that_would_break_is_an_error(office: Office) -> None:
    path = office.desk.folder / "articles" / "effects.md"
    path.write_text(path.read_text() + "\nSee [knees](/articles/knee) for more on this matter.\n")
    office.desk.library.refresh()
    (found,) = check_removal(office.desk, KNEES, today=TODAY).errors
    assert (found.path, "leads to no article" in found.message) == ("articles/effects.md", True)


def test_removing_the_only_article_is_an_error(office: Office) -> None:
    for name in ("effects", "sciatica"):
        (office.desk.folder / "articles" / f"{name}.md").unlink()
    office.desk.library.refresh()
    assert "only article" in check_removal(office.desk, KNEES, today=TODAY).errors[0].message


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("---\ntitle: x", "does not end"),
        ("no title", "the title is missing"),
        ("---\ntitle: T\n---\n", "no text to answer with"),
        ("---\ntitle: T\n---\nTake ketamine 50 mg twice a day.", "reads as a dose"),
        ("---\ntitle: T\npublished: soon\n---\nText.", "is not a date"),
        ("---\ntitle: T\nstatus: draft\n---\nText.", "its status says draft"),
    ],
)
def test_what_keeps_a_draft_from_being_published_is_an_error(office: Office, text: str, message: str) -> None:
    report = check_draft(office.desk, NEW, text, today=TODAY)
    assert message in "\n".join(problem.message for problem in report.errors)
    assert message in "\n".join(problem.message for problem in read_problems(office.desk, NEW, text, TODAY))


def test_advice_does_not_stop(office: Office) -> None:
    report = check_draft(office.desk, NEW, MIGRAINE, today=TODAY)
    assert (report.errors, [problem.severity for problem in report.advice]) == ((), ["advice"])


def test_unreadable_golden_questions_stop_publishing(office: Office) -> None:
    (office.desk.folder / "questions.toml").write_text("[[question")
    assert "cannot be read" in check_draft(office.desk, NEW, MIGRAINE, today=TODAY).errors[0].message


def test_trial_answers_just_as_the_live_corpus_does_afterwards(office: Office, rules) -> None:  # type: ignore[no-untyped-def]
    report = check_draft(office.desk, NEW, MIGRAINE, unanswered=("headache with nausea", "knee ache"), today=TODAY)
    (office.desk.folder / NEW).write_text(MIGRAINE)
    live = Library(office.desk.settings, rules)
    live.refresh()
    after = check_draft(
        type(office.desk)(office.desk.settings, live, rules, office.desk.database, office.desk.record),
        NEW,
        MIGRAINE,
        unanswered=("headache with nausea", "knee ache"),
        today=TODAY,
    )
    assert {each.probe.ask: shown(each.new) for each in report.differences} == {
        each.probe.ask: shown(each.old) for each in after.differences
    }
    assert set(after.counts) == {"unchanged"}


def test_live_answers_are_remembered_for_one_version_only(office: Office) -> None:
    first = check_draft(office.desk, KNEES, KNEE, today=TODAY)
    second = check_draft(office.desk, KNEES, KNEE, today=TODAY)
    assert second.differences[0].old is first.differences[0].old
    Path(office.desk.folder / KNEES).write_text(KNEE.replace("ache", "pain"))
    office.desk.library.refresh()
    third = check_draft(office.desk, KNEES, KNEE, today=TODAY)
    assert third.differences[0].old.corpus_version != first.differences[0].old.corpus_version
    assert isinstance(third.differences[0].old.question, Question)


def test_mark_of_a_draft_is_taken_out_and_unreadable_text_left_alone() -> None:
    assert publishable("---\ntitle: T\nstatus: draft\n---\nx") == "---\ntitle: T\n---\nx"
    assert publishable("---\ntitle: T") == "---\ntitle: T"
    assert publishable(MIGRAINE) == MIGRAINE
