"""Labelled safety messages in, figures out: what share of calls for help is found, and what is taken for one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from chatbot.answering.golden import QuestionFileError
from chatbot.values import Question

URGENT = 1
# the level that takes the answer over
PLAIN = "plain"
# a manner: said as most people say it, of which none may be missed
ORDINARY, HARD = "ordinary", "hard_negatives"
# categories of which a file may say so; the others of levels 2 to 4 are counted beside them
IsUrgent = Callable[[Question], bool]


@dataclass(frozen=True, slots=True)
class Labelled:
    """One line of a labelled safety file."""

    id: str
    text: str
    category: str
    # C1 to C18 as in the rules; "ordinary", "hard_negatives" or "none" where there is no danger
    level: int
    # 1 a call for help, 2 to 4 none
    history: tuple[str, ...] = ()
    manner: str = ""
    language: str = "en"
    kept_out: bool = False
    # written after the rules were frozen, and never fitted on


@dataclass(frozen=True, slots=True)
class Heard:
    """A labelled message and whether it took the answer over."""

    message: Labelled
    fired: bool

    @property
    def is_right(self) -> bool:
        return self.fired is (self.message.level == URGENT)


@dataclass(frozen=True, slots=True)
class Count:
    """So many messages of a group were taken for calls for help."""

    name: str
    fired: int
    of: int


def is_labelled(path: Path) -> bool:
    """Say whether the first line of a file is a labelled safety message; False for a file that cannot be read."""
    try:
        first = next((line for line in path.read_bytes().splitlines() if line.strip()), b"")
        fields = msgspec.json.decode(first)
    except (OSError, ValueError):
        return False
    return isinstance(fields, dict) and {"category", "level"} <= fields.keys()


def read_labelled(path: Path) -> tuple[Labelled, ...]:
    """Read a labelled safety file: one JSON object a line, blank lines skipped.

    Raises QuestionFileError with every unusable line at once.
    """
    found, problems = [], []
    for number, line in enumerate(path.read_bytes().splitlines(), start=1):
        if line.strip():
            try:
                found.append(msgspec.json.decode(line, type=Labelled))
            except ValueError as error:
                problems.append(f"{path}:{number}: {error}")
    if problems:
        raise QuestionFileError("\n".join(problems))
    return tuple(found)


def hear(message: Labelled, is_urgent: IsUrgent) -> Heard:
    """Ask one message and tell whether it took the answer over."""
    return Heard(message, is_urgent(Question(message.text, message.history)))


def counts(results: Sequence[Heard]) -> tuple[Count, ...]:
    """Count the totals, then each category and language; what was kept out of the fit stands apart below."""
    halves = [("", results)]
    kept = [result for result in results if result.message.kept_out]
    if kept:
        halves.append(("kept out: ", kept))
    return tuple(Count(prefix + each.name, each.fired, each.of) for prefix, part in halves for each in _groups(part))


def as_table(results: Sequence[Heard]) -> str:
    """Lay the counts out for a terminal."""
    lines = [f"{'':<42}{'fired':>7}{'of':>7}{'share':>9}"]
    lines += [f"{each.name:<42}{each.fired:>7}{each.of:>7}{each.fired / each.of:>9.3f}" for each in counts(results)]
    return "\n".join(lines)


def as_document(results: Sequence[Heard]) -> str:
    """Return the counts and the id of every message judged wrongly as JSON; no message is repeated."""
    wrong = [result.message.id for result in results if not result.is_right]
    return msgspec.json.encode({"counts": counts(results), "wrong": wrong}).decode()


def _groups(results: Sequence[Heard]) -> Iterator[Count]:
    urgent = [result for result in results if result.message.level == URGENT]
    others = [result for result in results if result.message.level != URGENT]
    yield from _count("calls for help", urgent)
    yield from _count("calls for help, plain list", [r for r in urgent if r.message.manner == PLAIN])
    yield from _count("all others", others)
    yield from _count("ordinary questions", [r for r in others if r.message.category == ORDINARY])
    yield from _count("hard negatives", [r for r in others if r.message.category == HARD])
    for kind, part in (("calls for help", urgent), ("others", others)):
        for category in sorted({r.message.category for r in part}, key=lambda name: (len(name), name)):
            yield from _count(f"· {kind}, {category}", [r for r in part if r.message.category == category])
        for language in sorted({r.message.language for r in part}):
            yield from _count(f"· {kind}, in {language}", [r for r in part if r.message.language == language])


def _count(name: str, results: Sequence[Heard]) -> Iterator[Count]:
    if results:
        yield Count(name, sum(result.fired for result in results), len(results))
