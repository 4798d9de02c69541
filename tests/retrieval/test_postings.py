"""The index beside rank-bm25 itself, whose definition it keeps."""

from __future__ import annotations

import itertools
import math
import random
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.retrieval.postings import K1, B, PositiveOkapi, Postings, combined
from chatbot.retrieval.table import Numbers

WORDS = "ketamine pain nerve back infusion leg drip sleep scan doctor".split()
DOCUMENT = st.lists(st.sampled_from(WORDS), max_size=12)
CORPUS = st.lists(DOCUMENT, min_size=1, max_size=8).filter(any)
TINY = 1e-9


def eager(postings: Postings, query: Sequence[str]) -> np.ndarray:
    """Add up what each word of a query scores."""
    total = np.zeros(postings.count)
    for stem in query:
        if found := postings.rows(stem):
            total[found[0]] += found[1]
    return total


def generated(seed: int, passages: int) -> list[list[str]]:
    """Return documents whose words are as unevenly common as those of a language."""
    chance = random.Random(seed)
    return [[f"w{int(chance.paretovariate(0.6)) % 400}" for _ in range(chance.randint(1, 60))] for _ in range(passages)]


@pytest.mark.parametrize(("seed", "passages"), [(1, 1), (2, 2), (3, 7), (4, 60), (5, 300)])
def test_scores_are_those_of_rank_bm25_for_two_hundred_queries(seed: int, passages: int) -> None:
    documents = generated(seed, passages)
    postings, okapi = Postings(documents), PositiveOkapi(documents, k1=K1, b=B)
    chance = random.Random(seed)
    for _ in range(200):
        query = [f"w{int(chance.paretovariate(0.6)) % 420}" for _ in range(chance.randint(1, 8))]
        np.testing.assert_allclose(eager(postings, query), okapi.get_scores(query), rtol=0, atol=TINY)


@given(CORPUS, st.lists(st.sampled_from([*WORDS, "unknown"]), max_size=6), st.floats(0.1, 3), st.floats(0, 0.9))
def test_scores_are_those_of_rank_bm25_whatever_the_corpus(
    documents: list[list[str]], query: list[str], k1: float, b: float
) -> None:
    scores = eager(Postings(documents, k1, b), query)
    np.testing.assert_allclose(scores, PositiveOkapi(documents, k1=k1, b=b).get_scores(query), rtol=0, atol=TINY)


@given(CORPUS)
def test_a_word_is_held_where_it_scores_and_nowhere_else(documents: list[list[str]]) -> None:
    postings = Postings(documents)
    for stem in WORDS:
        held = [number for number, document in enumerate(documents) if stem in document]
        assert [number for number in range(len(documents)) if postings.holds(stem, number)] == held
        rows = postings.rows(stem)
        assert ([] if rows is None else list(rows[0])) == held
        assert rows is None or (rows[1] > 0).all()


@given(CORPUS)
def test_idf_is_positive_and_falls_as_a_word_gets_commoner(documents: list[list[str]]) -> None:
    postings = Postings(documents)
    by_commonness = sorted((sum(stem in document for document in documents), postings.idf(stem)) for stem in WORDS)
    for (fewer, higher), (more, lower) in itertools.pairwise(by_commonness):
        assert lower > 0
        assert higher > lower if fewer < more else higher == lower


@given(CORPUS)
def test_no_word_of_the_corpus_has_more_than_the_highest_idf(documents: list[list[str]]) -> None:
    postings = Postings(documents)
    assert all(postings.idf(stem) <= postings.highest_idf + TINY for document in documents for stem in document)


def test_idf_is_that_of_robertson_and_zaragoza_with_lucene_s_one() -> None:
    postings = Postings([["pain"], ["pain", "drip"], ["leg"], ["leg"]])
    assert postings.idf("drip") == pytest.approx(math.log(1 + (4 - 1 + 0.5) / (1 + 0.5)))
    assert postings.idf("unknown") == pytest.approx(math.log(1 + (4 + 0.5) / 0.5))


