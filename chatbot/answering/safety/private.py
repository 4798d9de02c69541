"""Personal details that a visitor need not have typed."""

from __future__ import annotations

import re

EMAIL = re.compile(r"[^\s@]{1,64}@[^\s@]{1,255}\.[a-z]{2,24}", re.IGNORECASE)
DIGIT = re.compile(r"\d")
DIGITS = re.compile(r"\d(?:[\d ().-]{0,24}\d)?")
PHONE_DIGITS = range(9, 17)
LONG_NUMBER = 8
# digits in a row that hardly are a dose, a year or a result
BIRTH = ("born", "birth", "dob", "d.o.b")
BIRTHDAY = re.compile(rf"\b(?:{'|'.join(map(re.escape, BIRTH))})\.?\b[^.?!]{{0,20}}\d", re.IGNORECASE)


def holds_details(text: str) -> bool:
    """Say whether the text holds an e-mail address, a phone or other long number, or a date of birth.

    Linear in the text: every repeat is bounded.
    """
    if "@" in text and EMAIL.search(text):
        return True
    if not DIGIT.search(text):
        return False
    if any(_is_number(found[0]) for found in DIGITS.finditer(text)):
        return True
    typed = text.casefold()
    # Sought letter by letter, the expression takes a tenth of a millisecond for a long text.
    return any(word in typed for word in BIRTH) and bool(BIRTHDAY.search(text))


def _is_number(typed: str) -> bool:
    digits = re.sub(r"\D", "", typed)
    return len(digits) in PHONE_DIGITS or len(re.sub(r"\D.*", "", typed)) >= LONG_NUMBER


# What a page shows of a message again, and sends on as history, goes without the details themselves.
# js/masking.js in the browser does the same, and a test holds the two together.

MASK = "•••"
DATE = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})(?!\d)")
DETAILS = re.compile(rf"{EMAIL.pattern}|{DATE.pattern}|\+?\d[\d ().-]{{4,30}}\d", re.IGNORECASE)
BORN = re.compile(r"\b((?:born|birth|dob|d\.o\.b)\b[^?!\d•]{0,20})(\d[^.?!,;•]{0,24}?\d{2,4}(?!\d))", re.IGNORECASE)
WORD = r"[^\W\d_][\w'’-]{0,40}"
NAMED = re.compile(
    rf"\b((?:my name(?: is|'s|’s)|i am called|i['’]m called|me llamo|mi nombre es) +)({WORD}(?: +{WORD}){{0,3}})",
    re.IGNORECASE,
)
MASKED_RUN, MASKED_DIGITS = 6, 7
# digits in a row, and in all where spaces or dashes part them; fewer are a dose, a year or a result


def masked(text: str) -> str:
    """Return the text with each detail that needs no repeating (address, number, birthday, name) as MASK.

    Linear in the text: every repeat is bounded. Masking twice changes nothing.
    """
    without = DETAILS.sub(lambda found: MASK if _is_detail(found[0]) else found[0], text)
    return NAMED.sub(_without_name, BORN.sub(rf"\1{MASK}", without))


def _is_detail(found: str) -> bool:
    digits = len(re.sub(r"\D", "", found))
    return (
        "@" in found
        or DATE.fullmatch(found) is not None
        or digits >= MASKED_DIGITS
        or re.search(rf"\d{{{MASKED_RUN}}}", found) is not None
    )


def _without_name(found: re.Match[str]) -> str:
    """Mask the first word and the capitalised ones that follow it."""
    words = found[2].split(" ")
    kept = next((at for at, word in enumerate(words) if at and word and not word[0].isupper()), len(words))
    return " ".join([f"{found[1]}{MASK}", *words[kept:]])
