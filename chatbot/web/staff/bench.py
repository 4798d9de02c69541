"""The test bench: ask anything of the live articles or of a draft, and see why it is answered so. Nothing is kept."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response, abort, request

from chatbot.answering.explaining import Explanation
from chatbot.errors import ChatbotError, CorpusError
from chatbot.publishing.checking import publishable
from chatbot.publishing.live import path_for
from chatbot.publishing.trial import try_draft
from chatbot.replies import explained, reply
from chatbot.services import services
from chatbot.snapshots import Snapshot
from chatbot.storage import drafts
from chatbot.storage.tables import Draft
from chatbot.values import Answer, Question
from chatbot.web.cards import answer_card
from chatbot.web.catalogue import read_catalogue
from chatbot.web.reading import current_day
from chatbot.web.shapes import QUESTION_LIMIT
from chatbot.web.staff.figures import CATEGORIES, VERDICTS
from chatbot.web.staff.guard import guard
from chatbot.web.staff.pages import now, page
from chatbot.web.staff.rooms import Room

LIVE = "live"
SHOWN = 5
# candidates
HISTORY_LIMIT = 10

room = Room("bench", __name__, role="author", link="Test bench")
guard(room)


@dataclass(frozen=True, slots=True)
class Tried:
    """What was asked, and all that came of it."""

    reply: Answer
    why: Explanation


@room.get("/")
def index() -> Response:
    """Show the form."""
    return _bench()


@room.post("/")
def ask() -> Response:
    """Answer the question just as a visitor's, and explain it; nothing of it is counted or kept."""
    text = request.form.get("question", "").strip()[:QUESTION_LIMIT]
    earlier = [line.strip()[:QUESTION_LIMIT] for line in request.form.get("history", "").splitlines() if line.strip()]
    if not text:
        return _bench(problems=["Write a question."])
    asked = Question(text, tuple(earlier[-HISTORY_LIMIT:]))
    try:
        version = _version(request.form.get("against", LIVE))
        more = {"rules": services().rules, "settings": services().settings}
        # Not services().ask: that would answer a draft's question from the live articles when something fails.
        tried = Tried(reply(version, asked, **more), explained(version, asked, limit=SHOWN, **more))  # type: ignore[arg-type]
    except CorpusError as error:
        return _bench(problems=["This draft cannot be read yet:", *map(str, error.problems)])
    except ChatbotError as error:
        return _bench(problems=[str(error)])
    return _bench(tried)


def _bench(tried: Tried | None = None, problems: list[str] | None = None) -> Response:
    with services().database.reading() as session:
        begun = drafts.open_drafts(session)
    return page(
        "staff/bench.html",
        422 if problems else 200,
        tried=tried,
        card=answer_card(tried.reply, read_catalogue("en"), current_day()) if tried else None,
        verdicts=VERDICTS,
        categories=CATEGORIES,
        problems=problems or [],
        drafts=begun,
        against=request.form.get("against", LIVE),
        question=request.form.get("question", ""),
        history=request.form.get("history", ""),
    )


def _version(against: str) -> Snapshot:
    """Return the live version of the articles, or the one with a draft in it."""
    if against == LIVE:
        return services().library.snapshot()
    draft = _draft(int(against)) if against.isdecimal() and len(against) < 10 else None
    if draft is None or draft.state not in drafts.OPEN:
        abort(404, "This draft is closed: it was published or dropped.")
    desk = services().desk
    trial = try_draft(
        desk.library.loaded,
        path_for(desk, draft.slug),
        publishable(draft.source),
        today=now().date(),
        rules=desk.rules,
        settings=desk.settings,
        before=desk.live,
    )
    return trial.snapshot


def _draft(number: int) -> Draft | None:
    with services().database.reading() as session:
        return drafts.find(session, number)
