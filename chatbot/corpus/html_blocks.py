"""Elements of an HTML page become blocks, in reading order, without what its markup says is no content."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from selectolax.lexbor import LexborNode

from chatbot.corpus import plain
from chatbot.corpus.files import refusal
from chatbot.corpus.headings import reads_as_heading
from chatbot.corpus.html_marks import MOST, SKIPPED, UNSEEN, is_marked_furniture
from chatbot.corpus.prose import ends_sentence, one_line
from chatbot.values import Block, BlockKind

_BLOCK = frozenset(
    "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hgroup hr li main menu nav ol p pre search section summary table tbody td tfoot th thead "
    "tr ul".split()
)
MOST_BLOCKS = 2_000
MOST_PIECES = 10_000
# of one paragraph: runs of text between tags
LONGEST_ITEM = 5_000
# characters; nothing is added to a longer list item
LONGEST_CELL = 300
# characters in a table of data
LINE_WORDS = 12
# lines of a paragraph that are all this short were set apart by hand

_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6, "summary": 0, "dt": 0}
_BOLD = frozenset(("b", "strong"))
_BULLET = re.compile(r"[•‣◦▪●○]\s*\S|[*-]\s+\S")


@dataclass(frozen=True, slots=True)
class _End:
    """Stands on the stack where an element ends."""

    tag: str


@dataclass(slots=True)
class _Walk:
    """Collects blocks while going through the elements in order."""

    whole: int
    # characters of text in all
    line: int = 1
    blocks: list[Block] = field(default_factory=list)
    pieces: list[tuple[str, bool]] = field(default_factory=list)
    # text of the open paragraph and whether it is bold; "\n" for a line break
    headings: list[int] = field(default_factory=list)
    # levels of the open headings, 0 for one without
    bold: int = 0
    quotes: int = 0
    articles: int = 0
    # how many of these elements are open
    lists: list[bool] = field(default_factory=list)
    # one for each open list: is it numbered?
    fresh_item: bool = False
    tables: list[bool] = field(default_factory=list)
    # one for each open table: does it hold data, or only lay out the page?
    cells: list[str] = field(default_factory=list)
    # of the open row of a table of data
    fresh_cell: bool = False
    # the open cell has no text yet

    def enter(self, node: LexborNode) -> None:
        """Begin an element."""
        tag = node.tag or ""
        if tag in _BLOCK:
            self.flush()
        if tag in _HEADINGS:
            self.headings.append(_HEADINGS[tag])
        if tag in ("ul", "ol"):
            self.lists.append(tag == "ol")
        elif tag == "li":
            self.fresh_item = True
        elif tag == "tr":
            self.cells = []
        elif tag in ("td", "th"):
            self.fresh_cell = True
        elif tag == "table":
            self.tables.append(_holds_data(node))
        elif tag == "br":
            self.pieces.append(("\n", False))
        self._count(tag, 1)

    def leave(self, tag: str) -> None:
        """End an element."""
        if tag in _BLOCK:
            self.flush()
        if tag in _HEADINGS:
            self.headings.pop()
        if tag in ("ul", "ol"):
            self.lists.pop()
        elif tag == "tr" and self.cells:
            self.blocks.append(Block(BlockKind.ITEM, " – ".join(self.cells), self.line))
            self.cells = []
        elif tag == "table":
            self.tables.pop()
        self._count(tag, -1)

    def _count(self, tag: str, step: int) -> None:
        self.bold += step * (tag in _BOLD)
        self.quotes += step * (tag == "blockquote")
        self.articles += step * (tag in ("article", "main"))

    def text(self, text: str) -> None:
        """Take a run of text."""
        self.pieces.append((re.sub(r"\s+", " ", text), self.bold > 0))

    def flush(self) -> None:
        """End the open paragraph."""
        pieces, self.pieces = self.pieces, []
        text = one_line("".join(piece for piece, _ in pieces))
        if not text:
            return
        if self.headings:
            self.blocks.append(Block(BlockKind.HEADING, text.rstrip(" #¶"), self.line, self.headings[-1]))
        elif self.tables and self.tables[-1]:
            self._add_to_cell(text)
        elif self.quotes:
            self.blocks.append(Block(BlockKind.QUOTE, text, self.line))
        else:
            for paragraph in _paragraphs(pieces):
                self._add(paragraph)

    def _add_to_cell(self, text: str) -> None:
        if self.fresh_cell or not self.cells:
            self.cells.append(text)
        else:
            self.cells[-1] += f" {text}"
        self.fresh_cell = False

    def _add(self, lines: list[list[tuple[str, bool]]]) -> None:
        texts = [one_line("".join(text for text, _ in line)) for line in lines]
        if any(_BULLET.match(text) for text in texts):
            self.blocks += plain.read_blocks("\n".join(texts))
            return
        named = _is_bold(lines[0]) and not texts[0].endswith((":", ".", "-", "–")) and reads_as_heading(texts[0])
        if self.lists:
            self._add_item(texts, named=named)
        elif named:
            self.blocks.append(Block(BlockKind.HEADING, texts[0], self.line))
            if rest := " ".join(texts[1:]):
                self.blocks.append(Block(BlockKind.PARAGRAPH, rest, self.line))
        elif len(texts) > 1 and all(len(text.split()) <= LINE_WORDS for text in texts):
            self.blocks += [Block(BlockKind.PARAGRAPH, text, self.line) for text in texts]
        else:
            self._add_paragraph(lines, texts)

    def _add_paragraph(self, lines: list[list[tuple[str, bool]]], texts: list[str]) -> None:
        text = " ".join(texts)
        bold = all(map(_is_bold, lines)) and reads_as_heading(text)
        self.blocks.append(Block(BlockKind.HEADING if bold else BlockKind.PARAGRAPH, text, self.line))

    def _add_item(self, texts: list[str], *, named: bool) -> None:
        first, rest = (texts[0], " ".join(texts[1:])) if named else (" ".join(texts), "")
        if self.fresh_item:
            self.fresh_item = False
            self.blocks.append(Block(BlockKind.ITEM, first, self.line, len(self.lists) - 1, self.lists[-1]))
        else:
            add_to_item(self.blocks, first, self.line)
        if rest:
            add_to_item(self.blocks, rest, self.line)


def blocks_of(root: LexborNode, line: int = 1, *, everything: bool = False) -> tuple[Block, ...]:
    """Return the blocks of what is inside an element and no furniture; `line` is given to each.

    everything: also what is marked as furniture, but not what shows no text.

    Raises CorpusError (with an empty path) when there are more than MOST_BLOCKS.
    """
    walk = _Walk(len(root.text()), line)
    stack: list[LexborNode | _End] = [root]
    while stack:
        node = stack.pop()
        if isinstance(node, _End):
            walk.leave(node.tag)
        elif node.is_text_node:
            walk.text(node.text_content or "")
        elif node.is_element_node and (node is root or not _is_skipped(node, walk, everything=everything)):
            walk.enter(node)
            stack.append(_End(node.tag or ""))
            stack += reversed(list(_children(node)))
        if len(walk.blocks) > MOST_BLOCKS or len(walk.pieces) > MOST_PIECES:
            raise refusal(
                line, f"has more than {MOST_BLOCKS:,} paragraphs or lines; save only the article itself, or split it"
            )
    walk.flush()
    return tuple(walk.blocks)


def add_to_item(blocks: list[Block], text: str, line: int) -> None:
    """Add a further paragraph of a list item: to the item's text, or below an item that only names something."""
    last = blocks[-1] if blocks else None
    if (
        last
        and last.kind is BlockKind.ITEM
        and len(last.text) <= LONGEST_ITEM
        and (ends_sentence(last.text) or last.text.endswith(":"))
    ):
        blocks[-1] = Block(last.kind, f"{last.text} {text}", last.line, last.level, last.ordered)
    else:
        blocks.append(Block(BlockKind.PARAGRAPH, text, line))


