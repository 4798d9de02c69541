"""Every way an article file can be broken: it is refused alone, with its line and how to mend it."""

# ruff: noqa: E501  # one case, one line

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from chatbot.corpus.reader import read_corpus, read_file
from tests.cpu import cpu_seconds

GOOD = b"---\ntitle: Warm baths\n---\n\nA warm bath loosens stiff muscles in the evening.\n"
BODY = "\n\nA warm bath loosens stiff muscles in the evening.\n"


def front(*lines: str, body: str = BODY) -> bytes:
    return ("---\n" + "\n".join(lines) + "\n---" + body).encode()


def titled(*lines: str, body: str = BODY) -> bytes:
    return front("title: Cold packs", *lines, body=body)


def question(section: str) -> bytes:
    return titled(
        "questions:",
        "  - ask: how long",
        f"    section: {section}",
        body="\n\n## How long to rest\n\nRest for a day.\n",
    )


# name of the case: (file name, its bytes, line of the problem, words of the problem)
BROKEN: dict[str, tuple[str, bytes, int, str]] = {
    # --- bytes
    "UTF-16 with a mark": ("x.md", GOOD.decode().encode("utf-16"), 1, "UTF-16; save it as UTF-8"),
    "UTF-16 without a mark": ("x.txt", "A warm bath.".encode("utf-16-le"), 1, "NUL character"),
    "UTF-32": ("x.txt", "A warm bath.".encode("utf-32-be"), 1, "NUL character"),
    "Latin-1": ("x.md", titled(body="\n\nLe caf\xe9.\n").decode().encode("latin-1"), 5, "byte 0xe9 is not UTF-8"),
    "Windows-1252 quotes": ("x.txt", b"She said \x93rest\x94.\n", 1, "byte 0x93 is not UTF-8"),
    "cut in the middle of a letter": ("x.txt", "A warm café".encode()[:-1], 1, "is not UTF-8"),
    "NUL": ("x.md", GOOD + b"\nNext\0line\n", 7, "a NUL character stands here"),
    "a program": ("x.txt", b"\x7fELF\x02\x01\x01\0\0\0", 1, "a NUL character"),
    "an archive": ("x.md", b"PK\x03\x04\x14\0\x06\0", 1, "a NUL character"),
    "a picture": ("x.html", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 3, "a NUL character"),
    "empty": ("x.md", b"", 1, "is empty; write the article or delete the file"),
    "only white space": ("x.txt", b" \n\t\n\xc2\xa0\n", 1, "is empty"),
    "only a byte order mark": ("x.txt", b"\xef\xbb\xbf", 1, "is empty"),
    "20 MB": ("x.txt", b"A warm bath. " * 1_600_000, 1, "20,800,000 bytes; an article has at most 1,000,000"),
    "just over the limit": ("x.md", GOOD + b"x" * 1_000_000, 1, "an article has at most 1,000,000: split it"),
    # --- front matter
    "no front matter": ("x.md", b"# Cold packs\n\nText.\n", 1, "the title is missing; begin the file with a line ---"),
    "front matter without an end": ("x.md", b"---\ntitle: Cold packs\n\nText.\n", 1, "does not end; put a line ---"),
    "only front matter": ("x.md", b"---\ntitle: Cold packs\n---\n", 1, "no text to answer with"),
    "only front matter and headings": ("x.md", titled(body="\n\n## Rest\n\n## Move\n"), 1, "no text to answer with"),
    "empty front matter": ("x.md", front(), 1, "the title is missing"),
    "no title": ("x.md", front("author: Ann"), 1, "the title is missing"),
    "empty title": ("x.md", front("author: Ann", "title:"), 3, "the title is missing"),
    "title that is null": ("x.md", front("title: null"), 2, "the title is missing"),
    "title that is a list": ("x.md", front("title: [Cold, packs]"), 2, "title is not a single text"),
    "title that is a mapping": ("x.md", front("title: {cold: packs}"), 2, "title is not a single text"),
    "title of control characters": ("x.md", front('title: "a\\x07b"'), 2, "title is empty or holds control characters"),
    "endless title": ("x.md", front("title: " + "cold " * 60), 2, "title is 299 characters long; shorten it to 200"),
    "unquoted colon": ("x.md", front("title: Cold: packs"), 2, "not valid YAML"),
    "unclosed quote": ("x.md", front('title: "Cold packs'), 2, "not valid YAML"),
    "unclosed bracket": ("x.md", titled("topics: [cold, packs"), 4, "not valid YAML"),
    "tab as indent": ("x.md", titled("source:", "\tname: Ann"), 4, "not valid YAML"),
    "front matter that is a list": ("x.md", front("- title", "- Cold"), 2, "no list of names and values"),
    "front matter that is a text": ("x.md", front("Cold packs"), 2, "no list of names and values"),
    "key given twice": ("x.md", titled("title: Warm packs"), 3, "title is given twice; keep one"),
    "key that is a list": ("x.md", titled("[a, b]: c"), 3, "a name in the front matter is a single word"),
    "anchor and alias": ("x.md", titled("author: &a Ann", "reviewer: *a"), 3, "anchors (&) and aliases (*) are not read"),
    "alias bomb": (
        "x.md",
        titled("a: &a [x, x]", *(f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]" for n in range(20))),
        3,
        "anchors (&) and aliases (*)",
    ),
    "alias without anchor": ("x.md", titled("author: *a"), 3, "anchors (&) and aliases (*)"),
    "merge key": ("x.md", titled("base: &b {a: c}", "<<: *b"), 3, "anchors (&)"),
    "tag of an object": ("x.md", titled("author: !!python/object/apply:os.system [ls]"), 3, "tag"),
    "tag of a name": ("x.md", titled("author: !!python/name:os.system"), 3, "is not read; leave it out"),
    "plain tag": ("x.md", titled("author: !!str Ann"), 3, "is not read; leave it out"),
    "own tag": ("x.md", titled("author: !ann {}"), 3, "tag"),
    "20,000 open brackets": ("x.md", titled("topics: " + "[" * 20_000), 1, "20,026 characters; it may have 8,000"),
    "7,000 open brackets": ("x.md", titled("topics: " + "[" * 7_000), 3, "nested more than 10 deep"),
    "7,000 open braces": ("x.md", titled("topics: " + "{a: " * 1_700), 3, "nested more than 10 deep"),
    "2,000 open dashes": ("x.md", titled("topics:", "  " + "- " * 2_000 + "x"), 4, "nested more than 10 deep"),
    "front matter over 8 KB": ("x.md", titled("summary: " + "x" * 9_000), 1, "it may have 8,000: shorten it"),
    "two documents": ("x.md", b"---\ntitle: Cold\n--- \n--- \n", 1, "no text to answer with"),
    "control character in front matter": ("x.md", titled("author: A\x07nn"), 2, "a character that YAML does not allow"),
    # --- values
    "slug that leads out": ("x.md", titled("slug: ../../etc/passwd"), 3, 'slug "../../etc/passwd" is no address'),
    "slug with capitals": ("x.md", titled("slug: Cold-Packs"), 3, "is no address; use small letters"),
    "slug with a slash": ("x.md", titled("slug: cold/packs"), 3, "is no address"),
    "slug with double hyphens": ("x.md", titled("slug: cold--packs"), 3, "single hyphens"),
    "slug of letters that look alike": ("x.md", titled("slug: сold"), 3, "is no address"),
    "date of a month": ("x.md", titled("published: 08/2023"), 3, '"08/2023" is not a date; write it as 2023-08-15'),
    "date with slashes": ("x.md", titled("reviewed: 15/08/2023"), 3, "is not a date; write it as"),
    "date without hyphens": ("x.md", titled("reviewed: 20230815"), 3, "is not a date"),
    "date of a week": ("x.md", titled("reviewed: 2023-W33-2"), 3, "is not a date"),
    "date that no calendar has": ("x.md", titled("published: 2023-02-30"), 3, "no calendar has it"),
    "date in words": ("x.md", titled("review_by: next spring"), 3, 'review_by "next spring" is not a date'),
    "date with time": ("x.md", titled("published: 2023-08-15 10:00:00"), 3, "is not a date"),
    "date that is a list": ("x.md", titled("published: [2023-08-15]"), 3, "published is not a single text"),
    "date in foreign digits": ("x.md", titled("published: ٢٠٢٣-٠٨-١٥"), 3, "is not a date"),
    "unknown status": ("x.md", titled("status: ready"), 3, 'status "ready" is neither published nor draft'),
    "status that is a list": ("x.md", titled("status: [draft]"), 3, "neither published nor draft"),
    "source that is a text": ("x.md", titled("source: example.org"), 3, "source is not made of names and values"),
    "source with a script": ("x.md", titled("source:", "  url: javascript:alert(1)"), 4, "is no web address"),
    "source without https": ("x.md", titled("source: {url: www.example.org}"), 3, "write it with https://"),
    "topics that are a mapping": ("x.md", titled("topics: {a: b}"), 3, "topics is not a list"),
    "topic that is a list": ("x.md", titled("topics: [a, [b]]"), 3, "topics is not a single text"),
    "reference without words": ("x.md", titled("references:", "  - {year: 2020}"), 4, "names nothing; give at least the title"),
    "reference with a broken DOI": ("x.md", titled("references:", "  - {title: A, doi: doi.org/1}"), 4, "is no DOI"),
    "references that are a text": ("x.md", titled("references: see below"), 3, "references is not a list"),
    "question without words": ("x.md", titled("questions:", "  - section: Rest"), 4, "without a question; write ask"),
    "question that is a text": ("x.md", titled("questions: [how long]"), 3, "not made of names and values"),
    "section that is no heading": ("x.md", question("How long to sleep"), 5, 'did you mean "How long to rest"?'),
    "section like no heading": ("x.md", question("xyz"), 5, "write a heading as it stands in the text"),
    # --- text
    "a line of 100,000 characters": ("x.md", titled(body="\n\n" + "warm " * 20_000), 5, "100,000 characters; nobody can read it"),
    "a paragraph of 100,000 characters": ("x.txt", b"Baths\n\n" + b"warm " * 20_000 + b"end.", 3, "break it up"),
    "a page of one endless paragraph": ("x.html", b"<p>" + b"warm " * 20_000 + b"</p>", 1, "break it up"),
    "100,000 list items": ("x.md", titled(body="\n\n" + "- x\n" * 100_000), 1, "an article has at most 2,500: split it"),
    "100,000 items of text": ("x.txt", b"- x\n" * 100_000, 1, "100,001 lines; an article has at most 2,500"),
    "100,000 items of a page": ("x.html", b"<ul>" + b"<li>x" * 100_000, 1, "more than 2,000 paragraphs"),
    "400,000 brackets": ("x.md", titled(body="\n\n" + ("[" * 9_999 + "\n\n") * 40), 1, "brackets, stars and other signs"),
    "190,000 nested elements": ("x.html", b"<div>" * 190_000, 1, "nested more than 500 deep here"),
    "elements nested behind false ends": ("x.html", b"<div></b>\n" * 90_000, 501, "nested more than 500 deep"),
    "bold never ended": ("x.html", b"".join(b"<p><b id=%d>x</p>" % n for n in range(50_000)), 1, "nested more than 500 deep"),
    "tags never closed": ("x.html", b"<p>Rest</p>" + b"<a " * 300_000, 1, "no text to answer with"),
    "120,000 attributes": ("x.html", b"<p " + b" ".join(b"a%d" % n for n in range(120_000)) + b">", 1, "more than 1,000 attributes"),
    "80,000 options": ("x.html", b"<select>" + b"<option>x" * 80_000, 1, "80,000 list options"),
    "a page without text": ("x.html", b"<html><body><script>run()</script></body></html>", 1, "no text to answer with"),
    "only furniture": ("x.txt", b"Home\nBlog\nContact\n\nShare this:\nFacebook\nTwitter\n", 1, "no text to answer with"),
}  # fmt: skip


def link_out(folder: Path) -> None:
    outside = folder.parent / "outside.md"
    outside.write_bytes(GOOD)
    (folder / "x.md").symlink_to(outside)


def link_to_device(folder: Path) -> None:
    (folder / "x.txt").symlink_to("/dev/zero")


def loop_of_links(folder: Path) -> None:
    (folder / "x.md").symlink_to("y.md")
    (folder / "y.md").symlink_to("x.md")


STRANGE: dict[str, tuple[Callable[[Path], None], str]] = {
    "a folder": (lambda folder: (folder / "x.md").mkdir(), "is a folder; articles are files"),
    "a pipe": (lambda folder: os.mkfifo(folder / "x.md"), "is not an ordinary file"),
    "a link that leads out": (link_out, "leads out of the folder; put the article's file in its place"),
    "a link to a device": (link_to_device, "leads out of the folder"),
    "a loop of links": (loop_of_links, "leads back to itself"),
    "a link to nothing": (lambda folder: (folder / "x.md").symlink_to("gone.md"), "was there a moment ago and is gone"),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "a-good.md").write_bytes(GOOD)
    (corpus / "z-good.txt").write_bytes(b"Cold packs\n\nA cold pack calms a fresh strain for an hour.\n")
    return corpus


@pytest.mark.parametrize("case", BROKEN)
def test_broken_file_is_refused_alone_with_its_line_and_the_others_are_served(case, folder):
    name, data, line, words = BROKEN[case]
    (folder / name).write_bytes(data)
    reading = read_corpus(folder)
    assert [article.slug for article in reading.articles] == ["a-good", "z-good"]
    errors = [problem for problem in reading.problems if problem.severity == "error"]
    assert [(problem.path, problem.line) for problem in errors] == [(name, line)], [str(problem) for problem in errors]
    assert words in errors[0].message


@pytest.mark.parametrize("case", BROKEN)
def test_broken_file_takes_less_than_a_second(case, folder):
    name, data, *_ = BROKEN[case]
    (folder / name).write_bytes(data)
    assert cpu_seconds(lambda: read_file(folder / name, folder)) < 1


@pytest.mark.parametrize("case", STRANGE)
def test_what_is_no_ordinary_file_is_refused_alone(case, folder):
    make, words = STRANGE[case]
    make(folder)
    reading = read_corpus(folder)
    assert [article.slug for article in reading.articles] == ["a-good", "z-good"]
    assert {words in problem.message for problem in reading.problems} == {True}


def test_a_file_that_vanishes_before_it_is_read_is_refused_alone(folder):
    reading = read_file(folder / "vanished.md", folder)
    assert reading.articles == ()
    assert str(reading.problems[0]).startswith("vanished.md:1: was there a moment ago and is gone")


def test_a_file_that_the_server_may_not_read_is_refused_alone():
    with tempfile.TemporaryDirectory() as place:
        Path(place).chmod(0o755)
        path = Path(place) / "x.md"
        path.write_bytes(GOOD)
        path.chmod(0)
        with as_nobody():
            reading = read_file(path, Path(place))
    assert [str(problem) for problem in reading.problems] == [
        "x.md:1: may not be read by the server; give it leave to read it"
    ]


class as_nobody:  # noqa: N801  # reads as a phrase
    """Root may read everything, so the test steps down for a moment where it runs as root."""

    def __enter__(self) -> None:
        self.user = os.geteuid()
        if self.user == 0:
            os.seteuid(65534)

    def __exit__(self, *_: object) -> None:
        os.seteuid(self.user)


def test_the_second_of_two_files_with_one_slug_is_refused_and_the_first_is_named(folder):
    (folder / "b.md").write_bytes(titled("slug: a-good"))
    reading = read_corpus(folder)
    assert [article.source.path for article in reading.articles] == ["a-good.md", "z-good.txt"]
    assert [str(problem) for problem in reading.problems] == [
        'b.md:1: the slug "a-good" is taken by a-good.md; give one of the two another slug'
    ]


def test_all_problems_of_a_file_are_told_at_once(folder):
    (folder / "x.md").write_bytes(front("slug: A", "published: soon", "autor: Ann", "source: {url: x}"))
    lines = [(problem.line, problem.severity) for problem in read_corpus(folder).problems]
    assert lines == [(1, "error"), (2, "error"), (3, "error"), (4, "advice"), (5, "error")]


def test_there_are_at_least_sixty_kinds_of_broken_files():
    assert len(BROKEN) + len(STRANGE) >= 60
