"""What follows from a question asked in vain: a line in an article's front matter, or an article of its own."""

from __future__ import annotations

from datetime import datetime

from chatbot.corpus.anchors import section_anchor
from chatbot.corpus.composing import with_values
from chatbot.corpus.front_matter import read_front_matter
from chatbot.corpus.writer import digest, stored
from chatbot.corpus.writing import article_text
from chatbot.errors import Refused
from chatbot.publishing.desk import Desk
from chatbot.publishing.live import live_article, path_for
from chatbot.storage import drafts
from chatbot.storage.database import Session
from chatbot.storage.tables import Draft

LONGEST_SLUG = 80
# characters


def open_draft(desk: Desk, session: Session, slug: str, *, author_id: int, at: datetime) -> Draft:
    """Return the author's own draft of an article, or begin one from its file: others' drafts are theirs.

    Raises Refused for an article that is gone or no Markdown.
    """
    mine = [draft for draft in drafts.open_drafts(session, slug) if draft.author_id == author_id]
    if mine:
        return mine[0]
    path = path_for(desk, slug)
    data = stored(desk.folder, path) if live_article(desk, slug) else None
    if data is None:
        raise Refused("This article is not there any more.")
    if not path.endswith(".md"):
        raise Refused(f"{path} is no Markdown: bring the article in first, then it can be edited here.")
    source = data.decode("utf-8", "replace").removeprefix("\ufeff").replace("\r\n", "\n")
    return drafts.begin(session, slug=slug, source=source, author_id=author_id, at=at, base_checksum=digest(data))


def add_question(
    desk: Desk, session: Session, name: str, ask: str, *, author_id: int, at: datetime
) -> tuple[Draft, bool]:
    """Say in an article's draft that a section answers a question; return the draft, and whether that is new.

    name: "article#heading" with the heading as it is written, nothing after "#" for the opening. A review of the draft
    becomes void, as by every change. Raises Refused as `open_draft` does, and for an empty question.
    """
    slug, _, section = name.partition("#")
    ask = " ".join(ask.split())
    if not ask:
        raise Refused("Write the question that the section answers.")
    draft = open_draft(desk, session, slug, author_id=author_id, at=at)
    source = with_question(draft.source, section, ask)
    return draft, drafts.save(session, draft, source, slug=draft.slug, edits=draft.edits, editor_id=author_id, at=at)


def with_question(source: str, section: str, ask: str) -> str:
    """Return an article's text with the question among those of its front matter; one that is there stays alone.

    Raises CorpusError when the front matter cannot be read.
    """
    held = read_front_matter(source).values.get("questions")
    questions = list(held) if isinstance(held, list) else []
    if any(isinstance(known, dict) and known.get("ask") == ask for known in questions):
        return source
    new = {"ask": ask, "section": section} if section else {"ask": ask}
    return with_values(source, {"questions": [*questions, new]})


def begin_article(desk: Desk, session: Session, ask: str, *, author_id: int, at: datetime) -> Draft:
    """Begin an article that shall answer a question. Raises Refused for an empty one."""
    title = " ".join(ask.split())
    if not title:
        raise Refused("Write the question that the new article answers.")
    name = section_anchor(title)[:LONGEST_SLUG].strip("-")
    slug = next(each for each in (name, *(f"{name}-{n}" for n in range(2, 99))) if live_article(desk, each) is None)
    heading = title[0].upper() + title[1:]
    values = {"title": heading, "status": "draft", "questions": [{"ask": title, "section": heading}]}
    source = article_text(values, f"## {heading}\n\n")
    return drafts.begin(session, slug=slug, source=source, author_id=author_id, at=at, note="asked in vain")
