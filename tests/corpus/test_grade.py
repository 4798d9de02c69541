"""Syllables by ear, grade by formula."""

import pytest

from chatbot.corpus.grade import readability, syllables


@pytest.mark.parametrize(
    ("word", "heard"),
    [
        ("pain", 1), ("made", 1), ("eased", 1), ("helped", 1), ("needed", 2), ("table", 2), ("places", 2), ("times", 1),
        ("doctor", 2), ("medicine", 3), ("receptor", 3), ("pressure", 2), ("the", 1), ("nerve", 1), ("rhythm", 1),
    ],
)  # fmt: skip
def test_syllables_are_counted_as_heard(word, heard):
    assert syllables(word) == heard


def test_every_word_has_a_syllable():
    assert syllables("hmm") == syllables("1") == 1


def test_the_grade_follows_the_formula():
    text = readability(["The cat sat on the mat.", "The dog ran."])
    assert (text.words, text.sentences, text.syllables) == (9, 2, 9)
    assert text.grade == pytest.approx(0.39 * 9 / 2 + 11.8 * 1 - 15.59)


def test_longer_words_and_sentences_read_harder():
    easy = readability(["Pain may fade. It may come back."])
    hard = readability(["Considerable pharmacological uncertainty surrounds subsequent administration, evidently."])
    assert easy.grade < 3 < hard.grade


def test_a_medical_name_weighs_no_more_than_a_plain_word():
    assert readability(["Ketamine helps."]).grade == readability(["Doctor helps."]).grade


def test_nothing_to_read_has_grade_zero():
    assert readability([]).grade == 0
