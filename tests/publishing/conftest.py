"""A desk over a small corpus: two articles, staff of three, and a draft that is ready to publish."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from chatbot.answering.notices import SafetyRules
from chatbot.corpus.writer import digest
from chatbot.library import Library
from chatbot.publishing.desk import Desk
from chatbot.publishing.reviewing import Opinion, give_opinion, submit
from chatbot.settings import Settings
from chatbot.storage import audit, drafts
from chatbot.storage.accounts import add
from chatbot.storage.database import Database
from chatbot.storage.keys import Keys
from chatbot.storage.tables import AuditLine, Draft, Publication, Revision
from tests.conftest import SCIATICA, SIDE_EFFECTS, write_corpus

AT = datetime(2026, 11, 27, 9, 30, tzinfo=UTC)
MIGRAINE = """\
---
title: Migraine
questions:
  - ask: What is a migraine?
    section: What it is
---

## What it is

A migraine is a strong headache on one side that comes with nausea, and light is hard to bear.
"""
KNEE = """\
---
title: Knee pain
questions:
  - ask: How long does knee pain last?
    section: How long it lasts
---

## How long it lasts

Knee pain after a sprain often lasts days to weeks. Rest and cold packs help most people with it.

## What it is

Knee pain is an ache around the kneecap or inside the joint.
"""


@dataclass
class Office:
    """The desk with its people, and short ways to look at what happened."""

    desk: Desk
    keys: Keys
    people: dict[str, int]

    def file(self, name: str = "migraine") -> str:
        path = self.desk.folder / "articles" / f"{name}.md"
        return path.read_text("utf-8") if path.exists() else ""

    def left_over(self) -> list[str]:
        return [path.name for path in (self.desk.folder / "articles").iterdir() if path.name.startswith(".")]

    def draft(self, source: str = MIGRAINE, slug: str = "migraine", *, base: str = "", approve: bool = True) -> Draft:
        """Begin a draft; with `approve` a colleague has reviewed it."""
        with self.desk.database.writing() as session:
            draft = drafts.begin(
                session, slug=slug, source=source, author_id=self.people["ana"], at=AT, base_checksum=base
            )
            if approve:
                submit(session, draft.id, draft.edits, AT)
                give_opinion(session, draft.id, draft.edits, Opinion(True), reviewer_id=self.people["rob"], at=AT)
        return draft

    def reread(self, draft_id: int) -> Draft:
        with self.desk.database.reading() as session:
            return session.get_one(Draft, draft_id)

    def edit(self, name: str, old: str, new: str) -> tuple[str, str]:
        """Return an article's text with some words exchanged, and the checksum of what stands now."""
        text = self.file(name)
        assert old in text
        return text.replace(old, new), digest(text.encode())

    def revisions(self) -> list[tuple[str, str]]:
        with self.desk.database.reading() as session:
            found = session.scalars(select(Revision).order_by(Revision.id)).all()
        return [(each.slug, each.kind) for each in found]

    def begun(self) -> int:
        with self.desk.database.reading() as session:
            return len(session.scalars(select(Publication)).all())

    def audit(self) -> list[str]:
        with self.desk.database.reading() as session:
            assert audit.verify(session, self.keys) == []
            return [line.action for line in session.scalars(select(AuditLine).order_by(AuditLine.id))]


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return write_corpus(tmp_path / "corpus", sciatica=SCIATICA, effects=SIDE_EFFECTS, knee=KNEE)


@pytest.fixture
def make_office(settings: Settings, rules: SafetyRules) -> Callable[[Database], Office]:
    def make(database: Database) -> Office:
        keys = Keys("", settings.instance)
        library = Library(settings, rules)
        library.refresh()
        people = {}
        with database.writing() as session:
            for name, role in (("ana", "author"), ("rob", "reviewer"), ("pat", "publisher")):
                people[name] = add(session, name, role, password_hash="-", at=AT).id  # type: ignore[arg-type]
        desk = Desk(settings, library, rules, database, lambda session, event: audit.append(session, keys, event))
        return Office(desk, keys, people)

    return make


@pytest.fixture
def office(make_office: Callable[[Database], Office], sqlite_template: Path, settings: Settings) -> Office:
    """On SQLite: the quick one, for what has nothing to do with the database."""
    settings.instance.mkdir(mode=0o700, exist_ok=True)
    (settings.instance / "chatbot.db").write_bytes(sqlite_template.read_bytes())
    return make_office(Database("", settings.instance))


@pytest.fixture
def both(make_office: Callable[[Database], Office], database: Database) -> Office:
    """On both databases."""
    return make_office(database)
