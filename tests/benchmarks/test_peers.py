"""Every peer keeps one contract, so that the tables compare like with like."""

import pytest

from benchmarks.ours import ours
from benchmarks.peers import NEEDED, PEERS, installed, stems
from benchmarks.timing import cpu_milliseconds
from tests.builders import make_passage

PASSAGES = tuple(
    make_passage(text, anchor=name, title=title, headings=("Facts",))
    for name, title, text in [
        ("sun", "The Sun", "The sun is a star at the middle of the solar system."),
        ("moon", "The Moon", "The moon goes round the earth once a month."),
        ("mars", "Mars", "Mars is a red planet with two small moons."),
        *[(f"filler{n}", "Else", f"Filler number {n} speaks of {word}.") for n, word in enumerate("abcdefghij")],
    ]
)


SYSTEMS = {"ours": ours} | installed()


@pytest.fixture(params=SYSTEMS)
def search(request):
    return SYSTEMS[request.param](PASSAGES)


def test_a_peer_is_missing_only_where_its_package_is():
    assert {"rank_bm25 Okapi, stems", "SQLite FTS5"} <= SYSTEMS.keys()
    assert PEERS.keys() - SYSTEMS.keys() <= NEEDED.keys()


def test_the_passage_with_the_words_comes_first(search):
    assert search("red planet").ids[0] == "sciatica#mars"
    assert search("star solar system").ids[0] == "sciatica#sun"


def test_at_most_ten_passages_come_back(search):
    found = search("filler number")
    assert 1 <= len(found.ids) <= 10
    assert len(set(found.ids)) == len(found.ids)


def test_a_question_that_fits_is_surer_than_one_that_does_not(search):
    assert search("red planet two small moons").confidence > search("weather in Lisbon tomorrow").confidence


@pytest.mark.parametrize("text", ["", "?", '"; DROP TABLE passage; --', "AND OR NOT NEAR(", "the", "a:b*c^2", "\x00"])
def test_no_question_breaks_a_peer(search, text):
    assert len(search(text).ids) <= 10


def test_stems_leave_stop_words_out_and_join_the_forms_of_a_word():
    assert stems("The infusions and an infusion") == ["infus", "infus"]


def test_time_is_given_for_every_system_after_an_uncounted_round():
    asked = []
    times = cpu_milliseconds({"a": asked.append, "b": asked.append}, ["one", "two"], rounds=3)
    assert set(times) == {"a", "b"}
    assert all(value >= 0 for value in times.values())
    assert len(asked) == 2 * 2 * (3 + 1)


def test_there_is_no_time_without_questions():
    assert cpu_milliseconds({"a": lambda text: None}, []) == {}