def _is_skipped(node: LexborNode, walk: _Walk, *, everything: bool) -> bool:
    if everything:
        return node.tag in UNSEEN
    if node.tag in SKIPPED:
        # The question of an accordion is often a button.
        return not (node.tag == "button" and walk.headings)
    if node.tag in ("header", "form") or is_marked_furniture(node):
        holds_article = len(node.text()) > MOST * walk.whole
        return not holds_article and not (node.tag == "header" and walk.articles)
    return False


def _holds_data(table: LexborNode) -> bool:
    """Say whether a table holds data: several rows of short cells, no headings and no table inside."""
    rows, cells = len(table.css("tr")), table.css("td, th")
    is_plain = table.css_first("h1, h2, h3, h4, h5, h6, td table") is None
    return is_plain and 1 < rows < len(cells) and max(len(cell.text()) for cell in cells) <= LONGEST_CELL


def _children(node: LexborNode) -> Iterator[LexborNode]:
    child = node.child
    while child is not None:
        yield child
        child = child.next


def _paragraphs(pieces: Sequence[tuple[str, bool]]) -> Iterator[list[list[tuple[str, bool]]]]:
    """Cut text at its line breaks, and into paragraphs where two of them follow each other."""
    lines: list[list[tuple[str, bool]]] = []
    for is_break, group in groupby(pieces, key=lambda piece: piece[0] == "\n"):
        run = list(group)
        if not is_break:
            blank = not one_line("".join(text for text, _ in run))
            lines += [[]] if blank else [run]
        elif len(run) > 1:
            lines.append([])
    for is_text, paragraph in groupby(lines, key=bool):
        if is_text:
            yield list(paragraph)


def _is_bold(line: Sequence[tuple[str, bool]]) -> bool:
    return all(bold for text, bold in line if one_line(text))
