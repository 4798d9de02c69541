"""What reading files yields; the readers themselves are imported when a file is read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from chatbot.values import Article, Problem


@dataclass(frozen=True, slots=True)
class Reading:
    """What a folder, or one file of it, yields."""

    articles: tuple[Article, ...] = ()
    # by file name; drafts are not among them
    problems: tuple[Problem, ...] = ()
    # by file name and line; one of severity "error" keeps its file from being served


def merged(readings: Iterable[Reading]) -> Reading:
    """Put readings of single files together; the later of two articles with one slug is refused."""
    articles: dict[str, Article] = {}
    problems: list[Problem] = []
    for reading in readings:
        problems += reading.problems
        for article in reading.articles:
            first = articles.setdefault(article.slug, article)
            if first is not article:
                problems.append(_doubled(article, first))
    return Reading(tuple(articles.values()), tuple(problems))


def _doubled(article: Article, first: Article) -> Problem:
    message = f'the slug "{article.slug}" is taken by {first.source.path}; give one of the two another slug'
    return Problem(article.source.path, 1, message)
