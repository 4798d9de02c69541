"""What staff bring in: read in the background, judged by them part by part, and handed on as a draft."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import msgspec

from chatbot.corpus.importing.documents import Member
from chatbot.corpus.importing.parts import BY_HAND, Imported, ImportRefused
from chatbot.corpus.importing.sandbox import Outcome, import_file, import_page
from chatbot.errors import DatabaseUnavailable
from chatbot.storage import jobs
from chatbot.storage.database import Database

KIND = "import"
TOLD_EVERY_SECONDS = 0.5
TOGETHER = 2
# documents that are read at a time by one process; the others wait their turn
FAILED = "Something went wrong on our side and nothing was brought in. Try again, and tell whoever runs the server."

logger = logging.getLogger(__name__)
_turns = threading.BoundedSemaphore(TOGETHER)


@dataclass(frozen=True, slots=True)
class Intake:
    """One thing that was brought in and what became of it."""

    name: str
    # of the file; of several the first with their number
    file: str = ""
    # name under which its bytes are read: its ending says the format
    address: str = ""
    # of a web page that is fetched first
    outcomes: tuple[Outcome, ...] = ()
    # one for each document; () until it is done
    drafts: Mapping[int, int] = field(default_factory=dict)
    # number of the outcome -> number of the draft that it was saved as


def written(intake: Intake) -> str:
    """Return it as JSON."""
    return msgspec.json.encode(intake).decode()


def read(text: str) -> Intake:
    """Return what `written` wrote."""
    return msgspec.json.decode(text, type=Intake)


def start(database: Database, number: int, hosts: tuple[str, ...]) -> threading.Thread:
    """Begin to read what a job was given, in a thread of its own; hosts: those that may be fetched from."""
    thread = threading.Thread(target=take_in, args=(database, number, hosts), name=f"import {number}", daemon=True)
    thread.start()
    return thread


def take_in(database: Database, number: int, hosts: tuple[str, ...]) -> None:
    """Read what a job was given and keep what came of it, whatever that is."""
    with _turns:
        try:
            with database.writing() as session:
                job = jobs.take_up(session, number, _now())
            if job is None:
                return
            intake = read(job.result)
            outcomes, failed = _outcomes(intake, job.input, _teller(database, number), hosts)
            with database.writing() as session:
                jobs.end(session, number, result=written(replace(intake, outcomes=outcomes)), failed=failed, at=_now())
        except DatabaseUnavailable as error:
            logger.error("an import could not be kept: %s", error)


def _outcomes(
    intake: Intake, data: bytes, told: Callable[[Member], None], hosts: tuple[str, ...]
) -> tuple[tuple[Outcome, ...], str]:
    """Return what became of each document, and why nothing at all did."""
    try:
        if intake.address:
            return (_fetched(intake.address, hosts),), ""
        return import_file(data, intake.file or intake.name, told), ""
    except ImportRefused as refusal:
        return (), str(refusal)
    except Exception:
        # Only the kind of thing, not the words of the document.
        logger.exception("an import failed")
        return (), FAILED


def _fetched(address: str, hosts: tuple[str, ...]) -> Outcome:
    from chatbot.corpus.importing.fetching import Fetcher  # noqa: PLC0415

    found = Fetcher(hosts).fetch(address)
    return import_page(found.data, found.name, address=found.address, charset=found.charset)


def _teller(database: Database, number: int) -> Callable[[Member], None]:
    last = float("-inf")

    def told(member: Member) -> None:
        nonlocal last
        if time.monotonic() - last < TOLD_EVERY_SECONDS:
            return
        last = time.monotonic()
        with database.writing() as session:
            jobs.tell(session, number, done=member.number, total=member.count, message=member.name, at=_now())

    return told


def with_part(intake: Intake, document: int, part: int, *, kept: bool) -> Intake:
    """Return the intake with one part of a document kept or left out. Raises LookupError where there is none."""
    outcome = intake.outcomes[document]
    if outcome.imported is None or not 0 <= part < len(outcome.imported.parts):
        raise LookupError("There is no such part.")
    parts = list(outcome.imported.parts)
    parts[part] = replace(parts[part], reason="" if kept else parts[part].reason or BY_HAND)
    return with_import(intake, document, replace(outcome.imported, parts=tuple(parts), body=""))


def with_import(intake: Intake, document: int, imported: Imported) -> Intake:
    """Return the intake with another import of one of its documents."""
    outcomes = list(intake.outcomes)
    outcomes[document] = replace(outcomes[document], imported=imported)
    return replace(intake, outcomes=tuple(outcomes))


def original(data: bytes, intake: Intake) -> bytes:
    """Return the bytes of a single document that was brought in; those of a zip's documents are not kept."""
    return data if len(intake.outcomes) == 1 else b""


def _now() -> datetime:
    return datetime.now(tz=UTC)
