from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from chatbot.text.reading import read
from chatbot.text.sentences import sentences
from chatbot.text.tokens import all_stems, question_words, subject_stems, tokens

TEXTS = st.one_of(
    st.text(max_size=60), st.lists(st.sampled_from("It eases the pain. Does\nwho’s".split(" "))).map(" ".join)
)


@given(TEXTS)
def test_a_reading_holds_every_word_where_it_stands(text: str) -> None:
    found = {(stem, span.start, span.end) for stem, spans in read(text).places.items() for span in spans}
    assert found == {(token.stem, token.start, token.end) for token in tokens(text)}


@given(TEXTS)
def test_sentences_hold_the_words_between_their_ends(text: str) -> None:
    held = [sentence.stems for sentence in read(text).sentences]
    assert held == [frozenset(all_stems(text[span.start : span.end])) for span in sentences(text)]


@given(TEXTS)
def test_stems_alone_are_those_of_the_tokens(text: str) -> None:
    subjects = [token.stem for token in tokens(text) if token.word not in question_words()]
    assert all_stems(text) == [token.stem for token in tokens(text)]
    assert subject_stems(text) == subjects
    assert read(text).subjects == frozenset(subjects)


def test_a_sentence_after_a_pronoun_leans_and_a_list_item_loses_its_mark() -> None:
    first, second = read("It helps.\n- Rest").sentences
    assert (first.leans, second.leans) == (True, False)
    assert second.span.start == len("It helps.\n- ")


def test_a_few_words_that_begin_a_line_name_what_follows_them() -> None:
    text = "Tests:\n- Blood tests. They are taken once a year.\n- An MRI."
    named = [text[each.span.start : each.span.end] for each in read(text).sentences if each.names]
    assert named == ["Blood tests."]


def test_a_sentence_knows_what_it_gives() -> None:
    assert [each.gives for each in read("It lasts three weeks. It eases pain.").sentences] == [{"time"}, frozenset()]
