"""Why a question is answered as it is: every step of its path, for staff on the terminal and in the console."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from chatbot.answering.answer import URGENT_LEVEL
from chatbot.answering.confidence import confidence, judge, signs
from chatbot.answering.context import carried
from chatbot.answering.notices import Assessment, SafetyRules, assess
from chatbot.answering.ordering import likeliest_first
from chatbot.answering.searching import hides_doses, searched
from chatbot.text.query import Language, understand
from chatbot.values import Engine, Match, Policy, Query, Question, Verdict


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that was found, and how sure it is to answer."""

    match: Match
    confidence: float
    # 0..1
    signs: Mapping[str, float]
    # what speaks for and against it


@dataclass(frozen=True, slots=True)
class Explanation:
    """What each step made of a question."""

    assessment: Assessment
    carried: tuple[str, ...]
    # earlier questions that it leans on
    query: Query
    candidates: tuple[Candidate, ...]
    # best first; found whatever the safety rules say, though an urgent answer shows none, and none with a dose for a
    # question about doses
    policy: Policy
    verdict: Verdict


def explain(
    question: Question,
    *,
    engine: Engine,
    language: Language,
    policy: Policy,
    rules: SafetyRules,
    region: str,
    limit: int = 5,
) -> Explanation:
    """Take a question the same way as an answer does, and keep what each step says. Raises EngineUnavailable."""
    assessment = assess(question, rules, region)
    earlier = carried(question)
    query = understand(question.text, earlier, language)
    # As many as an answer looks at, at least: the verdict must be the same.
    without_doses = hides_doses(assessment, earlier, rules)
    found = searched(engine, query, max(limit, policy.limit), without_doses=without_doses)
    matches, _ = likeliest_first(query, found, policy.limit)
    urgent = assessment.level == URGENT_LEVEL
    return Explanation(
        assessment=assessment,
        carried=tuple(earlier),
        query=query,
        candidates=candidates(query, matches[:limit]),
        policy=policy,
        verdict="urgent" if urgent else judge(query, matches, policy),
    )


def candidates(query: Query, matches: Sequence[Match]) -> tuple[Candidate, ...]:
    """Return how sure each match is to answer the query, and by which signs."""
    return tuple(Candidate(match, confidence(query, match), signs(query, match)) for match in matches)
