"""What is learnt from visitors: put aside on the request, written by a thread of its own, in batches.

No visitor waits for it: the request pays for one value in a queue. A full queue or a database that is away costs what
was to be kept, never an answer.
"""

from __future__ import annotations

import atexit
import logging
import os
import threading
import weakref
from collections import Counter, deque
from collections.abc import Callable, Collection
from datetime import UTC, datetime

from chatbot.errors import DatabaseUnavailable
from chatbot.loglines import Seldom
from chatbot.settings import Settings
from chatbot.storage import questions
from chatbot.storage.database import Database
from chatbot.storage.questions import Kind, Said, Text
from chatbot.text.foreign import is_foreign
from chatbot.text.lexicon import content_stems
from chatbot.text.redaction import redacted
from chatbot.values import Answer, Feedback, Question

ROOM = 2_000
# entries in the queue: a thousand questions a second for two seconds, about 1 MB
EVERY_SECONDS = 1.0
LENGTHS = (40, 120, 400)
# characters that end a band of length
BANDS = (0.25, 0.5, 0.75)
# coverage that begins a band
LONGEST_TEXT = 300
# characters: a whole story tells who wrote it, whatever is taken out
MOST_SLUGS = 3
UNANSWERED = ("nothing", "unsure")

seldom = Seldom(logging.getLogger(__name__))


class Journal:
    """Keeps what the setting allows of questions, and what visitors think of answers.

    known: gives the words of the articles, in lower case, which stay in a redacted question.
    """

    def __init__(
        self,
        database: Database,
        settings: Settings,
        known: Callable[[], Collection[str]],
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(tz=UTC),
        room: int = ROOM,
    ) -> None:
        self._database = database
        self._mode = settings.question_log
        self._known = known
        self._clock = clock
        self._room = room
        self._waiting: deque[tuple[Kind, str] | Said] = deque()
        self._unsaved: Counter[Said] = Counter()
        # feedback while the database is away
        self._writing = threading.Lock()
        self._starting = threading.Lock()
        self._started_in: int | None = None
        self._stopped = threading.Event()
        self.dropped = 0
        # entries of this process that were not kept

    def asked(self, question: Question, reply: Answer) -> None:
        """Put a question aside as the setting allows: by default nothing at all."""
        if self._mode == "off":
            return
        foreign = is_foreign(question.text)
        may_keep = self._mode == "redacted" and reply.verdict in UNANSWERED and not reply.is_private and not foreign
        self._put((kind_of(question, reply, self._hour(), foreign=foreign), question.text if may_keep else ""))

    def add(self, feedback: Feedback) -> None:
        """Put aside what a visitor thinks of an answer."""
        day = self._hour().replace(hour=0)
        said = Said(day, feedback.passage or "", feedback.verdict, feedback.helpful, feedback.reason or "")
        self._put(said)

    def flush(self) -> None:
        """Write what waits; raises nothing."""
        with self._writing:
            try:
                self._write()
            except Exception as error:
                # Only the kind of error: its text may hold what was to be written.
                seldom.warning("what visitors asked or thought could not be kept (%s)", type(error).__name__)

    def stop(self) -> None:
        """Write what waits and end the thread."""
        self._stopped.set()
        if self._started_in == os.getpid():
            self.flush()

    def _put(self, entry: tuple[Kind, str] | Said) -> None:
        if self._started_in != os.getpid():
            with self._starting:
                self._start()
        if len(self._waiting) >= self._room:
            self.dropped += 1
        else:
            self._waiting.append(entry)

    def _start(self) -> None:
        """Begin the writing in this process; what waited in the process that it was forked from stays there."""
        pid = os.getpid()
        if self._started_in == pid:
            return
        if self._started_in is not None:
            self._waiting, self._unsaved = deque(), Counter()
        self._writing, self._stopped, self._started_in = threading.Lock(), threading.Event(), pid
        ours = weakref.ref(self)
        atexit.register(_stop, ours, pid)
        threading.Thread(target=_write_on, args=(ours, self._stopped), name="journal", daemon=True).start()

    def _write(self) -> None:
        kinds: Counter[Kind] = Counter()
        texts: list[Text] = []
        for entry in self._taken():
            if isinstance(entry, Said):
                self._unsaved[entry] += 1
            else:
                kind, text = entry
                kinds[kind] += 1
                texts += self._kept(kind, text)
        if not kinds and not self._unsaved:
            return
        try:
            with self._database.writing() as session:
                questions.count_questions(session, kinds)
                questions.count_feedback(session, self._unsaved)
                kept = questions.keep_texts(session, texts)
        except Exception as error:
            self.dropped += kinds.total()
            if not isinstance(error, DatabaseUnavailable):
                self.dropped += self._unsaved.total()
                self._unsaved.clear()
                # They would be refused again and again.
            raise
        self.dropped += len(texts) - kept
        self._unsaved.clear()

    def _taken(self) -> list[tuple[Kind, str] | Said]:
        return [self._waiting.popleft() for _ in range(len(self._waiting))]

    def _kept(self, kind: Kind, text: str) -> list[Text]:
        """Return the question as it may be kept, or nothing where nothing would be left of it."""
        kept = " ".join(redacted(text, self._known()).lower().split()) if text else ""
        folded = fold(kept)
        return [Text(folded, kept, kind.verdict, kind.hour)] if folded and len(kept) <= LONGEST_TEXT else []

    def _hour(self) -> datetime:
        return self._clock().replace(minute=0, second=0, microsecond=0)


def kind_of(question: Question, reply: Answer, hour: datetime, *, foreign: bool) -> Kind:
    """Say what a question was like, without any word of it; of an urgent one only its category."""
    if reply.verdict == "urgent":
        return Kind(hour, reply.category, reply.verdict, "", "", "", "")
    slugs = dict.fromkeys(excerpt.passage.slug for excerpt in reply.passages)
    return Kind(
        hour,
        reply.category,
        reply.verdict,
        " ".join([*slugs][:MOST_SLUGS]),
        str(sum(reply.coverage >= begin for begin in BANDS) + 1),
        "other" if foreign else "en",
        str(sum(len(question.text) > end for end in LENGTHS) + 1),
    )


def fold(text: str) -> str:
    """Return what makes two askings alike: the stems that carry a subject, each once, in order of the alphabet."""
    return " ".join(sorted(set(content_stems(text))))[: questions.LONGEST_NAME]


def _write_on(ours: weakref.ref[Journal], stopped: threading.Event) -> None:
    """Write every second until the journal is stopped or gone."""
    while not stopped.wait(EVERY_SECONDS):
        journal = ours()
        if journal is None:
            return
        journal.flush()
        del journal


def _stop(ours: weakref.ref[Journal], pid: int) -> None:
    journal = ours()
    if journal is not None and pid == os.getpid():
        journal.stop()
