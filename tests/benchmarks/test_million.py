"""Passages and index on the disk, beside the same in memory."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from benchmarks.corpora import generated, passages_of
from benchmarks.million import Mapped, MappedEngine, build, language, memory_of
from benchmarks.system import shipped_lexicon
from chatbot.retrieval.bm25 import BM25Engine
from chatbot.text.query import make_language, understand

SIZE = 50
QUESTIONS = ("how long does the relief last", "what are the side effects of ketamine", "siatica")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("million")
    build(made, SIZE)
    return made


def test_the_passages_are_read_back_as_they_were(folder: Path) -> None:
    passages = passages_of(generated(SIZE))
    mapped = Mapped(folder)
    assert (len(mapped), tuple(mapped), tuple(mapped[3:5])) == (SIZE, passages, passages[3:5])


def test_every_match_is_that_of_the_engine_in_memory(folder: Path) -> None:
    passages = passages_of(generated(SIZE))
    mapped, made, known = MappedEngine(folder), BM25Engine(passages), make_language(passages, shipped_lexicon())
    for text in QUESTIONS:
        query = understand(text, (), known)
        assert understand(text, (), language(folder)) == query
        assert mapped.search(query, 9) == made.search(query, 9) != ()


def test_a_folder_without_an_index_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="build it first"):
        MappedEngine(tmp_path)


def test_the_kernel_s_sums_are_read() -> None:
    memory = memory_of(os.getpid())
    assert 0 < memory["Pss"] <= memory["Rss"]
