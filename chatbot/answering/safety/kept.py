"""The safety rules as they are kept for the next start, which reads them in a tenth of the time.

Only watches are written in another form: of their masks, numbers of thousands of bits, the set numbers that they are
made of.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date

from msgspec import Raw, Struct

from chatbot.answering.safety.card import Card
from chatbot.answering.safety.lexis import Lexis
from chatbot.answering.safety.patterns import Pattern, make_pattern, make_step
from chatbot.answering.safety.rules import Asking, Family, Region, SafetyRules, Watched
from chatbot.answering.safety.spelling import Spelling
from chatbot.answering.safety.watch import Watch
from chatbot.kept import packed, unpacked
from chatbot.values import Notice


class KeptPattern(Struct, frozen=True, array_like=True):
    """A pattern without its masks."""

    steps: tuple[tuple[tuple[int, ...], int, int, bool, bool], ...]
    # sets, gap, avoid, optional, or_end
    opens: bool
    closes: bool
    text: str
    others: tuple[int, ...]
    # which of its needs are looked for after the rarest, in this order


class KeptWatch(Struct, frozen=True):
    """A watch without its masks."""

    patterns: tuple[KeptPattern, ...]
    under: dict[int, tuple[int, ...]]


class KeptWatched(Struct, frozen=True):
    """Patterns and whose they are."""

    watch: KeptWatch
    owners: tuple[tuple[int, int], ...]


class KeptRules(Struct, frozen=True):
    """`SafetyRules`, field by field."""

    version: str
    date: date
    checksum: str
    lexis: Raw
    spelling: Raw
    exclusions: KeptWatch
    families: tuple[Family, ...]
    urgent: KeptWatched
    mild: KeptWatched
    asking: dict[str, KeptWatch]
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
        exclusions=_apart(rules.exclusions),
        families=rules.families,
        urgent=KeptWatched(_apart(rules.urgent.watch), rules.urgent.owners),
        mild=KeptWatched(_apart(rules.mild.watch), rules.mild.owners),
        asking={field.name: _apart(getattr(rules.asking, field.name)) for field in fields(rules.asking)},
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
        exclusions=_together(kept.exclusions),
        families=kept.families,
        by_id={family.id: family for family in kept.families},
        urgent=Watched(_together(kept.urgent.watch), kept.urgent.owners),
        mild=Watched(_together(kept.mild.watch), kept.mild.owners),
        asking=Asking(**{name: _together(watch) for name, watch in kept.asking.items()}),
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


def _apart(watch: Watch) -> KeptWatch:
    listed = zip(watch.patterns, watch.needs, strict=True)
    return KeptWatch(tuple(_pattern(pattern, others) for pattern, others in listed), dict(watch.under))


def _pattern(pattern: Pattern, others: tuple[int, ...]) -> KeptPattern:
    return KeptPattern(
        tuple((step.sets, step.gap, step.avoid, step.optional, step.or_end) for step in pattern.steps),
        pattern.opens,
        pattern.closes,
        pattern.text,
        tuple(pattern.needs.index(need) for need in others),
    )


def _together(kept: KeptWatch) -> Watch:
    patterns = tuple(
        make_pattern(tuple(make_step(*step) for step in each.steps), each.opens, each.closes, each.text)
        for each in kept.patterns
    )
    needs = tuple(
        tuple(pattern.needs[number] for number in each.others)
        for pattern, each in zip(patterns, kept.patterns, strict=True)
    )
    return Watch(patterns, kept.under, needs)
