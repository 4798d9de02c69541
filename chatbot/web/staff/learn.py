"""What visitors asked in vain and thought of answers, as far as the setting allows, and what to do about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from flask import Response, abort, request

from chatbot.answering.grouping import Asking, Group, groups
from chatbot.answering.notices import masked
from chatbot.errors import ChatbotError, NoCorpus
from chatbot.publishing.asked import add_question, begin_article
from chatbot.services import services
from chatbot.storage import questions
from chatbot.storage.database import Session
from chatbot.storage.suggestions import propose, waiting
from chatbot.text.query import understand
from chatbot.values import Article
from chatbot.web.staff.figures import CATEGORIES, HOURS, LANGUAGES, VERDICTS, rows
from chatbot.web.staff.guard import guard
from chatbot.web.staff.pages import back_to, current_member, note, now, page, say
from chatbot.web.staff.rooms import Room

SINCE = timedelta(days=90)
# of the counts and opinions that are shown
NEAREST = 8
# sections offered first
LONGEST = 300
# characters of a question that staff write

room = Room("learn", __name__, role="author", link="Learn")
guard(room)


@dataclass(frozen=True, slots=True)
class Section:
    """A section that may answer a question."""

    name: str
    # "article#heading", the heading as it is written
    article: str
    heading: str
    text: str = ""
    # of its nearest passage


@dataclass(frozen=True, slots=True)
class Done:
    """What was done with a group."""

    words: str
    draft: int = 0
    # number of the draft to go on with


@room.get("/")
def index() -> Response:
    """Show what was asked in vain, what helped least, and the counts."""
    since = now() - SINCE
    with services().database.reading() as session:
        columns = ("verdict", "category", "hour", "language")
        counts = {column: questions.totals(session, column, since) for column in columns}
        rated = [each for each in questions.ratings(session, since) if each.not_helpful]
        found, open_suggestions = _groups(session), len(waiting(session))
    hours = sorted(counts["hour"])
    return page(
        "staff/learn.html",
        mode=services().settings.question_log,
        text_days=services().settings.question_log_days,
        groups=found,
        rated=rated,
        served={passage.id: passage for article in _articles() for passage in article.passages},
        asked=sum(counts["verdict"].values()),
        tables=[
            ("What visitors got", rows(counts["verdict"], VERDICTS)),
            ("What the safety rules found", rows(counts["category"], CATEGORIES)),
            ("Language", rows(counts["language"], LANGUAGES)),
            ("Hour of the day", rows(counts["hour"], HOURS, order=hours)),
        ],
        suggestions=open_suggestions,
        dropped=services().journal.dropped,
    )


@room.get("/group/<key>")
def group(key: str) -> Response:
    """Show one group with the sections nearest to it and what can be done."""
    with services().database.reading() as session:
        found = _group(session, key)
    nearest = _nearest(found.texts)
    taken = {section.name for section in nearest}
    return page(
        "staff/learn_group.html",
        group=found,
        nearest=nearest,
        others=[section for section in _sections() if section.name not in taken],
        unknown=_unknown(found.texts[0]),
    )


@room.post("/group/<key>/question")
def question(key: str) -> Response:
    """Say in a draft that a section answers the question."""

    def act(session: Session, found: Group, ask: str) -> Done:
        name = request.form.get("section", "")
        if name not in {section.name for section in _sections()}:
            abort(400, "Choose the section that answers the question.")
        draft, is_new = add_question(services().desk, session, name, ask, author_id=current_member().id, at=now())
        note(session, "learn.question", draft.slug, detail=f"draft {draft.id}")
        said = "is among the questions" if is_new else "was among the questions already"
        return Done(f"It {said} of this draft. Visitors get it when that is published.", draft.id)

    return _done(key, act)


@room.post("/group/<key>/synonym")
def synonym(key: str) -> Response:
    """Propose that one word of visitors means one of the articles."""

    def act(session: Session, found: Group, ask: str) -> Done:
        said, meant = _line("say"), _line("mean")
        if not said or not meant:
            abort(400, "Write both: what visitors say, and what the articles say for it.")
        evidence = f"asked {found.count} times in vain"
        is_new = propose(session, "synonym", said, meaning=meant, evidence=evidence, at=now())
        note(session, "learn.synonym")
        return Done("A publisher can approve the synonym now." if is_new else "That synonym is proposed already.")

    return _done(key, act)


@room.post("/group/<key>/draft")
def draft(key: str) -> Response:
    """Begin a new article for the question."""

    def act(session: Session, found: Group, ask: str) -> Done:
        begun = begin_article(services().desk, session, ask, author_id=current_member().id, at=now())
        # Not its slug: that is made of the visitors' words.
        note(session, "learn.draft", f"draft {begun.id}")
        return Done("The article is begun: write the answer.", begun.id)

    return _done(key, act)


@room.post("/group/<key>/out-of-scope")
def out_of_scope(key: str) -> Response:
    """Propose that the articles shall not answer this."""

    def act(session: Session, found: Group, ask: str) -> Done:
        is_new = propose(session, "out_of_scope", ask, evidence=f"asked {found.count} times in vain", at=now())
        note(session, "learn.out-of-scope")
        return Done("A publisher can approve it now." if is_new else "That is proposed already.")

    return _done(key, act)


@room.post("/group/<key>/dismiss")
def dismiss(key: str) -> Response:
    """Delete a group's questions; they come back when they are asked often enough again."""

    def act(session: Session, found: Group, ask: str) -> Done:
        note(session, "learn.dismissed", detail=f"{found.count} questions")
        return Done("Dismissed.")

    return _done(key, act)


