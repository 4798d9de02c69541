from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

import pytest

from chatbot.corpus.files import article_paths, is_article_name
from chatbot.corpus.reader import read_article, read_corpus, read_file
from chatbot.corpus.readings import Reading, merged
from chatbot.errors import CorpusError

TEXT = "A warm bath loosens stiff muscles in the evening.\n"
FULL = """---
title: Warm baths
slug: baths
summary: What a bath can do.
author: Ann Lee
reviewer: Dr. Cy Moe
published: 2023-08-15
reviewed: 2024-01-02
review_by: 2025-01-02
source: {name: Hill Clinic, url: "https://hill.example/baths"}
topics: [baths]
references:
  - {authors: Doe J, year: 2020, title: On baths, doi: 10.1000/182}
status: published
questions:
  - {ask: how warm should it be, section: How warm?}
  - {ask: do baths help}
---

A warm bath loosens stiff muscles in the evening.

## How warm?

Below the warmth of a fever.
"""


def write(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        (folder / name.replace("_", ".")).write_text(text, "utf-8")
    return folder


def test_an_article_carries_all_that_its_front_matter_says(tmp_path):
    article = read_article(write(tmp_path, x_md=FULL) / "x.md", tmp_path)
    assert (article.slug, article.title, article.summary) == ("baths", "Warm baths", "What a bath can do.")
    assert (article.topics, article.references[0].url) == (("baths",), "https://doi.org/10.1000/182")
    source = article.source
    assert (source.path, source.author, source.reviewer) == ("x.md", "Ann Lee", "Dr. Cy Moe")
    assert (source.publisher, source.url) == ("Hill Clinic", "https://hill.example/baths")
    assert (source.published, source.reviewed, source.review_by) == (
        *(date(2023, 8, 15), date(2024, 1, 2), date(2025, 1, 2)),
    )
    assert article.checksum == hashlib.sha256(FULL.encode()).hexdigest()
    assert [passage.questions for passage in article.passages] == [("do baths help",), ("how warm should it be",)]


def test_every_passage_carries_its_articles_source(tmp_path):
    article = read_article(write(tmp_path, x_md=FULL) / "x.md", tmp_path)
    assert {passage.source for passage in article.passages} == {article.source}
    assert {passage.slug for passage in article.passages} == {"baths"}


def test_articles_are_found_below_the_folder_or_in_it(tmp_path):
    bare = read_corpus(write(tmp_path, x_txt=TEXT))
    (tmp_path / "articles").mkdir()
    below = read_corpus(tmp_path)
    assert [article.source.path for article in bare.articles] == ["x.txt"]
    assert below.articles == ()
    write(tmp_path / "articles", y_txt=TEXT)
    assert [article.source.path for article in read_corpus(tmp_path).articles] == ["articles/y.txt"]


def test_articles_come_by_file_name(tmp_path):
    write(tmp_path, b_txt=TEXT + "b", a_html=f"<p>{TEXT}</p>", c_md=FULL, a_txt=TEXT)
    assert [article.source.path for article in read_corpus(tmp_path).articles] == ["a.html", "b.txt", "c.md"]
    assert [problem.path for problem in read_corpus(tmp_path).problems] == ["a.txt"]


@pytest.mark.parametrize("name", ["x.md", "x.html", "x.htm", "x.txt", "X.MD", "a b.txt", "x.y.md"])
def test_file_that_is_read(name):
    assert is_article_name(name)


@pytest.mark.parametrize(
    "name",
    [
        ".x.md",
        "x.md~",
        "x.md.tmp",
        "x.tmp",
        "x.docx",
        "x",
        "md",
        ".md",
        "x.md.swp",
        "README.md",
        "readme.txt",
        "#x.md#",
        "x.mdx",
    ],
)
def test_file_that_is_passed_over(name):
    assert not is_article_name(name)


def test_a_draft_is_neither_served_nor_a_problem(tmp_path):
    write(tmp_path, x_md=FULL.replace("status: published", "status: draft"))
    assert read_corpus(tmp_path) == Reading()
    with pytest.raises(CorpusError, match=r"x\.md:1: is a draft"):
        read_article(tmp_path / "x.md", tmp_path)


def test_an_empty_folder_is_no_problem(tmp_path):
    assert read_corpus(tmp_path) == Reading()


def test_a_missing_folder_is_one(tmp_path):
    (problem,) = read_corpus(tmp_path / "none").problems
    assert problem.path == "."
    assert "is not there" in problem.message
    assert problem.line == 1
    (problem,) = read_corpus(write(tmp_path, x_md=FULL) / "x.md").problems
    assert problem.path == "."


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"Warm \xff baths.\n", "x.md:1: byte 0xff is not UTF-8"),
        (b"---\ntitle: Warm baths\n---\n", "x.md:1: there is no text to answer with"),
        (b"A warm bath loosens stiff muscles in the evening.\n", "x.md:1: the title is missing"),
        (FULL.replace("2023-08-15", "08/2023").encode(), "x.md:7: "),
    ],
)
def test_a_refused_file_takes_no_other_down(tmp_path, data, told):
    write(tmp_path, a_txt=TEXT, z_txt=TEXT)
    (tmp_path / "x.md").write_bytes(data)
    reading = read_corpus(tmp_path)
    assert [article.slug for article in reading.articles] == ["a", "z"]
    (problem,) = [problem for problem in reading.problems if problem.severity == "error"]
    assert str(problem).startswith(told)
    with pytest.raises(CorpusError):
        read_article(tmp_path / "x.md", tmp_path)


