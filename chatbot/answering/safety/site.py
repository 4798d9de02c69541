"""A site's own families, kept up to date beside the shipped rules: they may add and never take away."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from chatbot.answering.safety.reading import read_rules
from chatbot.answering.safety.rules import SafetyRules
from chatbot.answering.safety.spelling import read_word
from chatbot.errors import CorpusError
from chatbot.values import Problem

NAME = "safety.toml"
KEPT = "; the last good version of the site's own families stays in use, and the shipped rules always do"


@dataclass(frozen=True, slots=True)
class SiteRules:
    """The rules in use, and what is wrong with the site's file as it is now."""

    shipped: SafetyRules
    rules: SafetyRules
    # the shipped ones with the last good version of the site's
    read: bytes | None = None
    # the file as it was when last tried; None where there was none
    problems: tuple[Problem, ...] = ()


def refreshed(last: SiteRules, folder: Path) -> SiteRules:
    """Read `safety.toml` of a corpus folder when it has changed; a broken one is reported. Raises nothing."""
    path = folder / NAME
    try:
        source = path.read_bytes() if path.exists() else None
    except OSError as error:
        return replace(last, problems=(Problem(NAME, 1, f"it cannot be read ({error.strerror}){KEPT}"),))
    if source == last.read:
        return last
    if source is None:
        return SiteRules(last.shipped, last.shipped)
    try:
        rules = read_rules(path)
        problems = tuple(_taken_away(last.shipped, rules))
    except CorpusError as error:
        problems = tuple(error.problems)
    if problems:
        told = tuple(replace(problem, message=f"{problem.message}{KEPT}") for problem in problems)
        return replace(last, read=source, problems=told)
    return SiteRules(last.shipped, rules, source)


def _taken_away(shipped: SafetyRules, rules: SafetyRules) -> Iterator[Problem]:
    """Yield the site's words that the shipped rules read as others: known, they would no longer be corrected."""
    for word in sorted(rules.lexis.vocabulary - shipped.lexis.vocabulary):
        meant = " ".join(read_word(word, shipped.spelling))
        if meant != word:
            yield Problem(NAME, 1, f'"{word}" is read as "{meant}" already; write that instead')
