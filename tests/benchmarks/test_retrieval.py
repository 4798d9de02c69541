"""The benchmark over a small set made here, and the frozen figures."""

import gzip
import json

import pytest

from benchmarks.frozen import drops, read_figures, write_figures
from benchmarks.peers import Found
from benchmarks.retrieval import OURS, figures, main, measure, table
from benchmarks.sets import joined, read_set, read_sets

CORPUS = [
    {"id": "p/1", "title": "Stars", "heading": "", "text": "A star shines."},
    {"id": "p/2", "title": "Moons", "heading": "What is a moon?", "text": "A moon goes round a planet."},
]
QUERIES = [
    {"id": "q1", "text": "what does a star do", "answerable": True, "kind": "answerable"},
    {"id": "q2", "text": "moon", "answerable": True, "kind": "answerable"},
    {"id": "q3", "text": "train to Porto", "answerable": False, "kind": "off_topic"},
]


def write_gzip(path, text):
    path.write_bytes(gzip.compress(text.encode()))


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "sets" / "cacm"
    place.mkdir(parents=True)
    write_gzip(place / "corpus.jsonl.gz", "\n".join(map(json.dumps, CORPUS)))
    write_gzip(place / "queries.jsonl.gz", "\n".join(map(json.dumps, QUERIES)))
    write_gzip(place / "qrels.tsv.gz", "q1\tp/1\t1\nq2\tp/2\t2\n")
    return tmp_path / "sets"


def scripted(answers):
    return lambda text: answers.get(text, Found())


def test_a_set_is_read_with_its_judgements_by_passage_id(folder):
    chosen = read_set(folder / "cacm")
    assert [passage.id for passage in chosen.passages] == ["cacm#p/1", "cacm#p/2"]
    assert [passage.headings for passage in chosen.passages] == [(), ("What is a moon?",)]
    assert chosen.judgements == {"q1": {"cacm#p/1": 1}, "q2": {"cacm#p/2": 2}}


def test_a_set_that_is_not_there_is_left_out(folder):
    assert [chosen.name for chosen in read_sets(folder)] == ["cacm"]


def test_a_joined_corpus_has_the_size_asked_for_and_no_id_twice(folder):
    passages = joined(read_sets(folder), 5)
    assert len({passage.id for passage in passages}) == 5
    assert joined((), 5) == ()


def test_ranks_are_counted_over_answerable_questions_and_the_rest_is_told_apart(folder):
    script = {
        "what does a star do": Found(("cacm#p/2", "cacm#p/1"), 0.9),
        "moon": Found(("cacm#p/2",), 0.8),
        "train to Porto": Found(("cacm#p/1",), 0.85),
    }
    result = measure(read_set(folder / "cacm"), "fake", scripted(script))
    assert (result.quality.hit_1, result.quality.mrr_10) == (0.5, 0.75)
    assert result.separation["off_topic"].auroc == 0.5
    assert result.separation["off_topic"].false_answers == 1.0


def test_only_our_own_figures_are_frozen(folder):
    chosen = read_set(folder / "cacm")
    results = [measure(chosen, name, scripted({})) for name in (OURS, "peer")]
    assert figures(results) == {"cacm nDCG@10": 0.0, "cacm off_topic AUROC": 0.5}
    assert table(results).splitlines()[1].startswith(OURS)


def test_a_fall_of_more_than_a_point_is_named_and_a_smaller_one_is_not():
    assert drops({"a": 0.9, "b": 0.9, "gone": 1.0}, {"a": 0.889, "b": 0.891, "new": 0.1}) == (
        "a fell from 0.9000 to 0.8890",
    )


def test_frozen_figures_come_back_as_they_were_written(tmp_path):
    path = tmp_path / "frozen.json"
    assert read_figures(path) == {}
    write_figures(path, {"b": 0.123456, "a": 1.0})
    assert read_figures(path) == {"a": 1.0, "b": 0.1235}
    assert path.read_text().index('"a"') < path.read_text().index('"b"')


def run(monkeypatch, *arguments):
    monkeypatch.setattr("sys.argv", ["retrieval", "--questions", "none.jsonl", *map(str, arguments)])
    return main()


def test_the_command_freezes_compares_and_fails_on_a_drop(folder, tmp_path, monkeypatch, capsys):
    frozen = tmp_path / "frozen.json"
    common = ("--folder", folder, "--sets", "cacm", "--no-timing", "--no-peers")
    assert run(monkeypatch, *common, "--compare", frozen) == 1
    assert "--freeze writes it" in capsys.readouterr().err
    assert run(monkeypatch, *common, "--freeze", frozen) == 0
    assert run(monkeypatch, *common, "--compare", frozen) == 0
    assert "no figure fell" in capsys.readouterr().err
    write_figures(frozen, {**read_figures(frozen), "cacm off_topic AUROC": 1.5})
    assert run(monkeypatch, *common, "--compare", frozen) == 1
    assert "fell from 1.5" in capsys.readouterr().err


def test_sets_that_are_not_there_are_skipped_with_a_word(tmp_path, monkeypatch, capsys):
    assert run(monkeypatch, "--folder", tmp_path, "--no-timing", "--no-peers") == 0
    assert "squad2: skipped, there is no" in capsys.readouterr().err


def test_the_whole_report_can_be_had_as_json_with_times(folder, monkeypatch, capsys):
    assert run(monkeypatch, "--folder", folder, "--sets", "cacm", "--no-peers", "--json") == 0
    document = json.loads(capsys.readouterr().out)
    assert document["sets"][0]["cpu_ms"] > 0
    assert document["cpu_ms_at_5000_passages"]["ours"] > 0
