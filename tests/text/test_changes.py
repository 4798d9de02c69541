"""What is read of a corpus after an edit, beside reading all of it again."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from chatbot.text.lexicon import make_lexicon
from chatbot.text.query import changed_language, make_language
from chatbot.text.vocabulary import difference
from chatbot.values import Passage
from tests.builders import make_passage

WORDS = st.sampled_from("sciatica sciatic nerve nerves migraine anesthetic anesthesia drip pain 42 x-ray don't".split())
PASSAGES = st.lists(
    st.lists(WORDS, max_size=6).map(" ".join).map(lambda text: make_passage(text, title="Nerve")), max_size=5
)
LEXICON = make_lexicon({"words": [{"say": ["drip", "migraine cure"], "mean": ["infusion"]}]})


@given(PASSAGES, PASSAGES)
def test_the_language_after_an_edit_is_that_of_reading_all_again(before: list[Passage], after: list[Passage]) -> None:
    first, last, new_last = difference(before, after)
    changed = changed_language(make_language(before, LEXICON), before[first:last], after[first:new_last])
    whole = make_language(after, LEXICON)
    assert changed.spelling.vocabulary.words == whole.spelling.vocabulary.words
    assert changed.spelling.shapes == whole.spelling.shapes
    assert changed.spelling.sounds == whole.spelling.sounds
    assert changed.relatives.families == whole.relatives.families


@given(PASSAGES, PASSAGES)
def test_a_difference_leads_from_one_corpus_to_the_other(before: list[Passage], after: list[Passage]) -> None:
    first, last, new_last = difference(before, after)
    assert [*before[:first], *after[first:new_last], *before[last:]] == after
    assert difference(before, list(before))[:2] == (len(before), len(before))