def test_of_two_files_with_one_slug_the_second_is_refused(tmp_path):
    reading = read_corpus(write(tmp_path, a_md=FULL, b_md=FULL, baths_txt=TEXT))
    assert [article.source.path for article in reading.articles] == ["a.md"]
    assert [(each.path, each.line) for each in reading.problems if each.severity == "error"] == [
        ("b.md", 1),
        ("baths.txt", 1),
    ]
    assert 'the slug "baths" is taken by a.md' in str(reading.problems[-1])


def test_problems_of_a_file_come_by_line(tmp_path):
    text = FULL.replace("2023-08-15", "08/2023").replace("2024-01-02", "soon").replace("author:", "autor:")
    lines = [problem.line for problem in read_corpus(write(tmp_path, x_md=text)).problems]
    assert lines == sorted(lines)
    assert len(lines) >= 3


def test_advice_does_not_keep_an_article_from_being_served(tmp_path):
    reading = read_corpus(write(tmp_path, x_md=FULL.replace("author: Ann Lee", "autor: Ann Lee")))
    assert len(reading.articles) == 1
    assert [(str(problem), problem.severity) for problem in reading.problems] == [
        ('x.md:5: "autor" is not known here and is not read; did you mean author?', "advice")
    ]


def test_one_article_is_read_or_refused_with_everything_that_is_wrong(tmp_path):
    with pytest.raises(CorpusError) as refused:
        read_article(write(tmp_path, x_md="---\nslug: A\n---\n" + TEXT) / "x.md", tmp_path)
    assert [str(problem)[:10] for problem in refused.value.problems] == ["x.md:1: th", "x.md:2: sl"]


def test_a_slug_is_made_from_the_file_name(tmp_path):
    for name, slug in {"Warm Baths.txt": "warm-baths", "Café_2.txt": "cafe-2", "001_ab.txt": "001-ab"}.items():
        (tmp_path / name).write_text(TEXT, "utf-8")
        assert read_article(tmp_path / name, tmp_path).slug == slug


def test_a_file_name_without_ascii_letters_still_gives_a_slug(tmp_path):
    (tmp_path / "膝.txt").write_text(TEXT, "utf-8")
    assert read_article(tmp_path / "膝.txt", tmp_path).slug.startswith("article-")


