"""The live corpus: one snapshot for every question, swapped whole when the folder changes."""

from __future__ import annotations

import importlib
import logging
import os
import threading
import time
import weakref
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from chatbot.answering.notices import SafetyRules
from chatbot.answering.safety.site import SiteRules, refreshed
from chatbot.corpus.fingerprint import Mark, fingerprint
from chatbot.corpus.loading import SHIPPED_LEXICON, Loaded, load, refused
from chatbot.corpus.reviews import lapsed, lapsed_problems
from chatbot.errors import EngineUnavailable, NoCorpus
from chatbot.settings import Settings
from chatbot.shelf import IndexState, Shelf
from chatbot.snapshots import Snapshot, build, checked, version_of
from chatbot.values import Problem

LOOK_SECONDS = 0.3
PATIENCE = 3
# looks at a folder that keeps changing before it is read all the same: 0.3 s × (1 + 3), well within 2 s
RETRY_LOOKS = 200
# what was refused is read again every minute: a network folder may have been away for a moment
SHARE_LOOKS = 3
# an engine outside this process is given a new version about a second after its files came to rest

if TYPE_CHECKING:
    from chatbot.retrieval.remote import Remote

logger = logging.getLogger(__name__)


class Library:
    """Keeps the snapshot of a folder up to date; never half-built, never worse than the last good one."""

    def __init__(
        self,
        settings: Settings,
        rules: SafetyRules,
        look_seconds: float = LOOK_SECONDS,
        *,
        today: Callable[[], date] = lambda: datetime.now(UTC).date(),
    ) -> None:
        self._settings = settings
        self._site = SiteRules(rules, rules)
        self._look_seconds = look_seconds
        self._today = today
        self._loaded = Loaded()
        self._snapshot: Snapshot | None = None
        self._shelf = Shelf(settings)
        self._shared = ""
        self.remote = _remote(settings)
        self._read_at: tuple[date, tuple[Mark, ...]] | None = None
        # a new day may let a review lapse, so it counts as a change
        self._reading = threading.Lock()
        self._starting = threading.Lock()
        self._watched_in: int | None = None
        self._stopped = threading.Event()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What was wrong in the folder when it was last read."""
        return self._loaded.problems

    @property
    def loaded(self) -> Loaded:
        """The files as they were last read well."""
        return self._loaded

    @property
    def rules(self) -> SafetyRules:
        """The safety rules in use: the shipped ones, and those that the folder's safety.toml adds."""
        return self._site.rules

    @property
    def shipped_rules(self) -> SafetyRules:
        """The safety rules without those that the folder adds."""
        return self._site.shipped

    def snapshot(self) -> Snapshot:
        """Return the corpus as it stands now; raise NoCorpus while no article could be read.

        The first call in each process starts the watching there, since threads do not survive a fork.
        """
        if self._watched_in != os.getpid():
            self.start()
        if self._snapshot is None:
            raise NoCorpus("No article could be read from the corpus folder.")
        return self._snapshot

    def words(self) -> Mapping[str, int]:
        """Return the words of the articles, in lower case, and how often each stands there; none without an article."""
        return self._snapshot.language.spelling.vocabulary.words if self._snapshot else {}

    def start(self) -> None:
        """Bring the snapshot up to date and watch the folder from a thread of this process; a second call is none."""
        with self._starting:
            if self._watched_in == os.getpid():
                return
            if self._watched_in is not None:
                # Forked: the lock may be held by a thread that stayed behind in the parent process.
                self._reading, self._stopped = threading.Lock(), threading.Event()
            self.refresh()
            self._watched_in = os.getpid()
            watch = (weakref.ref(self), self._stopped, self._look_seconds)
            threading.Thread(target=_watch, args=watch, name="corpus", daemon=True).start()

    @property
    def stopped(self) -> threading.Event:
        """Set when the watching has ended; what runs beside it ends with it."""
        return self._stopped

    def stop(self) -> None:
        """End the watching in this process; the snapshot stays."""
        self._stopped.set()

    def marks(self) -> tuple[Mark, ...]:
        """Return the folder's fingerprint as it is now."""
        return fingerprint(self._settings.corpus, SHIPPED_LEXICON)

    def refresh(self, *, again: bool = False) -> bool:
        """Read the folder when it has changed, or `again` all the same, and swap the snapshot.

        Returns whether there is a new version. Raises nothing: what cannot be read is listed under `problems`, and
        the last good version of each file stays.
        """
        with self._reading:
            seen = (self._today(), self.marks())
            if seen == self._read_at and not again:
                return False
            # Kept from before the reading: a change meanwhile differs from it, and is seen at the next look.
            self._read_at = seen
            return self._read()

    def has_changed(self, marks: tuple[Mark, ...]) -> bool:
        """Say whether the folder with these marks still has to be read."""
        return (self._today(), marks) != self._read_at

    def keep(self) -> None:
        """Keep the corpus as it stands now for the next start, unless it is kept; what fails is tried again later."""
        if self._snapshot:
            self._shelf.keep(self._snapshot, self._loaded)

    @property
    def index_state(self) -> IndexState:
        """Say whether the next start finds the index of what is served now."""
        return self._shelf.index_state(self._snapshot)

    def share(self) -> None:
        """Bring the passages as they stand now into the engine outside this process, unless it has them."""
        now = self._snapshot
        if self.remote is None or now is None or now.index_version == self._shared:
            return
        try:
            self.remote.index(now.embedded, now.index_version)
            self._shared = now.index_version
        except EngineUnavailable as error:
            logger.warning("%s The embedded engine answers.", error)

    def _read(self) -> bool:
        before = self._snapshot
        try:
            # First of all, and kept whatever the articles are like: help does not wait for them.
            self._site = refreshed(self._site, self._settings.corpus)
            loaded = self._load()
            old = lapsed(loaded.articles, self._today())
            loaded = replace(loaded, problems=(*loaded.problems, *self._site.problems, *lapsed_problems(old)))
            version = version_of(loaded, self.rules, old)
            if before is None or before.version != version:
                now = build(loaded, version, self._settings, old, before, self.remote) if loaded.articles else None
                if now and before:
                    # Answered from at once; what is suggested besides is asked anew right after.
                    self._snapshot = now
                now = self._checked(now, loaded, is_first=before is None) if now else None
            else:
                now = replace(before, problems=loaded.problems)
        except Exception as error:
            # Whatever goes wrong in reading the new version, the old one goes on answering.
            logger.exception("the corpus could not be read; the last version stays served")
            loaded = replace(self._loaded, problems=(_unreadable(error),))
            now = replace(before, problems=loaded.problems) if before else None
        _report(loaded.problems, self._loaded.problems, self._settings.corpus)
        self._loaded, self._snapshot = loaded, now
        if now:
            self._shelf.keep(now, loaded, index=before is None)
        return now is not None and (before is None or before.version != now.version)

    def _checked(self, now: Snapshot, loaded: Loaded, *, is_first: bool) -> Snapshot:
        kept = self._shelf.suggested(now) if is_first else None
        return kept or checked(now, loaded, self.rules, self._settings)

    def _load(self) -> Loaded:
        # At first what a process before this one has read: only what was touched since is read again.
        loaded = load(self._settings.corpus, self._loaded if self._snapshot else self._shelf.loaded())
        if self._snapshot is None and (old := self._shelf.last_good.recall(refused(loaded.problems))):
            # This process has never seen these files well, but one before it has.
            return load(self._settings.corpus, replace(loaded, articles=(*loaded.articles, *old)))
        return loaded


