"""What the next start finds on the disk."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest

from chatbot import shelf, snapshots
from chatbot.answering.notices import SafetyRules
from chatbot.corpus import loading, reader
from chatbot.library import Library
from chatbot.settings import Settings
from chatbot.shelf import ARTICLES, LEXICON, RULES, shipped_rules
from chatbot.snapshots import WORDS
from chatbot.text.query import understand
from tests.conftest import SIDE_EFFECTS

DRIP = '[[words]]\nsay = ["drip"]\nmean = ["sciatica"]\n'


def never(*_: object) -> NoReturn:
    raise AssertionError("this was kept")


@pytest.fixture
def start(settings: Settings, rules: SafetyRules) -> Callable[[], Library]:
    (settings.corpus / "lexicon.toml").write_text(DRIP, "utf-8")

    def started() -> Library:
        library = Library(settings, rules)
        library.refresh()
        return library

    return started


def answers(library: Library) -> object:
    now = library.snapshot()
    query = understand("does a drip help siatica?", (), now.language)
    return now.version, now.problems, now.articles, query, now.embedded.search(query, 5)


def test_a_second_start_reads_no_article_no_lexicon_and_no_word(
    start: Callable[[], Library], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = answers(start())
    monkeypatch.setattr(reader, "read_file", never)
    monkeypatch.setattr(loading, "read_lexicon", never)
    monkeypatch.setattr(snapshots, "make_language", never)
    assert answers(start()) == first


def test_what_was_touched_between_two_starts_is_read_again(start: Callable[[], Library], settings: Settings) -> None:
    start()
    (settings.corpus / "articles" / "sciatica.md").unlink()
    (settings.corpus / "articles" / "effects.md").write_text(SIDE_EFFECTS.replace("tired", "weary"), "utf-8")
    (settings.corpus / "lexicon.toml").write_text(DRIP.replace("drip", "needle"), "utf-8")
    now = start().snapshot()
    assert [article.slug for article in now.articles] == ["effects"]
    assert ("needl",) in now.language.lexicon.meanings
    assert ("drip",) not in now.language.lexicon.meanings
    assert now.language.spelling.vocabulary.words == start().snapshot().language.spelling.vocabulary.words


def test_a_folder_that_was_emptied_between_two_starts_serves_nothing(
    start: Callable[[], Library], settings: Settings
) -> None:
    start()
    for path in (settings.corpus / "articles").iterdir():
        path.unlink()
    assert start().loaded.articles == ()


@pytest.mark.parametrize("name", [ARTICLES, LEXICON, WORDS])
def test_a_torn_file_is_read_anew_and_written_anew(
    start: Callable[[], Library], settings: Settings, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = answers(start())
    path = settings.instance / name
    whole = path.read_bytes()
    path.write_bytes(whole[:-1])
    assert answers(start()) == first
    assert path.read_bytes() == whole


def test_two_corpora_in_one_instance_folder_stay_apart(
    start: Callable[[], Library], settings: Settings, rules: SafetyRules, tmp_path: Path
) -> None:
    first = answers(start())
    other = tmp_path / "other"
    other.mkdir()
    (other / "effects.md").write_text(SIDE_EFFECTS, "utf-8")
    library = Library(Settings(corpus=other, instance=settings.instance), rules)
    library.refresh()
    assert [article.slug for article in library.snapshot().articles] == ["effects"]
    assert answers(start()) == first


def test_the_shipped_rules_are_read_once(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    first = shipped_rules(settings)
    monkeypatch.setattr(shelf, "read_rules", never)
    assert shipped_rules(settings) == first


def test_rules_that_cannot_be_kept_are_rules_all_the_same(settings: Settings) -> None:
    settings.instance.mkdir(exist_ok=True)
    (settings.instance / RULES).parent.write_text("in the way", "utf-8")
    assert shipped_rules(settings).families
