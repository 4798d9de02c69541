"""Edits by git or by hand: files stay the truth, so what was changed past the console becomes a revision as well."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from chatbot.corpus.files import article_paths
from chatbot.corpus.reader import read_source
from chatbot.corpus.writer import digest, hold, stored
from chatbot.errors import CorpusError
from chatbot.publishing.desk import Desk
from chatbot.publishing.steps import settle
from chatbot.storage import revisions
from chatbot.storage.audit import Event
from chatbot.storage.tables import Revision

FIRST_SEEN = "first seen in the folder"
EDITED = "changed in the folder, by git or by hand"
GONE = "taken out of the folder, by git or by hand"


def notice(desk: Desk, at: datetime) -> int:
    """Record what stands in the folder and was not published from here; return how many revisions that made.

    A file that cannot be read is no revision: its last good version stays served. Raises Busy, CorpusError or
    DatabaseUnavailable when it cannot be done now.
    """
    if not _differs(desk):
        return 0
    with hold(desk.folder):
        settle(desk)
        with desk.database.writing() as session:
            known = revisions.latest(session)
            found = list(_outside(desk, known, at))
            for revision in found:
                session.add(revision)
                before = known[revision.slug].checksum if revision.slug in known else ""
                event = Event(
                    at, None, "article.outside", revision.slug, revision.why, before=before, after=revision.checksum
                )
                desk.record(session, event)
    return len(found)


def _differs(desk: Desk) -> bool:
    """Say whether the corpus that is served differs from what is recorded; cheap, and asked often."""
    served = {article.slug: article.checksum for article in desk.library.loaded.articles}
    with desk.database.reading() as session:
        recorded = {slug: found.checksum for slug, found in revisions.latest(session).items() if found.checksum}
    return served != recorded


def _outside(desk: Desk, recorded: Mapping[str, Revision], at: datetime) -> Iterator[Revision]:
    # What is served was read before; to read a large corpus again would keep publishers waiting.
    served = {(article.source.path, article.checksum): article.slug for article in desk.library.loaded.articles}
    seen: set[str] = set()
    for path in article_paths(desk.folder):
        relative = path.relative_to(desk.folder).as_posix()
        try:
            data = stored(desk.folder, relative)
        except CorpusError:
            data = None
        slug = served.get((relative, digest(data or b""))) or _slug(data or b"", relative)
        if slug is None or data is None:
            # Refused, a draft or gone this moment: it is as it was.
            seen |= {slug for slug, last in recorded.items() if last.path == relative and not _is_draft(data, relative)}
            continue
        seen.add(slug)
        last = recorded.get(slug)
        if last is None or last.checksum != digest(data):
            yield _revision(slug, relative, data, EDITED if last else FIRST_SEEN, at)
    for slug, last in recorded.items():
        if slug not in seen and last.checksum:
            yield _revision(slug, last.path, None, GONE, at)


def _slug(data: bytes, path: str) -> str | None:
    """Return the slug of a published article, None for a draft and for what cannot be read."""
    try:
        return next((article.slug for article in read_source(data, path).articles), None)
    except CorpusError:
        return None


def _is_draft(data: bytes | None, path: str) -> bool:
    reading = read_source(data or b"", path)
    return not reading.articles and not reading.problems


def _revision(slug: str, path: str, data: bytes | None, why: str, at: datetime) -> Revision:
    return Revision(
        slug=slug,
        kind="outside",
        path=path,
        source=(data or b"").decode(),
        checksum="" if data is None else digest(data),
        why=why,
        at=at,
    )
