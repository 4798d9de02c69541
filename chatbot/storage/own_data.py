"""What is kept about a member of staff: handed out to them, or deleted at their wish."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from chatbot.storage import second_factor, sessions
from chatbot.storage.tables import Account, AuditLine, Draft, Review, Revision, StaffSession


def collect(session: Session, account: Account) -> Mapping[str, object]:
    """Return everything that is kept about an account, as JSON can hold it; not the hashes that guard it."""
    number = account.id
    written = or_(Revision.author_id == number, Revision.reviewer_id == number, Revision.publisher_id == number)
    return {
        "account": {
            "number": number,
            "name": account.name,
            "role": account.role,
            "created": account.created_at.isoformat(),
            "password_changed": account.password_changed_at.isoformat(),
            "second_factor": account.totp_secret is not None,
        },
        "signed_in": [
            {"since": found.created_at.isoformat(), "seen": found.seen_at.isoformat(), "browser": found.browser}
            for found in session.scalars(select(StaffSession).where(StaffSession.account_id == number))
        ],
        "drafts": [
            {"number": found.id, "article": found.slug, "created": found.created_at.isoformat(), "text": found.source}
            for found in session.scalars(select(Draft).where(Draft.author_id == number))
        ],
        "reviews": [
            {"draft": found.draft_id, "verdict": found.verdict, "words": found.words, "at": found.at.isoformat()}
            for found in session.scalars(select(Review).where(Review.reviewer_id == number))
        ],
        "revisions": [
            {"article": found.slug, "kind": found.kind, "why": found.why, "at": found.at.isoformat()}
            for found in session.scalars(select(Revision).where(written))
        ],
        "audit_log": [
            {"at": found.at.isoformat(), "action": found.action, "subject": found.subject, "detail": found.detail}
            for found in session.scalars(select(AuditLine).where(AuditLine.account_id == number))
        ],
    }


def erase(session: Session, account: Account, at: datetime) -> None:
    """Delete what says who somebody was; what they did stays, under a number."""
    account.name = f"former member {account.id}"
    account.password_hash, account.must_change = "", False
    account.disabled_at = account.erased_at = at
    second_factor.turn_off(account)
    sessions.end_all(session, account.id)
