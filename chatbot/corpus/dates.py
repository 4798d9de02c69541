"""Dates as pages write them."""

from __future__ import annotations

import re
from datetime import date

_NAMES = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_WEEKDAYS = "mon tue wed thu fri sat sun".split()
_WEEKDAY = r"(?:(?P<weekday>mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_TIME = (
    r"(?:,?\s*(?:(?:at|-|–|T)\s*)?\d{1,2}[:.]\d\d(?::\d\d)?(?:\s*[ap]\.?m\.?)?(?:\s*(?:[A-Z]{2,4}|[+-]\d\d:?\d\d|Z))?)?"
)
_FORMS = tuple(
    re.compile(_WEEKDAY + form + _TIME, re.IGNORECASE)
    for form in (
        rf"{_MONTH}\s+{_DAY},?\s+{_YEAR}",
        rf"{_DAY}\s+{_MONTH},?\s+{_YEAR}",
        rf"{_YEAR}[-/.](?P<month>\d{{1,2}})[-/.](?P<day>\d{{1,2}})\b",
        rf"(?P<month>\d{{1,2}})[/.](?P<day>\d{{1,2}})[/.]{_YEAR}",
    )
)
_MONTH_FIRST = 3
# the form that half the world reads the other way round


def match_date(text: str, at: int = 0) -> tuple[date | None, int] | None:
    """Return the date that begins at this place of the text, and where it ends; None where no date begins.

    The date itself is None where it can be read in two ways ("03/05/2024", unless a weekday decides) or no calendar has
    it.
    """
    for number, form in enumerate(_FORMS):
        if found := form.match(text, at):
            return _as_date(found, ambiguous=number == _MONTH_FIRST), found.end()
    return None


def date_in(text: str) -> date | None:
    """Return the date that the whole text is, None where it is none or cannot be told."""
    text = text.strip(" .")
    found = match_date(text)
    return found[0] if found and found[1] == len(text) else None


def _as_date(found: re.Match[str], *, ambiguous: bool) -> date | None:
    month, day, year = found["month"], int(found["day"]), int(found["year"])
    number = int(month) if month.isdigit() else _NAMES.index(month[:3].lower()) + 1
    readings = {(number, day), (day, number)} if ambiguous else {(number, day)}
    dates = {when for first, second in readings if (when := _date_of(year, first, second))}
    if found["weekday"]:
        dates = {when for when in dates if when.weekday() == _WEEKDAYS.index(found["weekday"][:3].lower())} or dates
    return dates.pop() if len(dates) == 1 else None


def _date_of(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
