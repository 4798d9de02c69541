"""Does the corpus answer what staff say it answers? Their questions, put to the chatbot itself."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec

from chatbot.answering.judging import SHOWN
from chatbot.errors import CorpusError
from chatbot.values import Answer, Problem

_TABLE = re.compile(r"\s*\[\[\s*question\s*\]\]")


@dataclass(frozen=True, slots=True)
class Expectation:
    """A question, and who must answer it."""

    ask: str
    answers: tuple[str, ...]
    # names of passages, sections or articles; () where nothing may be shown as an answer
    path: str
    line: int
    ranks: int = SHOWN
    # one of the named must stand among so many first passages


@dataclass(frozen=True, slots=True)
class _Entry:
    ask: str
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _File:
    question: tuple[_Entry, ...] = ()


def read_expectations(path: Path) -> tuple[Expectation, ...]:
    """Read golden questions: tables `[[question]]` with `ask` and `answers`; a missing file holds none.

    Raises CorpusError when the file cannot be read.
    """
    if not path.exists():
        return ()
    try:
        text = path.read_text("utf-8")
        entries = msgspec.convert(tomllib.loads(text), _File).question
    except (ValueError, OSError) as error:
        message = f"the golden questions cannot be read: {error}; each is a [[question]] with ask and answers"
        raise CorpusError([Problem(path.name, 1, message)]) from error
    lines = [number for number, line in enumerate(text.splitlines(), start=1) if _TABLE.match(line)]
    return tuple(
        Expectation(entry.ask, entry.answers, path.name, line)
        for entry, line in zip(entries, lines or [1] * len(entries), strict=False)
    )


def unknown_names(expected: Expectation, names: Mapping[str, frozenset[str]]) -> tuple[Problem, ...]:
    """Name every answer that no passage, section or article is called."""
    return tuple(
        _problem(expected, f'"{name}" names no article, section or passage; write it as article#heading')
        for name in expected.answers
        if name not in names
    )


def check(expected: Expectation, reply: Answer, names: Mapping[str, frozenset[str]]) -> Problem | None:
    """Say what is wrong with the reply to an expected question, or None.

    names: passage ids behind each name.
    """
    shown = [excerpt.passage.id for excerpt in reply.passages[: expected.ranks]]
    if not expected.answers:
        if reply.verdict != "answered":
            return None
        return _problem(expected, f"is answered with {shown[0]}, and should be declined")
    if reply.verdict != "answered":
        return _problem(
            expected, f'should be answered by {_either(expected.answers)}; its verdict is "{reply.verdict}"'
        )
    wanted = frozenset[str]().union(*(names.get(name, frozenset()) for name in expected.answers))
    if wanted.isdisjoint(shown):
        return _problem(expected, f"should be answered by {_either(expected.answers)}; {shown[0]} comes first")
    return None


def _either(names: tuple[str, ...]) -> str:
    return " or ".join(names)


def _problem(expected: Expectation, fault: str) -> Problem:
    return Problem(expected.path, expected.line, f'the question "{expected.ask}" {fault}')
