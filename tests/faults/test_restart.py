"""A restart while a file is broken: what was good before is still served, and nothing else is."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.corpus.last_good import KEPT, LastGood
from chatbot.corpus.reader import read_corpus
from tests.conftest import SCIATICA, SIDE_EFFECTS, write_corpus
from tests.faults.conftest import BROKEN, MakeApp, asked, look, ready

PATH = "articles/sciatica.md"


def kept_files(instance: Path) -> list[Path]:
    return sorted(path for path in (instance / KEPT).rglob("*") if path.is_file())


def test_restart_while_a_file_is_broken_serves_its_last_good_version_and_says_so(
    make_app: MakeApp, corpus: Path
) -> None:
    first = make_app()
    version = ready(first)["corpus_version"]
    write_corpus(corpus, sciatica=BROKEN)
    again = make_app()
    said = ready(again)
    assert (said["state"], said["last_good"], said["corpus_version"]) == ("files_refused", [PATH], version)
    assert "Small studies" in asked(again)
    # Once more: what was recalled stays kept.
    assert ready(make_app())["last_good"] == [PATH]


def test_last_edit_before_the_break_is_what_a_restart_serves(make_app: MakeApp, corpus: Path) -> None:
    app = make_app()
    write_corpus(corpus, sciatica=SCIATICA.replace("Small studies", "Large studies"))
    look(app)
    write_corpus(corpus, sciatica=BROKEN)
    assert "Large studies" in asked(make_app())


def test_all_files_broken_at_a_restart_are_served_as_they_were(make_app: MakeApp, corpus: Path) -> None:
    make_app()
    write_corpus(corpus, sciatica=BROKEN, effects=BROKEN)
    said = ready(make_app())
    assert (said["articles"], len(said["last_good"])) == (2, 2)


def test_mended_file_takes_its_place_again(make_app: MakeApp, corpus: Path) -> None:
    make_app()
    write_corpus(corpus, sciatica=BROKEN)
    app = make_app()
    write_corpus(corpus, sciatica=SCIATICA.replace("Small studies", "Large studies"))
    look(app)
    assert ready(app)["state"] == "ready"
    assert "Large studies" in asked(app)


DRAFT = SCIATICA.replace("---\n", "---\nstatus: draft\n", 1)


@pytest.mark.parametrize("taken_back", ["deleted", "a draft"])
@pytest.mark.parametrize("running", [True, False], ids=["while it runs", "while it does not"])
def test_article_that_was_taken_back_never_returns(
    make_app: MakeApp, corpus: Path, settings: object, taken_back: str, running: bool
) -> None:
    app = make_app()
    file = corpus / "articles" / "sciatica.md"
    file.unlink()
    if taken_back == "a draft":
        file.write_text(DRAFT, encoding="utf-8")
    if running:
        look(app)
    else:
        make_app()
    assert len(kept_files(settings.instance)) == 1  # type: ignore[attr-defined]
    file.write_text(BROKEN, encoding="utf-8")
    said = ready(make_app())
    assert (said["articles"], said["last_good"]) == (1, [])


def test_folder_without_files_brings_nothing_back(make_app: MakeApp, corpus: Path) -> None:
    """Who empties the folder and restarts wants nothing to be answered."""
    make_app()
    for file in (corpus / "articles").iterdir():
        file.unlink()
    assert make_app().test_client().get("/readyz").status_code == 503


def test_folder_that_was_away_at_a_restart_forgets_nothing(make_app: MakeApp, corpus: Path) -> None:
    make_app()
    away = corpus.rename(corpus.with_name("away"))
    app = make_app()
    assert app.test_client().get("/readyz").status_code == 503
    write_corpus(away, sciatica=BROKEN)
    away.rename(corpus)
    look(app)
    assert ready(app)["last_good"] == [PATH]


def test_another_corpus_is_not_answered_from(make_app: MakeApp, tmp_path: Path) -> None:
    make_app()
    other = write_corpus(tmp_path / "other", sciatica=BROKEN, effects=SIDE_EFFECTS)
    assert ready(make_app(corpus=other))["last_good"] == []
    assert len(read_corpus(other).articles) == 1


@given(where=st.integers(0, 10**6), cut=st.booleans())
def test_kept_source_that_was_cut_or_changed_is_none(
    tmp_path_factory: pytest.TempPathFactory, where: int, cut: bool
) -> None:
    home = tmp_path_factory.mktemp("kept")
    corpus = write_corpus(home / "corpus", sciatica=SCIATICA)
    LastGood(home, corpus).keep(read_corpus(corpus).articles)
    (file,) = kept_files(home)
    whole = file.read_bytes()
    at = where % len(whole)
    file.write_bytes(whole[:at] if cut else whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
    assert LastGood(home, corpus).recall([PATH]) == ()
    file.write_bytes(whole)
    assert [article.slug for article in LastGood(home, corpus).recall([PATH, "articles/no.md", "."])] == ["sciatica"]


def test_file_that_changed_since_it_was_read_is_not_kept_as_what_was_read(tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path / "corpus", sciatica=SCIATICA, effects=SIDE_EFFECTS)
    articles = read_corpus(corpus).articles
    write_corpus(corpus, sciatica=BROKEN)
    (corpus / "articles" / "effects.md").unlink()
    LastGood(tmp_path, corpus).keep(articles)
    assert kept_files(tmp_path) == []
