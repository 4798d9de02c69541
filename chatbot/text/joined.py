"""Article words that were written in two or three, as they are heard: "my grains", "fibre my algia"."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from chatbot.text.english import is_unheard_of, rarity
from chatbot.text.spelling import Spelling, correction, edits, sound
from chatbot.text.tokens import question_words, stem

PARTS = 3
# most words that one was cut into
SHORTEST = 7
# letters; a shorter word is too easily made of two others
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


def joined(words: Sequence[str], unknown: Collection[int], spelling: Spelling) -> Mapping[int, Whole]:
    """Return where words are read as one, by the number of the first; the longer reading first, and none overlap.

    words: folded, "" for those to be left alone. unknown: numbers of those that no article holds; one is needed.
    """
    found: dict[int, Whole] = {}
    taken: set[int] = set()
    for size in range(PARTS, 1, -1):
        for at in range(len(words) - size + 1):
            places = range(at, at + size)
            if not any(place in unknown for place in places) or not taken.isdisjoint(places):
                continue
            if word := _whole(words[at : at + size], spelling):
                found[at] = Whole(size, word)
                taken.update(places)
    return found


_sound = lru_cache(maxsize=4096)(sound)


def _whole(parts: Sequence[str], spelling: Spelling) -> str | None:
    """Return the article word that the parts make up, or None. Of equally near ones the more frequent is returned."""
    together = "".join(parts)
    if len(together) < SHORTEST or not all(part.isalpha() for part in parts):
        return None
    near = [(cost, -spelling.vocabulary.words[word], word) for word, cost in _costs(parts, together, spelling)]
    return min(near)[2] if near else None


def _costs(parts: Sequence[str], together: str, spelling: Spelling) -> Iterator[tuple[str, float]]:
    """Yield the article words that are near enough, with their distance: a letter, or more where they sound alike."""
    heard = _sound(parts[0]) + "".join(_sound(f"-{part}")[1:] for part in parts[1:])
    is_strange = any(is_unheard_of(stem(part)) for part in parts)
    for word in spelling.sounding(heard) | (spelling.close(together) if is_strange else set()):
        if not _may_be_cut(word, spelling) or any(correction(part, spelling) == word for part in parts):
            continue
        is_alike = heard == spelling.sounds[word]
        most = (len(word) // 2 if is_strange else ORDINARY) if is_alike else int(is_strange)
        if len(parts[0]) == 1 or len(parts[-1]) == 1:
            most = 0  # "writing a" is not "writhing"
        count = edits(together, word, most)
        if count <= most:
            yield word, count * (HEARD if is_alike else 1.0)


def _may_be_cut(word: str, spelling: Spelling) -> bool:
    """Say whether it is an article's word, long and rare: nobody cuts an everyday one."""
    return bool(
        len(word) >= SHORTEST
        and spelling.vocabulary.words.get(word)
        and word not in question_words()
        and rarity(stem(word)) >= TELLING
    )
