"""Words that have no place in an article, and those that need a second look."""

from __future__ import annotations

import re
import unicodedata

_WORD = (
    r"(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|"
    r"twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|half|quarter|point)"
)
_DIGITS = r"(?<!\d)(?:\d++(?:[.,·]\d++)?|[.,]\d++|[½¼¾])"
# "fifty", "twenty-five", "one hundred and ten", "half a", "zero point five": amounts are also spelled out.
# At most eight words more, as a bound: Python 3.11.2, Debian's own, matches a possessive group wrongly.
_SPELLED = rf"\b{_WORD}(?:[\s-]+(?:(?:and|of)\s+)?(?:{_WORD}|an?)\b){{0,8}}"
_SHORT = r"(?:m\s?g|mcg|μg|ug|g|ml|cc|iu)"
_LONG = r"(?:(?:milli|micro)?gram(?:me)?s?|millilit(?:er|re)s?|units?)"
_PER_WEIGHT = r"[^.!?\n]{0,20}(?:/\s?kg\b|\bper\s+(?:kg|kilo(?:gram)?)\b)"
DOSE = re.compile(
    rf"{_DIGITS}\s*(?:-\s*)?(?:{_SHORT}|{_LONG})\b|{_DIGITS}{_PER_WEIGHT}|"
    rf"{_SPELLED}(?:[\s-]+(?:m\s?g|mcg|μg|ml|{_LONG})\b|{_PER_WEIGHT})",
    re.IGNORECASE,
)

# No honest use in a health article.
FORBIDDEN = re.compile(
    r"\b(?:break-?throughs?|guarantee[ds]?|revolutionary|revolutioni[sz]e[sd]?|miracles?|miraculous|risk-free|"
    r"free of risks?)\b",
    re.IGNORECASE,
)
# Honest when denied ("no cure", "has not been proven", "not safe"); a promise otherwise.
DOUBTFUL = re.compile(r"\b(?:cure[sd]?|proven|safe|safely|root causes?|resets?|best)\b", re.IGNORECASE)
_DENIAL = re.compile(
    r"\b(?:no|not|never|nobody|none|neither|nor|without|cannot|unclear|whether|if|un\w+|\w+n['’]t|few|little|hardly)\b",
    re.IGNORECASE,
)
DENIAL_WORDS = 8
# how many words before a doubtful one a denial may stand

_PRONOUN = re.compile(r"(?:it|its|this|that|these|those|they|their|them|he|she|such)\b", re.IGNORECASE)


def doses(text: str) -> tuple[str, ...]:
    """Return every amount of a medicine that the text names, as it stands there after Unicode's NFKC folding.

    A number, in digits or words, before mg, mcg, µg, g, ml, units or their full names, or before "/kg".
    """
    return tuple(match[0].strip() for match in DOSE.finditer(unicodedata.normalize("NFKC", text)))


def forbidden_words(text: str) -> tuple[str, ...]:
    """Return the advertising words that no article may hold, in order."""
    return tuple(match[0] for match in FORBIDDEN.finditer(text))


def promises(text: str) -> tuple[str, ...]:
    """Return the words that promise too much where no denial stands shortly before them in the sentence.

    A sentence that asks a question promises nothing.
    """
    found = []
    for sentence in re.split(r"(?<=[.!?])\s+|\n", text):
        if not sentence.endswith("?"):
            found += [match[0] for match in DOUBTFUL.finditer(sentence) if not _denied(sentence[: match.start()])]
    return tuple(found)


def opening_pronoun(text: str) -> str | None:
    """Return the pronoun that the text opens with, or None: a visitor sees a passage alone."""
    match = _PRONOUN.match(text.lstrip(" \"'“‘("))
    return match[0] if match else None


def _denied(before: str) -> bool:
    return bool(_DENIAL.search(" ".join(before.split()[-DENIAL_WORDS:])))
