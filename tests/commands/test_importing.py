"""`flask corpus import`, as staff run it."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from chatbot.corpus.importing.fetching import Fetched
from chatbot.corpus.importing.parts import ImportRefused
from chatbot.corpus.importing.placing import free_slug, taken_slugs, write_draft
from chatbot.corpus.reader import read_corpus
from tests.corpus.importing.made import word_headings
from tests.corpus.importing.word_files import zipped

TEXT = "Ketamine is given as a drip in most of the clinics that we know of today."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "into" / "articles").mkdir(parents=True)
    return tmp_path / "into"


@pytest.fixture
def run(make_app, folder):
    def call(*arguments: str, **settings):
        return (
            make_app(**settings).test_cli_runner().invoke(args=["corpus", "import", *arguments, "--into", str(folder)])
        )

    return call


def write(folder: Path, name: str, content: bytes | str = TEXT) -> str:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return str(path)


def test_word_document_becomes_a_draft_that_nobody_is_served(run, folder, tmp_path):
    result = run(write(tmp_path, "leaflet.docx", word_headings()))
    assert result.exit_code == 0, result.output
    assert "leaflet.docx → " in result.stdout
    assert "15 of 17 blocks kept, a draft" in result.stdout
    text = (folder / "articles" / "ketamine-and-sciatica.md").read_text("utf-8")
    assert "status: draft" in text
    assert read_corpus(folder).articles == ()
    assert not list((folder / "articles").glob(".*"))


def test_bad_files_are_named_and_the_good_ones_are_brought_in(run, folder, tmp_path):
    good = write(tmp_path, "good.txt")
    result = run(write(tmp_path, "bad.docx", b"MZ"), good, str(tmp_path / "missing.txt"), str(tmp_path))
    assert result.exit_code == 1
    assert "bad.docx: This is a program" in result.stderr
    assert "missing.txt: This file cannot be read (No such file or directory)." in result.stderr
    assert "(Is a directory)" in result.stderr
    assert [path.name for path in (folder / "articles").iterdir()] == ["good.md"]


def test_zip_gives_a_draft_for_each_document(run, folder, tmp_path):
    result = run(
        write(tmp_path, "all.zip", zipped({"a.txt": TEXT, "deep/b.md": f"# Nerves\n\n{TEXT}\n", "c.png": b"x"}))
    )
    assert result.exit_code == 1
    assert "c.png: Files that end in .png cannot be brought in" in result.stderr
    assert len(list((folder / "articles").iterdir())) == 2


def test_taken_name_is_told_and_nothing_is_lost(run, folder, tmp_path):
    source = write(tmp_path, "nerves.md", f"---\ntitle: Nerves\n---\n\n{TEXT}\n")
    assert run(source).exit_code == 0
    before = (folder / "articles" / "nerves.md").read_bytes()
    result = run(source)
    assert result.exit_code == 1
    assert 'An article "nerves" is there already (nerves.md); give --replace or --rename.' in result.stderr
    assert (folder / "articles" / "nerves.md").read_bytes() == before


def test_taken_name_gets_a_number(run, folder, tmp_path):
    source = write(tmp_path, "nerves.md", f"---\ntitle: Nerves\n---\n\n{TEXT}\n")
    assert [run(source, "--rename").exit_code for _ in range(3)] == [0, 0, 0]
    assert sorted(path.name for path in (folder / "articles").iterdir()) == ["nerves-2.md", "nerves-3.md", "nerves.md"]
    assert "slug: nerves-2" in (folder / "articles" / "nerves-2.md").read_text("utf-8")


def test_article_is_replaced_when_that_is_said(run, folder, tmp_path):
    article = folder / "articles" / "nerves.md"
    article.write_text(f"---\ntitle: Nerves\n---\n\n{TEXT}\n", "utf-8")
    result = run(write(tmp_path, "new.md", f"---\ntitle: Nerves\n---\n\nOther words. {TEXT}\n"), "--replace")
    assert result.exit_code == 0, result.output
    assert "Other words." in article.read_text("utf-8")


def test_article_of_another_format_is_not_replaced(run, folder, tmp_path):
    (folder / "articles" / "nerves.html").write_text(f"<h1>Nerves</h1><p>{TEXT}</p>", "utf-8")
    result = run(write(tmp_path, "new.md", f"---\ntitle: Nerves\n---\n\n{TEXT}\n"), "--replace")
    assert result.exit_code == 1
    assert "nerves.html, which a draft cannot replace" in result.stderr


def test_what_was_left_out_is_shown_when_asked_for(run, tmp_path):
    result = run(write(tmp_path, "leaflet.docx", word_headings()), "--left-out")
    assert "  - By Ines Duarte | March 9, 2022 (says who wrote it and when" in result.stdout


def test_web_address_is_off_until_it_is_set(run):
    result = run("https://clinic.example/sciatica")
    assert result.exit_code == 1
    assert "CHATBOT_IMPORT_FROM_WEB turns it on" in result.stderr


def test_page_from_the_web_becomes_a_draft_that_names_its_address(run, folder, monkeypatch):
    page = f"<html><body><h1>Nerves</h1><p>{TEXT}</p></body></html>".encode()
    fetched = Fetched("https://clinic.example/nerves", "page.html", page, "utf-8")
    monkeypatch.setattr("chatbot.corpus.importing.fetching.Fetcher.fetch", lambda self, url: fetched)
    result = run("https://clinic.example/n", import_from_web=("*",))
    assert result.exit_code == 0, result.output
    assert "url: https://clinic.example/nerves" in (folder / "articles" / "nerves.md").read_text("utf-8")


def test_every_scheme_is_taken_for_an_address_and_not_for_a_file(run):
    result = run("file:///etc/passwd", import_from_web=("*",))
    assert result.exit_code == 1
    assert "Only addresses that begin with https:// or http://" in result.stderr


def test_missing_folder_is_a_wrong_call(make_app, tmp_path):
    arguments = ["corpus", "import", write(tmp_path, "a.txt"), "--into", str(tmp_path / "nowhere")]
    assert make_app().test_cli_runner().invoke(args=arguments).exit_code == 2


def test_folder_that_cannot_be_written_is_told(tmp_path, folder):
    with pytest.raises(ImportRefused, match=r"nowhere/a.md cannot be written \(No such file or directory\)"):
        write_draft(folder / "nowhere", "a", TEXT)


def test_existing_file_is_never_written_over_by_chance(folder):
    write_draft(folder, "a", "first")
    with pytest.raises(ImportRefused, match="is there already"):
        write_draft(folder, "a", "second")
    assert (folder / "a.md").read_text() == "first"
    assert [path.name for path in folder.iterdir() if path.is_file()] == ["a.md"]


def test_names_of_drafts_and_slugs_of_articles_are_taken(folder):
    (folder / "articles" / "x.md").write_text(f"---\ntitle: T\nslug: other\n---\n\n{TEXT}\n", "utf-8")
    (folder / "articles" / "d.md").write_text(f"---\ntitle: T\nstatus: draft\n---\n\n{TEXT}\n", "utf-8")
    assert taken_slugs(folder) == {"x": "x.md", "d": "d.md", "other": "x.md"}
    assert free_slug("d", {"d": "", "d-2": ""}) == "d-3"


def on_a_terminal(program: str, *arguments: str) -> str:
    """Run a program with its standard error on a terminal and return what stands there."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-c", program, *arguments], stderr=theirs, stdout=subprocess.DEVNULL
    ) as child:
        child.wait()
        os.close(theirs)
        shown = os.read(ours, 10_000).decode()
    os.close(ours)
    return shown


SHOWING = (
    "from chatbot.commands.importing import _show, _clear\nfrom chatbot.corpus.importing.documents import Member\n"
    "_show(Member('a.docx', 0, 3)); _clear()"
)


def test_progress_stands_on_a_terminal():
    assert "reading 1 of 3: a.docx" in on_a_terminal(SHOWING)


def test_progress_is_quiet_in_a_pipe():
    run = subprocess.run([sys.executable, "-c", SHOWING], capture_output=True, check=True)
    assert run.stderr == b""
