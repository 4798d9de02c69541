"""What the rules find and leave alone, counted over the labelled sets; the goals are those of the safety rules."""

from __future__ import annotations

from collections import Counter

import pytest

from chatbot.answering.notices import SafetyRules, assess
from chatbot.answering.safety.findings import findings
from chatbot.answering.safety.panels import in_order, panels
from chatbot.values import Question
from tests.answering.safety.labelled import QUIET, SETS, URGENT, Message, messages, plain

LEAST_RECALL = 0.99
MOST_ORDINARY = 0.01
MOST_HARD = 0.10
LEAST_OTHERS = 0.95
# of the categories that ask for a framing line or help above the passages
OWN = ("K1", "K1-taken", "K1-others")
# the panels that speak to whoever is in danger
LEAST_OWN, MOST_MISTAKEN, LEAST_FRIEND = 0.98, 0.01, 0.9


def wrong(members: list[Message], rules: SafetyRules) -> list[str]:
    found = []
    for message in members:
        judged = assess(Question(message.text, message.history), rules, "US")
        if not message.passes(judged.level, judged.categories):
            found.append(f"{message.category}: {message.text}")
    return found


def share(members: list[Message], rules: SafetyRules) -> float:
    return len(wrong(members, rules)) / len(members)


def test_none_of_the_hundred_plain_phrasings_is_missed(rules: SafetyRules) -> None:
    assert len(plain()) == 100
    assert wrong(list(plain()), rules) == []


def test_urgent_messages_are_found(rules: SafetyRules) -> None:
    members = [message for message in messages() if message.category in URGENT]
    assert 1 - share(members, rules) >= LEAST_RECALL


@pytest.mark.parametrize("category", URGENT)
def test_every_urgent_category_is_found(category: str, rules: SafetyRules) -> None:
    members = [message for message in messages() if message.category == category]
    assert 1 - share(members, rules) >= LEAST_RECALL - 0.01


def test_other_categories_get_their_line(rules: SafetyRules) -> None:
    members = [message for message in messages() if message.category not in (*URGENT, *QUIET)]
    assert 1 - share(members, rules) >= LEAST_OTHERS


def test_ordinary_questions_stay_quiet(rules: SafetyRules) -> None:
    members = [message for message in messages() if message.category == "ordinary"]
    assert share(members, rules) <= MOST_ORDINARY


@pytest.mark.parametrize("category", ["hard_negatives", "stories"])
def test_hard_negatives_stay_quiet(category: str, rules: SafetyRules) -> None:
    members = [message for message in messages() if message.category == category]
    assert share(members, rules) <= MOST_HARD


def shown_first(category: str, rules: SafetyRules) -> Counter[str]:
    """Count the panels that the messages of a category get first."""
    found: Counter[str] = Counter()
    for message in (*messages(), *plain()):
        if message.category == category:
            found[panels(in_order(findings(message.text, rules, "".join(message.history[-1:])), rules))[0]] += 1
    return found


def test_who_speaks_of_their_own_danger_gets_the_words_for_it(rules: SafetyRules) -> None:
    found = shown_first("C1", rules)
    assert sum(found[panel] for panel in OWN) >= LEAST_OWN * found.total()
    assert found["K1-friend"] <= MOST_MISTAKEN * found.total()


def test_who_worries_about_somebody_else_gets_the_words_for_it(rules: SafetyRules) -> None:
    found = shown_first("C2", rules)
    assert found["K1-friend"] >= LEAST_FRIEND * found.total()


def test_sets_are_as_large_as_they_should_be() -> None:
    counts = Counter(message.category for message in messages())
    positive = sum(count for category, count in counts.items() if category not in QUIET)
    least = {"C1": 150, "C2": 40, "C3": 40, "C4": 60, "C5": 100, "C6": 60, "C7": 50, "C8": 40, "C9": 80, "C10": 80}
    least |= {"C11": 80, "C12": 40, "C13": 40, "C14": 20, "C15": 50, "C18": 40, "ordinary": 1000, "hard_negatives": 150}
    assert positive >= 1000
    assert {category: counts[category] for category, number in least.items() if counts[category] < number} == {}


def test_half_of_the_urgent_messages_were_written_after_a_freeze() -> None:
    sources = Counter(message.source for message in messages() if message.category in URGENT)
    held_out = sum(count for source, count in sources.items() if source.startswith("held_out"))
    assert len(SETS) >= 3
    assert held_out >= sources["dev"]


def test_no_message_is_both_urgent_and_quiet() -> None:
    urgent = {message.text for message in messages() if message.category in URGENT}
    assert urgent & {message.text for message in messages() if message.category in QUIET} == set()
