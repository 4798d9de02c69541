"""What a text matches, and at which level, by rules small enough to follow."""

from __future__ import annotations

from pathlib import Path

import pytest

from chatbot.answering.safety.findings import CARD, DETAILS, Finding, findings, told
from tests.answering.safety.small import family, small_rules

FLOOD = family("flood", "{water}")
ASKED = family("asked", "{water}", category="C5")
MILD = family("mild", "{water}", category="C7")
TOGETHER = family("both", together='[["sun"], ["moon"]]', within=2)
LOWERED = Finding("asked", "C5", 2, "K2-asked")
# what a family of C5 comes to when its subject is only asked about


def levels(found: tuple[Finding, ...]) -> dict[str, int]:
    return {each.family: each.level for each in found}


def test_match_is_told_with_its_panel_and_the_word_it_ends_with(tmp_path: Path) -> None:
    rules = small_rules(tmp_path, family("flood", "my {water}", yields='"itself"'), MILD)
    assert findings("here is my high water today", rules) == (
        Finding("flood", "C1", 1, "K1", "itself", 0b10000),
        Finding("mild", "C7", 2, "K4", "never", 0b10000),
    )
    assert findings("here is my river", rules) == ()


def test_families_are_told_in_the_order_of_the_rules(tmp_path: Path) -> None:
    rules = small_rules(tmp_path, MILD, FLOOD, family("wave", "{more_water}"))
    assert [each.family for each in findings("a flood", rules)] == ["mild", "flood", "wave"]


# --- two groups near each other ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("sun moon", True),
        ("sun one two three moon", True),
        ("moon one two three sun", True),
        ("sun one two three four moon", False),
        ("moon one two three four sun", False),
        ("sun one two three four moon five sun", True),
        ("sun sun", False),
        ("moon", False),
    ],
)
def test_groups_count_within_so_many_words_of_each_other(text: str, found: bool, tmp_path: Path) -> None:
    assert bool(findings(text, small_rules(tmp_path, TOGETHER))) is found


def test_groups_are_told_by_the_words_near_all_of_them(tmp_path: Path) -> None:
    rules = small_rules(tmp_path, TOGETHER)
    assert [each.ends for each in findings("one sun two moon three four five", rules)] == [0b1110]


def test_every_group_must_be_there(tmp_path: Path) -> None:
    rules = small_rules(tmp_path, family("three", together='[["sun"], ["moon"], ["star", "comet"]]'))
    assert findings("sun moon", rules) == ()
    assert levels(findings("comet sun moon", rules)) == {"three": 1}


# --- what is only asked about -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("what is a flood", 2),
        ("may i ask. what is a flood", 2),
        ("a flood", 1),
        ("what is my flood", 1),
        ("what is a flood. now there is a flood", 1),
        ("there is a flood. what is that", 1),
        ("years ago there was a flood", 2),
        ("years ago there was a flood. tell of the flood", 1),
        ("years ago there was rain and sun and wind and snow and hail and fog and now a flood", 1),
        ("what is the price of rain and sun and wind and snow and hail and fog and mist there is a flood", 1),
        ("years ago there was a flood. my flood is new", 1),
    ],
)
def test_question_about_the_subject_and_what_is_long_past_are_lowered(text: str, level: int, tmp_path: Path) -> None:
    assert levels(findings(text, small_rules(tmp_path, ASKED))) == {"asked": level}


def test_lowered_family_is_of_the_category_and_panel_for_it(tmp_path: Path) -> None:
    assert findings("what is a flood", small_rules(tmp_path, ASKED)) == (LOWERED,)


@pytest.mark.parametrize(
    ("text", "level"), [("what is a flood", 1), ("what is a flood of the river", 2), ("a river flood", 1)]
)
def test_some_questions_must_name_a_subject_to_be_lowered(text: str, level: int, tmp_path: Path) -> None:
    rules = small_rules(tmp_path, family("named", "{water}", category="C5", asked='"named"'))
    assert levels(findings(text, rules)) == {"named": level}


def test_what_never_yields_to_a_question_and_what_is_mild_stay_as_they_are(tmp_path: Path) -> None:
    mild = family("mild", "{water}", category="C7", asked='"general"')
    assert levels(findings("what is a flood", small_rules(tmp_path, FLOOD, mild))) == {"flood": 1, "mild": 2}


