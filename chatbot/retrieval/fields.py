"""What is indexed of a passage: its words, its neighbouring pairs, its headings, its sentences."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence

from chatbot.text.sentences import sentences
from chatbot.text.tokens import question_words, tokens
from chatbot.values import Passage

TITLE_COPIES = 2
# How often title, heading and sample questions count beside the text; 1 to 3 differ by under 0.5 points on every set.


def subject(text: str) -> list[str]:
    """Return the stems of a text that carry its subject, in order."""
    return [token.stem for token in tokens(text) if token.word not in question_words()]


def words_of(passage: Passage) -> list[str]:
    """Return the stems under which the passage is found; those of its headings stand in it more than once."""
    return subject(passage.text) + TITLE_COPIES * [stem for text in names_of(passage) for stem in subject(text)]


def pairs_of(passage: Passage) -> list[str]:
    """Return the neighbouring pairs of subject words in text, title and headings."""
    names = [pair for text in names_of(passage) for pair in neighbours(subject(text))]
    return neighbours(subject(passage.text)) + TITLE_COPIES * names


def neighbours(stems: Sequence[str]) -> list[str]:
    """Return "low back" and "back pain" for low, back, pain."""
    return [f"{one} {other}" for one, other in itertools.pairwise(stems)]


def names_of(passage: Passage) -> tuple[str, ...]:
    """Return the texts that say what the passage is about."""
    return (passage.title, *passage.headings)


def asked_of(passage: Passage) -> tuple[str, ...]:
    """Return the questions that the passage's section answers: its nearest heading, and staff's own wordings."""
    nearest = passage.headings[-1:] or (passage.title,)
    return (*nearest, *passage.questions)


def wording(text: str) -> list[str]:
    """Return every stem of a text once, question words included: "what is" sets a definition apart."""
    return list(dict.fromkeys(token.stem for token in tokens(text)))


def sentence_words(passages: Iterable[Passage]) -> tuple[list[frozenset[str]], list[int]]:
    """Return (the subject stems of every sentence in order, the number of the passage that each belongs to)."""
    words: list[frozenset[str]] = []
    owners: list[int] = []
    for number, passage in enumerate(passages):
        for span in sentences(passage.text):
            words.append(frozenset(subject(passage.text[span.start : span.end])))
            owners.append(number)
    return words, owners
