"""The editor: a draft's facts and text, advice beside it, the preview, and savings that lose nothing."""

from __future__ import annotations

from flask import Response, abort, jsonify, render_template, request

from chatbot.errors import CorpusError, Refused, StaleEdit
from chatbot.publishing.checking import publishable, read_problems
from chatbot.publishing.live import live_article, path_for
from chatbot.publishing.passages import text_diff
from chatbot.services import services
from chatbot.storage import drafts, revisions
from chatbot.storage.tables import Draft, Review
from chatbot.web.staff.advice import Advice, advice, preview
from chatbot.web.staff.draft_form import DraftForm, form_of, slug_for, text_of, title_of
from chatbot.web.staff.guard import guard
from chatbot.web.staff.pages import back_to, current_member, note, now, page, say
from chatbot.web.staff.rooms import Room, takes

LARGEST = 2 * 1024 * 1024
# bytes of a form: the largest article, written in signs that a form sends as three

room = Room("drafts", __name__, role="author")
guard(room)


@room.get("/<int:number>")
def edit(number: int) -> Response:
    """Show the editor."""
    draft = known_draft(number)
    return editor(draft, draft.source)


@room.post("/<int:number>")
@takes(LARGEST)
def save(number: int) -> Response:
    """Save the draft; a stale edit gets both texts back, and nothing of either is lost."""
    draft = known_draft(number)
    text, problem = _typed(draft)
    if problem:
        return editor(draft, text, problem=problem, status=422)
    if request.form.get("do") == "preview":
        return editor(draft, text)
    try:
        changed = keep(draft, text)
    except StaleEdit as error:
        return _stale(draft, text, error)
    except Refused as error:
        return editor(draft, text, problem=str(error), status=409)
    if request.form.get("do") == "check":
        return back_to("staff_drafts.check", number=number)
    say("Saved." if changed else "Nothing had changed.")
    return back_to("staff_drafts.edit", number=number, as_text="1" if "whole" in request.form else None)


@room.post("/<int:number>/autosave")
@takes(LARGEST)
def autosave(number: int) -> Response:
    """Save the draft for a script; replies in JSON with the number that the next saving must know."""
    draft = known_draft(number)
    text, problem = _typed(draft)
    try:
        if not problem:
            keep(draft, text)
    except (StaleEdit, Refused) as error:
        problem = str(error)
    if problem:
        return _json({"problem": problem}, 409)
    return _json({"edits": known_draft(number).edits, "saved": now().strftime("%H:%M:%S")})


@room.post("/<int:number>/preview")
@takes(LARGEST)
def show(number: int) -> Response:
    """Render advice and preview of a text that is not saved, for a script to put beside it."""
    draft = known_draft(number)
    text, _ = _typed(draft)
    return Response(render_template("staff/drafts/_beside.html", **_beside(draft, text)))


def known_draft(number: int) -> Draft:
    """Return a draft that is still open, or abort with 404."""
    with services().database.reading() as session:
        draft = drafts.find(session, number)
    if draft is None or draft.state not in drafts.OPEN:
        abort(404, "There is no such draft: it was published or dropped.")
    return draft


def keep(draft: Draft, text: str) -> bool:
    """Save a draft's text in the member's name and return whether it has changed; raises as `drafts.save` does."""
    with services().database.writing() as session:
        mine = drafts.find(session, draft.id)
        if mine is None:
            raise Refused("This draft is closed: it was published or dropped.")
        before, edits = mine.source, request.form.get("edits", -1, type=int)
        slug = mine.slug if mine.base_checksum else slug_for(text, mine.slug)
        changed = drafts.save(session, mine, text, slug=slug, edits=edits, editor_id=current_member().id, at=now())
        if changed:
            note(session, "draft.saved", slug, before=before, after=text)
    return changed


def editor(draft: Draft, text: str, *, problem: str = "", status: int = 200) -> Response:
    """Show the editor with a text, saved or not."""
    form = None if request.args.get("as_text") or "whole" in request.form else _form(text)
    return page(
        "staff/drafts/edit.html",
        status,
        draft=draft,
        title=title_of(text, draft.slug),
        text=text,
        form=form,
        edits=request.form.get("edits", draft.edits),
        problem=problem,
        is_new=not draft.base_checksum,
        reviews=_reviews(draft),
        **_beside(draft, text),
    )


def _stale(draft: Draft, text: str, error: StaleEdit) -> Response:
    """Show both texts; the one that was typed can be saved over the other with one press."""
    return page(
        "staff/drafts/stale.html",
        409,
        draft=draft,
        problem=str(error),
        mine=text,
        theirs=error.current,
        edits=error.edits,
        words=text_diff(error.current, text),
    )


def _typed(draft: Draft) -> tuple[str, str]:
    """Return the text that the form says, and what is wrong with it; what was typed is never thrown away."""
    try:
        text = text_of(request.form, draft.source)
    except CorpusError as error:
        return request.form.get("whole") or draft.source, error.problems[0].message
    return text, "" if text.strip() else "There is no text; nothing was saved."


def _form(text: str) -> DraftForm | None:
    try:
        return form_of(text)
    except CorpusError:
        # Then the whole file is one field, with the fault beside it.
        return None


def _beside(draft: Draft, text: str) -> dict[str, object]:
    desk = services().desk
    slug = draft.slug if draft.base_checksum else slug_for(text, draft.slug)
    final, form = publishable(text), _form(text)
    problems = read_problems(desk, path_for(desk, slug), final, now().date())
    # The lines are those of the file as it will be; a mark that goes takes one line with it.
    moved = final.count("\n") - text.count("\n")
    found: list[Advice] = advice(problems, (form.body_line if form else 1) + moved)
    return {"advice": found, "article": preview(slug, text), "live": live_article(desk, slug)}


def _reviews(draft: Draft) -> list[Review]:
    with services().database.reading() as session:
        return list(revisions.reviews(session, draft.id))


def _json(values: dict[str, object], status: int = 200) -> Response:
    response = jsonify(values)
    response.status_code = status
    return response
