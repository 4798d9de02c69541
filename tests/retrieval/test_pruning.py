"""The best of a large corpus without a look at all of it, beside a scan of all."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.corpora import SHIPPED, generated, passages_of
from benchmarks.endpoint import question_bodies
from benchmarks.system import shipped_lexicon
from chatbot.retrieval.bm25 import BM25Engine
from chatbot.retrieval.pruning import CHUNK
from chatbot.retrieval.scoring import Looked, Scoring
from chatbot.retrieval.table import Scores
from chatbot.retrieval.weights import Weights
from chatbot.text.lexicon import make_lexicon
from chatbot.text.query import make_language, understand
from chatbot.values import Passage
from tests.builders import make_passage
from tests.retrieval.test_engines import Pruned

SIZE = 600
LEXICON = make_lexicon(
    {
        "words": [{"say": ["drip", "hooked up"], "mean": ["infusion"]}],
        "abbreviation": [{"short": "CRPS", "long": "nerve leg pain"}],
    }
)
WORDS = "infusion pain nerve leg drip hooked up nausea CRPS what is it treat treatment".split()
TEXT = st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(" ".join)
QUESTION = st.lists(st.sampled_from([*WORDS, "migrane", "?"]), max_size=30).map(" ".join)
WEIGHTS = st.builds(Weights, *[st.sampled_from([0.0, 0.4, 1.0])] * len(Weights.__dataclass_fields__))


@st.composite
def corpora(draw: st.DrawFn) -> list[Passage]:
    texts = draw(st.lists(st.tuples(TEXT, TEXT, TEXT, st.lists(TEXT, max_size=2)), max_size=25))
    return [
        make_passage(text, title=title, headings=(heading,), anchor=str(number), questions=tuple(questions))
        for number, (text, title, heading, questions) in enumerate(texts)
    ]


def with_few_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chatbot.retrieval.pruning.SAMPLED", 3)
    monkeypatch.setattr("chatbot.retrieval.pruning.CHUNK", 1)
    monkeypatch.setattr("chatbot.retrieval.pruning.MANY", 4)
    monkeypatch.setattr("chatbot.retrieval.rows.FEW_CHOSEN", 2)


@given(corpora(), QUESTION, QUESTION, WEIGHTS, st.integers(0, 6))
def test_any_question_gets_the_matches_of_a_scan_bit_for_bit(
    passages: list[Passage], text: str, earlier: str, weights: Weights, limit: int
) -> None:
    query = understand(text, (earlier,), make_language(passages, LEXICON))
    scan = BM25Engine(passages, weights).search(query, limit)
    assert Pruned(passages, weights).search(query, limit) == scan
    with pytest.MonkeyPatch.context() as monkeypatch:
        with_few_at_a_time(monkeypatch)
        assert Pruned(passages, weights).search(query, limit) == scan


@pytest.mark.parametrize("limit", [1, 4])
def test_golden_questions_get_the_matches_of_a_scan_bit_for_bit(limit: int, monkeypatch: pytest.MonkeyPatch) -> None:
    with_few_at_a_time(monkeypatch)
    passages = passages_of(generated(SIZE))
    known, scan = make_language(passages, shipped_lexicon()), BM25Engine(passages)
    pruned = Pruned(passages, index=scan.index)
    for body in question_bodies(SHIPPED):
        query = understand(json.loads(body)["question"], (), known)
        assert pruned.search(query, limit) == scan.search(query, limit)


def test_only_what_can_be_the_best_is_scored_in_full(monkeypatch: pytest.MonkeyPatch) -> None:
    common = [make_passage("Pain.", title="T", headings=(f"H{number}",), anchor=str(number)) for number in range(400)]
    passages = [*common, make_passage("Stenosis is pain.", title="T", headings=("A",), anchor="rare")]
    scored: list[int] = []
    score = Scoring.score

    def noted(self: Scoring, found: Looked) -> Scores:
        scored.append(len(found.rows))
        return score(self, found)

    monkeypatch.setattr(Scoring, "score", noted)
    query = understand("stenosis pain", (), make_language(passages, LEXICON))
    assert Pruned(passages).search(query, 1)[0].passage.anchor == "rare"
    assert scored == [CHUNK, 1, 1]


@pytest.mark.parametrize("bits", [0, 1, 3])
def test_words_beyond_those_that_are_noted_count_all_the_same(bits: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chatbot.retrieval.noting.BITS", bits)
    passages = [
        make_passage(text, title="T", anchor=text)
        for text in ("pain", "nausea drip", "leg nerve pain drip", "leg nausea")
    ]
    query = understand("nausea and pain in the leg after a drip, nerve", (), make_language(passages, LEXICON))
    assert Pruned(passages).search(query, 2) == BM25Engine(passages).search(query, 2) != ()
