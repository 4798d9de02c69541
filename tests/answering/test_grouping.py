from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from chatbot.answering.grouping import HIDDEN, LEAST, Asking, groups, likeness, themes
from chatbot.text.lexicon import content_stems

KNOWN = {"ketamine": 9, "treatment": 2}


def askings(*texts: str) -> list[Asking]:
    return [Asking(n, " ".join(sorted(set(content_stems(text)))), text) for n, text in enumerate(texts, 1)]


def test_what_fewer_than_three_ask_is_not_shown() -> None:
    assert groups(askings("does it help gout", "ketamine for gout"), KNOWN) == ()


def test_three_askings_that_are_alike_are_one_group() -> None:
    asked = askings("does it help gout", "gout and ketamine", "will it help with my gout", "weather in lisbon")
    [group] = groups(asked, KNOWN)
    assert (group.count, group.numbers, group.words[0]) == (3, (1, 3, 2), "gout")
    assert "weather in lisbon" not in group.texts


def test_large_groups_come_first() -> None:
    found = groups(askings(*["about gout"] * 3, *["about tinnitus"] * 4), KNOWN)
    assert [group.count for group in found] == [4, 3]


def test_order_of_asking_decides_nothing() -> None:
    asked = askings(*["about gout"] * 3, *["gout treatment"] * 2, *["tinnitus ketamine"] * 3, "gout ketamine")
    mixed = asked[:]
    random.Random(3).shuffle(mixed)
    assert [(g.key, g.texts, g.count) for g in groups(asked, KNOWN)] == [
        (g.key, g.texts, g.count) for g in groups(mixed, KNOWN)
    ]


def test_word_that_nobody_knows_and_one_wrote_is_not_shown() -> None:
    [group] = groups(askings("gout of zbigniewek", "my gout", "gout ketamine please"), KNOWN)
    assert f"gout of {HIDDEN}" in group.texts


def test_word_that_nobody_knows_is_shown_when_three_wrote_it() -> None:
    [group] = groups(askings(*["does xylotrin help"] * 3), KNOWN)
    assert group.texts == ("does xylotrin help",)


def test_likeness_weighs_words_by_their_rarity() -> None:
    assert likeness("gout ketamin", "gout ketamin") == 1.0
    assert likeness("gout time", "gout year") > 0.5 > likeness("gout time", "tinnitus time")
    assert likeness("", "") == 0.0


def test_word_of_nearly_every_article_makes_no_two_questions_alike() -> None:
    asked = askings("ketamine for gout", "ketamine for tinnitus", "ketamine for asthma")
    assert groups(asked, {"ketamine": 900, "pain": 700}) == ()
    assert themes({"ketamine": 900, "the": 5000, "gout": 0}) == {"ketamin"}


@given(st.lists(st.sampled_from(["gout", "my gout", "tinnitus", "tinnitus help", "knee", "gout knee"]), max_size=20))
def test_every_asking_is_in_at_most_one_group_of_three_and_more(texts: list[str]) -> None:
    found = groups(askings(*texts), KNOWN)
    numbers = [number for group in found for number in group.numbers]
    assert len(numbers) == len(set(numbers))
    assert all(group.count == len(group.numbers) >= LEAST for group in found)
