"""A page as cleaning sees it: its blocks, and where its running text begins and ends."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from chatbot.corpus.furniture import is_furniture
from chatbot.corpus.headings import is_title_case, reads_as_heading, small_words
from chatbot.corpus.promotion import is_button, sells_throughout
from chatbot.corpus.prose import ends_sentence, is_prose, words
from chatbot.values import Block, BlockKind

SHORT_WORDS = 6
# of a menu entry or a label


@dataclass(frozen=True, slots=True)
class Page:
    """The blocks of one page, and what is known of them as a whole."""

    blocks: tuple[Block, ...]
    prose: tuple[int, ...]
    # indices of running paragraphs, in order
    common: frozenset[str]
    # words that the page writes in lower case

    @property
    def first(self) -> int:
        """Index of the first running paragraph; where there is none, that behind the last block."""
        return self.prose[0] if self.prose else len(self.blocks)

    @property
    def last(self) -> int:
        """Index of the last running paragraph, -1 where there is none."""
        return self.prose[-1] if self.prose else -1

    def text(self, index: int) -> str:
        return self.blocks[index].text

    def is_item(self, index: int) -> bool:
        return self.blocks[index].kind is BlockKind.ITEM

    def is_outside(self, index: int) -> bool:
        """Say whether a block stands above or below all running text."""
        return index < self.first or index > self.last

    def share_above(self, index: int) -> float:
        """Return the share of the running text's words that stand above a block, 0..1."""
        sizes = {place: len(words(self.text(place))) for place in self.prose}
        return sum(size for place, size in sizes.items() if place < index) / max(sum(sizes.values()), 1)

    def runs(self) -> Iterator[list[int]]:
        """Yield the indices in runs: a list's items together, all between two lists together."""
        for _, run in groupby(range(len(self.blocks)), key=self.is_item):
            yield list(run)


Rule = Callable[[Page], Iterable[int]]
# which blocks of a page are furniture


def page_of(blocks: Sequence[Block]) -> Page:
    """Find the running text of a page: paragraphs that are neither furniture nor selling.

    A page without a longer paragraph is taken to run in short sentences.
    """
    ours = [index for index, block in enumerate(blocks) if not is_furniture(block.text)]
    prose = [index for index in ours if is_prose(blocks[index].text)]
    prose = prose or [
        index for index in ours if ends_sentence(blocks[index].text) and not is_button(blocks[index].text)
    ]
    prose = [index for index in prose if not sells_throughout(blocks[index].text)]
    return Page(tuple(blocks), tuple(prose), small_words([block.text for block in blocks]))


def is_line(text: str) -> bool:
    """Say whether a line is furniture by itself, a button's label included."""
    return is_furniture(text) or is_button(text)


def is_short(text: str) -> bool:
    """Say whether a line is no longer than a menu entry."""
    return len(text.split()) <= SHORT_WORDS


def is_title(text: str) -> bool:
    """Say whether a line could be an article's title: in title case, or a question."""
    return reads_as_heading(text) and (is_title_case(text) or text.endswith("?"))
