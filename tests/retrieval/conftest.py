from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

import pytest
from opensearchpy import OpenSearch

from chatbot.retrieval.bm25 import BM25Engine
from chatbot.retrieval.indexing import index_name, index_passages
from chatbot.retrieval.opensearch import OpenSearchEngine, connect
from chatbot.values import Engine, Passage


@pytest.fixture(scope="session")
def opensearch(opensearch_url: str) -> OpenSearch:
    return connect(opensearch_url)


@pytest.fixture(scope="session")
def make_opensearch_engine(opensearch: OpenSearch) -> Callable[[Sequence[Passage]], Engine]:
    def make(passages: Sequence[Passage]) -> Engine:
        version = hashlib.sha256(repr(tuple(passages)).encode()).hexdigest()[:16]
        index_passages(opensearch, BM25Engine(passages), version)
        return OpenSearchEngine(opensearch, index_name(version))

    return make
