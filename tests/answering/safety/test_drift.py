"""No family without cases, and no change of the rules that nobody looked at."""

from __future__ import annotations

from tests.answering.safety.drift import NEGATIVE, POSITIVE, found_in, read


def test_rules_change_only_together_with_their_cases(rules):
    told = "the rules changed: look at the cases, then python -m tests.answering.safety.drift --write"
    assert read().checksum == rules.checksum, told


def test_every_family_has_its_cases(rules):
    cases = read().families
    assert set(cases) == {family.id for family in rules.families}
    few = [name for name, own in cases.items() if len(set(own.finds)) < POSITIVE or len(set(own.leaves)) < NEGATIVE]
    assert few == []


def test_every_family_finds_its_cases_and_leaves_the_others_alone(rules):
    wrong = [
        f"{name}: {text}"
        for name, own in read().families.items()
        for texts, is_found in ((own.finds, True), (own.leaves, False))
        for text in texts
        if (name in found_in(text, rules)) is not is_found
    ]
    assert wrong == []
