"""A draft as a form and back again: what a form changes, and what it leaves as it was."""

from __future__ import annotations

import pytest

from chatbot.corpus.front_matter import read_front_matter
from chatbot.web.staff.draft_form import REFERENCE, form_of, headings, slug_for, text_of, title_of

TEXT = """\
---
title: Heat and cold
topics: [heat, cold]
references:
  - Moss on warmth, 2020
  - title: On cold
    year: 2019
    doi: 10.1000/cold
questions:
  - ask: Does heat help?
    section: Heat
---

## Heat

Warmth helps stiff joints in the morning.

## Cold

## Heat
"""
BROKEN = "---\ntitle: [\n---\n\n## Heat\n"


def values(form: dict[str, str]) -> dict[str, object]:
    return dict(read_front_matter(text_of(form, TEXT)).values)


def test_form_shows_each_value_and_two_empty_rows() -> None:
    form = form_of(TEXT)
    assert form.texts["title"] == "Heat and cold"
    assert form.topics == "heat, cold"
    assert [row.get("title") for row in form.references] == ["Moss on warmth, 2020", "On cold", None, None]
    assert form.references[1]["address"] == "10.1000/cold"
    assert [row.get("ask") for row in form.questions] == ["Does heat help?", None, None]
    assert form.headings == ("Heat", "Cold")
    assert form.body.startswith("## Heat")
    assert TEXT.splitlines()[form.body_line - 1] == "## Heat"


def test_reference_that_was_not_touched_stays_as_the_file_has_it() -> None:
    rows = form_of(TEXT).references[:2]
    form = {f"reference-{at}-{name}": row.get(name, "") for at, row in enumerate(rows) for name in REFERENCE}
    assert values(form)["references"] == read_front_matter(TEXT).values["references"]


@pytest.mark.parametrize(
    ("address", "kind"), [("10.1000/new", "doi"), ("https://papers.example/new", "url"), ("10.1/short", "url")]
)
def test_new_reference_keeps_its_address_by_its_kind(address: str, kind: str) -> None:
    form = {"reference-0-authors": "", "reference-0-title": "New  one", "reference-0-address": address}
    assert values(form)["references"] == [{"title": "New one", kind: address}]


def test_reference_without_an_address_and_rows_left_empty() -> None:
    form = {f"reference-{number}-{name}": "" for number in range(3) for name in ("authors", "title", "address")}
    assert values({**form, "reference-1-title": "Only this"})["references"] == [{"title": "Only this"}]
    assert "references" not in values(form)


def test_question_without_words_is_left_out() -> None:
    form = {"question-0-ask": " ", "question-0-section": "Heat", "question-1-ask": "Is cold better?"}
    assert values(form)["questions"] == [{"ask": "Is cold better?"}]


def test_body_and_whole_text_are_taken_with_plain_line_ends() -> None:
    assert text_of({"whole": "one\r\ntwo\r\n"}, TEXT) == "one\ntwo\n"
    assert text_of({"body": "## New\r\n\r\nText."}, TEXT).partition("---\n\n")[2].rstrip() == "## New\n\nText."


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("---\ntitle: Heat and Cold!\n---\n", "heat-and-cold"),
        ("---\ntitle: Heat\nslug: warm-2\n---\n", "warm-2"),
        ("---\ntitle: Heat\nslug: Not A Slug\n---\n", "heat"),
        (f"---\ntitle: Heat\nslug: {'x' * 101}\n---\n", "heat"),
        ("---\ntitle: ''\n---\n", "before"),
        (BROKEN, "before"),
    ],
)
def test_slug_is_the_one_named_or_made_of_the_title(text: str, slug: str) -> None:
    assert slug_for(text, "before") == slug


def test_text_that_cannot_be_read_keeps_its_title_and_has_no_headings() -> None:
    assert title_of(BROKEN, "before") == "before"
    assert title_of("---\nslug: x\n---\n", "before") == "before"
    assert title_of(TEXT, "before") == "Heat and cold"
    assert headings(BROKEN) == ()
