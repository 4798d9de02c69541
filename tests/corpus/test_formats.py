"""One contract for every format: the same little article gives the same title, author, date and passages."""

from __future__ import annotations

from datetime import date

import pytest

from chatbot.corpus.reader import FORMATS, read_file
from chatbot.values import Article, Block

MARKDOWN = """---
title: Walking With a Sore Hip
author: Ines Duarte
published: 2022-03-09
---

Walking keeps a sore hip *supple*. Most people can begin again a few days after a flare.

## How far should I walk?

Begin with [five minutes](https://walk.example/start) on flat ground. Add a minute every third day while the pain
settles overnight.

Stop for the day when you notice:

- a limp
- pain in the groin
- a knee that gives way

## Which aids help?

Small aids take weight off the joint:

1. **Stick.** Hold it in the hand of the better side, and move it with the sore leg.
2. **Shoes.** Soft soles and a low heel spare the joint on every step you take.

## What the old hands say

One walker put it in a sentence:

> “I stopped counting steps and began counting benches.”
>
> — Olga Brandt, 2019

Aids are worth a try for two weeks. After that most people know which one stays.
"""

PAGE = """<!doctype html>
<html><head><title>Walking With a Sore Hip</title><meta name="author" content="Ines Duarte">
<meta property="article:published_time" content="2022-03-09"></head><body><nav><a>Home</a></nav><main>
<h1>Walking With a Sore Hip</h1>
<p>Walking keeps a sore hip <em>supple</em>. Most people can begin again a few days after a flare.</p>
<h2>How far should I walk?</h2>
<p>Begin with <a href="https://walk.example/start">five minutes</a> on flat ground. Add a minute every third day while
the pain&nbsp;settles overnight.</p>
<p>Stop for the day when you notice:</p>
<ul><li>a limp</li><li>pain in the groin</li><li>a knee that gives way</li></ul>
<h2>Which aids help?</h2><p>Small aids take weight off the joint:</p>
<ol><li><strong>Stick.</strong> Hold it in the hand of the better side, and move it with the sore leg.</li>
<li><strong>Shoes.</strong> Soft soles and a low heel spare the joint on every step you take.</li></ol>
<h2>What the old hands say</h2><p>One walker put it in a sentence:</p>
<blockquote><p>“I stopped counting steps and began counting benches.”</p><p>— Olga Brandt, 2019</p></blockquote>
<p>Aids are worth a try for two weeks. After that most people know which one stays.</p>
</main><footer>© 2022</footer></body></html>
"""

TEXT = """Walking With a Sore Hip
By Ines Duarte | March 9, 2022

Walking keeps a sore hip supple. Most people can begin again a few days after a flare.

How far should I walk?

Begin with five minutes on flat ground. Add a minute every third day while the pain settles overnight.

Stop for the day when you notice:

  • a limp
  • pain in the groin
  • a knee that gives way

Which aids help?

Small aids take weight off the joint:

 1. Stick. Hold it in the hand of the better side, and move it with the sore leg.
 2. Shoes. Soft soles and a low heel spare the joint on every step you take.

What the old hands say

One walker put it in a sentence:

“I stopped counting steps and began counting benches.”

— Olga Brandt, 2019

Aids are worth a try for two weeks. After that most people know which one stays.
"""

SOURCES = {".md": MARKDOWN, ".html": PAGE, ".htm": PAGE, ".txt": TEXT}

LEAD = "Small aids take weight off the joint:"
PASSAGES = [
    ((), "Walking keeps a sore hip supple. Most people can begin again a few days after a flare."),
    (
        ("How far should I walk?",),
        "Begin with five minutes on flat ground. Add a minute every third day while the pain settles overnight.",
    ),
    (
        ("How far should I walk?",),
        "Stop for the day when you notice:\n- a limp\n- pain in the groin\n- a knee that gives way",
    ),
    (
        ("Which aids help?",),
        f"{LEAD}\nStick. Hold it in the hand of the better side, and move it with the sore leg.",
    ),
    (("Which aids help?",), f"{LEAD}\nShoes. Soft soles and a low heel spare the joint on every step you take."),
    (
        ("What the old hands say",),
        "One walker put it in a sentence:\n“I stopped counting steps and began counting benches.”\n— Olga Brandt, 2019",
    ),
    (
        ("What the old hands say",),
        "Aids are worth a try for two weeks. After that most people know which one stays.",
    ),
]


@pytest.fixture(params=FORMATS)
def article(request, tmp_path) -> Article:
    path = tmp_path / f"walking{request.param}"
    path.write_text(SOURCES[request.param], "utf-8")
    reading = read_file(path, tmp_path)
    assert not reading.problems
    return reading.articles[0]


def test_passages_are_the_same_in_every_format(article):
    assert [(passage.headings, passage.text) for passage in article.passages] == PASSAGES


def test_title_author_and_date_are_found_in_every_format(article):
    assert (article.title, article.source.author) == ("Walking With a Sore Hip", "Ines Duarte")
    assert article.source.published == date(2022, 3, 9)


def test_ids_are_the_same_in_every_format(article, tmp_path):
    path = tmp_path / "walking.md"
    path.write_text(MARKDOWN, "utf-8")
    assert [passage.id for passage in article.passages] == [
        passage.id for passage in read_file(path, tmp_path).articles[0].passages
    ]


def test_list_items_name_the_sentence_that_opens_their_list(article):
    assert [passage.lead_in for passage in article.passages if passage.lead_in] == [LEAD, LEAD]


@pytest.mark.parametrize("suffix", FORMATS)
def test_every_format_gives_clean_blocks(suffix):
    blocks = FORMATS[suffix](SOURCES[suffix]).blocks
    assert all(is_clean(block) for block in blocks)


def is_clean(block: Block) -> bool:
    return block.text == " ".join(block.text.split()) != "" and block.line >= 1 and block.level >= 0


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize(
    "source", ["", " ", "\n\n", "-", "#", "<", "> ", "- ", "1. ", "|", "***", "\u00a0", "&", "<p>", "[", "\ufeff"]
)
def test_every_format_takes_scraps(suffix, source):
    assert all(is_clean(block) for block in FORMATS[suffix](source).blocks)
