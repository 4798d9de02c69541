"""A question in a visitor's words → what to look for in the articles."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from chatbot.text.concepts import Word, concepts
from chatbot.text.english import is_english
from chatbot.text.foreign import is_foreign
from chatbot.text.kinds import wanted
from chatbot.text.lexicon import Lexicon
from chatbot.text.relatives import Relatives, changed_relatives, make_relatives
from chatbot.text.spelling import Spelling, changed_spelling, correction, make_spelling
from chatbot.text.story import weighed
from chatbot.text.tokens import question_words, stem, tokens
from chatbot.text.vocabulary import changed_vocabulary, read_vocabulary
from chatbot.values import Concept, Correction, Origin, Passage, Query, Span, Token

CARRIED_WEIGHTS = (0.5, 0.25)
# of words from the last earlier question, and from the one before

QUOTED = re.compile(r'"([^"\n]{1,60})"|“([^”\n]{1,60})”')


@dataclass(frozen=True, slots=True)
class Language:
    """What reading a question needs to know: the same for every question of one corpus version."""

    lexicon: Lexicon
    spelling: Spelling
    relatives: Relatives


def make_language(passages: Iterable[Passage], lexicon: Lexicon) -> Language:
    """Read the words of one corpus version."""
    vocabulary = read_vocabulary(passages, lexicon)
    return Language(lexicon, make_spelling(vocabulary), make_relatives(vocabulary.stems))


def changed_language(before: Language, gone: Iterable[Passage], come: Iterable[Passage]) -> Language:
    """Return the language after some passages went and others came; the lexicon is the same."""
    vocabulary = changed_vocabulary(before.spelling.vocabulary, gone, come, before.lexicon)
    stems, known = vocabulary.stems, before.spelling.vocabulary.stems
    return Language(
        before.lexicon,
        changed_spelling(before.spelling, vocabulary),
        changed_relatives(before.relatives, known - stems, stems - known),
    )


def understand(text: str, carried: Sequence[str], language: Language) -> Query:
    """Turn a question into a query.

    carried: earlier questions that this one leans on, latest first; their words weigh less. Words in double quotes are
    taken as typed: neither corrected nor joined with synonyms. In a long message the words of the sentence that asks
    weigh fully and those of the story around it little. A question in another language has no concepts.
    """
    if is_foreign(text):
        return Query(())
    found: list[Concept] = []
    pairs: list[tuple[int, int]] = []
    wording: list[str] = []
    asked = ""
    corrections: dict[str, str] = {}
    for span, weight in weighed(text):
        words = _corrected(text[span.start : span.end], language.spelling, language.lexicon, corrections)
        if weight == 1.0:
            wording += [word.stem for word in words]
            asked += f" {text[span.start : span.end]}"
        _append(_read(words, weight, language), found, pairs)
    for earlier, weight in zip(carried, CARRIED_WEIGHTS, strict=False):
        words = _corrected(earlier, language.spelling, language.lexicon, {})
        _append(map(_carried, _read(words, weight, language)), found, [])
    return Query(
        concepts=tuple(found),
        corrections=tuple(Correction(typed, used) for typed, used in corrections.items()),
        pairs=tuple(pairs),
        wording=tuple(dict.fromkeys(wording)),
        wants=wanted(asked),
    )


def _corrected(text: str, spelling: Spelling, lexicon: Lexicon, corrections: dict[str, str]) -> list[Word]:
    quoted = [Span(*match.span()) for match in QUOTED.finditer(text)]
    words: list[Word] = []
    for token in tokens(text):
        if any(span.start <= token.start < span.end for span in quoted):
            words.append(Word(token.word, token.word, token.stem, quoted=True))
        elif used := _meant(token, spelling, lexicon):
            corrections[token.word] = used
            words += [Word(token.word, part.word, part.stem) for part in tokens(used)]
        else:
            words.append(Word(token.word, token.word, token.stem))
    return words


def _meant(token: Token, spelling: Spelling, lexicon: Lexicon) -> str | None:
    """Return what an unknown word stands for, or None for a known one: exact before stem before spelling."""
    known = spelling.vocabulary
    if token.word in known.words or token.stem in known.stems or token.word in question_words():
        return None
    if token.word in lexicon.keep:
        return None
    return correction(token.word, spelling) or _split(token.word, known.words)


def _split(word: str, known: Collection[str]) -> str | None:
    """Return "low back" for "lowback": two known words of three letters and more, seven together."""
    if len(word) < 7 or is_english(stem(word)):
        return None
    for at in range(3, len(word) - 2):
        left, right = word[:at], word[at:]
        if left in known and right in known:
            return f"{left} {right}"
    return None


def _read(words: Sequence[Word], weight: float, language: Language) -> Iterator[Concept]:
    """Yield the concepts of some words, each with its weight, and whether the articles hold all words of a term."""
    stems = language.spelling.vocabulary.stems
    for concept in concepts(words, language.lexicon, language.relatives):
        known = any(stems.issuperset(term.stems) for term in concept.terms)
        yield replace(concept, weight=weight, known=known)


def _carried(concept: Concept) -> Concept:
    return replace(concept, terms=tuple(replace(term, origin=Origin.CARRIED) for term in concept.terms))


def _append(new: Iterable[Concept], found: list[Concept], pairs: list[tuple[int, int]]) -> None:
    """Add concepts that are new; one said again weighs more, but less than twice: long messages repeat themselves."""
    before: int | None = None
    for concept in new:
        stems = concept.terms[0].stems
        known = next((number for number, other in enumerate(found) if other.terms[0].stems == stems), None)
        if known is None:
            known = len(found)
            found.append(concept)
        else:
            found[known] = replace(found[known], weight=math.hypot(found[known].weight, concept.weight))
        if before is not None and before != known:
            pairs.append((before, known))
        before = known
