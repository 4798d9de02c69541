"""What was found in a question → the panels to show, and one notice made of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce
from operator import or_

from chatbot.answering.safety.findings import Finding, findings
from chatbot.answering.safety.rules import SafetyRules
from chatbot.values import Contact, Notice

LONGEST = 60
# words of one notice
QUIET = 4
# the level of what gets no notice
SELF_HARM = {"C1", "C2"}
BODY = {"C4", "C5", "C6"}
TAKEN = {"C1", "C4"}
# a wish to die and something taken
KEPT = {
    **dict.fromkeys(("K1", "K1-taken", "K1-others", "K1-asked", "K7"), "K1-kept"),
    "K1-friend": "K1-friend-kept",
    "K2-taken": "K2-taken-kept",
    **dict.fromkeys(("K5", "K5-past"), "K5-kept"),
}
STILL_UNWELL = "K2-kept"
# the panel of an urgent question -> the short one that stands above the next answers, and that of all others


def in_order(found: Iterable[Finding], rules: SafetyRules) -> tuple[Finding, ...]:
    """Return the findings, the most urgent first; a crisis stands before an emergency.

    Words such as "I don't want to die" yield: beside an emergency they are fear, and so is whatever ends with them.
    """
    kept = list(found)
    if any(finding.level == 1 and finding.category in BODY for finding in kept):
        fear = reduce(or_, (finding.ends for finding in kept if finding.yields == "words"), 0)
        kept = [
            f for f in kept if f.yields == "never" and (f.category not in SELF_HARM or f.level > 1 or f.ends & ~fear)
        ]
    return tuple(sorted(kept, key=lambda finding: (finding.level, rules.ranks[finding.panel])))


def panels(found: Sequence[Finding], earlier: Sequence[Finding] = ()) -> tuple[str, ...]:
    """Return the panels of the highest level, the first to be shown and the others for their contacts.

    earlier: urgent findings of earlier questions, shown after those of an urgent one.
    """
    if not found or found[0].level == QUIET:
        return ()
    level = found[0].level
    new = [finding for finding in found if finding.level == level]
    every = [*new, *earlier] if level == 1 else new
    shown = [finding.panel for finding in every]
    if level == 1 and _categories(new) & TAKEN and _categories(every) >= TAKEN:
        shown.insert(0, "K1-taken")
    return tuple(dict.fromkeys(shown))


def _categories(found: Iterable[Finding]) -> set[str]:
    return {finding.category for finding in found}


def quiet_panels(found: Sequence[Finding]) -> tuple[str, ...]:
    """Return the panels that are no notice: their words stand where the articles do not answer."""
    return tuple(dict.fromkeys(finding.panel for finding in found if finding.level == QUIET))


def urgent_before(history: Sequence[str], rules: SafetyRules) -> tuple[Finding, ...]:
    """Return what is urgent in earlier questions, the latest first."""
    asked = (in_order(findings(text, rules), rules) for text in reversed(history))
    return tuple(finding for found in asked for finding in found if finding.level == 1)


def kept_panels(earlier: Sequence[Finding]) -> tuple[str, ...]:
    """Return the short panels that urgent earlier questions leave behind."""
    return tuple(dict.fromkeys(KEPT.get(finding.panel, STILL_UNWELL) for finding in earlier))


def joined(notices: Sequence[Notice]) -> Notice | None:
    """Return the first notice with the contacts of all; a second text follows the first where both are short."""
    if not notices:
        return None
    first, *others = notices
    text = first.text
    for other in others:
        if other.kind == "advice" and len(f"{text} {other.text}".split()) <= LONGEST:
            text = f"{text} {other.text}"
    contacts: dict[Contact, None] = dict.fromkeys(contact for notice in notices for contact in notice.contacts)
    return Notice(first.kind, first.title, text, tuple(contacts))
