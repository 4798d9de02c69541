"""How much of a question one passage holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from chatbot.values import Concept, Hit, Query

ORDINARY = 0.4
# What the rarest ordinary word counts beside a subject's 1: "squeaky" may be missing, "gabapentin" may not.
EVERYWHERE = 0.1
# What is left of a concept that stands in every passage: it sets no passage apart.


def worths(query: Query, share_of: Callable[[Concept], float]) -> Mapping[int, float]:
    """Return what each concept of a query counts, by its identity, whatever a passage holds.

    share_of: the share of all passages that hold a concept as typed. A concept counts by how telling it is: a subject
    fully, an ordinary word by its rarity in general English, both less the more passages hold it.
    """
    return {
        id(concept): min(1.0, concept.weight) * telling(concept) * max(EVERYWHERE, 1 - share_of(concept))
        for concept in query.concepts
    }


def covered(worth: Mapping[int, float], hits: Sequence[Hit]) -> float:
    """Return the share of the query that the hits hold, 0..1; a hit counts with its term's weight."""
    asked = sum(worth.values())
    return sum([worth[id(hit.concept)] * hit.term.weight for hit in hits]) / asked if asked else 0.0


def telling(concept: Concept) -> float:
    """Return how much a concept says about what is asked, 0..1."""
    return max(concept.subject, ORDINARY * concept.rarity)
