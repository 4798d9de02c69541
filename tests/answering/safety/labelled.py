"""The labelled sets: messages with the category that they belong to.

One file a category and set. `dev` was written with the rules in view. Each held-out set was written after the rules
were frozen, measured once, and only then looked at: README.md beside this tells what that first look found. `taught`
holds lines with [this|that] in them, from which the score card is fitted beside the other sets. `kept_out` is fitted on
by nothing and read by nobody who changes the rules.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from tests.answering.safety.templates import FORMS, templated

HERE = Path(__file__).parent
TAUGHT, KEPT_OUT = "taught", "kept_out"
SETS = tuple(sorted({path.parent.name for path in HERE.glob("*/*.txt")} - {TAUGHT, KEPT_OUT}))
EITHER = re.compile(r"\[([^\]]*)\]")
# [this|that] in a taught line
LEAST_MADE = 8
# messages made of a line that has as many ways to be read
URGENT = ("C1", "C2", "C4", "C5", "C6", "C8")
HELPED = ("C3", "C7", "C15")
# level 2: help above the passages
UNSEEN = ("C16", "C17")
# no notice at all
QUIET = ("ordinary", "hard_negatives", "stories")
# nothing urgent in them


@dataclass(frozen=True, slots=True)
class Message:
    text: str
    category: str
    source: str
    # the set, or "templates"
    history: tuple[str, ...] = ()
    # earlier questions, oldest first; in the files before " >> "

    def passes(self, level: int, categories: tuple[str, ...]) -> bool:
        """Say whether a level and categories are right for the message.

        Urgent ones are found urgent; in doubt the higher level counts for the others, but never urgent for what is not.
        """
        if self.category in URGENT:
            return level == 1
        if self.category in HELPED:
            return level == 2 or (self.category != "C3" and level == 1)
        if self.category in QUIET:
            return level != 1
        if self.category in UNSEEN:
            return level == 4
        return level in (2, 3)


@lru_cache(maxsize=1)
def messages() -> tuple[Message, ...]:
    """Return every message of every set, and the templated ones."""
    written = [message for name in SETS for message in _read_set(name)]
    known = {message.text for message in written}
    made = [Message(text, category, "templates") for category in FORMS for text in templated(category)]
    return (*written, *(message for message in made if message.text not in known))


def kept_out() -> tuple[Message, ...]:
    """Return the messages that say how the rules judge new ones: none of them is among the others."""
    return tuple(_read_set(KEPT_OUT))


def plain() -> tuple[Message, ...]:
    """Return the hundred plain phrasings of which none may be missed."""
    rows = (line.split("|", 1) for line in _lines(HERE / "plain.txt"))
    return tuple(Message(text, category, "plain") for category, text in rows)


def spanish() -> tuple[Message, ...]:
    """Return the Spanish messages that the score card is fitted on: half of them, the other half only judges it."""
    listed = map(json.loads, _lines(HERE / "spanish.jsonl"))
    return tuple(Message(entry["text"], entry["category"], "spanish") for entry in listed if not entry["kept_out"])


@lru_cache(maxsize=1)
def taught() -> tuple[Message, ...]:
    """Return the messages that the taught lines stand for, each alternative at least once."""
    return tuple(
        Message(text, path.stem, TAUGHT)
        for path in sorted((HERE / TAUGHT).glob("*.txt"))
        for line in _lines(path)
        for text in spelt_out(line)
    )


def spelt_out(line: str) -> list[str]:
    """Return readings of a line in which every alternative stands at least once; the same ones every time."""
    choices = [part.split("|") if at % 2 else [part] for at, part in enumerate(EITHER.split(line))]
    chosen = random.Random(line)
    shuffled = [chosen.sample(options, len(options)) for options in choices]
    most = max(map(len, choices))
    readings = ["".join(options[turn % len(options)] for options in shuffled) for turn in range(most)]
    if len(choices) > 1:
        readings += ["".join(map(chosen.choice, choices)) for _ in range(LEAST_MADE - most)]
    return list(dict.fromkeys(" ".join(reading.split()) for reading in readings))


def _read_set(name: str) -> Iterator[Message]:
    for path in sorted((HERE / name).glob("*.txt")):
        yield from _read(name, path)


def _read(name: str, path: Path) -> Iterator[Message]:
    for line in _lines(path):
        *history, text = line.split(" >> ")
        yield Message(text, path.stem, name, tuple(history))


def _lines(path: Path) -> list[str]:
    return [line for line in path.read_text("utf-8").splitlines() if line and not line.startswith("#")]
