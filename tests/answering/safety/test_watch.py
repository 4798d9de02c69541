"""Which patterns are tried: never one too few, whatever the text."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from chatbot.answering.notices import read_rules
from chatbot.answering.safety.findings import told

RULES = read_rules()
WORDS = st.lists(st.sampled_from(sorted(RULES.spelling.vocabulary)), max_size=60)


@settings(max_examples=60, deadline=None)
@given(words=WORDS)
def test_exactly_the_patterns_whose_every_step_finds_a_set_are_tried(words):
    seen = told(" ".join(words), RULES).scan
    held = seen.single.keys() | seen.phrases.keys()
    for watch in (RULES.urgent.watch, RULES.mild.watch, RULES.exclusions):
        tried = {index for index, _ in watch.matching(seen)}
        assert tried == {
            index
            for index, pattern in enumerate(watch.patterns)
            if all(set(step.sets) & held for step in pattern.needs)
        }
