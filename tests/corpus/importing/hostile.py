"""Uploads of somebody who means harm, or of a program that went wrong: a name and bytes each, made when asked for."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from io import BytesIO

from tests.corpus.importing.word_files import CONTENT_TYPES, NAMESPACES, RELATIONSHIPS, paragraph, word_file, zipped

MEGABYTE = 1_000_000
TEXT = b"Ketamine may ease nerve pain for some people, and the relief often lasts for days or even weeks. " * 3
PICTURE = b"\x89PNG\r\n\x1a\n" + b"\0" * 100
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"

Upload = tuple[str, bytes]


def _zip(files: Mapping[str, bytes], *, mode: int = 0, flags: int = 0) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = mode << 16
            archive.writestr(entry, text)
    data = bytearray(target.getvalue())
    if flags:
        at = data.index(b"PK\x03\x04")
        data[at + 6] |= flags
        at = data.index(b"PK\x01\x02")
        data[at + 8] |= flags
    return bytes(data)


def _doubled() -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("a.txt", TEXT)
        archive.writestr("b.txt", TEXT)
    return target.getvalue().replace(b"b.txt", b"a.txt")


def _lying(claim: int = 100) -> bytes:
    """Return a zip whose member claims to unpack to a few bytes and holds many."""
    data = bytearray(_zip({"a.txt": b"x" * 20 * MEGABYTE}))
    for sign, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = data.index(sign) + place
        data[at : at + 4] = struct.pack("<I", claim)
    return bytes(data)


def _word(body: str = "", **files: bytes | str) -> bytes:
    document = f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"
    return zipped(
        {
            "[Content_Types].xml": CONTENT_TYPES,
            "_rels/.rels": RELATIONSHIPS,
            "word/document.xml": document,
            **{name.replace("__", "/"): text for name, text in files.items()},
        }
    )


def _word_with_document(document: bytes) -> bytes:
    return zipped({"[Content_Types].xml": CONTENT_TYPES, "_rels/.rels": RELATIONSHIPS, "word/document.xml": document})


def _laughs(encoding: str = "utf-8") -> bytes:
    names = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 9))
    head = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE w [<!ENTITY l0 "lol">{names}]>'
    return _word_with_document(f"{head}<w:document {NAMESPACES}><w:body>&l8;</w:body></w:document>".encode(encoding))


def _outside() -> bytes:
    head = '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    return _word_with_document(f"{head}<w:document {NAMESPACES}><w:body>&f;</w:body></w:document>".encode())


def _pdf_stream(raw: bytes, filters: str = "/FlateDecode") -> bytes:
    stream = b"<</Filter " + filters.encode() + b"/Length %d>>stream\n" % len(raw) + raw + b"\nendstream endobj\n"
    return (
        PDF
        + b"3 0 obj<</Type/Page/Parent 2 0 R/Contents 4 0 R>>endobj\n4 0 obj"
        + stream
        + b"trailer<</Root 1 0 R>>\n%%EOF"
    )


def _pdf_bomb() -> bytes:
    return _pdf_stream(zlib.compress(b"BT /F1 12 Tf (word) Tj ET\n" * 3 * MEGABYTE, 1))


def _pdf_twice() -> bytes:
    inner = zlib.compress(zlib.compress(b"\0" * 100 * MEGABYTE, 1), 1)
    return _pdf_stream(inner, "[/FlateDecode/FlateDecode]")


def _pdf_loop() -> bytes:
    return (
        b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[2 0 R]/Count 1>>endobj\n"
        b"trailer<</Root 1 0 R>>\n%%EOF"
    )


def _pdf_pages() -> bytes:
    kids = b" ".join(b"%d 0 R" % number for number in range(3, 5_003))
    pages = b"".join(b"%d 0 obj<</Type/Page/Parent 2 0 R>>endobj\n" % number for number in range(3, 5_003))
    return (
        b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 5000/Kids["
        + kids
        + b"]>>endobj\n"
        + pages
        + b"trailer<</Root 1 0 R>>\n%%EOF"
    )


def _pdf_encrypted() -> bytes:
    from fpdf import FPDF  # noqa: PLC0415

    made = FPDF()
    made.add_page()
    made.set_font("Times", size=11)
    made.multi_cell(0, 5, TEXT.decode())
    made.set_encryption(owner_password="owner", user_password="reader")
    return bytes(made.output())


def _pdf_scan() -> bytes:
    from fpdf import FPDF  # noqa: PLC0415

    made = FPDF()
    made.add_page()
    made.rect(10, 10, 100, 100, style="F")
    return bytes(made.output())


def _many() -> bytes:
    return _zip({f"{number}.txt": b"x" for number in range(3_000)})


def _many_in_word() -> bytes:
    return _word(**{f"word__media__{number}.png": b"" for number in range(3_000)})


GOOD_WORD = word_file(paragraph(TEXT.decode()))

MADE: Mapping[str, Callable[[], Upload]] = {
    "html named md": lambda: ("a.md", b"<!DOCTYPE html><html><script>alert(1)</script></html>"),
    "html behind a comment named md": lambda: ("a.md", b"<!-- x --><html><body>Hi</body></html>"),
    "html named txt": lambda: ("a.txt", b"\n\n <html><body><p>Hello</p></body></html>"),
    "svg named md": lambda: ("a.md", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
    "svg named html": lambda: ("a.html", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
    "svg": lambda: ("a.svg", b"<svg/>"),
    "program named md": lambda: ("a.md", b"MZ\x90\0\x03\0\0\0" + b"\0" * 200),
    "linux program named txt": lambda: ("a.txt", b"\x7fELF\x02\x01\x01" + b"\0" * 200),
    "script named txt": lambda: ("a.txt", b"#!/bin/sh\nrm -rf /\n"),
    "program": lambda: ("setup.exe", b"MZ"),
    "picture named html": lambda: ("a.html", PICTURE),
    "picture named pdf": lambda: ("a.pdf", PICTURE),
    "picture named docx": lambda: ("a.docx", PICTURE),
    "gif that is html too": lambda: ("a.html", b"GIF89a=1;/*<html><p>Hello</p>*/"),
    "pdf named md": lambda: ("a.md", PDF),
    "pdf named docx": lambda: ("a.docx", PDF),
    "word named md": lambda: ("a.md", GOOD_WORD),
    "word named pdf": lambda: ("a.pdf", GOOD_WORD),
    "word named zip": lambda: ("a.zip", GOOD_WORD),
    "zip named docx": lambda: ("a.docx", _zip({"a.txt": TEXT})),
    "zip behind a picture": lambda: ("a.zip", PICTURE + _zip({"a.txt": TEXT})),
    "zip behind a program named docx": lambda: ("a.docx", b"MZ" + GOOD_WORD),
    "zip behind text named docx": lambda: ("a.docx", b"Hello " + GOOD_WORD),
    "excel named docx": lambda: ("a.docx", _zip({"[Content_Types].xml": b"", "xl/workbook.xml": b"<x/>"})),
    "presentation named docx": lambda: ("a.docx", _zip({"[Content_Types].xml": b"", "ppt/presentation.xml": b"<x/>"})),
    "libreoffice named docx": lambda: ("a.docx", _zip({"mimetype": b"application/vnd.oasis", "content.xml": b"<x/>"})),
    "old word": lambda: ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600),
    "rich text named txt": lambda: ("a.txt", b"{\\rtf1\\ansi Hello}"),
    "gzip named zip": lambda: ("a.zip", b"\x1f\x8b\x08\0" + b"\0" * 60),
    "empty": lambda: ("a.md", b""),
    "empty docx": lambda: ("a.docx", b""),
    "empty zip": lambda: ("a.zip", b"PK\x05\x06" + b"\0" * 18),
    "spaces only": lambda: ("a.txt", b" \n\t \n" * 50),
    "front matter only": lambda: ("a.md", b"---\ntitle: A\n---\n"),
    "zeros": lambda: ("a.txt", b"\0" * 5_000),
    "noise": lambda: ("a.txt", bytes(range(256)) * 20),
    "eleven megabytes": lambda: ("a.txt", b"a word and " * MEGABYTE),
    "eleven megabytes of docx": lambda: ("a.docx", GOOD_WORD + b"\0" * 11 * MEGABYTE),
    "one line of nine megabytes": lambda: ("a.md", b"a word " * 1_285_000),
    "two million lines": lambda: ("a.txt", b"a b\n" * 2 * MEGABYTE),
    "brackets": lambda: ("a.md", b"[" * 900_000),
    "yaml brackets": lambda: ("a.md", b"---\ntitle: " + b"[" * 20_000 + b"\n---\n" + TEXT),
    "yaml that makes objects": lambda: ("a.md", b"---\ntitle: !!python/object/apply:os.system [id]\n---\n" + TEXT),
    "html nested deep": lambda: ("a.html", b"<div>" * 200_000 + TEXT),
    "html of attributes": lambda: ("a.html", b"<p " + b"a=1 " * 200_000 + b">" + TEXT),
    "word bomb": lambda: ("a.docx", _word(word__media__a_xml=b"\0" * 70 * MEGABYTE)),
    "word bomb in the text": lambda: ("a.docx", _word("<w:p/>" * 2 * MEGABYTE)),
    "word of many entries": lambda: ("a.docx", _many_in_word()),
    "word nested deep": lambda: ("a.docx", _word("<w:ins>" * 90_000 + "</w:ins>" * 90_000)),
    "word that laughs": lambda: ("a.docx", _laughs()),
    "word that laughs in UTF-16": lambda: ("a.docx", _laughs("utf-16")),
    "word that reads files": lambda: ("a.docx", _outside()),
    "word broken inside": lambda: ("a.docx", _word_with_document(b"<w:document><w:body>")),
    "word without text": lambda: ("a.docx", _word()),
    "word truncated": lambda: ("a.docx", GOOD_WORD[: len(GOOD_WORD) // 2]),
    "word encrypted inside": lambda: ("a.docx", _zip({"[Content_Types].xml": b"x"}, flags=1)),
    "zip slip": lambda: ("a.zip", _zip({"../../escaped.txt": TEXT})),
    "zip slip of windows": lambda: ("a.zip", _zip({"..\\..\\escaped.txt": TEXT})),
    "zip to the root": lambda: ("a.zip", _zip({"/tmp/escaped.txt": TEXT})),
    "zip to a drive": lambda: ("a.zip", _zip({"C:escaped.txt": TEXT})),
    "zip with a link": lambda: ("a.zip", _zip({"a.txt": b"/etc/passwd"}, mode=0o120777)),
    "zip encrypted": lambda: ("a.zip", _zip({"a.txt": TEXT}, flags=1)),
    "zip bomb": lambda: ("a.zip", _zip({"a.txt": b"\0" * 70 * MEGABYTE})),
    "zip bomb in pieces": lambda: ("a.zip", _zip({f"{number}.txt": b"\0" * 900_000 for number in range(100)})),
    "zip that lies": lambda: ("a.zip", _lying()),
    "zip of many": lambda: ("a.zip", _many()),
    "zip of one name twice": lambda: ("a.zip", _doubled()),
    "zip in a zip": lambda: ("a.zip", _zip({"b.zip": _zip({"a.txt": TEXT})})),
    "zip truncated": lambda: ("a.zip", _zip({"a.txt": TEXT * 50})[:200]),
    "zip of nothing": lambda: ("a.zip", _zip({"__MACOSX/._a": b"x", ".DS_Store": b"x"})),
    "pdf truncated": lambda: ("a.pdf", PDF[:60]),
    "pdf of nothing": lambda: ("a.pdf", b"%PDF-1.7\n"),
    "pdf bomb": lambda: ("a.pdf", _pdf_bomb()),
    "pdf packed twice": lambda: ("a.pdf", _pdf_twice()),
    "pdf in a circle": lambda: ("a.pdf", _pdf_loop()),
    "pdf of many pages": lambda: ("a.pdf", _pdf_pages()),
    "pdf with a password": lambda: ("a.pdf", _pdf_encrypted()),
    "pdf of a scan": lambda: ("a.pdf", _pdf_scan()),
    "no ending": lambda: ("article", TEXT),
}
# Names that no file should have; what they hold is a good article.
NAMES: Mapping[str, str] = {
    "../../etc/passwd.txt": "passwd.txt",
    "..\\..\\windows\\a.txt": "a.txt",
    "/etc/a.txt": "a.txt",
    "a\0b.txt": "ab.txt",
    "a\nb\r.txt": "ab.txt",
    "a\"b'<c>.txt": "a\"b'<c>.txt",
    "a" * 300 + ".txt": "a" * 110 + "….txt",
    "con.txt": "con.txt",
    "NUL.txt": "NUL.txt",
    "\u202etxt.exe.txt": "txt.exe.txt",
    "ärzte – größe.TXT": "ärzte – größe.TXT",
}
