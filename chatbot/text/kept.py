"""A lexicon and the words of a corpus as they are kept for the next start, which reads them in a tenth of the time."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from sys import intern
from typing import TypeVar

import numpy as np
from msgspec import Raw, Struct

from chatbot.kept import packed, unpacked
from chatbot.text.lexicon import Lexicon
from chatbot.text.phrases import Phrase, Phrases
from chatbot.text.query import Language
from chatbot.text.relatives import make_relatives
from chatbot.text.shapes import Shapes
from chatbot.text.spelling import Spelling
from chatbot.text.vocabulary import Vocabulary
from chatbot.values import Origin, Term

Key = TypeVar("Key", bound=Hashable)


class KeptLexicon(Struct, frozen=True):
    """A lexicon without what stands in it several times: a hundred phrases may mean the same."""

    checksum: str
    # of the file that it was read from
    terms: tuple[tuple[Phrase, float, str], ...]
    # stems, weight, readable form
    meanings: Raw
    # phrase -> numbers of terms
    subjects: dict[Phrase, float]
    outside: tuple[Phrase, ...]
    empty: tuple[Phrase, ...]
    keep: tuple[str, ...]
    words: tuple[str, ...]
    shares: tuple[tuple[tuple[str, float], ...], ...]
    leanings: Raw
    # stem -> stem after it -> number of what they share


class KeptWords(Struct, frozen=True):
    """What `Language` knows of the words of one corpus version."""

    words: dict[str, int]
    stems: tuple[str, ...]
    correctable: tuple[str, ...]
    # words that a slip may be corrected to
    heard: tuple[str, ...]
    # how each of them sounds
    entries: bytes
    # of their forms


def kept_lexicon(lexicon: Lexicon, checksum: str) -> KeptLexicon:
    """Take a lexicon apart. checksum: of its file."""
    terms = _numbered(term for found in lexicon.meanings.values() for term in found)
    shares = _numbered(tuple(found.items()) for others in lexicon.leanings.values() for found in others.values())
    return KeptLexicon(
        checksum=checksum,
        terms=tuple((term.stems, term.weight, term.word) for term in terms),
        meanings=packed({said: [terms[term] for term in found] for said, found in lexicon.meanings.items()}),
        subjects=dict(lexicon.subjects),
        outside=tuple(lexicon.outside),
        empty=tuple(lexicon.empty),
        keep=tuple(lexicon.keep),
        words=tuple(lexicon.words),
        shares=tuple(shares),
        leanings=packed(
            {
                stem: {other: shares[tuple(found.items())] for other, found in others.items()}
                for stem, others in lexicon.leanings.items()
            }
        ),
    )


def lexicon_of(kept: KeptLexicon) -> Lexicon:
    """Put a lexicon together again."""
    terms = [Term(_shared(stems), weight, Origin.SYNONYM, word) for stems, weight, word in kept.terms]
    shares = [dict(found) for found in kept.shares]
    meanings = {
        _shared(said): tuple([terms[number] for number in found])
        for said, found in unpacked(kept.meanings, dict[Phrase, tuple[int, ...]]).items()
    }
    subjects = {_shared(said): weight for said, weight in kept.subjects.items()}
    outside, empty = frozenset(map(_shared, kept.outside)), frozenset(map(_shared, kept.empty))
    return Lexicon(
        meanings=meanings,
        subjects=subjects,
        outside=outside,
        empty=empty,
        keep=frozenset(kept.keep),
        words=frozenset(map(intern, kept.words)),
        phrases=Phrases([*meanings, *subjects, *outside, *empty]),
        leanings={
            intern(stem): {intern(other): shares[number] for other, number in others.items()}
            for stem, others in unpacked(kept.leanings, dict[str, dict[str, int]]).items()
        },
    )


def kept_words(language: Language) -> KeptWords:
    """Take what is known of a corpus's words apart."""
    spelling = language.spelling
    return KeptWords(
        words=dict(spelling.vocabulary.words),
        stems=tuple(spelling.vocabulary.stems),
        heard=tuple(spelling.sounds[word] for word in spelling.shapes.words),
        correctable=spelling.shapes.words,
        entries=spelling.shapes.entries.tobytes(),
    )


def language_of(kept: KeptWords, lexicon: Lexicon) -> Language:
    """Put it together again; the lexicon is the one that the words were read with."""
    vocabulary = Vocabulary({intern(word): count for word, count in kept.words.items()})
    # Otherwise every word would be stemmed once more.
    vocabulary.__dict__["stems"] = stems = frozenset(map(intern, kept.stems))
    words = tuple(map(intern, kept.correctable))
    spelling = Spelling(
        vocabulary,
        Shapes(words, np.frombuffer(kept.entries, dtype=np.uint64)),
        dict(zip(words, map(intern, kept.heard), strict=True)),
    )
    return Language(lexicon, spelling, make_relatives(stems))


def _shared(phrase: Phrase) -> Phrase:
    """Return a phrase of words that stand in the memory once, however many phrases hold them."""
    return tuple(map(intern, phrase))


def _numbered(values: Iterable[Key]) -> dict[Key, int]:
    return {value: number for number, value in enumerate(dict.fromkeys(values))}