def test_line_ends_and_a_byte_order_mark_make_no_difference(tmp_path):
    forms = (FULL, "\ufeff" + FULL, FULL.replace("\n", "\r\n"), FULL.replace("\n", "\r"))
    found = []
    for form in forms:
        (tmp_path / "x.md").write_bytes(form.encode())
        found.append(read_article(tmp_path / "x.md", tmp_path).passages)
    assert found[1:] == found[:1] * 3


def test_a_link_inside_the_folder_is_followed(tmp_path):
    (tmp_path / "..data").mkdir()
    (tmp_path / "..data" / "x.md").write_text(FULL, "utf-8")
    (tmp_path / "x.md").symlink_to("..data/x.md")
    assert [article.slug for article in read_corpus(tmp_path).articles] == ["baths"]


def test_a_folder_reached_through_a_link_is_read(tmp_path):
    (tmp_path / "real").mkdir()
    write(tmp_path / "real", x_md=FULL)
    (tmp_path / "link").symlink_to("real")
    assert [article.slug for article in read_corpus(tmp_path / "link").articles] == ["baths"]


def test_paths_are_sorted_by_name(tmp_path):
    write(tmp_path, b_md="", a_txt="", c_docx="")
    assert [path.name for path in article_paths(tmp_path)] == ["a.txt", "b.md"]


def test_a_text_without_a_title_gets_a_readable_one(tmp_path):
    (tmp_path / "warm-baths.txt").write_text(TEXT + "\n" + TEXT.replace("warm", "hot"), "utf-8")
    assert read_article(tmp_path / "warm-baths.txt", tmp_path).title == "Warm baths"


def test_reading_twice_gives_the_same(tmp_path):
    write(tmp_path, x_md=FULL, y_txt=TEXT, z_md="broken")
    assert read_corpus(tmp_path) == read_corpus(tmp_path)


def test_readings_of_single_files_are_merged_in_their_order(tmp_path):
    write(tmp_path, x_md=FULL, y_md=FULL, z_txt=TEXT)
    readings = [read_file(tmp_path / name, tmp_path) for name in ("y.md", "x.md", "z.txt")]
    both = merged(readings)
    assert [article.source.path for article in both.articles] == ["y.md", "z.txt"]
    assert [str(problem) for problem in both.problems] == [
        'x.md:1: the slug "baths" is taken by y.md; give one of the two another slug'
    ]


def test_the_shipped_articles_are_served_without_a_problem():
    reading = read_corpus(Path(__file__).parents[2] / "corpus")
    assert [str(problem) for problem in reading.problems] == []
    assert reading.articles


def test_markup_and_scripts_in_an_article_stay_text(tmp_path):
    write(tmp_path, x_md="---\ntitle: <b>Baths</b>\n---\n\nRest &lt;script&gt;run()&lt;/script&gt; helps.\n")
    article = read_article(tmp_path / "x.md", tmp_path)
    assert article.title == "<b>Baths</b>"
    assert article.passages[0].text == "Rest <script>run()</script> helps."


def test_staff_hear_of_what_is_left_out_of_their_own_article(tmp_path):
    write(
        tmp_path,
        x_md="---\ntitle: Baths\n---\n\n# Baths\n\n" + TEXT + "\nShare this:\n\n" + TEXT.replace("warm", "hot"),
    )
    reading = read_corpus(tmp_path)
    assert len(reading.articles[0].passages) == 2
    (problem,) = reading.problems
    assert (problem.line, problem.severity) == (9, "advice")
    assert problem.message == (
        '"Share this:" is left out of the answers, it reads as a part of the page around an article; '
        "delete it, or say it in a sentence of its own"
    )


def test_nobody_hears_of_what_stands_around_a_page_that_was_saved(tmp_path):
    assert read_corpus(write(tmp_path, x_txt=TEXT + "\nShare this:\n")).problems == ()
