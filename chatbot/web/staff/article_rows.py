"""The list of articles with the state of each, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from chatbot.storage.revisions import AWAY
from chatbot.storage.tables import Draft, Revision, Schedule
from chatbot.values import Article, Problem
from chatbot.web.staff.draft_form import title_of

STATES = {"draft": "draft", "in_review": "in review", "approved": "approved"}


@dataclass(frozen=True, slots=True)
class Label:
    words: str
    is_urgent: bool = False


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """One article, published or on its way."""

    slug: str
    title: str
    labels: tuple[Label, ...]
    draft: Draft | None = None
    # the one that was changed last
    review_by: date | None = None


@dataclass(frozen=True, slots=True)
class Desktop:
    """What the list is made of."""

    articles: Sequence[Article]
    drafts: Sequence[Draft]
    # open ones, the one changed last first
    planned: Sequence[Schedule]
    latest: Mapping[str, Revision]
    problems: Sequence[Problem]


def rows(desktop: Desktop, today: date) -> list[ArticleRow]:
    """Return every article by its title, with what is to be known about it."""
    served = {article.slug: article for article in desktop.articles}
    newest: dict[str, Draft] = {}
    for draft in desktop.drafts:
        newest.setdefault(draft.slug, draft)
    gone = [slug for slug, last in desktop.latest.items() if last.kind in AWAY]
    slugs = dict.fromkeys([*served, *newest, *gone])
    found = [_row(desktop, slug, served.get(slug), newest.get(slug), today) for slug in slugs]
    return sorted(found, key=lambda row: row.title.casefold())


def _row(desktop: Desktop, slug: str, article: Article | None, draft: Draft | None, today: date) -> ArticleRow:
    labels = [Label("published")] if article else []
    last = desktop.latest.get(slug)
    if article is None and last and last.kind in AWAY:
        labels.append(Label(last.kind))
    if draft:
        begun = "changed" if article and draft.state == "draft" else STATES[draft.state]
        labels.append(Label(begun))
    labels += [
        Label(f"{'publishes' if step.action == 'publish' else 'expires'} {step.due_at:%-d %b %Y, %H:%M} UTC")
        for step in desktop.planned
        if step.slug == slug
    ]
    if article and article.source.review_by and article.source.review_by < today:
        labels.append(Label("review overdue", is_urgent=True))
    if article and any(each.path == article.source.path and each.severity == "error" for each in desktop.problems):
        labels.append(Label("file refused", is_urgent=True))
    title = article.title if article else title_of(draft.source, slug) if draft else slug
    return ArticleRow(slug, title, tuple(labels), draft, article.source.review_by if article else None)
