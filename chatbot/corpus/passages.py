"""Blocks become passages: what a visitor can be shown alone, each under a lasting name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from chatbot.corpus.anchors import HEX_DIGITS, anchor
from chatbot.corpus.outline import Placed, outline
from chatbot.corpus.prose import ends_sentence, words
from chatbot.text.dosing import names_dose
from chatbot.text.sentences import sentences
from chatbot.values import Block, BlockKind, Passage, SampleQuestion, Source

FACT_WORDS = 8
# an item that ends as a sentence and has this many words carries a fact of its own
LONG_ITEM_WORDS = 20
# so does one of this length, however it ends
LONGEST_LIST = 20
# items; a longer bare list is no answer, its items are shown one by one
DEEPEST_LEVEL = 5

_ANNOUNCES = re.compile(
    r"\b(?:following|these|below|includ(?:e|es|ing)|such as|here (?:is|are)|as follows)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Piece:
    """The words of a passage before it has a name."""

    text: str
    headings: tuple[str, ...]
    lead_in: str = ""

    @property
    def own(self) -> str:
        return self.text.removeprefix(self.lead_in).lstrip("\n")


@dataclass(frozen=True, slots=True)
class Entry:
    """A list item with the items below it."""

    text: str
    children: tuple[Entry, ...] = ()


def passages_of(
    blocks: Sequence[Block], *, slug: str, title: str, source: Source, questions: Sequence[SampleQuestion] = ()
) -> tuple[Passage, ...]:
    """Cut an article into passages, in reading order.

    A paragraph is one; so is a quotation with the sentence before it and its source; so is a list item that carries a
    fact of its own, after the sentence that opens the list. A bare list stays with its opening paragraph. Headings are
    never passages, and of two passages with the same words the first is kept.
    """
    placed = list(outline(blocks))
    return tuple(
        Passage(
            slug=slug,
            anchor=name,
            title=title,
            headings=piece.headings,
            text=piece.text,
            source=source,
            lead_in=piece.lead_in,
            questions=tuple(question.ask for question in questions if belongs(question, piece.headings)),
            names_dose=names_dose(title, *piece.headings, piece.text),
        )
        for name, piece in named(pieces(placed))
    )


def belongs(question: SampleQuestion, headings: Sequence[str]) -> bool:
    """Say whether a passage below these headings belongs to the question's section; "" is the opening."""
    section = words(question.section)
    return section in [words(heading) for heading in headings] if section else not headings


def named(found: Iterator[Piece]) -> Iterator[tuple[str, Piece]]:
    """Yield the pieces with their anchors, doubled ones once.

    The name of a list item is made without the sentence that opens its list, so that it outlives an edit of that
    sentence; where another passage has the same words, the sentence decides.
    """
    taken: dict[str, tuple[str, ...]] = {}
    for piece in found:
        for text in (piece.own, piece.text):
            name = _free_name(text, taken)
            if name:
                taken[name] = words(text)
                yield name, piece
                break


def _free_name(text: str, taken: dict[str, tuple[str, ...]]) -> str | None:
    """Return the shortest anchor of these words that no other words have; None when these very words have it."""
    for digits in range(HEX_DIGITS, 64):
        name = anchor(text, digits)
        if name not in taken:
            return name
        if taken[name] == words(text):
            return None
    return None


def pieces(placed: Sequence[Placed]) -> Iterator[Piece]:
    """Join what belongs together: quotations with their lead-in and source, lists with their opening paragraph."""
    index = 0
    while index < len(placed):
        block, headings = placed[index].block, placed[index].headings
        opening = block.text if block.kind is BlockKind.PARAGRAPH else ""
        run = _run(placed[index + bool(opening) :], headings)
        index += bool(opening) + len(run)
        if run and run[0].kind is BlockKind.ITEM:
            yield from _list(opening, _entries(run), headings)
        elif run:
            yield from _quotation(opening, run, headings)
        elif not _only_announces(opening, headings, placed[index:]):
            yield Piece(opening, headings)


