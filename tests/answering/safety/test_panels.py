"""The fixed words and the help numbers, as a reviewer approves them."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from chatbot.answering import notices
from chatbot.answering.notices import DISCLAIMER_VERSION, SafetyRules, unchecked
from chatbot.answering.safety.reading import HERE
from chatbot.answering.safety.rules import Resource
from chatbot.values import Contact, Notice
from chatbot.web.catalogue import read_catalogue
from tests.answering.safety import approved
from tests.answering.safety.reading_ease import grade

LONGEST = 60
HARDEST = 5.0
OLDEST = timedelta(days=180)
BANNED = (
    "commit",
    "successful",
    "failed attempt",
    "attention",
    "i understand",
    "i feel",
    "we care",
    "promise",
    "secret",
    "your fault that",
    "calm down",
)
MEANS = ("pill", "rope", "bridge", "gun", "knife", "jump", "hang", "cut", "mg", "dose of")
K1 = (
    "If you might act on thoughts of ending your life, call or text 988 now, or call 911. A trained counselor answers "
    "day and night. You deserve support, and pain this hard can be talked about. This page is an automatic search of "
    "articles. Nobody is reading it."
)
K2 = (
    "This may be an emergency. Call 911 now if someone has collapsed, cannot be woken, has a seizure or has trouble "
    "breathing. If they are awake and well, call Poison Help at 1-800-222-1222. This page cannot send help."
)


def urgent(rules: SafetyRules) -> list[tuple[str, str, Notice]]:
    return [(panel, code, notice) for (panel, code), notice in rules.notices.items() if notice.kind != "advice"]


def every_contact(rules: SafetyRules) -> set[Contact]:
    return {contact for region in rules.regions.values() for contact in region.contacts}


def test_model_texts_stand_as_they_were_approved(rules: SafetyRules) -> None:
    assert rules.notices["K1", "US"].text == K1
    assert rules.notices["K2-taken", "US"].text == K2


def test_fixed_words_are_those_that_were_approved(rules: SafetyRules) -> None:
    now, then = approved.hashes(rules), approved.read()
    changed = sorted(name for name in now.keys() | then.keys() if now.get(name) != then.get(name))
    assert changed == [], "read these fixed words, then python -m tests.answering.safety.approved --write"


def test_approval_covers_every_panel_the_disclaimer_and_the_help_without_rules(rules: SafetyRules) -> None:
    assert set(approved.read()) == {*rules.ranks, f"disclaimer {DISCLAIMER_VERSION}", "help without rules"}


@pytest.mark.parametrize("panel", ["K1", "F1", "F3"])
@pytest.mark.parametrize("part", ["title", "text", "contacts"])
def test_any_other_word_of_one_panel_in_one_region_is_noticed(panel: str, part: str, rules: SafetyRules) -> None:
    notice = rules.notices[panel, "GB"]
    other = replace(notice, **{part: (Contact("Elsewhere"),) if part == "contacts" else f"{getattr(notice, part)} "})
    changed = approved.hashes(replace(rules, notices={**rules.notices, (panel, "GB"): other}))
    assert {name for name, found in changed.items() if found != approved.read()[name]} == {panel}


def test_other_words_of_the_disclaimer_are_noticed(rules: SafetyRules, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (notices, approved):
        monkeypatch.setattr(module, "DISCLAIMER", notices.DISCLAIMER.replace("not medical advice", "medical advice"))
    name = f"disclaimer {DISCLAIMER_VERSION}"
    assert approved.hashes(rules)[name] != approved.read()[name]


def test_every_panel_stands_in_every_region(rules: SafetyRules) -> None:
    panels = {panel for panel, _ in rules.notices}
    assert len(rules.notices) == len(panels) * len(rules.regions)
    assert panels == set(rules.ranks)


def test_no_notice_is_longer_than_sixty_words(rules: SafetyRules) -> None:
    long = {
        key: len(notice.text.split()) for key, notice in rules.notices.items() if len(notice.text.split()) > LONGEST
    }
    assert not long


def test_panel_and_the_line_below_it_are_short_and_easy_together(rules: SafetyRules) -> None:
    below = read_catalogue("en").say("page.notice_limits")
    for key, notice in rules.notices.items():
        if notice.contacts:
            words = f"{notice.text} {below}"
            assert len(words.split()) <= LONGEST, key
            assert grade(words) <= HARDEST, key


def test_notices_are_read_with_five_years_of_school(rules: SafetyRules) -> None:
    hard = {key: round(grade(notice.text), 1) for key, notice in rules.notices.items() if grade(notice.text) > HARDEST}
    assert not hard


@pytest.mark.parametrize(
    ("text", "expected"), [("The cat sat on the mat.", -1.5), ("Go to an emergency department.", 10.0)]
)
def test_grade_tells_easy_from_hard(text: str, expected: float) -> None:
    assert grade(text) == pytest.approx(expected, abs=1.5)


@pytest.mark.parametrize("word", [*BANNED, *MEANS, "!"])
def test_no_notice_holds_a_banned_word(word: str, rules: SafetyRules) -> None:
    for key, notice in rules.notices.items():
        allowed = word == "dose of" and key[0] == "F1"
        assert allowed or not re.search(rf"(?<!\w){re.escape(word)}", f"{notice.title} {notice.text}".lower()), key


def test_notices_hold_only_plain_characters(rules: SafetyRules) -> None:
    for notice in rules.notices.values():
        assert notice.text.isascii()
        assert not re.search(r"[{}?]", notice.text)


def test_urgent_notice_says_that_nobody_reads_and_whom_to_call(rules: SafetyRules) -> None:
    for panel, code, notice in urgent(rules):
        assert "obody is reading it" in notice.text or "cannot send help" in notice.text, panel
        assert rules.regions[code].words["emergency"] in notice.text, (panel, code)
        assert notice.contacts, (panel, code)


def test_numbers_in_the_words_are_those_of_the_table(rules: SafetyRules) -> None:
    for (_, code), notice in rules.notices.items():
        known = {contact.phone for contact in rules.regions[code].contacts if contact.phone}
        known |= set(rules.regions[code].words["emergency"].split(" or "))
        for number in re.findall(r"\d[\d -]*\d", notice.text.replace("24 hours", "")):
            assert number in known, (code, number)


def test_telephone_addresses_dial_the_number_that_is_shown(rules: SafetyRules) -> None:
    for contact in every_contact(rules):
        if contact.url and contact.url.startswith(("tel:", "sms:")):
            assert contact.phone is not None
            dialled = re.sub(r"\D", "", contact.url.split("?")[0])
            assert dialled.endswith(re.sub(r"\D", "", contact.phone).lstrip("01")), contact


def test_addresses_are_of_the_three_kinds(rules: SafetyRules) -> None:
    for contact in every_contact(rules):
        assert contact.url is None or re.fullmatch(r"tel:\+?\d+|sms:\d+(\?body=[A-Z]+)?|https://\S+", contact.url)
        assert contact.label.strip()


def test_every_row_tells_hours_and_source(rules: SafetyRules) -> None:
    for region in rules.regions.values():
        for row in region.resources:
            assert row.hours
            assert row.source.startswith("https://")


# --- how old the numbers are --------------------------------------------------------------------


def all_rows(rules: SafetyRules) -> list[Resource]:
    return [row for region in rules.regions.values() for row in region.resources]


def test_no_number_was_checked_more_than_half_a_year_ago(rules: SafetyRules) -> None:
    # Fails by the mere passing of time, on purpose: then the numbers are to be looked up, as the message says.
    old = [str(problem) for problem in unchecked(rules.regions.values(), datetime.now(UTC).date())]
    assert not old, "\n".join(old)


def test_no_number_was_checked_after_the_rules_were_written(rules: SafetyRules) -> None:
    assert all(row.checked <= rules.date for row in all_rows(rules))


def test_number_is_old_after_half_a_year_and_named_with_what_to_do(rules: SafetyRules) -> None:
    us = rules.regions["US"]
    oldest = min(row.checked for row in us.resources)
    assert list(unchecked([us], oldest + OLDEST)) == []
    (told,) = unchecked([us], oldest + OLDEST + timedelta(days=1))
    assert told.severity == "advice"
    for part in (us.name, us.resources[0].contact.label, oldest.isoformat(), "look each up at its source"):
        assert part in told.message


def test_rows_to_be_confirmed_are_marked_and_listed(rules: SafetyRules) -> None:
    unconfirmed = {
        (code, row.role) for code, region in rules.regions.items() for row in region.resources if row.confirm
    }
    assert ("US", "crisis") not in unconfirmed
    assert ("US", "abuse") in unconfirmed
    assert all(role not in ("emergency", "crisis") for code, role in unconfirmed if code in {"US", "CA", "GB", "AU"})


def test_rows_of_the_file_are_in_the_rules(rules: SafetyRules) -> None:
    table = tomllib.loads((HERE / "resources.toml").read_text("utf-8"))
    assert sum(len(region["resource"]) for region in table["region"]) == len(all_rows(rules))


def test_no_urgent_panel_rests_on_numbers_that_are_to_be_confirmed(rules: SafetyRules) -> None:
    for (panel, code), notice in rules.notices.items():
        if notice.kind == "advice":
            continue
        region = rules.regions[code]
        general = [row.contact for row in region.resources if row.role == "emergency"]
        assert general[0] in notice.contacts, (panel, code)
        assert region.words["emergency"] in notice.text, (panel, code)
