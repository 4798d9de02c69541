"""Word sets and families as written: what each key comes to, and what is said of a fault, where it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from chatbot.answering.safety.findings import findings
from chatbot.answering.safety.reading import read_rules
from chatbot.answering.safety.rules import Family, SafetyRules
from chatbot.errors import CorpusError
from chatbot.values import Problem
from tests.answering.safety.small import CATEGORIES, WORDS, family, small_rules, write_small


def problems(folder: Path, *families: str, words: str = WORDS, site: str = "", more: str = "") -> tuple[Problem, ...]:
    """Return what is said of faulty rules."""
    added = folder / "safety.toml"
    added.write_text(site, encoding="utf-8")
    with pytest.raises(CorpusError) as caught:
        read_rules(added, write_small(folder, *families, words=words, more=more))
    return tuple(caught.value.problems)


def found(text: str, rules: SafetyRules) -> set[str]:
    return {each.family for each in findings(text, rules)}


# --- what a family is ------------------------------------------------------------------------------


def test_family_has_what_its_category_says(tmp_path: Path) -> None:
    rules = small_rules(tmp_path, family("flood", "{water}"))
    assert rules.families == (Family("flood", "C1", 1, "K1", "x", 1, 25, "never", "C3", "K1-asked", "never"),)


def test_family_may_say_otherwise(tmp_path: Path) -> None:
    keys = {"level": 3, "panel": '"K7"', "asked": '"named"', "yields": '"words"', "within": 4}
    rules = small_rules(tmp_path, family("two", category="C2", together='[["sun"], ["moon"]]', **keys))
    assert rules.families == (Family("two", "C2", 3, "K7", "x", 2, 4, "named", "C2", "", "words"),)


def test_family_said_of_others_stands_twice_with_the_panel_of_the_other_category(tmp_path: Path) -> None:
    rules = small_rules(tmp_path, family("flood", "{i} see {water}", others='"C2"', panel='"K7"'))
    assert [(each.id, each.category, each.panel) for each in rules.families] == [
        ("flood", "C1", "K7"),
        ("flood/others", "C2", "K1-friend"),
    ]
    assert found("i see high water", rules) == {"flood"}
    assert found("she see high water", rules) == {"flood/others"}


def test_pattern_without_a_person_is_read_of_others_behind_one(tmp_path: Path) -> None:
    rules = small_rules(tmp_path, family("flood", "^ sees {water}", others='"C2"'))
    assert found("sees high water", rules) == {"flood"}
    assert found("she now sees high water", rules) == {"flood/others"}
    assert found("she right now far away over there sees high water", rules) == set()
    assert found("now sees high water", rules) == set()


def test_card_does_not_overrule_what_a_site_adds_or_what_is_sure(tmp_path: Path) -> None:
    flood, sure = family("flood", "{water}"), family("sure", "wind", sure="true")
    rules = small_rules(tmp_path, flood, sure, site=family("site", "wave"))
    assert {each.id: each.is_sure for each in rules.families} == {"flood": False, "sure": True, "site": True}
    assert rules.by_id["site"] is rules.families[2]


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("波が来る", True),
        ("no 波 が", True),
        ("波", False),
        ("ВОЛНА́", True),
        ("во-лна", True),
        ("вол на 1", True),
        ("вол 1 на", False),
    ],
)
def test_phrase_of_another_script_is_found_wherever_its_letters_stand(
    text: str, is_found: bool, tmp_path: Path
) -> None:
    rules = small_rules(tmp_path, family("flood", phrases='["волна", "波が"]'))
    assert found(text, rules) == ({"flood"} if is_found else set())


# --- word sets -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "is_found"),
    [("wave", True), ("high water", True), ("water", False), ("fludd", True), ("really high water", True)],
)
def test_set_takes_in_another_with_its_phrases(text: str, is_found: bool, tmp_path: Path) -> None:
    assert bool(found(text, small_rules(tmp_path, family("any", "{more_water}")))) is is_found


@pytest.mark.parametrize(
    ("text", "is_found"), [("40", True), ("49", True), ("45.5", True), ("fifty", True), ("39", False), ("50", False)]
)
def test_set_takes_in_every_number_between(text: str, is_found: bool, tmp_path: Path) -> None:
    assert bool(found(text, small_rules(tmp_path, family("any", "{age}")))) is is_found


def test_contraction_is_read_in_full(tmp_path: Path) -> None:
    assert found("im flooding", small_rules(tmp_path, family("full", "i am {water}"))) == {"full"}


@pytest.mark.parametrize(
    ("typed", "is_found"),
    [
        ("flooding", True),
        ("floding", True),
        ("floooding", True),
        ("fllooding", True),
        ("blooding", False),
        ("flo", False),
    ],
)
def test_key_word_is_known_with_a_slip_and_no_protected_word_is_one(typed: str, is_found: bool, tmp_path: Path) -> None:
    assert bool(found(typed, small_rules(tmp_path, family("any", "flooding")))) is is_found


def test_spelling_knows_keys_of_six_letters_and_other_words_of_five_on(tmp_path: Path) -> None:
    words = WORDS.replace('keys = "flooding"', 'keys = "flooding, rivers, lakes"')
    folder = write_small(tmp_path, family("any", "{water} lakes seas3 ports tide"), words=words)
    spelling = read_rules(folder=folder).spelling
    assert {key for keys in spelling.near.values() for key in keys} == {"flooding", "rivers"}
    likely = {key for keys in spelling.likely.values() for key in keys}
    assert {"lakes", "ports", "flood"} <= likely
    assert not {"tide", "seas3"} & likely
    assert {"flood", "really", "tide"} <= spelling.vocabulary


def test_commoner_word_comes_first_among_those_that_a_slip_may_mean(tmp_path: Path) -> None:
    likely = small_rules(tmp_path, family("any", "[quoll|world|would|could|floor]"))
    tables = [keys for keys in likely.spelling.likely.values() if len(keys) > 1]
    assert ("would", "could") in tables or ("could", "would") in tables
    assert list(likely.spelling.likely["wold"]) == ["would", "world"]


# --- what is said of a fault -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("families", "told"),
    [
        ([family("a", "wave"), family("a", "flood")], 'the family "a" stands twice; rename one'),
        ([family("a")], 'the family "a" needs one of patterns, together and phrases'),
        ([family("a", "wave", together='[["sun"]]')], 'the family "a" needs one of patterns, together and phrases'),
        ([family("a", "wave", phrases='["волна"]')], 'the family "a" needs one of patterns, together and phrases'),
        ([family("a", phrases='["волна", "wave"]')], '"wave" is no phrase in another script; write it as a pattern'),
        ([family("a", phrases='["！"]')], '"！" is no phrase in another script; write it as a pattern'),
        ([family("a", "wave", panel='"K9"')], 'there is no panel "K9"'),
        ([family("a", "wave", category="C9")], '"C9" is not a category; known are C1, C2, C5, C7'),
        ([family("a", "wave", others='"C9"')], '"C9" is not a category; known are C1, C2, C5, C7'),
    ],
)
def test_fault_of_a_family_is_said_once_at_its_line(families: list[str], told: str, tmp_path: Path) -> None:
    assert problems(tmp_path, *families) == (Problem("crisis.toml", 2, told),)


def test_pattern_that_stands_for_too_many_is_refused(tmp_path: Path) -> None:
    """Brackets multiply: 30 pairs of them with four alternatives each would never be read to the end."""
    (problem,) = problems(tmp_path, family("a", "wave " + "[now|at 40-49|on {they}|by {they}] " * 30 + "sun"))
    assert "stands for more than 64 patterns; write it as several" in problem.message


def test_fault_stands_at_the_first_line_that_names_it(tmp_path: Path) -> None:
    listed = [family("a", "wave"), family("b", "{nowhere}"), family("c", "..")]
    first, second = problems(tmp_path, *listed)
    assert (first.line, first.message) == (11, "b: there is no word set {nowhere}")
    assert second.line == 17
    assert second.message.startswith("c: ")


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ("{nowhere}", "odd: {nowhere} is not another word set"),
        ("{odd}", "odd: {odd} is not another word set"),
        ("high really", 'odd: "high really" holds the filler "really", which scanning drops; write it without'),
        ("…", 'odd: "…" holds no word that scanning keeps'),
        ("a b c d e f g h i j k l m", 'odd: "a b c d e f g h i j k l m" has more than 12 words; part it'),
    ],
)
def test_fault_of_a_word_set_is_said(entry: str, told: str, tmp_path: Path) -> None:
    words = WORDS.replace("[others]", f'odd = "{entry}"\n[others]')
    line = 1 + words.splitlines().index(f'odd = "{entry}"')
    assert problems(tmp_path, words=words) == (Problem("words.toml", line, told),)


def test_entry_of_twelve_words_is_read(tmp_path: Path) -> None:
    words = WORDS.replace("[others]", 'odd = "m b c d e f g h i j k l"\n[others]')
    phrases = dict(read_rules(folder=write_small(tmp_path, words=words)).lexis.phrases())
    assert tuple("mbcdefghijkl") in phrases


def test_sets_that_hold_each_other_are_refused(tmp_path: Path) -> None:
    words = WORDS.replace("[others]", 'one = "{two}"\ntwo = "{one}, sea"\n[others]')
    assert {each.message for each in problems(tmp_path, words=words)} == {
        "one: {two} is not another word set",
        "two: {one} is not another word set",
    }


def test_site_may_use_shipped_sets_and_not_replace_one(tmp_path: Path) -> None:
    site = '[words]\nwater = "tide"\nlake = "{water}, pond"\n'
    told = problems(tmp_path, site=site)
    assert told == (Problem("safety.toml", 2, '"water" is a shipped word set; choose another name'),)
    assert found("a pond", small_rules(tmp_path, site='[words]\nlake = "{water}, pond"\n' + family("site", "{lake}")))
    assert found("flood", small_rules(tmp_path, site='[words]\nlake = "{water}, pond"\n' + family("site", "{lake}")))


@pytest.mark.parametrize(("key", "panel"), [("panel", "K9"), ("asked_panel", "K8")])
def test_category_without_its_panel_is_refused(key: str, panel: str, tmp_path: Path) -> None:
    entry = f'[[category]]\nid = "C9"\nsays = "x"\nlevel = 3\n{key} = "{panel}"\n'
    line = 2 + len(CATEGORIES.splitlines())
    assert problems(tmp_path, more=entry) == (Problem("families.toml", line, f'C9: there is no panel "{panel}"'),)


def test_category_without_a_panel_needs_none(tmp_path: Path) -> None:
    write_small(
        tmp_path, family("quiet", "wave", category="C9"), more='[[category]]\nid = "C9"\nsays = "x"\nlevel = 4\n'
    )
    assert [each.panel for each in findings("wave", read_rules(folder=tmp_path))] == [""]
