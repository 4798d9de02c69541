"""The safety rules as they are kept for the next start, which reads them in a tenth of the time.

Their larger parts are packed one by one: unpacked together they would need their room twice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from msgspec import Raw, Struct

from chatbot.answering.safety.card import Card
from chatbot.answering.safety.lexis import Lexis
from chatbot.answering.safety.rules import Asking, Family, Region, SafetyRules, Watched
from chatbot.answering.safety.spelling import Spelling
from chatbot.answering.safety.watch import Watch
from chatbot.kept import packed, unpacked
from chatbot.values import Notice


class KeptRules(Struct, frozen=True):
    """`SafetyRules`, field by field."""

    version: str
    date: date
    checksum: str
    lexis: Raw
    spelling: Raw
    exclusions: Watch
    families: tuple[Family, ...]
    urgent: Watched
    mild: Watched
    asking: Asking
    card: Raw
    panels: dict[str, str]
    notices: dict[tuple[str, str], Notice]
    ranks: dict[str, int]
    regions: dict[str, Region]


def kept_rules(rules: SafetyRules) -> KeptRules:
    """Take the rules apart."""
    return KeptRules(
        version=rules.version,
        date=rules.date,
        checksum=rules.checksum,
        lexis=packed(rules.lexis),
        spelling=packed(rules.spelling),
        exclusions=rules.exclusions,
        families=rules.families,
        urgent=rules.urgent,
        mild=rules.mild,
        asking=rules.asking,
        card=packed(rules.card),
        panels=dict(rules.panels),
        notices=dict(rules.notices),
        ranks=dict(rules.ranks),
        regions=dict(rules.regions),
    )


def rules_of(kept: KeptRules) -> SafetyRules:
    """Put the rules together again."""
    spelling = unpacked(kept.spelling, Spelling)
    return SafetyRules(
        version=kept.version,
        date=kept.date,
        checksum=kept.checksum,
        spelling=replace(spelling, near=_once(spelling.near), likely=_once(spelling.likely)),
        lexis=unpacked(kept.lexis, Lexis),
        exclusions=kept.exclusions,
        families=kept.families,
        by_id={family.id: family for family in kept.families},
        urgent=kept.urgent,
        mild=kept.mild,
        asking=kept.asking,
        card=unpacked(kept.card, Card),
        panels=kept.panels,
        notices=kept.notices,
        ranks=kept.ranks,
        regions=kept.regions,
    )


def _once(table: Mapping[str, tuple[str, ...]]) -> Mapping[str, tuple[str, ...]]:
    """Return a table in which equal rows are one: a word stands in one for each of its letters."""
    known: dict[tuple[str, ...], tuple[str, ...]] = {}
    return {form: known.setdefault(words, words) for form, words in table.items()}
