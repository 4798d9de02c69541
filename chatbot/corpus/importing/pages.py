"""Web pages: the article by the reader that serves them, and all that stands around it on the page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from selectolax.lexbor import LexborHTMLParser

from chatbot.corpus import html
from chatbot.corpus.html_blocks import blocks_of
from chatbot.corpus.importing.encoding import text_of
from chatbot.corpus.importing.judging import TITLE, judged, refused
from chatbot.corpus.importing.markup import markups_of_html
from chatbot.corpus.importing.parts import Imported, ImportRefused, Page, Part
from chatbot.corpus.prose import words
from chatbot.errors import CorpusError
from chatbot.values import Block

MARKED = "marked by the page as no part of the article"
_TAG = re.compile(r"<(?:[a-z][a-z0-9-]*|!doctype|/[a-z])", re.IGNORECASE)


def read_page(data: bytes, name: str, *, declared: str = "") -> Imported:
    """Read a web page; raises ImportRefused.

    declared: the encoding that came with it, "" where none did.
    """
    source, warnings = text_of(data, declared)
    if not _TAG.search(source):
        raise ImportRefused("This holds no HTML; if it is a text, give it a name that ends in .txt.")
    try:
        document = html.parse(source)
        parts = tuple(_with_title(_parts(source, document.blocks), document.title or ""))
    except CorpusError as error:
        raise refused(error) from error
    return judged(Page(document.title, document.metadata, parts, warnings), name, "html")


def _parts(source: str, article: Sequence[Block]) -> Iterator[Part]:
    """Yield the blocks of the whole page in order, each of them either in the article or marked as left out."""
    markups = markups_of_html(source)
    whole = _whole(source)
    matcher = SequenceMatcher(None, [block.text for block in whole], [block.text for block in article], autojunk=False)
    for change, start, end, first, last in matcher.get_opcodes():
        if change in ("delete", "replace"):
            yield from (markups.part(block, MARKED) for block in whole[start:end])
        if change != "delete":
            yield from (markups.part(block) for block in article[first:last])


def _with_title(parts: Iterator[Part], title: str) -> Iterator[Part]:
    """Say of a left-out title that it is one: the page often marks it as a part of its head."""
    for part in parts:
        yield replace(part, reason=TITLE) if part.reason and words(part.block.text) == words(title) else part


def _whole(source: str) -> tuple[Block, ...]:
    body = LexborHTMLParser(source).body
    try:
        return blocks_of(body, everything=True) if body else ()
    except CorpusError:
        # Too much around the article to be shown; the article itself was read all the same.
        return ()
