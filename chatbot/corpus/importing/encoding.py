"""Bytes become text, whatever program wrote them."""

from __future__ import annotations

import codecs
import re

from chatbot.corpus.importing.parts import ImportRefused

MOST_CONTROLS = 0.002
# share of control characters from which bytes are a program or a picture, and no text
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*(?:[\"']\s*)?([\w.:-]{2,40})", re.IGNORECASE)
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ufffe\uffff]")
# What browsers read when a page says so; the codec names that Python adds (zip, rot13, …) stay out.
_KNOWN = re.compile(r"(?:utf-?8|utf-?16(?:le|be)?|us-ascii|iso-?8859-\d{1,2}|latin-?1|windows-125\d|cp125\d|macintosh)")


def text_of(data: bytes, declared: str = "") -> tuple[str, tuple[str, ...]]:
    """Return bytes as text with "\\n" at the ends of its lines, and a warning where the encoding is a guess.

    declared: the encoding that was said beside the text, "" for none. A byte order mark counts first, then UTF-8 where
    it fits, what is declared, UTF-16 where every other byte is zero, and at last Windows-1252, which most older text
    is in. Raises ImportRefused for what is no text.
    """
    text, guessed = _decoded(data, declared)
    if len(_CONTROL.findall(text)) > MOST_CONTROLS * len(text):
        raise ImportRefused("This is no text: it holds the bytes of a program, a picture or an archive.")
    text = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if not text.strip():
        raise ImportRefused("This file holds no text.")
    warning = f"It was read as {guessed}: look whether quotation marks and accents are right."
    return text, ((warning,) if guessed else ())


def _decoded(data: bytes, declared: str) -> tuple[str, str]:
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data.decode(name, errors="replace").lstrip("\ufeff"), ""
    for name in ("utf-8", _declared(data, declared), _wide(data)):
        try:
            if name:
                return data.decode(name), ""
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("cp1252", errors="replace"), "Windows-1252"


def _declared(data: bytes, declared: str) -> str:
    found = _DECLARED.search(data[:4_000])
    name = (declared or (found[1].decode("ascii", "ignore") if found else "")).strip().lower()
    # As in browsers: what calls itself Latin-1 is Windows-1252.
    name = "cp1252" if name in ("iso-8859-1", "latin-1", "latin1", "us-ascii") else name
    return name if _KNOWN.fullmatch(name) and name != "utf-8" else ""


def _wide(data: bytes) -> str:
    sample = data[:2_000]
    half = len(sample) // 2 or 1
    if sample[1::2].count(0) > 0.8 * half:
        return "utf-16-le"
    return "utf-16-be" if sample[::2].count(0) > 0.8 * half else ""
