"""Parts of a page beside the article: comments, boxes of links, portraits of authors, tables of contents."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import takewhile

from chatbot.corpus import furniture
from chatbot.corpus.bylines import is_name
from chatbot.corpus.headings import is_title_case, reads_as_heading
from chatbot.corpus.page import Page, is_line, is_short, is_title
from chatbot.corpus.prose import ends_sentence, words
from chatbot.values import BlockKind

MOSTLY_ABOVE = 0.5
# share of the running text above a box from which all below it is taken to be no article
NEAR = (-2, -1, 1, 2)
# steps from one menu entry to another of the same menu; a name of the site's own may stand between them
MENU_SHARE = 0.5
# of a list's items that are menu entries, from which it is a menu

_SIGNED = re.compile(
    r"(?:written|posted|published|authored) by\b.{2,80}|(?:about|by) the author\b.{0,80}", re.IGNORECASE
)
_QUOTES = ("“", '"', "«", "‘")
# Help in danger stays, however short the line and wherever it stands.
_HELP = re.compile(r"\b(?:911|988|999|112|emergency|doctor|hospital)\b", re.IGNORECASE)


def menus(page: Page) -> Iterable[int]:
    """Lists that are mostly menu entries, and menu entries outside the running text that stand beside others."""
    for run in page.runs():
        entries = [index for index in run if furniture.is_of("menu", page.text(index)) or is_line(page.text(index))]
        if page.is_item(run[0]):
            if (
                len(run) > 1
                and len(entries) >= MENU_SHARE * len(run)
                and all(is_short(page.text(index)) for index in run)
            ):
                yield from run
        else:
            beside = {index + step for index in entries for step in NEAR}
            yield from (index for index in entries if page.is_outside(index) and index in beside)


def neighbours(page: Page) -> Iterable[int]:
    """Titles of neighbouring articles: the line below "Previous" or "Next", once the running text has begun."""
    for index in range(page.first + 1, len(page.blocks) - 1):
        below = index + 1
        if furniture.is_neighbour_label(page.text(index)) and below not in page.prose and is_title(page.text(below)):
            yield below


def comments(page: Page) -> Iterable[int]:
    """From the opening of the readers' comments to the end of the page, where an article stands above it."""
    for index in range(len(page.blocks)):
        if furniture.is_of("comments", page.text(index)) and sum(place < index for place in page.prose) > 1:
            return range(index, len(page.blocks))
    return ()


def boxes(page: Page) -> Iterable[int]:
    """Boxes of links to other articles and portraits of authors, each with the title that opens it.

    A box below most of the running text reaches to the end of the page, or to the next heading of its own rank; one
    amid the article ends where its links do.
    """
    for index in range(len(page.blocks)):
        if _repeats_author(page, index):
            yield from (index, index + 1) if _tells_of(page, index) else (index,)
        elif _opens_box(page, index):
            yield index
            is_below = page.share_above(index) >= MOSTLY_ABOVE and page.first < index
            yield from range(index + 1, _end_of_box(page, index)) if is_below else _links_below(page, index)


def _end_of_box(page: Page, index: int) -> int:
    rank = page.blocks[index].level if page.blocks[index].kind is BlockKind.HEADING else 0
    for place in range(index + 1, len(page.blocks)):
        if page.blocks[place].kind is BlockKind.HEADING and 0 < page.blocks[place].level <= rank:
            return place
    return len(page.blocks)


def references(page: Page) -> list[int]:
    """The list of what the article rests on, with its title, in the lower half of the page."""
    for index in range(len(page.blocks)):
        if furniture.is_of("references", page.text(index)) and page.share_above(index) >= MOSTLY_ABOVE:
            return [index, *_listed_sources(page, index)]
    return []


def contents(page: Page) -> Iterable[int]:
    """The table of contents: its title, and the lines below it that stand again further down as headings."""
    for index in range(len(page.blocks)):
        if furniture.is_of("contents", page.text(index)):
            run = _listed_below(page, index)
            if run or index < page.first:
                yield index
                yield from run


