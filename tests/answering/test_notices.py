"""What a question is answered with before anything else, and the words that stand under every answer."""

from __future__ import annotations

import pytest

from chatbot.answering import notices
from chatbot.answering.notices import (
    DISCLAIMER,
    EMERGENCY_NUMBERS,
    SafetyRules,
    all_resources,
    assess,
    disclaimer,
    general_help,
    help_for_now,
)
from chatbot.settings import REGIONS, Settings, Specialist
from tests.builders import make_question

ORDINARY = "How long does the relief last?"
NUMBERS = ("911", "988", "1-800-222-1222", "1-800-799-7233")
# of the United States: emergencies, crisis, poison, abuse


def test_crisis_is_urgent_and_shows_whom_to_call(rules: SafetyRules) -> None:
    found = assess(make_question("I want to end my life"), rules, "US")
    assert (found.level, found.categories) == (1, ("C1",))
    assert found.notice is not None
    assert found.notice.kind == "crisis"
    assert [contact.url for contact in found.notice.contacts][:2] == ["tel:988", "sms:988"]


def test_emergency_is_urgent_with_the_number_of_the_region(rules: SafetyRules) -> None:
    found = assess(make_question("my wife has collapsed and is not breathing"), rules, "GB")
    assert found.level == 1
    assert found.notice is not None
    assert found.notice.kind == "emergency"
    assert found.notice.contacts[0].phone == "999"
    assert "999" in found.notice.text


def test_abuse_is_a_crisis_with_its_own_lines(rules: SafetyRules) -> None:
    found = assess(make_question("my husband hits me"), rules, "US")
    assert found.notice is not None
    assert (found.level, found.notice.kind, found.categories) == (1, "crisis", ("C8",))
    assert "1-800-799-7233" in {contact.phone for contact in found.notice.contacts}


def test_ordinary_question_gets_no_notice(rules: SafetyRules) -> None:
    found = assess(make_question(ORDINARY), rules, "US")
    assert (found.level, found.notice, found.categories) == (4, None, ())


def test_unknown_region_gets_the_help_of_elsewhere(rules: SafetyRules) -> None:
    found = assess(make_question("I want to die"), rules, "XX")
    assert found.notice == assess(make_question("I want to die"), rules, "elsewhere").notice


@pytest.mark.parametrize(
    "text",
    [
        "does ketamine reduce suicidal thoughts?",
        "what are the signs of an overdose?",
        "is chest pain a known side effect?",
        "does ketamine make your heart race and your chest hurt?",
        "what is cauda equina syndrome?",
        "can it raise heart rate?",
        "will my pulse go up during the drip?",
        "how does the infusion affect breathing",
        "why does breathing slow down on ketamine",
        "why is breathing slower under ketamine?",
        "is there a link between domestic abuse and fibromyalgia",
        "are there laws on reporting elder abuse for clinic staff",
        "what does drink spiking with ketamine look like",
        "what happens if someone takes too many pills",
        "how much ketamine is too much",
        "is it dangerous to take too many painkillers",
    ],
)
def test_question_about_the_subject_keeps_its_passages_below_the_notice(text: str, rules: SafetyRules) -> None:
    found = assess(make_question(text), rules, "US")
    assert found.notice is not None
    assert (found.level, found.notice.kind) == (2, "advice")
    assert found.notice.contacts


@pytest.mark.parametrize(
    "text",
    [
        "does yoga breathing help pain?",
        "I set my heart on the infusion, does it change much?",
        "can a rise in price be claimed back?",
        "is a pulse oximeter used?",
    ],
)
def test_heart_and_breath_named_beside_the_point_bring_no_notice(text: str, rules: SafetyRules) -> None:
    assert assess(make_question(text), rules, "US").notice is None


def test_subject_of_suicide_is_another_category_than_a_crisis(rules: SafetyRules) -> None:
    assert assess(make_question("does ketamine reduce suicidal thoughts?"), rules, "US").categories == ("C3",)


