"""What is written as Markdown reads back as the same blocks, whatever the words hold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.corpus import markdown
from chatbot.corpus.front_matter import read_front_matter
from chatbot.corpus.outline import outline
from chatbot.corpus.prose import one_line
from chatbot.corpus.writing import Written, article_text, body_text, escaped
from chatbot.values import Block, BlockKind

SIGNS = [*"\\`*_[]()<>&#+-=~!.:;|\"'{} \u00a0\u201c\u2019é1a", "1. ", "&amp;", "---", "# ", "<b>", "http://a.b "]
texts = st.lists(st.sampled_from(SIGNS) | st.characters(codec="utf-8", exclude_categories=["C"]), max_size=12).map(
    lambda parts: one_line("".join(parts))
)
words = texts.filter(bool)


@st.composite
def written(draw: st.DrawFn) -> Written:
    kind = draw(st.sampled_from(BlockKind))
    if kind is BlockKind.ITEM and draw(st.booleans()):
        cells = tuple(draw(st.lists(texts, min_size=1, max_size=4).filter(any)))
        text = " – ".join(filter(None, cells))
        return Written(Block(kind, text), cells=tuple(escaped(cell).replace("|", "\\|") for cell in cells))
    level = draw(st.integers(0, 5)) if kind in (BlockKind.HEADING, BlockKind.ITEM) else 0
    return Written(Block(kind, draw(words), level=level, ordered=draw(st.booleans())))


@given(st.lists(written(), max_size=10))
def test_blocks_read_back_with_the_same_kinds_and_words(given_blocks):
    read = markdown.read_body(body_text(given_blocks))
    assert [(block.kind, block.text) for block in read] == [(each.block.kind, each.block.text) for each in given_blocks]


@given(st.lists(written(), max_size=10))
def test_what_is_read_back_is_written_the_same(given_blocks):
    plain = [each for each in given_blocks if not each.cells]
    once = body_text(plain)
    assert body_text([Written(block) for block in markdown.read_body(once)]) == once


@pytest.mark.parametrize("text", ["#", "##", "# #", "C#", "\\#", "1.#", "-#", "a # b ##", "#a#", "&#"])
def test_heading_of_hashes_reads_back_as_it_was(text):
    (block,) = markdown.read_body(body_text([Written(Block(BlockKind.HEADING, text))]))
    assert (block.kind, block.text) == (BlockKind.HEADING, text)


@given(st.lists(st.integers(0, 4), max_size=8))
def test_headings_keep_their_place_below_each_other(levels):
    blocks = [
        block
        for number, level in enumerate(levels)
        for block in (
            Block(BlockKind.HEADING, f"Part {number}", level=level),
            Block(BlockKind.PARAGRAPH, f"Text {number}."),
        )
    ]
    read = markdown.read_body(body_text(list(map(Written, blocks))))
    assert [placed.headings for placed in outline(read)] == [placed.headings for placed in outline(blocks)]


@given(st.lists(st.tuples(st.integers(0, 3), st.booleans()), min_size=1, max_size=12))
def test_list_items_keep_their_depth_and_their_numbers(items):
    blocks, before = [], -1
    for level, ordered in items:
        before = min(level, before + 1)
        blocks.append(Block(BlockKind.ITEM, "word", level=before, ordered=ordered))
    read = markdown.read_body(body_text(list(map(Written, blocks))))
    assert [(block.level, block.ordered) for block in read] == [(block.level, block.ordered) for block in blocks]


def test_markup_stays_where_it_says_the_same_words():
    block = Block(BlockKind.PARAGRAPH, "See the study.")
    assert body_text([Written(block, "See the [study](https://a.example).")]) == "See the [study](https://a.example).\n"


def test_markup_that_says_other_words_is_not_used():
    block = Block(BlockKind.PARAGRAPH, "See it.")
    assert body_text([Written(block, "See it. **Buy now!**")]) == "See it.\n"


def test_paragraph_in_bold_does_not_become_a_heading():
    block = Block(BlockKind.PARAGRAPH, "not a heading of any kind")
    assert body_text([Written(block, "**not a heading of any kind**")]) == "not a heading of any kind\n"


def test_table_has_a_head_and_every_row_the_same_width():
    rows = [Written(Block(BlockKind.ITEM, " – ".join(cells)), cells=cells) for cells in (("Drug", "Dose"), ("a",))]
    assert body_text(rows) == "| Drug | Dose |\n| --- | --- |\n| a |  |\n"


@given(
    st.dictionaries(
        st.sampled_from(["title", "author", "summary"]), words.filter(str.isprintable), min_size=1, max_size=3
    )
)
def test_front_matter_reads_back(values):
    assert read_front_matter(article_text(values, "Text.\n")).values == values


def test_dates_stand_without_quotes():
    assert "published: 2024-05-02\n" in article_text({"title": "T", "published": "2024-05-02"}, "")
