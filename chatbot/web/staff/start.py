"""The first page: what waits for whom."""

from __future__ import annotations

from datetime import date, timedelta

from flask import Response

from chatbot.errors import NoCorpus
from chatbot.services import services
from chatbot.snapshots import Snapshot
from chatbot.storage.waiting import waiting
from chatbot.values import Article
from chatbot.web.staff.guard import guard
from chatbot.web.staff.pages import now, page
from chatbot.web.staff.rooms import Room

SOON = timedelta(days=30)

room = Room("start", __name__, role="author", link="Overview", at_root=True)
guard(room)


@room.get("/")
def index() -> Response:
    """Show what waits: drafts, reviews, refused files, review dates."""
    with services().database.reading() as session:
        found = waiting(session)
    library, today = services().library, now().date()
    try:
        live: Snapshot | None = library.snapshot()
    except NoCorpus:
        live = None
    articles = live.articles if live else ()
    return page(
        "staff/start.html",
        waiting=found,
        refused=[problem for problem in library.problems if problem.severity == "error"],
        due=due(articles, today + SOON),
        today=today,
        articles=articles,
        passages=sum(len(article.passages) for article in articles),
    )


def due(articles: tuple[Article, ...], until: date) -> list[Article]:
    """Return the articles whose review is due by that day, the longest overdue first."""
    dated = [article for article in articles if article.source.review_by and article.source.review_by <= until]
    return sorted(dated, key=lambda article: article.source.review_by or until)
