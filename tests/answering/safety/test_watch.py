"""Which patterns are tried and where their places may be filled: never one too few, whatever the text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatbot.answering.safety.findings import told
from chatbot.answering.safety.lexis import Lexis, scan
from chatbot.answering.safety.needs import Need, needs
from chatbot.answering.safety.patterns import covered, ends, parse
from chatbot.answering.safety.watch import watch
from tests.conftest import rules_once

RULES = rules_once()
WORDS = st.lists(st.sampled_from(sorted(RULES.spelling.vocabulary)), max_size=60)
GROUPS = st.lists(st.lists(st.integers(0, 9), max_size=3, unique=True).map(tuple), min_size=1, max_size=6)


@settings(max_examples=60, deadline=None)
@given(words=WORDS)
def test_every_pattern_that_matches_is_tried_and_none_without_an_entry_for_every_step(words):
    seen = told(" ".join(words), RULES).scan
    held = seen.single.keys() | seen.phrases.keys()
    for watched in (RULES.urgent.watch, RULES.mild.watch, RULES.exclusions, RULES.asking.taken_back):
        tried = dict(watched.matching(seen))
        for index, pattern in enumerate(watched.patterns):
            if index in tried:
                assert tried[index] is pattern
                assert all(set(step.sets) & held for step in pattern.needs)
            else:
                assert not ends(pattern, seen)
                assert not covered(pattern, seen)


WATCHED = (RULES.exclusions, RULES.urgent.watch, RULES.mild.watch, RULES.asking.others, RULES.asking.denied)


@pytest.mark.parametrize("before", range(8))
def test_a_pattern_is_tried_where_its_gaps_and_entries_are_as_long_as_they_may_be(before):
    longest = {number: (word,) for word, numbers in RULES.lexis.words.items() for number in numbers}
    for entry, number in RULES.lexis.phrases():
        longest[number] = max(entry, longest.get(number, ()), key=len)
    matched = 0
    for watched in WATCHED:
        for index, pattern in enumerate(watched.patterns):
            row = [] if pattern.opens else ["x"] * before
            for step in pattern.steps:
                row += ["x"] * step.gap
                row += max((longest.get(number, ("1",)) for number in step.sets), key=len, default=())
            seen = scan(row, 1 << len(row) - 1, RULES.lexis)
            if ends(pattern, seen):
                matched += 1
                assert (index, pattern) in watched.matching(seen), pattern.text
    assert matched > 0.95 * sum(len(watched.patterns) for watched in WATCHED)


@pytest.mark.parametrize("words", [100, 504, 505, 3000])
def test_a_pattern_is_not_tried_where_its_words_stand_far_apart(words):
    lexis = Lexis()
    watched = watch([parse("flood ..3 [house|the house]", lexis, lambda text: tuple(text.split()))], lexis)
    lexis.close()
    block = 8 * (words // 504 + 1)
    row = ["x"] * words
    row[words - 1] = "house"
    for apart, is_tried in ((4, True), (4 + 2 * block, False)):
        flooded = [*row[: words - 1 - apart], "flood", *row[words - apart :]]
        assert bool(watched.matching(scan(flooded, 1 << words - 1, lexis))) is is_tried


@given(
    groups=GROUPS,
    patterns=st.lists(st.lists(st.integers(0, 99), min_size=1, max_size=4), max_size=5),
    held=st.sets(st.integers(0, 9)),
)
def test_a_pattern_is_possible_when_every_group_it_needs_has_a_set(groups, patterns, held):
    patterns = [tuple(number % len(groups) for number in each) for each in patterns]
    needed = [Need(each, each, gaps=0) for each in patterns]
    assert needs(groups, needed, many=10).possible(dict.fromkeys(held, 1), 1) == [
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
