"""Links and emphasis of HTML as Markdown, found again by the words they stand on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import nh3
from markdownify import markdownify

from chatbot.corpus import markdown
from chatbot.corpus.importing.parts import Part
from chatbot.errors import CorpusError
from chatbot.values import Block, BlockKind

ALLOWED = frozenset(
    "p h1 h2 h3 h4 h5 h6 ul ol li table thead tbody tr td th blockquote strong b em i a br sup sub".split()
)
_BAR = "\ue000"
# stands for a bar in the text, which the converter leaves bare and which would part two cells


@dataclass(frozen=True, slots=True)
class Markups:
    """Markdown by the plain words that it says."""

    inline: Mapping[str, str]
    rows: Mapping[str, tuple[str, ...]]
    # cells of a table's row, by the row's words

    def part(self, block: Block, reason: str = "") -> Part:
        """Return a block as a part with the markup of its words."""
        cells = self.rows.get(block.text, ()) if block.kind is BlockKind.ITEM else ()
        return Part(block, self.inline.get(block.text, ""), cells, reason)

    def parts(self, blocks: Sequence[Block]) -> tuple[Part, ...]:
        return tuple(map(self.part, blocks))


def markups_of_html(source: str) -> Markups:
    """Return the links, the emphasis and the tables of a piece of HTML as Markdown; scripts and the like go first."""
    safe = nh3.clean(
        source, tags=set(ALLOWED), attributes={"a": {"href"}}, url_schemes={"http", "https", "mailto"}, link_rel=None
    )
    text = markdownify(safe.replace("|", _BAR), heading_style="ATX", bullets="-", strip=["sup", "sub"])
    return markups_of_markdown(text.replace(_BAR, "\\|"))


def markups_of_markdown(source: str) -> Markups:
    """Return the same of a text in Markdown; none where it is too much of it to be an article."""
    try:
        return Markups(markdown.markups(source), markdown.rows(source))
    except CorpusError:
        return Markups({}, {})
