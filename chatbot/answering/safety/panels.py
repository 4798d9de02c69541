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
SELF_HARM = {"C1", "C2"}
BODY = {"C4", "C5", "C6"}


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


def panels(found: Sequence[Finding]) -> tuple[str, ...]:
    """Return the panels of the highest level, the first to be shown and the others for their contacts."""
    if not found:
        return ()
    highest = [finding for finding in found if finding.level == found[0].level]
    shown = [finding.panel for finding in highest]
    categories = {finding.category for finding in highest}
    if found[0].level == 1 and categories & SELF_HARM and "C4" in categories:
        shown.insert(0, "K1-taken")
    return tuple(dict.fromkeys(shown))


def kept_panel(history: Sequence[str], rules: SafetyRules) -> tuple[str, ...]:
    """Return the short panel that an urgent earlier question leaves behind; none when there was no such question."""
    for text in reversed(history):
        urgent = [finding for finding in in_order(findings(text, rules), rules) if finding.level == 1]
        if urgent:
            return (_short(panels(urgent)[0]),)
    return ()


def _short(panel: str) -> str:
    if panel.startswith("K1"):
        return "K1-kept"
    return "K5-kept" if panel == "K5" else "K2-kept"


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
