"""How many slips lie between two words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from chatbot.text.edits import edits

LETTERS = st.text(alphabet="abct", max_size=7)


def naive_edits(one: str, other: str) -> int:
    """Count edits by trying every one: the definition itself."""
    if not one or not other:
        return len(one) + len(other)
    fewest = min(
        naive_edits(one[1:], other) + 1,
        naive_edits(one, other[1:]) + 1,
        naive_edits(one[1:], other[1:]) + (one[0] != other[0]),
    )
    if len(one) > 1 and len(other) > 1 and one[:2] == other[1::-1]:
        fewest = min(fewest, naive_edits(one[2:], other[2:]) + 1)
    return fewest


@given(LETTERS, LETTERS, st.integers(0, 4))
def test_edits_are_counted_as_by_hand_up_to_the_limit(one: str, other: str, most: int) -> None:
    assert edits(one, other, most) == min(naive_edits(one, other), most + 1)


@given(LETTERS, LETTERS, st.integers(0, 4))
def test_edits_are_the_same_both_ways(one: str, other: str, most: int) -> None:
    assert edits(one, other, most) == edits(other, one, most)


@given(st.text(), st.integers(0, 4))
def test_a_word_is_no_edit_away_from_itself(word: str, most: int) -> None:
    assert edits(word, word, most) == 0
