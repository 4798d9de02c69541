"""The article word that a visitor's unknown word is most likely a slip of."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from chatbot.text.edits import edits
from chatbot.text.english import is_english, is_unheard_of, rarity
from chatbot.text.shapes import Shapes, changed_shapes, make_shapes
from chatbot.text.sounds import said, sound, squeezed, unrolled
from chatbot.text.tokens import question_words, stem
from chatbot.text.vocabulary import Vocabulary

SHORTEST = 4
# letters; a shorter unknown word is too easily another word
LEAST_RARITY = 0.5
# in general English, from which a word that is one may be a slip
CHANCE = 3
# letters of a root that stand for a word by chance, when as many and more are stripped from the word
SWAPPED = 0.2
# what letters in the wrong order take off: they say more than a wrong letter
BESIDE = 0.2
# what a letter takes off that lies beside the right one on the keyboard
LISTED_ONLY = 0.2
# what it costs a word that no article uses. Of 4,200 questions with every third word slipped as by fingers and ears,
# 94.5 % find what they found before; 94.0 without these two, and with neighbouring keys 95.3 instead of 92.8 %.
ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
VOWELS = frozenset("aeiouy")
NEIGHBOURS = frozenset(
    frozenset(pair)
    for row, below in zip(ROWS, (*ROWS[1:], ""), strict=True)
    for at, letter in enumerate(row)
    for pair in [letter + other for other in (*row[at + 1 : at + 2], *below[max(0, at - 1) : at + 1])]
)
LONG = 8
# letters from which two slips are likelier than another word
HEARD = 4
# slips that a long word may have when it sounds as another: "kettamean"


def correction(word: str, spelling: Spelling) -> str | None:
    """Return the article word meant by an unknown word, or None where there is no near one.

    word: folded. Only words that stand in the articles, in the lexicon or among the question words are ever returned:
    a dictionary of English would "correct" ketamine to examine. A word that general English knows is no slip: gout
    is not gut. Of nearly as near words the one that sounds alike wins, or an article's, or one of the next key on the
    keyboard, then the more frequent, then the alphabet decides.
    """
    if not _may_be_a_slip(word):
        return None
    if (
        len(word) >= SHORTEST - 1
        and word == squeezed(word)
        and word[0] not in VOWELS
        and (whole := _unsqueezed(word, spelling))
    ):
        return whole
    counts, heard = spelling.vocabulary.words, {sound(word), sound(unrolled(word))}
    near = [
        (_cost(word, other, spelling.sounds[other] in heard), -counts.get(other, 0), other)
        for other in spelling.near(word)
    ]
    near = [found for found in near if found[0] <= _allowed(word)]
    return min(near, key=lambda found: (found[0] + _doubt(word, found[2], counts), *found[1:]))[2] if near else None


def _unsqueezed(word: str, spelling: Spelling) -> str | None:
    """Return the article word that is a word without vowels, the most frequent of several; None for none.

    Three letters are as likely an abbreviation: CBD, DVT.
    """
    if len(word) < SHORTEST or not VOWELS.isdisjoint(word.replace("y", "")):
        return None
    counts = spelling.vocabulary.words
    found = (other for other in spelling.shapes.of([f"!{word}"]) if counts.get(other) and squeezed(other) == word)
    return min(found, key=lambda other: (-counts[other], other), default=None)


def _doubt(word: str, other: str, counts: Mapping[str, int]) -> float:
    """Return what sets two words apart that are as near: whether an article uses it, and whether a finger slipped."""
    is_listed_only = not counts.get(other) and other not in question_words()
    return LISTED_ONLY * is_listed_only - BESIDE * _beside(word, other)


def _beside(word: str, other: str) -> bool:
    """Say whether two words differ by one letter that lies beside the other on the keyboard."""
    if len(word) != len(other):
        return False
    unlike = [frozenset(pair) for pair in zip(word, other, strict=True) if pair[0] != pair[1]]
    return len(unlike) == 1 and unlike[0] in NEIGHBOURS


def alternative(word: str, spelling: Spelling) -> str | None:
    """Return the article word that a word of general English may stand for, beside itself; None where there is none.

    word: folded, and in no article. "pane" is said as "pain" is, "trail" has the letters of "trial"; a word that few
    texts hold may also have one slip that leaves its consonants as they are. Of several the most frequent is returned.
    """
    if len(word) < SHORTEST - 1 or not word.isalpha() or rarity(stem(word)) < LEAST_RARITY:
        return None
    counts = spelling.vocabulary.words
    found = {*spelling.said_as(word), *filter(spelling.sounds.__contains__, _swaps(word))}
    if len(word) > SHORTEST and not is_english(stem(word)):
        found.update(other for other in spelling.shapes.of(["~" + sound(word)]) if edits(word, other, 1) == 1)
    return min(
        (other for other in found if counts.get(other) and other not in question_words()),
        key=lambda other: (-counts[other], other),
        default=None,
    )


def _swaps(word: str) -> Iterator[str]:
    """Yield the words with two neighbouring letters of a longer word swapped."""
    places = range(len(word) - 1) if len(word) > SHORTEST else ()
    return (word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in places)


def _may_be_a_slip(word: str) -> bool:
    """Say whether a word is long enough to be told from another, or cannot be a word at all: "bck", "nrv"."""
    long_enough = len(word) >= SHORTEST or (len(word) == SHORTEST - 1 and not VOWELS & set(word))
    root = stem(word)
    # The root of a word that is none may be one by chance: "numness" is made of "num", as numbers are called.
    is_strange = is_unheard_of(root) or len(root) <= CHANCE < len(word) - CHANCE
    return long_enough and word.isalpha() and is_strange


def _allowed(word: str) -> float:
    return 2.4 if len(word) >= LONG else 1.5


def _cost(word: str, other: str, alike: bool) -> float:
    """Return edits, less where the two sound alike: people write what they hear."""
    most = HEARD if alike and len(word) >= LONG - 1 else 2
    count = edits(word, other, most)
    if count > most:
        return math.inf
    cost = count * 0.5 if alike else count + 0.4 * (word[0] != other[0])
    return cost - SWAPPED * (sorted(word) == sorted(other))


@dataclass(frozen=True, slots=True)
class Spelling:
    """The words of one corpus version, ready to be compared with a slip in a few look-ups."""

    vocabulary: Vocabulary
    shapes: Shapes
    # a word, or its sound behind a "~", whole or with one letter left out, or how it is said behind a "=",
    # or without vowels behind a "!" -> the words that have it
    sounds: Mapping[str, str]
    # word -> how it sounds

    def near(self, word: str) -> set[str]:
        """Return the words within one edit, and those that sound the same within one edit."""
        return self.shapes.of(_forms(word))

    def close(self, word: str) -> set[str]:
        """Return the words within one edit, and some further ones."""
        return self.shapes.of(_spelt(word))

    def sounding(self, heard: str) -> set[str]:
        """Return the words that sound so."""
        return {word for word in self.shapes.of([f"~{heard}"]) if self.sounds[word] == heard}

    def said_as(self, word: str) -> set[str]:
        """Return the words that are said as this one is."""
        return self.shapes.of([f"={said(word)}"])


def make_spelling(vocabulary: Vocabulary) -> Spelling:
    """Prepare a vocabulary's words, and the question words, to be corrected to."""
    shapes = make_shapes(_correctable(vocabulary), _all_forms)
    return Spelling(vocabulary, shapes, {word: sound(word) for word in shapes.words})


