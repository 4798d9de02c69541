from __future__ import annotations

import pytest

from chatbot.corpus.markdown import parse
from chatbot.errors import CorpusError
from chatbot.values import Block


def blocks(body: str) -> list[Block]:
    return list(parse(body).blocks)


def shapes(body: str) -> list[tuple[str, str]]:
    return [(block.kind.value, block.text) for block in blocks(body)]


def test_front_matter_is_title_and_metadata_with_lines():
    document = parse("---\ntitle: Hips\nauthor: Ann\n---\nText.")
    assert (document.title, document.metadata["author"], document.lines["author"]) == ("Hips", "Ann", 3)


def test_lines_count_from_the_top_of_the_file():
    document = parse("---\ntitle: Hips\n---\n\n## Rest\n\nText\ngoes on.\n\n- a\n- b\n")
    assert [block.line for block in document.blocks] == [5, 7, 10, 11]


def test_marks_go_and_words_stay():
    body = "A *warm* **bath** with [salt](https://salt.example) and `soap`,\n"
    body += "![a tub](tub.png)in the<br>evening &amp; night\\*."
    assert shapes(body) == [("paragraph", "A warm bath with salt and soap, in theevening & night*.")]


def test_headings_have_the_level_of_the_file():
    assert [(block.text, block.level) for block in blocks("# A\n\n### B #\n\nC\n===\n\nD\n---\n")] == [
        *[("A", 1), ("B", 3), ("C", 1), ("D", 2)],
    ]


def test_a_paragraph_in_bold_is_a_heading_without_level():
    found = blocks("**How long?**\n\nA day.\n\n**Rest is best.**\n\n**Rest** helps.\n")
    assert [(block.kind.value, block.text) for block in found] == [
        ("heading", "How long?"),
        ("paragraph", "A day."),
        ("paragraph", "Rest is best."),
        ("paragraph", "Rest helps."),
    ]


def test_lists_keep_depth_and_numbers():
    found = blocks("- a\n  - b\n    1. c\n- d\n")
    assert [(block.text, block.level, block.ordered) for block in found] == [
        *[("a", 0, False), ("b", 1, False), ("c", 2, True), ("d", 0, False)],
    ]


def test_a_further_paragraph_of_an_item_joins_it_unless_the_item_is_a_name():
    assert shapes("- Rest for a day.\n\n  Then walk.\n\n- Ice\n\n  It numbs.\n") == [
        ("item", "Rest for a day. Then walk."),
        ("item", "Ice"),
        ("paragraph", "It numbs."),
    ]


def test_quotations_are_marked():
    assert shapes("> Slow is fast.\n>\n> — Ada\n") == [("quote", "Slow is fast."), ("quote", "— Ada")]


def test_rows_of_a_table_are_items():
    assert shapes("| Sign | When |\n|---|---|\n| ache | night |\n| | day |\n") == [
        *[("item", "Sign – When"), ("item", "ache – night"), ("item", "day")],
    ]


def test_comments_are_dropped_and_html_keeps_its_text_alone():
    body = (
        "<!-- ask Ann -->\n\n<div onclick='run()'><p>Rest helps.</p><script>run()</script></div>\n\nIce <b>numbs</b>.\n"
    )
    assert shapes(body) == [("paragraph", "Rest helps."), ("paragraph", "Ice numbs.")]


def test_code_is_text():
    assert shapes("```\nrest  day\n```\n") == [("paragraph", "rest day")]


def test_a_title_that_is_no_text_is_left_to_the_checks():
    assert parse("---\ntitle: [a]\n---\n").title is None


@pytest.mark.parametrize("body", ["x\n" * 3_000, "x" * 20_001, "[" * 10_001])
def test_bulk_is_refused_before_it_is_parsed(body):
    with pytest.raises(CorpusError):
        parse(body)
