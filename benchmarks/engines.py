"""CPU per question of the index alone, beside other people's: the same BM25 question to all, and our full ranking."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence

import numpy as np

from benchmarks.corpora import SHIPPED, generated, passages_of
from benchmarks.endpoint import question_bodies
from benchmarks.measures import CUT
from benchmarks.ours import ours
from benchmarks.peers import NOTHING, Build, Found, Search, installed, stems
from benchmarks.timing import cpu_milliseconds
from chatbot.retrieval.best import best_rows
from chatbot.retrieval.postings import Postings
from chatbot.retrieval.summing import summed
from chatbot.values import Passage

SIZES = (100, 1_000, 10_000)
PEERS = ("rank_bm25 Okapi, stems", "bm25s, stems", "tantivy", "SQLite FTS5")
PLAIN, FULL = "ours, plain BM25", "ours, every signal"


def plain(passages: Sequence[Passage]) -> Search:
    """Rank by our index's BM25 alone, over the same stems as the peers."""
    index = Postings([stems(f"{each.title} {each.section or ''} {each.text}") for each in passages])

    def search(text: str) -> Found:
        total = summed([found for stem in stems(text) if (found := index.rows(stem))], index.count)
        rows = best_rows(total, CUT)
        return Found(tuple(passages[row].id for row in rows), float(total[rows[0]])) if rows else NOTHING

    return search


def main() -> int:
    """Measure every size and print."""
    wanted = _arguments()
    questions = [body.decode().partition('"question": "')[2].partition('"')[0] for body in question_bodies(SHIPPED)]
    peers = installed()
    builds: dict[str, Build] = {PLAIN: plain, FULL: ours, **{name: peers[name] for name in PEERS if name in peers}}
    print(f"{'passages':>9}  {'':26}{'build s':>9}{'x rank_bm25':>12}{'query ms':>10}{'x rank_bm25':>12}{'x bm25s':>9}")
    for size in wanted.sizes:
        passages = passages_of(generated(size))
        built = {name: _built(build, passages) for name, build in builds.items()}
        times = cpu_milliseconds({name: search for name, (search, _) in built.items()}, questions, rounds=wanted.rounds)
        for name, spent in times.items():
            made = built[name][1]
            made_ratio, okapi, numpy_peer = (made / built[PEERS[0]][1], times[PEERS[0]], times.get(PEERS[1], np.nan))
            print(
                f"{size:>9}  {name:<26}{made:>9.2f}{made_ratio:>12.2f}"
                f"{spent:>10.3f}{spent / okapi:>12.3f}{spent / numpy_peer:>9.2f}",
                flush=True,
            )
    return 0


def _built(build: Build, passages: Sequence[Passage]) -> tuple[Search, float]:
    """Return a search and the CPU seconds of the second build: the first one fills caches of stems that all share."""
    build(passages[: len(passages) // 2])
    started = time.process_time()
    return build(passages), time.process_time() - started


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.engines", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES))
    parser.add_argument("--rounds", type=int, default=3)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
