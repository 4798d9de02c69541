"""Everything that is kept beside the corpus folder. The articles are not: files in `corpus/` stay the truth.

A change here needs a migration: see `migrations/README.md`. Accounts are referred to by number, never by name, so that
staff can have their own data deleted without a hole in the history.
"""

from chatbot.storage.columns import Base
from chatbot.storage.tables.accounts import Account, AuditHead, AuditLine, SignInTry, StaffSession
from chatbot.storage.tables.articles import Draft, Job, Publication, Review, Revision, Schedule
from chatbot.storage.tables.questions import AskedText, FeedbackCount, QuestionCount, Suggestion

__all__ = [
    "Account",
    "AskedText",
    "AuditHead",
    "AuditLine",
    "Base",
    "Draft",
    "FeedbackCount",
    "Job",
    "Publication",
    "QuestionCount",
    "Review",
    "Revision",
    "Schedule",
    "SignInTry",
    "StaffSession",
    "Suggestion",
]
