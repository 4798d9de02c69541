"""How much of the processor's time a piece of work takes, whatever the machine and the other tests are busy with."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable


def cpu_seconds(work: Callable[[], object]) -> float:
    """Return the time of this thread for one run of the work.

    What other tests keep in memory, hundreds of megabytes at the end of a run, is not looked through for rubbish
    meanwhile: that made a file of 0.2 s take 1.1.
    """
    gc.freeze()
    try:
        start = time.thread_time()
        work()
        return time.thread_time() - start
    finally:
        gc.unfreeze()
