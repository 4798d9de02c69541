"""Every regular expression of the program against strings that are made to slow just it down.

`python -m benchmarks.patterns [--strings 350] [--most 5] [--slowest 10]`

The expressions are all that can be reached from the program's modules and from its safety rules, and those that stand
as text in a call of `re`. From the structure of each, strings of 2,000 characters are made: what it repeats, over and
over, after a beginning that fits and before an end that does not; nearly whole matches in a row; its own characters in
any order. Each string is searched from end to end, and matched from its beginning; where only the latter is ever done
the search is left out. The processor time of the slowest string counts, the best of three. Exit 1 above --most ms.
"""

from __future__ import annotations

import argparse
import random
import signal
import sys
import time
from dataclasses import dataclass
from re import Pattern
from types import FrameType

from benchmarks.attacks import attacks
from benchmarks.expressions import Found, found_expressions

LENGTH = 2_000
CUT_SECONDS = 1
TRIES = 3


@dataclass(frozen=True, slots=True)
class Slowest:
    """What an expression needs at worst."""

    found: Found
    milliseconds: float
    text: str


def main() -> int:
    """Print the slowest expressions; 1 when one of them is too slow."""
    wanted = _arguments()
    found = found_expressions()
    judged = sorted((slowest(each, wanted.strings) for each in found), key=lambda each: -each.milliseconds)
    print(f"{len(found)} expressions x {wanted.strings} strings of {LENGTH:,} characters, ms of CPU for the slowest:")
    for each in judged[: wanted.slowest]:
        print(f"{each.milliseconds:9.2f}  {each.found.place}  {each.text[:30]!r} … {each.text[-12:]!r}")
    too_slow = [each for each in judged if each.milliseconds > wanted.most]
    print(f"{len(too_slow)} above {wanted.most:g} ms")
    return 1 if too_slow else 0


def slowest(found: Found, count: int) -> Slowest:
    """Return the worst of `count` strings for an expression, the same ones each time."""
    chance = random.Random(found.pattern.pattern if isinstance(found.pattern.pattern, str) else 0)
    worst = Slowest(found, 0.0, "")
    for text in attacks(found.pattern, LENGTH, count, chance):
        spent = milliseconds(found, text)
        if spent > worst.milliseconds:
            # Once more before it counts: any first look may be slow.
            again = min(spent, *(milliseconds(found, text) for _ in range(TRIES - 1)))
            worst = max(worst, Slowest(found, again, text), key=lambda each: each.milliseconds)
        if worst.milliseconds >= 1000 * CUT_SECONDS:
            break
    return worst


def milliseconds(found: Found, text: str) -> float:
    """Return the processor time of using an expression on a text; what takes CUT_SECONDS is cut off there."""
    pattern: Pattern[str] | Pattern[bytes] = found.pattern
    given: str | bytes = text if isinstance(pattern.pattern, str) else text.encode("latin-1", "replace")
    begun = time.thread_time()
    try:
        _use(pattern, given, whole=not found.is_only_matched)
    except TimeoutError:
        return 1000.0 * CUT_SECONDS
    return 1000 * (time.thread_time() - begun)


def _use(pattern: Pattern[str] | Pattern[bytes], text: str | bytes, *, whole: bool) -> None:
    before = signal.signal(signal.SIGALRM, _cut)
    signal.setitimer(signal.ITIMER_REAL, CUT_SECONDS)
    try:
        pattern.fullmatch(text)  # type: ignore[call-overload]
        if whole:
            for _ in pattern.finditer(text):  # type: ignore[call-overload]
                pass
        else:
            pattern.match(text)  # type: ignore[call-overload]
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _cut(number: int, frame: FrameType | None) -> None:
    raise TimeoutError


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--strings", type=int, default=350, help="for each expression")
    parser.add_argument("--most", type=float, default=5.0, help="ms of CPU that a string may take")
    parser.add_argument("--slowest", type=int, default=10, help="how many to print")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
