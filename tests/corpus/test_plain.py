from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from chatbot.corpus.plain import parse
from chatbot.values import Block, BlockKind


def blocks(text: str) -> list[Block]:
    return list(parse(text).blocks)


def shapes(text: str) -> list[tuple[str, str]]:
    return [(block.kind.value, block.text) for block in blocks(text)]


def test_the_file_says_nothing_of_itself():
    document = parse("Sore Hips\n\nThey hurt.")
    assert (document.title, document.metadata) == (None, {})


def test_every_line_is_a_paragraph_and_knows_its_line():
    assert [(block.text, block.line) for block in blocks("One here.\nTwo here.\n\n\nThree here.")] == [
        ("One here.", 1),
        ("Two here.", 2),
        ("Three here.", 5),
    ]


def test_white_space_is_folded_and_invisible_characters_go():
    assert shapes("A\u00a0 warm\tba\u00adth\u200b helps. \u00a0\n\u200b\n") == [("paragraph", "A warm bath helps.")]


def test_bullets_and_numbers_of_many_shapes_are_items():
    text = "- a\n* b\n• c\n●d\n1. e\n2) f\na) g\n✓ h"
    assert [block.text for block in blocks(text) if block.kind is BlockKind.ITEM] == list("abcdefgh")
    assert [block.text for block in blocks(text) if block.ordered] == ["e", "f", "g"]


def test_numbers_and_dashes_in_prose_are_no_items():
    text = "2014. That was the year.\n1.5 cups of tea\n-5 degrees\nA. Smith wrote it."
    assert [block.kind for block in blocks(text)] == [BlockKind.PARAGRAPH] * 4


def test_items_are_nested_by_their_indent():
    levels = [block.level for block in blocks("- a\n  - b\n    - c\n  - d\n- e\n\nText.\n\n    - f")]
    assert levels == [0, 1, 2, 1, 0, 0, 0]


def test_an_indented_line_right_below_an_item_is_an_item_that_lost_its_mark():
    found = blocks("  • a\n    b\n  c\n\n    d")
    assert [(block.kind.value, block.text, block.level) for block in found] == [
        ("item", "a", 0),
        ("item", "b", 0),
        ("item", "c", 0),
        ("paragraph", "d", 0),
    ]


def test_wrapped_lines_are_joined_to_paragraphs_and_items():
    text = (
        "A warm bath loosens the muscles of the back in the evening, and it\n"
        "helps many people to fall asleep. A shower does the same for those\n"
        "who have no tub.\n"
        "\n"
        "  * Keep the water below the warmth of a fever, and have somebody\n"
        "    within call.\n"
        "  * Dry off well."
    )
    assert [block.text.split()[-1] for block in blocks(text)] == ["tub.", "call.", "well."]


def test_a_line_that_somebody_added_later_does_not_undo_the_wrapping():
    wrapped = (
        "A warm bath loosens the muscles of the back\nin the evening, and it helps many of us to\nfall asleep again.\n"
    )
    added = (
        "\nThis long line was added with an editor that does not wrap at all, and it goes on and on and on and on.\n"
    )
    assert len(blocks(wrapped + added)) == 2


def test_short_lines_that_had_room_are_not_joined():
    assert (
        len(blocks("Sore hips\nCold packs\nWarm baths\nLong walks in the park on a sunny day in spring are good.")) == 4
    )


def test_underlined_and_hashed_lines_are_headings():
    text = "Sore Hips\n=========\n\nRest\n----\n\n### Ice ###\n\nText."
    found = [(block.text, block.level) for block in blocks(text) if block.kind is BlockKind.HEADING]
    assert found == [("Sore Hips", 1), ("Rest", 2), ("Ice", 3)]


def test_rules_between_parts_are_dropped():
    assert shapes("One.\n\n* * *\n\n-----\n\nTwo.\n\n___") == [("paragraph", "One."), ("paragraph", "Two.")]


def test_quoted_lines_are_quotations():
    assert shapes("> Slow is fast.") == [("quote", "Slow is fast.")]


@given(st.text(max_size=500))
def test_no_word_is_lost_or_made_up(text):
    shown = "".join(block.text for block in blocks(text.replace("\r", "\n")))
    assert set(shown) <= set(text.replace("\r", "\n")) | {" "}


@given(st.lists(st.sampled_from(["- a", "  - b", "    c", "", "Text here.", "1. d", "# E", "===", "> f"]), max_size=15))
def test_levels_never_jump_and_lines_only_grow(lines):
    found = blocks("\n".join(lines))
    assert [block.line for block in found] == sorted(block.line for block in found)
    assert all(block.level <= 6 for block in found)
