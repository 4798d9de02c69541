from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from chatbot.corpus.passages import opening_sentence, passages_of, tells
from chatbot.corpus.prose import words
from chatbot.values import Block, BlockKind, Passage, SampleQuestion, Source

SOURCE = Source("hip.md")


def heading(text: str, level: int = 2) -> Block:
    return Block(BlockKind.HEADING, text, level=level)


def paragraph(text: str) -> Block:
    return Block(BlockKind.PARAGRAPH, text)


def item(text: str, level: int = 0) -> Block:
    return Block(BlockKind.ITEM, text, level=level)


def quote(text: str) -> Block:
    return Block(BlockKind.QUOTE, text)


def passages(*blocks: Block, questions: tuple[SampleQuestion, ...] = ()) -> tuple[Passage, ...]:
    return passages_of(blocks, slug="hip", title="Hip", source=SOURCE, questions=questions)


def texts(*blocks: Block) -> list[str]:
    return [passage.text for passage in passages(*blocks)]


FACT = "Swimming moves the hip without weight on it."
OTHER = "Cycling on a home trainer keeps the thighs strong."


# --- what is a passage


def test_a_paragraph_is_a_passage_that_carries_all_it_needs():
    (passage,) = passages(heading("Moving"), paragraph(FACT))
    assert (passage.slug, passage.title, passage.headings, passage.text) == ("hip", "Hip", ("Moving",), FACT)
    assert passage.source is SOURCE
    assert passage.id.startswith("hip#swimming-moves-the-hip-without-")


def test_headings_alone_are_no_passages():
    assert texts(heading("Moving"), heading("Resting")) == []


def test_a_bare_list_stays_with_its_opening_paragraph():
    assert texts(paragraph("Tell the nurse about:"), item("numbness"), item("fever")) == [
        "Tell the nurse about:\n- numbness\n- fever"
    ]


def test_a_bare_list_below_a_heading_stands_alone():
    assert texts(heading("Signs"), item("numbness"), item("fever")) == ["- numbness\n- fever"]


def test_items_with_facts_are_passages_after_the_sentence_that_opens_their_list():
    opening = "Two things help. Try these for a month:"
    first, second, third = passages(paragraph(opening), item(FACT), item(OTHER))
    assert first.text == opening
    assert (second.text, second.lead_in) == (f"Try these for a month:\n{FACT}", "Try these for a month:")
    assert third.text == f"Try these for a month:\n{OTHER}"


def test_an_opening_that_only_announces_is_no_passage_beside_its_items():
    assert texts(paragraph("Two things help:"), item(FACT), item(OTHER)) == [
        f"Two things help:\n{FACT}",
        f"Two things help:\n{OTHER}",
    ]


def test_a_paragraph_that_announces_nothing_lends_its_items_no_sentence():
    first, second, _ = passages(paragraph("Rest first. Ice eases the pain at night."), item(FACT), item(OTHER))
    assert first.text == "Rest first. Ice eases the pain at night."
    assert (second.text, second.lead_in) == (FACT, "")


def test_a_list_of_mostly_bare_items_is_one_passage():
    assert len(texts(paragraph("Bring:"), item("shoes"), item("a towel"), item(FACT))) == 1


def test_a_very_long_bare_list_is_shown_item_by_item():
    found = texts(paragraph("Bring:"), *(item(f"thing {number}") for number in range(30)))
    assert len(found) == 30
    assert found[0] == "Bring:\nthing 0"


def test_a_bare_list_of_twenty_items_is_one_passage_and_of_twenty_one_is_many():
    counts = [len(texts(paragraph("Bring:"), *(item(f"thing {at}") for at in range(count)))) for count in (20, 21)]
    assert counts == [1, 21]


def test_items_below_a_later_item_stand_once():
    assert texts(item("shoes"), item("for the pool"), item("a cap", 1)) == ["- shoes\n- for the pool\n- a cap"]


