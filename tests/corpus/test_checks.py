from __future__ import annotations

from datetime import date

import pytest

from chatbot.corpus.checks import check_blocks, check_details, check_questions, line_of, nearest
from chatbot.corpus.details import Details
from chatbot.values import Block, BlockKind, Document, Reference, SampleQuestion

TEXT = Block(BlockKind.PARAGRAPH, "Rest for a day.", line=9)


def document(lines: dict[str, int] | None = None, **metadata: object) -> Document:
    return Document(None, metadata, (TEXT,), lines or {name: number for number, name in enumerate(metadata, 2)})


def details(**metadata: object) -> Details:
    checked = check_details(document(**metadata))
    assert checked.problems == ()
    return checked.details


def problem(**metadata: object) -> str:
    (found,) = check_details(document(**metadata)).problems
    return f"{found.line}: {found.message}"


def test_what_is_not_said_is_unknown():
    assert details() == Details()


def test_every_value_gets_its_own_type():
    found = details(
        title=" Sore \u00a0hips ",
        slug="sore-hips",
        published="2023-08-15",
        reviewed=date(2024, 1, 2),
        source={"name": "Hill", "url": "https://hill.example/a?b=c"},
        topics=["hips", "winter"],
        status="draft",
        questions=[{"ask": "can I swim", "section": "Water"}, {"ask": "why"}],
    )
    assert (found.title, found.slug, found.published) == ("Sore hips", "sore-hips", date(2023, 8, 15))
    assert (found.reviewed, found.source) == (date(2024, 1, 2), ("Hill", "https://hill.example/a?b=c"))
    assert (found.topics, found.status) == (("hips", "winter"), "draft")
    assert found.questions == (SampleQuestion("can I swim", "Water"), SampleQuestion("why", ""))


def test_one_topic_may_stand_alone():
    assert details(topics="hips").topics == ("hips",)


def test_references_are_cited_with_authors_year_title_and_publisher():
    full = {"authors": "Doe J", "year": "2020", "title": "On hips.", "publisher": "Hip Press", "doi": "10.1000/182"}
    house = {"authors": "NICE", "year": "undated", "title": "Guide", "publisher": "NICE", "url": "https://nice.example"}
    assert details(references=[full, house, "Plain text"]).references == (
        Reference("Doe J (2020). On hips. Hip Press", "https://doi.org/10.1000/182"),
        Reference("NICE. Guide", "https://nice.example"),
        Reference("Plain text"),
    )


def test_an_address_counts_before_a_doi():
    reference = {"title": "On hips", "doi": "10.1000/182", "url": "https://hips.example"}
    assert details(references=[reference]).references[0].url == "https://hips.example"


def test_a_date_that_is_none_is_named_with_its_line_and_the_right_form():
    assert problem(title="A", published="08/2023") == '3: published "08/2023" is not a date; write it as 2023-08-15'


def test_a_fault_inside_a_list_is_named_with_its_own_line():
    lines = {"questions": 3, "questions.1": 6, "questions.1.ask": 7}
    checked = check_details(document(lines, questions=[{"ask": "why"}, {"ask": ["how"]}]))
    assert [str(found) for found in checked.problems] == [
        ":7: questions ask is not a single text; write it on one line"
    ]


def test_an_unknown_name_is_advice_with_the_nearest_known_one():
    (found,) = check_details(document(autor="Ann")).problems
    assert (found.severity, found.message) == (
        "advice",
        '"autor" is not known here and is not read; did you mean author?',
    )


def test_an_unknown_name_inside_a_value_is_advice_too():
    lines = {"source": 2, "source.adress": 3}
    (found,) = check_details(document(lines, source={"adress": "x"})).problems
    assert (found.line, found.severity) == (3, "advice")


def test_a_name_like_no_other_is_to_be_deleted():
    assert check_details(document(zzz="1")).problems[0].message.endswith("delete it")


def test_line_of_what_is_missing_is_the_line_of_what_it_is_missing_in():
    found = document({"questions": 3, "questions.1": 6})
    assert line_of(found, "questions.1.section") == 6
    assert line_of(found, "questions.0.section") == 3
    assert line_of(found, "title") == 1


@pytest.mark.parametrize(
    ("blocks", "words"),
    [
        ([], "no text to answer with"),
        ([Block(BlockKind.HEADING, "Rest")], "no text to answer with"),
        ([TEXT] * 2_001, "has 2,001 paragraphs; an article has at most 2,000: split it"),
        ([Block(BlockKind.ITEM, "x" * 20_001, line=4)], "20,001 characters; nobody can read it: break it up"),
    ],
)
def test_blocks_that_cannot_be_quoted(blocks, words):
    (found,) = check_blocks(blocks)
    assert words in found.message


def test_ordinary_blocks_are_fine():
    assert check_blocks([TEXT]) == ()


def test_sections_are_compared_by_their_words():
    blocks = (Block(BlockKind.HEADING, "1. In Water:"), TEXT)
    found = Document(None, {}, blocks, {"questions.1.section": 7})
    assert check_questions(found, [SampleQuestion("a", "in water"), SampleQuestion("b", "")]) == ()
    (missing,) = check_questions(found, [SampleQuestion("a", ""), SampleQuestion("b", "In the water")])
    assert str(missing) == ':7: section "In the water" is no heading of this article; did you mean "In Water"?'


def test_nearest_is_none_where_nothing_is_alike():
    assert nearest("xyz", ["title", "author"]) is None
    assert nearest("Titel", ["title", "author"]) == "title"