def _run(placed: Sequence[Placed], headings: tuple[str, ...]) -> list[Block]:
    """Return the list items, or the lines of a quotation, that the section goes on with."""
    kind = placed[0].block.kind if placed else BlockKind.PARAGRAPH
    if kind is BlockKind.PARAGRAPH:
        return []
    return [each.block for each in takewhile(lambda each: (each.block.kind, each.headings) == (kind, headings), placed)]


def _quotation(opening: str, run: Sequence[Block], headings: tuple[str, ...]) -> Iterator[Piece]:
    lines = [block.text for block in run]
    if opening.endswith((":", ",")):
        lines.insert(0, opening)
    elif opening:
        yield Piece(opening, headings)
    yield Piece("\n".join(lines), headings)


def _only_announces(text: str, headings: tuple[str, ...], below: Sequence[Placed]) -> bool:
    """Say whether a sentence only opens the headings below it: alone it would say nothing."""
    opens = below and below[0].headings != headings and below[0].headings[: len(headings)] == headings
    return bool(opens) and text.endswith(":") and len(sentences(text)) == 1


def _entries(run: Sequence[Block]) -> tuple[Entry, ...]:
    """Nest list items by their level; one that is deeper than the first belongs to the item before it."""
    base = min(block.level for block in run)
    # Deeper than a few levels is no list of an article, and would nest our calls as deep.
    starts = [index for index, block in enumerate(run) if block.level == base or index == 0 or base >= DEEPEST_LEVEL]
    ends = [*starts[1:], len(run)]
    return tuple(
        Entry(run[start].text, _entries(run[start + 1 : end]) if end > start + 1 else ())
        for start, end in zip(starts, ends, strict=True)
    )


def _list(opening: str, entries: Sequence[Entry], headings: tuple[str, ...]) -> Iterator[Piece]:
    if not _is_telling(entries):
        lines = (opening, *(f"- {line}" for entry in entries for line in _flat(entry)))
        yield Piece("\n".join(filter(None, lines)), headings)
        return
    lead_in = opening_sentence(opening)
    if opening and not (lead_in == opening and opening.endswith(":")):
        yield Piece(opening, headings)
    for entry in entries:
        for piece in _item(entry, headings):
            yield replace(piece, text=f"{lead_in}\n{piece.text}", lead_in=_both(lead_in, piece)) if lead_in else piece


def _item(entry: Entry, headings: tuple[str, ...]) -> Iterator[Piece]:
    if entry.children:
        yield from _list(entry.text, entry.children, headings)
    else:
        yield Piece(entry.text, headings)


def _both(lead_in: str, piece: Piece) -> str:
    return f"{lead_in}\n{piece.lead_in}" if piece.lead_in else lead_in


def _is_telling(entries: Sequence[Entry]) -> bool:
    """Say whether the items of a list carry facts of their own: at least half do, or they are too many to be one."""
    telling = sum(tells(entry.text) or (bool(entry.children) and _is_telling(entry.children)) for entry in entries)
    return telling * 2 >= len(entries) or len(entries) > LONGEST_LIST


def tells(item: str) -> bool:
    """Say whether a list item carries a fact of its own: a sentence of some length, or a long phrase; no question."""
    if item.endswith("?"):
        return False
    size = len(item.split())
    return size >= LONG_ITEM_WORDS or (size >= FACT_WORDS and ends_sentence(item))


def _flat(entry: Entry) -> Iterator[str]:
    yield entry.text
    for child in entry.children:
        yield from _flat(child)


def opening_sentence(paragraph: str) -> str:
    """Return the sentence of a paragraph that opens the list below it, "" where none does.

    The last one, when it ends in a colon, announces something ("the following", "these") or is the only one.
    """
    spans = sentences(paragraph)
    if not spans:
        return ""
    last = paragraph[spans[-1].start : spans[-1].end]
    return last if len(spans) == 1 or last.endswith(":") or _ANNOUNCES.search(last) else ""
