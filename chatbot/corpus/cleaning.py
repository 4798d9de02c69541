"""Drops what stands around an article on its page, and keeps what it says of title, author and dates."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from chatbot.corpus.boxes import boxes, comments, contents, menus, neighbours, references, trailing
from chatbot.corpus.page import Page, Rule, is_line, page_of
from chatbot.corpus.page_top import byline_facts, bylines, read_top
from chatbot.corpus.promotion import sells_throughout, without_offer
from chatbot.values import Block, BlockKind, Document


def clean(document: Document) -> Document:
    """Return the document without page furniture; title, author, reviewer and dates found in it join the metadata.

    What the document already says of itself stands. A paragraph loses sentences only at its end, and only those that
    sell; no other word of the article is changed.
    """
    page = page_of(document.blocks)
    dropped = {index for rule in RULES for index in rule(page)}
    dropped |= set(trailing(page, dropped))
    top = read_top(page, document.title, dropped)
    kept = [_trimmed(block) for index, block in enumerate(page.blocks) if index not in dropped | top.furniture]
    return replace(
        document,
        title=top.title,
        metadata={**byline_facts(page), **document.metadata},
        blocks=tuple(block for block in kept if block.text),
    )


def lines(page: Page) -> Iterable[int]:
    """Lines that are furniture by themselves; in a list only where most of it is."""
    for run in page.runs():
        found = [index for index in run if is_line(page.text(index))]
        if not page.is_item(run[0]) or len(found) * 2 > len(run):
            yield from found


def sales(page: Page) -> Iterable[int]:
    """Paragraphs and lines in which every sentence sells."""
    return [index for index, block in enumerate(page.blocks) if sells_throughout(block.text)]


RULES: tuple[Rule, ...] = (bylines, lines, menus, neighbours, comments, boxes, references, contents, sales)


def _trimmed(block: Block) -> Block:
    return replace(block, text=without_offer(block.text)) if block.kind is BlockKind.PARAGRAPH else block
