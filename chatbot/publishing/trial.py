"""The corpus as it would be: the live articles with one of them exchanged, added or taken out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from chatbot.answering.notices import SafetyRules
from chatbot.corpus.loading import Loaded
from chatbot.corpus.reader import read_source
from chatbot.corpus.reviews import lapsed
from chatbot.errors import CorpusError
from chatbot.settings import Settings
from chatbot.snapshots import Snapshot, build, version_of
from chatbot.values import Article, Problem


@dataclass(frozen=True, slots=True)
class Trial:
    """A version of the corpus that nobody is served from."""

    snapshot: Snapshot
    article: Article | None
    # the one that was exchanged; None: it is taken out
    problems: tuple[Problem, ...] = ()
    # the reader's advice on its file


def read_draft(path: str, text: str) -> tuple[Article, tuple[Problem, ...]]:
    """Read a draft as the file of this path would be read; return its article and the reader's advice.

    Raises CorpusError with everything that keeps it from being served, such as being marked as a draft.
    """
    reading = read_source(text.encode(), path)
    if not reading.articles:
        marked = Problem(path, 1, "its status says draft; take the line out to publish it")
        raise CorpusError(reading.problems or [marked])
    return reading.articles[0], reading.problems


def try_draft(
    live: Loaded, path: str, text: str, *, today: date, rules: SafetyRules, settings: Settings, before: Snapshot
) -> Trial:
    """Build the corpus with this text as the file of this path; what it has in common with `before` is taken over.

    Raises CorpusError with everything that keeps the text from being served; a slug that another file has is such.
    """
    article, problems = read_draft(path, text)
    others = [each for each in live.articles if each.source.path != path]
    for other in others:
        if other.slug == article.slug:
            message = f'the slug "{article.slug}" is taken by {other.source.path}; choose another one'
            raise CorpusError([Problem(path, 1, message)])
    return Trial(_built(live, [*others, article], today, rules, settings, before), article, problems)


def try_without(
    live: Loaded, path: str, *, today: date, rules: SafetyRules, settings: Settings, before: Snapshot
) -> Trial:
    """Build the corpus without the article of this path. Raises CorpusError when it is the last one."""
    others = [each for each in live.articles if each.source.path != path]
    if not others:
        raise CorpusError([Problem(path, 1, "this is the only article; a chat without any cannot answer: keep it")])
    return Trial(_built(live, others, today, rules, settings, before), None)


def _built(
    live: Loaded, articles: list[Article], today: date, rules: SafetyRules, settings: Settings, before: Snapshot
) -> Snapshot:
    in_order = tuple(sorted(articles, key=lambda article: article.source.path))
    loaded = replace(live, articles=in_order, problems=())
    old = lapsed(in_order, today)
    # The suggestions stay those of `before`: to ask them all anew takes a quarter of a check, and nobody looks at them.
    return build(loaded, version_of(loaded, rules, old), settings, old, before)
