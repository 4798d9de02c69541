from __future__ import annotations

import pytest

from chatbot.corpus.front_matter import read_front_matter
from chatbot.errors import Refused
from chatbot.publishing.asked import add_question, begin_article, open_draft, with_question
from chatbot.publishing.checking import check_draft
from tests.publishing.conftest import AT, Office


def add(office: Office, name: str, ask: str, who: str = "ana") -> tuple[str, bool]:
    with office.desk.database.writing() as session:
        draft, is_new = add_question(office.desk, session, name, ask, author_id=office.people[who], at=AT)
        return draft.source, is_new


def test_question_goes_into_a_draft_and_not_into_the_article(office: Office) -> None:
    before = office.file("sciatica")
    source, is_new = add(office, "sciatica#What it is", " what  is hip leg pain ")
    asked = read_front_matter(source).values["questions"]
    assert is_new
    assert asked[-1] == {"ask": "what is hip leg pain", "section": "What it is"}  # type: ignore[index]
    assert office.file("sciatica") == before


def test_second_question_goes_into_the_same_draft_and_a_known_one_nowhere(office: Office) -> None:
    add(office, "sciatica#What it is", "one?")
    source, _ = add(office, "sciatica#", "two?")
    assert read_front_matter(source).values["questions"][-1] == {"ask": "two?"}  # type: ignore[index]
    assert add(office, "sciatica#What it is", "one?") == (source, False)


def test_draft_of_somebody_else_is_left_alone(office: Office) -> None:
    add(office, "sciatica#What it is", "one?")
    source, _ = add(office, "sciatica#What it is", "two?", "rob")
    assert "one?" not in source


def test_draft_with_the_question_can_be_checked(office: Office) -> None:
    source, _ = add(office, "sciatica#What it is", "what is this pain in the leg")
    report = check_draft(office.desk, "articles/sciatica.md", source, today=AT.date())
    assert not [problem for problem in report.errors if "questions" in problem.message]


def test_new_question_makes_a_review_void(office: Office) -> None:
    draft = office.draft(office.file("sciatica"), "sciatica", approve=True)
    add(office, "sciatica#What it is", "new?")
    assert office.reread(draft.id).state == "draft"


@pytest.mark.parametrize(("name", "ask"), [("nowhere#x", "why?"), ("sciatica#What it is", "  ")])
def test_question_to_nothing_and_empty_question_are_refused(office: Office, name: str, ask: str) -> None:
    with pytest.raises(Refused):
        add(office, name, ask)


def test_article_that_is_no_markdown_is_brought_in_first(office: Office) -> None:
    (office.desk.folder / "articles" / "page.html").write_text(
        "<html><body><h1>A page</h1><p>Ketamine is a medicine that many clinics use.</p></body></html>"
    )
    office.desk.library.refresh()
    with pytest.raises(Refused, match="no Markdown"), office.desk.database.writing() as session:
        open_draft(office.desk, session, "page", author_id=office.people["ana"], at=AT)


def test_front_matter_without_questions_gets_them() -> None:
    source = with_question("---\ntitle: A\n---\n\nText.\n", "", "why?")
    assert read_front_matter(source).values == {"title": "A", "questions": [{"ask": "why?"}]}
    assert source.endswith("\nText.\n")


def test_article_is_begun_as_a_draft_with_its_question(office: Office) -> None:
    with office.desk.database.writing() as session:
        first = begin_article(office.desk, session, "does it help: gout?", author_id=office.people["ana"], at=AT)
        values = read_front_matter(first.source).values
        assert (first.slug, values["title"], values["status"]) == ("does-it-help-gout", "Does it help: gout?", "draft")
        assert "## Does it help: gout?" in first.source


def test_article_with_a_taken_name_gets_another(office: Office) -> None:
    with office.desk.database.writing() as session:
        assert begin_article(office.desk, session, "Sciatica", author_id=None, at=AT).slug == "sciatica-2"  # type: ignore[arg-type]


def test_article_about_nothing_is_refused(office: Office) -> None:
    with pytest.raises(Refused), office.desk.database.writing() as session:
        begin_article(office.desk, session, "  ", author_id=office.people["ana"], at=AT)
