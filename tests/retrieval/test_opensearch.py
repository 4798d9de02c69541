"""OpenSearch beside the embedded engine, and what happens when it cannot answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from opensearchpy import OpenSearch
from opensearchpy.exceptions import ConnectionTimeout

from chatbot.corpus.reader import read_corpus
from chatbot.errors import EngineUnavailable
from chatbot.retrieval.bm25 import BM25Engine
from chatbot.retrieval.indexing import CURRENT, PREFIX, index_name, index_passages, is_indexed
from chatbot.retrieval.opensearch import OpenSearchEngine, connect
from chatbot.text.lexicon import read_lexicon
from chatbot.text.query import make_language, understand
from chatbot.values import Engine, Match, Passage
from tests.builders import make_passage
from tests.retrieval.test_engines import LEXICON, PASSAGES, TEXT, corpora

CORPUS = Path(__file__).parents[2] / "corpus"
QUESTIONS = (
    "does the drip wear off",
    "siatica shots??",
    "is ketamine an opioid like morphine",
    "what are the side effects of an infusion",
    "who should not have it",
    "how long does the relief last",
    "can I drive home after the infusion",
    "does insurance pay for CRPS treatment",
    "what is the best pizza in town",
)

MakeEngine = Callable[[Sequence[Passage]], Engine]


def bare(matches: Sequence[Match]) -> list[tuple[object, ...]]:
    """Return all that a match says, with its sums to twelve digits: they are added up in another order."""
    return [
        (each.passage, each.hits, *(round(n, 12) for n in (each.score, each.coverage, each.wording)))
        for each in matches
    ]


@settings(max_examples=20)
@given(corpora(), TEXT)
def test_every_match_is_that_of_the_embedded_engine(
    make_opensearch_engine: MakeEngine, passages: list[Passage], text: str
) -> None:
    query = understand(text, (), make_language(passages, LEXICON))
    assert bare(make_opensearch_engine(passages).search(query, 10)) == bare(BM25Engine(passages).search(query, 10))


def test_the_shipped_articles_are_ranked_alike(make_opensearch_engine: MakeEngine) -> None:
    passages = [passage for article in read_corpus(CORPUS).articles for passage in article.passages]
    language = make_language(passages, read_lexicon(CORPUS / "lexicon.toml"))
    remote, embedded = make_opensearch_engine(passages), BM25Engine(passages)
    for text in QUESTIONS:
        query = understand(text, (), language)
        assert bare(remote.search(query, 5)) == bare(embedded.search(query, 5)), text


def test_a_version_that_is_not_indexed_is_no_empty_corpus(opensearch: OpenSearch) -> None:
    query = understand("nerve", (), make_language(PASSAGES, LEXICON))
    with pytest.raises(EngineUnavailable):
        OpenSearchEngine(opensearch, index_name("missing")).search(query, 3)


def test_a_server_that_is_away_is_unavailable() -> None:
    away = connect("http://127.0.0.1:9")
    query = understand("nerve", (), make_language(PASSAGES, LEXICON))
    with pytest.raises(EngineUnavailable, match="ConnectionError"):
        OpenSearchEngine(away, "any").search(query, 3)
    with pytest.raises(EngineUnavailable):
        index_passages(away, BM25Engine(PASSAGES), "v")
    with pytest.raises(EngineUnavailable):
        is_indexed(away, "v")


@pytest.mark.parametrize(
    "wrong",
    [
        {"timed_out": True},
        {"_shards": {"total": 3, "successful": 2, "failed": 1}},
        {"_shards": {"total": 3, "successful": 2, "failed": 0}},
        {"hits": {}},
    ],
)
def test_a_shard_that_is_missing_is_an_error_and_not_fewer_passages(
    opensearch: OpenSearch, monkeypatch: pytest.MonkeyPatch, wrong: dict[str, object]
) -> None:
    index_passages(opensearch, BM25Engine(PASSAGES), "partial")
    engine = OpenSearchEngine(opensearch, index_name("partial"))
    query = understand("nerve", (), make_language(PASSAGES, LEXICON))
    assert engine.search(query, 3)
    whole = opensearch.search

    def search(**asked: object) -> dict[str, object]:
        return {**whole(**asked), **wrong}

    monkeypatch.setattr(opensearch, "search", search)
    with pytest.raises(EngineUnavailable):
        engine.search(query, 3)


# --- versions ---------------------------------------------------------------------------------


def aliases(client: OpenSearch) -> dict[str, set[str]]:
    return {name: set(found["aliases"]) for name, found in client.indices.get_alias(index=f"{PREFIX}*").items()}


def test_a_new_version_is_switched_to_at_once_and_the_one_before_stays(opensearch: OpenSearch) -> None:
    for version in ("one", "two", "three"):
        index_passages(opensearch, BM25Engine(PASSAGES), version)
        assert [names for names in aliases(opensearch).values() if CURRENT in names] == [{CURRENT, index_name(version)}]
    kept = {name for names in aliases(opensearch).values() for name in names}
    assert {index_name("two"), index_name("three")} <= kept
    assert index_name("one") not in kept


def test_indexing_a_version_again_changes_nothing(opensearch: OpenSearch) -> None:
    assert index_passages(opensearch, BM25Engine(PASSAGES), "again") == 3
    before = aliases(opensearch)
    assert index_passages(opensearch, BM25Engine(PASSAGES), "again") == 3
    assert aliases(opensearch) == before
    assert is_indexed(opensearch, "again")


def test_an_old_version_still_answers_from_its_own_passages(opensearch: OpenSearch) -> None:
    other = [make_passage("Nerve blocks numb.", title="Blocks", anchor="block")]
    index_passages(opensearch, BM25Engine(PASSAGES), "old")
    old = OpenSearchEngine(opensearch, index_name("old"))
    index_passages(opensearch, BM25Engine(other), "new")
    query = understand("nerve", (), make_language([*PASSAGES, *other], LEXICON))
    assert [match.passage.anchor for match in old.search(query, 3)] == ["sciatica"]
    assert [match.passage.anchor for match in OpenSearchEngine(opensearch, index_name("new")).search(query, 3)] == [
        "block"
    ]


def test_two_processes_that_are_done_at_the_same_moment_leave_one_index(
    opensearch: OpenSearch, monkeypatch: pytest.MonkeyPatch
) -> None:
    look = opensearch.indices.get_alias

    def overtaken(**asked: object) -> object:
        seen = look(**asked)
        monkeypatch.undo()
        index_passages(opensearch, BM25Engine(PASSAGES), "raced")
        return seen

    monkeypatch.setattr(opensearch.indices, "get_alias", overtaken)
    index_passages(opensearch, BM25Engine(PASSAGES), "raced")
    for alias in (index_name("raced"), CURRENT):
        assert len([names for names in aliases(opensearch).values() if alias in names]) == 1
    query = understand("nerve", (), make_language(PASSAGES, LEXICON))
    remote = OpenSearchEngine(opensearch, index_name("raced"))
    assert bare(remote.search(query, 3)) == bare(BM25Engine(PASSAGES).search(query, 3))


def test_filling_that_was_cut_off_is_taken_up_again(opensearch: OpenSearch, monkeypatch: pytest.MonkeyPatch) -> None:
    def cut_off(*_: object, **__: object) -> object:
        raise ConnectionTimeout("N/A", "cut off", OSError())

    monkeypatch.setattr(opensearch, "bulk", cut_off)
    with pytest.raises(EngineUnavailable, match="ConnectionTimeout"):
        index_passages(opensearch, BM25Engine(PASSAGES), "cut")
    assert not is_indexed(opensearch, "cut")
    monkeypatch.undo()
    assert index_passages(opensearch, BM25Engine(PASSAGES), "cut") == 3
    assert is_indexed(opensearch, "cut")


def test_an_index_that_was_deleted_while_it_was_filled_is_not_switched_to(
    opensearch: OpenSearch, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill = opensearch.bulk

    def after_a_deletion(*documents: object, **asked: object) -> object:
        opensearch.indices.delete(index=f"{index_name('gone')}*")
        return fill(*documents, **asked)

    monkeypatch.setattr(opensearch, "bulk", after_a_deletion)
    with pytest.raises(EngineUnavailable, match="deleted"):
        index_passages(opensearch, BM25Engine(PASSAGES), "gone")
    monkeypatch.undo()
    assert not is_indexed(opensearch, "gone")
    assert index_passages(opensearch, BM25Engine(PASSAGES), "gone") == 3
