"""A text → the families that it matches, at the level that its form asks for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial, reduce
from operator import or_
from typing import Literal

from chatbot.answering.safety.card import Judged, judge, points_until
from chatbot.answering.safety.folding import is_latin
from chatbot.answering.safety.lexis import Scan, scan
from chatbot.answering.safety.patterns import Pattern, covered, ends
from chatbot.answering.safety.private import holds_details
from chatbot.answering.safety.rules import Family, Level, SafetyRules, Watched
from chatbot.answering.safety.scripts import said_in
from chatbot.answering.safety.traits import Told
from chatbot.answering.safety.typed import words
from chatbot.answering.safety.watch import Watch


@dataclass(frozen=True, slots=True)
class Finding:
    """A family that a text matches."""

    family: str
    category: str
    level: Level
    panel: str
    yields: Literal["never", "itself", "words"] = "never"
    # what an emergency in the same message takes away
    ends: int = 0
    # mask of the words with which its matches end


DETAILS = Finding("personal-details", "C18", 3, "F6")
CARD = "score-card"
ENOUGH = 4
# families that find the same text urgent, after which the card is not asked
MANY = 8
# families that match, from which on nobody asks whether some tell of what is over or are figures of speech
BODY = ("C4", "C5", "C6")
# emergencies of the body
OWN, ANOTHERS = "C1", "C2"
# the same danger, the visitor's own and somebody else's
PAST_REACH, ASKED_REACH = 6, 10
# words about what tells of long ago, and about what asks in general, that it speaks for
Matches = list[tuple[int, Pattern, int]]
# numbers of patterns among the watched, the patterns, masks of the words with which they end
ASKED, NAMED, PAST, PERSONAL = "(asked in general)", "(asked of a subject)", "(long ago)", "(speaks of oneself)"
SOFT = {"C1": ("C15", "K7"), "C2": ("C15", "K7"), "C8": ("C15", "K7")}
# category and panel of help offered above the answer, where the card is in doubt
SOFT_BODY = ("C7", "K4")


def findings(text: str, rules: SafetyRules, before: str = "") -> tuple[Finding, ...]:
    """Return every family that the text matches, in the order of the rules.

    text: up to 2,000 characters are meant; the time grows with the length and not with what is said. before: the
    question asked just before: "I have all of these" makes an emergency of what was asked in general.
    """
    row, last = words(text, rules.spelling)
    whole = scan(row, last, rules.lexis)
    found = [*_matched(whole, rules, with_card=is_latin(text))]
    if before and _ends(rules.asking.confirms, whole):
        found += [raised for raised in map(partial(_raised, rules=rules), findings(before, rules)) if raised]
    found += [_heard(family) for family in said_in(text, rules.families)]
    if holds_details(text):
        found.append(DETAILS)
    return tuple(found)


def told(text: str, rules: SafetyRules) -> Told:
    """Return a text as the score card looks at it: for fitting the card and for telling why."""
    whole = scan(*words(text, rules.spelling), rules.lexis)
    hidden = _hidden(whole, rules)
    seen = whole.without(hidden)
    return Told(seen, hidden, _forms(seen, rules, is_back=_is_back(seen, rules)))


def _matched(whole: Scan, rules: SafetyRules, *, with_card: bool) -> Iterator[Finding]:
    """Yield the findings of one scan. Exclusions hide words from the urgent families only.

    "The pain has taken over my life" is no threat to life, but it is low mood.
    """
    hidden = _hidden(whole, rules)
    seen = whole.without(hidden)
    is_back = _is_back(seen, rules)
    matched, urgent, over = _urgent(seen, rules, is_back=is_back)
    hits = {**urgent, **_hits(_matches(rules.mild, whole), rules.mild, whole, rules)}
    told = Told(seen, hidden, _forms(seen, rules, is_back=is_back))
    found = [_finding(rules.families[index], hits[index], told.forms) for index in sorted(hits)]
    found = [_lowered(each, rules) if each.family in over else each for each in found]
    agreed = sum(finding.level == 1 for finding in found) >= ENOUGH
    judged = judge(rules.card, told) if with_card and not agreed else None
    if judged and not is_back:
        calm = _calm(found, judged, rules)
        found = [_lowered(each, rules) if each.family in calm else each for each in found]
    yield from _told_apart(found, matched, seen, rules)
    level = min((finding.level for finding in found), default=4)
    if judged and (scored := _scored(judged, told, rules)) and scored.level < level:
        yield scored


def _hidden(whole: Scan, rules: SafetyRules) -> int:
    """Return the words of exclusions, and those of signs told as not there: but not of "no chest pain until today"."""
    hidden, denied = _covered(rules.exclusions, whole), _covered(rules.asking.denied, whole)
    if not denied:
        return hidden
    following, reached = _covered(rules.asking.denied_next, whole), denied
    while reached := (reached & whole.inside) << 1 & following & ~denied:
        denied |= reached
    return hidden | denied & ~whole.sentences_with(_ends(rules.asking.taken_back, whole))


def _is_back(seen: Scan, rules: SafetyRules) -> bool:
    return _ends(rules.asking.again, seen) != 0


def _urgent(seen: Scan, rules: SafetyRules, *, is_back: bool) -> tuple[Matches, dict[int, int], set[str]]:
    """Return what matches, the hits of the urgent families, and those of them that only tell of what is over."""
    matched = _matches(rules.urgent, seen)
    hits = _hits(matched, rules.urgent, seen, rules)
    if not 0 < len(hits) < MANY:
        return matched, hits, set()
    matched, clear = _without(rules.asking.figures, matched, seen)
    hits = _hits(matched, rules.urgent, clear, rules)
    if is_back:
        return matched, hits, set()
    left, now = _without(rules.asking.over, matched, clear)
    still = _hits(left, rules.urgent, now, rules)
    return matched, hits, {rules.families[index].id for index in hits.keys() - still.keys()}


def _without(hiding: Watch, matched: Matches, seen: Scan) -> tuple[Matches, Scan]:
    """Hide words, and return what matches nevertheless: what did not before is not asked again."""
    hidden = _covered(hiding, seen)
    if not hidden:
        return matched, seen
    left = seen.without(hidden)
    return _still(matched, left), left


def _still(matched: Matches, left: Scan) -> Matches:
    """Return what matches where more words are hidden."""
    return [(index, pattern, found) for index, pattern, _ in matched if (found := ends(pattern, left))]


def _told_apart(found: list[Finding], matched: Matches, seen: Scan, rules: SafetyRules) -> list[Finding]:
    """Leave out as the visitor's own danger what is said of somebody else alone; in doubt it stays.

    "My wife is suicidal" matches the words for both, as those for oneself need no person: "suicidal since March".
    """
    urgent = {category: [f for f in found if (f.category, f.level) == (category, 1)] for category in (OWN, ANOTHERS)}
    if urgent[ANOTHERS] and not urgent[OWN] and _ends(rules.asking.alike, seen):
        # "He killed himself and I want to follow him": what they do, the visitor wants as well.
        return [*found, *(replace(f, category=OWN, panel=rules.panels[OWN]) for f in urgent[ANOTHERS])]
    if not all(urgent.values()):
        return found
    theirs = _theirs(seen, rules)
    left = seen.without(theirs)
    still = _hits(_still(matched, left), rules.urgent, left, rules)
    own = {rules.families[index].id for index in still}
    said = theirs & reduce(or_, (finding.ends for finding in urgent[ANOTHERS]))
    # What is put together of several parts ends with words around them, so those tell nothing.
    own |= {f.family for f in urgent[OWN] if rules.by_id[f.family].groups == 1 and f.ends & ~said}
    return [finding for finding in found if finding not in urgent[OWN] or finding.family in own]


def _theirs(seen: Scan, rules: SafetyRules) -> int:
    """Return the words told of somebody else: those that follow one, as far as the visitor or the sentence's end."""
    if _ends(rules.asking.alike, seen):
        return 0
    named, mine = _covered(rules.asking.others, seen), _covered(rules.asking.oneself, seen)
    reached, told = named, 0
    while reached := (reached & seen.inside) << 1 & ~mine & ~told:
        told |= reached
    return told


