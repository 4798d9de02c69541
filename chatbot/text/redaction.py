"""What may tell who asked is taken out of a question before it is kept."""

from __future__ import annotations

import re
from collections.abc import Collection

from chatbot.text.naming import NAME, without_names

MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
DAY = r"\d{1,2}(?:st|nd|rd|th)?"
YEAR = r"(?:\d{4}|\d{2}|'\d{2})\b"
STREET = (
    r"(?:street|str?\b\.?|avenue|ave|road|rd|lane|ln|drive|dr|court|ct|boulevard|blvd|way|place|pl|terrace|close"
    r"|crescent|square|sq|highway|hwy|parkway|pkwy|circle|cir|gardens|grove|row|walk|hill|mews|trail)\b\.?"
)
FLAT = r"(?:,?\s{1,2}(?:apt|apartment|flat|unit|suite|ste|no|#)\.?\s{0,2}\#?\w{1,5}\b)?"
TOWN = (
    r"(?:,\s[a-z][\w.'’-]{1,20}(?=\W|$)(?:,\s[a-z]{2,20}\b|\s[a-z]{2}\b(?=\s*[,.?!]|\s\d|$))?)?"
    # with a state or country after a second comma, or its two letters at the end
)
NUMBER_WORD = r"(?:one|two|three|four|five|six|seven|eight|nine)"
OLD = rf"(?:9\d|1[0-2]\d|ninety(?:[ -]{NUMBER_WORD})?|(?:one|a) hundred(?: and {NUMBER_WORD})?)"
NO_AGE = r"(?!\s?(?:%|percent|mg|days|weeks|months))"
SITE = r"(?:com|org|net|edu|gov|info|io|me|co|uk|us|ca|au|de|es|eu|health|clinic|example|ly|blog|app)"
AT, DOT = r"(?:[(\[]\s?at\s?[)\]]|\bat\b)", r"(?:\.|[(\[]?\bdot\b[)\]]?)"

LINK = (
    r"\b(?:https?://|www\.)[^\s<>\"']{1,300}",
    rf"\b(?:[a-z0-9-]{{1,63}}\.){{1,4}}{SITE}\b(?:/[^\s<>\"']{{0,200}})?",
    r"(?<![\w@])@\w[\w.-]{1,40}",
    r"\b[ur]/\w{2,40}",
)
EMAIL = (
    r"[^\s@<>(),;]{1,64}@[^\s@<>(),;]{1,200}\.[a-z]{2,24}\b",
    rf"\b[\w.+-]{{2,64}}\s?{AT}\s?[\w-]{{2,60}}(?:\s?{DOT}\s?\w{{2,24}}){{0,3}}\s?{DOT}\s?{SITE}\b(?!/)",
)
ADDRESS = (
    rf"\b\d{{1,6}}[a-z]?,?\s(?:[\w.'’-]{{1,20}}\s){{0,3}}?{STREET}{FLAT}{TOWN}",
    rf"\bp\.?\s?o\.?\s?box\s\d{{1,8}}{TOWN}",
    r"\b(?:apt|apartment|flat|suite)\.?\s{0,2}#?\s?\d{1,5}[a-z]?\b",
)
DATE = (
    r"\b(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}\b",
    r"\b\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2})\b",
    rf"\b{DAY}[\s-](?:of\s)?{MONTH}\b\.?(?:[\s,-]{{1,2}}{YEAR})?",
    rf"\b{MONTH}\.?\s(?:the\s)?{DAY}\b(?:,?\s{{1,2}}(?:\d{{4}}|'\d{{2}})\b)?",
    rf"\b{MONTH}\.?,?\s(?:of\s)?(?:19|20)\d\d\b",
    r"(?<=born )(?:in |on )?(?:the )?'?\d{2}\b",
)
POSTCODE = (
    # British, but not "L5 2nd", which is a disc; Canadian. The American one is a run of digits.
    r"\b(?![ctls]\d{1,2}\s\d(?:th|st|nd|rd)\b)[a-z]{1,2}\d[a-z\d]?\s?\d[abd-hjlnp-uw-z]{2}\b",
    r"\b[a-z]\d[a-z][ -]?\d[a-z]\d\b",
)
AGE = (
    rf"\b{OLD}(?=\s?-?(?:years?|yrs?|yo\b|y/o|y\.o))",
    rf"(?<=\bage )(?:of )?{OLD}\b",
    rf"(?<=\baged ){OLD}\b",
    rf"(?<=\bi am ){OLD}\b{NO_AGE}",
    rf"(?<=\bi'm ){OLD}\b{NO_AGE}",
    rf"(?<=\bis ){OLD}\b(?=\s?(?:and|,|\.|$))",
)
NUMBER = (
    r"\+?\(?\d(?:[\s().-]{0,3}\d){6,20}(?:,?\s?(?:ext|extension|x)\.?\s?\d{1,6}\b)?",
    r"\b\d{2,5}(?:-\d{2,5}){2,4}\b",
    # A word with four digits, in a row or parted; "L3-L4-L5" names discs.
    r"\b(?=[a-z\d-]{0,30}\d{4})[a-z\d][a-z\d-]{2,30}\b",
    r"\b(?!(?:[ctls]\d{1,2}-?)+?\b)(?=(?:[a-z-]{0,10}\d){4})(?=[\d-]{0,20}[a-z])[a-z\d][a-z\d-]{3,30}\b",
    r"\d{4,}",
)
FINDERS = tuple(
    (mark, re.compile("|".join(patterns), re.IGNORECASE))
    for mark, patterns in (
        ("[link]", LINK[:1]),
        ("[email]", EMAIL),
        ("[link]", LINK[1:]),
        ("[address]", ADDRESS),
        ("[date]", DATE),
        ("[postcode]", POSTCODE),
        ("[age]", AGE),
        ("[number]", NUMBER),
    )
)
# in this order: a link may hold what looks like a date, a date what looks like a number


def redacted(text: str, known: Collection[str] = ()) -> str:
    """Return the text without what may tell who wrote it, each replaced by what it was, such as "[number]".

    known: words of the articles, in lower case: they stay, however they are written. Taken out are links, addresses of
    mail and houses, dates, postcodes of the US, the UK and Canada, ages over 89, runs of four digits and more, phone
    numbers, and names (see `without_names`). Linear in the text: every repeat is bounded. In doubt it takes out.
    """
    for mark, finder in FINDERS:
        text = finder.sub(mark, text)
    return re.sub(r"(?:\[name\][\s,]{0,2})+\[name\]", NAME, without_names(text, known))
