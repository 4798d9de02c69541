"""A few passages of a large corpus, ranked as the embedded engine would rank them among all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from chatbot.retrieval.bm25 import BM25Engine
from chatbot.retrieval.fields import fields_of, wordings_of
from chatbot.retrieval.index import Index, keys_of
from chatbot.retrieval.postings import Postings, Whole
from chatbot.retrieval.sections import Asked, Wordings
from chatbot.retrieval.table import Numbers, make_table
from chatbot.retrieval.together import make_together
from chatbot.retrieval.weights import Weights, pairs_of
from chatbot.values import Passage, Query, Term

FIELDS = ("words", "headings", "title", "pairs")

Count = tuple[str, tuple[str, ...]]
# a field, or "asked" for the wordings of sections, and stems or pairs: the documents that hold one of them are counted


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage and what it is worth to know of its place in the corpus."""

    row: int
    # its place: equal passages keep the order of the corpus
    passage: Passage
    worths: tuple[float, ...]
    # the sum of the idf of each of its wordings


@dataclass(frozen=True, slots=True)
class Totals:
    """What one version of the corpus holds in all."""

    passages: int
    words: Mapping[str, int]
    # field -> how many in all passages
    wordings: int
    # different ones
    wording_words: int


class CandidateEngine(BM25Engine):
    """Ranks candidates with the whole corpus's counts: scores, coverage and hits are the embedded engine's own."""

    def __init__(
        self,
        candidates: Sequence[Candidate],
        totals: Totals,
        counts: Mapping[Count, int],
        weights: Weights | None = None,
    ) -> None:
        ordered = sorted(candidates, key=lambda each: each.row)
        self.passages = tuple(each.passage for each in ordered)
        self.weights = weights or Weights()
        self._counts = counts
        self._fill(self._index(totals, ordered))

    def _index(self, totals: Totals, candidates: Sequence[Candidate]) -> Index:
        numbers = Numbers()
        keys = [keys_of(_fields(passage), numbers) for passage in self.passages]
        words, headings, titles, pairs = (
            Postings.of_table(
                make_table([getattr(each, field) for each in keys]),
                numbers,
                whole=Whole(totals.passages, totals.words[field], self._single(field)),
            )
            for field in FIELDS
        )
        together = make_together([each.sentences for each in keys], words.idf, numbers)
        return Index(numbers, words, headings, titles, pairs, together, self._asked(totals, candidates, numbers))

    def _asked(self, totals: Totals, candidates: Sequence[Candidate], numbers: Numbers) -> Asked:
        wordings = Wordings()
        worths: dict[tuple[str, ...], float] = {}
        for each in candidates:
            texts = wordings_of(each.passage)
            wordings.add(texts)
            worths |= dict(zip(texts, each.worths, strict=True))
        whole = Whole(totals.wordings, totals.wording_words, self._single("asked"))
        return wordings.asked(numbers, whole=whole, worths=worths)

    def _single(self, field: str) -> Mapping[str, int]:
        return {stems[0]: number for (of, stems), number in self._counts.items() if of == field and len(stems) == 1}

    def _number(self, terms: tuple[Term, ...], here: int) -> int:
        return self._counts[any_of(terms)]


_fields = lru_cache(maxsize=4096)(fields_of)
# The candidates of one question are often those of the next, and reading one takes 0.1 ms.


def any_of(terms: Sequence[Term]) -> Count:
    """Return what is counted of a concept: the passages that hold one of its terms, or a part of one."""
    return "words", tuple(sorted({stem for term in terms for stem in term.stems}))


def counts_for(query: Query) -> tuple[Count, ...]:
    """Return everything that has to be counted in the whole corpus to rank passages for a query."""
    wanted: dict[Count, None] = {}
    for concept in query.concepts:
        wanted[any_of(concept.terms)] = None
        for term in concept.terms:
            wanted[any_of([term])] = None
            wanted |= dict.fromkeys((field, (stem,)) for field in FIELDS[:3] for stem in term.stems)
    wanted |= dict.fromkeys(("pairs", (pair,)) for pair, _ in pairs_of(query))
    wanted |= dict.fromkeys(("asked", (stem,)) for stem in query.wording)
    return tuple(wanted)