@pytest.mark.parametrize(
    "text",
    [
        "I don't want to kill myself",
        "I am not suicidal but I wish I was dead",
        "Is it wrong to want to die?",
        "Does ketamine work quickly? I have been suicidal since my operation.",
        "My back is killing me and I want to die",
        "dying to know how it works, also I want to die",
    ],
)
def test_neither_negation_nor_question_nor_idiom_hides_a_crisis(text: str, rules: SafetyRules) -> None:
    assert assess(make_question(text), rules, "US").level == 1


@pytest.mark.parametrize(
    ("text", "panel_word"),
    [
        ("what dose should I take", "doses"),
        ("should I stop my gabapentin", "medicine"),
        ("will it work for me", "judge"),
        ("can I have it while pregnant", "pregnant"),
        ("can I drive home after the infusion", "24 hours"),
    ],
)
def test_personal_decision_gets_one_framing_line(text: str, panel_word: str, rules: SafetyRules) -> None:
    found = assess(make_question(text), rules, "US")
    assert found.notice is not None
    assert (found.level, found.notice.kind) == (3, "advice")
    assert panel_word in found.notice.text


def test_emergency_in_fear_of_death_stays_an_emergency(rules: SafetyRules) -> None:
    found = assess(make_question("I can't breathe, I don't want to die"), rules, "US")
    assert found.notice is not None
    assert found.notice.kind == "emergency"


def test_crisis_with_something_taken_names_the_emergency_number_first(rules: SafetyRules) -> None:
    found = assess(make_question("I took a whole bottle of pills because I want to die"), rules, "US")
    assert found.notice is not None
    assert found.notice.kind == "crisis"
    phones = [contact.phone for contact in found.notice.contacts]
    assert phones[0] == "911"
    assert "1-800-222-1222" in phones


def test_contacts_of_a_second_match_are_added(rules: SafetyRules) -> None:
    found = assess(make_question("my husband hits me and I want to kill myself"), rules, "US")
    assert found.categories == ("C1", "C8")
    assert found.notice is not None
    assert {"988", "1-800-799-7233"} <= {contact.phone for contact in found.notice.contacts}


def test_two_pieces_of_advice_share_one_notice_while_they_are_short(rules: SafetyRules) -> None:
    found = assess(make_question("what dose is right, and should I stop my tramadol?"), rules, "US")
    assert found.notice is not None
    assert "doses" in found.notice.text
    assert "stop or change a medicine" in found.notice.text


FRIEND, OWN = "Help for someone you worry about", "Help is there for you now"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("my wife is suicidal", FRIEND),
        ("my friend wants to kill himself", FRIEND),
        ("my son says he wants to die", FRIEND),
        ("how do I help my son who wants to die", FRIEND),
        ("she has written a goodbye letter", FRIEND),
        ("my flatmate sent me a goodbye message", FRIEND),
        ("mi hermano quiere suicidarse", FRIEND),
        ("my husband took pills to kill himself", FRIEND),
        ("I want to die and my wife is suicidal", OWN),
        ("my wife is suicidal and I want to die", OWN),
        ("my wife is suicidal and so am I", OWN),
        ("my brother killed himself and I want to follow him", OWN),
        ("my son is suicidal. I can't go on either", OWN),
        ("my wife would be better off without me", OWN),
        ("I want to die, my son found my note", OWN),
        ("my husband left, want to die", OWN),
        ("my husband told me to kill myself", OWN),
        ("my doctor says I'm suicidal", OWN),
        ("my brother took his own life and I want to join him", OWN),
        ("the rope seems so peaceful", OWN),
    ],
)
def test_panel_speaks_to_whoever_is_in_danger_and_in_doubt_to_the_visitor(
    text: str, title: str, rules: SafetyRules
) -> None:
    found = assess(make_question(text), rules, "US")
    assert found.notice is not None
    assert (found.level, found.notice.title) == (1, title)


def test_something_taken_by_somebody_else_keeps_the_words_for_them(rules: SafetyRules) -> None:
    found = assess(make_question("my son wants to die and he has taken all his tablets"), rules, "US")
    assert found.notice is not None
    assert found.notice.title == FRIEND
    assert {"988", "911", "1-800-222-1222"} <= {contact.phone for contact in found.notice.contacts}


