from __future__ import annotations

from datetime import UTC, datetime

import pytest

from chatbot.errors import Refused, StaleEdit
from chatbot.storage import drafts
from chatbot.storage.database import Database
from chatbot.storage.tables import Account, Draft

AT = datetime(2026, 11, 27, 9, 30, tzinfo=UTC)
LATER = datetime(2026, 11, 27, 10, 0, tzinfo=UTC)


@pytest.fixture
def ana(database: Database) -> int:
    return add_account(database, "ana")


def add_account(database: Database, name: str) -> int:
    with database.writing() as session:
        account = Account(name=name, role="author", password_hash="x", created_at=AT, password_changed_at=AT)
        session.add(account)
        session.flush()
        return account.id


def begin(database: Database, author_id: int | None, slug: str = "sciatica") -> int:
    with database.writing() as session:
        return drafts.begin(session, slug=slug, source="old", author_id=author_id, at=AT).id


def save(database: Database, draft_id: int, source: str, edits: int, editor_id: int | None = None) -> bool:
    with database.writing() as session:
        draft = drafts.find(session, draft_id)
        assert draft is not None
        return drafts.save(session, draft, source, slug="sciatica", edits=edits, editor_id=editor_id, at=LATER)


def read(database: Database, draft_id: int) -> Draft:
    with database.reading() as session:
        found = drafts.find(session, draft_id)
    assert found is not None
    return found


def test_draft_begins_open_with_its_author(database: Database, ana: int) -> None:
    draft = read(database, begin(database, ana))
    assert (draft.state, draft.edits, draft.author and draft.author.name) == ("draft", 0, "ana")
    assert drafts.wrote(draft, ana)


def test_saved_text_counts_an_edit_and_remembers_whose_words_they_are(database: Database, ana: int) -> None:
    number, ben = begin(database, ana), add_account(database, "ben")
    assert save(database, number, "new", 0, ben)
    draft = read(database, number)
    assert (draft.source, draft.edits, draft.changed_at) == ("new", 1, LATER)
    assert drafts.wrote(draft, ana)
    assert drafts.wrote(draft, ben)


def test_stale_edit_is_refused_with_the_text_that_stands(database: Database, ana: int) -> None:
    number = begin(database, ana)
    save(database, number, "first", 0)
    with pytest.raises(StaleEdit) as caught:
        save(database, number, "second", 0)
    assert (caught.value.current, caught.value.edits) == ("first", 1)
    assert read(database, number).source == "first"


def test_saving_the_same_text_again_is_no_edit_even_when_it_is_stale(database: Database, ana: int) -> None:
    number = begin(database, ana)
    save(database, number, "first", 0)
    assert not save(database, number, "first", 0)
    assert read(database, number).edits == 1


def test_change_takes_a_draft_out_of_review(database: Database, ana: int) -> None:
    number = begin(database, ana)
    with database.writing() as session:
        session.get_one(Draft, number).state = "approved"
    save(database, number, "old", 0)
    assert read(database, number).state == "approved"
    save(database, number, "new", 0)
    assert read(database, number).state == "draft"


def test_closed_draft_cannot_be_saved_and_is_not_listed(database: Database, ana: int) -> None:
    number = begin(database, ana)
    with database.writing() as session:
        session.get_one(Draft, number).state = "published"
    with pytest.raises(Refused, match="closed"):
        save(database, number, "new", 0)
    with database.reading() as session:
        assert drafts.open_drafts(session) == []


def test_open_drafts_are_listed_last_changed_first_and_by_article(database: Database, ana: int) -> None:
    first, second = begin(database, ana), begin(database, ana, slug="crps")
    save(database, first, "new", 0)
    with database.reading() as session:
        assert [draft.id for draft in drafts.open_drafts(session)] == [first, second]
        assert [draft.id for draft in drafts.open_drafts(session, "crps")] == [second]


def test_draft_that_is_not_there_is_none(database: Database) -> None:
    with database.reading() as session:
        assert drafts.find(session, 404) is None