def trailing(page: Page, dropped: set[int]) -> Iterable[int]:
    """Short lines below the running text, from the first furniture on, and titles at the very end.

    Neither makes a statement: they are names, numbers, links to other articles, headings with nothing below them.
    """
    last = max((index for index in page.prose if index not in dropped), default=page.last)
    below = range(last + 1, len(page.blocks))
    start = next((index for index in below if index in dropped), len(page.blocks))
    gone = set(dropped)
    for index in reversed(below):
        if index > start and index not in gone and _is_fragment(page, index) and not _heads_text(page, index, gone):
            gone.add(index)
    yield from gone - dropped
    for index in reversed(below):
        if index not in gone:
            if page.is_item(index) or not is_title(page.text(index)) or _HELP.search(page.text(index)):
                return
            yield index


def _heads_text(page: Page, index: int, gone: set[int]) -> bool:
    """Say whether the next block that stays is a sentence or a list item: the line above heads it."""
    below = next((place for place in range(index + 1, len(page.blocks)) if place not in gone), None)
    return below is not None and (page.is_item(below) or ends_sentence(page.text(below)))


def _is_fragment(page: Page, index: int) -> bool:
    text = page.text(index)
    if _HELP.search(text) or not is_short(text) or text.endswith((":", ".", "?", "!")):
        return False
    before = page.text(index - 1)
    return not page.is_item(index) or not before.endswith(":")


def _opens_box(page: Page, index: int) -> bool:
    text = page.text(index)
    if furniture.is_of("related", text) or furniture.is_of("author_box", text):
        return True
    return index > page.first and bool(_SIGNED.fullmatch(text))


def _repeats_author(page: Page, index: int) -> bool:
    """Say whether a line below the article, or above a portrait, is a name from the top, and signs no quotation."""
    text = page.text(index)
    if index <= page.first or not is_name(text, page.common):
        return False
    is_author = any(text in page.text(above) for above in range(page.first))
    signs = page.text(index - 1).startswith(_QUOTES)
    return is_author and not signs and (index > page.last or _tells_of(page, index))


def _tells_of(page: Page, index: int) -> bool:
    """Say whether the paragraph below a name tells of that person."""
    below = page.text(index + 1) if index + 1 < len(page.blocks) else ""
    return any(part in below for part in page.text(index).split() if len(part) > 2)


def _links_below(page: Page, index: int) -> list[int]:
    """Return the list below a line, or the short titles below it but for the last, which heads what follows."""
    run: list[int] = []
    is_list = index + 1 < len(page.blocks) and page.is_item(index + 1)
    for place in range(index + 1, len(page.blocks)):
        is_link = page.is_item(place) == is_list and place not in page.prose and reads_as_heading(page.text(place))
        if not is_link or (not is_list and not is_title_case(page.text(place))):
            break
        run.append(place)
    if not is_list and run and run[-1] + 1 < len(page.blocks):
        run.pop()
    return run


def _listed_sources(page: Page, index: int) -> list[int]:
    """Return the list below a line, else the lines below it up to the next heading."""
    below = range(index + 1, len(page.blocks))
    if below and page.is_item(below[0]):
        return list(takewhile(page.is_item, below))
    return list(takewhile(lambda place: not _begins_section(page, place), below))


def _begins_section(page: Page, index: int) -> bool:
    return page.blocks[index].kind is BlockKind.HEADING or is_title(page.text(index)) or is_line(page.text(index))


def _listed_below(page: Page, index: int) -> list[int]:
    run: list[int] = []
    for place in range(index + 1, len(page.blocks)):
        again = words(page.text(place)) in {words(page.text(later)) for later in range(place + 1, len(page.blocks))}
        if not again and page.blocks[place].kind is not BlockKind.ITEM:
            break
        run.append(place)
    return run
