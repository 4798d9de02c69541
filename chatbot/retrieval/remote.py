"""The engine outside this process, and the embedded one that stands in for it."""

from __future__ import annotations

from collections.abc import Callable

from opensearchpy import OpenSearch

from chatbot.retrieval.bm25 import BM25Engine
from chatbot.retrieval.fallback import Breaker, FallbackEngine
from chatbot.retrieval.indexing import index_name, index_passages, is_indexed
from chatbot.retrieval.opensearch import OpenSearchEngine, connect


class Remote:
    """One OpenSearch for all versions of the corpus."""

    def __init__(self, client: OpenSearch, now: Callable[[], float]) -> None:
        """now: seconds of a clock that never goes back."""
        self._client = client
        self.breaker = Breaker(now)

    def engine(self, embedded: BM25Engine, version: str) -> FallbackEngine:
        """Return the engine of a version: OpenSearch where it has all of its passages, else the embedded one."""
        return FallbackEngine(OpenSearchEngine(self._client, index_name(version)), embedded, self.breaker)

    def is_indexed(self, version: str) -> bool:
        """Say whether OpenSearch has a version; raises EngineUnavailable."""
        return is_indexed(self._client, version)

    def index(self, embedded: BM25Engine, version: str) -> int:
        """Bring a version into OpenSearch unless it is there; return its passages; raises EngineUnavailable."""
        return index_passages(self._client, embedded, version)


def make_remote(url: str, now: Callable[[], float]) -> Remote:
    """Return the OpenSearch at an address, or at several with commas between; nothing is asked of it yet."""
    return Remote(connect(url), now)
