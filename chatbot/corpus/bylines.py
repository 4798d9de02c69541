"""What the lines around an article's title say of its author, its reviewer and its dates."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from chatbot.corpus.dates import match_date

LONGEST_LINE = 200
CATEGORY_WORDS = 4

_CREDENTIAL = r"(?:(?:[A-Z]\.?){2,6}(?:-[A-Z]{1,3})?|Ph\.?D|Psy\.?D|Pharm\.?D|M\.?Sc|DPhil|Jr|Sr)(?![a-z])"
_MONTH_DAY = r"(?!(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?\s+\d)"
_NAME_WORD = rf"(?:{_MONTH_DAY}[A-Z][\w'’-]*\.?|(?:van|von|de|der|den|di|da|del|la|le)(?=\s+\w)|(?:of|and)(?=\s+[A-Z]))"
_NAME = re.compile(
    rf"(?:(?:Dr|Prof|Mr|Mrs|Ms)\.?\s+)?{_NAME_WORD}(?:\s+{_NAME_WORD}){{0,5}}(?:,\s*{_CREDENTIAL}\b\.?)*"
)
_PERSON = re.compile(
    rf"(?:(?:Dr|Prof)\.?\s+)?{_MONTH_DAY}[A-Z][\w'’-]+(?:\s+(?:{_MONTH_DAY}[A-Z][\w'’-]*\.?|van|von|de|der|di|la)){{1,3}}"
    rf"(?:,\s*{_CREDENTIAL}\b\.?)*"
)
_ROLE = re.compile(
    r"(?:(?:staff|senior|contributing|medical|guest|health)\s+)*(?:writer|editor|author|reviewer|contributor)\b", re.I
)
_ACCOUNT = re.compile(r"admin\w*|staff|editor|web ?master|guest", re.IGNORECASE)
_BAR = re.compile(r"(?<!\s)\s*[|•·]\s*")
_SEPARATOR = re.compile(r"(?:[\s|•·/,;.–—:-]|\b(?:on|and|at)\b)+")
_COUNT = re.compile(
    r"(?:\d[\d,.]*k?|no|leave a)\s+(?:comments?|views?|likes?|shares?|repl(?:y|ies))\b"
    r"|(?:reading time:?\s*)?\d{1,3}[\s-]*min(?:ute)?s?\.?(?:\s+read)?\b|\d{1,2}:\d\d(?:\s*[ap]\.?m\b\.?)?"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.?\s+\d{1,2}(?:st|nd|rd|th)?(?!\w|,?\s+\d{4})",
    re.IGNORECASE,
)
_SECTION = re.compile(r"(?:in|under)\s+[A-Z][\w'’]+(?:(?:,|\s+&|\s+and)?\s+[A-Z][\w'’]+){0,4}")
# The name of the group says which key of the front matter the name or date behind the label is for.
_LABEL = re.compile(
    r"(?:(?P<reviewer>(?:medically |clinically |fact[- ])?(?:reviewed|checked|approved)(?: and approved)? by)"
    r"|(?P<other>(?:edited|illustrated|photo(?:graph)?s?|translated) by"
    r"|(?:last |recently )*(?:updated|modified|edited|revised))"
    r"|(?P<author>(?:(?:written|posted|published|authored|contributed|submitted|words|article|post|created) )?by"
    r"|author|writer)"
    r"|(?P<reviewed>(?:last |medically |clinically )*reviewed|review date)"
    r"|(?P<published>(?:originally |first )*(?:published|posted|created|written|submitted)"
    r"|(?:publi(?:cation|shed?) )?date))"
    r"\b(?:\s+(?:on|date|at))?\s*(?::\s*)?(?:the\s+)?",
    re.IGNORECASE,
)

Facts = Mapping[str, str | date]
# keys of the front matter: author, reviewer, published, reviewed


def is_name(text: str, common: frozenset[str]) -> bool:
    """Say whether the text can be a person's name: two to four capitalised words that the article never writes small.

    common: the words that the article writes in lower case.
    """
    return bool(_PERSON.fullmatch(text)) and not _holds_common_word(text, common)


def read_byline(text: str, common: frozenset[str] = frozenset()) -> Facts | None:
    """Return what a byline says, {} where it is one that says nothing of use, None where the line is no byline.

    Every part of the line must be understood: labels ("Written by", "Updated on"), names, dates, reading time, counts;
    between bars a few words more may stand, such as the name of a category.
    common: the words that the article writes in lower case; a name without a clear label holds none of them.
    """
    parts = [part for part in _BAR.split(text) if part.strip()] if len(text) <= LONGEST_LINE else []
    lines = [_understood(part, common) for part in parts]
    known = [line for line in lines if line]
    strange = [part for part, line in zip(parts, lines, strict=True) if not line]
    if len(known) <= len(strange) or not any(line.is_sure for line in known):
        return None
    if any(len(part.split()) > CATEGORY_WORDS or part.endswith(".") for part in strange):
        return None
    return {key: value for line in reversed(known) for key, value in line.facts.items()}


def _understood(text: str, common: frozenset[str]) -> _Line | None:
    line = _Line(text, common)
    while line.at < len(text):
        if skipped := _SEPARATOR.match(text, line.at):
            line.at = skipped.end()
        elif not any(step(line) for step in _STEPS):
            return None
    return line


@dataclass(slots=True)
class _Line:
    """A line, and how far it has been understood."""

    text: str
    common: frozenset[str]
    at: int = 0
    facts: dict[str, str | date] = field(default_factory=dict)
    is_sure: bool = False
    # something was found that only bylines hold
    key: str = ""
    # what the last label announced


def _read_label(line: _Line) -> bool:
    found = _LABEL.match(line.text, line.at)
    if not found:
        return False
    # A bare "By" also opens headings: "By Blocking Receptors".
    name = _NAME.match(line.text, found.end())
    if found[0].strip().lower() == "by" and (not name or _holds_common_word(name[0], line.common)):
        account = _ACCOUNT.search(name[0]) if name else _ACCOUNT.match(line.text, found.end())
        return bool(account) and _move(line, found.end(), "author")
    return _move(line, found.end(), found.lastgroup or "other")


def _read_date(line: _Line) -> bool:
    found = match_date(line.text, line.at)
    if not found:
        return False
    key = {"reviewer": "reviewed", "reviewed": "reviewed", "other": "other"}.get(line.key, "published")
    if found[0] and key != "other":
        line.facts.setdefault(key, found[0])
    line.is_sure = True
    return _move(line, found[1], "")


def _read_count(line: _Line) -> bool:
    found = _COUNT.match(line.text, line.at)
    line.is_sure = line.is_sure or bool(found)
    found = found or _SECTION.match(line.text, line.at) or _ROLE.match(line.text, line.at)
    return bool(found) and _move(line, found.end() if found else 0, line.key)


def _read_name(line: _Line) -> bool:
    """Take a name: any after a label that asks for one, a plain person's name without."""
    is_asked = line.key in ("author", "reviewer", "other")
    found = _NAME.match(line.text, line.at) if is_asked else _PERSON.match(line.text, line.at)
    account = _ACCOUNT.match(line.text, line.at) if is_asked else None
    if account and (not found or account.end() >= found.end()):
        line.is_sure = True
        return _move(line, account.end(), line.key)
    if not found or (not is_asked and _holds_common_word(found[0], line.common)):
        return False
    if line.key != "other":
        line.facts.setdefault(line.key if is_asked else "author", found[0].strip(" ,"))
    line.is_sure = line.is_sure or is_asked
    return _move(line, found.end(), line.key)


_STEPS: tuple[Callable[[_Line], bool], ...] = (_read_label, _read_date, _read_count, _read_name)


def _move(line: _Line, at: int, key: str) -> bool:
    line.at, line.key = at, key
    return True


def _holds_common_word(text: str, common: frozenset[str]) -> bool:
    return any(word.lower() in common for word in re.findall(r"[A-Z][\w'’-]{2,}", text))
