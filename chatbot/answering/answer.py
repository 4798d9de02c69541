"""The whole path of a question, in one straight function."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import suppress

from chatbot.answering import highlight
from chatbot.answering.confidence import in_words, verdict_of
from chatbot.answering.context import carried
from chatbot.answering.notices import SafetyRules, assess, disclaimer
from chatbot.answering.ordering import likeliest_first
from chatbot.answering.searching import hides_doses, searched
from chatbot.errors import EngineUnavailable
from chatbot.settings import Settings
from chatbot.text.kinds import Kind
from chatbot.text.query import Language, understand
from chatbot.values import Answer, ArticleLink, Confidence, Engine, Excerpt, Match, Policy, Query, Question

URGENT_LEVEL = 1
SHOWN_AT = 0.05
# confidence below which a passage only shares a word with the question; at 0.2 one in forty right ones would be hidden
NEAREST, NEAREST_AMONG = 3, 12
# articles named where nothing answers, and the matches among which they are looked for


def answer(
    question: Question,
    *,
    engine: Engine,
    language: Language,
    policy: Policy,
    rules: SafetyRules,
    settings: Settings,
    corpus_version: str,
    limit: int = 3,
) -> Answer:
    """Answer a question with passages of the articles, or say honestly that they do not.

    The safety notice is found before any search and kept whatever the search finds. limit: most passages shown.
    Raises EngineUnavailable when nothing can be searched and there is no notice: one is shown all the same.
    """
    assessment = assess(question, rules, settings.region)
    words = disclaimer(settings)
    if assessment.level == URGENT_LEVEL:
        return Answer(
            question, "urgent", words, corpus_version, notice=assessment.notice, category=assessment.categories[0]
        )
    earlier = carried(question)
    query = understand(question.text, earlier, language)
    without_doses = hides_doses(assessment, earlier, rules)
    try:
        # The verdict must not hang on how many passages the caller wants to see.
        found = searched(engine, query, max(limit, policy.limit), without_doses=without_doses)
    except EngineUnavailable:
        if assessment.notice is None:
            raise
        found = ()
    matches, sure = likeliest_first(query, found, policy.limit)
    verdict = verdict_of(query, matches, sure, policy)
    is_nothing = verdict == "nothing"
    return Answer(
        question=question,
        verdict=verdict,
        disclaimer=words,
        corpus_version=corpus_version,
        passages=_excerpts(query, list(zip(matches, sure, strict=True)), policy, limit) if not is_nothing else (),
        notice=assessment.notice,
        corrections=query.corrections,
        nearest=_nearest(query, found, engine) if is_nothing else (),
        no_answer=assessment.no_answer if is_nothing else "",
        category="".join(assessment.categories[:1]),
        coverage=max((match.coverage for match in matches), default=0.0),
        is_private=assessment.is_private,
    )


def _nearest(query: Query, found: Sequence[Match], engine: Engine) -> tuple[ArticleLink, ...]:
    """Return the articles that share most with a question that none answers; () where none shares a word.

    found: the matches among which no answer was. It is searched once more only where those are of too few articles.
    """
    links = _articles_of(found)
    if found and len(links) < NEAREST:
        with suppress(EngineUnavailable):
            links = _articles_of(engine.search(query, NEAREST_AMONG))
    return links[:NEAREST]


def _articles_of(matches: Sequence[Match]) -> tuple[ArticleLink, ...]:
    return tuple(dict.fromkeys(ArticleLink(match.passage.slug, match.passage.title) for match in matches))


def _excerpts(query: Query, matches: Sequence[tuple[Match, float]], policy: Policy, limit: int) -> tuple[Excerpt, ...]:
    """Return at most `limit` passages with how sure they are, without those that hardly touch the question."""
    fullest = max((match.coverage for match, _ in matches), default=0.0)
    shown = [(match, sure) for match, sure in matches if sure >= SHOWN_AT][:limit]
    return tuple(
        # Beside a passage that holds all of the question, one that holds half of it is no close match.
        excerpt(match, in_words(sure * match.coverage / fullest if fullest else sure, policy), query.wants)
        for match, sure in shown
    )


def excerpt(match: Match, sure: Confidence, wants: Collection[Kind] = ()) -> Excerpt:
    """Return a match as an answer shows it. wants: kinds of answer that the question asks for."""
    return Excerpt(
        passage=match.passage,
        confidence=sure,
        sentences=highlight.answering_sentences(match, wants),
        words=highlight.words(match),
        matched=highlight.matched(match),
    )
