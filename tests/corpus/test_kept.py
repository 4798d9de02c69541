"""Articles as they were read, kept for the next start."""

from __future__ import annotations

from pathlib import Path

from chatbot.corpus.kept import KeptFiles, files_of, kept_files
from chatbot.corpus.loading import FileReading, Loaded, load, read_changed
from chatbot.kept import keep, kept

SHIPPED = Path("corpus")


def again(place: Path, files: dict[Path, FileReading]) -> dict[Path, FileReading]:
    keep(place, "files", kept_files(files))
    return dict(files_of(kept(place, "files", KeptFiles) or {}))


def test_the_shipped_articles_come_back_as_they_were(tmp_path: Path) -> None:
    files = dict(read_changed(SHIPPED, {}))
    assert len(files) > 20
    assert again(tmp_path / "articles", files) == files


def test_passages_that_name_a_dose_come_back_marked(tmp_path: Path) -> None:
    (tmp_path / "doses.md").write_text("---\ntitle: A\n---\nTwo sprays at night.\n\nThe nerve is sore.\n", "utf-8")
    [found] = again(tmp_path / "kept", dict(read_changed(tmp_path, {}))).values()
    [article] = found.reading.articles
    assert [passage.names_dose for passage in article.passages] == [True, False]


def test_passages_share_what_is_their_article_s(tmp_path: Path) -> None:
    (found, *_) = again(tmp_path / "articles", dict(read_changed(SHIPPED, {}))).values()
    (article,) = found.reading.articles
    assert all(passage.source is article.source for passage in article.passages)


def test_problems_of_a_file_come_back_too(tmp_path: Path) -> None:
    (tmp_path / "broken.md").write_text("no title\n", "utf-8")
    (tmp_path / "fine.md").write_text("---\ntitle: Fine\n---\nKetamine may help.\n", "utf-8")
    files = dict(read_changed(tmp_path, {}))
    assert [each.is_refused for each in again(tmp_path / "kept", files).values()] == [True, False]
    assert again(tmp_path / "kept", files) == files


def test_only_what_was_touched_since_is_read_again(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}.md").write_text(f"---\ntitle: {name}\n---\nKetamine may help.\n", "utf-8")
    files = again(tmp_path / "kept", dict(read_changed(tmp_path, {})))
    (tmp_path / "two.md").write_text("---\ntitle: two\n---\nKetamine may not help everybody.\n", "utf-8")
    loaded = load(tmp_path, Loaded(files=files))
    one, two = (loaded.files[tmp_path / f"{name}.md"] for name in ("one", "two"))
    assert one is files[tmp_path / "one.md"]
    assert two.reading.articles[0].passages[0].text == "Ketamine may not help everybody."
