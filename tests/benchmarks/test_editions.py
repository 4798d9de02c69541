from __future__ import annotations

from pathlib import Path

from benchmarks.editions import SLUG, Told, fallen_back, mixed, publish
from chatbot.corpus.reader import read_corpus
from tests.conftest import SCIATICA, write_corpus


def told(*editions: int, version: str = "", at: float = 0.0) -> Told:
    return Told(at, 0.01, version or str(editions), frozenset(editions))


def test_answers_of_one_edition_each_are_not_mixed() -> None:
    assert mixed([told(1), told(1), told(2)]) == 0


def test_answer_of_two_editions_or_of_none_is_mixed() -> None:
    assert mixed([told(1, 2)]) == 1
    assert mixed([told()]) == 1


def test_version_that_stands_for_two_editions_makes_all_its_answers_mixed() -> None:
    assert mixed([told(1, version="a"), told(2, version="a"), told(3, version="b")]) == 2


def test_answer_falls_back_only_behind_what_every_worker_had() -> None:
    everywhere = [(10.0, 1), (20.0, 2)]
    early, same, back = told(0, at=9.9), told(1, at=19.9), told(1, at=20.0)
    assert fallen_back([early, same], everywhere) == 0
    assert fallen_back([back, told(0, at=15.0), told(2, at=30.0)], everywhere) == 2


def test_each_edition_is_an_article_that_says_its_number_in_two_passages(tmp_path: Path) -> None:
    folder = write_corpus(tmp_path, sciatica=SCIATICA)
    for edition in (3, 4):
        publish(folder, edition)
        (article,) = (each for each in read_corpus(folder).articles if each.slug == SLUG)
        assert [f"edition {edition}" in passage.text for passage in article.passages] == [True, True]
