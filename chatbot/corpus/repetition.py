"""Texts that say the same thing twice, or in two ways that do not agree."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from chatbot.text.sentences import sentences
from chatbot.text.tokens import question_words, tokens

SHINGLE = 4
# words in a row that are compared
DUPLICATE = 0.5
# share of the shorter text's shingles that both hold, from which two texts count as the same
SAME_SUBJECT = 0.5
# share of all their content words that two sentences have in common, from which they speak of one quantity;
# over the shorter sentence's words alone, 0.6 flagged six pairs of the shipped articles, all of different things

_YEAR = re.compile(r"(?:1[89]|20)\d\d")
_QUANTITY = re.compile(
    r"(\d+(?:[.,]\d+)*)(?:\s*(%|percent|per cent|million|thousand|[^\W\d_]+))?(?:\s+([^\W\d_]+))?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two sentences that give one quantity two values."""

    first: int
    second: int
    # which texts they stand in, by position
    quantity: str
    values: tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Statement:
    text: int
    words: frozenset[str]
    # content stems, numbers left out
    years: frozenset[str]
    values: tuple[tuple[str, str], ...]
    # (what is counted, how many)


def near_duplicates(texts: Sequence[str]) -> tuple[tuple[int, int, float], ...]:
    """Return the pairs of texts that share half of the shorter one's four-word runs, with that share, in order."""
    shingles = [set(_runs(_words(text), SHINGLE)) for text in texts]
    holders: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for position, own in enumerate(shingles):
        for run in own:
            holders[run].append(position)
    shared = Counter(pair for positions in holders.values() for pair in combinations(positions, 2))
    shares = {pair: count / min(len(shingles[pair[0]]), len(shingles[pair[1]])) for pair, count in shared.items()}
    return tuple((*pair, share) for pair, share in sorted(shares.items()) if share >= DUPLICATE)


def shared_runs(texts: Sequence[str], other_texts: Sequence[str], length: int = 8) -> tuple[str, ...]:
    """Return every run of at least `length` words that stands in both, as long as it goes, in the order of `texts`.

    Case, punctuation and line breaks do not count.
    """
    known = {run for text in other_texts for run in _runs(_words(text), length)}
    return tuple(" ".join(run) for text in texts for run in _joined(_words(text), known, length))


def conflicting_numbers(texts: Sequence[str]) -> tuple[Conflict, ...]:
    """Return the pairs of sentences of different texts that count the same thing differently.

    A heuristic for a person to look at: the two sentences share most of their content words and name the same unit
    with different numbers. Sentences that name different years speak of different studies.
    """
    statements = [statement for position, text in enumerate(texts) for statement in _statements(position, text)]
    return tuple(
        conflict
        for one, other in combinations(statements, 2)
        if one.text != other.text and _same_subject(one, other)
        for conflict in _conflicts(one, other)
    )


def _statements(position: int, text: str) -> Iterator[_Statement]:
    for span in sentences(text):
        sentence = text[span.start : span.end]
        years = frozenset(_YEAR.findall(sentence))
        values = tuple(_values(_YEAR.sub(" ", sentence)))
        if values:
            words = frozenset(token.stem for token in tokens(sentence) if token.word not in question_words())
            yield _Statement(position, frozenset(word for word in words if word.isalpha()), years, values)


def _values(sentence: str) -> Iterator[tuple[str, str]]:
    for match in _QUANTITY.finditer(sentence):
        number, unit, noun = match[1].replace(",", ""), (match[2] or "").lower(), (match[3] or "").lower()
        if unit in ("million", "thousand"):
            yield noun, f"{number} {unit}"
        elif unit:
            yield "%" if unit.startswith("per") else unit, number


def _same_subject(one: _Statement, other: _Statement) -> bool:
    if one.years and other.years and not one.years & other.years:
        return False
    return len(one.words & other.words) >= SAME_SUBJECT * max(1, len(one.words | other.words))


def _conflicts(one: _Statement, other: _Statement) -> Iterator[Conflict]:
    theirs: dict[str, set[str]] = defaultdict(set)
    for unit, number in other.values:
        theirs[unit].add(number)
    ours: dict[str, set[str]] = defaultdict(set)
    for unit, number in one.values:
        ours[unit].add(number)
    for unit in ours.keys() & theirs.keys():
        if not ours[unit] & theirs[unit]:
            yield Conflict(one.text, other.text, unit, (min(ours[unit]), min(theirs[unit])))


def _joined(words: Sequence[str], known: set[tuple[str, ...]], length: int) -> Iterator[tuple[str, ...]]:
    start = 0
    while start + length <= len(words):
        end = start
        while tuple(words[end : end + length]) in known and end + length <= len(words):
            end += 1
        if end > start:
            yield tuple(words[start : end + length - 1])
        start = end + 1 if end > start else start + 1


def _runs(words: Sequence[str], length: int) -> Iterator[tuple[str, ...]]:
    return (tuple(words[at : at + length]) for at in range(len(words) - length + 1))


def _words(text: str) -> list[str]:
    return [token.word for token in tokens(text)]
