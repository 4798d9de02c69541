from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from chatbot.corpus.fingerprint import fingerprint


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    articles = tmp_path / "corpus" / "articles"
    articles.mkdir(parents=True)
    (articles / "sciatica.md").write_text("one")
    return tmp_path / "corpus"


def test_untouched_folder_keeps_its_fingerprint(folder: Path) -> None:
    assert fingerprint(folder) == fingerprint(folder)


def _same_size_and_time(folder: Path) -> None:
    file = folder / "articles" / "sciatica.md"
    before = file.stat()
    file.write_text("two")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


def _replaced(folder: Path) -> None:
    other = folder / "articles" / ".new"
    other.write_text("one")
    other.replace(folder / "articles" / "sciatica.md")


def _unreadable(folder: Path) -> None:
    (folder / "articles" / "sciatica.md").chmod(0)


def _folder_gone(folder: Path) -> None:
    folder.rename(folder.with_name("elsewhere"))


CHANGES: list[Callable[[Path], object]] = [
    lambda folder: (folder / "articles" / "sciatica.md").write_text("other"),
    lambda folder: (folder / "articles" / "sciatica.md").unlink(),
    lambda folder: (folder / "articles" / "sciatica.md").rename(folder / "articles" / "back.md"),
    lambda folder: (folder / "articles" / "new.html").touch(),
    lambda folder: (folder / "articles" / "NEW.TXT").touch(),
    lambda folder: (folder / "articles" / "gone.md").symlink_to("nowhere"),
    lambda folder: (folder / "lexicon.toml").touch(),
    lambda folder: (folder / "bare.txt").touch(),
    _same_size_and_time,
    _replaced,
    _unreadable,
    _folder_gone,
]


@pytest.mark.parametrize("change", CHANGES)
def test_every_change_that_matters_shows(folder: Path, change: Callable[[Path], object]) -> None:
    before = fingerprint(folder)
    change(folder)
    assert fingerprint(folder) != before


@pytest.mark.parametrize("name", [".sciatica.md.swp", "sciatica.md~", "4913", "notes.docx"])
def test_editors_and_other_files_do_not_show(folder: Path, name: str) -> None:
    before = fingerprint(folder)
    (folder / "articles" / name).write_text("scratch")
    assert fingerprint(folder) == before


def test_file_outside_the_folder_is_watched_when_named(folder: Path, tmp_path: Path) -> None:
    lexicon = tmp_path / "lexicon.toml"
    before = fingerprint(folder, lexicon)
    lexicon.touch()
    assert fingerprint(folder, lexicon) != before


def test_missing_folder_has_a_fingerprint_too(tmp_path: Path) -> None:
    assert fingerprint(tmp_path / "nowhere") == ()


def test_linked_folder_swapped_whole_shows(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    (other / "articles").mkdir(parents=True)
    (other / "articles" / "sciatica.md").write_text("one")
    link = tmp_path / "current"
    link.symlink_to(folder)
    before = fingerprint(link)
    link.unlink()
    link.symlink_to(other)
    assert fingerprint(link) != before
