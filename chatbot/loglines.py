"""What a log line looks like: one line of JSON an event, whatever stands in it."""

from __future__ import annotations

import json
import logging
import re
import sys
import time
import traceback
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

PLAIN = "%(asctime)s %(levelname)s %(message)s"
# for a person at a terminal


class JSONLines(logging.Formatter):
    """Writes time (UTC), level, room, process and message; of an exception its kind and where it came from.

    Line breaks, colours and control characters are escaped, so that nobody can forge a second line.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return the event as one line."""
        event = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "room": record.name,
            "process": record.process,
            "message": record.getMessage(),
        }
        if record.exc_info:
            event["error"] = self.formatException(record.exc_info)
        # ASCII only: a line separator of Unicode is a line break to some readers.
        return json.dumps(event)


class KindsOnly(logging.Filter):
    """Takes out of gunicorn's own lines all that a visitor may have sent, and the visitor's address.

    gunicorn writes both when it refuses a request, in words that are filled in already, as arguments, or as the text
    of an exception. What stays is what it says in its own words, numbers, and the kind of error. Other rooms' lines
    pass as they are. For the handlers of a process that answers visitors: before, no line can hold any such thing.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record where it is gunicorn's; every record is written."""
        if record.name.split(".")[0] != "gunicorn":
            return True
        kind, _, trace = record.exc_info or sys.exc_info()
        message = _own_words(str(record.msg), record.args)
        if kind:
            message += f" ({kind.__name__})"
        if record.exc_info:
            message += "\n" + "".join(traceback.format_tb(trace))
        record.msg, record.args, record.exc_info, record.exc_text = message, None, None, None
        return True


def _own_words(template: str, values: object) -> str:
    """Return a message with its numbers filled in; one that was filled in already ends before the first value."""
    if not isinstance(values, tuple) or not values:
        return re.split("[=:\n]", template, maxsplit=1)[0]
    try:
        return template % tuple(value if isinstance(value, int | float) else "…" for value in values)
    except (TypeError, ValueError):
        return template


SELDOM_SECONDS = 60.0


class Seldom:
    """Says the same fault once a minute at most, however often it happens; threads may share it."""

    def __init__(self, logger: logging.Logger, now: Callable[[], float] = time.monotonic) -> None:
        self._logger, self._now = logger, now
        self._said_at: dict[str, float] = {}

    def warning(self, message: str, *details: object) -> None:
        """Log a warning with its details, unless this message was logged within the last minute."""
        now = self._now()
        if now - self._said_at.get(message, float("-inf")) >= SELDOM_SECONDS:
            # At worst two threads say it both. The messages are the program's own, so they are few.
            self._said_at[message] = now
            self._logger.warning(message, *details)


def logging_setup(*, for_people: bool) -> Mapping[str, object]:
    """Return a configuration for `logging.config.dictConfig`: everything from INFO on goes to standard error."""
    formatter = {"format": PLAIN} if for_people else {"()": "chatbot.loglines.JSONLines"}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": formatter},
        "handlers": {"lines": {"class": "logging.StreamHandler", "formatter": "lines", "stream": "ext://sys.stderr"}},
        "root": {"level": "INFO", "handlers": ["lines"]},
        # The first two hand their lines on to the root; with handlers of their own each would be written twice.
        # The third tells at every start which database it found.
        "loggers": {
            "gunicorn.error": {"handlers": [], "propagate": True},
            "gunicorn.access": {"handlers": []},
            "alembic": {"level": "WARNING"},
        },
    }
