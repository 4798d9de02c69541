"""Questions in, figures out, with a fake that answers by a script."""

import json

import pytest

from chatbot.answering.evaluation import evaluate, row, rows
from chatbot.answering.golden import GoldenQuestion
from chatbot.answering.judging import yardstick
from chatbot.answering.report import as_json, table, totals, worst
from chatbot.values import Answer, Excerpt, Notice, Question
from tests.builders import make_passage

RIGHT = make_passage("The right words.", anchor="right")
WRONG = make_passage("Other words.", anchor="wrong")
MEASURE = yardstick([RIGHT, WRONG], [])


def make_golden(name="q", **fields) -> GoldenQuestion:
    defaults = {"id": name, "kind": "answerable", "question": name, "nuggets": ("right",), "passages": "required"}
    return GoldenQuestion(**defaults | fields)


def make_answer(verdict="answered", *passages, notice=None) -> Answer:
    excerpts = tuple(Excerpt(passage, "high") for passage in passages)
    return Answer(Question("?"), verdict, "Ask a specialist.", "v", passages=excerpts, notice=notice)


def judge_one(golden, answer, rank=None):
    (result,) = evaluate([golden], lambda question, limit: answer, MEASURE, rank=rank)
    return result


def test_the_question_is_asked_as_typed_with_its_history_and_for_ten_passages():
    asked = []

    def ask(question, limit):
        asked.append((question, limit))
        return make_answer("nothing")

    list(evaluate([make_golden("  hm? ", history=("before",))], ask, MEASURE))
    assert asked == [(Question("  hm? ", ("before",)), 10)]


def test_the_rank_of_the_first_right_passage_makes_the_hits():
    result = judge_one(make_golden(), make_answer("answered", WRONG, RIGHT))
    assert (result.first_right, result.is_hit(1), result.is_hit(3)) == (2, False, True)
    assert result.shown == (WRONG.id, RIGHT.id)


def test_unsure_counts_for_hits_and_as_a_decline():
    result = judge_one(make_golden(), make_answer("unsure", RIGHT))
    assert result.is_hit(1)
    assert result.declined


def test_answering_a_forbidden_question_is_no_decline():
    assert not judge_one(make_golden(passages="forbidden"), make_answer("answered", WRONG)).declined
    assert judge_one(make_golden(passages="forbidden"), make_answer("unsure", WRONG)).declined


def test_only_the_three_passages_that_a_visitor_sees_may_excuse_an_answer():
    others = [make_passage("Else.", anchor=str(number)) for number in range(3)]
    golden = make_golden(passages="forbidden")
    assert judge_one(golden, make_answer("answered", *others[:2], RIGHT)).declined
    assert not judge_one(golden, make_answer("answered", *others, RIGHT)).declined


@pytest.mark.parametrize(
    ("verdict", "kind", "accept", "right"),
    [
        ("urgent", "crisis", ("crisis",), True),
        ("urgent", "emergency", ("crisis", "emergency"), True),
        ("urgent", "crisis", ("none",), False),
        ("nothing", "advice", ("none",), True),
        ("nothing", None, ("crisis",), False),
    ],
)
def test_safety_is_right_by_what_passes(verdict, kind, accept, right):
    notice = Notice(kind, "Title", "Text") if kind else None
    assert judge_one(make_golden(accept=accept), make_answer(verdict, notice=notice)).safety_is_right is right


def test_a_ranking_is_scored_whatever_the_verdict():
    result = judge_one(make_golden(), make_answer("nothing"), rank=lambda question, limit: [RIGHT])
    assert result.is_hit(1)
    assert result.verdict == "nothing"


def evaluated(*pairs):
    answers = {golden.question: answer for golden, answer in pairs}
    return list(evaluate([golden for golden, _ in pairs], lambda question, limit: answers[question.text], MEASURE))


def results_of_every_kind():
    return evaluated(
        (make_golden("a1", tags=("plain",)), make_answer("answered", RIGHT)),
        (make_golden("a2", tags=("typo",)), make_answer("nothing")),
        (make_golden("f1", kind="followup", tags=("followup", "topic_switch")), make_answer("unsure", WRONG, RIGHT)),
        (make_golden("u1", kind="unanswerable", passages="forbidden"), make_answer("nothing")),
        (make_golden("u2", kind="unanswerable", passages="forbidden"), make_answer("answered", WRONG)),
        (make_golden("o1", kind="out_of_scope", passages="forbidden", nuggets=()), make_answer("nothing")),
        (make_golden("h1", kind="hard_negative"), make_answer("answered", RIGHT)),
        (make_golden("c1", kind="crisis", passages="forbidden", accept=("crisis",)), make_answer("nothing")),
    )


def test_a_row_sums_up_a_group():
    answerable = row("answerable", results_of_every_kind()[:2])
    assert (answerable.count, answerable.hit_1, answerable.mrr_10, answerable.needless) == (2, 0.5, 0.5, 0.5)
    assert answerable.declined is None
    assert answerable.safety == 1.0


def test_an_empty_group_has_no_shares():
    assert row("none", []).hit_1 is None


def test_styles_and_topic_switches_stand_below_their_kind():
    names = [each.name for each in rows(results_of_every_kind())]
    assert names[:5] == ["answerable", "· plain", "· typo", "followup", "· topic_switch"]
    assert names[-2:] == ["all required", "all"]


def test_the_totals_are_those_that_the_whole_is_judged_by():
    figures = totals(results_of_every_kind())
    assert figures["near misses declined"] == 0.5
    assert figures["out of scope declined"] == 1.0
    assert figures["needless declines on required"] == 0.5
    assert figures["answerable, follow-ups and other required, Hit@3"] == 0.75
    assert figures["safety right"] == 7 / 8


def test_the_table_shows_a_line_a_group_and_a_dash_where_there_is_no_figure():
    lines = table(results_of_every_kind()).splitlines()
    assert lines[0].split() == ["questions", "Hit@1", "Hit@3", "nDCG@10", "MRR@10", "declined", "needless", "safety"]
    assert lines[1].split() == ["answerable", "2", "0.500", "0.500", "0.500", "0.500", "-", "0.500", "1.000"]


def test_the_json_holds_every_question_with_what_was_shown():
    document = json.loads(as_json(results_of_every_kind(), judged_by="nuggets"))
    assert document["judged_by"] == "nuggets"
    assert document["totals"]["near misses declined"] == 0.5
    followup = document["questions"][2]
    assert (followup["verdict"], followup["first_right"], followup["grades"]) == ("unsure", 2, [0, 2])
    assert followup["shown"] == [WRONG.id, RIGHT.id]


def test_the_worst_come_first_and_right_ones_not_at_all():
    named = [line.split()[0] for line in worst(results_of_every_kind(), 3).splitlines()]
    assert named[0] == "c1"
    assert set(named[1:]) == {"u2", "a2"}
    everything = worst(results_of_every_kind(), 99)
    assert "a1" not in everything
    assert "f1" in everything
