"""A million passages from one index on the disk, mapped by two processes: memory of both together and time a question.

What is kept on the disk: the index as the chatbot keeps it, the passages one after the other, and the words for
spelling. Build and workers are processes of their own, so that neither counts for the other.
"""

from __future__ import annotations

import argparse
import json
import mmap
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import overload

import msgspec
import numpy as np

from benchmarks.corpora import SHIPPED, one_by_one
from benchmarks.endpoint import question_bodies
from benchmarks.system import shipped_lexicon
from chatbot.retrieval.bm25 import BM25Engine
from chatbot.retrieval.index import make_index
from chatbot.retrieval.kept import keep_index, kept_index
from chatbot.retrieval.weights import Weights
from chatbot.text.query import Language, understand
from chatbot.text.relatives import make_relatives
from chatbot.text.spelling import make_spelling
from chatbot.text.vocabulary import Vocabulary, read_vocabulary
from chatbot.values import Passage

VERSION = "benchmark"
MOST_MILLISECONDS, MOST_GIGABYTES = 50.0, 1.5
LIMIT = 3
ROUNDS = 3


class Mapped(Sequence[Passage]):
    """Passages in a file, each read when it is asked for."""

    def __init__(self, folder: Path) -> None:
        with (folder / "passages").open("rb") as file:
            self._memory = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self._bounds = np.load(folder / "bounds.npy", mmap_mode="r")

    def __len__(self) -> int:
        return len(self._bounds) - 1

    @overload
    def __getitem__(self, row: int) -> Passage: ...
    @overload
    def __getitem__(self, row: slice) -> Sequence[Passage]: ...
    def __getitem__(self, row: int | slice) -> Passage | Sequence[Passage]:
        """Read one; raise IndexError behind the last one."""
        if isinstance(row, slice):
            return [self[each] for each in range(*row.indices(len(self)))]
        if row >= len(self):
            raise IndexError(row)
        start, end = self._bounds[row], self._bounds[row + 1]
        return msgspec.msgpack.decode(self._memory[start:end], type=Passage)


class MappedEngine(BM25Engine):
    """The embedded engine over passages that stay on the disk."""

    def __init__(self, folder: Path) -> None:
        index = kept_index(folder / "index", VERSION)
        if index is None:
            raise RuntimeError(f"{folder} holds no index; build it first")
        self.passages = Mapped(folder)
        self.weights = Weights()
        self._fill(index)


def build(folder: Path, size: int) -> None:
    """Write everything that the workers map; prints seconds and the highest memory."""
    started = time.monotonic()
    engine_index = make_index(_written(folder, size))
    weights = Weights()
    engine_index.whole(weights.heading, weights.title)
    keep_index(engine_index, folder / "index", VERSION)
    megabytes = sum(file.stat().st_size for file in folder.iterdir()) / 1e6
    print(
        f"build: {time.process_time():.0f} s of CPU, {time.monotonic() - started:.0f} s, at most "
        f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.2f} GB of memory; {megabytes:.0f} MB on the disk",
        flush=True,
    )


def _written(folder: Path, size: int) -> Iterator[Passage]:
    """Yield the generated passages, and leave them and their words on the disk."""
    words: Counter[str] = Counter()
    bounds = [0]
    lexicon = shipped_lexicon()
    with (folder / "passages").open("wb") as file:
        for article in one_by_one(size):
            words.update(dict(read_vocabulary(article.passages, lexicon).words))
            for passage in article.passages:
                file.write(msgspec.msgpack.encode(passage))
                bounds.append(file.tell())
                yield passage
    np.save(folder / "bounds.npy", np.array(bounds, dtype=np.int64))
    (folder / "words.json").write_bytes(msgspec.json.encode(dict(words)))


def language(folder: Path) -> Language:
    """Return what reading a question needs to know, of the words on the disk."""
    vocabulary = Vocabulary(msgspec.json.decode((folder / "words.json").read_bytes(), type=dict[str, int]))
    return Language(shipped_lexicon(), make_spelling(vocabulary), make_relatives(vocabulary.stems))


def serve(folder: Path, rounds: int) -> None:
    """Load, answer every golden question in rounds, print the times as JSON, and stay until the input ends."""
    engine, known = MappedEngine(folder), language(folder)
    ready = time.process_time()
    questions = [json.loads(body)["question"] for body in question_bodies(SHIPPED)]
    times: list[list[tuple[float, float]]] = []
    for _ in range(rounds):
        spent = []
        for text in questions:
            wall, cpu = time.perf_counter(), time.process_time()
            found = engine.search(understand(text, (), known), LIMIT)
            spent.append((1000 * (time.perf_counter() - wall), 1000 * (time.process_time() - cpu)))
            if not found:
                raise RuntimeError(f"nothing was found for {text!r}")
        times.append(spent)
    print(json.dumps({"ready": ready, "times": times}), flush=True)
    sys.stdin.read()


def main() -> int:
    """Build, let the workers answer, add up their memory, print; 1 above a bar."""
    wanted = _arguments()
    if wanted.build or wanted.serve:
        build(wanted.folder, wanted.passages) if wanted.build else serve(wanted.folder, wanted.rounds)
        return 0
    with tempfile.TemporaryDirectory() as name:
        folder = wanted.folder or Path(name)
        folder.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", "benchmarks.million", "--folder", str(folder)]
        if not (folder / "index").exists():
            subprocess.run([*command, "--build", "--passages", str(wanted.passages)], check=True)
        return _measured([*command, "--serve", "--rounds", str(wanted.rounds)], wanted.workers)


def _measured(command: Sequence[str], count: int) -> int:
    workers = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(count)
    ]
    try:
        said = [json.loads(worker.stdout.readline()) for worker in workers if worker.stdout]
        memory = [memory_of(worker.pid) for worker in workers]
    finally:
        for worker in workers:
            worker.communicate()
    print(f"start: {max(each['ready'] for each in said):.1f} s of CPU until the first question")
    slowest = 0.0
    for turn in range(len(said[0]["times"])):
        walls, cpus = zip(*(pair for each in said for pair in each["times"][turn]), strict=True)
        slowest = float(np.median(cpus))
        print(f"round {turn + 1}: {_spread('wall', walls)}; {_spread('CPU', cpus)}")
    proportional, private = (sum(each[name] for each in memory) / 1e6 for name in ("Pss", "Private_Dirty"))
    resident = ", ".join(f"{each['Rss'] / 1e6:.2f}" for each in memory)
    print(
        f"memory: {proportional:.2f} GB of {count} workers together (bar {MOST_GIGABYTES}), "
        f"{private:.2f} of them private; resident {resident} GB"
    )
    return int(proportional > MOST_GIGABYTES or slowest > MOST_MILLISECONDS)


def _spread(name: str, values: Sequence[float]) -> str:
    middle, high = np.percentile(values, [50, 99])
    return f"{name} median {middle:.1f}, 99 % {high:.1f} ms"


def memory_of(process: int) -> dict[str, int]:
    """Return kilobytes by kind from the kernel's sum over all maps; Pss counts what two share for each by half."""
    lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()[1:]
    return {name: int(value.split()[0]) for name, _, value in (line.partition(":") for line in lines)}


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.million", description=__doc__)
    parser.add_argument("--passages", type=int, default=1_000_000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--folder", type=Path, help="where everything is kept; what it holds is used again")
    parser.add_argument("--build", action="store_true", help="only build into --folder")
    parser.add_argument("--serve", action="store_true", help="be one worker over --folder")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
