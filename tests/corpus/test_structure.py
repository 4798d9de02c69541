from __future__ import annotations

from chatbot.corpus.plain import read_blocks
from chatbot.corpus.structure import recover
from chatbot.values import BlockKind

FACT = "Swimming moves the hip without weight on it, and it costs little."


def shapes(text: str) -> list[tuple[str, str]]:
    """Return (kind, beginning) of each block that is found in a plain text."""
    return [(block.kind.value, " ".join(block.text.split()[:3])) for block in recover(read_blocks(text))]


def headings(text: str) -> list[str]:
    return [block.text for block in recover(read_blocks(text)) if block.kind is BlockKind.HEADING]


def test_a_short_line_above_a_paragraph_is_a_heading():
    assert headings(f"Moving in Water\n\n{FACT}") == ["Moving in Water"]


def test_a_short_line_with_nothing_below_stays_a_paragraph():
    assert shapes(f"{FACT}\n\nCall 911") == [("paragraph", "Swimming moves the"), ("paragraph", "Call 911")]


def test_a_heading_fused_to_its_paragraph_is_parted_from_it():
    assert shapes("Risks and Cautions Cold water can bring cramps on.\n\nIn cold water, swim less.") == [
        ("heading", "Risks and Cautions"),
        ("paragraph", "Cold water can"),
        ("paragraph", "In cold water,"),
    ]


def test_a_question_written_as_the_last_item_heads_what_follows():
    assert headings(f"The signs are:\n  • limp\n  • ache\n  What Helps the Hip?\n\n{FACT}") == ["What Helps the Hip?"]


def test_a_title_written_as_the_last_bullet_heads_what_follows():
    listed = f"These help:\n  • {FACT}\n  • Stick. Hold it on the better side.\n  • Medicines for the Hip\n\n{FACT}"
    assert headings(listed) == ["Medicines for the Hip"]


def test_the_last_of_several_titles_in_a_list_is_an_item():
    assert headings(f"These help:\n  • Warm Baths\n  • Yoga Classes\n  • Heat Packs\n\n{FACT}") == []


def test_the_last_of_several_questions_in_a_list_is_an_item():
    assert headings(f"Ask about these:\n  • What helps?\n  • How Long Does It Last?\n\n{FACT}") == []


def test_numbered_lines_above_paragraphs_are_headings():
    assert headings(f"1. In Water:\n\n{FACT}\n\n2. On Land:\n\n{FACT}") == ["In Water:", "On Land:"]


def test_the_last_step_of_a_numbered_list_is_no_heading():
    assert headings(f"Do this:\n\n1. Rest\n2. Ice\n3. Compression\n\n{FACT}") == []


def test_numbered_names_with_lists_below_are_headings():
    text = f"  1. Water:\n\n    • {FACT}\n  2. Land:\n\n    • {FACT}\n    • {FACT}\n"
    assert [kind for kind, _ in shapes(text)] == ["heading", "item", "heading", "item", "item"]


def test_a_list_in_which_only_some_items_have_items_stays_a_list():
    assert headings("Bring these:\n\n- clothes\n  - a cap\n  - a towel\n- water\n") == []


def test_a_bullet_that_lost_its_mark_is_an_item():
    assert shapes("Bring:\n  • a cap\n    a towel\n  • water")[1:] == [
        ("item", "a cap"),
        ("item", "a towel"),
        ("item", "water"),
    ]


def test_short_lines_after_a_colon_are_the_list_that_they_were():
    assert [kind for kind, _ in shapes(f"Signs include:\nlimp\nache\nstiffness\n\n{FACT}")] == [
        *["paragraph", "item", "item", "item", "paragraph"],
    ]


def test_short_lines_after_an_open_sentence_are_a_list():
    assert [kind for kind, _ in shapes("See a doctor if\nthe leg is numb\nthe leg is weak")] == [
        *["paragraph", "item", "item"],
    ]


def test_the_heading_after_a_list_without_marks_is_found():
    assert headings(f"Signs include:\nlimp\nache\nWhat Helps the Hip?\n{FACT}") == ["What Helps the Hip?"]


def test_the_sentence_that_opens_a_list_is_no_heading():
    assert headings("Tell your nurse about:\n- fever\n- cramps") == []


def test_a_quotation_and_its_source_are_marked():
    text = f"A trainer said:\n\n“Slow is fast in the pool.”\n\nAda Moss (2014)\n\nMoving in Water\n\n{FACT}"
    assert [kind for kind, _ in shapes(text)] == ["paragraph", "quote", "quote", "heading", "paragraph"]


def test_a_term_in_quotation_marks_is_no_quotation():
    assert shapes("“Swimmer’s hip”\n\nanother line here")[0][0] != "quote"


def test_what_follows_a_quotation_is_not_its_source_unless_it_looks_like_one():
    assert [kind for kind, _ in shapes(f"“Slow is fast in the pool.”\n\nWhat Helps\n\n{FACT}")] == [
        *["quote", "heading", "paragraph"],
    ]


def test_words_are_never_changed():
    text = f"Hip Pain\n\n{FACT}\n\nRisks and Cautions Cold water can bring cramps on.\n\n- a cap\n  a towel\n"
    before = [word for block in read_blocks(text) for word in block.text.split()]
    assert [word for block in recover(read_blocks(text)) for word in block.text.split()] == before
