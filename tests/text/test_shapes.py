"""Words by the forms that they share with their slips."""

from __future__ import annotations

from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from chatbot.text.shapes import changed_shapes, make_shapes

WORDS = st.frozensets(st.text("abc", min_size=1, max_size=4), max_size=12)


def forms(word: str) -> set[str]:
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}


def named(words: Iterable[str], wanted: Iterable[str]) -> set[str]:
    return {word for word in words if forms(word) & set(wanted)}


@given(words=WORDS, asked=st.text("abc", max_size=5))
def test_the_words_that_share_a_form_are_found(words: frozenset[str], asked: str) -> None:
    assert make_shapes(words, forms).of(forms(asked)) == named(words, forms(asked))


@given(before=WORDS, after=WORDS)
def test_a_change_gives_what_reading_all_again_gives(before: frozenset[str], after: frozenset[str]) -> None:
    changed = changed_shapes(make_shapes(before, forms), before - after, after - before, forms)
    assert changed == make_shapes(after, forms)
    assert hash(changed) == hash(make_shapes(after, forms))


def test_other_words_are_another_thing() -> None:
    assert make_shapes(["nerve"], forms) != make_shapes(["nerves"], forms)
    assert make_shapes(["nerve"], forms) != "nerve"
