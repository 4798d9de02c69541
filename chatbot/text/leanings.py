"""What a word, and a whole question, leans towards: drawn from the phrases that staff listed, for unlisted sentences.

Of the listed phrases with "hooked" most mean an infusion, so a question with "hooked" and no listed phrase is taken to
hint at one. Counted, not learned: the share of the phrases with a word, or with a pair of words, that mean a thing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from chatbot.text.phrases import Phrase

DOUBT = {1: 1.0, 2: 0.5}
# phrases of no meaning that are counted along with those of a word, and of a pair: one phrase alone shows little
LEAST = {1: 0.3, 2: 0.4}
# share below which a word, or a pair, leans nowhere
REACH = 4
# words between which a pair is still one
MOST = 4
# meanings kept of one word or pair
MOST_HINTS = 2
# of them that a word hints at by itself; 4 rank no better since the question is read as a whole, too
WHOLE_DOUBT = 3.0
# words and pairs of no meaning that are counted along with those of a question
LEAST_WHOLE, MOST_WHOLE = 0.1, 3
# share from which a question leans towards a meaning, and how many of these are kept

ALONE = "\n"
# what stands for the second word where a word points by itself; no stem

Leanings = Mapping[str, Mapping[str, Mapping[str, float]]]
# a stem -> one that comes after it in speech, or ALONE -> meaning -> share of the phrases


def make_leanings(listed: Iterable[tuple[Phrase, Mapping[str, float]]], empty: frozenset[str]) -> Leanings:
    """Count what the listed phrases mean. listed: (stems, meaning -> weight); empty: stems that carry no subject."""
    counts: Counter[Phrase] = Counter()
    meant: dict[Phrase, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for phrase, meanings in listed:
        for feature in set(_features(phrase, empty)):
            counts[feature] += 1
            for meaning, weight in meanings.items():
                meant[feature][meaning] += weight
    shares = {
        feature: {
            meaning: share
            for meaning, total in sorted(found.items(), key=lambda item: -item[1])[:MOST]
            if (share := total / (counts[feature] + DOUBT[len(feature)])) >= LEAST[len(feature)]
        }
        for feature, found in meant.items()
    }
    leanings: dict[str, dict[str, Mapping[str, float]]] = {}
    for (own, *others), found in shares.items():
        if found:
            leanings.setdefault(own, {})[others[0] if others else ALONE] = found
    return leanings


class Pointers:
    """Where the words of a question point: each found once, for the words one by one and for all of them together."""

    __slots__ = ("_all", "_at")

    def __init__(self, leanings: Leanings, stems: Sequence[str]) -> None:
        """stems: of every word in the order of speech, "" for one that says nothing."""
        self._all: list[Mapping[str, float]] = []
        self._at: dict[int, list[Mapping[str, float]]] = {}
        for at, own in enumerate(stems):
            if not (begun := leanings.get(own)):
                continue
            if shares := begun.get(ALONE):
                self._all.append(shares)
                self._at.setdefault(at, []).append(shares)
            for place, other in enumerate(stems[at + 1 : at + REACH + 1], at + 1):
                if shares := begun.get(other):
                    self._all.append(shares)
                    self._at.setdefault(at, []).append(shares)
                    self._at.setdefault(place, []).append(shares)

    def of(self, at: int) -> Mapping[str, float]:
        """Return what a word of the question leans towards, meaning -> share, by itself and with its neighbours."""
        found: dict[str, float] = {}
        for shares in self._at.get(at, ()):
            for meaning, share in shares.items():
                if share > found.get(meaning, 0.0):
                    found[meaning] = share
        return dict(sorted(found.items(), key=_most_first)[:MOST_HINTS])

    @staticmethod
    def together(parts: Iterable[Pointers]) -> Mapping[str, float]:
        """Return what the parts of a question lean towards as a whole: meaning -> mean share of all that points.

        A word or a pair may point anywhere; where several of them point the same way, that is what is asked.
        """
        pointing = [shares for part in parts for shares in part._all]
        found: dict[str, float] = {}
        for shares in pointing:
            for meaning, share in shares.items():
                found[meaning] = found.get(meaning, 0.0) + share
        count = len(pointing) + WHOLE_DOUBT
        least = LEAST_WHOLE * count
        likely = [(meaning, total / count) for meaning, total in found.items() if total >= least]
        return dict(sorted(likely, key=_most_first)[:MOST_WHOLE])


def _most_first(share: tuple[str, float]) -> float:
    return -share[1]


def _features(phrase: Phrase, empty: frozenset[str]) -> Iterator[Phrase]:
    yield from ((stem,) for stem in phrase if stem not in empty)
    for at, stem in enumerate(phrase):
        yield from ((stem, other) for other in phrase[at + 1 : at + 1 + REACH] if not empty.issuperset((stem, other)))
