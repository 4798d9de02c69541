"""A question in a visitor's words → what to look for in the articles."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from chatbot.text.english import is_english, is_unheard_of, rarity
from chatbot.text.foreign import is_foreign
from chatbot.text.lexicon import Lexicon, content_stems
from chatbot.text.relatives import Relatives, changed_relatives, make_relatives
from chatbot.text.sentences import sentences
from chatbot.text.spelling import Spelling, changed_spelling, correction, make_spelling
from chatbot.text.tokens import question_words, stem, tokens
from chatbot.text.vocabulary import changed_vocabulary, read_vocabulary
from chatbot.values import Concept, Correction, Origin, Passage, Query, Span, Term, Token

STORY_WEIGHT = 0.2
# of words outside the question itself in a long message
LEAD_WEIGHT = 0.5
# of the sentence before the one that asks: "He called it central something. Could you explain that?"
CARRIED_WEIGHTS = (0.5, 0.25)
# of words from the last earlier question, and from the one before
RELATIVE_WEIGHT = 0.5
# of a word of the same family
UNHEARD_OF = 0.5
# how surely a word is a subject that no list names but hardly any text holds: the name of a disease, or a slip
COMMON = 0.35
# rarity below which the one word left of a subject phrase says too little to be looked for
OUTSIDE = ""
# stem of what the articles never speak of: no passage holds it
KNOWN_PHRASE, KNOWN_WORD = 0.8, 0.3
# least rarity of a phrase that the lexicon knows, such as "how long" or "wear off": it says what is asked; of a word
LONG_MESSAGE = 18
# subject words from which a message is searched for its question

QUOTED = re.compile(r'"([^"\n]{1,60})"|“([^”\n]{1,60})”')
ASKS = re.compile(
    r"\?\s*$|^\W*(what|which|who|when|where|why|how|is|are|does|do|did|can|could|will|would|should|has|have)\b"
    r"|\b(tell me|let me know|explain|wonder(ing)?|want to know|like to know|how come|any (idea|chance))\b",
    re.IGNORECASE,
)


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
    concepts: list[Concept] = []
    pairs: list[tuple[int, int]] = []
    wording: list[str] = []
    corrections: dict[str, str] = {}
    for span, weight in _weighed(text):
        words = _corrected(text[span.start : span.end], language.spelling, language.lexicon, corrections)
        if weight == 1.0:
            wording += [word.stem for word in words]
        found = [replace(concept, weight=weight) for concept in _concepts(words, language)]
        _append(found, concepts, pairs)
    for earlier, weight in zip(carried, CARRIED_WEIGHTS, strict=False):
        words = _corrected(earlier, language.spelling, language.lexicon, {})
        _append((_carried(concept, weight) for concept in _concepts(words, language)), concepts, [])
    return Query(
        concepts=tuple(concepts),
        corrections=tuple(Correction(typed, used) for typed, used in corrections.items()),
        pairs=tuple(pairs),
        wording=tuple(dict.fromkeys(wording)),
    )


def _weighed(text: str) -> list[tuple[Span, float]]:
    """Return the sentences that count, with their weight; the whole text as one where it is short."""
    subject_words = [token for token in tokens(text) if token.word not in question_words()]
    whole = [(Span(0, len(text)), 1.0)]
    if len(subject_words) < LONG_MESSAGE:
        return whole
    spans = sentences(text)
    asking = [span for span in spans if ASKS.search(text[span.start : span.end])]
    if not asking or len(spans) == 1:
        return whole
    weights = [STORY_WEIGHT] * len(spans)
    for number, span in enumerate(spans):
        if span in asking:
            weights[number] = 1.0
            if number:
                weights[number - 1] = max(weights[number - 1], LEAD_WEIGHT)
    return sorted(zip(spans, weights, strict=True), key=lambda item: -item[1])


@dataclass(frozen=True, slots=True)
class Word:
    """One word of the question as it will be searched."""

    typed: str
    word: str
    # the same, or what it was corrected to
    stem: str
    quoted: bool = False


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
    return _split(token.word, known.words) or correction(token.word, spelling)


def _split(word: str, known: Collection[str]) -> str | None:
    """Return "low back" for "lowback": two known words of three letters and more, seven together."""
    if len(word) < 7 or is_english(stem(word)):
        return None
    for at in range(3, len(word) - 2):
        left, right = word[:at], word[at:]
        if left in known and right in known:
            return f"{left} {right}"
    return None


def _concepts(words: Sequence[Word], language: Language) -> Iterator[Concept]:
    """Yield a concept for each subject word or known phrase; a quoted word is in no phrase."""
    stems = ["" if word.quoted else word.stem for word in words]
    at = 0
    while at < len(words):
        length = language.lexicon.phrase_at(stems, at)
        if length:
            yield _of_phrase(words[at : at + length], language.lexicon)
        elif words[at].word not in question_words():
            yield _of_word(words[at], language)
        at += max(length, 1)


def _of_word(word: Word, language: Language) -> Concept:
    origin = Origin.TYPED if word.word == word.typed else Origin.CORRECTION
    terms = [Term((word.stem,), 1.0, origin, word.word)]
    if not word.quoted:
        terms += [Term((other,), RELATIVE_WEIGHT, Origin.RELATIVE, other) for other in language.relatives.of(word.stem)]
    return Concept(word.typed, tuple(terms), rarity=rarity(word.stem), subject=UNHEARD_OF * is_unheard_of(word.stem))


def _of_phrase(words: Sequence[Word], lexicon: Lexicon) -> Concept:
    phrase = tuple(word.stem for word in words)
    # "lowback" became two words that were typed as one.
    typed = " ".join(typed for typed, _ in itertools.groupby(word.typed for word in words))
    if phrase in lexicon.outside:
        return _outside(typed)
    own = [word for word in words if word.word not in question_words()]
    meanings = lexicon.meanings.get(phrase, ())
    if not meanings and len(words) > 1 and len(own) == 1 and rarity(own[0].stem) < COMMON:
        return _outside(typed)
    terms = meanings if meanings and not own else (_typed_term(words), *meanings)
    return Concept(
        typed=typed,
        terms=terms,
        rarity=max([_known(words) if meanings else 0.0, *(rarity(word.stem) for word in own)]),
        subject=1.0 if phrase in lexicon.subjects else 0.0,
    )


def _known(words: Sequence[Word]) -> float:
    return KNOWN_PHRASE if len(words) > 1 else KNOWN_WORD


def _outside(typed: str) -> Concept:
    """Return a subject that no passage holds: "too old" is not found where a passage says "old"."""
    return Concept(typed, (Term((OUTSIDE,), 1.0, Origin.TYPED, typed),), rarity=1.0, subject=1.0)


def _typed_term(words: Sequence[Word]) -> Term:
    corrected = any(word.word != word.typed for word in words)
    read = " ".join(word.word for word in words)
    return Term(content_stems(read), 1.0, Origin.CORRECTION if corrected else Origin.TYPED, read)


def _carried(concept: Concept, weight: float) -> Concept:
    terms = tuple(replace(term, origin=Origin.CARRIED) for term in concept.terms)
    return replace(concept, terms=terms, weight=weight)


def _append(found: Iterable[Concept], concepts: list[Concept], pairs: list[tuple[int, int]]) -> None:
    """Add concepts that are new; one said again weighs more, but less than twice: long messages repeat themselves."""
    before: int | None = None
    for concept in found:
        stems = concept.terms[0].stems
        known = next((number for number, other in enumerate(concepts) if other.terms[0].stems == stems), None)
        if known is None:
            known = len(concepts)
            concepts.append(concept)
        else:
            concepts[known] = replace(concepts[known], weight=math.hypot(concepts[known].weight, concept.weight))
        if before is not None and before != known:
            pairs.append((before, known))
        before = known
