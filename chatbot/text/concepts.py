"""The words of a question → the things that it speaks of, each with the ways in which articles may say it."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace
from operator import itemgetter
from typing import NamedTuple

from chatbot.text.english import is_unheard_of, rarity
from chatbot.text.leanings import Pointers
from chatbot.text.lexicon import Lexicon, meant_stems
from chatbot.text.phrases import Found, standing
from chatbot.text.relatives import Relatives
from chatbot.text.remembered import Remembered
from chatbot.text.tokens import question_words, stem
from chatbot.values import Concept, Origin, Term, Terms

RELATIVE_WEIGHT = 0.5
# of a word of the same family
UNHEARD_OF = 0.35
# how surely a word is a subject that no list names but hardly any text holds: the name of a disease, or a slip
MEANT_WEIGHT = 0.7
# of the article's word that a word of general English may be a slip of
HINT_WEIGHT = 0.7
# of what a word leans towards, times the share of the phrases that say so; 0.5 to 0.9 rank alike
WHOLE_WEIGHT = 2.7
# of what a question leans towards as a whole, times the mean share. Of 448 questions of four sets, asked with a lexicon
# that nobody had yet mended by them, the right passage comes first in 81 instead of 78 of a hundred, of those in lay
# words in 71 instead of 64, and among three in 89 instead of 81.
SAID = 0.5
# ... where its words say it already: as much again wins lay words and loses near misses, nothing the reverse
TELLING = 0.4
# rarity from which a concept that the articles hold shows that what a question leans towards may be meant
SAME = 0.95
# weight from which a term that the question holds is what it leans towards: nothing to add
STEPS = 20
# weights that a leaning may have, so that it can be kept
APART = 0.8
# of a meaning when other words stand inside its phrase
COMMON = 0.5
# rarity below which the one word left of a subject phrase says too little to be looked for: "do you store"
OUTSIDE = ""
# stem of what the articles never speak of: no passage holds it
KNOWN_PHRASE, KNOWN_WORD = 0.8, 0.3
# least rarity of a phrase that the lexicon knows, such as "how long" or "wear off": it says what is asked; of a word


class Word(NamedTuple):
    """One word of the question as it will be searched; a tuple, since what it stands for is looked up by it."""

    typed: str
    word: str
    # the same, or what it was corrected to
    stem: str
    quoted: bool = False
    meant: str = ""
    # an article's word that it may be a slip of, although it is a word itself: "pane"

    @property
    def carries(self) -> bool:
        """Whether it names something, and does not only ask."""
        return self.word not in question_words()


Kept = Remembered[tuple[object, ...], Concept | None]
# what a word with its leanings, or the words of a phrase, stand for


class Meanings(NamedTuple):
    """What is known of words in one corpus version."""

    lexicon: Lexicon
    relatives: Relatives
    stems: frozenset[str]
    # of the articles
    kept: Kept


def pointers(words: Sequence[Word], meanings: Meanings) -> Pointers:
    """Return where the words of a question point; a number, and a quoted word, point nowhere."""
    stems = [word.stem if word.stem.isalpha() and not word.quoted else "" for word in words]
    return Pointers(meanings.lexicon.leanings, stems)


def concepts(words: Sequence[Word], meanings: Meanings, pointing: Pointers) -> list[Concept]:
    """Return a concept for each listed phrase and each subject word outside of one, in the order of the question.

    A quoted word is in no phrase. Phrases may overlap: "can't move my stiff neck" speaks of what cannot be moved, and
    of a stiff neck.
    """
    stems = ["" if word.quoted else word.stem for word in words]
    carrying = {at for at, word in enumerate(words) if word.carries}
    found = _telling(standing(meanings.lexicon.phrases.within(stems), carrying), carrying, meanings.lexicon)
    alone = carrying.difference(*(each.places for each in found))
    placed = [(each.places[0], _phrase(tuple(words[at] for at in each.places), each, meanings)) for each in found]
    placed += [(at, _single(words[at], pointing.of(at), meanings)) for at in alone]
    return [concept for _, concept in sorted(placed, key=itemgetter(0)) if concept is not None]


def leanings(parts: Iterable[Pointers], found: Iterable[Concept], meanings: Meanings) -> list[Concept]:
    """Return what the parts of a question lean towards together, a concept for each meaning that the articles hold.

    found: what its words stand for one by one. Where the articles hold none of that, what they lean towards is nothing,
    either: any words lean somewhere.
    """
    shares = Pointers.together(parts)
    found = list(found)
    if not shares or not any(_is_held(each, meanings) for each in found):
        return []
    spoken = {term.stems: term.weight for each in found for term in each.terms if term.origin is not Origin.HINT}
    leaned = []
    for said, share in shares.items():
        stems = meant_stems(said)
        said_at = spoken.get(stems, 0.0)
        if said_at < SAME and meanings.stems.issuperset(stems):
            weight = min(1.0, WHOLE_WEIGHT * share) * (SAID if said_at else 1.0)
            leaned.append(_leaning(said, math.ceil(weight * STEPS), meanings))
    return [each for each in leaned if each]


def _is_held(concept: Concept, meanings: Meanings) -> bool:
    """Say whether a telling concept of the question itself stands in the articles, by more than a hint."""
    return (
        concept.weight >= 1.0
        and concept.rarity >= TELLING
        and any(term.origin is not Origin.HINT and meanings.stems.issuperset(term.stems) for term in concept.terms)
    )


def _leaning(said: str, step: int, meanings: Meanings) -> Concept | None:
    """Return a meaning as a concept. It asks nothing by itself: no passage need hold it, and it shows nothing."""
    term = Term(meant_stems(said), 1.0, Origin.LEANING, said)
    return meanings.kept.get((said, step), lambda _: Concept("", Terms((term,)), weight=step / STEPS, rarity=0.0))


def _telling(found: Sequence[Found], carrying: Set[int], lexicon: Lexicon) -> list[Found]:
    """Leave out a phrase that only names a subject where another, as long or longer, holds its words and says more.

    "The operating theatre" speaks of no operation.
    """
    meant = [each for each in found if each.phrase in lexicon.meanings]
    named = [each for each in found if each.phrase in lexicon.subjects and each not in meant]
    hidden = {each for each in named if any(_holds(other, each, carrying) for other in meant)}
    return [each for each in found if each not in hidden]


def _holds(other: Found, each: Found, carrying: Set[int]) -> bool:
    own = carrying & set(each.places)
    return bool(own) and own <= set(other.places) and len(other.places) >= len(each.places)


def _phrase(words: Sequence[Word], found: Found, meanings: Meanings) -> Concept | None:
    key = (found.phrase, found.is_whole, words)
    return meanings.kept.get(key, lambda _: _known(_of_phrase(words, found, meanings.lexicon), meanings))


def _single(word: Word, shares: Mapping[str, float], meanings: Meanings) -> Concept | None:
    key = (word, *shares.items())
    return meanings.kept.get(key, lambda _: _known(_of_word(word, shares, meanings.relatives), meanings))


def _known(concept: Concept | None, meanings: Meanings) -> Concept | None:
    """Say of a concept whether the articles hold all words of one of its terms."""
    if concept is None:
        return None
    known = any(meanings.stems.issuperset(term.stems) for term in concept.terms)
    return replace(concept, terms=Terms(concept.terms), known=known)


def _of_word(word: Word, shares: Mapping[str, float], relatives: Relatives) -> Concept:
    """Return what a word stands for. shares: what it leans towards."""
    origin = Origin.TYPED if word.word == word.typed else Origin.CORRECTION
    terms = [Term((word.stem,), 1.0, origin, word.word)]
    if word.meant:
        terms.append(Term((stem(word.meant),), MEANT_WEIGHT, Origin.CORRECTION, word.meant))
    if not word.quoted:
        terms += [Term((other,), RELATIVE_WEIGHT, Origin.RELATIVE, other) for other in relatives.of(word.stem)]
    terms += [Term(meant_stems(said), HINT_WEIGHT * share, Origin.HINT, said) for said, share in shares.items()]
    return Concept(word.typed, tuple(terms), rarity=rarity(word.stem), subject=UNHEARD_OF * is_unheard_of(word.stem))


def _of_phrase(words: Sequence[Word], found: Found, lexicon: Lexicon) -> Concept | None:
    """Return what a listed phrase stands for; None for one that asks for nothing."""
    # "lowback" became two words that were typed as one.
    typed = " ".join(typed for typed, _ in itertools.groupby(word.typed for word in words))
    if found.phrase in lexicon.empty:
        return None
    own = [word for word in words if word.carries]
    meanings = _meanings(found, lexicon)
    subject = lexicon.subjects.get(found.phrase, 0.0)
    is_common = len(words) > 1 and len(own) == 1 and rarity(own[0].stem) < COMMON
    if (is_common and not meanings) or found.phrase in lexicon.outside:
        # "too old" is not found where a passage says "old".
        return Concept(typed, (Term((OUTSIDE,), 1.0, Origin.TYPED, typed),), rarity=1.0, subject=1.0)
    known = (KNOWN_PHRASE if len(words) > 1 else KNOWN_WORD) if meanings else 0.0
    # Nor is the subject "day off" where it says "day", whatever else it may mean.
    is_empty = not own or (is_common and subject > 0)
    return Concept(
        typed=typed,
        terms=meanings if meanings and is_empty else (_typed_term(words), *meanings),
        rarity=max([known, *(rarity(word.stem) for word in own)]),
        subject=subject,
    )


def _meanings(found: Found, lexicon: Lexicon) -> tuple[Term, ...]:
    terms = lexicon.meanings.get(found.phrase, ())
    return terms if found.is_whole else tuple(replace(term, weight=APART * term.weight) for term in terms)


def _typed_term(words: Sequence[Word]) -> Term:
    corrected = any(word.word != word.typed for word in words)
    read = " ".join(word.word for word in words)
    stems = tuple(word.stem for word in words if word.carries) or tuple(word.stem for word in words)
    return Term(stems, 1.0, Origin.CORRECTION if corrected else Origin.TYPED, read)
