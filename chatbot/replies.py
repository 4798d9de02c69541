"""What a visitor gets from one version of the corpus: the live one, or one that staff only try."""

from __future__ import annotations

from dataclasses import replace

from chatbot.answering.answer import NEAREST, answer
from chatbot.answering.explaining import Explanation, explain
from chatbot.answering.notices import SafetyRules
from chatbot.answering.risks import with_risks
from chatbot.answering.suggestions import instead, next_to, overviews
from chatbot.settings import Settings
from chatbot.snapshots import Snapshot
from chatbot.values import Answer, Question

SUGGESTIONS = 4
# shown with an answer


def reply(now: Snapshot, question: Question, *, rules: SafetyRules, settings: Settings, limit: int = 3) -> Answer:
    """Answer a question from this version of the corpus, with what may be asked next.

    Raises EngineUnavailable when nothing can be searched.
    """
    found = answer(
        question,
        engine=now.engine,
        language=now.language,
        policy=now.policy,
        rules=rules,
        settings=settings,
        corpus_version=now.version,
        limit=limit,
    )
    if found.verdict == "urgent":
        return found
    if found.verdict == "nothing":
        return _nothing(found, now)
    shown = [excerpt.passage for excerpt in found.passages]
    return replace(
        found,
        passages=with_risks(found.passages, now.articles),
        suggestions=next_to(shown, now.suggestions, now.starters, SUGGESTIONS),
    )


def _nothing(found: Answer, now: Snapshot) -> Answer:
    """Add what to read and to ask instead: what comes nearest, and where to begin when too little does."""
    first = () if len(found.nearest) == NEAREST else overviews(now.suggestions, now.starters, now.articles)
    return replace(
        found,
        nearest=tuple(dict.fromkeys([*found.nearest, *first]))[:NEAREST],
        suggestions=instead(found.nearest, now.suggestions, now.starters, SUGGESTIONS),
    )


def explained(now: Snapshot, question: Question, *, rules: SafetyRules, settings: Settings, limit: int) -> Explanation:
    """Say why this version of the corpus answers a question as it does. Raises EngineUnavailable."""
    return explain(
        question,
        engine=now.engine,
        language=now.language,
        policy=now.policy,
        rules=rules,
        region=settings.region,
        limit=limit,
    )
