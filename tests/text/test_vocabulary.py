"""The words that the articles use."""

from __future__ import annotations

from chatbot.text.lexicon import NO_LEXICON, make_lexicon
from chatbot.text.vocabulary import read_vocabulary
from tests.builders import make_passage


def test_words_of_text_title_headings_and_sample_questions_are_counted() -> None:
    passage = make_passage("The nerve. The nerve!", title="Leg", headings=("Cause",), questions=("What is it?",))
    words = read_vocabulary([passage], NO_LEXICON).words
    assert words == {"the": 2, "nerve": 2, "leg": 1, "cause": 1, "what": 1, "is": 1, "it": 1}


def test_words_that_only_the_lexicon_knows_are_known_but_stand_nowhere() -> None:
    lexicon = make_lexicon({"words": [{"say": ["drips"], "mean": ["infusion"]}]})
    vocabulary = read_vocabulary([make_passage("An infusion.")], lexicon)
    assert vocabulary.words["drips"] == 0
    assert "drip" not in vocabulary.stems
    assert "infus" in vocabulary.stems


def test_a_lexicon_word_that_the_articles_use_keeps_its_count() -> None:
    lexicon = make_lexicon({"words": [{"say": ["drip"], "mean": ["infusion"]}]})
    assert read_vocabulary([make_passage("A drip and a drip.", title="")], lexicon).words["drip"] == 2


def test_no_passages_have_no_words() -> None:
    assert read_vocabulary([], NO_LEXICON).stems == frozenset()
