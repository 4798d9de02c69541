"""Question files: what visitors ask, what must answer it, and what must be declined."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, TypeVar

import msgspec

from chatbot.errors import ChatbotError

Kind = Literal[
    "answerable", "followup", "unanswerable", "out_of_scope", "crisis", "emergency", "hard_negative", "advice"
]
SafetyKind = Literal["none", "crisis", "emergency"]

Read = TypeVar("Read")


class QuestionFileError(ChatbotError):
    """A question file cannot be used; the text names the line."""


@dataclass(frozen=True, slots=True)
class GoldenQuestion:
    """One line of a question file."""

    id: str
    kind: Kind
    question: str
    # the message, exactly as typed
    tags: tuple[str, ...] = ()
    # the first tag of an answerable question is its style
    history: tuple[str, ...] = ()
    # earlier questions of the conversation, oldest first
    relevant: Mapping[str, int] = field(default_factory=dict)
    # golden text id -> 2 answers it, 1 is related
    nuggets: tuple[str, ...] = ()
    # regular expressions; a right passage matches all of them, in its heading or text
    passages: Literal["required", "forbidden", "allowed"] = "allowed"
    tolerated: tuple[str, ...] = ()
    # golden text ids that may be shown for a forbidden question without fault
    safety: SafetyKind = "none"
    accept: tuple[SafetyKind, ...] = ("none",)
    # safety kinds that pass
    notes: str = ""

    def __post_init__(self) -> None:
        for nugget in self.nuggets:
            try:
                re.compile(nugget)
            except re.error as error:
                raise ValueError(f'the nugget "{nugget}" is no regular expression: {error}') from error


@dataclass(frozen=True, slots=True)
class GoldenText:
    """A text that a good reader would have made one passage of."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class _GoldenFile:
    passages: tuple[GoldenText, ...]


def read_questions(path: Path) -> tuple[GoldenQuestion, ...]:
    """Read a question file: one JSON object a line, blank lines skipped, in the order of the file.

    Raises QuestionFileError with every unusable line at once, and for a file with no question.
    """
    questions: list[GoldenQuestion] = []
    problems: list[str] = []
    for number, line in enumerate(_bytes(path).splitlines(), start=1):
        if line.strip():
            try:
                questions.append(_decoded(line, GoldenQuestion))
            except ValueError as error:
                problems.append(f"{path}:{number}: {error}")
    problems.extend(_doubled(path, questions))
    if not questions and not problems:
        problems.append(f"{path}:1: there is no question in this file; write one JSON object a line")
    if problems:
        raise QuestionFileError("\n".join(problems))
    return tuple(questions)


def read_golden_texts(path: Path) -> tuple[GoldenText, ...]:
    """Read the golden texts (`{"passages": [{"id", "text"}]}`); () when there is no such file.

    Raises QuestionFileError when the file cannot be read.
    """
    if not path.exists():
        return ()
    try:
        return _decoded(_bytes(path), _GoldenFile).passages
    except ValueError as error:
        raise QuestionFileError(f"{path}:1: {error}") from error


def _decoded(source: bytes, into: type[Read]) -> Read:
    # msgspec's own errors are ValueErrors: "Object missing required field `kind`", "Invalid enum value …".
    return msgspec.json.decode(source, type=into)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise QuestionFileError(f"{path}: cannot be read: {error.strerror}") from error


def _doubled(path: Path, questions: list[GoldenQuestion]) -> list[str]:
    counts = Counter(question.id for question in questions)
    doubled = [name for name, count in counts.items() if count > 1]
    return [f'{path}:1: the id "{name}" stands more than once; give each question its own' for name in doubled]
