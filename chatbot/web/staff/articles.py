"""The articles: a list with the state of each, its history, and the way to a draft."""

from __future__ import annotations

from contextlib import suppress

from flask import Response, abort, request

from chatbot.corpus.composing import with_values
from chatbot.corpus.prose import slug as slug_of
from chatbot.errors import ChatbotError, CorpusError, Refused, StaleEdit
from chatbot.publishing import live, schedule
from chatbot.publishing.asked import open_draft
from chatbot.publishing.outside import notice
from chatbot.publishing.passages import text_diff
from chatbot.publishing.reviewing import Opinion
from chatbot.publishing.steps import UNRECORDED
from chatbot.services import services
from chatbot.storage import drafts, revisions
from chatbot.storage.tables import Revision
from chatbot.web.staff.article_rows import Desktop, rows
from chatbot.web.staff.deciding import LIVE, day, moment, order_of_form, sentence, words
from chatbot.web.staff.guard import guard
from chatbot.web.staff.pages import back_to, current_member, note, now, page, say
from chatbot.web.staff.rooms import Room, needs

NEW = "---\ntitle: New article\n---\n\n## First heading\n\n"

room = Room("articles", __name__, role="author", link="Articles")
guard(room)


@room.get("/")
def index() -> Response:
    """List the articles with the state of each."""
    _notice()
    with services().database.reading() as session:
        desktop = Desktop(
            articles=services().library.loaded.articles,
            drafts=drafts.open_drafts(session),
            planned=revisions.waiting_steps(session),
            latest=revisions.latest(session),
            problems=services().library.problems,
        )
    refused = [problem for problem in desktop.problems if problem.severity == "error"]
    return page("staff/articles/index.html", rows=rows(desktop, now().date()), refused=refused)


@room.post("/")
def begin() -> Response:
    """Begin a new article."""
    title = words("title") or "New article"
    slug = (slug_of(title) or "new-article")[:100].strip("-")
    source = with_values(NEW, {"title": title, "author": words("author"), "published": now().date().isoformat()})
    with services().database.writing() as session:
        draft = drafts.begin(session, slug=slug, source=source, author_id=current_member().id, at=now())
        note(session, "draft.begun", slug, after=source)
        number = draft.id
    return back_to("staff_drafts.edit", number=number)


@room.get("/<slug>")
def article(slug: str) -> Response:
    """Show one article: what is open, its history, and what may be done with it."""
    _notice()
    return _article(slug)


@room.post("/<slug>/edit")
def edit(slug: str) -> Response:
    """Begin a draft from the published article, or go on with one's own."""
    try:
        with services().database.writing() as session:
            draft = open_draft(services().desk, session, slug, author_id=current_member().id, at=now())
            if draft.edits == 0:
                note(session, "draft.begun", slug, after=draft.source)
            number = draft.id
    except (Refused, CorpusError) as error:
        return _article(slug, error)
    return back_to("staff_drafts.edit", number=number)


@room.post("/<slug>/verify")
@needs("reviewer")
def verify(slug: str) -> Response:
    """Note that a clinician has read the article and that it is right as it stands."""
    try:
        opinion = Opinion(True, words("words"), words("clinician"), day("review_by"))
        recorded = live.verify(services().desk, slug, opinion, current_member().id, now())
    except (Refused, CorpusError, StaleEdit) as error:
        return _article(slug, error)
    return _done(slug, recorded)


@room.get("/<slug>/withdraw")
@needs("publisher")
def weigh_withdrawal(slug: str) -> Response:
    """Show which answers change when the article goes."""
    return _withdrawal(slug)


@room.post("/<slug>/withdraw")
@needs("publisher")
def withdraw(slug: str) -> Response:
    """Take the article away, now or at the time that is given."""
    try:
        due_at, order = moment("due_at"), order_of_form()
        if due_at is None:
            return _done(slug, live.withdraw(services().desk, slug, order), "Withdrawn. Nobody is served it any more.")
        with services().database.writing() as session:
            schedule.plan_withdrawal(session, slug, due_at, order)
            note(session, "schedule.planned", slug, detail=f"withdraw at {due_at:%Y-%m-%d %H:%M} UTC")
    except (Refused, CorpusError, StaleEdit) as error:
        return _withdrawal(slug, error)
    say(f"It will be withdrawn on {due_at:%-d %b %Y at %H:%M} UTC.")
    return back_to("staff_articles.article", slug=slug)


@room.post("/<slug>/schedule/<int:number>/cancel")
@needs("publisher")
def cancel(slug: str, number: int) -> Response:
    """Take a scheduled step back."""
    try:
        with services().database.writing() as session:
            step = schedule.cancel(session, number, now())
            note(session, "schedule.cancelled", step.slug, detail=step.action)
    except Refused as error:
        return _article(slug, error)
    say("Taken back.")
    return back_to("staff_articles.article", slug=slug)


@room.get("/<slug>/revisions/<int:number>")
def revision(slug: str, number: int) -> Response:
    """Show a revision, word by word beside another one: the one before it, or what is published now."""
    return _revision(slug, number)


@room.post("/<slug>/revisions/<int:number>/restore")
@needs("publisher")
def restore(slug: str, number: int) -> Response:
    """Publish an old version again."""
    try:
        recorded = live.restore(services().desk, number, order_of_form())
    except (Refused, CorpusError, StaleEdit) as error:
        return _revision(slug, number, error)
    return _done(slug, recorded)


def _article(slug: str, problem: Exception | None = None) -> Response:
    with services().database.reading() as session:
        history = list(revisions.history(session, slug))
        found = list(drafts.open_drafts(session, slug))
        planned = list(revisions.waiting_steps(session, slug))
    served = live.live_article(services().desk, slug)
    if not (served or history or found):
        abort(404, "There is no such article.")
    today = now().date()
    return page(
        "staff/articles/article.html",
        409 if problem else 200,
        slug=slug,
        served=served,
        history=history,
        drafts=found,
        planned=planned,
        problem=sentence(problem),
        today=today,
        next_review=today.replace(year=today.year + 1, day=min(today.day, 28)),
        typed=request.form,
    )


def _withdrawal(slug: str, problem: Exception | None = None) -> Response:
    desk = services().desk
    found = live.live_article(desk, slug) or abort(404, "There is no such published article.")
    return page(
        "staff/articles/withdraw.html",
        409 if problem else 200,
        article=found,
        report=live.check_withdrawal(desk, slug, now().date()),
        problem=sentence(problem),
        typed=request.form,
    )


def _revision(slug: str, number: int, problem: Exception | None = None) -> Response:
    with services().database.reading() as session:
        history = list(revisions.history(session, slug))
    place = next((place for place, each in enumerate(history) if each.id == number), None)
    if place is None:
        abort(404, "There is no such revision.")
    chosen = history[place]
    wanted = request.args.get("beside", type=int)
    beside = next((each for each in history if each.id == wanted), None)
    before: Revision | None = beside or (history[place + 1] if place + 1 < len(history) else None)
    return page(
        "staff/articles/revision.html",
        409 if problem else 200,
        slug=slug,
        revision=chosen,
        before=before,
        history=history,
        words=text_diff(before.source if before else "", chosen.source),
        is_newest=place == 0,
        problem=sentence(problem),
        typed=request.form,
    )


def _done(slug: str, recorded: bool, words_said: str = LIVE) -> Response:
    services().library.refresh()
    say(words_said if recorded else UNRECORDED)
    return back_to("staff_articles.article", slug=slug)


def _notice() -> None:
    # Whatever keeps edits from outside from being recorded, the pages are shown all the same.
    with suppress(ChatbotError):
        notice(services().desk, now())
