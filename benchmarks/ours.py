"""Our own engine, behind the same face as the peers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from benchmarks.measures import CUT
from benchmarks.peers import Found, Search
from chatbot.answering.confidence import confidence
from chatbot.retrieval.bm25 import BM25Engine
from chatbot.text.lexicon import NO_LEXICON, Lexicon, read_lexicon
from chatbot.text.query import understand
from chatbot.values import Passage

LEXICON = Path("corpus/lexicon.toml")


def ours(passages: Sequence[Passage], lexicon: Lexicon | None = None) -> Search:
    """Index the passages as the chatbot does; from words to matches and confidence, without sentences and page."""
    known = shipped_lexicon() if lexicon is None else lexicon
    engine = BM25Engine(passages, known)

    def search(text: str) -> Found:
        query = understand(text, (), known)
        matches = engine.search(query, CUT)
        return Found(tuple(match.passage.id for match in matches), confidence(query, matches))

    return search


def shipped_lexicon() -> Lexicon:
    """Return the lexicon of the shipped corpus, or none while there is no such file."""
    return read_lexicon(LEXICON) if LEXICON.exists() else NO_LEXICON
