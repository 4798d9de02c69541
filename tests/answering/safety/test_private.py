from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.answering.safety.private import MASK, masked
from tests.cpu import cpu_seconds

MASKED = (
    ("call me on +1 (555) 010-2030 please", "call me on ••• please"),
    ("555-2030 after six", "••• after six"),
    ("mail ana.ruiz@clinic.example now", "mail ••• now"),
    ("born 3 March 1961, is it ok?", "born •••, is it ok?"),
    ("DOB: 12/03/1961", "DOB: •••"),
    ("my name is Anna Maria Berg and I have pain", "my name is ••• and I have pain"),
    ("my name is john and i hurt", "my name is ••• and i hurt"),
    ("My name’s O'Brien", "My name’s •••"),
    ("me llamo José Pérez y me duele", "me llamo ••• y me duele"),
    ("SSN 123-45-6789, card 4111 1111 1111 1111", "SSN •••, card •••"),
    ("my record is 483920", "my record is •••"),
    ("in 2019 I had 3 infusions of 50 mg over 40 minutes", "in 2019 I had 3 infusions of 50 mg over 40 minutes"),
    ("disc L4-L5, 10 20 30, 6 weeks 2 days, age 45", "disc L4-L5, 10 20 30, 6 weeks 2 days, age 45"),
    ("from 2018 to 2019, 2020", "from 2018 to 2019, 2020"),
)


@pytest.mark.parametrize(("text", "shown"), MASKED)
def test_details_are_masked_and_the_question_stays(text: str, shown: str) -> None:
    assert masked(text) == shown


@given(st.text(alphabet="a1 2@.-/+(born)MyName is•é", max_size=200))
def test_masking_twice_changes_nothing_and_no_long_number_is_left(text: str) -> None:
    once = masked(text)
    assert masked(once) == once
    assert not any(run.isdigit() and len(run) > 5 for run in once.split())


@pytest.mark.parametrize("part", ["1 ", "@", "a.", "born ", "my name is a ", "1/1/"])
def test_no_text_makes_masking_slow(part: str) -> None:
    text = (part * 2000)[:2000]
    assert cpu_seconds(lambda: masked(text)) < 0.05
    assert MASK not in masked("is it safe?")
