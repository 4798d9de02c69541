"""How much of the processor's time a piece of work takes, whatever the machine and the other tests are busy with."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

USUAL_SECONDS = 0.0042
# of the loop below, on the machine that the tests' bounds were set on when it was quiet
TRIES = 2


def cpu_seconds(work: Callable[[], object]) -> float:
    """Return the time of this thread for one run of the work, as on a machine that needs USUAL_SECONDS for the loop.

    The same machine has been seen at half its speed for minutes, when others use what it runs on: the loop, timed just
    before and after, is then as slow. What other tests keep in memory, hundreds of megabytes at the end of a run, is
    not looked through for rubbish meanwhile: that made a file of 0.2 s take 1.1.
    """
    gc.freeze()
    try:
        before = slowness()
        spent = _seconds(work)
        return spent / max(before, slowness())
    finally:
        gc.unfreeze()


def slowness() -> float:
    """Return how many times slower than usual the machine is now."""
    return loop_seconds() / USUAL_SECONDS


def loop_seconds() -> float:
    """Return the time of this thread for a fixed loop, the best of a few tries: how fast the machine is now."""
    return min(_seconds(lambda: sum(number * number % 7 for number in range(100_000))) for _ in range(TRIES))


def _seconds(work: Callable[[], object]) -> float:
    start = time.thread_time()
    work()
    return time.thread_time() - start
