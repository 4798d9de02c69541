"""An article's title: what the file shows as such, else a readable one made from its name or its headings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import PurePath

from chatbot.corpus.headings import SMALL_WORDS, heading_text, reads_as_heading
from chatbot.corpus.prose import words
from chatbot.text.tokens import question_words
from chatbot.values import Block, BlockKind

LONGEST_TITLE = 70
# characters of a title made from the first sentence

_SEPARATOR = re.compile(r"(?<!\s)\s+(?:[|–—·»:-]|::)\s+")
_BAR = re.compile(r"(?<!\s)\s+(?:\||::|»)\s+")
_SYLLABLE = re.compile(r"[aeiouy]", re.IGNORECASE)


def without_site(title: str, site: str = "") -> str:
    """Return a title without the name of the site at its end: behind a bar, or behind a dash when the name is known."""
    parts = _SEPARATOR.split(title)
    if len(parts) > 1 and parts[-1].casefold() == site.casefold():
        return title[: title.rindex(parts[-1])].rstrip(" |–—·»:-")
    first = _BAR.split(title)[0].rstrip()
    return first if len(first.split()) > 1 else title


def without_title(blocks: Sequence[Block], title: str) -> tuple[Block, ...]:
    """Return the blocks without the headings at the very top that only repeat the title."""
    start = next((index for index, block in enumerate(blocks) if block.kind is not BlockKind.HEADING), len(blocks))
    return tuple(block for index, block in enumerate(blocks) if index >= start or words(block.text) != words(title))


def fallback_title(path: PurePath, blocks: Sequence[Block]) -> str:
    """Return a readable title for an article that shows none; never empty, never a whole paragraph.

    From the file's name when that is made of words, else the heading that speaks most of what the article speaks of,
    else the first words.
    """
    return name_title(path) or topic_title(blocks) or opening_title(blocks) or path.stem or "Untitled"


def name_title(path: PurePath) -> str | None:
    """Return the file's name as a title, None where it is a number or a hash."""
    found = [part for part in re.split(r"[\W_]+", path.stem) if part]
    readable = [part for part in found if _is_word(part)]
    if len("".join(readable)) * 2 <= len("".join(found)):
        return None
    title = " ".join(readable)
    return title[0].upper() + title[1:]


def topic_title(blocks: Sequence[Block]) -> str | None:
    """Return the heading whose words stand in the most blocks on average; the first of equals."""
    headings = [heading_text(block.text) for block in blocks if block.kind is BlockKind.HEADING]
    spread = Counter(word for block in blocks for word in set(words(block.text)))
    return max(headings, key=lambda heading: _weight(heading, spread), default=None)


def opening_title(blocks: Sequence[Block]) -> str | None:
    """Return the first words of the article, cut at a word."""
    text = next((block.text for block in blocks), "")
    if len(text) <= LONGEST_TITLE and reads_as_heading(text):
        return text
    cut = text[:LONGEST_TITLE].rsplit(" ", 1)[0].rstrip(",;:. ")
    return f"{cut}…" if cut else None


def _is_word(part: str) -> bool:
    return part.isalpha() and len(part) > 1 and bool(_SYLLABLE.search(part))


def _weight(heading: str, spread: Counter[str]) -> float:
    """Weigh a heading: how many blocks hold its content words, on average, less when it is short of content."""
    content = [word for word in words(heading) if word not in SMALL_WORDS and word not in question_words()]
    return sum(spread[word] for word in content) / (len(content) + 2)
