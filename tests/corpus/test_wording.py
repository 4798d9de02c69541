"""Amounts, promises and openings, in the words that editors really write."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.corpus.wording import doses, forbidden_words, opening_pronoun, promises
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


@given(st.text(max_size=200))
def test_any_text_can_be_read(text):
    assert all(isinstance(amount, str) for amount in (*doses(text), *promises(text), *forbidden_words(text)))
    assert opening_pronoun(text) is None or opening_pronoun(text).lower() in text.lower()


@pytest.mark.parametrize("piece", ["1", "one ", "1.", "fifty-", "half a ", "1 ", "no cure ", "٥", "it "])
def test_a_long_text_of_one_piece_is_read_in_no_time(piece):
    text = (piece * 2000)[:2000]
    assert cpu_seconds(lambda: (doses(text), promises(text), forbidden_words(text))) < 0.1


@pytest.mark.parametrize("word", ["breakthrough", "guaranteed", "revolutionary", "Miracle", "risk-free"])
def test_advertising_words_are_forbidden(word):
    assert forbidden_words(f"This {word} treatment") == (word,)


@pytest.mark.parametrize("word", ["cures", "proven", "safe", "root cause", "reset", "best"])
def test_a_bare_promise_is_noticed(word):
    assert promises(f"Ketamine {word} the nerves.") == (word,)


@pytest.mark.parametrize(
    "text",
    [
        "Ketamine is no cure for pain.",
        "It has not been proven to work.",
        "No trial has shown the best number of infusions.",
        "Ketamine isn't safe for everyone.",
        "Is ketamine safe?",
        "Nobody knows whether it is safe.",
    ],
)
def test_a_denied_or_asked_promise_is_none(text):
    assert promises(text) == ()


def test_a_denial_in_another_sentence_does_not_excuse_a_promise():
    assert promises("There is no need to worry. Ketamine is safe.") == ("safe",)


@pytest.mark.parametrize("text", ["It often helps.", "“This drug works.”", "They fade.", "Its effect is short."])
def test_a_paragraph_that_opens_with_a_pronoun_is_noticed(text):
    assert opening_pronoun(text)


@pytest.mark.parametrize("text", ["Italy has clinics.", "Relief fades.", "Therapy helps.", ""])
def test_a_paragraph_that_names_its_subject_is_not(text):
    assert opening_pronoun(text) is None
