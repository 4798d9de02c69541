from __future__ import annotations

from datetime import UTC, datetime

import pytest

from chatbot.errors import Refused
from chatbot.storage.accounts import add
from chatbot.storage.database import Database
from chatbot.storage.suggestions import decide, propose, waiting

AT = datetime(2026, 11, 27, 9, tzinfo=UTC)


def test_suggestion_waits_once_until_somebody_decides(database: Database) -> None:
    with database.writing() as session:
        ana = add(session, "ana", "publisher", password_hash="-", at=AT).id
        assert propose(session, "synonym", "drip", meaning="infusion", at=AT)
        assert not propose(session, "synonym", "drip", meaning="infusion", at=AT)
        assert propose(session, "synonym", "drip", meaning="line", at=AT)
    with database.writing() as session:
        first, _ = waiting(session)
        decided = decide(session, first.id, "approved", by=ana, at=AT)
        assert (decided.text, decided.section, decided.state) == ("drip", "infusion", "approved")
        assert len(waiting(session)) == 1
        with pytest.raises(Refused):
            decide(session, first.id, "rejected", by=ana, at=AT)


def test_suggestion_that_is_none_cannot_be_decided(database: Database) -> None:
    with pytest.raises(Refused), database.writing() as session:
        decide(session, 77, "approved", by=1, at=AT)
