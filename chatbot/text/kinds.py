"""What kind of answer a question wants, and whether a text holds one: a time, a number, a year."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

Kind = Literal["time", "number", "year"]
REMEMBERED = 8192
# passages of which it is kept what they give

_WANTED: dict[Kind, re.Pattern[str]] = {
    "time": re.compile(
        r"\bhow (long|soon|quick|quickly|fast|rapid|rapidly|often|frequently|regularly|far apart|much time)\b"
        r"|\bhow many (times|seconds|minutes|hours|hrs|days|weeks|wks|months|years|yrs|sessions|visits)\b"
        r"|\b(what|which) (date|day|month|time)\b"
        r"|(^|[.,;!?] ?)(so |and |but )?when (is|was|were|are|did|do|does|will|can|should)\b",
        re.IGNORECASE,
    ),
    "year": re.compile(r"\b(what|which) (year|decade|century)\b", re.IGNORECASE),
    "number": re.compile(
        # "How many days" wants a time, and "several weeks" is one.
        r"\bhow many\b(?! (seconds|minutes|hours|hrs|days|weeks|wks|months|years|yrs)\b)|%|\bpercent|\bstatistics?\b"
        r"|\b(what|which) (share|proportion|number|odds|chance|rate)\b|\bwhat are (the|my) (odds|chances)\b",
        re.IGNORECASE,
    ),
}
_GIVEN: dict[Kind, re.Pattern[str]] = {
    "time": re.compile(
        r"\b(second|minute|hour|day|week|month|year|decade|centur|session)(s|y|ies|ly)?\b|\b(1[0-9]|20)\d\ds?\b"
        r"|\b(daily|weekly|monthly|yearly|annual|once|twice|immediate|rapid|short-lived|temporary|permanent|duration"
        r"|long-term|short-term|lasting|periodic|repeat)",
        re.IGNORECASE,
    ),
    "year": re.compile(r"\b(1[0-9]|20)\d\ds?\b"),
    "number": re.compile(
        r"\d|\b(percent|half|third|quarter|million|billion|hundred|thousand|dozen|majority|minority|prevalent"
        r"|most (people|patients)|(one|two|three|four|five|six|seven|eight|nine) (in|out of))",
        re.IGNORECASE,
    ),
}


def wanted(question: str) -> frozenset[Kind]:
    """Return the kinds of answer that a question asks for; none for one that words alone answer."""
    return frozenset(kind for kind, pattern in _WANTED.items() if pattern.search(question))


def given(text: str) -> frozenset[Kind]:
    """Return the kinds of answer that a text holds, about whatever it may be."""
    return frozenset([kind for kind, pattern in _GIVEN.items() if pattern.search(text)])


@lru_cache(maxsize=REMEMBERED)
def gives(text: str, kind: Kind) -> bool:
    """Say whether a text of the articles, never a visitor's, holds an answer of that kind."""
    return _GIVEN[kind].search(text) is not None