def test_forms_are_told_by_the_words_about_them_in_their_sentences(tmp_path: Path) -> None:
    forms = told("what is the river. my word. years ago", small_rules(tmp_path)).forms
    assert dict(forms) == {
        "(asked in general)": 0b11001111,
        "(asked of a subject)": 0b00001111,
        "(long ago)": 0b11000000,
        "(speaks of oneself)": 0b00110000,
    }


# --- somebody else ----------------------------------------------------------------------------

OTHERS = family("flood", "{water}", others='"C2"')
BOTH = {"flood": 1, "flood/others": 1}
THEIRS = {"flood/others": 1}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a flood", {"flood": 1}),
        ("she saw high water", THEIRS),
        ("i know she saw high water", THEIRS),
        ("i saw a flood", {"flood": 1}),
        ("she saw a flood and i a flood", BOTH),
        ("she saw it. a flood", {"flood": 1}),
        ("a flood. she saw a flood", BOTH),
        ("she saw a flood. both alike", BOTH),
        ("she saw it and the sun and the moon over a flood", {"flood": 1}),
    ],
)
def test_what_is_told_of_somebody_else_alone_is_not_the_visitors_own(
    text: str, found: dict[str, int], tmp_path: Path
) -> None:
    assert levels(findings(text, small_rules(tmp_path, OTHERS))) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("she saw sun, moon and flood", THEIRS),
        ("sun and she saw moon and a flood", THEIRS),
        ("i saw the moon and sun. she saw a flood", {"both": 1, **THEIRS}),
    ],
)
def test_what_is_put_together_is_the_visitors_own_where_it_needs_no_word_of_others(
    text: str, found: dict[str, int], tmp_path: Path
) -> None:
    rules = small_rules(tmp_path, family("both", together='[["sun"], ["moon"]]', within=2), OTHERS)
    assert levels(findings(text, rules)) == found


@pytest.mark.parametrize(
    ("text", "category", "panel"),
    [
        ("she told of gloom", "C2", "K1-friend"),
        ("she and i told of gloom", "C1", "K1"),
        ("gloom in a long row of words about what she saw", "C1", "K1"),
        ("gloom", "C1", "K1"),
    ],
)
def test_card_tells_of_somebody_else_where_most_words_do(text: str, category: str, panel: str, tmp_path: Path) -> None:
    rules = small_rules(tmp_path, card="gloom\t20\t\t5\t\n")
    found = findings(text, rules)
    assert [(each.family, each.category, each.level, each.panel) for each in found] == [(CARD, category, 1, panel)]


# --- what was asked before --------------------------------------------------------------------


def test_who_has_what_was_asked_about_is_in_danger(tmp_path: Path) -> None:
    rules = small_rules(tmp_path, ASKED, family("mild", "wave", category="C7"))
    raised = Finding("asked", "C5", 1, "K2", "never", -1)
    assert findings("i have that", rules, "what is a flood or wave") == (raised,)


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("i have that", "there is a flood"),
        ("i have that", "what is a wave"),
        ("i have that", ""),
        ("fine", "what is a flood"),
    ],
)
def test_nothing_else_is_raised(text: str, before: str, tmp_path: Path) -> None:
    rules = small_rules(tmp_path, ASKED, family("mild", "wave", category="C7"), card="storm\t12\t12\t\t\n")
    assert findings(text, rules, before) == ()


def test_what_the_card_or_a_number_showed_before_is_not_raised(tmp_path: Path) -> None:
    rules = small_rules(tmp_path, ASKED, card="storm\t12\t12\t\t\n")
    assert findings("i have that", rules, "a storm, write to ana@clinic.example") == ()


# --- exclusions and details -------------------------------------------------------------------


def test_words_of_an_exclusion_are_no_danger_but_may_be_mild(tmp_path: Path) -> None:
    rules = small_rules(tmp_path, FLOOD, MILD)
    assert levels(findings("a flood of tears", rules)) == {"mild": 2}
    assert levels(findings("a flood of tears and a flood", rules)) == {"flood": 1, "mild": 2}
    assert told("a flood of tears", rules).hidden == 0b1110


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("no flood", {}),
        ("no flood or flood or flood", {}),
        ("no sun or flood", {"flood": 1}),
        ("no flood until today", {"flood": 1}),
        ("no flood or flood until today", {"flood": 1}),
        ("no flood. a sea until today", {}),
        ("no flood but a flood", {"flood": 1}),
    ],
)
def test_what_is_told_as_not_there_is_none_unless_the_sentence_takes_it_back(
    text: str, found: dict[str, int], tmp_path: Path
) -> None:
    assert levels(findings(text, small_rules(tmp_path, FLOOD))) == found


