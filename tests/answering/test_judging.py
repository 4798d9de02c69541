"""A shown passage is judged by its words."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.answering.golden import GoldenQuestion, GoldenText
from chatbot.answering.judging import matches_nuggets, ndcg, stands_for, yardstick
from tests.builders import make_passage

TEN = "one two three four five six seven eight nine ten"
FOURTEEN = f"{TEN} eleven twelve thirteen fourteen"


def make_golden(**fields) -> GoldenQuestion:
    return GoldenQuestion(**{"id": "q", "kind": "answerable", "question": "?"} | fields)


@pytest.mark.parametrize(
    ("shown", "golden", "stands"),
    [
        (TEN, TEN, True),
        ("One, TWO three four five six seven eight", TEN, True),  # 80 % of the golden words
        ("one two three four five six seven", TEN, False),  # 70 %
        (f"{TEN} and a long story around it " * 3, TEN, True),  # all of it, with more around
        ("one two three four five six seven eight nine ten eleven twelve", f"{FOURTEEN} {FOURTEEN.upper()}", True),
        ("one two three four five six seven eight nine ten eleven", f"{FOURTEEN} {FOURTEEN}", False),  # 11 words
        ("one " * 12, f"{FOURTEEN} " * 2, False),  # a word counts as often as it stands
        ("", TEN, False),
        (TEN, "", False),
    ],
)
def test_a_text_stands_for_a_golden_one_by_its_words(shown, golden, stands):
    assert stands_for(shown, golden) is stands


@given(st.text(max_size=80))
def test_every_text_with_words_stands_for_itself(text):
    assert stands_for(text, text) is any(letter.isalnum() or letter == "_" for letter in text)


def test_golden_texts_found_in_the_corpus_make_the_grades_judge():
    measure = yardstick([make_passage(TEN)], [GoldenText("p1", TEN)])
    assert measure.graded
    assert not yardstick([make_passage(TEN)], [GoldenText("p1", TEN)], nuggets=True).graded


def test_another_corpus_is_judged_by_nuggets():
    assert not yardstick([make_passage("Quite other words.")], [GoldenText("p1", TEN)]).graded
    assert not yardstick([make_passage(TEN)], []).graded


def test_a_passage_has_the_grade_of_the_text_that_it_stands_for():
    measure = yardstick([make_passage(TEN)], [GoldenText("p1", TEN)])
    question = make_golden(relevant={"p1": 2})
    assert measure.grades(question, [make_passage("Else."), make_passage(TEN)]) == (0, 2)


def test_a_golden_text_pays_only_once():
    copies = [make_passage(TEN, anchor="a"), make_passage(TEN, anchor="b")]
    measure = yardstick(copies, [GoldenText("p1", TEN)])
    assert measure.grades(make_golden(relevant={"p1": 2}), copies) == (2, 0)


def test_nuggets_must_all_match_heading_or_text_across_lines_and_cases():
    passage = make_passage("First line.\nNMDA receptors.", headings=("Outer", "How it works"))
    assert matches_nuggets(make_golden(nuggets=("nmda", "how.*works.*receptors")), passage)
    assert not matches_nuggets(make_golden(nuggets=("nmda", "outer")), passage)
    assert not matches_nuggets(make_golden(nuggets=()), passage)


def test_the_best_ranking_by_nuggets_shows_every_passage_that_matches():
    corpus = [make_passage("NMDA", anchor="a"), make_passage("else", anchor="b"), make_passage("nmda", anchor="c")]
    assert yardstick(corpus, []).best_grades(make_golden(nuggets=("nmda",))) == (2, 2)


def test_only_tolerated_passages_may_stand_under_a_forbidden_question():
    fine, wrong = make_passage(TEN), make_passage(FOURTEEN.replace("one two three four five", "a b c d e"))
    measure = yardstick([fine, wrong], [GoldenText("p1", TEN)])
    question = make_golden(passages="forbidden", tolerated=("p1",))
    assert measure.may_show(question, [fine])
    assert not measure.may_show(question, [fine, wrong])
    assert not measure.may_show(question, [])


def test_another_corpus_may_answer_a_forbidden_question_when_it_holds_the_nuggets():
    seed, own, empty = make_passage(TEN), make_passage("ten of ours", anchor="own"), make_passage("nothing")
    measure = yardstick([seed, own, empty], [GoldenText("p1", TEN)], nuggets=True)
    question = make_golden(passages="forbidden", nuggets=(r"\bten\b",))
    assert measure.may_show(question, [empty, own])
    assert not measure.may_show(question, [empty])
    assert not measure.may_show(question, [seed])  # it is known not to answer


def test_over_the_golden_texts_themselves_nuggets_excuse_nothing():
    passages = [make_passage(TEN), make_passage("eleven", anchor="own")]
    measure = yardstick(passages, [GoldenText("p1", TEN)])
    assert not measure.may_show(make_golden(passages="forbidden", nuggets=("eleven",)), [passages[1]])


def test_ndcg_of_a_small_example_is_right():
    # gains 3 and 1: shown as 1, 2 where 2, 1 is best
    shown = 1 / math.log2(2) + 3 / math.log2(3)
    assert ndcg([1, 2], [1, 2]) == pytest.approx(shown / (3 / math.log2(2) + 1 / math.log2(3)))


@given(st.lists(st.integers(0, 2), max_size=15))
def test_ndcg_lies_between_nothing_and_the_best_order(grades):
    best = sorted(grades, reverse=True)
    assert 0 <= ndcg(grades, grades) <= 1 + 1e-9
    assert ndcg(best, grades) == pytest.approx(1.0 if any(grades) else 0.0)


def test_ndcg_looks_at_ten_ranks_only():
    assert ndcg([0] * 10 + [2], [2]) == 0
