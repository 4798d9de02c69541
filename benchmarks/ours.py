"""Our own engine, behind the same face as the peers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from benchmarks.measures import CUT
from benchmarks.peers import NOTHING, Found, Search
from chatbot.retrieval.bm25 import BM25Engine, Weights
from chatbot.text.lexicon import NO_LEXICON, Lexicon, read_lexicon
from chatbot.text.query import make_language, understand
from chatbot.values import Passage

LEXICON = Path("corpus/lexicon.toml")


def ours(passages: Sequence[Passage], weights: Weights | None = None) -> Search:
    """Index the passages as the chatbot does: from words to matches and confidence, without marking sentences."""
    language = make_language(passages, shipped_lexicon())
    engine = BM25Engine(passages, weights)

    def search(text: str) -> Found:
        query = understand(text, (), language)
        matches = engine.search(query, CUT)
        if not matches:
            return NOTHING
        return Found(tuple(match.passage.id for match in matches), matches[0].coverage)

    return search


def shipped_lexicon() -> Lexicon:
    """Return the lexicon of the shipped corpus, or none while there is no such file."""
    return read_lexicon(LEXICON) if LEXICON.exists() else NO_LEXICON
