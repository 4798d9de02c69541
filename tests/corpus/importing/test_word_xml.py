from __future__ import annotations

import pytest

from chatbot.corpus.importing.parts import ImportRefused
from chatbot.corpus.importing.word_xml import accepted


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be", "iso-8859-1"])
@pytest.mark.parametrize("defined", ['[<!ENTITY a "aaa"><!ENTITY b "&a;&a;&a;">]', 'SYSTEM "file:///etc/passwd"', ""])
def test_names_of_its_own_are_refused_in_every_encoding(encoding: str, defined: str) -> None:
    said = encoding.removesuffix("-be")
    mark = "\ufeff" if encoding == "utf-16-be" else ""
    document = f'{mark}<?xml version="1.0" encoding="{said}"?><!DOCTYPE w {defined}><w>text</w>'
    with pytest.raises(ImportRefused, match="names of its own"):
        accepted(document.encode(encoding))


def test_document_in_utf_16_that_defines_nothing_is_read() -> None:
    xml, count = accepted('<?xml version="1.0" encoding="utf-16"?><w>caf\u00e9</w>'.encode("utf-16"))
    assert "café" in xml.decode()
    assert not count.warnings
