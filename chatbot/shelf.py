"""What the next start finds on the disk, so that it need not read, index and ask everything anew."""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Literal

from msgspec import Struct

from chatbot.answering.notices import SafetyRules, read_rules
from chatbot.answering.safety.kept import KeptRules, kept_rules, rules_of
from chatbot.corpus.fingerprint import Mark
from chatbot.corpus.kept import KeptFiles, files_of, kept_files
from chatbot.corpus.last_good import LastGood
from chatbot.corpus.loading import Loaded
from chatbot.kept import is_kept, keep, kept, program
from chatbot.loglines import Seldom
from chatbot.retrieval.kept import keep_index, kept_index
from chatbot.settings import Settings
from chatbot.snapshots import KEPT, WORDS, Snapshot, words_name
from chatbot.text.kept import KeptLexicon, kept_lexicon, kept_words, lexicon_of

SUGGESTED, ARTICLES, LEXICON, RULES = "index/suggestions", "index/articles", "index/lexicon", "index/rules"
# below the instance folder

IndexState = Literal["kept", "waiting", "failing"]

seldom = Seldom(logging.getLogger(__name__))


class Suggested(Struct, frozen=True):
    """What is suggested with one version of the corpus."""

    suggestions: Mapping[str, tuple[str, ...]]
    # slug -> questions that its article answers
    starters: tuple[str, ...]


def shipped_rules(settings: Settings) -> SafetyRules:
    """Return the shipped safety rules, as they were kept or else read from their files. Raises CorpusError."""
    path = settings.instance / RULES
    if found := kept(path, program(), KeptRules):
        return rules_of(found)
    rules = read_rules()
    with suppress(OSError):
        keep(path, program(), kept_rules(rules))
    return rules


class Shelf:
    """Keeps the index and all that was read for it, what is suggested, and each article's last good source."""

    def __init__(self, settings: Settings) -> None:
        self.last_good = LastGood(settings.instance, settings.corpus)
        self._instance = settings.instance
        # Two corpora may share an instance folder, and one must never answer from the other.
        self._folder = f"{program()} {os.path.abspath(settings.corpus)}"  # noqa: PTH100
        self._kept = self._version = ""
        # the versions of the index and of all the rest that were kept last
        self._marks: Sequence[Mark] = ()
        self._lexicon = ""
        # of the articles and the lexicon that are kept
        self._fails = False

    def loaded(self) -> Loaded:
        """Return the files as they were read before; whoever has it looks which of them were touched since."""
        files = files_of(kept(self._instance / ARTICLES, self._folder, KeptFiles) or {})
        self._marks = [each.mark for each in files.values()]
        lexicon = kept(self._instance / LEXICON, self._folder, KeptLexicon)
        if lexicon is None:
            return Loaded(files=files)
        self._lexicon = lexicon.checksum
        return Loaded(lexicon=lexicon_of(lexicon), lexicon_checksum=lexicon.checksum, files=files)

    def keep(self, now: Snapshot, loaded: Loaded, *, index: bool = True) -> None:
        """Keep the sources and, unless told not to, all the rest; a place that cannot be written costs no visitor."""
        self.last_good.keep(now.articles)
        if not index:
            return
        try:
            self._keep_read(loaded)
            if now.version != self._version:
                self._keep_made(now, loaded)
            self._kept, self._version, self._fails = now.index_version, now.version, False
        except OSError as error:
            self._fails = True
            place = self._instance / KEPT
            seldom.warning("the index is not kept: %s cannot be written (%s)", place, error.strerror)

    def suggested(self, now: Snapshot) -> Snapshot | None:
        """Return the snapshot with what it was found to suggest when it was first served; None where that is not kept.

        To ask again what it answers takes as long as all the rest of a start that cannot be kept.
        """
        found = kept(self._instance / SUGGESTED, _answers_of(now), Suggested)
        return replace(now, suggestions=found.suggestions, starters=found.starters) if found else None

    def index_state(self, now: Snapshot | None) -> IndexState:
        """Say whether the index is kept, is not yet, or cannot be as the disk is."""
        if self._fails:
            return "failing"
        return "kept" if now and now.index_version == self._kept else "waiting"

    def _keep_read(self, loaded: Loaded) -> None:
        """Keep what was read from the corpus folder, where it differs from what is kept."""
        marks = [each.mark for each in loaded.files.values()]
        if marks != self._marks:
            keep(self._instance / ARTICLES, self._folder, kept_files(loaded.files))
            self._marks = marks
        if loaded.lexicon_checksum not in ("", self._lexicon):
            keep(self._instance / LEXICON, self._folder, kept_lexicon(loaded.lexicon, loaded.lexicon_checksum))
            self._lexicon = loaded.lexicon_checksum

    def _keep_made(self, now: Snapshot, loaded: Loaded) -> None:
        """Keep what was made of it, where it is not there already."""
        suggested, words = self._instance / SUGGESTED, self._instance / WORDS
        if not is_kept(suggested, _answers_of(now)):
            keep(suggested, _answers_of(now), Suggested(now.suggestions, now.starters))
        if not is_kept(words, name := words_name(now.index_version, loaded)):
            keep(words, name, kept_words(now.language))
        if kept_index(self._instance / KEPT, now.index_version) is None:
            keep_index(now.embedded.index, self._instance / KEPT, now.index_version)


def _answers_of(now: Snapshot) -> str:
    """Return a name for all that an answer of the embedded engine hangs on."""
    return f"{now.version} {program()}"
