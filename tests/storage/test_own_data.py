from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from chatbot.storage import accounts, audit, own_data, sessions
from chatbot.storage.audit import Event
from chatbot.storage.database import Database
from chatbot.storage.keys import Keys
from chatbot.storage.tables import Account, Draft, Review, Revision

AT = datetime(2026, 11, 27, 9, 30, tzinfo=UTC)
KEYS = Keys("a key of the tests", Path("unused"))


def make_people(database: Database) -> None:
    with database.writing() as session:
        for name in ("ana", "ben"):
            who = accounts.add(session, name, "publisher", password_hash="the-hash", at=AT)
            sessions.begin(session, who, browser=f"browser of {name}", at=AT)
            draft = Draft(slug=f"by-{name}", source="Text", author_id=who.id, created_at=AT, changed_at=AT)
            session.add(draft)
            session.flush()
            session.add(Review(draft_id=draft.id, checksum="a" * 64, reviewer_id=who.id, verdict="approved", at=AT))
            session.add(
                Revision(
                    slug=f"by-{name}", kind="published", source="Text", checksum="a" * 64, publisher_id=who.id, at=AT
                )
            )
            audit.append(session, KEYS, Event(AT, who.id, "draft.saved", f"by-{name}"))


def find(database: Database, name: str) -> Account | None:
    with database.reading() as session:
        return accounts.find(session, name)


def test_export_holds_everything_of_ones_own_and_nothing_of_others(database: Database) -> None:
    make_people(database)
    with database.reading() as session:
        ana = accounts.find(session, "ana")
        assert ana
        text = json.dumps(own_data.collect(session, ana))
    for part in ('"ana"', "by-ana", "browser of ana", "approved", "published", "draft.saved"):
        assert part in text
    assert "ben" not in text
    assert "the-hash" not in text


def test_erased_account_keeps_no_name_and_what_it_did_stays(database: Database) -> None:
    make_people(database)
    with database.writing() as session:
        ana = accounts.find(session, "ana")
        assert ana
        own_data.erase(session, ana, AT)
        number = ana.id
    assert find(database, "ana") is None
    with database.reading() as session:
        kept = session.get_one(Account, number)
        assert (kept.name, kept.password_hash, kept.totp_secret) == (f"former member {number}", "", None)
        assert not accounts.may_enter(kept, AT)
        assert sessions.of_account(session, number, AT) == []
        assert [account.name for account in accounts.everybody(session)] == ["ben"]
        assert audit.verify(session, KEYS) == []
        assert len(audit.lines(session)) == 2


def test_name_of_an_erased_account_is_free_again(database: Database) -> None:
    make_people(database)
    with database.writing() as session:
        ana = accounts.find(session, "ana")
        assert ana
        own_data.erase(session, ana, AT)
        accounts.add(session, "ana", "author", password_hash="x", at=AT)
    assert find(database, "ana") is not None
