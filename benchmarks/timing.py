"""CPU time per question, fair between systems on a machine that others use too."""

from __future__ import annotations

import statistics
import time
from collections.abc import Mapping, Sequence

from benchmarks.peers import Search

ROUNDS = 5
QUESTIONS = 60


def cpu_milliseconds(
    systems: Mapping[str, Search], questions: Sequence[str], *, rounds: int = ROUNDS, most: int = QUESTIONS
) -> dict[str, float]:
    """Return the CPU milliseconds per question of each system: the median over rounds of each round's mean.

    most: how many of the questions each is asked in a round.

    The systems take turns within a round, so that a busy moment of the machine strikes all of them. Processor time of
    every thread is counted, waiting is not. A first, uncounted round warms caches.
    """
    sample = list(questions)[:most]
    spent: dict[str, list[float]] = {name: [] for name in systems}
    for turn in range(rounds + 1):
        for name, search in systems.items():
            start = time.process_time()
            for question in sample:
                search(question)
            if turn and sample:
                spent[name].append(1000 * (time.process_time() - start) / len(sample))
    return {name: statistics.median(times) for name, times in spent.items() if times}
