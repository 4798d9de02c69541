"""What each signal, concept and pair of a question counts in the ranking."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

from chatbot.values import Concept, Query

COMMON_WORD = 0.6
# What a word that says nothing in general English counts beside a rare one's 1. nDCG@10 over the five development
# sets: 0.7642 at 0.25, 0.7629 at 0.4, 0.7648 at 0.6, 0.7553 without.


@dataclass(frozen=True, slots=True)
class Weights:
    """What each signal counts beside BM25's 1. Zero switches one off.

    Chosen on the development halves; `python -m benchmarks.signals` prints each set with and without each.
    """

    heading: float = 1.0
    # the words found in the headings above the passage
    title: float = 0.4
    # the words found in the article's title
    pairs: float = 0.25
    # neighbouring words of the question that stand side by side in the passage, too
    asked: float = 0.7
    # the whole wording of the question against the section's heading and sample questions
    sentence: float = 0.5
    # the words that stand together in the passage's best sentence
    breadth: float = 0.5
    # the same, times the share of the question that the whole passage holds


def importance_of(concept: Concept) -> float:
    """Return what a concept counts in the ranking: less for words that are common in general English."""
    return concept.weight * (COMMON_WORD + (1 - COMMON_WORD) * concept.rarity)


def pairs_of(query: Query) -> list[tuple[str, float]]:
    """Return the pairs of neighbouring words in the question, with their weight; those inside a phrase, too."""
    return [(pair, weight) for pair, weight, _ in owned_pairs(query)]


def owned_pairs(query: Query) -> list[tuple[str, float, int]]:
    """Return the same, each with a concept that every passage with this pair holds, by its place in the query."""
    pairs = []
    for one, other in query.pairs:
        first, second = query.concepts[one], query.concepts[other]
        weight = min(importance_of(first), importance_of(second))
        pairs.append((f"{first.terms[0].stems[-1]} {second.terms[0].stems[0]}", weight, one))
    for place, concept in enumerate(query.concepts):
        stems = concept.terms[0].stems
        pairs += [(f"{one} {other}", importance_of(concept), place) for one, other in itertools.pairwise(stems)]
    return pairs
