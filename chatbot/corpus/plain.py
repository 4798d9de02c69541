"""Plain text: lines become paragraphs, list items, quotations and underlined headings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from chatbot.corpus.files import refuse_many_lines
from chatbot.corpus.prose import one_line
from chatbot.values import Block, BlockKind, Document

_ITEM = re.compile(
    r"^(?P<indent> *)(?:(?P<bullet>[•‣⁃◦▪▫●○■□✓✔➢➤]\s*|[-–*+·]\s+)|(?P<number>\d{1,2}[.)]|[a-zA-Z]\))\s+)"
    r"(?P<text>\S.*)$"
)
_HASHES = re.compile(r"^(#{1,6})\s+(\S.*?)(?:(?<!\s)\s*(?<!#)#*)?$")
_UNDERLINE = re.compile(r"^(=|-){3,}$")
_RULE = re.compile(r"^[\W_]+$")
WRAPPED_WIDTH = 100
# no line is longer in a text that an editor or mail program has wrapped
NARROWEST_WIDTH = 40


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the file that is not blank."""

    number: int
    text: str
    # without white space at its end
    follows: bool
    # the line before it is not blank

    @property
    def indent(self) -> int:
        return len(self.text) - len(self.text.lstrip())


def parse(source: str) -> Document:
    """Parse plain text; the file says nothing about itself, so title and metadata stay open.

    A blank line ends a paragraph. So does a line break, unless the text is wrapped to a width. Raises CorpusError (with
    an empty path) for too many lines.
    """
    refuse_many_lines(source)
    return Document(None, {}, read_blocks(source))


def read_blocks(source: str) -> tuple[Block, ...]:
    """Return the blocks of a text in order; an indented line right after a list item belongs to the list."""
    blocks: list[Block] = []
    indents: list[int] = []
    for line in _unwrapped(_lines(source)):
        if not (line.indent and line.follows) and not _ITEM.match(line.text):
            indents = []
        if underlined := _underlined(line, blocks):
            blocks[-1] = underlined
        elif block := _block(line, indents):
            blocks.append(block)
    return tuple(blocks)


def _lines(source: str) -> Iterator[Line]:
    follows = False
    for number, raw in enumerate(source.split("\n"), start=1):
        # Without its no-break spaces at both ends: copied pages indent with them at random.
        text = raw.expandtabs(4).rstrip()
        if one_line(text):
            yield Line(number, text, follows)
        follows = bool(one_line(text))


def _unwrapped(lines: Iterator[Line]) -> list[Line]:
    """Join the lines that were one paragraph before the text was wrapped."""
    found = list(lines)
    width = _wrap_width(found)
    joined: list[Line] = []
    for before, line in pairwise([None, *found]):
        if width and before and line and line.follows and not _starts_anew(line) and _was_broken(before, line, width):
            joined[-1] = replace(joined[-1], text=f"{joined[-1].text} {line.text.strip()}")
        elif line:
            joined.append(line)
    return joined


def _wrap_width(lines: Sequence[Line]) -> int:
    """Return the width that the text is wrapped to, 0 where every line is a paragraph of its own.

    A line was broken when the next word had no room; in a wrapped text most line breaks inside paragraphs are such.
    Longer lines do not count: somebody added them later.
    """
    short = [line for line in lines if len(line.text) <= WRAPPED_WIDTH]
    runs = [run for run in _runs(short) if len(run) > 2]
    if not runs or 2 * len(short) < len(lines):
        return 0
    width = int(median(max(len(line.text) for line in run) for run in runs))
    pairs = [pair for run in runs for pair in pairwise(run)]
    broken = sum(_was_broken(first, second, width) for first, second in pairs)
    return width if width >= NARROWEST_WIDTH and broken * 2 > len(pairs) else 0


def _runs(lines: Sequence[Line]) -> list[list[Line]]:
    """Return the lines grouped by paragraph: a blank line, a gap or a list mark begins the next."""
    runs: list[list[Line]] = []
    for line in lines:
        if runs and line.follows and not _starts_anew(line) and runs[-1][-1].number == line.number - 1:
            runs[-1].append(line)
        else:
            runs.append([line])
    return runs


def _starts_anew(line: Line) -> bool:
    return bool(_ITEM.match(line.text) or _HASHES.match(line.text) or _RULE.match(line.text))


def _was_broken(before: Line, after: Line, width: int) -> bool:
    """Say whether the next line's first word had no room left on the line before it."""
    return len(before.text) + 1 + len(after.text.split(maxsplit=1)[0]) > width


def _underlined(line: Line, blocks: Sequence[Block]) -> Block | None:
    if not (line.follows and blocks and _UNDERLINE.match(line.text) and blocks[-1].kind is BlockKind.PARAGRAPH):
        return None
    return replace(blocks[-1], kind=BlockKind.HEADING, level=1 if line.text.startswith("=") else 2)


def _block(line: Line, indents: list[int]) -> Block | None:
    """Make the block of one line; `indents` holds those of the open list, outermost first, and is kept up to date."""
    if _RULE.match(line.text):
        return None
    if item := _ITEM.match(line.text):
        level = _level(len(item["indent"]), indents)
        return Block(BlockKind.ITEM, one_line(item["text"]), line.number, level, ordered=bool(item["number"]))
    if indents:
        # An indented line without a mark, right below an item: the mark was lost in copying.
        level = max(sum(indent <= line.indent for indent in indents) - 1, 0)
        return Block(BlockKind.ITEM, one_line(line.text), line.number, level)
    if heading := _HASHES.match(line.text):
        return Block(BlockKind.HEADING, one_line(heading[2]), line.number, len(heading[1]))
    if line.text.startswith("> "):
        return Block(BlockKind.QUOTE, one_line(line.text[2:]), line.number)
    return Block(BlockKind.PARAGRAPH, one_line(line.text), line.number)


def _level(indent: int, indents: list[int]) -> int:
    while indents and indents[-1] > indent:
        indents.pop()
    if not indents or indents[-1] < indent:
        indents.append(indent)
    return len(indents) - 1
