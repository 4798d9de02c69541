"""The corpus is held to what staff say it answers."""

import pytest

from chatbot.answering.selfcheck import Expectation, check, read_expectations, unknown_names
from chatbot.errors import CorpusError
from chatbot.values import Answer, Excerpt, Question
from tests.builders import make_passage

NAMES = {"sciatica#causes": frozenset({"sciatica#a", "sciatica#b"})}


def expect(*answers: str, ranks: int = 3) -> Expectation:
    return Expectation("what causes it", answers, "questions.toml", 7, ranks)


def make_answer(verdict="answered", *anchors: str) -> Answer:
    excerpts = tuple(Excerpt(make_passage(anchor=anchor), "high") for anchor in anchors)
    return Answer(Question("?"), verdict, "Ask a specialist.", "v", passages=excerpts)


def test_a_question_answered_by_a_named_section_is_fine():
    assert check(expect("sciatica#causes"), make_answer("answered", "x", "b"), NAMES) is None


def test_a_named_passage_below_the_ranks_is_a_problem_at_its_line():
    problem = check(expect("sciatica#causes", ranks=1), make_answer("answered", "x", "b"), NAMES)
    assert (problem.path, problem.line, problem.severity) == ("questions.toml", 7, "error")
    assert '"what causes it" should be answered by sciatica#causes; sciatica#x comes first' in problem.message


@pytest.mark.parametrize("verdict", ["unsure", "nothing", "urgent"])
def test_an_expected_answer_that_is_declined_is_a_problem(verdict):
    anchors = ("a",) if verdict == "unsure" else ()
    assert f'verdict is "{verdict}"' in check(expect("sciatica#causes"), make_answer(verdict, *anchors), NAMES).message


@pytest.mark.parametrize(("verdict", "fine"), [("nothing", True), ("unsure", True), ("answered", False)])
def test_a_question_without_answers_must_be_declined(verdict, fine):
    reply = make_answer(verdict, *(() if verdict == "nothing" else ("a",)))
    assert (check(expect(), reply, NAMES) is None) is fine


def test_an_answer_that_names_nothing_is_a_problem():
    (problem,) = unknown_names(expect("sciatica#causes", "sciatica#gone"), NAMES)
    assert '"sciatica#gone" names no' in problem.message


def test_golden_questions_are_read_with_their_lines(tmp_path):
    path = tmp_path / "questions.toml"
    path.write_text(
        '# why\n\n[[question]]\nask = "one"\nanswers = ["a#b"]\n\n[[question]]\nask = "two"\nanswers = []\n'
    )
    first, second = read_expectations(path)
    assert (first.ask, first.answers, first.line, first.path) == ("one", ("a#b",), 3, "questions.toml")
    assert (second.answers, second.line) == ((), 7)


@pytest.mark.parametrize(
    "text", ["[[question]]\nask = 1\nanswers = []", "[[question]]\nask = 'no answers'", "[[", "\xff"]
)
def test_a_file_that_cannot_be_read_is_one_problem(tmp_path, text):
    path = tmp_path / "questions.toml"
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(CorpusError, match=r"questions\.toml:1: the golden questions cannot be read"):
        read_expectations(path)


def test_a_missing_file_expects_nothing(tmp_path):
    assert read_expectations(tmp_path / "questions.toml") == ()
