"""Finds what a file does not mark: headings without markup or caught in lists, lost list marks, quotations."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby, takewhile

from chatbot.corpus.headings import (
    fused_heading,
    is_name_only,
    is_title_case,
    may_be_fused,
    reads_as_heading,
    usage_of,
)
from chatbot.corpus.prose import ends_sentence
from chatbot.values import Block, BlockKind

HEADING, PARAGRAPH, ITEM, QUOTE = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.QUOTE
LOST_ITEM_WORDS = 12
# a longer line after "…:" is a paragraph, not a list item that lost its mark
MANY_LINES = 3
# short lines below a heading are a list that lost its marks
QUOTE_WORDS = 5
# fewer in quotation marks are a term, not a quotation

_WANTS_MORE = re.compile(r"\b(?:if|when|includ(?:e|es|ing)|are|is|as|for|with|to|of|that|may|can|should|like)$")
_ASKS = re.compile(r"(?:what|how|when|why|who|where|which)\b", re.IGNORECASE)
_QUOTED = re.compile(r"^(?:“[^“”]+”|\"[^\"]+\"|«[^«»]+»)[.,]?$")
_SOURCE = re.compile(r"^[—–-]{1,2}\s*\S|^Source:|\(\d{4}\)\W*$|,\s*\d{4}\W*$|\b(?:MD|M\.D\.|DO|PhD|RN|NP|PharmD)\b")


def recover(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return the blocks with every heading, list item and quotation marked as what it is.

    Headings found here have level 0. Words are never changed; a heading fused to its paragraph becomes two blocks.
    """
    found = _unfused(blocks)
    for step in (_lost_items, _quotations, _parent_items, _numbered_headings, _trapped_headings, _bare_headings):
        found = step(found)
    return tuple(found)


def _unfused(blocks: Sequence[Block]) -> list[Block]:
    """Part headings from the paragraphs that they are fused to."""
    if not any(block.kind is PARAGRAPH and may_be_fused(block.text) for block in blocks):
        return list(blocks)
    usage = usage_of([block.text for block in blocks])
    found: list[Block] = []
    for block in blocks:
        heading = fused_heading(block.text, usage) if block.kind is PARAGRAPH else None
        if heading:
            rest = replace(block, text=block.text[len(heading) :].lstrip())
            found += [Block(HEADING, heading, block.line), rest]
        else:
            found.append(block)
    return found


def _quotations(blocks: list[Block]) -> list[Block]:
    """Mark paragraphs that are one quotation, and the line below that says whose."""
    found: list[Block] = []
    for index, block in enumerate(blocks):
        named = block.kind is not HEADING and found and found[-1].kind is QUOTE and _names_source(blocks, index)
        found.append(replace(block, kind=QUOTE) if named or _is_quoted(block) else block)
    return found


def _is_quoted(block: Block) -> bool:
    is_long = len(block.text.split()) >= QUOTE_WORDS
    return block.kind is PARAGRAPH and is_long and bool(_QUOTED.match(block.text))


def _names_source(blocks: Sequence[Block], index: int) -> bool:
    """Say whether the block below a quotation is its source: short, and signed, dated or followed by a heading."""
    text = blocks[index].text
    if len(text.split()) > LOST_ITEM_WORDS or ends_sentence(text) or text.endswith(":"):
        return False
    return bool(_SOURCE.search(text))


def _lost_items(blocks: list[Block]) -> list[Block]:
    """Turn short lines into the list that they were: after a line that announces them, or where many stand together."""
    found = list(blocks)
    index = 0
    while index < len(blocks):
        run = _short_lines(blocks, index + 1)
        announced = blocks[index].kind is PARAGRAPH and _announces(blocks[index].text)
        named = _could_be_item(blocks[index]) and reads_as_heading(blocks[index].text)
        if (announced and len(run) > 1) or (named and len(run) >= MANY_LINES):
            found[index + 1 : index + 1 + len(run)] = [replace(line, kind=ITEM) for line in run]
            index += len(run)
        index += 1
    return found


def _announces(text: str) -> bool:
    """Say whether a line leaves its sentence open for a list: by a colon, or by a word that wants more."""
    is_open = text.endswith(":") or (bool(_WANTS_MORE.search(text)) and not _ASKS.match(text))
    return is_open and not is_title_case(text)


def _short_lines(blocks: Sequence[Block], start: int) -> list[Block]:
    return list(takewhile(_could_be_item, blocks[start:]))


def _could_be_item(block: Block) -> bool:
    is_short = len(block.text.split()) <= LOST_ITEM_WORDS and not block.text.endswith((".", ":"))
    return block.kind is PARAGRAPH and is_short and not _is_quoted(block)


def _parent_items(blocks: list[Block]) -> list[Block]:
    """Turn list items that only name what the list below them is about into headings, where every one does."""
    found: list[Block] = []
    for is_list, group in groupby(blocks, key=lambda block: block.kind is ITEM):
        run = list(group)
        found += _with_parents_as_headings(run) if is_list else run
    return found


def _with_parents_as_headings(run: list[Block]) -> list[Block]:
    base = min(block.level for block in run)
    parents = [index for index, block in enumerate(run) if block.level == base]
    has_children = all(index + 1 < len(run) and run[index + 1].level > base for index in parents)
    if not has_children or not all(is_name_only(run[index].text) for index in parents):
        return run
    return [_as_heading(block) if block.level == base else replace(block, level=block.level - 1) for block in run]


def _numbered_headings(blocks: list[Block]) -> list[Block]:
    """Turn an item that stands alone above a paragraph into a heading: "2. What it does:" and then its text."""
    found = list(blocks)
    for index, block in enumerate(blocks[:-1]):
        alone = index == 0 or blocks[index - 1].kind is not ITEM
        if block.kind is ITEM and alone and blocks[index + 1].kind is PARAGRAPH and reads_as_heading(block.text):
            found[index] = _as_heading(block)
    return found


def _trapped_headings(blocks: list[Block]) -> list[Block]:
    """Free the heading that was written as the last item of the list before it."""
    found = list(blocks)
    for index, block in enumerate(blocks[:-1]):
        if block.kind is ITEM and blocks[index + 1].kind is PARAGRAPH:
            others = _items_before(blocks, index)
            if others and _differs_as_heading(block.text, [other.text for other in others]):
                found[index] = _as_heading(block)
    return found


def _items_before(blocks: Sequence[Block], index: int) -> list[Block]:
    start = index
    while start and blocks[start - 1].kind is ITEM:
        start -= 1
    return list(blocks[start:index])


def _differs_as_heading(text: str, others: Sequence[str]) -> bool:
    """Say whether the last item is shaped as a heading and the items before it are not shaped like it."""
    if not reads_as_heading(text):
        return False
    if text.endswith("?"):
        return not any(other.endswith("?") for other in others)
    weighty = len(text.split()) > 1
    return weighty and is_title_case(text) and not any(is_title_case(other) for other in others)


def _bare_headings(blocks: list[Block]) -> list[Block]:
    """Mark paragraphs that read as headings and have something below them to head."""
    found = list(blocks)
    for index in range(len(blocks) - 2, -1, -1):
        block, below = blocks[index], found[index + 1]
        if block.kind is PARAGRAPH and reads_as_heading(block.text) and not _opens_list(block, below):
            found[index] = _as_heading(block)
    return found


def _opens_list(block: Block, below: Block) -> bool:
    """Say whether a line opens the list, or the headings, below it: "Tell your doctor about:"."""
    return below.kind is not PARAGRAPH and _announces(block.text)


def _as_heading(block: Block) -> Block:
    return replace(block, kind=HEADING, level=0)
