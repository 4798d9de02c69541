"""Shared runs, near copies and numbers that disagree."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.corpus.repetition import conflicting_numbers, near_duplicates, shared_runs

NERVE = "The sciatic nerve runs from the lower back through the hip and down each leg to the foot."
COPY = "The sciatic nerve runs from the lower back through the hip and down each leg, as doctors say."
OTHER = "Ketamine is an anesthetic that some doctors give as a slow drip for chronic pain."


def test_two_paragraphs_that_mostly_share_their_words_in_a_row_are_near_duplicates():
    (found,) = near_duplicates([OTHER, NERVE, COPY])
    assert found[:2] == (1, 2)
    assert 0.5 <= found[2] < 1


def test_a_paragraph_copied_whole_is_wholly_shared():
    assert near_duplicates([NERVE, NERVE]) == ((0, 1, 1.0),)


def test_different_paragraphs_are_no_duplicates():
    assert near_duplicates([NERVE, OTHER, "Short."]) == ()


def test_a_run_of_eight_words_is_found_whatever_its_case_and_punctuation():
    other = "He said: the Sciatic nerve - runs from the LOWER back!"
    assert shared_runs([NERVE], [other]) == ("the sciatic nerve runs from the lower back",)


def test_seven_words_in_a_row_are_not_enough():
    assert shared_runs([NERVE], ["the sciatic nerve runs from the lower"]) == ()


def test_two_runs_of_one_text_are_both_reported():
    text = f"{NERVE} In between something else stands. {OTHER}"
    assert shared_runs([text], [NERVE, OTHER]) == tuple(run.lower().rstrip(".") for run in (NERVE, OTHER))


@given(st.lists(st.sampled_from("abcd"), max_size=30), st.lists(st.sampled_from("abcd"), max_size=30))
def test_every_shared_run_stands_in_both_texts(one, other):
    mine, theirs = " ".join(one), " ".join(other)
    for run in shared_runs([mine], [theirs], length=3):
        words = run.split()
        assert run in mine
        assert all(" ".join(words[at : at + 3]) in theirs for at in range(len(words) - 2))


def test_two_numbers_for_one_quantity_conflict():
    (conflict,) = conflicting_numbers(
        [
            "About 619 million people in the world had low back pain.",
            "Low back pain: 540 million people in the world had it.",
        ]
    )
    assert (conflict.first, conflict.second, conflict.quantity) == (0, 1, "people")
    assert conflict.values == ("619 million", "540 million")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The review counted 7 trials.", "The review counted 7 trials."),
        ("A 2019 review counted 7 trials of ketamine.", "A 2025 review counted 67 trials of ketamine."),
        ("The review of infusions counted 7 trials.", "Guidelines for migraine name 12 medicines."),
        ("Relief lasted 2 weeks in the trial.", "In the trial 60 people had relief."),
    ],
)  # fmt: skip
def test_the_same_number_other_years_and_other_subjects_do_not_conflict(one, other):
    assert conflicting_numbers([one, other]) == ()
