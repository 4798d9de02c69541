"""What waits for staff: reviews that are due, drafts, refused files, steps that were stopped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select

from chatbot.publishing.desk import Desk
from chatbot.storage import drafts, revisions
from chatbot.storage.tables import Schedule
from chatbot.values import Article, Problem

SOON_DAYS = 30
URGENT_DAYS = 7
STOPPED_DAYS = 14
# how long a step that was stopped is spoken of


@dataclass(frozen=True, slots=True)
class Waiting:
    """A draft, or a step at a set time."""

    slug: str
    title: str
    since: str
    # the day, in ISO form
    who: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class DueArticle:
    slug: str
    title: str
    review_by: date
    days: int
    # until then; less than 0: overdue


@dataclass(frozen=True, slots=True)
class Digest:
    """Everything that waits on one day, most urgent first."""

    day: date
    overdue: tuple[DueArticle, ...]
    within_7_days: tuple[DueArticle, ...]
    within_30_days: tuple[DueArticle, ...]
    without_date: tuple[str, ...]
    # slugs of articles that name no day for their next review
    refused: tuple[Problem, ...]
    in_review: tuple[Waiting, ...]
    approved: tuple[Waiting, ...]
    scheduled: tuple[Waiting, ...]
    stopped: tuple[Waiting, ...]
    # scheduled steps that could not be done


def digest(desk: Desk, at: datetime) -> Digest:
    """Return what waits. Raises DatabaseUnavailable when the drafts cannot be read."""
    with desk.database.reading() as session:
        found = drafts.open_drafts(session)
        planned = revisions.waiting_steps(session)
        recent = select(Schedule).where(
            Schedule.done_at > at - timedelta(days=STOPPED_DAYS), Schedule.outcome.startswith("stopped")
        )
        stopped = session.scalars(recent.order_by(Schedule.done_at.desc())).all()
        of_state = {
            state: tuple(
                Waiting(each.slug, each.slug, _day(each.changed_at), each.author.name if each.author else "", each.note)
                for each in found
                if each.state == state
            )
            for state in drafts.OPEN
        }
    articles = desk.library.loaded.articles
    due = sorted(due_articles(articles, at.date()), key=lambda each: each.review_by)
    return Digest(
        day=at.date(),
        overdue=tuple(each for each in due if each.days < 0),
        within_7_days=tuple(each for each in due if 0 <= each.days <= URGENT_DAYS),
        within_30_days=tuple(each for each in due if URGENT_DAYS < each.days <= SOON_DAYS),
        without_date=tuple(article.slug for article in articles if article.source.review_by is None),
        refused=refused(desk.library.problems),
        in_review=of_state["in_review"],
        approved=of_state["approved"],
        scheduled=tuple(Waiting(each.slug, each.action, _day(each.due_at), words=each.why) for each in planned),
        stopped=tuple(
            Waiting(each.slug, each.action, _day(each.due_at), words=each.outcome.partition(": ")[2])
            for each in stopped
        ),
    )


def due_articles(articles: Sequence[Article], today: date) -> Iterator[DueArticle]:
    """Yield the articles whose review is overdue or due soon."""
    for article in articles:
        if article.source.review_by and (days := (article.source.review_by - today).days) <= SOON_DAYS:
            yield DueArticle(article.slug, article.title, article.source.review_by, days)


def refused(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Return the problems that keep a file from being served."""
    return tuple(problem for problem in problems if problem.severity == "error")


def _day(moment: datetime) -> str:
    return moment.date().isoformat()
