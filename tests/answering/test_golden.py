"""Question files: what can be read, and which line is to blame."""

import json

import pytest

from chatbot.answering.golden import QuestionFileError, read_golden_texts, read_questions


def write_lines(folder, *lines):
    path = folder / "questions.jsonl"
    path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines), "utf-8")
    return path


def test_a_question_needs_only_id_kind_and_words(tmp_path):
    (question,) = read_questions(write_lines(tmp_path, {"id": "1", "kind": "answerable", "question": " what’s it? "}))
    assert question.question == " what’s it? "
    assert (question.passages, question.accept, question.history) == ("allowed", ("none",), ())


def test_all_fields_are_read_and_unknown_ones_left_alone(tmp_path):
    line = {
        "id": "f", "kind": "followup", "tags": ["followup"], "question": "and cancer?", "history": ["does it help?"],
        "relevant": {"p1": 2}, "nuggets": ["cancer"], "passages": "required", "tolerated": ["p2"], "safety": "none",
        "accept": ["none", "crisis"], "notes": "why", "later": 1,
    }  # fmt: skip
    (question,) = read_questions(write_lines(tmp_path, line))
    assert question.relevant == {"p1": 2}
    assert question.accept == ("none", "crisis")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "truncated"),
        ({"id": "2", "question": "no kind"}, "kind"),
        ({"id": "2", "kind": "riddle", "question": "?"}, "riddle"),
        ({"id": "2", "kind": "answerable", "question": "?", "nuggets": ["("]}, "regular expression"),
        ({"id": "2", "kind": "answerable", "question": 7}, "str"),
    ],
)
def test_an_unusable_line_is_named_with_its_reason(tmp_path, line, reason):
    path = write_lines(tmp_path, {"id": "1", "kind": "answerable", "question": "?"}, "", line)
    with pytest.raises(QuestionFileError, match=f"questions.jsonl:3: .*{reason}"):
        read_questions(path)


def test_every_unusable_line_is_named_at_once(tmp_path):
    with pytest.raises(QuestionFileError) as raised:
        read_questions(write_lines(tmp_path, "{", "[]"))
    assert len(str(raised.value).splitlines()) == 2


def test_an_id_that_stands_twice_is_refused(tmp_path):
    line = {"id": "1", "kind": "answerable", "question": "?"}
    with pytest.raises(QuestionFileError, match='"1" stands more than once'):
        read_questions(write_lines(tmp_path, line, line))


def test_an_empty_file_is_refused(tmp_path):
    with pytest.raises(QuestionFileError, match="no question"):
        read_questions(write_lines(tmp_path, "", "  "))


def test_a_missing_file_is_refused_in_words(tmp_path):
    with pytest.raises(QuestionFileError, match="cannot be read: No such file"):
        read_questions(tmp_path / "gone.jsonl")


def test_golden_texts_are_read_and_may_be_absent(tmp_path):
    path = tmp_path / "golden_split.json"
    assert read_golden_texts(path) == ()
    path.write_text('{"version": 1, "passages": [{"id": "p1", "text": "Words.", "kind": "list"}]}', "utf-8")
    assert [(text.id, text.text) for text in read_golden_texts(path)] == [("p1", "Words.")]


def test_a_broken_golden_file_is_refused(tmp_path):
    path = tmp_path / "golden_split.json"
    path.write_text('{"passages": [{"id": "p1"}]}', "utf-8")
    with pytest.raises(QuestionFileError, match=r"golden_split\.json:1: .*text"):
        read_golden_texts(path)
