"""The labelled sets: messages with the category that they belong to.

One file a category and set. `dev` was written with the rules in view. Each held-out set was written after the rules
were frozen, measured once, and only then looked at: README.md beside this tells what that first look found.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from tests.answering.safety.templates import FORMS, templated

HERE = Path(__file__).parent
SETS = tuple(sorted(folder.name for folder in HERE.iterdir() if (folder / "C1.txt").exists()))
URGENT = ("C1", "C2", "C4", "C5", "C6", "C8")
HELPED = ("C3", "C7", "C15")
# level 2: help above the passages
QUIET = ("ordinary", "hard_negatives", "stories")
# nothing urgent in them


@dataclass(frozen=True, slots=True)
class Message:
    text: str
    category: str
    source: str
    # the set, or "templates"

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
        return level in (2, 3)


@lru_cache(maxsize=1)
def messages() -> tuple[Message, ...]:
    """Return every message of every set, and the templated ones."""
    written = [
        message for name in SETS for path in sorted((HERE / name).glob("*.txt")) for message in _read(name, path)
    ]
    known = {message.text for message in written}
    made = [Message(text, category, "templates") for category in FORMS for text in templated(category)]
    return (*written, *(message for message in made if message.text not in known))


def plain() -> tuple[Message, ...]:
    """Return the hundred plain phrasings of which none may be missed."""
    rows = (line.split("|", 1) for line in _lines(HERE / "plain.txt"))
    return tuple(Message(text, category, "plain") for category, text in rows)


def _read(name: str, path: Path) -> Iterator[Message]:
    return (Message(text, path.stem, name) for text in _lines(path))


def _lines(path: Path) -> list[str]:
    return [line for line in path.read_text("utf-8").splitlines() if line and not line.startswith("#")]
