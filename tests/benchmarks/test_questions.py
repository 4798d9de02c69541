"""A question file over its golden texts."""

import json
from pathlib import Path

import pytest

from benchmarks import questions
from benchmarks.corpora import generated, passages_of
from benchmarks.questions import golden_of, hidden, main, question_ndcg
from benchmarks.system import golden_passages, open_golden
from chatbot.answering.confidence import POLICY
from chatbot.answering.golden import read_questions
from chatbot.retrieval.weights import Weights

OURS = Path(questions.__file__).parent / "questions"

TEXTS = [
    {"id": "d:p1", "title": "Stars", "heading_path": [], "kind": "paragraph", "text": "A star is a ball of hot gas."},
    {"id": "d:p2", "title": None, "heading_path": ["Moons"], "lead_in": "Moons:", "text": "Titan goes round Saturn."},
]
QUESTIONS = [
    {"id": "1", "kind": "answerable", "question": "what is a star", "relevant": {"d:p1": 2}, "passages": "required"},
    {"id": "2", "kind": "answerable", "question": "titan saturn", "relevant": {"d:p2": 2}, "passages": "required"},
    {"id": "3", "kind": "out_of_scope", "question": "trains to Porto", "passages": "forbidden"},
]


@pytest.fixture
def file(tmp_path):
    (tmp_path / "golden_split.json").write_text(json.dumps({"passages": TEXTS}))
    path = tmp_path / "dev.jsonl"
    path.write_text("\n".join(map(json.dumps, QUESTIONS)))
    return path


def test_a_golden_item_stands_behind_the_sentence_that_opens_its_list(file):
    first, second = golden_passages(file.parent / "golden_split.json")
    assert (first.id, first.lead_in) == ("d#p1", "")
    assert (second.text, second.lead_in, second.headings) == ("Moons:\nTitan goes round Saturn.", "Moons:", ("Moons",))


def test_a_perfect_ranking_of_the_required_questions_is_one(file):
    assert question_ndcg(file) == 1.0
    assert question_ndcg(file, Weights()) == 1.0


def run(monkeypatch, *arguments):
    monkeypatch.setattr("sys.argv", ["questions", *map(str, arguments)])
    main()


def test_the_table_says_what_judged(file, monkeypatch, capsys):
    run(monkeypatch, file, "--golden", "--ranking", "--worst", 5)
    out = capsys.readouterr().out
    assert "2 passages, judged by grades" in out
    assert "answerable" in out


def test_everything_can_be_had_as_json(file, monkeypatch, capsys):
    run(monkeypatch, file, "--golden", "--ranking", "--json")
    document = json.loads(capsys.readouterr().out)
    assert [entry["first_right"] for entry in document["questions"]] == [1, 1, None]


def test_golden_texts_beside_a_file_judge_it_and_else_those_of_the_development_questions(tmp_path):
    beside = tmp_path / "golden_split.json"
    assert golden_of(tmp_path / "a.jsonl") == questions.QUESTIONS.parent / "golden_split.json"
    beside.write_text("{}")
    assert golden_of(tmp_path / "a.jsonl") == beside


@pytest.mark.parametrize("file", sorted(OURS.glob("*.jsonl")), ids=lambda file: file.stem)
def test_every_question_file_of_ours_can_be_read(file):
    assert len(read_questions(file)) >= 80


def test_a_question_finds_its_passage_hidden_among_many_others(file, monkeypatch, capsys):
    run(monkeypatch, file, "--golden", "--among", 40, "--json")
    document = json.loads(capsys.readouterr().out)
    assert document["rows"][0]["hit_1"] == 1.0
    run(monkeypatch, file, "--golden", "--among", 40)
    assert "42 passages" in capsys.readouterr().out


def test_the_hidden_passages_stand_in_the_middle(file):
    system = open_golden(file.parent / "golden_split.json", POLICY)
    others = passages_of(generated(4))
    assert hidden(system, others).passages == (others[0], others[2], *system.passages, others[1], others[3])
