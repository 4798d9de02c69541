"""Our own engine, behind the same face as the peers."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.measures import CUT
from benchmarks.peers import NOTHING, Found, Search
from chatbot.answering.confidence import POLICY, confidence
from chatbot.retrieval.bm25 import BM25Engine
from chatbot.retrieval.weights import Weights
from chatbot.text.lexicon import NO_LEXICON
from chatbot.text.query import make_language, understand
from chatbot.values import Passage

SHOWN = POLICY.limit
# the verdict looks at the passages that a visitor would see


def ours(passages: Sequence[Passage], weights: Weights | None = None) -> Search:
    """Index the passages as the chatbot does: from words to matches and confidence, without marking sentences.

    Without a lexicon: the shipped one is written for articles on chronic pain, and these sets are about other things.
    """
    language = make_language(passages, NO_LEXICON)
    engine = BM25Engine(passages, weights)

    def search(text: str) -> Found:
        query = understand(text, (), language)
        matches = engine.search(query, CUT)
        if not matches:
            return NOTHING
        sure = max(confidence(query, match) for match in matches[:SHOWN])
        return Found(tuple(match.passage.id for match in matches), sure)

    return search
