"""What the rules find and leave alone, counted over the labelled sets; the goals are those of the safety rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pytest

from chatbot.answering.notices import SafetyRules, assess
from chatbot.answering.safety.findings import findings
from chatbot.answering.safety.panels import in_order, panels
from chatbot.values import Question
from tests.answering.safety.labelled import (
    QUIET,
    SETS,
    UNSEEN,
    URGENT,
    Message,
    kept_out,
    messages,
    plain,
    spanish,
    taught,
)

LEAST_RECALL = 0.99
MOST_ORDINARY = 0.01
MOST_HARD = 0.10
LEAST_OTHERS, LEAST_OTHERS_UNSEEN = 0.95, 0.88
# of the categories that ask for a framing line or help above the passages; of those written before the rules for them
OWN = ("K1", "K1-taken", "K1-others")
# the panels that speak to whoever is in danger
LEAST_OWN, MOST_MISTAKEN, LEAST_FRIEND = 0.98, 0.01, 0.9
LEAST_UNSEEN = {"C16": 0.95, "C17": 0.86}
# of those that ask for no notice
LEAST_FRAMED = {"C9": 0.9, "C10": 0.94, "C11": 0.94, "C12": 0.95, "C13": 0.85, "C14": 0.95, "C18": 0.93}
LEAST_FRAMED_UNSEEN = {"C9": 0.7, "C10": 0.85, "C11": 0.85, "C12": 0.9, "C13": 0.7, "C14": 0.9, "C18": 0.85}
# of all messages that ask for a framing line, and of those written before the rules for them
WRITTEN_FIRST = "held_out_15"


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
    members = [message for message in messages() if message.category not in (*URGENT, *QUIET, *UNSEEN)]
    written_first = [message for message in members if message.source == WRITTEN_FIRST]
    others = [message for message in members if message.source != WRITTEN_FIRST]
    assert 1 - share(others, rules) >= LEAST_OTHERS
    assert 1 - share(written_first, rules) >= LEAST_OTHERS_UNSEEN


@pytest.mark.parametrize(("category", "least"), LEAST_UNSEEN.items())
def test_what_needs_no_notice_gets_none(category: str, least: float, rules: SafetyRules) -> None:
    members = [message for message in messages() if message.category == category]
    assert 1 - share(members, rules) >= least


def is_framed(message: Message, rules: SafetyRules) -> bool:
    """Say whether the line of the message's own category is shown, or help of a higher level."""
    judged = assess(Question(message.text, message.history), rules, "US")
    line = rules.notices[rules.panels[message.category], "US"].text
    return judged.level == 2 or (judged.level == 3 and judged.notice is not None and line in judged.notice.text)


def framed(category: str, rules: SafetyRules, source: str = "") -> float:
    members = [each for each in messages() if each.category == category and source in ("", each.source)]
    return sum(is_framed(each, rules) for each in members) / len(members)


@pytest.mark.parametrize(("category", "least"), LEAST_FRAMED.items())
def test_messages_get_the_line_of_their_own_category(category: str, least: float, rules: SafetyRules) -> None:
    assert framed(category, rules) >= least


@pytest.mark.parametrize(("category", "least"), LEAST_FRAMED_UNSEEN.items())
def test_messages_written_before_the_rules_get_their_line(category: str, least: float, rules: SafetyRules) -> None:
    assert framed(category, rules, WRITTEN_FIRST) >= least


def test_questions_about_clinics_and_costs_have_words_for_no_answer(rules: SafetyRules) -> None:
    members = [message for message in messages() if message.category == "C16"]
    without = [each.text for each in members if not assess(Question(each.text), rules, "US").no_answer]
    assert len(without) <= 0.05 * len(members), without


def test_other_questions_have_the_usual_words_for_no_answer(rules: SafetyRules) -> None:
    members = [message for message in messages() if message.category in ("C17", "C9", "C10", "C11", "C12", "C14")]
    given = [each.text for each in members if assess(Question(each.text), rules, "US").no_answer]
    assert len(given) <= 0.03 * len(members), given


def test_ordinary_questions_stay_quiet(rules: SafetyRules) -> None:
    members = [message for message in messages() if message.category == "ordinary"]
    assert share(members, rules) <= MOST_ORDINARY


@pytest.mark.parametrize("category", ["hard_negatives", "stories"])
def test_hard_negatives_stay_quiet(category: str, rules: SafetyRules) -> None:
    members = [message for message in messages() if message.category == category]
    assert share(members, rules) <= MOST_HARD


@pytest.mark.parametrize(
    ("categories", "most_wrong"),
    [(URGENT, 1 - LEAST_RECALL), (["ordinary"], MOST_ORDINARY), (["hard_negatives"], MOST_HARD)],
)
def test_messages_that_nothing_was_fitted_on_are_judged_as_well(
    categories: Sequence[str], most_wrong: float, rules: SafetyRules
) -> None:
    members = [message for message in kept_out() if message.category in categories]
    assert len(members) >= 200
    assert share(members, rules) <= most_wrong


def test_nothing_kept_out_is_fitted_on() -> None:
    fitted = {message.text.lower() for message in (*plain(), *messages(), *spanish(), *taught())}
    assert fitted & {message.text.lower() for message in kept_out()} == set()


def shown_first(category: str, rules: SafetyRules) -> Counter[str]:
    """Count the panels that the messages of a category get first."""
    found: Counter[str] = Counter()
    for message in (*messages(), *plain()):
        if message.category == category:
            shown = panels(in_order(findings(message.text, rules, "".join(message.history[-1:])), rules))
            found[shown[0] if shown else "none"] += 1
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
    least = {"C1": 150, "C2": 40, "C3": 40, "C4": 60, "C5": 100, "C6": 60, "C7": 60, "C8": 40, "C9": 80, "C10": 80}
    least |= {"C11": 100, "C12": 40, "C13": 50, "C14": 30, "C15": 60, "C16": 30, "C17": 100, "C18": 40}
    least |= {"ordinary": 1000, "hard_negatives": 150}
    assert positive >= 1000
    assert {category: counts[category] for category, number in least.items() if counts[category] < number} == {}


def test_half_of_the_urgent_messages_were_written_after_a_freeze() -> None:
    sources = Counter(message.source for message in messages() if message.category in URGENT)
    held_out = sum(count for source, count in sources.items() if source.startswith("held_out"))
    assert len(SETS) >= 3
    assert held_out >= sources["dev"]


@pytest.mark.parametrize("category", [*LEAST_FRAMED, *UNSEEN])
def test_a_third_of_the_milder_messages_is_held_out(category: str) -> None:
    sources = [message.source for message in messages() if message.category == category]
    assert sum(source.startswith("held_out") for source in sources) >= len(sources) / 3


def test_no_message_is_both_urgent_and_quiet() -> None:
    urgent = {message.text for message in messages() if message.category in URGENT}
    assert urgent & {message.text for message in messages() if message.category in QUIET} == set()
