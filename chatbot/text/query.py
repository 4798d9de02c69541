"""A question in a visitor's words → what to look for in the articles."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import repeat

from chatbot.text.concepts import Kept, Meanings, Word, concepts, leanings, pointers
from chatbot.text.edits import edits
from chatbot.text.english import is_english
from chatbot.text.foreign import is_foreign
from chatbot.text.joined import joined
from chatbot.text.kinds import wanted
from chatbot.text.leanings import Pointers
from chatbot.text.lexicon import Lexicon
from chatbot.text.relatives import Relatives, changed_relatives, make_relatives
from chatbot.text.remembered import Remembered
from chatbot.text.slips import straightened
from chatbot.text.sounds import sound
from chatbot.text.spelling import Spelling, alternative, changed_spelling, correction, make_spelling
from chatbot.text.story import SUBJECT, means_told, replaces, weighed
from chatbot.text.tokens import WORD, folded_words, question_words, stem, tokens
from chatbot.text.vocabulary import changed_vocabulary, read_vocabulary
from chatbot.values import Concept, Correction, Origin, Passage, Query, Span

CARRIED_WEIGHTS = (0.5, 0.25)
# of words from the last earlier question, and from the one before

REMEMBERED = 4096
# words and phrases, of which it is kept what they stand for
LEAST_TOGETHER, LEAST_PART = 6, 2
# letters of two words written as one, from which they are told; of a part that only the lexicon knows, more than
CARRIED_SUBJECT = 0.7
# of a subject that an earlier question names, however far back: "I have fibromyalgia", "is it used for that?"

QUOTED = re.compile(r'"([^"\n]{1,60})"|“([^”\n]{1,60})”')


@dataclass(frozen=True, slots=True)
class Language:
    """What reading a question needs to know: the same for every question of one corpus version."""

    lexicon: Lexicon
    spelling: Spelling
    relatives: Relatives
    kept: Kept = field(default_factory=lambda: Remembered(REMEMBERED), compare=False)
    # what words stand for, once they have been asked


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
    pointing: list[Pointers] = []
    meanings = Meanings(language.lexicon, language.relatives, language.spelling.vocabulary.stems, language.kept)
    asked = ""
    corrections: dict[str, str] = {}
    for span, weight in weighed(text):
        words = _corrected(text[span.start : span.end], language.spelling, language.lexicon, corrections)
        points = pointers(words, meanings)
        if weight == 1.0:
            pointing.append(points)
            wording += [word.stem for word in words]
            asked += f" {text[span.start : span.end]}"
        _append(_weighed(concepts(words, meanings, points), weight), found, pairs)
    if means_told(asked):
        found = list(_meant_before(found))
    is_anew = bool(carried) and replaces(
        text, max((each.subject for each in found), default=0), max((each.rarity for each in found), default=0)
    )
    for earlier, weight in zip(carried, CARRIED_WEIGHTS, strict=False):
        words = _corrected(earlier, language.spelling, language.lexicon, {})
        before = concepts(words, meanings, pointers(words, meanings))
        _append((_carried(each, weight) for each in before if not is_anew or each.subject < SUBJECT), found, [])
    return Query(
        concepts=(*found, *leanings(pointing, found, meanings)),
        corrections=tuple(Correction(typed, used) for typed, used in corrections.items()),
        pairs=tuple(pairs),
        wording=tuple(dict.fromkeys(wording)),
        wants=wanted(_as_meant(asked.strip(), corrections)),
    )


def _as_meant(text: str, corrections: Mapping[str, str]) -> str:
    """Return a text with its words as they are corrected: "how many weaks" asks for a time."""
    return WORD.sub(lambda word: corrections.get(word[0].lower(), word[0]), text) if corrections else text


def _corrected(text: str, spelling: Spelling, lexicon: Lexicon, corrections: dict[str, str]) -> list[Word]:
    words: list[Word] = []
    read = list(_quoted(text))
    plain = ["" if is_quoted else word for word, is_quoted in read]
    slips = straightened(plain, spelling.vocabulary.words)
    unknown = {
        at for at, word in enumerate(plain) if word and at not in slips and not _is_known(word, spelling, lexicon)
    }
    wholes = joined(plain, unknown, spelling) if unknown else {}
    taken = {at + part for at, whole in wholes.items() for part in range(whole.parts)}
    for at, (word, is_quoted) in enumerate(read):
        if whole := wholes.get(at):
            typed = " ".join(plain[at : at + whole.parts])
            corrections[typed] = whole.word
            words.append(Word(typed, whole.word, stem(whole.word)))
        elif at in taken:
            continue
        elif at not in unknown and at not in slips:
            words.append(Word(word, word, stem(word), is_quoted))
        elif used := slips.get(at) or _meant(word, spelling):
            corrections[word] = used
            words += [Word(word, part, stem(part)) for part in folded_words(used)]
        else:
            words.append(Word(word, word, stem(word), meant=alternative(word, spelling) or ""))
    corrections |= {word.typed: word.meant for word in words if word.meant}
    return _agreeing(words, lexicon) if any(word.meant for word in words) else words


def _agreeing(words: list[Word], lexicon: Lexicon) -> list[Word]:
    """Read a word as what it may be a slip of where the words around agree: "lower back pane" is a listed phrase."""
    read = [Word(word.typed, word.meant, stem(word.meant)) if word.meant else word for word in words]
    phrases = lexicon.phrases.within([word.stem for word in read])
    agreed = {place for found in phrases if len(found.places) > 1 for place in found.places}
    return [other if at in agreed else word for at, (word, other) in enumerate(zip(words, read, strict=True))]


def _quoted(text: str) -> Iterable[tuple[str, bool]]:
    """Return every word of a text, folded, and whether it stands in double quotes."""
    quoted = [Span(*match.span()) for match in QUOTED.finditer(text)] if '"' in text or "“" in text else []
    if not quoted:
        return zip(folded_words(text), repeat(False), strict=False)
    return [(token.word, any(span.start <= token.start < span.end for span in quoted)) for token in tokens(text)]


def _is_known(word: str, spelling: Spelling, lexicon: Lexicon) -> bool:
    """Say whether a word is to be taken as typed: exact before stem before spelling."""
    known = spelling.vocabulary
    return word in known.words or stem(word) in known.stems or word in question_words() or word in lexicon.keep


def _meant(word: str, spelling: Spelling) -> str | None:
    """Return what an unknown word stands for, or None where it may be any word.

    One letter off an article's word, or the sound of one, is a slip; otherwise two known words written as one are
    likelier: "backpain" is not a backpack.
    """
    near = correction(word, spelling)
    if near:
        most = 1 + (sound(word) == sound(near))
        if (_worth(near, spelling.vocabulary.words) > 1 or most > 1) and edits(word, near, most) <= most:
            return near
    return _split(word, spelling.vocabulary.words) or near


def _split(word: str, known: Mapping[str, int]) -> str | None:
    """Return "low back" for "lowback", or None: two words of articles or questions, or of the lexicon if longer."""
    if len(word) < LEAST_TOGETHER or is_english(stem(word)):
        return None
    cuts = [(word[:at], word[at:]) for at in range(2, len(word) - 1)]
    worth, left, right = max((_worth(left, known) * _worth(right, known), left, right) for left, right in cuts)
    is_long = len(word) > LEAST_TOGETHER + 2 * (min(len(left), len(right)) <= LEAST_PART)
    return f"{left} {right}" if worth > 1 + 2 * (not is_long) else None


def _worth(word: str, known: Mapping[str, int]) -> int:
    """Say how likely a word is a part of one: 2 for an article's or one that asks, 1 for the lexicon's, 0 for none."""
    if word in question_words():
        return 2
    return (2 if known.get(word) else 1) if len(word) > LEAST_PART and word in known else 0


def _weighed(found: Iterable[Concept], weight: float) -> Iterator[Concept]:
    for concept in found:
        yield concept if weight == concept.weight else replace(concept, weight=weight)


def _meant_before(found: Sequence[Concept]) -> Iterator[Concept]:
    """Yield the concepts of a message; where its question names no illness, those told of count as asked before."""
    is_named = any(each.known and each.subject >= SUBJECT for each in found if each.weight >= 1.0)
    for each in found:
        least = CARRIED_SUBJECT * each.subject if each.known and not is_named else 0.0
        yield each if each.weight >= least else replace(each, weight=least)


def _carried(concept: Concept, weight: float) -> Concept:
    terms = tuple(replace(term, origin=Origin.CARRIED) for term in concept.terms)
    return replace(concept, terms=terms, weight=max(weight, CARRIED_SUBJECT * concept.subject))


def _append(new: Iterable[Concept], found: list[Concept], pairs: list[tuple[int, int]]) -> None:
    """Add concepts that are new; one said again weighs more, but less than twice: long messages repeat themselves."""
    before: int | None = None
    places = {concept.terms[0].stems: number for number, concept in enumerate(found)}
    for concept in new:
        known = places.setdefault(concept.terms[0].stems, len(found))
        if known == len(found):
            found.append(concept)
        else:
            found[known] = replace(found[known], weight=math.hypot(found[known].weight, concept.weight))
        if before is not None and before != known:
            pairs.append((before, known))
        before = known
