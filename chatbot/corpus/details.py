"""What an article says about itself: each value of the front matter read into its own type, or refused."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from chatbot.corpus.prose import one_line
from chatbot.values import Reference, SampleQuestion

LONGEST_TITLE = 200
LONGEST_TEXT = 1_000

_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_ADDRESS = re.compile(r"https?://[^\s\"'<>\\]{3,2000}")
_DOI = re.compile(r"10\.\d{4,9}/\S{1,200}")

T = TypeVar("T")


class Fault(ValueError):
    """A value that cannot be used; `where` names the value inside a list or mapping: "0.section"."""

    def __init__(self, message: str, where: str = "") -> None:
        self.where = where
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Details:
    """What an article says about itself, each value in its own type; what is unknown is None or empty."""

    title: str | None = None
    slug: str | None = None
    summary: str | None = None
    author: str | None = None
    reviewer: str | None = None
    published: date | None = None
    reviewed: date | None = None
    review_by: date | None = None
    source: tuple[str | None, str | None] = (None, None)
    # name and address
    topics: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()
    status: str = "published"
    questions: tuple[SampleQuestion, ...] = ()


def _text(value: object, limit: int = LONGEST_TEXT) -> str:
    if not isinstance(value, str):
        raise Fault("is not a single text; write it on one line")
    text = one_line(value)
    if not text or not text.isprintable():
        raise Fault("is empty or holds control characters; write plain words")
    if len(text) > limit:
        raise Fault(f"is {len(text):,} characters long; shorten it to {limit:,}")
    return text


def _title(value: object) -> str:
    return _text(value, LONGEST_TITLE)


def _slug(value: object) -> str:
    text = _text(value)
    if not _SLUG.fullmatch(text) or len(text) > LONGEST_TITLE:
        raise Fault(f'"{text}" is no address; use small letters a-z, digits and single hyphens, such as nerve-pain')
    return text


def _date(value: object) -> date:
    if isinstance(value, date):
        return value
    text = _text(value)
    if not _ISO_DATE.fullmatch(text):
        raise Fault(f'"{text}" is not a date; write it as 2023-08-15')
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Fault(f'"{text}" is not a date, no calendar has it; write one such as 2023-08-15') from error


def _status(value: object) -> str:
    if value not in ("published", "draft"):
        raise Fault(f'"{value}" is neither published nor draft; write one of the two')
    return str(value)


def _source(value: object) -> tuple[str | None, str | None]:
    given = _mapping(value, "source: {name: …, url: https://…}")
    name, url = given.get("name"), given.get("url")
    return (_within("name", _text, name) if name else None), (_within("url", _address, url) if url else None)


def _address(value: object) -> str:
    text = _text(value, 2_000)
    if not _ADDRESS.fullmatch(text):
        raise Fault(f'"{text}" is no web address; write it with https://')
    return text


def _topics(value: object) -> tuple[str, ...]:
    return _each(_text, [value] if isinstance(value, str) else value, "topics: [sciatica, crps]")


def _references(value: object) -> tuple[Reference, ...]:
    return _each(_reference, value, "references: and below it a line - … for each")


def _reference(value: object) -> Reference:
    if isinstance(value, str):
        return Reference(_text(value))
    given = _mapping(value, "authors, year, title, publisher and url")
    parts = {name: _within(name, _text, each) for name, each in given.items() if name in MEMBERS["references"]}
    if "doi" in parts and not _DOI.fullmatch(parts["doi"]):
        raise Fault(f'"{parts["doi"]}" is no DOI; write it as 10.1000/182', "doi")
    text = parts.get("text") or _cited(parts)
    if not parts.keys() & {"text", "title", "authors"}:
        raise Fault("names nothing; give at least the title")
    address = _within("url", _address, parts["url"]) if "url" in parts else None
    return Reference(text, address or (f"https://doi.org/{parts['doi']}" if "doi" in parts else None))


def _cited(parts: Mapping[str, str]) -> str:
    year = parts.get("year", "")
    authors = " ".join(filter(None, (parts.get("authors"), f"({year})" if year.isdigit() else "")))
    publisher = "" if parts.get("publisher") == parts.get("authors") else parts.get("publisher")
    return ". ".join(filter(None, (authors, parts.get("title", "").rstrip("."), publisher)))


def _questions(value: object) -> tuple[SampleQuestion, ...]:
    return _each(_question, value, "questions: and below it - ask: … with section: … for each")


def _question(value: object) -> SampleQuestion:
    given = _mapping(value, "ask: … and section: …")
    if "ask" not in given:
        raise Fault("holds a section without a question; write ask: …")
    section = given.get("section")
    return SampleQuestion(_within("ask", _text, given["ask"]), _within("section", _text, section) if section else "")


def _mapping(value: object, example: str) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise Fault(f"is not made of names and values; write {example}")
    return value


def _each(read: Callable[[object], T], value: object, example: str) -> tuple[T, ...]:
    if not isinstance(value, list):
        raise Fault(f"is not a list; write {example}")
    return tuple(_within(str(number), read, each) for number, each in enumerate(value))


def _within(where: str, read: Callable[[object], T], value: object) -> T:
    """Read a value inside another; a fault says where it stands."""
    try:
        return read(value)
    except Fault as fault:
        raise Fault(str(fault), f"{where}.{fault.where}".rstrip(".")) from fault


READERS: Mapping[str, Callable[[object], object]] = {
    "title": _title,
    "slug": _slug,
    "summary": _text,
    "author": _text,
    "reviewer": _text,
    "published": _date,
    "reviewed": _date,
    "review_by": _date,
    "source": _source,
    "topics": _topics,
    "references": _references,
    "status": _status,
    "questions": _questions,
}

# What may stand inside a value.
MEMBERS: Mapping[str, tuple[str, ...]] = {
    "source": ("name", "url"),
    "references": ("authors", "year", "title", "publisher", "doi", "url", "text"),
    "questions": ("ask", "section"),
}
