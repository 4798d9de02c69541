from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.corpus.headings import fused_heading, heading_text, is_name_only, is_title_case, reads_as_heading, usage_of


@pytest.mark.parametrize(
    "line",
    [
        "What Is Gout?",
        "What is gout",
        "Causes",
        "Causes:",
        "CAUSES OF GOUT",
        "Short-term vs. Long-term Effects",
        "2. How the Joint Swells:",
        "Let’s Look at the Use of Heat and Cold in the First Two Weeks After a Fall on Ice",
        "When should a person with a swollen knee go and see a doctor about it?",
        "“Wear and Tear”: What Doctors Mean",
        "Medicines (and What They Do)",
        "5 Myths About Rest",
    ],
)
def test_line_that_reads_as_a_heading(line):
    assert reads_as_heading(line)


@pytest.mark.parametrize(
    "line",
    [
        "Gout comes from crystals in a joint.",
        "gout",
        "",
        ":",
        "Gout hurts! It comes at night",
        "First one thing, then another; and then",
        "a line that begins small",
        "Some chronic conditions for which a warm bath may be useful are:",
        "This is a sentence whose writer forgot the full stop at the end",
        "Rest,",
        "Wait…",
    ],
)
def test_line_that_does_not_read_as_a_heading(line):
    assert not reads_as_heading(line)


def test_heading_is_shown_without_its_number_and_colon():
    assert heading_text("2. How the Joint Swells:") == "How the Joint Swells"
    assert heading_text("IV. Rest") == "Rest"
    assert heading_text("What Is Gout?") == "What Is Gout?"
    assert heading_text("3 Myths") == "3 Myths"


def test_title_case_lets_small_words_be_small():
    assert is_title_case("The Role of Rest in Gout")
    assert is_title_case("SIGNS AND CAUSES")
    assert not is_title_case("The role of rest")
    assert not is_title_case("2014")


def test_an_item_that_makes_a_statement_is_no_name():
    assert is_name_only("Irritable Bowel (IBS):")
    assert not is_name_only("Rest: it helps")
    assert not is_name_only("Rest helps.")


ARTICLE = [
    "Swimming is kind to the hip. In water the joint carries little weight.",
    "Most people find that swimming loosens the joint.",
    "Swimming costs little. Patients need a towel, and the pool needs to be warm.",
]


def fused(text: str) -> str | None:
    return fused_heading(text, usage_of([*ARTICLE, text]))


@pytest.mark.parametrize(
    ("heading", "sentence"),
    [
        ("Risks and Cautions", "Swimming in cold water can bring cramps on."),
        ("Signs & Symptoms", "Swelling comes first and heat follows."),
        ("Side Effects", "The most common ones are tiredness and dry skin."),
        ("Treatment Options", "There are many ways to begin."),
        ("Conclusion", "Swimming is worth a try for most people."),
        ("How Long Does It Last?", "Relief lasts for a day in most people."),
        ("What to Expect", "Patients often feel tired after the first hour."),
        ("Benefits of Water", "When the hip carries less, it moves more."),
    ],
)
def test_heading_fused_to_its_paragraph_is_found(heading, sentence):
    assert fused(f"{heading} {sentence}") == heading


@pytest.mark.parametrize(
    "paragraph",
    [
        "Complex Regional Pain Syndrome is a condition that follows an injury.",
        "The National Library of Medicine keeps many papers.",
        "Food and Drug Administration approval came in 1970.",
        "Centers for Disease Control and Prevention figures show a rise.",
        "Johns Hopkins Medicine says that pain is common.",
        "Dr. Jane Smith leads the team at the hospital.",
        "Mary Jane Smith leads the team at the hospital.",
        "Chronic Hepatitis A is rare in adults.",
        "Physical Therapy Association guidelines say so every year.",
        "New England Journal of Medicine published the trial.",
        "Type I diabetes begins early in life.",
        "Vitamin D helps the bones of older people.",
        "World Health Organization experts met in Geneva.",
        "In New York City the clinics are full.",
        "Living With Pain can be hard on a family.",
        "Medicare Part B covers some of the cost.",
        "The Benefits Agency pays for a part of it.",
        "The American Society of Anesthesiologists advises against it.",
        "Johnson and Johnson makes the spray.",
        "Is it safe? Most people have no trouble with it.",
        "Swimming helps. Swimming also costs little.",
        "X-rays show bones well.",
        "US adults were asked about pain.",
        "MRI and CT show soft tissue well.",
        "Neuropathic Pain: This is caused by damage to nerves.",
        "Monday, Wednesday and Friday swimming is free.",
        "Swimming Is Fun",
        "Research Councils UK funds the trial.",
        "Tips From Patients help more than leaflets.",
        "Diabetes-related Hypoglycemia - When people with diabetes skip a meal, their sugar falls.",
    ],
)
def test_a_sentence_that_begins_with_names_is_left_whole(paragraph):
    assert fused(paragraph) is None


def test_words_that_belong_together_elsewhere_are_not_parted():
    text = "Risks and Effects Swimming has are few and small."
    assert fused_heading(text, usage_of([*ARTICLE, text])) == "Risks and Effects"
    assert fused_heading(text, usage_of([*ARTICLE, text, "The effects swimming has are small."])) is None


@given(st.text(max_size=200))
def test_a_fused_heading_is_always_the_beginning_of_the_text(text):
    heading = fused_heading(text, usage_of([text]))
    assert heading is None or " ".join(text.split()).startswith(heading)
