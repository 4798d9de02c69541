"""Doses as texts name them: amounts, schedules, and sentences that tell to take a medicine."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.text.dosing import AMOUNT, SCHEDULE, doses, names_dose
from tests.cpu import cpu_seconds

UNITS = ["mg", "mcg", "µg", "μg", "g", "ml", "mL", "units", "milligrams", "micrograms", "milliliters", "mg/kg"]


@pytest.mark.parametrize("space", ["", " ", "-", "\u00a0", "\u202f"])
@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("number", ["50", "0.5", "1,000", ".5", "½", "٥"])
def test_a_number_before_a_unit_is_a_dose(number, space, unit):
    assert doses(f"The team gave {number}{space}{unit} over an hour.")


@pytest.mark.parametrize(
    "text",
    [
        "fifty milligrams",
        "twenty-five mg",
        "one hundred and ten micrograms",
        "half a gram",
        "zero point five milligrams",
        "a quarter of a milligram",
        "fifty units",
        "0.5 per kg",
        "half a milligram per kilogram",
        "2 for every hour/kg",
        "50 M G",
    ],
)
def test_a_written_out_or_disguised_amount_is_a_dose(text):
    assert doses(f"Some people get {text} at first.")


@pytest.mark.parametrize(
    "text",
    [
        "In 2023, 24.3% of adults in the United States had chronic pain.",
        "The review counted 7 trials with 211 people.",
        "Pain fell by 1.83 points on a scale from 0 to 10.",
        "Up to 12 weeks, or 3 months.",
        "Guideline NG59, at ages over 16.",
        "One gave relief, ten more did not.",
        "A person of 70 kg or more.",
        "It was 5 good days.",
        "what is the ketamine dose in mg/kg",
        "three glasses and 4 grapes",
    ],
)
def test_numbers_of_other_things_are_no_dose(text):
    assert doses(text) == ()


def test_each_amount_of_a_text_is_named():
    assert doses("First 10 mg, later twenty mg.") == ("10 mg", "twenty mg")


@pytest.mark.parametrize(
    "text",
    [
        "Take half a vial every morning and another two sprays at night",
        "two sprays at night",
        "one lozenge twice a day",
        "take three tablets",
        "People use two sprays at night.",
        "Take ketamine daily.",
        "Take gabapentin daily with food.",
        "Take it twice a day.",
        "Put one lozenge under your tongue three times daily.",
        "Apply a patch every 72 hours.",
        "Use the nasal spray four times a day.",
        "Start with a quarter of a troche.",
        "Increase by one tablet each week.",
        "Put two drops under your tongue before bed.",
        "Most patients take 1-2 lozenges per day.",
        "Use no more than 3 sprays in 24 hours.",
        "A dose every four hours works for most.",
        "Swallow two pills with water.",
        "One spray in each nostril, up to three times a day.",
        "a maximum of six sprays",
        "Two teaspoons at bedtime.",
        "One or two tablets every 4-6 hours.",
        "Ketamine should be taken twice a day.",
        "Patients should take it every eight hours.",
        "The lozenge is to be taken every night.",
        "You must take the ketamine every morning.",
        "You should take ketamine.",
        "Inject it every other day.",
        "One capsule a day.",
        "2 tablets twice daily",
        "She took ten tablets.",
        "Take a ketamine lozenge twice a day for a month.",
        "Take one before bed and one tablet in the morning.",
        "Take four of the lozenges at once.",
        "Use the spray twice daily.",
        "A lozenge under the tongue at night.",
        "Take your dose every morning.",
        "snort ketamine twice a week",
        "You may take up to 3 doses a day.",
        "You can use the spray every hour.",
        "If pain comes back, take another lozenge after four hours.",
        "Take another two sprays.",
        "two tablets, three times a day",
        "Three lozenges daily",
        "one troche nightly",
        "Take the medicine every six hours",
    ],
)
def test_pieces_by_the_day_and_sentences_that_tell_to_take_a_medicine_are_doses(text):
    assert doses(text)


@pytest.mark.parametrize(
    "text",
    [
        "Ketamine tablets, lozenges and nasal sprays are not approved by the FDA.",
        "Two nasal sprays are on the market.",
        "Take a walk every day.",
        "Take a break every hour.",
        "Take notes every day.",
        "Use ice twice a day.",
        "Of 1,285 recreational users, those who used it daily had more trouble.",
        "People who took ketamine every day for years had more bladder symptoms.",
        "Only your prescriber can say how much you should take.",
        "Ask whether you should take ketamine.",
        "You should take care.",
        "You should not take ketamine if your heart is weak.",
        "You should take somebody with you.",
        "At least 2 hours of watching after each dose.",
        "Stiffness is worse in the morning and at night.",
        "Regular medicines on the day of an infusion are a question for the prescriber.",
        "No web page can tell which pills to take or skip that morning.",
        "Take your medicines as prescribed.",
        "Each clinic sets its own time.",
        "Two people took tablets every day.",
        "Some people need a day off work.",
        "numb patches that hurt every night",
        "A drop in blood pressure at night is common.",
        "The drip runs for three hours a day.",
        "Ask a pharmacist before you take any pill.",
        "In one study 60 people had an infusion over five days.",
        "24 people were given one dose of ketamine.",
        "Trials compared tablets with sprays.",
        "It takes one to two hours.",
        "Take part in one of the two trials.",
        "Take it easy every day.",
        "Take time to rest each day.",
        "Bring a list of your tablets in the morning.",
        "Tell the team about every opioid, including patches, cough medicine and leftover tablets.",
        "Walk for ten minutes twice a day.",
        "Do the stretches three times a day.",
        "Take a bath in the evening.",
        "How is ketamine given: as a drip, a tablet or a nasal spray?",
        "How often can ketamine be given?",
        "An infusion can take one to four hours.",
        "Ketamine is given by drip in hospital every day for surgery.",
        "One pill will not fix pain every time.",
        "Doctors may use it every day in surgery.",
        "You can have them in daily life.",
        "A 30-day course",
        "Ask how long you should take the tablets.",
        "You should take your list of medicines with you.",
        "Use them in daily life.",
        "Avoid food before the drip; take a friend to bring you home.",
    ],
)
def test_everyday_sentences_about_medicines_and_times_are_no_dose(text):
    assert doses(text) == ()


def test_a_schedule_is_named_as_it_stands_there():
    text = "Take half a vial every morning and another two sprays at night."
    assert doses(text) == ("Take half a vial", "two sprays at night")


def test_a_dose_in_any_of_several_texts_is_enough():
    assert names_dose("Sciatica", "Take two tablets at night.")
    assert not names_dose("Sciatica", "The nerve is irritated.")


@given(st.text(max_size=200))
def test_any_text_can_be_read(text):
    assert names_dose(text) is bool(doses(text))


FORMS = "tablets", "lozenges", "sprays", "vials", "drops", "ampoules", "syringes", "sachets", "gummies", "patches"


@pytest.mark.parametrize("when", ["every night", "twice a day", "daily", "at bedtime", "each morning", "per day"])
@pytest.mark.parametrize("form", FORMS)
def test_every_form_counts_with_every_time(form, when):
    assert doses(f"Most people get two {form} {when}.") == (f"two {form} {when}",)


@given(
    st.sampled_from(["take", "use", "swallow", "you should inject", "please take"]),
    st.sampled_from(
        ["ketamine", "it", "two tablets", "the medicine", "5 ml", "a spray", "50 mg", "a dose", "morphine"]
    ),
    st.sampled_from(["", "every day", "twice a week", "at night", "hourly", "every four hours", "once daily"]),
)
def test_the_quick_look_misses_nothing_that_the_closer_one_finds(verb, what, when):
    text = f"{verb} {what} {when}".strip()
    assert bool(doses(text)) is bool(AMOUNT.search(text) or SCHEDULE.search(text))


@pytest.mark.parametrize(
    "piece", ["1", "one ", "1.", "fifty-", "half a ", "1 ", "٥", "take ", "two tablets ", "you should take ", "every "]
)
def test_a_long_text_of_one_piece_is_read_in_no_time(piece):
    text = (piece * 2000)[:2000]
    assert cpu_seconds(lambda: doses(text)) < 0.1
