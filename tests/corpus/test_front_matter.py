from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.corpus.front_matter import FrontMatter, read_front_matter
from chatbot.errors import CorpusError

SOURCE = """---
title: "Sore hips: a guide"
published: 2023-08-15
empty:
nothing: null
said: "null"
source:
  name: Hill Clinic
topics: [hips, 'winter sports']
questions:
  - ask: can I swim
    section: "In water"
  - ask: yes
...
Body

starts here
"""


def test_values_stay_as_they_are_written():
    values = read_front_matter(SOURCE).values
    assert values == {
        "title": "Sore hips: a guide",
        "published": "2023-08-15",
        "said": "null",
        "source": {"name": "Hill Clinic"},
        "topics": ["hips", "winter sports"],
        "questions": [{"ask": "can I swim", "section": "In water"}, {"ask": "yes"}],
    }


def test_every_value_knows_its_line():
    lines = read_front_matter(SOURCE).lines
    assert (lines["title"], lines["published"], lines["empty"]) == (2, 3, 4)
    assert (lines["source.name"], lines["topics.1"]) == (8, 9)
    assert (lines["questions.0.section"], lines["questions.1"], lines["questions.1.ask"]) == (12, 13, 13)


def test_body_begins_below():
    front = read_front_matter(SOURCE)
    assert (front.body, front.body_line) == ("Body\n\nstarts here\n", 15)


def test_without_front_matter_all_is_body():
    front = read_front_matter("Body\n---\ntitle: no\n---\n")
    assert (front.values, front.body_line, front.body) == ({}, 1, "Body\n---\ntitle: no\n---\n")


def test_a_comment_in_front_matter_is_no_value():
    assert read_front_matter("---\n# for the team\ntitle: Hips # sore\n---\n").values == {"title": "Hips"}


def test_long_texts_may_be_folded():
    assert read_front_matter("---\nsummary: >\n  one\n  two\n---\n").values == {"summary": "one two"}


@given(st.text(max_size=400))
def test_any_front_matter_is_read_or_refused_with_a_line_inside_it(text):
    front, problems = FrontMatter(), ()
    try:
        front = read_front_matter(f"---\n{text}\n---\nBody")
    except CorpusError as error:
        problems = error.problems
    assert all(isinstance(name, str) for name in front.values)
    assert all(1 <= problem.line <= text.count("\n") + 3 for problem in problems)


@pytest.mark.parametrize("end", ["---", "---  ", "..."])
def test_both_ends_of_yaml_are_known(end):
    assert read_front_matter(f"---\ntitle: Hips\n{end}\nBody").body == "Body"
