"""PDF documents: printed lines become paragraphs, headings and lists again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from itertools import groupby, pairwise
from statistics import median

from pypdf import PdfReader
from pypdf.errors import DependencyError, PyPdfError

from chatbot.corpus.headings import reads_as_heading
from chatbot.corpus.importing.hyphens import Hyphens
from chatbot.corpus.importing.judging import judged
from chatbot.corpus.importing.parts import Imported, ImportRefused, Page, Part
from chatbot.corpus.importing.pdf_lines import Line, body_size, joined, lines_of, margins, mark_of, rows
from chatbot.corpus.prose import ends_sentence, one_line
from chatbot.corpus.writing import escaped
from chatbot.values import Block, BlockKind

MOST_PAGES = 150
LARGER = 1.12
# times the text's size, from which a line is a heading
SMALLER = 0.9
# times the text's size, below which a paragraph on a page's lower half is a footnote
WIDE_GAP = 1.4
# times the usual distance of two lines, from which a new paragraph begins
FULL = 0.85
# share of the longest line's letters: a word that would have fitted below that began a new paragraph
LEADING = 1.15
# distance of two lines as a share of the text's size, where nothing else tells it
INDENT = 0.8
# times the text's size, from which a line is set in
SAME_SIZE = 0.05
# share by which two sizes may differ and be the same
SHORT = 0.6
# share of the longest line's letters, below which a line may stand for itself
TOP_PARTS = 5
# of the first page, among which the title stands
LETTERS_OF_A_SCAN = 40
# a page; fewer are stamps and page numbers on pictures

REPEATED = "repeated at the edge of the pages"
FOOTNOTE = "a footnote"
_NO_TITLE = re.compile(r"microsoft word|untitled|\.\w{2,4}$|^\W*$", re.IGNORECASE)


def read_pdf(data: bytes, name: str) -> Imported:
    """Read a PDF that holds text; raises ImportRefused."""
    if not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"%PDF-"):
        raise ImportRefused("This is no PDF, whatever its name says.")
    try:
        reader = PdfReader(BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise ImportRefused("This PDF is protected by a password; save it without one.")
        lines = _lines(reader)
        title = one_line(str((reader.metadata and reader.metadata.title) or ""))
        pages = len(reader.pages)
    except DependencyError as error:
        raise ImportRefused("This PDF is protected in a way that cannot be read; print it to a new PDF.") from error
    except (PyPdfError, ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError, OSError) as error:
        raise ImportRefused("This PDF is damaged or cut off; send it again, or save it afresh.") from error
    gone = margins(lines, pages)
    parts = [Part(Block(BlockKind.PARAGRAPH, text), reason=REPEATED) for text in _once(lines, gone)]
    parts += _parts([line for number, line in enumerate(lines) if number not in gone])
    return judged(Page(_title(parts, title), {}, tuple(parts), ()), name, "pdf")


def _lines(reader: PdfReader) -> list[Line]:
    pages = len(reader.pages)
    if pages > MOST_PAGES:
        raise ImportRefused(f"This PDF has {pages:,} pages; at most {MOST_PAGES} can be taken: split it.")
    lines = [line for number, page in enumerate(reader.pages) for line in lines_of(page, number)]
    if sum(len(line.text) for line in lines) < LETTERS_OF_A_SCAN * pages:
        raise ImportRefused(
            "This PDF holds pictures of pages and no text: it was scanned. Bring in the document it was made from, "
            "or have the text recognised (OCR) first."
        )
    return list(joined(lines))


def _once(lines: Sequence[Line], numbers: frozenset[int]) -> list[str]:
    return list(dict.fromkeys(lines[number].text for number in sorted(numbers)))


def _title(parts: Sequence[Part], given: str) -> str | None:
    """Return the largest heading where it stands at the very top, else the title that the file gives of itself."""
    top = [part.block for part in parts if not part.reason][:TOP_PARTS]
    largest = [block.text for block in top if block.kind is BlockKind.HEADING and block.level == 1]
    return largest[0] if largest else None if _NO_TITLE.search(given) else given


def _parts(lines: Sequence[Line]) -> Iterator[Part]:
    usual = body_size(lines)
    reader = _Reader(
        usual,
        sorted({line.size for line in lines if line.size >= LARGER * usual}, reverse=True),
        Hyphens.of([line.text for line in lines]),
    )
    in_tables = rows(lines)
    for is_table, run in groupby(enumerate(lines), key=lambda each: each[0] in in_tables):
        part = [line for _, line in run]
        yield from map(_row, part) if is_table else reader.parts(part)


def _row(line: Line) -> Part:
    texts = [text for _, text in line.cells]
    cells = tuple(escaped(text).replace("|", "\\|") for text in texts)
    return Part(Block(BlockKind.ITEM, " – ".join(texts)), cells=cells)


@dataclass(slots=True)
class _Reader:
    """Reads the running text of one document."""

    usual: float
    # size of its text, in points
    sizes: Sequence[float]
    # of its headings, the largest first
    hyphens: Hyphens
    indents: list[float] = field(default_factory=list)
    # where the open lists begin

    def parts(self, lines: Sequence[Line]) -> Iterator[Part]:
        """Yield what the lines between two tables are."""
        for paragraph in _paragraphs(lines, self.usual):
            text = self.hyphens.joined([line.text for line in paragraph])
            mark = mark_of(text)
            if not mark:
                self.indents = []
            yield self._item(paragraph[0], text, mark) if mark else self._paragraph(paragraph, text)

    def _item(self, first: Line, text: str, mark: str) -> Part:
        self.indents = [*(x for x in self.indents if x < first.x - self.usual / 2), first.x]
        return Part(Block(BlockKind.ITEM, text[len(mark) :], level=len(self.indents) - 1, ordered=mark[0].isalnum()))

    def _paragraph(self, paragraph: Sequence[Line], text: str) -> Part:
        first = paragraph[0]
        if first.size in self.sizes:
            return Part(Block(BlockKind.HEADING, text, level=min(self.sizes.index(first.size) + 1, 6)))
        if all(line.bold for line in paragraph) and reads_as_heading(text):
            return Part(Block(BlockKind.HEADING, text, level=min(len(self.sizes) + 1, 6)))
        is_note = first.size < SMALLER * self.usual and first.y < first.height / 2 and text[:1].isdigit()
        return Part(Block(BlockKind.PARAGRAPH, text), reason=FOOTNOTE if is_note else "")


def _paragraphs(lines: Sequence[Line], usual: float) -> Iterator[list[Line]]:
    leading = _leading(lines, usual)
    longest: dict[int, int] = {}
    for line in lines:
        longest[line.page] = max(longest.get(line.page, 0), len(line.text))
    paragraph: list[Line] = []
    for line in lines:
        if paragraph and (_begins(paragraph, line, leading) or _is_label(paragraph, line, longest[line.page])):
            yield paragraph
            paragraph = []
        paragraph.append(line)
    if paragraph:
        yield paragraph


def _leading(lines: Sequence[Line], usual: float) -> float:
    """Return the usual distance between two lines of the text, in points."""
    steps = [
        before.y - line.y
        for before, line in pairwise(lines)
        if before.page == line.page and before.size == line.size == usual and 0 < before.y - line.y < 2.5 * usual
    ]
    return median(steps) if steps else LEADING * usual


def _begins(paragraph: Sequence[Line], line: Line, leading: float) -> bool:
    """Say whether a line begins a new paragraph."""
    first, before = paragraph[0], paragraph[-1]
    if abs(line.size - before.size) > SAME_SIZE * before.size or mark_of(line.text):
        return True
    if line.bold != before.bold and (line.bold or all(each.bold for each in paragraph)):
        return reads_as_heading(line.text if line.bold else before.text)
    is_item = bool(mark_of(first.text))
    if is_item and line.x < first.x - INDENT * line.size:
        return True
    ended = ends_sentence(before.text) and _had_room(paragraph, line)
    if line.page != before.page or line.y >= before.y:
        # On the next page, or at the head of the next column.
        return ended or (is_item and line.text[:1].isupper())
    wide = before.y - line.y > WIDE_GAP * max(leading, LEADING * line.size)
    return ended or wide or (not is_item and line.x > before.x + INDENT * line.size)


def _is_label(paragraph: Sequence[Line], line: Line, longest: int) -> bool:
    """Say whether a line stands for itself: it ends far from the edge, and the next begins with a capital."""
    before = paragraph[-1]
    beside = max(len(each.text) for each in paragraph)
    is_short = len(before.text) < SHORT * longest and (len(paragraph) == 1 or len(before.text) < SHORT * beside)
    return is_short and not mark_of(paragraph[0].text) and line.text[:1].isupper() and not before.text.endswith(",")


def _had_room(paragraph: Sequence[Line], line: Line) -> bool:
    """Say whether the next word would have fitted on the paragraph's last line: then somebody ended it there."""
    longest = max(len(each.text) for each in (*paragraph, line))
    return len(paragraph[-1].text) + 1 + len(line.text.split(" ", 1)[0]) < FULL * longest
