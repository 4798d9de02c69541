"""What is indexed of a passage: its words, its neighbouring pairs, its headings, its sentences."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence

from chatbot.text.sentences import sentences
from chatbot.text.tokens import question_words, tokens
from chatbot.values import Passage


def subject(text: str) -> list[str]:
    """Return the stems of a text that carry its subject, in order."""
    return [token.stem for token in tokens(text) if token.word not in question_words()]


def subjects(texts: Iterable[str]) -> list[str]:
    """Return the subject stems of several texts, one after the other."""
    return [stem for text in texts for stem in subject(text)]


def words_of(passage: Passage) -> list[str]:
    """Return the stems under which the passage is found: its own, its headings' and its title's."""
    return subject(passage.text) + subjects(names_of(passage))


def pairs_of(passage: Passage) -> list[str]:
    """Return the neighbouring pairs of subject words in text, title and headings."""
    return [pair for text in (passage.text, *names_of(passage)) for pair in neighbours(subject(text))]


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
    """Return every stem of a text, question words included: "what is" sets a definition apart."""
    return [token.stem for token in tokens(text)]


def sentence_words(texts: Iterable[str]) -> tuple[list[frozenset[str]], list[int]]:
    """Return (the subject stems of every sentence in order, the number of the text that each belongs to)."""
    words: list[frozenset[str]] = []
    owners: list[int] = []
    for number, text in enumerate(texts):
        for span in sentences(text):
            words.append(frozenset(subject(text[span.start : span.end])))
            owners.append(number)
    return words, owners
