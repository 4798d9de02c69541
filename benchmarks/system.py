"""The chatbot over a folder of articles, put together without Flask."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from chatbot.answering.answer import answer
from chatbot.answering.notices import SafetyRules, read_rules
from chatbot.corpus.reader import read_corpus
from chatbot.retrieval.bm25 import BM25Engine
from chatbot.settings import Settings
from chatbot.text.lexicon import Lexicon, read_lexicon
from chatbot.values import Answer, Engine, Passage, Policy, Question

OWN_LEXICON = Path("corpus/lexicon.toml")
# Everything passes, so what is shown is the ranking itself, whatever the verdict would have been.
NO_THRESHOLD = Policy(answered_at=0.0, unsure_at=0.0)


@dataclass(frozen=True, slots=True)
class System:
    """One corpus, ready to be asked."""

    passages: tuple[Passage, ...]
    engine: Engine
    lexicon: Lexicon
    policy: Policy
    rules: SafetyRules

    def ask(self, question: Question, limit: int) -> Answer:
        """Answer as a visitor would be answered."""
        return self._answer(question, self.policy, limit)

    def rank(self, question: Question, limit: int) -> tuple[Passage, ...]:
        """Return the best passages whatever the verdict."""
        reply = self._answer(question, NO_THRESHOLD, limit)
        return tuple(excerpt.passage for excerpt in reply.passages)

    def _answer(self, question: Question, policy: Policy, limit: int) -> Answer:
        return answer(
            question,
            engine=self.engine,
            lexicon=self.lexicon,
            policy=policy,
            rules=self.rules,
            settings=Settings(),
            corpus_version="benchmark",
            limit=limit,
        )


def open_system(folder: Path, policy: Policy) -> System:
    """Read the folder and index it; the folder's own lexicon is used when it has one, else the shipped one."""
    passages = tuple(passage for article in read_corpus(folder).articles for passage in article.passages)
    own = folder / "lexicon.toml"
    lexicon = read_lexicon(own if own.exists() else OWN_LEXICON)
    return System(passages, BM25Engine(passages, lexicon), lexicon, policy, read_rules())
