"""Article words that were written in two or three, as they are heard: "my grains", "fibre my algia"."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from chatbot.text.edits import edits
from chatbot.text.english import is_unheard_of, rarity
from chatbot.text.sounds import sound
from chatbot.text.spelling import Spelling, correction
from chatbot.text.tokens import question_words, stem

PARTS = 3
# most words that one was cut into
SHORTEST = 7
# letters; a shorter word is too easily made of two others
SHORTEST_EXACT = 5
# letters of a word that a stray space cut, all its letters being there: "ner ves"
TELLING = 0.5
# rarity in general English of the words that are looked for: nobody cuts an everyday word
HEARD = 0.5
# what an edit costs where the parts together sound as the word does
ORDINARY = 2
# letters that may differ where every part is a word by itself: "my grains"


class Whole(NamedTuple):
    """A word that was written in parts."""

    parts: int
    word: str


class _Reading(NamedTuple):
    """A way to read some words as one, the likeliest first."""

    cost: float
    rank: int
    # fewer for more parts
    at: int
    word: str


def joined(words: Sequence[str], unknown: Collection[int], spelling: Spelling) -> Mapping[int, Whole]:
    """Return where words are read as one, by the number of the first; the nearer reading first, and none overlap.

    words: folded, "" for those to be left alone. unknown: numbers of those that no article holds; one is needed.
    """
    found: dict[int, Whole] = {}
    taken: set[int] = set()
    for reading in sorted(_readings(words, unknown, spelling)):
        places = range(reading.at, reading.at + PARTS - reading.rank)
        if taken.isdisjoint(places):
            found[reading.at] = Whole(len(places), reading.word)
            taken.update(places)
    return found


def _readings(words: Sequence[str], unknown: Collection[int], spelling: Spelling) -> Iterator[_Reading]:
    for size in range(2, PARTS + 1):
        for at in range(len(words) - size + 1):
            if any(place in unknown for place in range(at, at + size)) and (
                near := _whole(words[at : at + size], spelling)
            ):
                yield _Reading(near[0], PARTS - size, at, near[2])


_sound = lru_cache(maxsize=4096)(sound)


def _whole(parts: Sequence[str], spelling: Spelling) -> tuple[float, int, str] | None:
    """Return (distance, _, the article word that the parts make up). Of equally near ones the more frequent comes."""
    together = "".join(parts)
    if len(together) < SHORTEST_EXACT or not all(part.isalpha() for part in parts):
        return None
    return min(
        ((cost, -spelling.vocabulary.words[word], word) for word, cost in _costs(parts, together, spelling)),
        default=None,
    )


def _costs(parts: Sequence[str], together: str, spelling: Spelling) -> Iterator[tuple[str, float]]:
    """Yield the article words that are near enough, with their distance: a letter, or more where they sound alike."""
    heard = _sound(parts[0]) + "".join(_sound(f"-{part}")[1:] for part in parts[1:])
    is_strange = any(is_unheard_of(stem(part)) for part in parts)
    for word in spelling.sounding(heard) | (spelling.close(together) if is_strange else set()):
        if (
            word in parts
            or not _may_be_cut(word, together, spelling)
            or (word == together and not is_strange and _asks(parts))
        ):
            continue
        is_alike = heard == spelling.sounds[word]
        most = (len(word) // 2 if is_strange else ORDINARY) if is_alike else int(is_strange)
        if len(parts[0]) == 1 or len(parts[-1]) == 1:
            most = 0  # "writing a" is not "writhing"
        count = edits(together, word, most)
        if count <= most and not any(stem(correction(part, spelling) or "") == stem(word) for part in parts):
            yield word, count * (HEARD if is_alike else 1.0)


def _may_be_cut(word: str, together: str, spelling: Spelling) -> bool:
    """Say whether it is an article's word, and a long and rare one where letters differ: nobody mishears others."""
    if not spelling.vocabulary.words.get(word) or word in question_words():
        return False
    return word == together or (len(word) >= SHORTEST and rarity(stem(word)) >= TELLING)


def _asks(parts: Sequence[str]) -> bool:
    """Say whether a part only asks: "in fusion" may be meant, "the rapist" must not be read as another word."""
    return any(part in question_words() for part in parts)
