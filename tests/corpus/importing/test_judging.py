"""Whatever a document is made of, its draft is served as what was kept of it, and nothing is lost on the way."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatbot.corpus.importing.judging import judged, unserved, usable
from chatbot.corpus.importing.parts import Imported, ImportRefused, Page, Part, chosen
from chatbot.corpus.passages import passages_of
from chatbot.corpus.prose import one_line
from chatbot.corpus.reader import read_file
from chatbot.values import Block, BlockKind, Source

LINES = (
    "Sciatica is leg pain that follows the sciatic nerve from the lower back down to the foot.",
    "Ketamine may ease it for some people; the relief often lasts for days or for some weeks.",
    "What it is", "1. How it helps:", "Signs and Symptoms", "When should I call?", "a weak foot", "numb skin",
    "Call your doctor when you notice:", "These are the ways:", "“It was over before I knew it had begun.”",
    "— Olga Brandt, 2019", "By Ines Duarte | March 9, 2022", "5 min read", "Share this", "Menu", "Home", "Contact us",
    "Related articles", "References", "Leave a Reply", "Book your appointment today! Call 555 0100 now.",
    "Previous", "Next", "© 2024 Harbor Spine", "# no heading", "1986. was a year", "a | b", "*starred*", "- dash",
    "Walking is good for most backs and only has to begin again slowly. Call us today to book your visit!",
)  # fmt: skip


@st.composite
def parts(draw: st.DrawFn) -> Part:
    kind = draw(st.sampled_from([*BlockKind, BlockKind.PARAGRAPH, BlockKind.PARAGRAPH]))
    level = draw(st.integers(0, 4)) if kind in (BlockKind.HEADING, BlockKind.ITEM) else 0
    text = draw(
        st.sampled_from(LINES) | st.sampled_from(LINES).flatmap(lambda one: st.sampled_from(LINES).map(one.__add__))
    )
    ordered = draw(st.booleans()) and kind is BlockKind.ITEM
    reason = draw(st.sampled_from(["", "", "", "marked"]))
    return Part(Block(kind, one_line(text), level=level, ordered=ordered), reason=reason)


pages = st.builds(
    Page,
    title=st.sampled_from([None, "What it is", "Sciatica & Sport: 1 #2"]),
    metadata=st.just({}),
    parts=st.lists(parts(), min_size=2, max_size=14).map(tuple),
)


def bring_in(page: Page) -> Imported | None:
    try:
        return judged(page, "file.txt", "txt")
    except ImportRefused:
        return None


@given(pages)
@settings(max_examples=150)
def test_draft_is_served_as_what_was_kept(page):
    imported = bring_in(page)
    if imported is None:
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "draft.md"
        path.write_text(imported.markdown.replace("status: draft\n", ""), "utf-8")
        served = read_file(path, Path(folder)).articles[0].passages
    kept = passages_of([part.block for part in imported.kept], slug="draft", title=imported.title, source=Source(""))
    assert unserved(imported) == frozenset()
    assert [(each.headings, each.text) for each in served] == [(each.headings, each.text) for each in kept]


@given(pages)
@settings(max_examples=150)
def test_no_word_of_the_document_is_lost(page):
    imported = bring_in(page)
    if imported is None:
        return
    words = [word for part in page.parts for word in part.block.text.split()]
    assert [word for part in imported.parts for word in part.block.text.split()] == words


@given(pages)
@settings(max_examples=50)
def test_everything_left_out_says_why(page):
    imported = bring_in(page)
    assert imported is None or all(part.reason.strip() for part in imported.left_out)


def test_restored_part_stands_in_its_place_again():
    page = Page("Nerves", {}, tuple(Part(Block(BlockKind.PARAGRAPH, text)) for text in (LINES[0], LINES[13], LINES[1])))
    imported = judged(page, "a.txt", "txt")
    assert [part.block.text for part in imported.left_out] == ["5 min read"]
    restored = chosen(imported, frozenset(range(3)))
    assert [part.block.text for part in restored.kept] == [LINES[0], "5 min read", LINES[1]]


def test_restored_part_that_visitors_would_not_be_shown_is_known():
    page = Page("Nerves", {}, tuple(Part(Block(BlockKind.PARAGRAPH, text)) for text in (LINES[0], LINES[13], LINES[1])))
    imported = judged(page, "a.txt", "txt")
    assert unserved(imported) == frozenset()
    assert unserved(chosen(imported, frozenset(range(3)))) == {1}


def test_document_without_text_is_refused():
    with pytest.raises(ImportRefused, match="There is no text to answer with"):
        judged(Page(None, {}, (Part(Block(BlockKind.PARAGRAPH, "Menu"), reason="marked"),)), "a.html", "html")


def test_value_that_cannot_be_used_is_left_out_and_told():
    values, faults = usable(
        {"published": date(2024, 5, 2), "author": "A. B.", "reviewed": "last May", "layout": "post"}
    )
    assert values == {"author": "A. B.", "published": "2024-05-02"}
    assert any(fault.startswith("reviewed was not taken over") for fault in faults)
    assert "layout was not taken over: it is not known here." in faults


def test_doses_are_warned_of_and_stay_in_the_draft():
    texts = ("Ketamine is a drug.", "Take half a vial every morning.", "Most people get 50 mg.")
    found = judged(Page("Title", {}, tuple(Part(Block(BlockKind.PARAGRAPH, text)) for text in texts)), "a.txt", "txt")
    assert [warning.partition("”")[0] for warning in found.warnings] == ["“Take half a vial", "“50 mg"]
    assert [part.block.text for part in found.kept] == list(texts)
