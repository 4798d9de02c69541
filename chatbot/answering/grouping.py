"""Questions asked in vain, put together by what they are about: staff see what many ask, never what one did."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from chatbot.text.english import is_english, rarity
from chatbot.text.naming import is_medical
from chatbot.text.tokens import question_words, stem, tokens

LEAST = 3
# askings from which anything is shown
ALIKE = 0.5
# share of the telling words that two questions of a group have in common
SMALLEST_WEIGHT = 0.1
# of a word that says nothing in general English: two questions of such words only are alike, too
THEMES = 5
# words of the articles, the commonest, that say as little: in ours nearly every question holds "ketamine" or "pain"
TEXTS_SHOWN = 5
HIDDEN = "[…]"


@dataclass(frozen=True, slots=True)
class Asking:
    """One redacted question."""

    number: int
    # of its row
    folded: str
    # its stems, with spaces between
    text: str


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that are about the same."""

    key: str
    # the same while the group's first question is kept
    texts: tuple[str, ...]
    # the commonest first, without words that only one or two wrote
    count: int
    numbers: tuple[int, ...]
    # of all its askings
    words: tuple[str, ...]
    # stems that at least LEAST of its askings share, most telling first


def groups(askings: Sequence[Asking], known: Mapping[str, int], least: int = LEAST) -> tuple[Group, ...]:
    """Put questions into groups and return those with enough askings, the largest first.

    known: words of the articles, in lower case, and how often each stands there. Each question joins the group whose
    first question is most like it, if alike enough, or begins one of its own; the commonest go first, so that the order
    of asking decides nothing.
    """
    counts = Counter(asking.folded for asking in askings)
    common = themes(known)
    members: dict[str, list[str]] = {}
    for folded in sorted(counts, key=lambda folded: (-counts[folded], folded)):
        likest = max(members, key=lambda leader: (likeness(folded, leader, common), leader), default="")
        leads = not members or likeness(folded, likest, common) < ALIKE
        members.setdefault(folded if leads else likest, []).append(folded)
    by_folded: dict[str, list[Asking]] = {}
    for asking in askings:
        by_folded.setdefault(asking.folded, []).append(asking)
    found = [
        _group(leader, [each for name in names for each in by_folded[name]], known) for leader, names in members.items()
    ]
    return tuple(sorted((g for g in found if g.count >= least), key=lambda group: (-group.count, group.key)))


def themes(known: Mapping[str, int]) -> frozenset[str]:
    """Return the stems of the articles' commonest words."""
    telling = [word for word in known if word not in question_words() and known[word]]
    return frozenset(stem(word) for word in sorted(telling, key=lambda word: (-known[word], word))[:THEMES])


def likeness(one: str, other: str, common: Collection[str] = ()) -> float:
    """Return how alike two folded questions are, 0..1: the share of their stems that both have, each by its rarity.

    common: stems that say little, however rare they are in general English.
    """
    mine, theirs = set(one.split()), set(other.split())
    whole = _weight(mine | theirs, common)
    return _weight(mine & theirs, common) / whole if whole else 0.0


def _weight(stems: Iterable[str], common: Collection[str]) -> float:
    return sum(SMALLEST_WEIGHT if stem in common else max(SMALLEST_WEIGHT, rarity(stem)) for stem in sorted(stems))


def _group(leader: str, askings: Sequence[Asking], known: Collection[str]) -> Group:
    stems = Counter(stem for asking in askings for stem in set(asking.folded.split()))
    shared = [stem for stem, count in stems.items() if count >= LEAST]
    words = Counter(token.word for asking in askings for token in {t.word: t for t in tokens(asking.text)}.values())
    texts = Counter(_shown(asking.text, words, known) for asking in askings)
    return Group(
        key=hashlib.sha256(leader.encode()).hexdigest()[:12],
        texts=tuple(sorted(texts, key=lambda text: (-texts[text], text))[:TEXTS_SHOWN]),
        count=len(askings),
        numbers=tuple(asking.number for asking in askings),
        words=tuple(sorted(shared, key=lambda stem: (-rarity(stem), stem))),
    )


def _shown(text: str, words: Mapping[str, int], known: Collection[str]) -> str:
    """Return a question without words that nobody knows and fewer than LEAST wrote: they might name somebody."""
    for token in reversed(tokens(text)):
        is_common = words[token.word] >= LEAST or len(token.word) == 1 or token.word.isdigit()
        if not (is_common or token.word in known or is_english(token.stem) or is_medical(token.word)):
            text = text[: token.start] + HIDDEN + text[token.end :]
    return text
