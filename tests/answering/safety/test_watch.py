"""Which patterns are tried and where their places may be filled: never one too few, whatever the text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatbot.answering.safety.findings import told
from chatbot.answering.safety.lexis import Lexis, scan
from chatbot.answering.safety.needs import needs
from chatbot.answering.safety.patterns import parse
from chatbot.answering.safety.watch import watch
from tests.conftest import rules_once

RULES = rules_once()
WORDS = st.lists(st.sampled_from(sorted(RULES.spelling.vocabulary)), max_size=60)
GROUPS = st.lists(st.lists(st.integers(0, 9), max_size=3, unique=True).map(tuple), min_size=1, max_size=6)


@settings(max_examples=60, deadline=None)
@given(words=WORDS)
def test_exactly_the_patterns_whose_every_step_finds_a_set_are_tried(words):
    seen = told(" ".join(words), RULES).scan
    held = seen.single.keys() | seen.phrases.keys()
    for watched in (RULES.urgent.watch, RULES.mild.watch, RULES.exclusions, RULES.asking.taken_back):
        tried = watched.matching(seen)
        assert tried == [
            (index, pattern)
            for index, pattern in enumerate(watched.patterns)
            if all(set(step.sets) & held for step in pattern.needs)
        ]


@given(
    groups=GROUPS,
    patterns=st.lists(st.lists(st.integers(0, 99), min_size=1, max_size=4), max_size=5),
    held=st.sets(st.integers(0, 9)),
)
def test_a_pattern_is_possible_when_every_group_it_needs_has_a_set(groups, patterns, held):
    patterns = [tuple(number % len(groups) for number in each) for each in patterns]
    assert needs(groups, patterns, most=10).possible(held) == [
        number for number, each in enumerate(patterns) if all(held & set(groups[group]) for group in each)
    ]


@settings(max_examples=40, deadline=None)
@given(words=WORDS, hidden=st.integers(0, 2**70), first=st.integers(0, 100))
def test_a_group_has_the_entries_of_all_its_sets_but_hidden_ones(words, hidden, first):
    seen = told(" ".join(words), RULES).scan
    seen = seen.without(hidden & seen.every)
    for group, sets in list(enumerate(RULES.lexis.groups))[first::100]:
        expected: dict[int, int] = {}
        for number in sets:
            for length, mask in seen.entries(number):
                expected[length] = expected.get(length, 0) | mask
        assert dict(seen.found[group]) == expected


def test_a_lexis_to_which_patterns_came_after_it_was_closed_is_refused():
    lexis = Lexis()
    watch([parse("flood", lexis, lambda text: (text,))], lexis)
    with pytest.raises(ValueError, match="not closed"):
        scan(["flood"], 1, lexis)
    lexis.close()
    assert scan(["flood"], 1, lexis).possible == [0]
