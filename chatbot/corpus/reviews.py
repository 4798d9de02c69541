"""Which articles are too old to answer from."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from chatbot.values import Article, Problem, Source

GRACE_YEARS = 1
# past the review date, an article still answers under the words "review due" for so long


def is_lapsed(source: Source, today: date) -> bool:
    """Say whether the review is more than 12 months overdue; an article without a review date never is."""
    due = source.review_by
    return due is not None and (due.year + GRACE_YEARS, due.month, due.day) < (today.year, today.month, today.day)


def lapsed(articles: Iterable[Article], today: date) -> tuple[Article, ...]:
    """Return the articles that nothing is answered from any more; they can still be read."""
    return tuple(article for article in articles if is_lapsed(article.source, today))


def lapsed_problems(articles: Iterable[Article]) -> tuple[Problem, ...]:
    """Tell staff of each lapsed article why it does not answer any more."""
    return tuple(
        Problem(
            article.source.path,
            1,
            f"the review was due on {article.source.review_by}, more than 12 months ago: this article answers no "
            "question any more; review it and set a new review_by",
            "advice",
        )
        for article in articles
    )
