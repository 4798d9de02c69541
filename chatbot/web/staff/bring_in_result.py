"""What was brought in: kept parts left, the rest right with its reason, until it is saved as a draft."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby

from flask import Response, abort, request

from chatbot import intake
from chatbot.corpus.details import READERS, Fault
from chatbot.corpus.importing.judging import unserved
from chatbot.corpus.importing.parts import Imported, Part
from chatbot.corpus.importing.placing import free_slug, taken_slugs
from chatbot.errors import NoCorpus
from chatbot.intake import Intake
from chatbot.services import services
from chatbot.storage import drafts, jobs
from chatbot.storage.database import Session
from chatbot.storage.tables import Job
from chatbot.values import Article
from chatbot.web.staff.bring_in import room
from chatbot.web.staff.pages import back_to, current_member, note, now, page, say

__all__ = ["room"]


@dataclass(frozen=True, slots=True)
class Pair:
    """Parts that stand beside each other: what was left out, and the kept ones that follow it."""

    left_out: tuple[tuple[int, Part], ...] = ()
    # with their numbers
    kept: tuple[tuple[int, Part], ...] = ()


@room.get("/<int:number>/<int:document>")
def show(number: int, document: int) -> Response:
    """Show one document, part by part."""
    with services().database.reading() as session:
        given = _intake(session, number)
    return _result(number, document, given, _imported(given, document))


@room.post("/<int:number>/<int:document>/parts")
def choose(number: int, document: int) -> Response:
    """Restore a part, or leave one out."""
    kept = "restore" in request.form
    part = request.form.get("restore" if kept else "leave", -1, type=int)
    with services().database.writing() as session:
        given = _intake(session, number)
        _imported(given, document)
        try:
            changed = intake.with_part(given, document, part, kept=kept)
        except LookupError:
            abort(404, "There is no such part.")
        _job(session, number).result = intake.written(changed)
    return back_to("staff_bring_in.show", number=number, document=document, _anchor=f"part-{part}")


@room.post("/<int:number>/<int:document>/save")
def save(number: int, document: int) -> Response:
    """Save it as a draft, unless its address is taken and nobody said what then."""
    with services().database.reading() as session:
        given = _intake(session, number)
    imported, problem = _named(_imported(given, document))
    slug = str(imported.metadata.get("slug") or imported.slug)
    article = _article(slug)
    if problem:
        return _result(number, document, given, imported, problem=problem, slug=slug)
    if not imported.kept:
        return _result(number, document, given, imported, problem="Nothing is kept of it; restore what is the article.")
    with services().database.writing() as session:
        taken = _taken(session)
        if slug in taken and request.form.get("how") != "replace":
            return _result(number, document, given, imported, taken=slug, article=article, slug=free_slug(slug, taken))
        draft_id = _begin(session, number, given, imported, slug=slug, article=article)
        changed = replace(intake.with_import(given, document, imported), drafts={**given.drafts, document: draft_id})
        _job(session, number).result = intake.written(changed)
    say(f"Saved as a draft: {imported.title}. Visitors do not see it yet.")
    return back_to("staff_drafts.edit", number=draft_id)


def _begin(
    session: Session, number: int, given: Intake, imported: Imported, *, slug: str, article: Article | None
) -> int:
    job = jobs.find(session, number, current_member().id, with_input=True)
    original = intake.original(job.input, given) if job else b""
    draft = drafts.begin(
        session,
        slug=slug,
        source=imported.markdown,
        author_id=current_member().id,
        at=now(),
        base_checksum=article.checksum if article else "",
        note=f"Brought in from {imported.name}"[:200],
        brought_in=(imported.name[:200], imported.format, original),
    )
    note(session, "draft.brought-in", slug, after=imported.markdown)
    return draft.id


def _named(imported: Imported) -> tuple[Imported, str]:
    """Return the import with the title and the address of the form, and what is wrong with them."""
    title, slug = request.form.get("title", "").strip(), request.form.get("slug", "").strip()
    metadata = {**imported.metadata}
    try:
        READERS["title"](title)
        READERS["slug"](slug)
    except Fault as fault:
        return imported, f"The title or the address cannot be used: it {fault}."
    changed = replace(imported, title=title, metadata=metadata)
    if slug != changed.slug or "slug" in metadata:
        changed = replace(changed, metadata={**metadata, "slug": slug})
    return changed, ""


def _result(
    number: int,
    document: int,
    given: Intake,
    imported: Imported,
    *,
    problem: str = "",
    taken: str = "",
    article: Article | None = None,
    slug: str = "",
) -> Response:
    return page(
        "staff/bring_in_result.html",
        409 if taken else 422 if problem else 200,
        number=number,
        document=document,
        given=given,
        imported=imported,
        pairs=pairs(imported),
        unserved=unserved(imported),
        problem=problem,
        taken=taken,
        article=article,
        slug=slug or imported.slug,
    )


def pairs(imported: Imported) -> list[Pair]:
    """Return the parts in their order, in runs that stand beside each other."""
    found: list[Pair] = []
    for is_kept, run in groupby(enumerate(imported.parts), key=lambda each: not each[1].reason):
        parts = tuple(run)
        if not is_kept:
            found.append(Pair(left_out=parts))
        elif found and not found[-1].kept:
            found[-1] = replace(found[-1], kept=parts)
        else:
            found.append(Pair(kept=parts))
    return found


def _intake(session: Session, number: int) -> Intake:
    return intake.read(_job(session, number).result)


def _job(session: Session, number: int) -> Job:
    found = jobs.find(session, number, current_member().id)
    if found is None or found.kind != intake.KIND:
        abort(404, "This was brought in by somebody else, or more than a week ago.")
    return found


def _imported(given: Intake, document: int) -> Imported:
    imported = given.outcomes[document].imported if document < len(given.outcomes) else None
    if imported is None:
        abort(404, "Nothing was brought in here.")
    return imported


def _article(slug: str) -> Article | None:
    try:
        articles = services().library.snapshot().articles
    except NoCorpus:
        return None
    return next((article for article in articles if article.slug == slug), None)


def _taken(session: Session) -> dict[str, str]:
    """Return the addresses that articles and open drafts have."""
    return {
        **taken_slugs(services().settings.corpus),
        **{draft.slug: f"draft {draft.id}" for draft in drafts.open_drafts(session)},
    }
