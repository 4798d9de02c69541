"""Documents in the shapes of real word processors become the Markdown that stands beside them in `documents/`."""

from __future__ import annotations

from pathlib import Path

import pytest

from chatbot.corpus.importing.documents import read_document
from chatbot.corpus.importing.parts import Imported
from chatbot.corpus.passages import passages_of
from chatbot.corpus.reader import read_file
from chatbot.values import Source
from tests.corpus.importing.made import MADE

FOLDER = Path(__file__).parent / "documents"
PAGES = Path(__file__).parents[1] / "pages"
KEPT = [path.name for path in sorted(FOLDER.glob("*")) if path.suffix != ".md"]
DOCUMENTS = [*MADE, *KEPT]
WITH_PAGES = [*DOCUMENTS, *(path.name for path in sorted(PAGES.glob("*")) if path.suffix in (".html", ".txt"))]


def bring_in(name: str) -> Imported:
    if name in MADE:
        return read_document(MADE[name](), name)
    path = FOLDER / name
    return read_document((path if path.exists() else PAGES / name).read_bytes(), name)


def expected(name: str) -> str:
    return (FOLDER / f"{name}.md").read_text("utf-8")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_document_becomes_the_markdown_beside_it(name):
    assert bring_in(name).markdown == expected(name)


@pytest.mark.parametrize("name", WITH_PAGES)
def test_draft_reads_back_to_the_passages_that_were_kept(name, tmp_path):
    imported = bring_in(name)
    path = tmp_path / "draft.md"
    path.write_text(imported.markdown.replace("status: draft\n", "status: published\n"), "utf-8")
    reading = read_file(path, tmp_path)
    assert not reading.problems
    kept = passages_of(
        [part.block for part in imported.kept], slug="draft", title=imported.title, source=Source("draft.md")
    )
    served = reading.articles[0].passages
    assert [(each.headings, each.text) for each in served] == [(each.headings, each.text) for each in kept]


@pytest.mark.parametrize("name", [path.name for path in sorted(PAGES.glob("*")) if path.suffix in (".html", ".txt")])
def test_page_gives_the_passages_that_it_gives_when_it_is_served_itself(name, tmp_path):
    path = tmp_path / "draft.md"
    path.write_text(bring_in(name).markdown.replace("status: draft\n", ""), "utf-8")
    ours, page = read_file(path, tmp_path).articles[0], read_file(PAGES / name, PAGES).articles[0]
    assert [each.text for each in ours.passages] == [each.text for each in page.passages]
    assert (ours.title, ours.source.author, ours.source.published) == (
        page.title,
        page.source.author,
        page.source.published,
    )


@pytest.mark.parametrize("name", WITH_PAGES)
def test_every_import_is_a_draft(name):
    assert "\nstatus: draft\n" in bring_in(name).markdown


def test_a_page_shows_what_was_left_out_and_why():
    left = {part.block.text: part.reason for part in bring_in("wordpress.html").left_out}
    assert len(left) > 20
    assert all(left.values())
    assert left["Menu"] == "marked by the page as no part of the article"


def test_word_says_what_it_did_with_changes_comments_and_pictures():
    said = " ".join(bring_in("word_changes.docx").warnings)
    assert "Tracked changes count as accepted: 3" in said
    assert "Comments left out: 1" in said
    assert "hidden text left out: 1" in said
    assert "“The nerve from the back to the foot”" in said


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("word_changes.docx", "Duarte I. Nerves of the leg. 2020.", "a footnote"),
        ("word_changes.docx", "Figure 1. The sciatic nerve", "the caption of a picture"),
        ("word_bold_headings.docx", "What helps 1", "the table of contents"),
        ("google_docs.docx", "A guide for bad nights", "the subtitle; kept as the summary"),
        ("leaflet.pdf", "Page 1 of 2", "repeated at the edge of the pages"),
        ("columns.pdf", "1 Duarte I. Nerves of the leg. 2020.", "a footnote"),
    ],
)
def test_what_is_no_text_of_the_article_stands_aside_with_its_reason(name, text, reason):
    assert {part.block.text: part.reason for part in bring_in(name).left_out}[text] == reason
