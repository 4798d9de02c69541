"""Markdown with YAML front matter: CommonMark and tables become blocks, each with its line in the file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.token import Token

from chatbot.corpus import html
from chatbot.corpus.files import refusal, refuse_many_lines
from chatbot.corpus.front_matter import read_front_matter
from chatbot.corpus.html_blocks import add_to_item
from chatbot.corpus.prose import ends_sentence, one_line
from chatbot.values import Block, BlockKind, Document

LONGEST_LINE = 20_000
MOST_SIGNS = 10_000
# Brackets, stars and the like. The parser's time grows with the square of those in one paragraph.
# Measured on this parser: 10,000 open brackets take 0.05 s, of images 0.3 s; 800,000 in pieces of 20,000 take 7 s.

_SIGNS = re.compile(r"[\[*_`<!&\\~]")
_parser = MarkdownIt("commonmark").enable("table")


def parse(source: str) -> Document:
    """Parse a Markdown article; its front matter is the metadata, a list item's level is its depth from 0.

    Links keep their words and lose their address, images and comments go, HTML keeps its text. Raises CorpusError for
    front matter that cannot be read and for text that no article has: too many lines, too long a line.
    """
    front = read_front_matter(source)
    _refuse_bulk(front.body, front.body_line)
    title = front.values.get("title")
    blocks = read_body(front.body, front.body_line)
    return Document(title if isinstance(title, str) else None, front.values, blocks, front.lines)


def body_of(source: str) -> str:
    """Return the text below the front matter; raises CorpusError as `parse` does."""
    return read_front_matter(source).body


def read_body(body: str, line: int = 1) -> tuple[Block, ...]:
    """Return the blocks of a text without front matter; `line` is that of its first line."""
    walk = _Walk(line)
    for token in _parser.parse(body):
        walk.take(token)
    return tuple(walk.blocks)


def markups(source: str) -> dict[str, str]:
    """Return the Markdown of each paragraph, heading and cell by its plain words, where it is more than these."""
    _refuse_bulk(source, 1)
    return {
        one_line(_plain(token)): one_line(token.content.replace("\\\n", " "))
        for token in _parser.parse(source)
        if token.type == "inline" and any(child.type not in ("text", "softbreak") for child in token.children or [])
    }


def rows(source: str) -> dict[str, tuple[str, ...]]:
    """Return the Markdown of the cells of each table row by the row's words, as `parse` writes them."""
    _refuse_bulk(source, 1)
    found: dict[str, tuple[str, ...]] = {}
    cells: list[Token] = []
    is_cell = False
    for token in _parser.parse(source):
        if token.type == "tr_open":
            cells = []
        elif token.type in ("td_open", "th_open"):
            is_cell = True
        elif token.type == "inline" and is_cell:
            cells.append(token)
            is_cell = False
        elif token.type == "tr_close":
            text = " – ".join(filter(None, (one_line(_plain(cell)) for cell in cells)))
            found[text] = tuple(one_line(cell.content).replace("|", "\\|") for cell in cells)
    return found


def _refuse_bulk(body: str, body_line: int) -> None:
    refuse_many_lines(body)
    for number, line in enumerate(body.split("\n"), start=body_line):
        if len(line) > LONGEST_LINE:
            raise refusal(number, f"this line has {len(line):,} characters; nobody can read it: break it up")
    signs = len(_SIGNS.findall(body))
    if signs > MOST_SIGNS:
        raise refusal(1, f"holds {signs:,} brackets, stars and other signs of Markdown; delete what is no text")


@dataclass(slots=True)
class _Walk:
    """Collects blocks while going through the tokens in order."""

    body_line: int
    blocks: list[Block] = field(default_factory=list)
    lists: list[bool] = field(default_factory=list)
    # one for each open list: is it numbered?
    quotes: int = 0
    heading: int = 0
    # level of the open heading
    fresh_item: bool = False
    # the open list item has no text yet
    cells: list[str] = field(default_factory=list)

    def take(self, token: Token) -> None:
        """Take the next token."""
        kind = token.type
        if kind in ("bullet_list_open", "ordered_list_open"):
            self.lists.append(kind.startswith("ordered"))
        elif kind in ("bullet_list_close", "ordered_list_close"):
            self.lists.pop()
        elif kind == "list_item_open":
            self.fresh_item = True
        elif kind in ("blockquote_open", "blockquote_close"):
            self.quotes += token.nesting
        elif kind in ("heading_open", "heading_close"):
            self.heading = int(token.tag[1]) if token.nesting > 0 else 0
        elif kind in ("tr_open", "tr_close"):
            self._row(token)
        elif kind in ("inline", "fence", "code_block", "html_block"):
            self._text(token)

    def _row(self, token: Token) -> None:
        if token.nesting > 0:
            self.cells = [""]
        else:
            text = " – ".join(filter(None, self.cells))
            self.cells = []
            if text:
                self.blocks.append(Block(BlockKind.ITEM, text, self._line(token)))

    def _text(self, token: Token) -> None:
        line = self._line(token)
        if token.type == "html_block":
            self.blocks += html.read_fragment(token.content, line)
            return
        text = one_line(_plain(token) if token.type == "inline" else token.content)
        if self.cells:
            self.cells.append(text)
        elif text:
            self._add(text, line, token)

    def _add(self, text: str, line: int, token: Token) -> None:
        if self.heading:
            self.blocks.append(Block(BlockKind.HEADING, text, line, self.heading))
        elif self.quotes:
            self.blocks.append(Block(BlockKind.QUOTE, text, line))
        elif self.lists:
            self._add_item(text, line)
        elif _is_bold(token.children or []) and not ends_sentence(text.removesuffix("?")):
            self.blocks.append(Block(BlockKind.HEADING, text, line))
        else:
            self.blocks.append(Block(BlockKind.PARAGRAPH, text, line))

    def _add_item(self, text: str, line: int) -> None:
        if self.fresh_item:
            self.blocks.append(Block(BlockKind.ITEM, text, line, len(self.lists) - 1, self.lists[-1]))
            self.fresh_item = False
        else:
            add_to_item(self.blocks, text, line)

    def _line(self, token: Token) -> int:
        return self.body_line + (token.map[0] if token.map else 0)


def _plain(token: Token) -> str:
    return "".join(_pieces(token.children or []))


def _pieces(children: Sequence[Token]) -> Iterator[str]:
    for child in children:
        if child.type in ("text", "code_inline"):
            yield child.content
        elif child.type in ("softbreak", "hardbreak"):
            yield "\n"


def _is_bold(children: Sequence[Token]) -> bool:
    """Say whether all the text of a paragraph is in bold: how many write a heading."""
    depth, plain = 0, False
    for child in children:
        depth += child.nesting if child.type.startswith("strong") else 0
        plain = plain or (not depth and child.type in ("text", "code_inline") and bool(child.content.strip()))
    return not plain and any(child.type == "strong_open" for child in children)