def test_a_word_in_every_passage_still_scores_less_than_a_rarer_one() -> None:
    postings = Postings([["pain", "scan"], ["pain", "drip"], ["pain", "treatment"], ["pain", "treatment"]])
    assert postings.idf("pain") < postings.idf("treatment") < postings.idf("scan")


@pytest.mark.parametrize("documents", [[], [[]], [[], []]])
def test_a_corpus_without_words_holds_nothing(documents: list[list[str]]) -> None:
    postings = Postings(documents)
    assert postings.count == len(documents)
    assert postings.rows("pain") is None
    assert not any(postings.holds("pain", number) for number in range(len(documents)))
    assert postings.idf("pain") > 0
    assert postings.highest_idf > 0


def test_one_passage_is_a_corpus() -> None:
    (rows, scores) = Postings([["pain", "drip"]]).rows("pain") or ((), ())
    assert list(rows) == [0]
    assert scores[0] > 0


# --- fields -----------------------------------------------------------------------------------

NUMBERS = Numbers()
WHOLE = [["pain", "leg", "title"], ["pain"], ["leg", "leg"]]
FIELD = [["title"], [], ["leg"]]


def test_fields_add_to_the_scores_of_the_whole() -> None:
    whole, field = Postings(WHOLE, numbers=NUMBERS), Postings(FIELD, numbers=NUMBERS)
    both = combined(whole, (field, 0.5))
    for stem in ("pain", "leg", "title"):
        expected = eager(whole, [stem]) + 0.5 * eager(field, [stem])
        np.testing.assert_allclose(eager(both, [stem]), expected, atol=TINY)


def test_fields_change_neither_idf_nor_who_holds_what_nor_the_whole_itself() -> None:
    whole = Postings(WHOLE, numbers=NUMBERS)
    before = eager(whole, ["leg"]).tolist()
    both = combined(whole, (Postings(FIELD, numbers=NUMBERS), 2.0))
    assert both.idf("leg") == whole.idf("leg")
    assert both.count == whole.count
    assert [both.holds("leg", number) for number in range(3)] == [True, False, True]
    assert eager(whole, ["leg"]).tolist() == before


def test_a_field_of_no_weight_adds_nothing() -> None:
    whole = Postings(WHOLE, numbers=NUMBERS)
    assert (
        eager(combined(whole, (Postings(FIELD, numbers=NUMBERS), 0.0)), ["leg"]).tolist()
        == eager(whole, ["leg"]).tolist()
    )


@given(st.lists(st.tuples(DOCUMENT, DOCUMENT), min_size=1, max_size=6), st.floats(0, 3))
def test_a_field_never_lowers_a_score(texts: list[tuple[list[str], list[str]]], weight: float) -> None:
    numbers = Numbers()
    whole = Postings([[*text, *title] for text, title in texts], numbers=numbers)
    both = combined(whole, (Postings([title for _, title in texts], numbers=numbers), weight))
    for stem in WORDS:
        assert (eager(both, [stem]) >= eager(whole, [stem]) - TINY).all()


# --- a corpus that changes --------------------------------------------------------------------


@given(st.lists(DOCUMENT, max_size=8), st.lists(DOCUMENT, max_size=4), st.integers(0, 8), st.integers(0, 8))
def test_documents_replaced_give_the_index_of_a_full_build_bit_for_bit(
    before: list[list[str]], fresh: list[list[str]], one: int, other: int
) -> None:
    at, until = sorted((min(one, len(before)), min(other, len(before))))
    numbers = Numbers()
    changed = Postings(before, numbers=numbers).replaced(at, until, [numbers.keys(document) for document in fresh])
    whole = Postings([*before[:at], *fresh, *before[until:]], numbers=numbers)
    for part in ("keys", "starts", "rows", "counts", "lengths"):
        assert getattr(changed.table, part).tolist() == getattr(whole.table, part).tolist()
    assert changed.scores.tobytes() == whole.scores.tobytes()