def _scored(judged: Judged, told: Told, rules: SafetyRules) -> Finding | None:
    """Return what the score card finds: heard only where no family has found anything as urgent.

    A question about the subject in general is no emergency of the body, whatever it names.
    """
    if judged.points < rules.card.soft:
        return None
    is_asked = judged.category in BODY and not judged.words & ~told.forms[NAMED]
    if judged.points >= rules.card.urgent and not is_asked:
        category = judged.category
        theirs = _theirs(told.scan, rules) & judged.words
        if category == ANOTHERS and 2 * theirs.bit_count() < judged.words.bit_count():
            category = OWN
        return Finding(CARD, category, 1, rules.panels[category], ends=judged.words)
    category, panel = SOFT.get(judged.category, SOFT_BODY)
    return Finding(CARD, category, 2, panel, ends=judged.words)


def _calm(found: Sequence[Finding], judged: Judged, rules: SafetyRules) -> set[str]:
    """Return the families against which the message speaks strongly, and so do the words up to what they found.

    `benchmarks/card.py` tells what that costs and spares.
    """
    urgent = [finding for finding in found if finding.level == 1]
    if not urgent or judged.points >= rules.card.calm:
        return set()
    points = points_until(rules.card, judged, [finding.ends for finding in urgent])
    return {finding.family for finding, near in zip(urgent, points, strict=True) if near < rules.card.near}


