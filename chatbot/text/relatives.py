"""Article words of the same family that the stemmer keeps apart: sciatic and sciatica, anesthetic and anesthesia."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

ROOT = 4
# letters that two stems of one family share at least
MOST = 3

# What may be left of a Snowball stem behind the root that it shares with its family.
ENDINGS = frozenset(
    "a abl al anc ant at ation c e ed en enc ent er eri es esia est et eti i ia ic ical ifi in ing ion is ism ist it "
    "iti iv iz ment ness o or os osi osis ot ous s si sia t th tic tion ur us y z".split()
) | {""}
# Of these, what makes another word where the other stem has no ending: though and thought are strangers.
NEVER_ALONE = frozenset({"t", "th", "s", "c", "o", "y", "in", "en", "z", "us"})


@dataclass(frozen=True, slots=True)
class Relatives:
    """The stems of one corpus version by the letters they begin with."""

    families: Mapping[str, tuple[str, ...]]

    def of(self, stem: str) -> tuple[str, ...]:
        """Return at most three related stems, those that share the longest root first; never the stem itself."""
        if len(stem) <= ROOT or not stem.isalpha():
            return ()
        found = [(_root(stem, other), other) for other in self.families.get(stem[:ROOT], ()) if other != stem]
        related = [(root, other) for root, other in found if _related(stem, other, root)]
        return tuple(other for _, other in sorted(related, key=lambda item: (-item[0], item[1]))[:MOST])


def make_relatives(stems: Iterable[str]) -> Relatives:
    """Index stems by their first letters."""
    families: dict[str, list[str]] = defaultdict(list)
    for stem in sorted(stems):
        if len(stem) > ROOT and stem.isalpha():
            families[stem[:ROOT]].append(stem)
    return Relatives({letters: tuple(found) for letters, found in families.items()})


def changed_relatives(before: Relatives, gone: Collection[str], come: Collection[str]) -> Relatives:
    """Return the relatives after some stems went and others came."""
    families = dict(before.families)
    for letters in {stem[:ROOT] for stem in (*gone, *come)}:
        kept = {*families.get(letters, ()), *(stem for stem in come if stem[:ROOT] == letters)}.difference(gone)
        families |= make_relatives(kept).families
        if not any(len(stem) > ROOT and stem.isalpha() for stem in kept):
            families.pop(letters, None)
    return Relatives(families)


def _root(one: str, other: str) -> int:
    """Return how many letters two stems share from the start."""
    shared = 0
    for letter, against in zip(one, other, strict=False):
        if letter != against:
            break
        shared += 1
    return shared


def _related(one: str, other: str, root: int) -> bool:
    left, right = one[root:], other[root:]
    if root < 0.6 * min(len(one), len(other)) or left not in ENDINGS or right not in ENDINGS:
        return False
    return bool(left and right) or (left or right) not in NEVER_ALONE
