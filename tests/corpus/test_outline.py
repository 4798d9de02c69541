from __future__ import annotations

from chatbot.corpus.outline import outline
from chatbot.values import Block, BlockKind

TEXT = Block(BlockKind.PARAGRAPH, "Rest for a day.")
OPENING = Block(BlockKind.PARAGRAPH, "Two things help:")


def head(text: str, level: int = 0, *, numbered: bool = False) -> Block:
    return Block(BlockKind.HEADING, text, level=level, ordered=numbered)


def paths(*blocks: Block) -> list[tuple[str, ...]]:
    return [placed.headings for placed in outline(blocks)]


def test_levels_of_the_file_decide_where_it_gives_them():
    assert paths(TEXT, head("A", 2), TEXT, head("B", 3), TEXT, head("C", 3), TEXT, head("D", 2), TEXT) == [
        *[(), ("A",), ("A", "B"), ("A", "C"), ("D",)],
    ]


def test_headings_without_level_stand_side_by_side():
    assert paths(head("A"), TEXT, head("B?"), TEXT) == [("A",), ("B?",)]


def test_a_heading_without_level_goes_below_one_that_has_one():
    assert paths(head("A", 2), TEXT, head("B"), TEXT, head("C", 2), TEXT) == [("A",), ("A", "B"), ("C",)]


def test_headings_before_a_colon_go_below_the_heading_that_they_follow():
    assert paths(head("A"), head("B:"), TEXT, head("C:"), TEXT, head("D"), TEXT) == [("A", "B"), ("A", "C"), ("D",)]


def test_numbered_headings_go_below_the_sentence_that_announces_them():
    one, two = head("One:", numbered=True), head("Two:", numbered=True)
    assert paths(head("A:"), OPENING, one, TEXT, two, TEXT, head("B:"), TEXT) == [
        *[("A",), ("A", "One"), ("A", "Two"), ("B",)],
    ]


def test_numbered_sections_stand_beside_the_introduction():
    one, two = head("One", numbered=True), head("Two", numbered=True)
    assert paths(head("Introduction"), TEXT, one, TEXT, two, TEXT) == [("Introduction",), ("One",), ("Two",)]


def test_a_mixed_habit_does_not_nest_by_chance():
    assert paths(head("A"), TEXT, head("B:"), TEXT, head("C"), TEXT) == [("A",), ("B",), ("C",)]
