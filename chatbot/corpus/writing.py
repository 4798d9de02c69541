"""Blocks become the text of a Markdown article: what is written here reads back as the same blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import yaml

from chatbot.corpus.front_matter import FENCE
from chatbot.corpus.markdown import read_body
from chatbot.corpus.outline import depths
from chatbot.values import Block, BlockKind

DEEPEST_HEADING = 6
DEEPEST_ITEM = 4
_SIGNS = re.compile(r"[\\`*\[\]<]|&(?=#?\w+;)|(?<![^\W_])_|_(?![^\W_])")
_OPENING = re.compile(r"^(?:(#(?=#{0,5}(?:\s|$))|>|[+-](?=\s|$)|-(?=[-\s]*$)|~(?=~~))|(\d{1,9})([.)])(?=\s|$))")


class _Dumper(yaml.SafeDumper):
    """Writes dates and "yes" without quotes: the reader takes every value as the text that it is."""


_Dumper.yaml_implicit_resolvers = {
    sign: [(tag, pattern) for tag, pattern in pairs if tag == "tag:yaml.org,2002:null"]
    for sign, pairs in yaml.SafeDumper.yaml_implicit_resolvers.items()
}


@dataclass(frozen=True, slots=True)
class Written:
    """A block, and how its words are marked up."""

    block: Block
    markup: str = ""
    # its text as Markdown on one line, links and emphasis in place; "" where there are none
    cells: tuple[str, ...] = ()
    # the same of each cell, where it is a row of a table


def article_text(values: Mapping[str, object], body: str) -> str:
    """Return an article file: front matter with the values, in their order, and the body below."""
    front = yaml.dump(
        dict(values), Dumper=_Dumper, allow_unicode=True, sort_keys=False, default_flow_style=False, width=10_000
    )
    return f"{FENCE}\n{front}{FENCE}\n\n{body}"


def body_text(written: Sequence[Written]) -> str:
    """Return blocks as Markdown: reading it gives blocks of the same kinds and words, one line of text each.

    Headings get the level of their place below each other. Markup that does not say the block's words is not used.
    """
    pieces = list(_pieces(_levelled(written)))
    return "\n".join(pieces).strip("\n") + "\n" if pieces else ""


def escaped(text: str) -> str:
    """Return a text as Markdown that says just this text."""
    found = _SIGNS.sub(lambda sign: f"\\{sign[0]}", text)
    return _OPENING.sub(lambda sign: f"\\{sign[1]}" if sign[1] else f"{sign[2]}\\{sign[3]}", found)


def _levelled(written: Sequence[Written]) -> list[tuple[Written, int]]:
    """Return each block with its level: of a heading from 2, of a list item from 0 and never two steps at once."""
    found: list[tuple[Written, int]] = []
    before = -1
    for each, depth in zip(written, depths([each.block for each in written]), strict=True):
        if each.block.kind is BlockKind.ITEM and not each.cells:
            before = min(each.block.level, before + 1, DEEPEST_ITEM)
            found.append((each, before))
        else:
            before = -1
            found.append((each, min(depth + 1, DEEPEST_HEADING)))
    return found


def _pieces(levelled: Sequence[tuple[Written, int]]) -> Iterator[str]:
    """Yield the lines of the body."""
    markers: list[str] = []
    for index, (each, level) in enumerate(levelled):
        before = levelled[index - 1][0] if index else None
        joined = before is not None and _goes_on(before, each)
        if before and not joined:
            yield ""
            markers = []
        if each.cells:
            yield from _row(levelled, index)
        elif each.block.kind is BlockKind.ITEM:
            markers = [*markers[:level], _marker(each.block, *markers[level : level + 1])]
            yield " " * len("".join(markers[:level])) + markers[level] + _inline(each)
        elif each.block.kind is BlockKind.QUOTE:
            yield from ([">"] if joined else [])
            yield f"> {_inline(each)}"
        elif each.block.kind is BlockKind.HEADING:
            yield f"{'#' * level} {_heading(each)}"
        else:
            yield _inline(each)


def _marker(block: Block, before: str = "") -> str:
    """Return what an item begins with; before: the marker of the item before it at its level."""
    if not block.ordered:
        return "- "
    number = before.rstrip(" .")
    return f"{int(number) + 1 if number.isdigit() else 1}. "


def _goes_on(before: Written, each: Written) -> bool:
    """Say whether two blocks stand in one list, quotation or table."""
    return (
        before.block.kind is each.block.kind
        and each.block.kind in (BlockKind.ITEM, BlockKind.QUOTE)
        and bool(before.cells) == bool(each.cells)
    )


def _row(levelled: Sequence[tuple[Written, int]], index: int) -> Iterator[str]:
    """Yield a row of a table, the first one with the line that makes it the head."""
    start = end = index
    while start and levelled[start - 1][0].cells:
        start -= 1
    while end < len(levelled) and levelled[end][0].cells:
        end += 1
    width = max(len(each.cells) for each, _ in levelled[start:end])
    cells = levelled[index][0].cells
    yield "| " + " | ".join([*cells, *[""] * (width - len(cells))]) + " |"
    if index == start:
        yield "| " + " | ".join(["---"] * width) + " |"


def _inline(each: Written) -> str:
    said = Block(BlockKind.PARAGRAPH, each.block.text)
    return each.markup if each.markup and read_body(each.markup) == (said,) else escaped(each.block.text)


def _heading(each: Written) -> str:
    # Hashes at the end would close the heading. Each gets its sign here and only here: "#" alone opens one, too.
    text = each.block.text.rstrip("#")
    return escaped(text) + r"\#" * (len(each.block.text) - len(text))
