"""What the safety rules find, what they wrongly fire on, and what they cost: `python -m benchmarks.safety`.

Each labelled set stands apart: `dev` was written with the rules in view, each held-out set after a freeze of the
rules; on `kept_out` nothing was ever fitted. The figures are those of today's rules; tests/answering/safety/README.md
tells what the first look at each found. `--misses` lists every message that is judged wrongly, but those of `kept_out`,
which nobody is to read who changes the rules.
"""

from __future__ import annotations

import argparse
import gc
import random
import time
from collections.abc import Callable, Iterable, Sequence

from chatbot.answering.notices import SafetyRules, assess, read_rules
from chatbot.answering.safety.findings import findings
from chatbot.values import Question
from tests.answering.safety.labelled import KEPT_OUT, QUIET, URGENT, Message, kept_out, messages, plain

REGION = "US"


def main(arguments: Sequence[str] | None = None) -> None:
    """Print every figure."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.safety", description=__doc__)
    parser.add_argument(
        "--misses", action="store_true", help="list every message that is judged wrongly, but those of `kept_out`"
    )
    options = parser.parse_args(arguments)
    rules = read_rules()
    patterns = len(rules.urgent.owners) + len(rules.mild.owners)
    print(f"rules {rules.version} of {rules.date}: {len(rules.families)} families, {patterns} patterns")
    everything = [*plain(), *messages(), *kept_out()]
    for source in dict.fromkeys(message.source for message in everything):
        _print_set(source, [message for message in everything if message.source == source], rules)
    if options.misses:
        for message in everything:
            if message.source != KEPT_OUT and not is_right(message, rules):
                print(f"  {message.source} {message.category}: {message.text}")
    # As the server does once it has started.
    gc.freeze()
    _print_times([message.text for message in (*plain(), *messages())], rules)


def is_right(message: Message, rules: SafetyRules) -> bool:
    """Say whether the rules judge a message as its label does."""
    judged = assess(Question(message.text, message.history), rules, REGION)
    return message.passes(judged.level, judged.categories)


def _print_set(name: str, members: Sequence[Message], rules: SafetyRules) -> None:
    right = {message: is_right(message, rules) for message in members}
    urgent = [message for message in members if message.category in URGENT]
    print(f"\n{name}: {_share(right[message] for message in urgent)} urgent found" if urgent else f"\n{name}")
    for category in sorted({message.category for message in members}, key=lambda c: (c in QUIET, len(c), c)):
        own = [right[message] for message in members if message.category == category]
        print(f"  {category:15} {_share(own)} {'quiet' if category in QUIET else 'right'}")


def _share(outcomes: Iterable[bool]) -> str:
    listed = list(outcomes)
    return f"{sum(listed):4} of {len(listed):4} ({100 * sum(listed) / len(listed):5.1f} %)"


def _print_times(texts: Sequence[str], rules: SafetyRules) -> None:
    print(f"\ntime of one scan          median      99 %   longest   (calibration loop {_calibration():.2f} ms)")
    chosen = random.Random(1)
    short = [text for text in texts if 40 <= len(text) <= 80]
    calm = [message.text for message in messages() if message.category in QUIET]
    long = [" ".join(chosen.choices(calm, k=60))[:2000] for _ in range(300)]
    grave = [" ".join(chosen.choices(texts, k=60))[:2000] for _ in range(300)]
    known = sorted(rules.spelling.vocabulary)
    dense = [" ".join(chosen.choices(known, k=400))[:2000] for _ in range(300)]
    for name, sample in (
        ("about 60 letters", short),
        ("2,000, nothing urgent", long),
        ("2,000, mostly urgent", grave),
        ("2,000, rules' words", dense),
    ):
        times = sorted(_milliseconds(lambda text=text: findings(text, rules)) for text in sample)  # type: ignore[misc]
        figures = (times[len(times) // 2], times[int(0.99 * len(times))], times[-1])
        print(f"  {name:22}" + " ".join(f"{figure:6.2f} ms" for figure in figures))


def _calibration() -> float:
    """Return the time of a fixed piece of work, the best of five: what the figures beside it are to be compared by."""
    return min(_milliseconds(lambda: sum(number * number % 7 for number in range(100_000))) for _ in range(5))


def _milliseconds(work: Callable[[], object]) -> float:
    start = time.thread_time()
    work()
    return 1000 * (time.thread_time() - start)


if __name__ == "__main__":
    main()
