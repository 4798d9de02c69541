"""A text, read once: its sentences, and the stems of its words with the places where they stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from chatbot.text.kinds import Kind, given
from chatbot.text.sentences import sentences
from chatbot.text.tokens import question_words, tokens
from chatbot.values import Span

REMEMBERED = 4096
# texts whose reading is kept, the last ones needed: reading one again takes longer than the rest of an answer
MOST_NAME_WORDS = 4
PRONOUNS = frozenset({"it", "they", "this", "these", "that", "such", "both"})


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a text, read."""

    span: Span
    # without the mark of a list item
    stems: frozenset[str]
    leans: bool
    # begins with a pronoun
    names: bool
    # begins a line with a few words and goes on behind them: in a list item, the name of what the next sentence tells
    gives: frozenset[Kind]
    # kinds of answer that it holds


@dataclass(frozen=True, slots=True)
class Reading:
    """A text, read."""

    sentences: tuple[Sentence, ...]
    places: Mapping[str, tuple[Span, ...]]
    # stem -> where its words stand, in order
    subjects: frozenset[str]
    # stems of the words that carry a subject


@lru_cache(maxsize=REMEMBERED)
def read(text: str) -> Reading:
    """Read a text that is asked about again and again: a passage, a title, a heading; never a visitor's words."""
    places: dict[str, list[Span]] = {}
    subjects = set()
    for token in tokens(text):
        places.setdefault(token.stem, []).append(Span(token.start, token.end))
        if token.word not in question_words():
            subjects.add(token.stem)
    return Reading(
        tuple(_sentence(text, span) for span in sentences(text)),
        {stem: tuple(spans) for stem, spans in places.items()},
        frozenset(subjects),
    )


def _sentence(text: str, span: Span) -> Sentence:
    found = tokens(text[span.start : span.end])
    own = Span(span.start + 2, span.end) if text.startswith("- ", span.start) else span
    words = text[own.start : own.end]
    return Sentence(
        own,
        frozenset(token.stem for token in found),
        leans=bool(found) and found[0].stem in PRONOUNS,
        names=_begins_a_line(text, own.start) and len(words.split()) <= MOST_NAME_WORDS and text[own.end :][:1] == " ",
        gives=given(words),
    )


def _begins_a_line(text: str, at: int) -> bool:
    return at == 0 or text[:at].rstrip(" -").endswith("\n")
