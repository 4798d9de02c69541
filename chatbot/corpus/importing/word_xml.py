"""The XML of a Word document, before it is converted: what no reader sees goes, and is counted."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from chatbot.corpus.importing.parts import ImportRefused

DEEPEST = 200
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_CHANGES = tuple(_W + name for name in ("ins", "del", "moveFrom"))
_FORMATS = tuple(_W + name for name in ("pPr", "rPr", "tblPr", "tcPr", "sectPr"))
# How a run of text looks; what stands in it is no text, but may say that text was inserted or deleted.


@dataclass(slots=True)
class Count:
    """What was met on the way."""

    changes: int = 0
    comments: int = 0
    hidden: int = 0
    boxes: int = 0

    @property
    def warnings(self) -> tuple[str, ...]:
        """A sentence for each kind."""
        said = (
            (self.changes, "Tracked changes count as accepted: {}. Look whether that is what was meant."),
            (self.comments, "Comments left out: {}."),
            (self.hidden, "Pieces of hidden text left out: {}."),
            (self.boxes, "Text boxes put into the running text: {}. Look whether they stand in the right place."),
        )
        return tuple(text.format(number) for number, text in said if number)


class _Plain(ElementTree.TreeBuilder):
    """Builds the tree of XML that defines nothing.

    Asked of the parser, not looked for in the bytes: those may be in UTF-16.
    """

    def doctype(self, *given: str | None) -> None:
        """Refuse what begins to define names."""
        raise ImportRefused("This document defines names of its own, which no word processor does; save it afresh.")


def accepted(document: bytes) -> tuple[bytes, Count]:
    """Return word/document.xml with its hidden text gone and its text boxes where they are read, and what was met.

    What is deleted stays, marked: the converter leaves it out. Raises ImportRefused for what no word processor writes.
    """
    if _STRICT in document[:5_000]:
        raise ImportRefused("This is saved as “Strict Open XML”; save it as an ordinary Word document (.docx).")
    try:
        parser = ElementTree.XMLParser(target=_Plain())  # noqa: S314 (without entities; size and time are bounded)
        root = ElementTree.fromstring(document, parser)  # noqa: S314 (the same)
    except ElementTree.ParseError as error:
        raise ImportRefused("The text of this document is damaged; open it and save it afresh.") from error
    count = Count()
    _walk(root, count)
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True), count


def _walk(root: Element, count: Count) -> None:
    """Go through all elements, without calls into each other: nobody knows how deep they are nested."""
    waiting = [(root, 0)]
    while waiting:
        element, depth = waiting.pop()
        if depth > DEEPEST:
            raise ImportRefused("This document is nested deeper than any word processor does; save it afresh.")
        for child in list(element):
            count.changes += child.tag in _CHANGES
            count.comments += child.tag == _W + "commentReference"
            if child.tag == _W + "r" and _is_hidden(child):
                count.hidden += 1
                element.remove(child)
            elif child.tag == _MC + "AlternateContent":
                count.boxes += _one_box(child)
            if child.tag not in _FORMATS:
                waiting.append((child, depth + 1))


def _is_hidden(run: Element) -> bool:
    vanish = run.find(f"{_W}rPr/{_W}vanish")
    return vanish is not None and vanish.get(_W + "val", "true") not in ("0", "false")


def _one_box(choice: Element) -> bool:
    """Keep one of the two ways in which a text box is saved; return whether it was one."""
    box = next(choice.iter(_W + "txbxContent"), None)
    if box is None:
        return False
    for child in list(choice):
        choice.remove(child)
    SubElement(SubElement(choice, _MC + "Fallback"), _W + "pict").append(box)
    return True