def test_details_are_told_last(tmp_path: Path) -> None:
    found = findings("a flood, write to ana@clinic.example", small_rules(tmp_path, FLOOD))
    assert [each.family for each in found] == ["flood", DETAILS.family]
    assert (DETAILS.level, DETAILS.panel) == (3, "F6")


# --- the score card beside the families -------------------------------------------------------

ROWS = "storm\t9\t1\t5\t\nhail\t10\t5\t\t1\nbolt\t10\t\t5\t\ndoom\t20\t\t\t5\ncalm\t-31\t\t\t\n"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a storm", ()),
        ("a hail", (Finding(CARD, "C15", 2, "K7", ends=0b11),)),
        ("one bolt", (Finding(CARD, "C15", 2, "K7", ends=0b11),)),
        ("a storm of hail", (Finding(CARD, "C15", 2, "K7", ends=0b1111),)),
        ("hail doom calm. hail bolt", (Finding(CARD, "C1", 1, "K1", ends=0b11000),)),
        ("doom", (Finding(CARD, "C5", 1, "K2", ends=0b1),)),
        ("no bad word", ()),
    ],
)
def test_card_is_heard_where_no_family_is(text: str, found: tuple[Finding, ...], tmp_path: Path) -> None:
    assert findings(text, small_rules(tmp_path, card=ROWS)) == found


def test_card_in_doubt_about_the_body_offers_the_help_for_it(tmp_path: Path) -> None:
    rules = small_rules(tmp_path, card="thunder\t12\t\t\t3\n")
    assert findings("thunder", rules) == (Finding(CARD, "C7", 2, "K4", ends=0b1),)


def test_card_says_only_what_is_graver_than_the_families(tmp_path: Path) -> None:
    rules = small_rules(tmp_path, FLOOD, family("mild", "wave", category="C7"), card=ROWS)
    assert levels(findings("flood doom", rules)) == {"flood": 1}
    assert levels(findings("wave hail", rules)) == {"mild": 2}
    assert levels(findings("wave doom", rules)) == {"mild": 2, CARD: 1}


def test_words_that_speak_against_danger_lower_a_family(tmp_path: Path) -> None:
    rules = small_rules(tmp_path, FLOOD, card=ROWS)
    assert findings("calm flood", rules) == (Finding("flood", "C3", 2, "K1-asked", ends=0b10),)


@pytest.mark.parametrize(("points", "level"), [(-30, 1), (-31, 2)])
def test_family_is_lowered_below_the_threshold_only(points: int, level: int, tmp_path: Path) -> None:
    rules = small_rules(tmp_path, FLOOD, card=f"calm\t{points}\t\t\t\n")
    assert levels(findings("calm flood", rules)) == {"flood": level}


def test_card_is_not_asked_where_four_families_agree(tmp_path: Path) -> None:
    urgent = [family(f"flood {number}", "{water}") for number in range(4)]
    four, three = (small_rules(tmp_path, *urgent[:count], MILD, card=ROWS) for count in (4, 3))
    assert [each.level for each in findings("calm flood", four)] == [1, 1, 1, 1, 2]
    assert [each.level for each in findings("calm flood", three)] == [2, 2, 2, 2]


def test_card_lowers_neither_what_is_mild_nor_what_a_site_added(tmp_path: Path) -> None:
    rules = small_rules(tmp_path, MILD, card=ROWS, site=family("site", "{water}"))
    assert findings("calm flood", rules) == (
        Finding("mild", "C7", 2, "K4", "never", 0b10),
        Finding("site", "C1", 1, "K1", "never", 0b10),
    )


def test_card_does_not_read_other_scripts(tmp_path: Path) -> None:
    rules = small_rules(tmp_path, card=ROWS)
    assert findings("doom землетрясение помогает", rules) == ()
    assert levels(findings("doom землетрясение magnitude seven", rules)) == {CARD: 1}