def _done(key: str, act: Callable[[Session, Group, str], Done]) -> Response:
    """Do something with a group, delete its questions in the same step, and say what was done."""
    try:
        with services().database.writing() as session:
            found = _group(session, key)
            done = act(session, found, masked(_line("ask") or found.texts[0]))
            gone = questions.drop_texts(session, found.numbers)
    except ChatbotError as error:
        abort(409, str(error))
    say(f"{done.words} The {gone} questions of the group are deleted.")
    return back_to("staff_drafts.edit", number=done.draft) if done.draft else back_to("staff_learn.index")


def _line(name: str) -> str:
    return " ".join(request.form.get(name, "").split())[:LONGEST]


def _groups(session: Session) -> tuple[Group, ...]:
    kept = [Asking(row.id, row.folded, row.text) for row in questions.texts(session)]
    return groups(kept, services().library.words())


def _group(session: Session, key: str) -> Group:
    found = next((each for each in _groups(session) if each.key == key), None)
    return found or abort(404, "This group is not there any more: somebody has dealt with it, or its time is over.")


def _articles() -> tuple[Article, ...]:
    try:
        return services().library.snapshot().articles
    except NoCorpus:
        return ()


def _sections() -> list[Section]:
    """Return every section of the articles, by title and in reading order."""
    found: dict[str, Section] = {}
    for each in sorted(_articles(), key=lambda article: article.title.casefold()):
        for passage in each.passages:
            name = f"{each.slug}#{passage.section or ''}"
            found.setdefault(name, Section(name, each.title, passage.section or "Opening"))
    return [*found.values()]


def _nearest(texts: Sequence[str]) -> list[Section]:
    """Return the sections whose passages are nearest to a group's questions, whether or not they would be shown."""
    try:
        live = services().library.snapshot()
    except NoCorpus:
        return []
    found: dict[str, Section] = {}
    for text in texts:
        for match in live.embedded.search(understand(text, (), live.language), NEAREST):
            passage = match.passage
            name = f"{passage.slug}#{passage.section or ''}"
            found.setdefault(name, Section(name, passage.title, passage.section or "Opening", passage.text))
    return [*found.values()][:NEAREST]


def _unknown(text: str) -> str:
    """Return the first word of a question that no article holds, to be proposed as a synonym."""
    try:
        live = services().library.snapshot()
    except NoCorpus:
        return ""
    known = live.language.spelling.vocabulary
    concepts = understand(text, (), live.language).concepts
    return next((c.typed for c in concepts if not any(set(term.stems) <= known.stems for term in c.terms)), "")
