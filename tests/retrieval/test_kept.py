"""A kept index is the one that was made, or none at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.retrieval.bm25 import BM25Engine
from chatbot.retrieval.index import make_index
from chatbot.retrieval.kept import keep_index, kept_index
from chatbot.text.lexicon import NO_LEXICON
from chatbot.text.query import make_language, understand
from chatbot.values import Passage
from tests.builders import make_passage
from tests.retrieval.test_engines import PASSAGES, TEXT, corpora


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    path = tmp_path / "index" / "passages"
    keep_index(make_index(PASSAGES), path, "v1")
    return path


@given(corpora(), TEXT)
def test_a_kept_index_gives_every_match_bit_for_bit(
    tmp_path_factory: pytest.TempPathFactory, passages: list[Passage], text: str
) -> None:
    path = tmp_path_factory.mktemp("kept") / "index"
    made = BM25Engine(passages)
    keep_index(made.index, path, "v1")
    query = understand(text, (), make_language(passages, NO_LEXICON))
    assert BM25Engine(passages, index=kept_index(path, "v1")).search(query, 20) == made.search(query, 20)


def test_the_scores_of_headings_and_titles_are_kept_for_the_weights_in_use(tmp_path: Path) -> None:
    made = BM25Engine(PASSAGES)
    keep_index(made.index, tmp_path / "index", "v1")
    kept = kept_index(tmp_path / "index", "v1")
    assert kept
    ((weights, postings),) = kept.ranked.items()
    assert weights == (made.weights.heading, made.weights.title)
    assert postings.scores.tolist() == made.index.ranked[weights].scores.tolist()


def test_a_kept_index_can_be_followed_by_the_next(kept: Path) -> None:
    mapped = BM25Engine(PASSAGES, index=kept_index(kept, "v1"))
    after = (*PASSAGES[:1], make_passage("Rest helps.", title="Rest", anchor="rest"), *PASSAGES[2:])
    query = understand("does rest help nausea", (), make_language(after, NO_LEXICON))
    assert BM25Engine(after, before=mapped).search(query, 9) == BM25Engine(after).search(query, 9)


def test_another_version_is_none(kept: Path) -> None:
    assert kept_index(kept, "v2") is None


def test_no_file_is_none(tmp_path: Path) -> None:
    assert kept_index(tmp_path / "missing", "v1") is None
    assert kept_index(tmp_path, "v1") is None


@given(st.integers(0, 10**9))
def test_a_file_that_was_cut_is_none(tmp_path_factory: pytest.TempPathFactory, where: int) -> None:
    path = tmp_path_factory.mktemp("cut") / "index"
    keep_index(make_index(PASSAGES), path, "v1")
    whole = path.read_bytes()
    path.write_bytes(whole[: where % len(whole)])
    assert kept_index(path, "v1") is None


@given(st.integers(0, 10**9))
def test_a_file_with_one_wrong_bit_is_none(tmp_path_factory: pytest.TempPathFactory, where: int) -> None:
    path = tmp_path_factory.mktemp("wrong") / "index"
    keep_index(make_index(PASSAGES), path, "v1")
    whole = path.read_bytes()
    at = where % len(whole)
    path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
    assert kept_index(path, "v1") is None


def test_writing_leaves_no_other_file_behind(kept: Path) -> None:
    keep_index(make_index(PASSAGES[:1]), kept, "v2")
    assert [file.name for file in kept.parent.iterdir()] == ["passages"]
    assert kept_index(kept, "v2")


def test_a_place_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OSError, match="file"):
        keep_index(make_index(PASSAGES), tmp_path / "file" / "index", "v1")
