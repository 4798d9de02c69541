"""What is long over is answered with help above the passages, and what goes on beside it is still urgent."""

from __future__ import annotations

from pathlib import Path

import pytest

from chatbot.answering.notices import SafetyRules
from chatbot.answering.safety.findings import findings
from tests.answering.safety.small import family, small_rules

SITE = family("of-the-site", "{water}")


def urgent(text: str, rules: SafetyRules) -> bool:
    return any(found.level == 1 for found in findings(text, rules))


def levels(text: str, rules: SafetyRules) -> dict[str, int]:
    return {found.family: found.level for found in findings(text, rules)}


@pytest.mark.parametrize(
    ("text", "level"),
    [("a flood", 1), ("a flood long gone", 2), ("a flood long gone and high water", 1), ("the wave long gone", 1)],
)
def test_family_that_only_what_is_over_matches_is_lowered(text: str, level: int, tmp_path: Path) -> None:
    assert levels(text, small_rules(tmp_path, family("flood", "{more_water}"))) == {"flood": level}


def test_what_is_back_is_not_over(tmp_path: Path) -> None:
    assert levels("a flood long gone, here once more", small_rules(tmp_path, family("flood", "{more_water}"))) == {
        "flood": 1
    }


@pytest.mark.parametrize(
    "text",
    [
        "I had a stroke in 2018 and my face is drooping again",
        "he used to hit me years ago and now he has started again",
        "had a seizure in 2010, having one after another now",
        "years ago I passed out at work, and I have just passed out once more",
        "my chest pain of 2019 is back, same again, down the left arm",
    ],
)
def test_what_was_over_and_is_back_is_urgent(text: str, rules: SafetyRules) -> None:
    assert urgent(text, rules)


def test_family_of_a_site_is_never_lowered(tmp_path: Path) -> None:
    rules = small_rules(tmp_path, family("flood", "{water}"), site=SITE)
    assert levels("a flood long gone", rules) == {"flood": 2, "of-the-site": 1}


def test_no_family_sees_a_figure_of_speech_and_the_card_does(tmp_path: Path) -> None:
    rules = small_rules(tmp_path, family("flood", "{water}"), card="mark\t60\t3\t\t\n")
    assert levels("the high water mark", rules) == {"score-card": 1}
    assert levels("the high water", rules) == {"flood": 1}


@pytest.mark.parametrize(
    ("family", "text"),
    [
        ("suicide-named", "my uncle died by suicide before I was born"),
        ("suicide-named", "I was suicidal at 19, long behind me. Must I tell them"),
        ("violence-on-self/others", "my cousin killed himself in 2015"),
        ("violence-on-self", "I used to cut myself as a teenager, it is healed"),
        ("life-ended", "when I was 20 I tried to end my life and I've had a good life since"),
        ("speaks-of-own-death", "I thought I was dying the first time, it was fine"),
        ("somebody-hurts-me", "my first husband was violent"),
        ("somebody-hurts-me", "I was mugged in 2018, all but the wrist is well"),
        ("somebody-hurts-me", "I was in an abusive marriage and got out in 2011"),
        ("unconscious", "I fainted last month when they took blood"),
        ("overdose-named", "my grandad died of an overdose before I was born"),
        ("overdose-named", "I had food poisoning last weekend"),
    ],
)
def test_what_is_long_over_takes_no_answer_away(family: str, text: str, rules: SafetyRules) -> None:
    assert levels(text, rules)[family] == 2


@pytest.mark.parametrize(
    ("family", "text"),
    [
        ("suicide-named", "I was suicidal last night and got help"),
        ("violence-on-self", "I tried to kill myself ten years ago and I want to do it again"),
        ("hoping-it-happens", "my brother took his own life in 1998 and I am going to join him"),
        ("life-ended", "I want to end my life, my uncle died by suicide in 1990"),
        ("somebody-hurts-me", "my husband used to hit me, now he strangles me"),
        ("somebody-hurts-me", "my second husband hits me"),
        ("unconscious", "my daughter has collapsed at school"),
        ("overdose-named", "I took an overdose an hour ago, never again"),
    ],
)
def test_what_goes_on_is_urgent_beside_what_is_over(family: str, text: str, rules: SafetyRules) -> None:
    assert levels(text, rules)[family] == 1


def test_dated_abuse_that_has_come_back_is_urgent(rules: SafetyRules) -> None:
    assert urgent("years ago he raped me and now he is back in my house", rules)
