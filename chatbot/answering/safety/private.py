"""Personal details that a visitor need not have typed."""

from __future__ import annotations

import re

EMAIL = re.compile(r"[^\s@]{1,64}@[^\s@]{1,255}\.[a-z]{2,24}", re.IGNORECASE)
DIGITS = re.compile(r"\+?\d(?:[\d ().-]{0,24}\d)?")
PHONE_DIGITS = range(9, 17)
LONG_NUMBER = 8
# digits in a row that hardly are a dose, a year or a result
BIRTHDAY = re.compile(r"\b(?:born|birth|dob|d\.o\.b\.?)\b[^.?!]{0,20}\d", re.IGNORECASE)


def holds_details(text: str) -> bool:
    """Say whether the text holds an e-mail address, a phone or other long number, or a date of birth.

    Linear in the text: every repeat is bounded.
    """
    if "@" in text and EMAIL.search(text):
        return True
    return any(_is_number(found[0]) for found in DIGITS.finditer(text)) or bool(BIRTHDAY.search(text))


def _is_number(typed: str) -> bool:
    digits = re.sub(r"\D", "", typed)
    return len(digits) in PHONE_DIGITS or len(re.sub(r"\D.*", "", typed.lstrip("+"))) >= LONG_NUMBER
