"""The disclaimer, and what a question must be answered with before anything else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from chatbot.answering.safety.findings import findings
from chatbot.answering.safety.panels import in_order, joined, kept_panels, panels, quiet_panels, urgent_before
from chatbot.answering.safety.private import masked
from chatbot.answering.safety.reading import read_rules
from chatbot.answering.safety.rules import Level, Region, SafetyRules
from chatbot.answering.safety.wording import unchecked
from chatbot.settings import Settings, Specialist
from chatbot.values import Contact, Notice, Question

__all__ = [
    "DISCLAIMER",
    "DISCLAIMER_VERSION",
    "Assessment",
    "SafetyRules",
    "all_resources",
    "assess",
    "disclaimer",
    "general_help",
    "help_for_now",
    "masked",
    "read_rules",
    "unchecked",
]

DISCLAIMER = (
    "This is general information from our articles, not medical advice, and no substitute for a professional who knows "
    "you. Ketamine for pain is an off-label use. Talk to a pain specialist before any decision. In an emergency call "
    "{emergency}."
)
DISCLAIMER_VERSION = "1"
# Fixed here and not only in the help table: the disclaimer must stand when no rules file can be read.
EMERGENCY_NUMBERS: Mapping[str, str] = {
    "US": "911",
    "CA": "911",
    "GB": "999",
    "IE": "112 or 999",
    "EU": "112",
    "AU": "000",
    "NZ": "111",
    "IN": "112",
    "elsewhere": "your local emergency number",
}
FINDER = Contact("Find a helpline", None, "https://findahelpline.com/")
NEVER_KEPT = frozenset({"C1", "C2", "C4", "C5", "C8", "C13", "C18"})
# categories of which no word may be kept, whatever the settings say
REMEMBERED = 3
# earlier questions that keep a short notice above the next answers
FOR_ANYONE = ("emergency", "crisis", "poison")
# roles of the help table that may matter whatever was asked


@dataclass(frozen=True, slots=True)
class Assessment:
    """What the rules say about one question."""

    level: Level
    # 1 urgent: the notice and nothing else; 2 and 3: the notice above the answer; 4: no notice
    notice: Notice | None
    categories: tuple[str, ...]
    # every category found, most urgent first; () for most questions
    families: tuple[str, ...] = ()
    # the families behind them, for staff and tests
    no_answer: str = ""
    # what stands where the articles do not answer, instead of the usual words
    is_private: bool = True
    # no word of the question may be kept: it, or one before it, is of NEVER_KEPT


def assess(question: Question, rules: SafetyRules, region: str) -> Assessment:
    """Judge a question by the rules, before any search.

    The whole text is scanned, and the last three questions of its history: an urgent one among them keeps a short
    notice above the answer, and its contacts in the notice of a new urgent one. region: one of the settings' REGIONS;
    an unknown one counts as "elsewhere".
    """
    region = region if region in rules.regions else "elsewhere"
    found = in_order(findings(question.text, rules, before="".join(question.history[-1:])), rules)
    earlier = urgent_before(question.history[-REMEMBERED:], rules)
    level: Level = found[0].level if found else 4
    kept = kept_panels(earlier) if level > 1 else ()
    shown = (*kept, *panels(found, earlier))
    return Assessment(
        level=min(level, 2) if kept else level,
        notice=joined([rules.notices[panel, region] for panel in shown]),
        categories=tuple(dict.fromkeys(finding.category for finding in found)),
        families=tuple(finding.family for finding in found),
        no_answer=" ".join(rules.notices[panel, region].text for panel in quiet_panels(found)),
        is_private=bool(earlier) or any(finding.category in NEVER_KEPT for finding in found),
    )


def disclaimer(settings: Settings) -> str:
    """Return the disclaimer with the emergency number of the site's region, and the site's specialist after it.

    Settings may add a sentence and never take one away. Raises ValueError when the fixed words are gone.
    """
    number = EMERGENCY_NUMBERS.get(settings.region, EMERGENCY_NUMBERS["elsewhere"])
    words = DISCLAIMER.format(emergency=number).strip()
    if not words:
        raise ValueError("the disclaimer may not be empty; put its fixed words back")
    return f"{words} {_offer(settings.specialist)}".strip()


def _offer(specialist: Specialist) -> str:
    """Say whom to ask; empty when the site names nobody."""
    parts = [part for part in (specialist.name, specialist.phone, specialist.url) if part]
    return f"To ask a specialist: {', '.join(parts)}." if parts else ""


def general_help(region: str) -> Notice:
    """Return the notice for when the rules themselves fail: it depends on no file."""
    number = EMERGENCY_NUMBERS.get(region, EMERGENCY_NUMBERS["elsewhere"])
    phone = number.split()[0] if number[0].isdigit() else None
    return Notice(
        "advice",
        "If you need help now",
        f"In an emergency, or if you might hurt yourself, call {number}. This is an automatic search. Nobody reads it.",
        (Contact("Emergency", phone, f"tel:{phone}" if phone else None), FINDER),
    )


def help_for_now(rules: SafetyRules, region: str) -> Notice:
    """Return the general help with the numbers of a region: for whoever asked and gets no answer.

    region: one of the settings' REGIONS; an unknown one counts as "elsewhere".
    """
    own = rules.regions.get(region) or rules.regions["elsewhere"]
    contacts = tuple(resource.contact for resource in own.resources if resource.role in FOR_ANYONE)
    return replace(general_help(own.code), contacts=contacts)


def all_resources(rules: SafetyRules) -> tuple[Region, ...]:
    """Return the help of every country, for the panel's "Other countries"."""
    return tuple(rules.regions.values())
