"""Word documents (.docx): by mammoth to HTML, and by the readers of web pages to blocks."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO

import mammoth
from selectolax.lexbor import LexborHTMLParser, LexborNode

from chatbot.corpus.html_blocks import blocks_of
from chatbot.corpus.importing.archives import Limits, content, opened
from chatbot.corpus.importing.judging import judged, refused
from chatbot.corpus.importing.markup import Markups, markups_of_html
from chatbot.corpus.importing.parts import Imported, ImportRefused, Page, Part
from chatbot.corpus.importing.word_xml import Count, accepted
from chatbot.corpus.prose import one_line
from chatbot.errors import CorpusError
from chatbot.values import Block, BlockKind

LIMITS = Limits(entries=2_000, unpacked=60_000_000)
LARGEST_TEXT = 6_000_000
# bytes of XML; the longest article that can be served needs under 3 million
DOCUMENT = "word/document.xml"
FOOTNOTE = "a footnote"
CONTENTS = "the table of contents"
SUBTITLE = "the subtitle; kept as the summary"
CAPTION = "the caption of a picture"
_INSIDE = "ul|ol > li > "
_LEFT_OUT = {"contents": CONTENTS, "caption": CAPTION, "subtitle": SUBTITLE}
# Style names as Word, LibreOffice and Google Docs write them; they are English whatever language the program speaks.
_STYLES = "\n".join(
    (
        "p[style-name='Title'] => h1.title:fresh",
        "p[style-name='Subtitle'] => p.subtitle:fresh",
        *(f"p[style-name^='{name} '] => p.contents:fresh" for name in ("toc", "TOC", "Contents")),
        *(
            f"p[style-name='{name}'] => p.caption:fresh"
            for name in ("caption", "Caption", "Illustration", "Figure", "Table")
        ),
        *(
            f"p[style-name='{name}'] => blockquote > p:fresh"
            for name in ("Quote", "Intense Quote", "Quotations", "Block Text")
        ),
        *(
            f"p[style-name='{name} {level}'] => h{level}:fresh"
            for name in ("heading", "Heading")
            for level in range(1, 7)
        ),
        # Before the styles of lists, which say nothing of depth.
        *(f"p:unordered-list({level}) => {_INSIDE * (level - 1)}ul > li:fresh" for level in range(1, 6)),
        *(f"p:ordered-list({level}) => {_INSIDE * (level - 1)}ol > li:fresh" for level in range(1, 6)),
        "p[style-name='List Bullet'] => ul > li:fresh",
        "p[style-name='List Number'] => ol > li:fresh",
    )
)


def read_word(data: bytes, name: str) -> Imported:
    """Read a .docx as Word shows it with all changes accepted and no comments; raises ImportRefused."""
    document, count = _prepared(data)
    pictures: list[str] = []

    def note(image: mammoth.documents.Image) -> list[object]:
        pictures.append(one_line(image.alt_text or ""))
        return []

    try:
        found = mammoth.convert_to_html(BytesIO(document), style_map=_STYLES, convert_image=note).value
        page = _page(found, (*count.warnings, *_pictures(pictures)))
    except CorpusError as error:
        raise refused(error) from error
    except (KeyError, ValueError, AttributeError, IndexError, TypeError, RecursionError) as error:
        raise ImportRefused(
            "This Word document is damaged in a way that cannot be read; open it and save it afresh."
        ) from error
    return judged(page, name, "docx")


def _prepared(data: bytes) -> tuple[bytes, Count]:
    """Return the document with only the text that is meant to be read, as a new archive."""
    with opened(data, LIMITS) as archive:
        names = archive.namelist()
        if DOCUMENT not in names:
            raise ImportRefused(_not_word(names))
        texts = {
            member.filename: content(archive, member)
            for member in archive.infolist()
            if member.filename.endswith((".xml", ".rels")) and _is_sized(member)
        }
    texts[DOCUMENT], count = accepted(texts[DOCUMENT])
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name, text in texts.items():
            archive.writestr(name, text)
    return target.getvalue(), count


def _is_sized(member: zipfile.ZipInfo) -> bool:
    if member.file_size > LARGEST_TEXT:
        raise ImportRefused("This document holds more text than an article can have; split it.")
    return True


def _not_word(names: list[str]) -> str:
    if "xl/workbook.xml" in names:
        return "This is a table of Excel, not a Word document."
    if "ppt/presentation.xml" in names:
        return "This is a presentation, not a Word document."
    if "mimetype" in names:
        return "This is a document of LibreOffice's own format; save it as .docx."
    return "This is no Word document, whatever its name says; a zip of articles has a name that ends in .zip."


def _pictures(descriptions: list[str]) -> tuple[str, ...]:
    if not descriptions:
        return ()
    named = "; ".join(f"“{text}”" for text in descriptions if text)
    count = "A picture was" if len(descriptions) == 1 else f"{len(descriptions)} pictures were"
    return (f"{count} left out, articles hold text only{f': {named}' if named else ''}.",)


def _page(source: str, warnings: tuple[str, ...]) -> Page:
    tree = LexborHTMLParser(f"<body>{source}</body>")
    notes = list(_footnotes(tree))
    body = tree.body
    title = tree.css_first("h1.title")
    parts = [] if body is None else list(_parts(body, markups_of_html(body.html or "")))
    summary = [part.block.text for part in parts if part.reason == SUBTITLE][:1]
    metadata = {"summary": summary[0]} if summary else {}
    return Page(one_line(title.text()) if title else None, metadata, (*parts, *notes), warnings)


def _parts(body: LexborNode, markups: Markups) -> Iterator[Part]:
    child = body.child
    while child is not None:
        reason = _LEFT_OUT.get(child.attributes.get("class") or "", "") if child.is_element_node else ""
        yield from (markups.part(block, reason) for block in blocks_of(child))
        child = child.next


def _footnotes(tree: LexborHTMLParser) -> Iterator[Part]:
    """Take the marks of footnotes out of the text, and their words from its end."""
    for mark in tree.css("sup > a[href^='#footnote-'], sup > a[href^='#endnote-']"):
        if mark.parent is not None:
            mark.parent.decompose()
    for note in tree.css("li[id^='footnote-'], li[id^='endnote-']"):
        text = one_line(note.text(separator=" ")).removesuffix("↑").rstrip()
        if text:
            yield Part(Block(BlockKind.PARAGRAPH, text), reason=FOOTNOTE)
        note.decompose()