def _lowered(finding: Finding, rules: SafetyRules) -> Finding:
    """Return what a family found as help above the passages."""
    family = rules.by_id[finding.family]
    if finding.level > 1 or family.is_sure:
        return finding
    return Finding(finding.family, family.asked_category, 2, family.asked_panel, ends=finding.ends)


def _raised(finding: Finding, rules: SafetyRules) -> Finding | None:
    """Return what was asked in general as what is happening; None when it was nothing urgent."""
    family = rules.by_id.get(finding.family)
    if family is None or family.level != 1 or finding.level == 1:
        return None
    return Finding(family.id, family.category, family.level, family.panel, family.yields, -1)


def _matches(watched: Watched, seen: Scan) -> Matches:
    """Return the patterns that match, each with its number and the words with which it ends."""
    tried = watched.watch.matching(seen)
    return [(index, pattern, found) for index, pattern in tried if (found := ends(pattern, seen))]


def _hits(matched: Matches, watched: Watched, seen: Scan, rules: SafetyRules) -> dict[int, int]:
    """Return for each family that matches, by index, the words with which its matches end."""
    parts: dict[int, dict[int, int]] = {}
    for index, _, found in matched:
        family, group = watched.owners[index]
        groups = parts.setdefault(family, {})
        groups[group] = groups.get(group, 0) | found
    return {index: near for index, groups in parts.items() if (near := _near(rules.families[index], groups, seen))}


def _heard(family: Family) -> Finding:
    return Finding(family.id, family.category, family.level, family.panel, family.yields)


def _near(family: Family, groups: Mapping[int, int], seen: Scan) -> int:
    """Return the words about which a match of every group stands; 0 when there are none."""
    if len(groups) < family.groups:
        return 0
    if family.groups == 1:
        return groups[0]
    near = seen.every
    for found in groups.values():
        near &= _spread(found, family.within)
    return near


def _finding(family: Family, hits: int, forms: Mapping[str, int]) -> Finding:
    where = {"never": 0, "general": forms[ASKED], "named": forms[NAMED]}[family.asked]
    if family.level == 1 and not hits & ~where:
        return Finding(family.id, family.asked_category, 2, family.asked_panel)
    return Finding(family.id, family.category, family.level, family.panel, family.yields, hits)


def _forms(seen: Scan, rules: SafetyRules, *, is_back: bool) -> Mapping[str, int]:
    """Return the words that ask about the subject in general; those of them that also name one; and so on.

    What asks or tells of long ago speaks for the words about it, not for a whole sentence: people write on without a
    full stop.
    """
    asking = rules.asking
    personal = seen.sentences_with(_ends(asking.personal, seen.without(_covered(asking.polite, seen))))
    past = 0 if is_back else _about(_ends(asking.past, seen), PAST_REACH, seen)
    asked = _about(_ends(asking.opens, seen), ASKED_REACH, seen) & ~personal
    named = asked & seen.sentences_with(_ends(asking.names, seen))
    return {ASKED: asked | past, NAMED: named, PAST: past, PERSONAL: personal}


def _about(marked: int, reach: int, seen: Scan) -> int:
    """Return the words at most so many away from a marked one in its sentence."""
    return seen.sentences_with(marked) & _spread(marked, reach) if marked else 0


def _ends(patterns: Watch, seen: Scan) -> int:
    return reduce(or_, (ends(pattern, seen) for _, pattern in patterns.matching(seen)), 0)


def _covered(patterns: Watch, seen: Scan) -> int:
    return reduce(or_, (covered(pattern, seen) for _, pattern in patterns.matching(seen)), 0)


def _spread(mask: int, distance: int) -> int:
    """Return the words at most this many words away from a marked one, on either side."""
    for _ in range(distance):
        mask |= (mask << 1) | (mask >> 1)
    return mask
