"""What a word leans towards: drawn from the phrases that staff listed, for sentences that nobody listed.

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
# meanings of one word

Leanings = Mapping[Phrase, Mapping[str, float]]
# a stem, or two in the order of speech -> meaning -> share of the phrases


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
    return {feature: found for feature, found in shares.items() if found}


def leaning(leanings: Leanings, stems: Sequence[str], at: int) -> Mapping[str, float]:
    """Return what a word of a question leans towards, meaning -> share, by itself and with its neighbours."""
    own = stems[at]
    before = [(other, own) for other in stems[max(0, at - REACH) : at]]
    after = [(own, other) for other in stems[at + 1 : at + REACH + 1]]
    found: dict[str, float] = {}
    for feature in [(own,), *before, *after]:
        for meaning, share in leanings.get(feature, {}).items():
            found[meaning] = max(share, found.get(meaning, 0.0))
    return dict(sorted(found.items(), key=lambda item: -item[1])[:MOST])


def _features(phrase: Phrase, empty: frozenset[str]) -> Iterator[Phrase]:
    yield from ((stem,) for stem in phrase if stem not in empty)
    for at, stem in enumerate(phrase):
        yield from ((stem, other) for other in phrase[at + 1 : at + 1 + REACH] if not empty.issuperset((stem, other)))
