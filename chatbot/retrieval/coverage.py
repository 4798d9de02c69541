"""How much of a question one passage holds."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from chatbot.values import Concept, Hit, Query

ORDINARY = 0.4
# What the rarest ordinary word counts beside a subject's 1: "squeaky" may be missing, "gabapentin" may not.
EVERYWHERE = 0.1
# What is left of a concept that stands in every passage: it sets no passage apart.


def coverage(query: Query, hits: Sequence[Hit], share_of: Callable[[Concept], float]) -> float:
    """Return the share of the query that the hits hold, 0..1.

    share_of: the share of all passages that hold a concept as typed. A concept counts by how telling it is: a subject
    fully, an ordinary word by its rarity in general English, both less the more passages hold it. A hit counts with its
    term's weight.
    """
    held = {id(hit.concept): hit.term.weight for hit in hits}
    asked = found = 0.0
    for concept in query.concepts:
        worth = min(1.0, concept.weight) * telling(concept) * max(EVERYWHERE, 1 - share_of(concept))
        asked += worth
        found += worth * held.get(id(concept), 0.0)
    return found / asked if asked else 0.0


def telling(concept: Concept) -> float:
    """Return how much a concept says about what is asked, 0..1."""
    return max(concept.subject, ORDINARY * concept.rarity)
