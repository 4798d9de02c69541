"""One version of the corpus, ready to be asked, made of the files' articles or of the version before."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from chatbot.answering.answer import answer
from chatbot.answering.confidence import POLICY
from chatbot.answering.notices import SafetyRules
from chatbot.answering.suggestions import phrases, starters, suggestions
from chatbot.corpus.loading import Loaded
from chatbot.kept import kept
from chatbot.retrieval.bm25 import BM25Engine
from chatbot.retrieval.kept import kept_index, program_checksum
from chatbot.settings import Settings
from chatbot.text.kept import KeptWords, language_of
from chatbot.text.query import Language, changed_language, make_language
from chatbot.text.vocabulary import difference
from chatbot.values import Article, Engine, Passage, Policy, Problem, Question, Verdict

KEPT, WORDS = "index/passages", "index/words"
# below the instance folder

if TYPE_CHECKING:
    from chatbot.retrieval.remote import Remote


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
    if before:
        language = _changed_language(passages, loaded, before)
    else:
        language = _language(passages, words_name(index_version, loaded), loaded, settings)
    return Snapshot(
        articles=loaded.articles,
        engine=remote.engine(embedded, index_version) if remote else embedded,
        embedded=embedded,
        language=language,
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


def index_version_of(articles: Sequence[Article]) -> str:
    """Return a name for exactly these articles in this order, read and indexed by this program."""
    parts = [f"{article.slug} {article.checksum}" for article in articles]
    return hashlib.sha256("\n".join([program_checksum(), *parts]).encode()).hexdigest()[:32]


def _embedded(
    passages: tuple[Passage, ...], index_version: str, settings: Settings, before: Snapshot | None
) -> BM25Engine:
    if before:
        return BM25Engine(passages, before=before.embedded)
    index = kept_index(settings.instance / KEPT, index_version)
    # Of another length: the program that reads the articles has changed, though none of the files that are looked at.
    return BM25Engine(passages, index=index if index and index.words.count == len(passages) else None)


def words_name(index_version: str, loaded: Loaded) -> str:
    """Return a name for the words of these passages and this lexicon."""
    return f"{index_version} {loaded.lexicon_checksum}"


def _language(passages: tuple[Passage, ...], name: str, loaded: Loaded, settings: Settings) -> Language:
    words = kept(settings.instance / WORDS, name, KeptWords)
    return language_of(words, loaded.lexicon) if words else make_language(passages, loaded.lexicon)


def _changed_language(passages: tuple[Passage, ...], loaded: Loaded, before: Snapshot) -> Language:
    if before.language.lexicon is not loaded.lexicon:
        return make_language(passages, loaded.lexicon)
    first, last, new_last = difference(before.embedded.passages, passages)
    return changed_language(before.language, before.embedded.passages[first:last], passages[first:new_last])