# --- earlier questions --------------------------------------------------------------------------


def test_crisis_among_the_last_three_questions_keeps_a_short_notice(rules: SafetyRules) -> None:
    found = assess(make_question(ORDINARY, "I want to die", "what is ketamine", "is it safe"), rules, "US")
    assert found.notice is not None
    assert (found.level, found.notice.kind, found.categories) == (2, "advice", ())
    assert "988" in found.notice.text


def test_crisis_four_questions_ago_is_let_go(rules: SafetyRules) -> None:
    history = ("I want to die", "what is ketamine", "is it safe", "does it hurt")
    assert assess(make_question(ORDINARY, *history), rules, "US").notice is None


def test_kept_notice_stands_before_a_framing_line(rules: SafetyRules) -> None:
    found = assess(make_question("should I stop my tramadol?", "I want to die"), rules, "US")
    assert found.notice is not None
    assert found.notice.text.index("988") < found.notice.text.index("medicine")


def test_urgent_question_outweighs_what_was_said_before(rules: SafetyRules) -> None:
    found = assess(make_question("then I'd rather be dead", "does it work for everyone?"), rules, "US")
    assert found.level == 1


@pytest.mark.parametrize(
    ("text", "history", "title", "phones"),
    [
        ("I have chest pain", ("I want to die",), "This may be an emergency", ["911", "988"]),
        ("I have chest pain", ("I want to die", ORDINARY, ORDINARY), "This may be an emergency", ["911", "988"]),
        ("I have chest pain", ("I want to die", *[ORDINARY] * 3), "This may be an emergency", ["911"]),
        ("I took them all", ("I want to die",), "Get help now", ["911", "988", "1-800-222-1222"]),
        ("I took too much", ("I want to die",), "Get help now", ["911", "988", "1-800-222-1222"]),
        ("I took my pills", ("I want to die",), "Get help now", ["911", "988", "1-800-222-1222"]),
        ("I want to die", ("I took a whole bottle of pills",), "Get help now", ["911", "988", "1-800-222-1222"]),
        ("I want to die", ("my husband hits me",), OWN, ["988", "911", "1-800-799-7233"]),
        (
            "I have chest pain",
            ("I took a whole bottle of pills because I want to die",),
            "This may be an emergency",
            ["911", "988", "1-800-222-1222"],
        ),
        (
            "she took all her tablets",
            ("my wife is suicidal",),
            "This may be an emergency",
            ["911", "1-800-222-1222", "988"],
        ),
    ],
)
def test_urgent_question_keeps_the_contacts_of_an_earlier_one_behind_its_own(
    text: str, history: tuple[str, ...], title: str, phones: list[str], rules: SafetyRules
) -> None:
    found = assess(make_question(text, *history), rules, "US")
    assert found.notice is not None
    assert (found.level, found.notice.title) == (1, title)
    listed = [contact.phone for contact in found.notice.contacts]
    assert [phone for phone in dict.fromkeys(listed) if phone in NUMBERS] == phones


def test_question_after_an_urgent_one_is_private(rules: SafetyRules) -> None:
    spine = "I cannot pee and my groin is numb"
    assert not assess(make_question(spine), rules, "US").is_private
    assert assess(make_question(spine, "I want to die"), rules, "US").is_private
    assert assess(make_question(ORDINARY, spine), rules, "US").is_private


def test_every_urgent_question_among_the_last_three_is_kept(rules: SafetyRules) -> None:
    found = assess(make_question(ORDINARY, "I want to die", "I have chest pain"), rules, "US")
    assert found.notice is not None
    assert "unwell" in found.notice.text
    assert "988" in found.notice.text


@pytest.mark.parametrize(
    ("before", "word"),
    [
        ("I have crushing chest pain", "unwell"),
        ("I cannot pee and my groin is numb", "unwell"),
        ("I took a whole bottle of pills", "Poison"),
        ("my partner beats me", "not safe"),
        ("I want to die", "hurt yourself"),
        ("my wife is suicidal", "stay with them"),
    ],
)
def test_kept_notice_fits_what_was_said(before: str, word: str, rules: SafetyRules) -> None:
    """Its contacts are no more than the urgent notice had."""
    urgent = assess(make_question(before), rules, "US").notice
    kept = assess(make_question(ORDINARY, before), rules, "US").notice
    assert urgent is not None
    assert kept is not None
    assert word in kept.text
    assert kept.contacts
    assert set(kept.contacts) <= set(urgent.contacts)


