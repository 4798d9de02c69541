"""Plain text and Markdown."""

from __future__ import annotations

import re

from chatbot.corpus import markdown, plain
from chatbot.corpus.importing.encoding import text_of
from chatbot.corpus.importing.judging import judged, refused
from chatbot.corpus.importing.markup import markups_of_markdown
from chatbot.corpus.importing.parts import Imported, ImportRefused, Page, Part
from chatbot.errors import CorpusError

_HTML = re.compile(
    r"\s*(?:<!--(?:(?!-->).){0,500}-->\s*)*<(?:!doctype\s+html|html|head|body|svg|script|\?xml)\b",
    re.IGNORECASE | re.DOTALL,
)
_RTF = re.compile(r"\s*\{\\rtf")


def read_plain(data: bytes, name: str) -> Imported:
    """Read a text file; raises ImportRefused."""
    text, warnings = _text(data)
    try:
        document = plain.parse(text)
    except CorpusError as error:
        raise refused(error) from error
    return judged(Page(None, {}, tuple(map(Part, document.blocks)), warnings), name, "txt")


def read_markdown(data: bytes, name: str) -> Imported:
    """Read a Markdown file; raises ImportRefused.

    Where nothing of it is left out its body stays exactly as it was written, pictures and comments included.
    """
    text, warnings = _text(data)
    try:
        document = markdown.parse(text)
        body = markdown.body_of(text)
    except CorpusError as error:
        raise refused(error) from error
    found = markups_of_markdown(body)
    page = Page(document.title, document.metadata, found.parts(document.blocks), warnings)
    return judged(page, name, "md").with_body(body)


def _text(data: bytes) -> tuple[str, tuple[str, ...]]:
    text, warnings = text_of(data)
    if _HTML.match(text):
        raise ImportRefused("This is a web page, not a text; give it a name that ends in .html.")
    if _RTF.match(text):
        raise ImportRefused("This is Rich Text, not plain text; open it in a word processor and save it as .docx.")
    return text, warnings
