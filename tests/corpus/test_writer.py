from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from chatbot.corpus import writer
from chatbot.corpus.fingerprint import fingerprint
from chatbot.errors import CorpusError

PATH = "articles/sciatica.md"


def left_over(folder: Path) -> list[str]:
    return [path.name for path in (folder / "articles").iterdir() if path.name.startswith(".")]


def test_file_is_replaced_whole_and_keeps_its_permissions(corpus: Path) -> None:
    (corpus / PATH).chmod(0o640)
    writer.write(corpus, PATH, b"new")
    assert (corpus / PATH).read_bytes() == b"new"
    assert stat.S_IMODE((corpus / PATH).stat().st_mode) == 0o640
    assert left_over(corpus) == []


def test_new_file_may_be_read_by_everybody_and_written_by_its_owner(corpus: Path) -> None:
    writer.write(corpus, "articles/new.md", b"new")
    assert stat.S_IMODE((corpus / "articles/new.md").stat().st_mode) == 0o644


def test_folder_of_bare_articles_is_written_to_as_well(tmp_path: Path) -> None:
    writer.write(tmp_path, writer.path_of(tmp_path, "a.md"), b"text")
    assert (tmp_path / "a.md").read_bytes() == b"text"
    writer.move_away(tmp_path, "a.md")
    assert (tmp_path / "withdrawn" / "a.md").read_bytes() == b"text"


@pytest.mark.parametrize(
    "path",
    [
        "../outside.md",
        "articles/../../outside.md",
        "/etc/outside.md",
        "outside.md",
        "articles/sub/x.md",
        "articles/.hidden.md",
        "articles/x.sh",
        "articles/x.md~",
        "articles\\x.md",
        "articles/readme.md",
        "",
    ],
)
def test_name_that_is_no_article_s_is_refused(corpus: Path, path: str) -> None:
    before = sorted(corpus.parent.rglob("*"))
    for do in (lambda: writer.write(corpus, path, b"x"), lambda: writer.move_away(corpus, path)):
        with pytest.raises(CorpusError, match="cannot be the name"):
            do()
    assert sorted(corpus.parent.rglob("*")) == before


def test_link_is_neither_followed_nor_replaced(corpus: Path, tmp_path: Path) -> None:
    target = tmp_path / "elsewhere.md"
    target.write_text("mine")
    link = corpus / "articles" / "link.md"
    link.symlink_to(target)
    for do in (
        lambda: writer.write(corpus, "articles/link.md", b"x"),
        lambda: writer.move_away(corpus, "articles/link.md"),
        lambda: writer.stored(corpus, "articles/link.md"),
    ):
        with pytest.raises(CorpusError, match="symbolic link"):
            do()
    assert target.read_text() == "mine"
    assert link.is_symlink()


def test_folder_that_leads_out_is_refused(corpus: Path, tmp_path: Path) -> None:
    (corpus / "articles").rename(tmp_path / "real")
    (corpus / "articles").symlink_to(tmp_path / "real")
    with pytest.raises(CorpusError, match="leads elsewhere"):
        writer.write(corpus, PATH, b"x")


def test_withdrawn_folder_that_is_a_link_is_refused(corpus: Path, tmp_path: Path) -> None:
    (corpus / "withdrawn").symlink_to(tmp_path)
    with pytest.raises(CorpusError):
        writer.move_away(corpus, PATH)
    assert (corpus / PATH).exists()


def test_folder_or_pipe_in_the_file_s_place_is_refused(corpus: Path) -> None:
    (corpus / "articles" / "folder.md").mkdir()
    os.mkfifo(corpus / "articles" / "pipe.md")
    for name in ("folder.md", "pipe.md"):
        with pytest.raises(CorpusError, match="put the article's file in its place"):
            writer.write(corpus, f"articles/{name}", b"x")


def test_what_is_half_written_is_no_article_and_no_change(corpus: Path) -> None:
    before = fingerprint(corpus)
    (corpus / "articles" / f"{writer.PREFIX}0{writer.SUFFIX}").write_text("half")
    assert fingerprint(corpus) == before
    assert writer.clean_up(corpus) == 1
    assert left_over(corpus) == []


def test_clean_up_leaves_every_other_file_alone(corpus: Path) -> None:
    (corpus / "articles" / ".mine.tmp").write_text("x")
    names = sorted(path.name for path in (corpus / "articles").iterdir())
    assert writer.clean_up(corpus) == 0
    assert sorted(path.name for path in (corpus / "articles").iterdir()) == names


def test_stored_bytes_are_those_of_the_file_and_none_where_there_is_none(corpus: Path) -> None:
    assert writer.stored(corpus, PATH) == (corpus / PATH).read_bytes()
    assert writer.stored(corpus, "articles/none.md") is None