def test_a_first_item_deeper_than_the_next_is_kept():
    assert texts(item("a cap", 1), item("shoes"), item("a towel")) == ["- a cap\n- shoes\n- a towel"]


def test_levels_deeper_than_a_list_has_are_read_as_one():
    run = [item(f"thing {level}", level) for level in (*range(9), 7, 6, 5, 8)]
    assert texts(*run) == ["\n".join(f"- {each.text}" for each in run)]


def test_facts_on_several_levels_stand_alone_after_their_openings():
    found = passages(item("In water:"), item(FACT, 1), item("On land:"), item("At home:", 1), item(OTHER, 2))
    assert [passage.text for passage in found] == [f"In water:\n{FACT}", f"On land:\nAt home:\n{OTHER}"]


def test_half_of_the_items_must_carry_facts():
    assert len(texts(item(FACT), item("fever"))) == 2
    assert len(texts(item(FACT), item("fever"), item("rest"))) == 1


def test_items_below_an_item_stay_with_it():
    found = texts(paragraph("Pack:"), item("for the pool"), item("a towel", 1), item("a cap", 1), item("for the gym"))
    assert found == ["Pack:\n- for the pool\n- a towel\n- a cap\n- for the gym"]


def test_facts_below_an_item_keep_both_openings():
    _, last = passages(paragraph("Move often:"), item("In water:"), item(FACT, 1), item(OTHER, 1))
    assert last.text == f"Move often:\nIn water:\n{OTHER}"
    assert last.lead_in == "Move often:\nIn water:"


def test_a_quotation_stays_with_its_opening_and_its_source():
    found = texts(paragraph("A trainer says:"), quote("“Slow is fast.”"), quote("— Ada Moss"))
    assert found == ["A trainer says:\n“Slow is fast.”\n— Ada Moss"]


def test_a_quotation_that_nobody_announces_is_a_passage_of_its_own():
    assert texts(paragraph(FACT), quote("“Slow is fast.”")) == [FACT, "“Slow is fast.”"]


def test_a_list_belongs_to_its_own_section_only():
    assert texts(paragraph(FACT), heading("Bring"), item("shoes"), item("socks")) == [FACT, "- shoes\n- socks"]


def test_a_sentence_that_only_announces_the_headings_below_it_is_no_passage():
    opening = paragraph("There are two ways:")
    assert texts(opening, heading("In water"), paragraph(FACT)) == [FACT]
    assert texts(opening, paragraph(FACT)) == ["There are two ways:", FACT]
    assert texts(heading("Ways"), opening, heading("In water", 3), paragraph(FACT)) == [FACT]


def test_doubled_paragraphs_are_kept_once():
    assert texts(paragraph(FACT), heading("Again"), paragraph(FACT.upper())) == [FACT]


def test_the_same_item_under_two_openings_is_kept_twice_under_two_names():
    found = passages(
        *(paragraph("Do this daily:"), item(FACT), item(OTHER)),
        *(heading("Later"), paragraph("Do this weekly:"), item(FACT), item(OTHER)),
    )
    assert len({passage.id for passage in found}) == 4


def test_fact_or_phrase():
    assert tells(FACT)
    assert tells("Blood test: it shows whether the joint is inflamed.")
    assert not tells("numbness in one leg")
    assert not tells("Rest.")
    assert not tells("How long will it take before I can go back to work again?")
    assert tells("a phrase that goes on and on and on for so many words that it says more than a single symptom would")


def test_sentence_that_opens_a_list():
    assert opening_sentence("Rest helps. So do these:") == "So do these:"
    assert opening_sentence("Rest helps. So do the following exercises.") == "So do the following exercises."
    assert opening_sentence("Rest has three effects.") == "Rest has three effects."
    assert opening_sentence("Rest helps. Ice does too.") == ""
    assert opening_sentence("") == ""


# --- sample questions


