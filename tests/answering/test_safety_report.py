"""Labelled safety messages in, counts out."""

import json

import pytest

from chatbot.answering.golden import QuestionFileError
from chatbot.answering.safety_report import Labelled, as_document, as_table, counts, hear, is_labelled, read_labelled


def make_labelled(name="a", category="C1", level=1, **fields) -> Labelled:
    return Labelled(name, name, category, level, **fields)


def counted(*messages, fires=()):
    results = [hear(message, lambda question: question.text in fires) for message in messages]
    return {each.name: (each.fired, each.of) for each in counts(results)}


def test_calls_for_help_and_others_are_counted_apart():
    found = counted(make_labelled("a"), make_labelled("b"), make_labelled("c", "ordinary", 4), fires=("a", "c"))
    assert found["calls for help"] == (1, 2)
    assert found["all others"] == found["ordinary questions"] == (1, 1)
    assert found["· calls for help, C1"] == (1, 2)


def test_languages_and_the_plain_list_stand_apart():
    spanish = make_labelled("b", "hard_negatives", 4, language="es")
    found = counted(make_labelled("a", manner="plain"), make_labelled("c"), spanish, fires=("a", "b"))
    assert found["calls for help, plain list"] == (1, 1)
    assert found["· others, in es"] == found["hard negatives"] == (1, 1)


def test_what_was_kept_out_of_the_fit_is_counted_once_more_by_itself():
    found = counted(make_labelled("a"), make_labelled("b", kept_out=True), fires=("a",))
    assert found["calls for help"] == (1, 2)
    assert found["kept out: calls for help"] == (0, 1)


def test_a_group_without_messages_is_not_listed():
    assert "all others" not in counted(make_labelled())


def test_a_message_is_asked_with_its_history():
    seen = []
    hear(make_labelled("now", history=("before",)), lambda question: bool(seen.append(question)))
    assert (seen[0].text, seen[0].history) == ("now", ("before",))


def test_figures_name_the_wrong_ones_and_repeat_no_words():
    message = Labelled("id-1", "secret words", "C1", 1)
    results = [hear(message, lambda question: False)]
    assert json.loads(as_document(results))["wrong"] == ["id-1"]
    assert "secret" not in as_document(results) + as_table(results)
    assert "calls for help" in as_table(results)


def test_labelled_files_are_told_from_question_files(tmp_path):
    labelled, questions = tmp_path / "labelled.jsonl", tmp_path / "questions.jsonl"
    labelled.write_text('\n{"id": "a", "text": "x", "category": "C1", "level": 1}\n')
    questions.write_text('{"id": "a", "kind": "crisis", "question": "x"}\n')
    assert is_labelled(labelled)
    assert not is_labelled(questions)
    assert not is_labelled(tmp_path / "missing.jsonl")
    assert read_labelled(labelled) == (Labelled("a", "x", "C1", 1),)


def test_every_faulty_line_is_named(tmp_path):
    path = tmp_path / "labelled.jsonl"
    path.write_text(
        '{"id": "a", "category": "C1", "level": 1}\n{"id": "b", "text": "x", "category": "C1", "level": "x"}\n'
    )
    with pytest.raises(QuestionFileError, match=r":1: .*text(.|\n)*:2: .*level"):
        read_labelled(path)