def changed_spelling(before: Spelling, vocabulary: Vocabulary) -> Spelling:
    """Return what `make_spelling` would, from one of mostly the same words, in a hundredth of the time."""
    wanted = _correctable(vocabulary)
    come, gone = wanted - before.sounds.keys(), before.sounds.keys() - wanted
    if not come and not gone:
        return replace(before, vocabulary=vocabulary)
    shapes = changed_shapes(before.shapes, gone, come, _all_forms)
    sounds = {word: heard for word, heard in before.sounds.items() if word not in gone}
    return Spelling(vocabulary, shapes, sounds | {word: sound(word) for word in come})


def _correctable(vocabulary: Vocabulary) -> set[str]:
    """Return the words that a slip may be corrected to."""
    return {word for word in (*vocabulary.words, *question_words()) if word.isalpha()}


def _forms(word: str) -> set[str]:
    # Two edits far apart are caught when one of them is a vowel, which the sound leaves out: most slips of long words.
    heard = sound(word)
    forms = {"~" + heard, *_spelt(word)}
    if len(heard) > SHORTEST - 1:
        forms.update("~" + heard[:at] + heard[at + 1 :] for at in range(len(heard)))
    return forms


def _spelt(word: str) -> set[str]:
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}


def _all_forms(word: str) -> set[str]:
    return {*_forms(word), f"={said(word)}", f"!{squeezed(word)}"}