def _remote(settings: Settings) -> Remote | None:
    if settings.engine != "opensearch":
        return None
    # Only here: its library takes as long to import as Flask, and most sites do not use it.
    room = importlib.import_module("chatbot.retrieval.remote")
    made: Remote = room.make_remote(settings.opensearch_url, time.monotonic)
    return made


def _watch(library: weakref.ref[Library], stopped: threading.Event, look_seconds: float) -> None:
    """Look at the folder until the library is stopped or gone; read it when it has changed and come to rest.

    A file that is being written changes from look to look: reading it then would serve half an article.
    """
    last: tuple[Mark, ...] = ()
    looks = restless = 0
    while not stopped.wait(look_seconds):
        watched = library()
        if watched is None:
            return
        looks += 1
        marks = watched.marks()
        restless = restless + 1 if marks != last else 0
        if watched.has_changed(marks):
            if restless == 0 or restless > PATIENCE:
                watched.refresh()
                restless = 0
        elif looks % SHARE_LOOKS == 1:
            watched.share()
        elif looks % RETRY_LOOKS == 0:
            if watched.problems:
                watched.refresh(again=True)
            # Not with every edit: at 10,000 passages it writes 20 MB.
            watched.keep()
        last = marks
        del watched


def _unreadable(error: Exception) -> Problem:
    # Not the error's own text, which may name a path: /readyz repeats this.
    return Problem(".", 1, f"the folder could not be read ({type(error).__name__}); the server's log says more")


def _report(problems: Sequence[Problem], known: Sequence[Problem], folder: Path) -> None:
    """Log what is refused now and was not before; only here is it said where the folder is."""
    for problem in problems:
        if problem.severity == "error" and problem not in known:
            logger.warning("refused: %s%s", problem, f" (in {folder})" if problem.path == "." else "")
