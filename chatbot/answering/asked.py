"""What a question asks for: its subjects, and its other words, sorted by what it means when a passage lacks them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from chatbot.text.concepts import UNHEARD_OF
from chatbot.text.naming import is_medical
from chatbot.values import Concept, Origin, Query

ASKED = 0.99
# weight from which a concept stands in the sentence that asks
STORY = 0.85
# weight below which a concept is one of a long story, and no passage need hold it
STRANGE = 0.9
# rarity from which what no article holds may be a subject that no list names: "cauda equina syndrome"
STRANGER = 0.1
# ... and how surely, unless it looks like a medical word
CARRIED_EVIDENCE = 0.5
# what a word of an earlier question shows: "and afterwards?" is about what was asked before


class Asked(NamedTuple):
    """What a question asks for, whatever a passage holds of it."""

    known: Sequence[tuple[int, float]]
    # the subjects asked for that some article holds: the concept's identity, and how surely it is a subject
    absent: Sequence[tuple[int, float]]
    # those that no article holds
    told: Sequence[tuple[int, float]]
    # those told beside the question
    words: Sequence[tuple[int, float]]
    # all that is asked for: the concept's identity, and how rare it is
    carried: float
    # what an earlier question shows


def asked_of(query: Query) -> Asked:
    """Sort a question's concepts by what lacking them means."""
    typed = [each for each in query.concepts if is_own(each, STORY)]
    asked = [each for each in typed if each.weight >= ASKED]
    return Asked(
        known=[(id(each), subject_of(each)) for each in asked if each.known],
        absent=[(id(each), subject_of(each)) for each in asked if not each.known],
        told=[(id(each), subject_of(each)) for each in typed if each.weight < ASKED],
        words=[(id(each), each.rarity) for each in asked],
        carried=_carried(query),
    )


def _carried(query: Query) -> float:
    """Return what an earlier question shows, for a question that asks something of its own: "thank you" does not."""
    origins = {each.terms[0].origin is Origin.CARRIED for each in query.concepts if each.typed}
    return CARRIED_EVIDENCE if origins == {True, False} else 0.0


def subject_of(concept: Concept) -> float:
    """Return how surely a concept is a subject: what is rare in English and in no article at all may well be one.

    Surely so when it looks like the name of a disease or a medicine, otherwise it may as well be a slip.
    """
    if concept.known or concept.rarity < STRANGE:
        return concept.subject
    if any(map(is_medical, concept.typed.split())):
        return 1.0
    return concept.subject if concept.subject > UNHEARD_OF else STRANGER


def is_own(concept: Concept, weight: float) -> bool:
    """Say whether a concept belongs to the question itself, not to the story around it nor to an earlier turn."""
    return concept.weight >= weight and concept.terms[0].origin not in (Origin.CARRIED, Origin.LEANING)
