"""Bring in: a file, a pasted text or a web address becomes a draft, once staff have seen what is kept of it."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable
from io import BytesIO

from flask import Response, abort, request
from werkzeug.datastructures import FileStorage

from chatbot import intake
from chatbot.corpus.importing.documents import LARGEST_BYTES, refuse_at_sight, shown_name
from chatbot.corpus.importing.parts import ImportRefused
from chatbot.intake import Intake
from chatbot.services import services
from chatbot.storage import jobs
from chatbot.web.staff.guard import guard
from chatbot.web.staff.pages import back_to, current_member, note, now, page
from chatbot.web.staff.rooms import Room, takes

BODY_LIMIT = 12 * 1024 * 1024
# of the form: the file's 10 MB and what stands around it
PATIENCE_SECONDS = 1.5
# a document is mostly read by then, and nobody needs to see how far it is

_TAGS = re.compile(r"</?(?:p|div|h[1-6]|ul|ol|li|article|body|html|table|section|br)\b[^>]{0,500}>", re.IGNORECASE)
_MARKDOWN = re.compile(r"^(?:#{1,6} \S|---$|[-*] \S|> \S)|\[[^\]]{1,200}\]\(http|\*\*\S", re.MULTILINE)

room = Room("bring_in", __name__, role="author", link="Bring in")
guard(room)


@room.get("/")
def index() -> Response:
    """Show the ways to bring something in, and what was brought in of late."""
    return _form()


@room.post("/")
@takes(BODY_LIMIT)
def begin() -> Response:
    """Take files, a text or an address, and begin to read."""
    try:
        given, data = _given()
    except ImportRefused as refusal:
        return _form(problem=str(refusal), status=422)
    member = current_member()
    with services().database.writing() as session:
        job = jobs.begin(session, intake.KIND, given=data, result=intake.written(given), account_id=member.id, at=now())
        note(session, "import.begun", given.name[:200])
    hosts = services().settings.import_from_web
    intake.start(services().database, job.id, hosts).join(PATIENCE_SECONDS)
    with services().database.reading() as session:
        found = jobs.find(session, job.id, member.id)
    refused = _refusal(found.message, intake.read(found.result)) if found and found.state in ("done", "failed") else ""
    return _form(problem=refused, status=422) if refused else back_to("staff_bring_in.job", number=job.id)


@room.get("/<int:number>")
def job(number: int) -> Response:
    """Show how far it is; when it is done, the documents that it brought, or the only one."""
    with services().database.reading() as session:
        found = jobs.find(session, number, current_member().id)
    if found is None:
        abort(404, "This was brought in by somebody else, or more than a week ago.")
    given = intake.read(found.result)
    if found.state == "done" and len(given.outcomes) == 1 and given.outcomes[0].imported:
        return back_to("staff_bring_in.show", number=number, document=0)
    return page("staff/bring_in_job.html", job=found, given=given, stopped=jobs.is_stopped(found, now()))


def _refusal(failed: str, given: Intake) -> str:
    """Return why nothing came of it, where there is just one reason."""
    return failed or (given.outcomes[0].refused if len(given.outcomes) == 1 else "")


def _form(*, problem: str = "", status: int = 200) -> Response:
    with services().database.reading() as session:
        recent = [
            (each, intake.read(each.result)) for each in jobs.of_account(session, current_member().id, intake.KIND)
        ]
    hosts = services().settings.import_from_web
    return page(
        "staff/bring_in.html",
        status,
        problem=problem,
        recent=recent,
        hosts=hosts,
        megabytes=LARGEST_BYTES // 1_000_000,
        text=request.form.get("text", ""),
        web_address=request.form.get("address", ""),
    )


def _given() -> tuple[Intake, bytes]:
    """Return what the form holds: its first kind that is not empty. Raises ImportRefused for nothing."""
    files = [each for each in request.files.getlist("files") if each.filename]
    if files:
        return _of_files(files)
    text, address = request.form.get("text", "").strip(), request.form.get("address", "").strip()
    if address:
        if not services().settings.import_from_web:
            raise ImportRefused("Bringing in by web address is switched off here.")
        return Intake(address, address=address), b""
    if not text:
        raise ImportRefused("Choose a file, or paste a text.")
    return Intake("pasted text", f"pasted-text.{_kind(text)}"), text.encode()


def _of_files(files: list[FileStorage]) -> tuple[Intake, bytes]:
    read = [(shown_name(each.filename or ""), each.stream.read(LARGEST_BYTES + 1)) for each in files]
    for each in files:
        each.close()
    if len(read) == 1:
        name, data = read[0]
        refuse_at_sight(name, data)
        return Intake(name, name), data
    data = _packed(read)
    refuse_at_sight("files.zip", data)
    return Intake(f"{read[0][0]} and {len(read) - 1} more", "files.zip"), data


def _packed(files: Iterable[tuple[str, bytes]]) -> bytes:
    """Put several files into one archive: the readers take one thing at a time."""
    target = BytesIO()
    taken: set[str] = set()
    with zipfile.ZipFile(target, "w") as archive:
        for number, (name, data) in enumerate(files):
            archive.writestr(f"{number}/{name}" if name in taken else name, data)
            taken.add(name)
    return target.getvalue()


def _kind(text: str) -> str:
    """Return how a pasted text is read."""
    if len(_TAGS.findall(text[:20_000])) > 1:
        return "html"
    return "md" if _MARKDOWN.search(text[:20_000]) else "txt"
