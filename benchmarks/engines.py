"""CPU per question of the index alone, beside other people's: the same BM25 question to all, and our full ranking."""

from __future__ import annotations

import argparse
import statistics
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
BUILDS = 3
# of each, in turns; their median counts
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
        built = {name: (build(passages), list[float]()) for name, build in builds.items()}
        for _ in range(BUILDS):
            for name, build in builds.items():
                built[name][1].append(_seconds(build, passages))
        searches = {name: search for name, (search, _) in built.items()}
        times = cpu_milliseconds(searches, questions, rounds=wanted.rounds, most=len(questions))
        for name, spent in times.items():
            made = statistics.median(built[name][1])
            made_ratio = made / statistics.median(built[PEERS[0]][1])
            okapi, numpy_peer = times[PEERS[0]], times.get(PEERS[1], np.nan)
            print(
                f"{size:>9}  {name:<26}{made:>9.2f}{made_ratio:>12.2f}"
                f"{spent:>10.3f}{spent / okapi:>12.3f}{spent / numpy_peer:>9.2f}",
                flush=True,
            )
    return 0


def _seconds(build: Build, passages: Sequence[Passage]) -> float:
    """Return the CPU seconds of a build, for which one before it has filled the caches that live on."""
    started = time.process_time()
    build(passages)
    return time.process_time() - started


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.engines", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES))
    parser.add_argument("--rounds", type=int, default=3)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
