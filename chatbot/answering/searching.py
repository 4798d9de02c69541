"""The passages that may answer a question: a question about doses is shown none that names one."""

from __future__ import annotations

from collections.abc import Sequence

from chatbot.answering.notices import Assessment
from chatbot.answering.safety.findings import findings
from chatbot.answering.safety.rules import SafetyRules
from chatbot.values import Engine, Match, Query

UNDOSED = frozenset({"C3", "C4", "C9", "C10", "C13"})
# categories whose answers never show an amount, a schedule, what is lethal or how to use it
WIDEST = 8
# times as many matches as asked for, among which those without doses are looked for: a corpus full of doses has no
# answer to a question about them


def hides_doses(assessment: Assessment, earlier: Sequence[str], rules: SafetyRules) -> bool:
    """Say whether a question, or one of the earlier questions that it leans on, is of UNDOSED."""
    return not UNDOSED.isdisjoint(assessment.categories) or any(
        finding.category in UNDOSED for text in earlier for finding in findings(text, rules)
    )


def searched(engine: Engine, query: Query, limit: int, *, without_doses: bool) -> tuple[Match, ...]:
    """Return at most `limit` matches, best first; without those that name a dose the next best take their places.

    Raises EngineUnavailable.
    """
    found = engine.search(query, limit)
    if not without_doses:
        return found
    asked, kept = limit, _undosed(found)
    # Wider only where something was left out and there is more: articles rarely name a dose.
    while len(kept) < limit and len(found) == asked < WIDEST * limit:
        asked *= 2
        found = engine.search(query, asked)
        kept = _undosed(found)
    return kept[:limit]


def _undosed(matches: Sequence[Match]) -> tuple[Match, ...]:
    return tuple(match for match in matches if not match.passage.names_dose)