@pytest.mark.parametrize(
    ("asked", "then", "category"),
    [
        ("what are the signs of an overdose?", "I have all of those", "C4"),
        ("what is cauda equina syndrome?", "I think I have that", "C6"),
        ("does ketamine help suicidal thoughts?", "yes I have them", "C1"),
    ],
)
def test_what_was_asked_in_general_counts_when_it_is_said_to_happen(
    asked: str, then: str, category: str, rules: SafetyRules
) -> None:
    found = assess(make_question(then, asked), rules, "US")
    assert (found.level, found.categories) == (1, (category,))


def test_the_same_words_after_another_question_mean_nothing(rules: SafetyRules) -> None:
    assert assess(make_question("I think I have that", "what is sciatica?"), rules, "US").level == 4


# --- private details ----------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["mail me at a.person@example.org", "ring 020 7946 0018", "born 12/03/1961"])
def test_private_details_get_a_note_that_does_not_repeat_them(text: str, rules: SafetyRules) -> None:
    found = assess(make_question(text), rules, "US")
    assert "C18" in found.categories
    assert found.notice is not None
    assert not set("0123456789@") & set(found.notice.text)


@pytest.mark.parametrize("text", ["does 0.5 mg/kg help?", "pain since 2015, worse in 2019", "L4/L5 and L5/S1"])
def test_numbers_of_a_story_are_no_private_details(text: str, rules: SafetyRules) -> None:
    assert "C18" not in assess(make_question(text), rules, "US").categories


# --- the disclaimer -----------------------------------------------------------------------------


@pytest.mark.parametrize("region", REGIONS)
def test_disclaimer_keeps_every_fixed_word_in_every_region(region: str) -> None:
    words = disclaimer(Settings(region=region))
    before, after = DISCLAIMER.split("{emergency}")
    assert words.startswith(before)
    assert after.strip() in words
    assert EMERGENCY_NUMBERS[region] in words


def test_disclaimer_adds_the_specialist_and_takes_nothing_away() -> None:
    specialist = Specialist(name="Dr Example", phone="+1 202 555 0143", url="https://clinic.example")
    plain, longer = disclaimer(Settings()), disclaimer(Settings(specialist=specialist))
    assert longer.startswith(plain)
    assert "Dr Example, +1 202 555 0143, https://clinic.example" in longer


def test_empty_disclaimer_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notices, "DISCLAIMER", "  ")
    with pytest.raises(ValueError, match="may not be empty"):
        disclaimer(Settings())


def test_emergency_numbers_in_code_are_those_of_the_help_table(rules: SafetyRules) -> None:
    assert {code: region.words["emergency"] for code, region in rules.regions.items()} == EMERGENCY_NUMBERS


def test_every_region_of_the_settings_has_its_help(rules: SafetyRules) -> None:
    assert [region.code for region in all_resources(rules)] == list(REGIONS)
    assert all(region.contacts for region in all_resources(rules))


@pytest.mark.parametrize("region", [*REGIONS, "XX"])
def test_general_help_needs_no_rules(region: str) -> None:
    notice = general_help(region)
    assert EMERGENCY_NUMBERS.get(region, EMERGENCY_NUMBERS["elsewhere"]) in notice.text
    assert notice.contacts


@pytest.mark.parametrize("region", [*REGIONS, "XX"])
def test_help_for_now_has_the_general_words_and_the_numbers_of_the_region(region: str, rules: SafetyRules) -> None:
    notice = help_for_now(rules, region)
    own = rules.regions.get(region, rules.regions["elsewhere"])
    assert notice.text == general_help(region).text
    assert set(notice.contacts) <= set(own.contacts)
    assert {resource.contact for resource in own.resources if resource.role == "crisis"} < set(notice.contacts)
