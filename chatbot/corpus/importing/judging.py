"""Decides what of a document is the article, says why the rest is not, and sees that the draft reads back the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import PurePosixPath

from chatbot.corpus import markdown
from chatbot.corpus.checks import check_blocks
from chatbot.corpus.cleaning import RULES, clean
from chatbot.corpus.details import LONGEST_TITLE, READERS, Fault
from chatbot.corpus.importing.parts import Imported, ImportRefused, Page, Part, written
from chatbot.corpus.page import page_of
from chatbot.corpus.prose import one_line, words
from chatbot.corpus.structure import recover
from chatbot.corpus.titles import fallback_title
from chatbot.corpus.writing import body_text
from chatbot.errors import CorpusError
from chatbot.text.dosing import doses
from chatbot.values import Block, BlockKind, Document

MOST_ROUNDS = 5
# of reading back what was written; the sample pages need two at most
REASONS: Mapping[str, str] = {
    "bylines": "says who wrote it and when; kept in the facts of the article",
    "lines": "a line of the page around the article",
    "menus": "a menu",
    "neighbours": "leads to another article",
    "comments": "comments of readers",
    "boxes": "a box beside the article",
    "references": "the list of references",
    "contents": "the table of contents",
    "sales": "offers something for sale",
}
TITLE = "the title; kept in the facts of the article"
AROUND = "stands above or below the article"
OFFER = "the end of a paragraph that offers something for sale"


def judged(page: Page, name: str, kind: str) -> Imported:
    """Return a document as a draft: its article's text kept, the rest left out with a reason.

    name: of its file, or its address; kind: its format. Raises ImportRefused where no text is left to answer with, or
    where the draft could not be served.
    """
    try:
        parts, document = _settled(page, name)
        problems = check_blocks(document.blocks)
    except CorpusError as error:
        raise refused(error) from error
    if problems:
        raise refused(CorpusError(problems))
    metadata, faults = usable(document.metadata)
    named = _named_doses(document)
    return Imported(name, kind, document.title or "", metadata, parts, (*page.warnings, *faults, *named))


def unserved(imported: Imported) -> frozenset[int]:
    """Return the numbers of kept parts that visitors would not be shown all the same.

    A part that staff restore may still read as a part of the page around an article; every article file is read so.
    """
    numbers = [number for number, part in enumerate(imported.parts) if not part.reason]
    try:
        read = markdown.read_body(body_text(written(imported.kept)))
    except CorpusError:
        return frozenset()
    cleaned = clean(_numbered(Document(imported.title, imported.metadata, read)))
    shown = {block.line for block in cleaned.blocks}
    return frozenset(number for place, number in enumerate(numbers) if place not in shown)


def refused(error: CorpusError) -> ImportRefused:
    """Say as a sentence why the corpus could not serve a draft."""
    said = error.problems[0].message
    if said.startswith(("is ", "has ", "holds ")):
        said = f"it {said}"
    return ImportRefused(f"{said[:1].upper()}{said[1:]}.")


def usable(metadata: Mapping[str, object]) -> tuple[dict[str, object], tuple[str, ...]]:
    """Return the values that an article may give of itself, as they are written, and a sentence for each other one."""
    values: dict[str, object] = {}
    faults: list[str] = []
    for name, value in metadata.items():
        try:
            if name not in READERS:
                raise Fault("is not known here")
            READERS[name](value)
        except Fault as fault:
            faults.append(f"{name} was not taken over: it {fault}.")
        else:
            values[name] = value.isoformat() if isinstance(value, date) else value
    order = {name: place for place, name in enumerate(READERS)}
    kept = sorted(values.keys() - {"title", "status"}, key=lambda name: order[name])
    return {name: values[name] for name in kept}, tuple(faults)


def _named_doses(document: Document) -> tuple[str, ...]:
    """Return a sentence for each dose that the kept text names: it has to go before the draft can be published."""
    found = dict.fromkeys(
        dose for text in (document.title or "", *(block.text for block in document.blocks)) for dose in doses(text)
    )
    return tuple(f"“{dose}” reads as a dose; take it out before publishing." for dose in found)


def _settled(page: Page, name: str) -> tuple[tuple[Part, ...], Document]:
    """Judge the parts, and read the draft back as it will be served until nothing changes any more.

    What a second reading would leave out is left out at once, so that staff see what visitors will get. Returns the
    parts, and title, metadata and kept blocks as a document.
    """
    parts = page.parts
    document = Document(page.title, page.metadata, tuple(part.block for part in parts if not part.reason))
    for _ in range(MOST_ROUNDS):
        parts, cleaned = _judged_once(parts, document)
        title = one_line(cleaned.title or fallback_title(PurePosixPath(name), cleaned.blocks))[:LONGEST_TITLE]
        metadata = {**cleaned.metadata, **document.metadata}
        kept = tuple(part for part in parts if not part.reason)
        read = Document(title, metadata, markdown.read_body(body_text(written(kept))))
        if _same(read, document):
            break
        document = read
    return parts, document


def _same(one: Document, other: Document) -> bool:
    return one.title == other.title and list(map(_bare, one.blocks)) == list(map(_bare, other.blocks))


def _judged_once(parts: Sequence[Part], document: Document) -> tuple[tuple[Part, ...], Document]:
    """Return the parts as cleaning leaves them, with headings and lists recovered, and the cleaned document.

    document: its blocks are those of the parts that are kept until now, in order.
    """
    numbered = _numbered(document)
    cleaned = clean(numbered)
    kept: dict[int, list[Block]] = defaultdict(list)
    for block in recover(cleaned.blocks):
        kept[block.line].append(block)
    reasons = _reasons(numbered, cleaned.title or "")
    found: list[Part] = []
    place = 0
    for part in parts:
        if part.reason:
            found.append(part)
        else:
            found += _became(part, kept[place], reasons.get(place, AROUND))
            place += 1
    return tuple(found), cleaned


def _numbered(document: Document) -> Document:
    """Give each block its place as its line: cleaning keeps that, whatever else it changes."""
    return replace(document, blocks=tuple(replace(block, line=place) for place, block in enumerate(document.blocks)))


def _became(part: Part, blocks: Sequence[Block], reason: str) -> list[Part]:
    """Return what a part became: itself, itself left out, or several parts with what was cut off last."""
    if not blocks:
        return [replace(part, reason=reason)]
    if len(blocks) == 1 and blocks[0].text == part.block.text:
        is_row = blocks[0].kind is BlockKind.ITEM
        return [replace(part, block=_bare(blocks[0]), cells=part.cells if is_row else ())]
    left = part.block.text[len(" ".join(block.text for block in blocks)) :].strip()
    offer = [Part(replace(_bare(part.block), text=left), reason=OFFER)] if left else []
    return [*(Part(_bare(block)) for block in blocks), *offer]


def _bare(block: Block) -> Block:
    return replace(block, line=1)


def _reasons(document: Document, title: str) -> dict[int, str]:
    """Return why each block is no part of the article, by its place; the first rule that says so counts."""
    page = page_of(document.blocks)
    found = {
        block.line: TITLE for block in document.blocks if block.line < page.first and words(block.text) == words(title)
    }
    for rule in RULES:
        for place in rule(page):
            found.setdefault(place, REASONS.get(rule.__name__, AROUND))
    return found
