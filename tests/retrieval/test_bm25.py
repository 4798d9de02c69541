"""The embedded engine's own: what each signal adds, and that each can be switched off."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest

from chatbot.retrieval.bm25 import BM25Engine, Weights
from chatbot.text.lexicon import NO_LEXICON
from chatbot.text.query import make_language, understand
from chatbot.values import Match, Query
from tests.builders import make_passage

PASSAGES = (
    make_passage("Back pain eases.", title="Back pain", headings=("Does back pain ease?",), anchor="a"),
    make_passage("Nausea passes. Pain stays in the back.", title="Nausea", headings=("After",), anchor="b"),
    make_passage("Rest helps.", title="Rest", headings=("Sleep",), anchor="c"),
)
SIGNALS = [field.name for field in fields(Weights)]
NO_SIGNALS = Weights(**dict.fromkeys(SIGNALS, 0.0))


def ask(text: str = "does back pain ease") -> Query:
    return understand(text, (), make_language(PASSAGES, NO_LEXICON))


def best(weights: Weights) -> Match:
    return BM25Engine(PASSAGES, weights).search(ask(), 1)[0]


def test_the_parts_make_the_score() -> None:
    matches = BM25Engine(PASSAGES).search(ask(), 3)
    shares = [match.score / sum(match.parts.values()) for match in matches]
    assert shares == pytest.approx([shares[0]] * len(matches))


@pytest.mark.parametrize("signal", ["pairs", "asked", "sentence"])
def test_a_signal_without_weight_is_no_part(signal: str) -> None:
    assert best(Weights()).parts[signal] > 0
    assert signal not in best(replace(Weights(), **{signal: 0.0})).parts


@pytest.mark.parametrize("signal", ["heading", "title"])
def test_names_without_weight_add_nothing_to_the_words(signal: str) -> None:
    assert best(replace(Weights(), **{signal: 0.0})).parts["words"] < best(Weights()).parts["words"]


@pytest.mark.parametrize("signal", SIGNALS)
def test_every_signal_adds_to_the_passage_that_has_it(signal: str) -> None:
    assert best(replace(NO_SIGNALS, **{signal: 1.0})).score > best(NO_SIGNALS).score


def test_without_any_signal_plain_bm25_is_left() -> None:
    assert set(best(NO_SIGNALS).parts) == {"words", "same"}


def test_passages_without_a_word_of_the_question_are_no_match_however_alike_the_wording() -> None:
    passages = [make_passage("Rest.", title="A", headings=("What is it for?",)), make_passage("Drip.", title="B")]
    query = understand("what is it for a drip", (), make_language(passages, NO_LEXICON))
    assert [match.passage.title for match in BM25Engine(passages).search(query, 3)] == ["B"]


def test_a_score_does_not_grow_with_the_corpus() -> None:
    others = [make_passage(f"Word{number} only.", title="Other", anchor=str(number)) for number in range(500)]
    small = BM25Engine(PASSAGES).search(ask("nausea"), 1)[0]
    large = BM25Engine([*PASSAGES, *others]).search(ask("nausea"), 1)[0]
    assert large.score < 2 * small.score
