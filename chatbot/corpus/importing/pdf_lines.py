"""The lines of a PDF: what is printed where on each page, without what is repeated on its margins."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from pypdf import PageObject

from chatbot.corpus.prose import one_line

MARGIN = 0.12
# share of a page's height at its top and at its bottom in which headers and footers stand
REPEATED = 0.4
# share of the pages that a header or footer stands on: it may differ between left and right pages
LETTER = 0.42
# width of a letter as a share of its size, rather too small
GAP = 0.3
# empty space between two cells of a table, as a share of the letters' size; that they stand in columns says more
_BULLET = re.compile(r"(?:[•◦▪●○■‣]\s*|[–-]\s+)(?=\S)")
_NUMBER = re.compile(r"(?:\d{1,2}[.)]|[a-z]\))\s+(?=\S)")
BULLETS = ("•", "◦", "▪", "–", "-")
RAISED = 0.75
# size of a note's number, as a share of the text's around it, at most

_BOLD = re.compile(r"bold|black|heavy|semibold|demi", re.IGNORECASE)
_PAGE_NUMBER = re.compile(r"\W*(?:page\s*)?\d{1,4}(?:\s*(?:of|/|\|)\s*\d{1,4})?\W*", re.IGNORECASE)
_NOTE_NUMBER = re.compile(r"\s*[\d,*†‡–-]{1,8}\s*")
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "\uf0b7": "•", "\x95": "•"})


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line."""

    text: str
    page: int
    # from 0
    x: float
    # of its left end
    y: float
    # of its foot, counted from the page's bottom, in points
    size: float
    # of most of its letters, in points
    bold: bool
    height: float
    # of the page
    cells: tuple[tuple[float, str], ...] = ()
    # pieces that stand far apart, each with its left end: two or more may be a row of a table

    @property
    def at_margin(self) -> bool:
        return self.y > (1 - MARGIN) * self.height or self.y < MARGIN * self.height


@dataclass(slots=True)
class _Open:
    """A line while its pieces come in."""

    pieces: list[tuple[str, float, bool]] = field(default_factory=list)
    # text, size in points, is it bold
    starts: list[float] = field(default_factory=list)
    # left end of each
    x: float = 0.0
    y: float = 0.0


def lines_of(page: PageObject, number: int) -> list[Line]:
    """Return the lines of a page in the order in which they are printed, which is that of reading in most files."""
    found: list[_Open] = [_Open()]

    def take(text: str, cm: list[float], tm: list[float], font: dict[str, object] | None, size: float) -> None:
        whole, at = found[-1], (tm[4] * cm[0] + cm[4], tm[5] * cm[3] + cm[5])
        scaled = abs(size * tm[3] * cm[3]) or 1.0
        name = str((font or {}).get("/BaseFont", ""))
        for count, piece in enumerate(text.split("\n")):
            if piece.strip() and whole.pieces and (count or abs(whole.y - at[1]) > 0.6 * scaled):
                whole = _Open()
                found.append(whole)
            if piece.strip() and not whole.pieces:
                whole.x, whole.y = at
            if piece.strip() or (piece and whole.pieces):
                whole.pieces.append((piece, scaled, bool(_BOLD.search(name))))
                whole.starts.append(at[0])

    page.extract_text(visitor_text=take)
    height = float(page.mediabox.height) or 1.0
    return [line for each in found if (line := _line(each, number, height)).text]


def _line(given: _Open, page: int, height: float) -> Line:
    letters: Counter[float] = Counter()
    for text, size, _ in given.pieces:
        letters[round(size, 1)] += len(text.strip())
    size = letters.most_common(1)[0][0] if letters else 0.0
    kept = [piece for piece in given.pieces if not (piece[1] < RAISED * size and _NOTE_NUMBER.fullmatch(piece[0]))]
    text = one_line("".join(piece for piece, _, _ in kept).translate(_LIGATURES))
    if len(kept) < len(given.pieces):
        # The room that the number took is left: "foot ." for "foot¹."
        text = re.sub(r"(?<!\s)\s+([.,;:!?”’)]+)(?=\s|$)", r"\1", text)
    bold = all(bold for piece, _, bold in kept if piece.strip())
    return Line(text, page, given.x, given.y, size, bold, height, tuple(_cells(given, size)))


def _cells(given: _Open, size: float) -> Iterator[tuple[float, str]]:
    """Yield what stands far apart on a line."""
    start, text, gap = given.x, "", ""
    for (piece, _, _), x in zip(given.pieces, given.starts, strict=True):
        if not piece.strip():
            # Put in by the reader of PDFs, between two cells as between two words.
            gap = piece
            continue
        end = start + len(text) * LETTER * size
        if text and not text.endswith(" ") and not piece.startswith(" ") and x - end > GAP * size:
            yield start, one_line(text.translate(_LIGATURES))
            start, text, gap = x, "", ""
        text, gap = text + gap + piece, ""
    if text:
        yield start, one_line(text.translate(_LIGATURES))


def rows(lines: Sequence[Line]) -> frozenset[int]:
    """Return which lines are rows of tables: set in the same columns as the line above or below, and their head."""
    below = {number for number in range(1, len(lines)) if _are_rows(lines[number - 1], lines[number])}
    found = below | {number - 1 for number in below}
    heads = {
        number - 1
        for number in found
        if number
        and len(lines[number - 1].cells) == len(lines[number].cells)
        and _is_above(lines[number - 1], lines[number])
    }
    return frozenset(found | heads)


def _are_rows(line: Line, below: Line) -> bool:
    if len(line.cells) < 2 or len(line.cells) != len(below.cells) or mark_of(line.text):
        return False
    ends = zip(line.cells, below.cells, strict=True)
    return _is_above(line, below) and all(abs(upper[0] - lower[0]) < line.size / 2 for upper, lower in ends)


def _is_above(line: Line, below: Line) -> bool:
    return line.page == below.page and 0 < line.y - below.y < 4 * line.size


def mark_of(text: str) -> str:
    """Return what a list item begins with, "" for what is none."""
    found = _BULLET.match(text) or _NUMBER.match(text)
    return found[0] if found else ""


def margins(lines: Sequence[Line], pages: int) -> frozenset[int]:
    """Return which lines are headers, footers and page numbers: those at the margins that come again on other pages."""
    places: dict[str, set[int]] = {}
    for line in lines:
        if line.at_margin:
            places.setdefault(_pattern(line.text), set()).add(line.page)
    often = {pattern for pattern, seen in places.items() if len(seen) > 1 and len(seen) >= REPEATED * pages}
    return frozenset(
        number
        for number, line in enumerate(lines)
        if line.at_margin and (_pattern(line.text) in often or _PAGE_NUMBER.fullmatch(line.text))
    )


def _pattern(text: str) -> str:
    return re.sub(r"\d+", "#", text.casefold())


def body_size(lines: Iterable[Line]) -> float:
    """Return the size of most letters, in points."""
    letters: Counter[float] = Counter()
    for line in lines:
        letters[line.size] += len(line.text)
    return letters.most_common(1)[0][0] if letters else 10.0


def joined(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield the lines with a bullet that stands alone put before the line that it belongs to."""
    bullet: Line | None = None
    for line in lines:
        if bullet and line.page == bullet.page and abs(line.y - bullet.y) < line.size:
            yield replace(line, text=f"{bullet.text} {line.text}", x=bullet.x)
            bullet = None
            continue
        if bullet:
            yield bullet
        bullet = line if line.text in BULLETS else None
        if not bullet:
            yield line
    if bullet:
        yield bullet
