"""A text → the families that it matches, at the level that its form asks for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

from chatbot.answering.safety.lexis import Scan, scan
from chatbot.answering.safety.patterns import Pattern, can_match, covered, ends
from chatbot.answering.safety.rules import Family, Level, SafetyRules
from chatbot.answering.safety.spelling import words


@dataclass(frozen=True, slots=True)
class Finding:
    """A family that a text matches."""

    family: str
    category: str
    level: Level
    panel: str
    yields: bool = False


def findings(text: str, rules: SafetyRules, before: Sequence[str] = ()) -> tuple[Finding, ...]:
    """Return every family that the text matches, in the order of the rules.

    text: up to 2,000 characters are meant; the time grows with the length and not with what is said. before: the
    question asked just before, which "I have all of these" may speak of.
    """
    row, last = words(text, rules.spelling)
    whole = scan(row, last, rules.lexis)
    seen = _Sight(whole)
    marked = _together(covered(p, whole) for p in rules.exclusions if can_match(p, seen.present))
    if marked:
        seen = _Sight(whole.without(marked))
    found = []
    general: tuple[int, int] | None = None
    for family in rules.families:
        hits = seen.hits(family)
        if not hits:
            continue
        if family.asked != "never" and family.level == 1:
            general = general or _general(seen, rules)
            if not hits & ~general[family.asked == "named"]:
                found.append(Finding(family.id, family.asked_category, 2, family.asked_panel))
                continue
        found.append(Finding(family.id, family.category, family.level, family.panel, family.yields))
    return tuple(found)


class _Sight:
    """One scan and the word sets present in it."""

    def __init__(self, seen: Scan) -> None:
        self.scan = seen
        self.present = sum(1 << number for number in seen.places)

    def any_end(self, patterns: Iterable[Pattern]) -> int:
        return _together(ends(p, self.scan) for p in patterns if can_match(p, self.present))

    def hits(self, family: Family) -> int:
        """Return where the family's matches end; of several groups, where the last group's do."""
        near = -1
        hits = 0
        for group in family.groups:
            hits = self.any_end(group)
            if not hits or len(family.groups) == 1:
                return hits
            near &= _spread(hits, family.within)
        return hits if near & self.scan.every else 0


def _general(seen: _Sight, rules: SafetyRules) -> tuple[int, int]:
    """Return the words of sentences that ask about the subject in general; then of those that also name a subject."""
    asking, whole = rules.asking, seen.scan
    courtesy = _together(covered(p, whole) for p in asking.polite if can_match(p, seen.present))
    plain = _Sight(whole.without(courtesy))
    personal = whole.sentences_with(plain.any_end(asking.personal))
    past = whole.sentences_with(seen.any_end(asking.past))
    asked = whole.sentences_with(seen.any_end(asking.opens)) & ~personal
    return asked | past, asked & whole.sentences_with(seen.any_end(asking.names))


def _spread(mask: int, distance: int) -> int:
    """Return the words at most this many words away from a marked one, on either side."""
    for _ in range(distance):
        mask |= (mask << 1) | (mask >> 1)
    return mask


def _together(masks: Iterable[int]) -> int:
    return reduce(or_, masks, 0)
