"""Corpora of any size, the same on every machine: the shipped articles' sentences, mixed and varied."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

from chatbot.corpus.reader import read_corpus
from chatbot.text.sentences import sentences
from chatbot.values import Article, Passage, Source

SHIPPED = Path("corpus")
SECTION, ARTICLE = 4, 20
# passages below one heading; of one article
SENTENCES = (2, 4)
VARIED = 0.25
# share of the words that become another English word: the vocabulary grows as it does in real articles


@dataclass(frozen=True, slots=True)
class _Stock:
    """What generated articles are made of."""

    sentences: tuple[str, ...]
    headings: tuple[str, ...]
    words: tuple[str, ...]
    weights: tuple[float, ...]


def generated(count: int) -> tuple[Article, ...]:
    """Return articles with `count` passages in all, each about 50 words long.

    A quarter of the words are drawn from general English by how common they are. The rest keeps the shipped articles'
    own words as common as they are there, so "ketamine" stands in as many passages as it does in real ones: the hard
    case for any index.
    """
    return tuple(one_by_one(count))


def one_by_one(count: int) -> Iterator[Article]:
    """Yield the articles that `generated` returns, none of them kept."""
    for number in range(-(-count // ARTICLE)):
        yield _article(number, min(ARTICLE, count - number * ARTICLE))


def passages_of(articles: Sequence[Article]) -> tuple[Passage, ...]:
    """Return the passages of all articles, in order."""
    return tuple(passage for article in articles for passage in article.passages)


def write_folder(articles: Sequence[Article], folder: Path) -> Path:
    """Write articles as Markdown files into folder/articles, as staff would, and return the folder."""
    (folder / "articles").mkdir(parents=True, exist_ok=True)
    for article in articles:
        (folder / "articles" / f"{article.slug}.md").write_text(markdown(article), "utf-8")
    return folder


def markdown(article: Article) -> str:
    """Return an article as its file would hold it."""
    lines = [
        f"---\ntitle: {json.dumps(article.title)}\nsource:\n  name: Example\n  url: https://example.org/{article.slug}\n---\n"
    ]
    heading = None
    for passage in article.passages:
        if passage.section != heading:
            heading = passage.section
            lines.append(f"## {heading}\n")
        lines.append(f"{passage.text}\n")
    return "\n".join(lines)


def _article(number: int, size: int) -> Article:
    chance = random.Random(number)
    slug, title = f"generated-{number}", f"{_heading(chance)} {number}"
    passages = []
    for place in range(size):
        if place % SECTION == 0:
            heading = f"{_heading(chance)} {number}-{place}"
        text = " ".join(_varied(chance) for _ in range(chance.randint(*SENTENCES)))
        passages.append(Passage(slug, f"p{place}", title, (heading,), text, Source(f"articles/{slug}.md")))
    return Article(slug, title, Source(f"articles/{slug}.md"), tuple(passages), f"{number:064x}")


def _heading(chance: random.Random) -> str:
    return _vary(chance.choice(_stock().headings), chance)


def _varied(chance: random.Random) -> str:
    return _vary(chance.choice(_stock().sentences), chance)


def _vary(text: str, chance: random.Random) -> str:
    stock = _stock()
    words = [
        chance.choices(stock.words, cum_weights=stock.weights)[0]
        if chance.random() < VARIED and word.islower()
        else word
        for word in text.split()
    ]
    return " ".join(words)


@cache
def _stock() -> _Stock:
    passages = passages_of(read_corpus(SHIPPED).articles)
    found = [text for passage in passages for text in _sentences(passage.text)]
    headings = dict.fromkeys(re.sub(r"\W+$", "", passage.section or passage.title) for passage in passages)
    words, weights, total = [], [], 0.0
    for word, zipf in _english():
        total += 10**zipf
        words.append(word)
        weights.append(total)
    return _Stock(tuple(found), tuple(headings), tuple(words), tuple(weights))


def _sentences(text: str) -> Iterator[str]:
    for span in sentences(text):
        found = text[span.start : span.end].removeprefix("- ")
        if len(found.split()) > SECTION:
            yield found


def _english() -> Iterator[tuple[str, float]]:
    lines = resources.files("chatbot.text").joinpath("english.tsv").read_text("utf-8").splitlines()
    for line in lines:
        if not line.startswith("#"):
            word, zipf = line.split("\t")
            yield word, float(zipf)
