"""The top of a page, above its running text: the title, and who wrote it when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from chatbot.corpus import furniture
from chatbot.corpus.bylines import Facts, is_name, read_byline
from chatbot.corpus.headings import heading_text, reads_as_heading
from chatbot.corpus.page import Page
from chatbot.corpus.prose import words
from chatbot.corpus.titles import without_site
from chatbot.values import BlockKind

STEM = 4
# letters by which a word of the title is known again in the text, whatever its ending


@dataclass(frozen=True, slots=True)
class Top:
    """What the top of a page shows."""

    title: str | None
    furniture: frozenset[int]
    # indices of blocks that are no part of the article; the title's own block among them


def byline_facts(page: Page) -> Facts:
    """Return what the page's bylines say, the first of each key; a bare name counts beside a byline only."""
    found = [(page.text(index), read_byline(page.text(index), page.common)) for index in sorted(bylines(page))]
    names = [text for text, facts in found if facts is None and is_name(text, page.common)]
    signed: dict[str, str | date] = {"author": names[0]} if names else {}
    for _, facts in reversed(found):
        signed |= facts or {}
    return signed


def bylines(page: Page) -> set[int]:
    """Lines of author, reviewer, date and reading time: outside the running text, or anywhere when they are dates."""
    found = {index for index in range(len(page.blocks)) if _is_byline(page, index)}
    top = {index for index in found if index < page.first}
    names = {index for index in range(page.first) if _is_bare_name(page, index, top)}
    others = [index for index in range(page.first) if index not in top | names and _could_be_title(page, index)]
    return found | (names if others else names - {_most_spoken_of(page, names)})


def read_top(page: Page, title: str | None, dropped: Iterable[int]) -> Top:
    """Find the title above the running text, and drop what stands there beside the article.

    title: what the page's markup says. Without it, the title is the first line shaped like one that follows the last
    navigation line. What stands above the title goes, and so does what stands between it and a byline: the name of
    the site, a category.
    """
    gone = set(dropped)
    left = [index for index in range(page.first) if index not in gone]
    place = _place_of(page, title, left) if title else _title_place(page, left, gone)
    if place is None:
        return Top(title, frozenset())
    signed = bylines(page) | {index for index in gone if furniture.is_sharing(page.text(index))}
    below = max((index for index in signed if place < index < page.first), default=place)
    gone = {index for index in left if index <= place or (index < below and not page.is_item(index))}
    return Top(title or without_site(heading_text(page.text(place))), frozenset(gone))


def _is_byline(page: Page, index: int) -> bool:
    text = page.text(index)
    if furniture.is_of("reading_time", text):
        return True
    facts = read_byline(text, page.common)
    return facts is not None and (page.is_outside(index) or (bool(facts) and not facts.keys() & {"author", "reviewer"}))


def _is_bare_name(page: Page, index: int, top: set[int]) -> bool:
    """Say whether the line is a name beside a byline."""
    beside = any(_next_line(page, index, step) in top for step in (-1, 1))
    return beside and is_name(page.text(index), page.common)


def _most_spoken_of(page: Page, names: set[int]) -> int:
    """Return the line whose words the running text uses most: the title among names; -1 of none."""
    spoken = Counter(word[:STEM] for place in page.prose for word in words(page.text(place)))
    return max(
        sorted(names), key=lambda index: sum(spoken[word[:STEM]] for word in words(page.text(index))), default=-1
    )


def _next_line(page: Page, index: int, step: int) -> int:
    """Return the next block in one direction that is a byline or no furniture at all."""
    index += step
    while 0 <= index < page.first and furniture.is_furniture(page.text(index)) and not _is_byline(page, index):
        index += step
    return index


def _place_of(page: Page, title: str, left: Sequence[int]) -> int | None:
    return next((index for index in left if words(page.text(index)) == words(heading_text(title))), None)


def _title_place(page: Page, left: Sequence[int], gone: set[int]) -> int | None:
    """Return where the title stands: the first candidate below the last navigation line that has one below it."""
    candidates = [index for index in left if _could_be_title(page, index)]
    candidates = [index for index in candidates if not furniture.is_of("menu", page.text(index))] or candidates
    navigation = [index for index in sorted(gone) if index < page.first and _leads_elsewhere(page.text(index))]
    for line in reversed(navigation):
        if below := [index for index in candidates if index > line]:
            return below[0]
    return candidates[0] if candidates else None


def _could_be_title(page: Page, index: int) -> bool:
    kinds = (BlockKind.PARAGRAPH, BlockKind.HEADING)
    return page.blocks[index].kind in kinds and reads_as_heading(page.text(index))


def _leads_elsewhere(text: str) -> bool:
    return furniture.is_navigation(text) or furniture.is_of("menu", text) or furniture.is_of("button", text)
