"""Where the CPU of one chat request goes: a sample of the stack every millisecond, counted by phase of the request."""

from __future__ import annotations

import argparse
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import FrameType

from benchmarks.endpoint import SHIPPED, Call, caller, corpus_folder, cpu_microseconds, question_bodies, running
from benchmarks.hello import app as hello

SECONDS, EVERY = 10.0, 0.001
# of CPU: how long the whole takes, and between two samples
OTHER = "everything else of ours"
FRAMEWORK = "Flask and Werkzeug"

PHASES: Mapping[str, str] = {
    "benchmarks": "the server's part, which the benchmark plays",
    "flask": FRAMEWORK,
    "werkzeug": FRAMEWORK,
    "chatbot.web.wire": "JSON in and out",
    "chatbot.web.shapes": "JSON in and out",
    "chatbot.web": "headers, limit, counters",
    "chatbot.journal": "headers, limit, counters",
    "chatbot.answering.safety.typed": "safety: words read",
    "chatbot.answering.safety.spelling": "safety: words read",
    "chatbot.answering.safety.folding": "safety: words read",
    "chatbot.answering.safety.lexis": "safety: words looked up",
    "chatbot.answering.safety.card": "safety: score card",
    "chatbot.answering.safety.traits": "safety: score card",
    "chatbot.answering.safety": "safety: patterns",
    "chatbot.answering.notices": "safety: patterns",
    "chatbot.text.spelling": "question read: spelling",
    "chatbot.text.concepts": "question read: concepts",
    "chatbot.text.phrases": "question read: concepts",
    "chatbot.text.leanings": "question read: concepts",
    "chatbot.text.relatives": "question read: concepts",
    "chatbot.text": "question read: words, sentences, story",
    "chatbot.answering.context": "question read: words, sentences, story",
    "chatbot.retrieval": "ranking",
    "chatbot.answering.confidence": "confidence",
    "chatbot.answering.highlight": "sentences and words marked",
    "chatbot.text.kinds": "sentences and words marked",
    "chatbot.answering.risks": "risks and suggestions",
    "chatbot.answering.suggestions": "risks and suggestions",
}
# a module, or a folder of modules, -> the phase; of those that are being called the innermost counts
SHARED = frozenset({"chatbot.text.tokens", "chatbot.text.english", "chatbot.values", "chatbot.text.sentences"})
# modules that several phases call: their time is their caller's


def main() -> int:
    """Sample and print."""
    wanted = _arguments()
    bodies = question_bodies(SHIPPED)
    with corpus_folder(wanted.size) as folder, running(folder) as ours:
        times = cpu_microseconds({"hello": hello, "ours": ours}, bodies, wanted.rounds)
        counts = samples(caller(ours.wsgi_app), bodies, wanted.seconds)
    whole, least = times["ours"], times["hello"]
    print(f"{'':44}{'share':>8}{'µs of CPU':>11}{'x hello':>9}")
    for phase, count in counts.most_common():
        share = count / counts.total()
        print(f"{phase:<44}{share:>8.1%}{share * whole:>11.1f}{share * whole / least:>9.2f}")
    print(f"{'all':<44}{1:>8.1%}{whole:>11.1f}{whole / least:>9.2f}")
    return 0


def samples(call: Call, bodies: Sequence[bytes], seconds: float) -> Counter[str]:
    """Return how often each phase was at work when looked at, over so many seconds of CPU."""
    counts: Counter[str] = Counter()
    for body in bodies:
        call(body)
    with _looking(counts):
        ends = time.process_time() + seconds
        while time.process_time() < ends:
            for body in bodies:
                call(body)
    return counts


@contextmanager
def _looking(counts: Counter[str]) -> Iterator[None]:
    """Count the phase at work every millisecond of CPU, and let what is measured run on undisturbed."""

    def look(_: int, frame: FrameType | None) -> None:
        counts[phase_of(frame)] += 1

    before = signal.signal(signal.SIGPROF, look)
    signal.setitimer(signal.ITIMER_PROF, EVERY, EVERY)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def phase_of(frame: FrameType | None) -> str:
    """Return the phase of the innermost call that has one."""
    while frame is not None:
        module = frame.f_globals.get("__name__", "")
        if module not in SHARED and (phase := _listed(module)):
            return phase
        frame = frame.f_back
    return OTHER


def _listed(module: str) -> str | None:
    """Return the phase of a module, or of the nearest folder around it."""
    while module:
        if module in PHASES:
            return PHASES[module]
        module = module.rpartition(".")[0]
    return None


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.phases", description=__doc__)
    parser.add_argument("--size", type=int, default=0, help="passages; 0 is the shipped corpus")
    parser.add_argument("--rounds", type=int, default=9, help="of the measurement beside hello")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="of CPU that are sampled")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
