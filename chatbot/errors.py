"""The few errors that callers tell apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chatbot.values import Problem


class ChatbotError(Exception):
    """Anything this package raises on purpose; its text is a sentence that says what to do."""


class SettingsError(ChatbotError):
    """A `CHATBOT_*` variable is unknown or holds a wrong value; the start stops."""


class CorpusError(ChatbotError):
    """Files that cannot be served, with every problem found at once.

    problems: in reading order, never empty.
    """

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class Unwritable(CorpusError):
    """The articles' folder cannot be written to now; the same may work later."""


class EngineUnavailable(ChatbotError):
    """The retrieval engine cannot answer now; another engine may."""


class NoCorpus(ChatbotError):
    """No article has been loaded yet, so no question can be answered."""


class DatabaseUnavailable(ChatbotError):
    """Staff's data cannot be read or written now; visitors are answered all the same."""


class Busy(ChatbotError):
    """Too much of a costly kind is asked for at once; trying again in a few seconds helps."""


class StaleEdit(ChatbotError):
    """Somebody else changed the text meanwhile; nothing was saved, and both texts are at hand.

    current: the text as it stands now. edits: the number that the next saving must know.
    """

    def __init__(self, message: str, current: str, edits: int = 0) -> None:
        self.current = current
        self.edits = edits
        super().__init__(message)


class Refused(ChatbotError):
    """A rule forbids what was asked, such as reviewing one's own version; nothing was done."""


class BackupError(ChatbotError):
    """A backup could not be written or is none; nothing was changed."""
