from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.corpus.composing import with_body, with_values
from chatbot.corpus.front_matter import read_front_matter
from chatbot.corpus.reader import read_source
from chatbot.errors import CorpusError

ARTICLES = sorted(Path("corpus/articles").glob("*.md"))
SOURCE = """\
---
title: "Sciatica: a guide"
# who wrote it
author: A. Writer
topics: [conditions, evidence]
references:
  - title: "A trial"   # the best one
    year: 2017
# the questions
questions:
  - ask: "what is sciatica"
    section: "What it is"
---

## What it is

Leg pain.
"""


def test_one_value_changes_one_line() -> None:
    changed = with_values(SOURCE, {"author": "B. Writer", "title": "Sciatica: a guide"})
    assert changed == SOURCE.replace("A. Writer", "B. Writer")


def test_nothing_to_change_leaves_the_text_alone() -> None:
    assert (
        with_values(SOURCE, {"title": "Sciatica: a guide", "reviewer": "", "topics": ["conditions", "evidence"]})
        == SOURCE
    )


def test_new_value_stands_in_its_usual_place() -> None:
    assert "\nauthor: A. Writer\nreviewed: 2026-11-27\ntopics:" in with_values(SOURCE, {"reviewed": "2026-11-27"})


def test_empty_value_takes_its_lines_out_and_leaves_comments() -> None:
    changed = with_values(SOURCE, {"references": [], "author": ""})
    assert changed.startswith('---\ntitle: "Sciatica: a guide"\n# who wrote it\ntopics: [conditions, evidence]\n# the')


def test_lists_of_names_and_values_are_written_as_people_do() -> None:
    changed = with_values(SOURCE, {"questions": [{"ask": "why: me?", "section": "What it is"}], "topics": ["one"]})
    assert "topics: [one]\n" in changed
    assert "# the questions\nquestions:\n  - ask: 'why: me?'\n    section: What it is\n---\n" in changed


def test_text_without_front_matter_gets_one() -> None:
    assert with_values("Leg pain.\n", {"title": "Sciatica"}) == "---\ntitle: Sciatica\n---\n\nLeg pain.\n"


def test_front_matter_of_one_line_is_written_anew() -> None:
    changed = with_values("---\n{title: One, author: Two}\n---\ntext", {"author": "Three"})
    assert changed == "---\ntitle: One\nauthor: Three\n---\ntext"


def test_empty_front_matter_is_filled() -> None:
    assert with_values("---\n# nothing yet\n---\ntext", {"title": "One"}) == "---\n# nothing yet\ntitle: One\n---\ntext"


def test_unreadable_front_matter_is_refused() -> None:
    with pytest.raises(CorpusError, match="does not end"):
        with_values("---\ntitle: x", {"title": "y"})


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)
def test_shipped_article_keeps_all_but_the_changed_value(path: Path) -> None:
    source = path.read_text("utf-8")
    changed = with_values(source, {"reviewed": "2026-11-27", "reviewer": "Dr. Ada Example"})
    before, after = read_front_matter(source), read_front_matter(changed)
    assert after.body == before.body
    assert after.values == {**before.values, "reviewed": "2026-11-27", "reviewer": "Dr. Ada Example"}
    assert len(set(source.split("\n")) - set(changed.split("\n"))) <= 1
    assert read_source(changed.encode(), "articles/x.md").articles


words = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Cn", "Co"]), min_size=1, max_size=60
).filter(lambda text: text == text.strip() and text.isprintable())
values = st.one_of(
    words,
    st.lists(words, min_size=1, max_size=3),
    st.lists(st.dictionaries(words, words, min_size=1, max_size=3), min_size=1),
)


@given(changes=st.dictionaries(st.sampled_from(["title", "author", "topics", "mine"]), values, min_size=1))
def test_whatever_is_written_is_read_back(changes: dict[str, object]) -> None:
    before = read_front_matter(SOURCE)
    after = read_front_matter(with_values(SOURCE, changes))
    assert after.values == {**before.values, **changes}
    assert after.body == before.body


def test_other_body_leaves_the_front_matter_as_it_is() -> None:
    head, _, _ = SOURCE.partition("## What")
    assert with_body(SOURCE, "New.") == head.rstrip("\n") + "\nNew."
    assert with_body(SOURCE, read_front_matter(SOURCE).body) == SOURCE
    assert with_body("No facts.", "New.") == "New."
