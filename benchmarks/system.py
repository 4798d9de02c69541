"""The chatbot over a folder of articles, put together without Flask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from chatbot.answering.answer import answer
from chatbot.answering.context import carried
from chatbot.answering.notices import SafetyRules, read_rules
from chatbot.corpus.reader import read_corpus
from chatbot.retrieval.bm25 import BM25Engine
from chatbot.retrieval.weights import Weights
from chatbot.settings import Settings
from chatbot.text.lexicon import NO_LEXICON, Lexicon, read_lexicon
from chatbot.text.query import Language, make_language, understand
from chatbot.values import Answer, Engine, Match, Passage, Policy, Query, Question, Source

LEXICON = Path("corpus/lexicon.toml")


@dataclass(frozen=True, slots=True)
class System:
    """One corpus, ready to be asked."""

    passages: tuple[Passage, ...]
    engine: Engine
    language: Language
    policy: Policy
    rules: SafetyRules

    def ask(self, question: Question, limit: int) -> Answer:
        """Answer as a visitor would be answered."""
        return answer(
            question,
            engine=self.engine,
            language=self.language,
            policy=self.policy,
            rules=self.rules,
            settings=Settings(),
            corpus_version="benchmark",
            limit=limit,
        )

    def rank(self, question: Question, limit: int) -> tuple[Passage, ...]:
        """Return the best passages whatever the verdict."""
        return tuple(match.passage for match in self.search(question, limit)[1])

    def search(self, question: Question, limit: int) -> tuple[Query, tuple[Match, ...]]:
        """Return what is looked for and what is found."""
        query = understand(question.text, carried(question), self.language)
        return query, self.engine.search(query, limit)


def open_folder(folder: Path, policy: Policy) -> System:
    """Read the folder and index it; its own lexicon is used when it has one, else the shipped one."""
    passages = tuple(passage for article in read_corpus(folder).articles for passage in article.passages)
    own = folder / "lexicon.toml"
    return make_system(passages, policy, read_lexicon(own) if own.exists() else shipped_lexicon())


def open_golden(path: Path, policy: Policy, weights: Weights | None = None) -> System:
    """Index the golden texts themselves, as a perfect reader would have split them."""
    return make_system(golden_passages(path), policy, shipped_lexicon(), weights)


def make_system(
    passages: Sequence[Passage], policy: Policy, lexicon: Lexicon, weights: Weights | None = None
) -> System:
    """Index the passages."""
    return System(
        tuple(passages), BM25Engine(passages, weights), make_language(passages, lexicon), policy, read_rules()
    )


def golden_passages(path: Path) -> tuple[Passage, ...]:
    """Read golden texts with their titles, headings and opening sentences."""
    return tuple(_passage(row) for row in msgspec.json.decode(path.read_bytes(), type=_Golden).passages)


def shipped_lexicon() -> Lexicon:
    """Return the lexicon of the shipped corpus, or none while there is no such file."""
    return read_lexicon(LEXICON) if LEXICON.exists() else NO_LEXICON


@dataclass(frozen=True, slots=True)
class _Row:
    id: str
    title: str | None
    heading_path: tuple[str, ...]
    text: str
    lead_in: str = ""


@dataclass(frozen=True, slots=True)
class _Golden:
    passages: tuple[_Row, ...]


def _passage(row: _Row) -> Passage:
    slug, anchor = row.id.split(":")
    text = f"{row.lead_in}\n{row.text}" if row.lead_in else row.text
    return Passage(slug, anchor, row.title or "", row.heading_path, text, Source(slug), lead_in=row.lead_in)