def test_sample_questions_go_to_every_passage_of_their_section():
    asked = (
        SampleQuestion("can I swim", "In Water:"),
        SampleQuestion("what is it", ""),
        SampleQuestion("and", "Moving"),
    )
    blocks = (paragraph("Hips hurt."), heading("Moving"), paragraph(OTHER), heading("In water", 3), paragraph(FACT))
    assert [passage.questions for passage in passages(*blocks, questions=asked)] == [
        ("what is it",),
        ("and",),
        ("can I swim", "and"),
    ]


# --- lasting names

WORDS = "ankle bench cold dawn elbow floor garden hour iron jump knee ladder muscle night oat pool".split()
sentence = st.lists(st.sampled_from(WORDS), min_size=9, max_size=14).map(
    lambda found: " ".join(found).capitalize() + "."
)
block = st.one_of(
    sentence.map(paragraph),
    sentence.map(item),
    st.sampled_from(WORDS).map(lambda word: heading(word.capitalize())),
    st.sampled_from(WORDS).map(item),
)


def ids_by_own_words(blocks: list[Block]) -> dict[tuple[str, ...], str]:
    found = passages(*blocks)
    return {words(passage.text.removeprefix(passage.lead_in)): passage.id for passage in found}


def all_differ(blocks: list[Block]) -> bool:
    texts = [words(block.text) for block in blocks]
    return len(set(texts)) == len(texts)


@given(st.lists(block, min_size=1, max_size=8), block, st.integers(0, 8))
def test_inserting_a_block_leaves_the_names_of_all_other_passages_alone(blocks, new, place):
    edited = [*blocks[:place], new, *blocks[place:]]
    assume(all_differ(edited))
    before, after = ids_by_own_words(blocks), ids_by_own_words(edited)
    assert all(after[own] == before[own] for own in before.keys() & after.keys())


@given(st.lists(sentence, min_size=2, max_size=8, unique=True), sentence, st.data())
def test_editing_or_deleting_a_paragraph_leaves_all_others_alone(sentences, new, data):
    assume(new not in sentences)
    place = data.draw(st.integers(0, len(sentences) - 1))
    ids = [passage.id for passage in passages(*map(paragraph, sentences))]
    edited = [passage.id for passage in passages(*map(paragraph, [*sentences[:place], new, *sentences[place + 1 :]]))]
    deleted = [passage.id for passage in passages(*map(paragraph, [*sentences[:place], *sentences[place + 1 :]]))]
    assert [*edited[:place], *edited[place + 1 :]] == [*ids[:place], *ids[place + 1 :]] == deleted


@given(st.lists(block, min_size=1, max_size=8), st.sampled_from(WORDS))
def test_editing_headings_changes_no_name(blocks, word):
    renamed = [
        heading(f"{word} {index}") if each.kind is BlockKind.HEADING else each for index, each in enumerate(blocks)
    ]
    assert [passage.id for passage in passages(*blocks)] == [passage.id for passage in passages(*renamed)]


@given(st.lists(block, max_size=12))
def test_no_two_passages_share_a_name_and_none_is_empty(blocks):
    found = passages(*blocks)
    assert len({passage.id for passage in found}) == len(found)
    assert all(passage.text.strip() for passage in found)


@given(st.lists(block, max_size=12))
def test_every_word_of_every_paragraph_and_item_is_in_some_passage(blocks):
    shown = " ".join(passage.text for passage in passages(*blocks))
    assert all(
        each.text in shown or each.text.upper() in shown.upper()
        for each in blocks
        if each.kind is not BlockKind.HEADING
    )


def test_an_edit_of_the_opening_sentence_keeps_the_names_of_the_items():
    before = passages(paragraph("Do this daily:"), item(FACT), item(OTHER))
    after = passages(paragraph("Do this every day:"), item(FACT), item(OTHER))
    assert [passage.id for passage in before] == [passage.id for passage in after]
    assert before[0].text != after[0].text
