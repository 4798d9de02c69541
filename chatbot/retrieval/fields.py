"""What is indexed of a passage: its words, its neighbouring pairs, its headings, its sentences."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from functools import lru_cache

from chatbot.text.sentences import sentences
from chatbot.text.tokens import all_stems, subject_stems
from chatbot.values import Passage

REMEMBERED = 4096
# titles and headings whose stems are kept while passages are read one after the other


@dataclass(frozen=True, slots=True)
class Fields:
    """What is indexed of one passage: the subject stems of each of its texts, in order."""

    sentences: tuple[tuple[str, ...], ...]
    title: tuple[str, ...]
    headings: tuple[tuple[str, ...], ...]

    @property
    def texts(self) -> tuple[tuple[str, ...], ...]:
        """The passage's own text, its title and its headings: it is found by the words of all of them."""
        return (tuple(itertools.chain.from_iterable(self.sentences)), self.title, *self.headings)


def fields_of(passage: Passage) -> Fields:
    """Read what is indexed of a passage."""
    title, *headings = map(name_stems, names_of(passage))
    return Fields(tuple(sentence_words(passage.text)), title, tuple(headings))


@lru_cache(maxsize=REMEMBERED)
def name_stems(name: str) -> tuple[str, ...]:
    """Return the subject stems of a title or heading."""
    return tuple(subject_stems(name))


def names_of(passage: Passage) -> tuple[str, ...]:
    """Return the texts that say what the passage is about."""
    return (passage.title, *passage.headings)


def asked_of(passage: Passage) -> tuple[str, ...]:
    """Return the questions that the passage's section answers: its nearest heading, and staff's own wordings."""
    nearest = passage.headings[-1:] or (passage.title,)
    return (*nearest, *passage.questions)


def wordings_of(passage: Passage) -> list[tuple[str, ...]]:
    """Return the stems of each question that the passage's section answers."""
    return [wording(text) for text in asked_of(passage)]


@lru_cache(maxsize=REMEMBERED)
def wording(text: str) -> tuple[str, ...]:
    """Return every stem of a text, question words included: "what is" sets a definition apart."""
    return tuple(all_stems(text))


def sentence_words(text: str) -> list[tuple[str, ...]]:
    """Return the subject stems of every sentence of a text, in order."""
    return [tuple(subject_stems(text[span.start : span.end])) for span in sentences(text)]
