"""Requests per second and the 99th percentile through gunicorn, beside the least that Flask can do."""

from __future__ import annotations

import argparse
import statistics
import sys

from benchmarks.endpoint import corpus_folder
from benchmarks.served import Load, free_port, gunicorn, load

ROUNDS, SECONDS = 5, 4


def main() -> int:
    """Measure in turns and print."""
    wanted = _arguments()
    hello, ours = free_port(), free_port()
    runs: dict[str, list[Load]] = {"hello": [], "ours": []}
    with corpus_folder(wanted.size) as folder:
        settings = {"CHATBOT_CORPUS": str(folder), "CHATBOT_RATE_LIMIT": "999999/minute"}
        with gunicorn("benchmarks.hello:app", hello, "/healthz"), gunicorn("wsgi:app", ours, "/healthz", **settings):
            for turn in range(wanted.rounds + 1):
                for name, port in (("hello", hello), ("ours", ours)):
                    seen = load(f"http://127.0.0.1:{port}", wanted.seconds)
                    if turn:
                        runs[name].append(seen)
    print(f"{'':10}{'requests/s':>12}{'x hello':>9}{'p99 ms':>9}{'x hello':>9}{'failed':>8}")
    rates = {name: statistics.median(each.requests_per_second for each in seen) for name, seen in runs.items()}
    slow = {name: statistics.median(each.p99_ms for each in seen) for name, seen in runs.items()}
    for name, seen in runs.items():
        failed = sum(each.failed for each in seen)
        print(
            f"{name:<10}{rates[name]:>12.0f}{rates[name] / rates['hello']:>9.2f}"
            f"{slow[name]:>9.1f}{slow[name] / slow['hello']:>9.2f}{failed:>8}"
        )
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.server", description=__doc__)
    parser.add_argument("--size", type=int, default=0, help="passages; 0 is the shipped corpus")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--seconds", type=int, default=SECONDS)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
