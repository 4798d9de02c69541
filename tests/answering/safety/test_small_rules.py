"""How the files of the rules become rules, on some small enough to follow."""

from __future__ import annotations

from pathlib import Path

import pytest

from chatbot.answering.safety.findings import findings
from chatbot.answering.safety.reading import read_rules
from chatbot.errors import CorpusError
from tests.answering.safety.small import NAMES, family, small_rules, write_small


@pytest.mark.parametrize(
    ("file", "old", "new", "line"),
    [
        ("crisis.toml", "", "[[family", 1),
        ("crisis.toml", "", "x = 1\n\n[[family\n", 3),
        ("crisis.toml", "", "family = 5\n", 1),
        ("crisis.toml", "", "[[family]]\nid = 5\n", 1),
        ("crisis.toml", "", "[[familiar]]\n\n[[family]]\nid = 5\n", 1),
        ("crisis.toml", "", family("a", "wave") + "\n[[family]]\nid = 5\n", 7),
        ("crisis.toml", "", family("a", "wave") + family("b", "wave") + "[[family]]\nid = 5\n", 11),
        ("families.toml", 'says = "mild"', "says = 5", 23),
        ("families.toml", '["river"]', '"river"', 28),
        ("families.toml", 'version = "small"', "version = 5", 1),
    ],
)
def test_fault_of_the_form_is_said_at_its_table(file: str, old: str, new: str, line: int, tmp_path: Path) -> None:
    text = (write_small(tmp_path) / file).read_text("utf-8")
    (tmp_path / file).write_text(text.replace(old, new, 1) if old else new, encoding="utf-8")
    with pytest.raises(CorpusError) as caught:
        read_rules(folder=tmp_path)
    assert [(each.path, each.line) for each in caught.value.problems] == [(file, line)]


def test_small_rules_are_what_their_files_say(tmp_path: Path) -> None:
    rules = small_rules(tmp_path, family("flood", "{water}"), family("mild", "wave", "wind", category="C7"))
    assert (rules.version, rules.date.isoformat()) == ("small", "2026-11-27")
    assert rules.urgent.owners == ((0, 0),)
    assert rules.mild.owners == ((1, 0), (1, 0))
    assert rules.panels == {"C1": "K1", "C2": "K1-friend", "C5": "K2", "C7": "K4"}
    assert sorted(rules.ranks, key=rules.ranks.__getitem__) == list(NAMES)
    assert rules.notices["K1", "US"].text == "Call 911."
    assert list(rules.regions) == ["US"]
    assert len(rules.exclusions.patterns) == 1


def test_owners_of_patterns_are_families_and_groups_by_number(tmp_path: Path) -> None:
    both = family("both", together='[["sun"], ["moon", "star"]]')
    assert small_rules(tmp_path, family("flood", "{water}"), both).urgent.owners == ((0, 0), (1, 0), (1, 1), (1, 1))


@pytest.mark.parametrize(
    ("pattern", "text", "is_found"),
    [
        ("wave [now|over {they}|at 40-49]", "wave over she", True),
        ("wave [now|over {they}|at 40-49]", "wave at 44", True),
        ("wave [now|over {they}|at 40-49]", "wave now", True),
        ("wave [now|over {they}|at 40-49]", "wave at 50", False),
        ("wave [now|over {they}|at 40-49]", "wave over sun", False),
        ("wave [by {they}]? now", "wave by he now", True),
        ("wave [by {they}]? now", "wave now", True),
        ("wave [by {they}]? now", "wave by sun now", False),
        ("wave [$|and {water}]", "wave", True),
        ("wave [$|and {water}]", "wave and high water", True),
        ("wave [$|and {water}]", "wave and sun", False),
        ("[big {water}|wave] [now|on {they}]", "big flood on he", True),
    ],
)
def test_brackets_take_words_beside_sets_and_ranges(pattern: str, text: str, is_found: bool, tmp_path: Path) -> None:
    rules = small_rules(tmp_path, family("wave", pattern))
    assert bool(findings(text, rules)) is is_found
