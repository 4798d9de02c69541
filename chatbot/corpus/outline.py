"""Which headings stand above each block: by the levels the file gives, else by how its headings are written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from chatbot.corpus.headings import heading_text
from chatbot.values import Block, BlockKind

# Ranks of headings without a level, below all that have one: the writer's habit tells which stands under which.
PLAIN, BEFORE_COLON, NUMBERED = 10, 11, 12


@dataclass(frozen=True, slots=True)
class Placed:
    """A block with the headings above it, outermost first."""

    block: Block
    headings: tuple[str, ...]


def outline(blocks: Sequence[Block]) -> Iterator[Placed]:
    """Yield every block that is not a heading with the headings above it.

    A heading without a level goes below the one before it when it is numbered or ends in a colon and either follows
    it directly or its section already has such headings; else it stands beside it.
    """
    for block, headings in zip(blocks, _stacks(blocks), strict=True):
        if block.kind is not BlockKind.HEADING:
            yield Placed(block, headings)


def depths(blocks: Sequence[Block]) -> Iterator[int]:
    """Yield how many headings stand above each block; a heading counts itself."""
    yield from map(len, _stacks(blocks))


def _stacks(blocks: Sequence[Block]) -> Iterator[tuple[str, ...]]:
    """Yield the headings that are open at each block, a heading's own among them."""
    stack: list[tuple[int, str]] = []
    left = 0
    # rank of the heading that the last one replaced: its section had such headings
    for index, block in enumerate(blocks):
        if block.kind is BlockKind.HEADING:
            rank = _rank(block)
            left = _left(stack, rank)
            opened = index == 0 or blocks[index - 1].kind is BlockKind.HEADING or blocks[index - 1].text.endswith(":")
            stack = [entry for entry in stack if entry[0] < rank]
            if rank > PLAIN and not opened and left != rank:
                stack = [entry for entry in stack if entry[0] < PLAIN]
            stack.append((rank, heading_text(block.text)))
        yield tuple(text for _, text in stack)


def _rank(block: Block) -> int:
    if block.level:
        return block.level
    if block.ordered:
        return NUMBERED
    return BEFORE_COLON if block.text.endswith(":") else PLAIN


def _left(stack: Sequence[tuple[int, str]], rank: int) -> int:
    """Return the outermost rank that a new heading of this rank replaces, 0 where it replaces none."""
    return next((entry for entry, _ in stack if entry >= rank), 0)
