from __future__ import annotations

from pathlib import Path

from benchmarks.corpora import generated, passages_of, write_folder
from benchmarks.endpoint import caller, cpu_microseconds, question_bodies, running
from benchmarks.hello import app as hello
from benchmarks.naive import make_naive
from chatbot.corpus.reader import read_corpus


def test_a_generated_corpus_is_the_same_each_time_and_as_large_as_asked() -> None:
    once = generated(50)
    assert once == generated(50)
    assert len(passages_of(once)) == 50
    assert generated(50)[0] == generated(400)[0]


def test_a_written_corpus_is_read_as_it_was_made(tmp_path: Path) -> None:
    made = generated(40)
    reading = read_corpus(write_folder(made, tmp_path))
    assert [problem for problem in reading.problems if problem.severity == "error"] == []
    assert [article.slug for article in reading.articles] == sorted(article.slug for article in made)
    assert len(passages_of(reading.articles)) >= 38


def test_every_app_answers_the_same_requests(tmp_path: Path) -> None:
    made = generated(20)
    bodies = question_bodies(Path("corpus"))[:3]
    with running(write_folder(made, tmp_path)) as ours:
        apps = {"hello": hello, "ours": ours, "naive": make_naive(passages_of(made))}
        assert all(b"passages" in caller(app.wsgi_app)(bodies[0]) for app in apps.values())
        assert all(spent > 0 for spent in cpu_microseconds(apps, bodies, rounds=1).values())
