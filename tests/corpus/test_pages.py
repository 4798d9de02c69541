"""Whole pages as site builders make them, and as people save them from a browser: what stays and what goes.

Each page has a .toml file beside it: what it shows of itself, how each of its passages begins (in order, without the
sentence that opens a list), its headings, and texts of the page around it that may be in no passage and no heading.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from chatbot.corpus.reader import read_file
from chatbot.values import Article

PAGES = Path(__file__).parent / "pages"
EXPECTED = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in sorted(PAGES.glob("*.toml"))}


def read(name: str) -> Article:
    path = next(path for path in PAGES.glob(f"{name}.*") if path.suffix != ".toml")
    reading = read_file(path, PAGES)
    assert not reading.problems
    return reading.articles[0]


def shown(article: Article) -> str:
    return "\n".join(text for passage in article.passages for text in (passage.text, *passage.headings)).casefold()


@pytest.mark.parametrize("name", EXPECTED)
def test_page_keeps_every_passage_in_order_and_nothing_else(name):
    beginnings = EXPECTED[name]["keep"]
    texts = [passage.text for passage in read(name).passages]
    assert [text[: len(begin)] for text, begin in zip(texts, beginnings, strict=False)] == beginnings
    assert len(texts) == len(beginnings), texts[len(beginnings) :]


@pytest.mark.parametrize("name", EXPECTED)
def test_no_furniture_is_left(name):
    text = shown(read(name))
    assert [line for line in EXPECTED[name]["furniture"] if line.casefold() in text] == []


@pytest.mark.parametrize("name", EXPECTED)
def test_page_gives_its_title_author_and_date(name):
    expected, article = EXPECTED[name], read(name)
    assert article.title == expected["title"]
    assert article.source.author == expected.get("author")
    assert article.source.reviewer == expected.get("reviewer")
    assert article.source.published == expected.get("published")
    assert article.source.url == expected.get("url", article.source.url)


@pytest.mark.parametrize("name", EXPECTED)
def test_page_keeps_its_headings(name):
    headings = [heading for passage in read(name).passages for heading in passage.headings]
    assert list(dict.fromkeys(headings)) == EXPECTED[name]["headings"]


def test_there_are_enough_pages_to_mean_something():
    assert len(EXPECTED) >= 12
    assert sum(len(expected["furniture"]) for expected in EXPECTED.values()) >= 60
