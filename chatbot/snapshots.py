"""One version of the corpus, ready to be asked, made of the files' articles or of the version before."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from chatbot.answering.answer import answer
from chatbot.answering.confidence import POLICY
from chatbot.answering.kept import Suggested, keep_suggested, kept_suggested, whole_program
from chatbot.answering.notices import SafetyRules
from chatbot.answering.suggestions import phrases, starters, suggestions
from chatbot.corpus.last_good import LastGood
from chatbot.corpus.loading import Loaded
from chatbot.loglines import Seldom
from chatbot.retrieval.bm25 import BM25Engine
from chatbot.retrieval.kept import keep_index, kept_index, program_checksum
from chatbot.settings import Settings
from chatbot.text.query import Language, changed_language, make_language
from chatbot.text.vocabulary import difference
from chatbot.values import Article, Engine, Passage, Policy, Problem, Question, Verdict

KEPT, SUGGESTED = "index/passages", "index/suggestions"
# below the instance folder

IndexState = Literal["kept", "waiting", "failing"]

if TYPE_CHECKING:
    from chatbot.retrieval.remote import Remote

seldom = Seldom(logging.getLogger(__name__))


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One version of the corpus, ready to be asked; a request holds one from start to end."""

    articles: tuple[Article, ...]
    # all that can be read; those whose review is long overdue answer nothing
    engine: Engine
    embedded: BM25Engine
    # the same passages in this process: the engine itself, or what answers while another one is away
    language: Language
    policy: Policy
    suggestions: Mapping[str, tuple[str, ...]]
    # slug -> questions that its article does answer
    starters: tuple[str, ...]
    # staff's own choice for the first screen, then the same, one of each article in turn
    phrases: Mapping[str, str]
    # what typing may be completed to, folded -> as written
    version: str
    # the same in every process that read the same files
    problems: tuple[Problem, ...]
    # files that were refused, and advice
    index_version: str = ""
    # names the passages, in order, and the program that indexes them


def version_of(loaded: Loaded, rules: SafetyRules, old: Sequence[Article] = ()) -> str:
    """Return a short name for exactly these articles, this lexicon and these rules; `old` articles answer nothing."""
    parts = sorted(f"{article.source.path} {article.checksum}" for article in loaded.articles)
    parts += [f"lapsed {article.slug}" for article in old]
    parts += [f"starter {text}" for text in loaded.starters]
    parts += [f"lexicon {loaded.lexicon_checksum}", f"rules {rules.checksum}"]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def build(
    loaded: Loaded,
    version: str,
    settings: Settings,
    old: Sequence[Article] = (),
    before: Snapshot | None = None,
    remote: Remote | None = None,
) -> Snapshot:
    """Index the articles, without the `old` ones, beside the snapshot that is being served.

    What has not changed since the snapshot `before` is taken over from it, and so are its suggestions until `checked`
    asks them again. Without one the index that was kept is mapped, if it is of just these passages. remote: the engine
    that answers where it can.
    """
    silent = {article.slug for article in old}
    used = [article for article in loaded.articles if article.slug not in silent]
    passages = tuple(passage for article in used for passage in article.passages)
    index_version = index_version_of(used)
    embedded = _embedded(passages, index_version, settings, before)
    return Snapshot(
        articles=loaded.articles,
        engine=remote.engine(embedded, index_version) if remote else embedded,
        embedded=embedded,
        language=_language(passages, loaded, before),
        policy=POLICY,
        suggestions=before.suggestions if before else {},
        starters=before.starters if before else (),
        phrases=phrases(used),
        version=version,
        problems=loaded.problems,
        index_version=index_version,
    )


def checked(now: Snapshot, loaded: Loaded, rules: SafetyRules, settings: Settings) -> Snapshot:
    """Return the snapshot with the suggestions and starters that it does answer."""

    def judged(text: str) -> Verdict:
        reply = answer(
            Question(text),
            engine=now.embedded,
            language=now.language,
            policy=now.policy,
            rules=rules,
            settings=settings,
            corpus_version=now.version,
        )
        return reply.verdict

    served = {passage.slug for passage in now.embedded.passages}
    answered = suggestions([article for article in loaded.articles if article.slug in served], judged)
    chosen = [text for text in loaded.starters if judged(text) == "answered"]
    return replace(now, suggestions=answered, starters=tuple(dict.fromkeys([*chosen, *starters(answered)])))


class Shelf:
    """What the next start finds on the disk: the index, what is suggested, and each article's last good source."""

    def __init__(self, settings: Settings) -> None:
        self.last_good = LastGood(settings.instance, settings.corpus)
        self._path, self._suggested = settings.instance / KEPT, settings.instance / SUGGESTED
        self._kept = ""
        # the version of the index that was kept last
        self._fails = False

    def keep(self, now: Snapshot, *, index: bool = True) -> None:
        """Keep the sources and, unless told not to, the index; a place that cannot be written costs no visitor."""
        self.last_good.keep(now.articles)
        if not index or now.index_version == self._kept:
            return
        try:
            self._keep_suggested(now)
            if kept_index(self._path, now.index_version) is None:
                keep_index(now.embedded.index, self._path, now.index_version)
            self._kept, self._fails = now.index_version, False
        except OSError as error:
            self._fails = True
            seldom.warning("the index is not kept: %s cannot be written (%s)", self._path, error.strerror)

    def suggested(self, now: Snapshot) -> Snapshot | None:
        """Return the snapshot with what it was found to suggest when it was first served; None where that is not kept.

        To ask again what it answers takes as long as all the rest of a start that cannot be kept.
        """
        found = kept_suggested(self._suggested, _answers_of(now))
        return replace(now, suggestions=found.suggestions, starters=found.starters) if found else None

    def _keep_suggested(self, now: Snapshot) -> None:
        name = _answers_of(now)
        if kept_suggested(self._suggested, name) is None:
            keep_suggested(self._suggested, Suggested(name, dict(now.suggestions), now.starters))

    def index_state(self, now: Snapshot | None) -> IndexState:
        """Say whether the index is kept, is not yet, or cannot be as the disk is."""
        if self._fails:
            return "failing"
        return "kept" if now and now.index_version == self._kept else "waiting"


def index_version_of(articles: Sequence[Article]) -> str:
    """Return a name for exactly these articles in this order, read and indexed by this program."""
    parts = [f"{article.slug} {article.checksum}" for article in articles]
    return hashlib.sha256("\n".join([program_checksum(), *parts]).encode()).hexdigest()[:32]


def _answers_of(now: Snapshot) -> str:
    """Return a name for all that an answer of the embedded engine hangs on."""
    return f"{now.version} {whole_program()}"


def _embedded(
    passages: tuple[Passage, ...], index_version: str, settings: Settings, before: Snapshot | None
) -> BM25Engine:
    if before:
        return BM25Engine(passages, before=before.embedded)
    index = kept_index(settings.instance / KEPT, index_version)
    # Of another length: the program that reads the articles has changed, though none of the files that are looked at.
    return BM25Engine(passages, index=index if index and index.words.count == len(passages) else None)


def _language(passages: tuple[Passage, ...], loaded: Loaded, before: Snapshot | None) -> Language:
    if before is None or before.language.lexicon is not loaded.lexicon:
        return make_language(passages, loaded.lexicon)
    first, last, new_last = difference(before.embedded.passages, passages)
    return changed_language(before.language, before.embedded.passages[first:last], passages[first:new_last])
