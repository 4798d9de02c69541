"""Claims, promises, tellings and openings, in the words that editors really write."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.corpus.wording import claims, opening_pronoun, promises, tellings
from tests.cpu import cpu_seconds


@given(st.text(max_size=200))
def test_any_text_can_be_read(text):
    assert all(isinstance(found, str) for found in (*claims(text), *promises(text), *tellings(text)))
    assert opening_pronoun(text) is None or opening_pronoun(text).lower() in text.lower()


@pytest.mark.parametrize("piece", ["1", "no cure ", "cures ", "it is ", "is the best ", "“", "you ", "treats the "])
def test_a_long_text_of_one_piece_is_read_in_no_time(piece):
    text = (piece * 2000)[:2000]
    assert cpu_seconds(lambda: (claims(text), promises(text), tellings(text))) < 0.1


@pytest.mark.parametrize("word", ["breakthrough", "guaranteed", "revolutionary", "Miracle", "risk-free"])
def test_advertising_words_are_claims(word):
    assert claims(f"This {word} treatment") == (word,)


@pytest.mark.parametrize(
    "text",
    [
        "It is a proven cure that always works, completely safe.",
        "Ketamine cures chronic pain.",
        "Ketamine is safe.",
        "The infusion is safe and effective.",
        "It is a safe option for most people.",
        "Ketamine is clinically proven to work.",
        "The drip is a proven treatment.",
        "It treats the root cause of pain.",
        "It resets the nervous system.",
        "Ketamine is the best treatment for CRPS.",
        "It never fails.",
        "There is no doubt that it cures pain.",
        "It is not only safe and effective, but cheap.",
        "You have nothing to fear: ketamine is perfectly safe.",
        "No risk, guaranteed.",
        "Many patients were cured.",
    ],
)
def test_a_banned_word_that_claims_something_of_a_treatment_is_a_claim(text):
    assert claims(text)


@pytest.mark.parametrize(
    "text",
    [
        "Ask whether it is safe for you.",
        "Ask when it is safe to drive.",
        "Keep the tablets in a safe place.",
        "Get home safely.",
        "A medicine is safe only when it is used with care.",
        "Some people hope for a cure.",
        "A cure has not been found.",
        "Some clinics claim that ketamine cures pain.",
        "Nobody can promise a cure.",
        "There is no guarantee.",
        "No treatment is risk-free.",
        "Ketamine is not a miracle drug.",
        "Breakthrough pain is a sudden flare.",
        "The best treatment for CRPS is not known.",
        "The best way to find out is to ask.",
        "Ask your doctor what is best for you.",
        "Doctors look for the root cause of back pain.",
        "Treatments with proven benefit come first.",
        "The infection was cured, yet the pain stayed.",
        "Does ketamine cure pain?",
    ],
)
def test_what_is_denied_asked_or_said_of_something_else_claims_nothing(text):
    assert claims(text) == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("A cured infection may leave pain.", "cured"),
        ("Proven help is rare.", "Proven"),
        ("Get home safely.", "safely"),
        ("Think of it as a reset.", "reset"),
        ("The root cause is a nerve.", "root cause"),
        ("Exercise works best.", "best"),
    ],
)
def test_a_doubtful_word_that_claims_nothing_is_a_promise_to_look_at(text, words):
    assert (promises(text), claims(text)) == ((words,), ())


def test_a_claim_is_not_named_a_second_time_as_a_promise():
    assert promises("Ketamine is completely safe, and works best.") == ("best",)


@pytest.mark.parametrize("text", ["You should rest.", "Then you really should ask.", "You ought to know."])
def test_telling_the_reader_what_to_do_is_noticed(text):
    assert len(tellings(text)) == 1


@pytest.mark.parametrize(
    "text", ["The leaflet says “you should rest” there.", 'It says "you should".', "Should you ask?"]
)
def test_what_is_quoted_tells_the_reader_nothing(text):
    assert tellings(text) == ()


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
    assert promises("There is no need to worry. Walking is best.") == ("best",)


@pytest.mark.parametrize("text", ["It often helps.", "“This drug works.”", "They fade.", "Its effect is short."])
def test_a_paragraph_that_opens_with_a_pronoun_is_noticed(text):
    assert opening_pronoun(text)


@pytest.mark.parametrize("text", ["Italy has clinics.", "Relief fades.", "Therapy helps.", ""])
def test_a_paragraph_that_names_its_subject_is_not(text):
    assert opening_pronoun(text) is None
