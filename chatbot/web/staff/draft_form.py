"""A draft as a form: one field for each value of the front matter, and the text; and back again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from chatbot.corpus.composing import with_body, with_values
from chatbot.corpus.front_matter import FrontMatter, read_front_matter
from chatbot.corpus.headings import heading_text
from chatbot.corpus.markdown import parse
from chatbot.corpus.prose import slug as slug_of
from chatbot.errors import CorpusError
from chatbot.values import BlockKind

TEXTS = ("title", "slug", "summary", "author", "published", "review_by")
REFERENCE = ("authors", "year", "title", "publisher", "address")
SPARE_ROWS = 2
# empty rows below those that are filled; saving gives new ones
MOST_ROWS = 60

Form = Mapping[str, str]
Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class DraftForm:
    """What the editor shows; every value is text."""

    texts: Mapping[str, str]
    source: Row
    topics: str
    references: tuple[Row, ...]
    questions: tuple[Row, ...]
    body: str
    body_line: int
    # line of the file that the body begins on
    headings: tuple[str, ...]
    # of the text, for the questions
    reviewer: str
    reviewed: str
    # set by a review, not by hand


def form_of(text: str) -> DraftForm:
    """Cut an article's text into the fields of the form. Raises CorpusError when its front matter cannot be read."""
    front = read_front_matter(text)
    values = front.values
    source = values.get("source")
    return DraftForm(
        texts={name: _text(values.get(name)) for name in TEXTS},
        source=_row(source, ("name", "url")),
        topics=", ".join(_texts(values.get("topics"))),
        references=(*(_reference(each) for each in _list(values.get("references"))), *[{}] * SPARE_ROWS),
        questions=(
            *(_row(each, ("ask", "section")) for each in _list(values.get("questions"))),
            *[{}] * SPARE_ROWS,
        ),
        body=front.body.removeprefix("\n"),
        body_line=front.body_line + front.body.startswith("\n"),
        headings=headings(text),
        reviewer=_text(values.get("reviewer")),
        reviewed=_text(values.get("reviewed")),
    )


def text_of(form: Form, before: str) -> str:
    """Return the article's text that a filled-in form says; what the form does not show stays as it was.

    Raises CorpusError when the front matter that was there cannot be read.
    """
    if "whole" in form:
        return _lines(form["whole"])
    front = read_front_matter(before)
    changes: dict[str, object] = {name: _line(form.get(name, "")) for name in TEXTS if name in form}
    if "source-name" in form:
        changes["source"] = _filled({name: _line(form.get(f"source-{name}", "")) for name in ("name", "url")})
    if "topics" in form:
        changes["topics"] = [topic for each in form["topics"].split(",") if (topic := _line(each))]
    if "reference-0-title" in form:
        changes["references"] = list(_references(form, front))
    if "question-0-ask" in form:
        changes["questions"] = [row for row in _rows(form, "question", ("ask", "section")) if row.get("ask")]
    text = with_values(before, changes)
    return with_body(text, "\n" + _lines(form["body"])) if "body" in form else text


def slug_for(text: str, before: str) -> str:
    """Return the slug that an article's text names, or the one that its title makes; else what it was before."""
    try:
        values = read_front_matter(text).values
    except CorpusError:
        return before
    named = _text(values.get("slug"))
    if re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", named) and len(named) <= 100:
        return named
    return slug_of(_text(values.get("title")))[:100].strip("-") or before


def title_of(text: str, otherwise: str) -> str:
    """Return the title that an article's text names."""
    try:
        return _text(read_front_matter(text).values.get("title")) or otherwise
    except CorpusError:
        return otherwise


def headings(text: str) -> tuple[str, ...]:
    """Return the headings of an article's text, as its questions name them."""
    try:
        blocks = parse(text).blocks
    except CorpusError:
        return ()
    return tuple(dict.fromkeys(heading_text(block.text) for block in blocks if block.kind is BlockKind.HEADING))


def _references(form: Form, front: FrontMatter) -> Iterator[object]:
    """Yield the references of the form; one that was not touched stays exactly as the file has it."""
    before = _list(front.values.get("references"))
    for number, row in enumerate(_rows(form, "reference", REFERENCE)):
        old = before[number] if number < len(before) else {}
        if old and _filled(_reference(old)) == row:
            yield old
        elif row:
            address = row.pop("address", "")
            kind = "doi" if re.match(r"10\.\d{4,9}/", address) else "url"
            # In the order in which references are written.
            yield {**row, **({kind: address} if address else {})}


def _rows(form: Form, name: str, parts: Sequence[str]) -> Iterator[dict[str, str]]:
    for number in range(MOST_ROWS):
        if f"{name}-{number}-{parts[0]}" not in form:
            return
        yield _filled({part: _line(form.get(f"{name}-{number}-{part}", "")) for part in parts})


def _reference(value: object) -> Row:
    if isinstance(value, str):
        return {"title": value}
    row = dict(_row(value, ("authors", "year", "title", "publisher", "text", "url", "doi")))
    row["title"] = row["title"] or row["text"]
    row["address"] = row["doi"] or row["url"]
    return {part: row[part] for part in REFERENCE}


def _row(value: object, parts: Sequence[str]) -> Row:
    given = value if isinstance(value, dict) else {}
    return {part: _text(given.get(part)) for part in parts}


def _list(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else []


def _texts(value: object) -> list[str]:
    return [value] if isinstance(value, str) else [_text(each) for each in _list(value)]


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _filled(row: Mapping[str, str]) -> dict[str, str]:
    return {part: text for part, text in row.items() if text}


def _line(text: str) -> str:
    return " ".join("".join(sign for sign in text if sign.isprintable() or sign.isspace()).split())


def _lines(text: str) -> str:
    """Return a text as files have it; browsers send line ends of their own. NUL is no text."""
    whole = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    return whole.rstrip() + "\n" if whole.strip() else ""
