"""The five sample articles, split as `../shared/questions/golden_split.json` says; compared by text, not by id."""

from __future__ import annotations

import json
import re
import time
from collections import Counter
from pathlib import Path

import pytest

from chatbot.corpus.reader import read_corpus
from chatbot.corpus.readings import Reading

SHARED = Path(__file__).parents[3] / "shared"
GOLDEN = SHARED / "questions" / "golden_split.json"
SEEDS = SHARED / "seeds"

pytestmark = pytest.mark.skipif(not GOLDEN.exists(), reason="the sample articles in ../shared are not here")


def bag(*texts: str) -> Counter[str]:
    return Counter(word for text in texts for word in re.findall(r"[^\W_]+", text.casefold()))


@pytest.fixture(scope="module")
def golden():
    return json.loads(GOLDEN.read_text("utf-8"))


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read_corpus(SEEDS)


@pytest.fixture(scope="module")
def articles(reading):
    return {article.source.path: article for article in reading.articles}


def holders(expected, articles):
    """Return the passages of its file that hold 95 % of the expected passage's words; what it sells may be missing."""
    wanted = bag(expected["text"].replace(expected.get("promo", "\0"), ""))
    found = articles[expected["file"]].passages
    return [passage for passage in found if (bag(passage.text) & wanted).total() >= 0.95 * wanted.total()]


def test_every_golden_passage_is_held_by_exactly_one_of_ours(golden, articles):
    counts = {expected["id"]: len(holders(expected, articles)) for expected in golden["passages"]}
    assert {name: count for name, count in counts.items() if count != 1} == {}
    assert len(counts) == 62


def test_no_passage_holds_more_than_its_heading_and_opening_sentence_beside_the_golden_text(golden, articles):
    for expected in golden["passages"]:
        (passage,) = holders(expected, articles)
        allowed = bag(expected["text"], expected.get("lead_in", ""), *expected["heading_path"])
        assert bag(passage.text) - allowed == Counter(), expected["id"]


def test_what_sells_is_cut(golden, articles):
    for expected in golden["passages"]:
        if promo := expected.get("promo"):
            assert all(promo not in passage.text for passage in articles[expected["file"]].passages)


def test_headings_stand_above_the_passages_as_in_the_golden_split(golden, articles):
    for expected in golden["passages"]:
        (passage,) = holders(expected, articles)
        assert list(passage.headings) == expected["heading_path"], expected["id"]


def test_list_items_keep_the_sentence_that_opens_their_list(golden, articles):
    items = [expected for expected in golden["passages"] if expected["kind"] == "list_item" and "lead_in" in expected]
    for expected in items:
        (passage,) = holders(expected, articles)
        assert passage.lead_in == expected["lead_in"], expected["id"]
        assert passage.text.startswith(expected["lead_in"] + "\n")


def test_there_is_no_passage_beside_the_golden_ones(golden, articles):
    assert sum(len(article.passages) for article in articles.values()) == len(golden["passages"])


def test_furniture_and_headings_alone_are_never_passages(golden, articles):
    for forbidden in golden["must_not_be_passages"]:
        texts = [bag(passage.text) for passage in articles[forbidden["file"]].passages]
        assert bag(forbidden["text"]) not in texts, forbidden["text"]


def test_title_author_and_date_are_found_where_the_file_shows_them(golden, articles):
    for document in golden["documents"]:
        article, shown = articles[document["file"]], document.get("metadata", {})
        if document["title"]:
            assert article.title == document["title"]
        assert article.source.author == shown.get("author")
        assert (article.source.published and article.source.published.isoformat()) == shown.get("date")


def test_an_article_without_a_title_line_gets_a_readable_one(golden, articles):
    for document in golden["documents"]:
        if document["title"] is None:
            title = articles[document["file"]].title
            assert title in document["headings"]


def test_the_folder_has_no_problems_and_is_read_in_a_moment(reading):
    assert reading.problems == ()
    start = time.perf_counter()
    read_corpus(SEEDS)
    assert time.perf_counter() - start < 2
