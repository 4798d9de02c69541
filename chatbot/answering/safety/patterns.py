"""Patterns over word sets, matched by shifting bits: the work grows with the text and never with what it says.

Shift-and matching after R. Baeza-Yates and G. Gonnet (1992, doi 10.1145/135239.135243), with a bit for each word
instead of each letter.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from chatbot.answering.safety.lexis import Lexis, Scan

PART = re.compile(
    r"\s*(?:\{(?P<set>\w+)\}|\[(?P<any>[^\]]+)\]|\.\.(?P<gap>\d?)(?:!(?P<avoid>\w+))?"
    r"|(?P<word>\w[\w'.-]*)|(?P<edge>[\^$]))(?P<optional>\??)"
)
RANGE = re.compile(r"(\d{1,6}(?:\.\d{1,3})?)-(\d{1,6}(?:\.\d{1,3})?)")
END = "$"
GAP = 3
# words that ".." may pass over when it names no number
Reader = Callable[[str], tuple[str, ...]]
# a phrase as typed -> its words as a scan holds them


class PatternError(ValueError):
    """A pattern that cannot be read; the text says why."""


@dataclass(frozen=True, slots=True)
class Step:
    group: int
    # of sets, in the lexis
    sets: tuple[int, ...]
    # any of these may stand here
    gap: int = 0
    # words that may stand before it
    avoid: int = -1
    # a set whose words the gap may not pass over; -1 for none
    optional: bool = False
    or_end: bool = False
    # the end of the sentence may stand here instead


@dataclass(frozen=True, slots=True)
class Pattern:
    steps: tuple[Step, ...]
    opens: bool
    # begins where a sentence begins
    closes: bool
    # ends where a sentence ends, or something new begins
    text: str

    @property
    def needs(self) -> Iterator[Step]:
        """The steps that must be there."""
        return (step for step in self.steps if not step.optional and not step.or_end)


def parse(text: str, lexis: Lexis, read: Reader, swaps: Mapping[str, str] | None = None) -> Pattern:
    """Read one pattern.

    `word`, `{word_set}`, `[this|that one|{word_set}]`, each with `?` when it may be missing; `..` passes over up to 3
    other words of the sentence, `..5` over up to 5, `..5!set` not over words of that set; `^` and `$` are the ends of
    the sentence, the latter also as one of several and where something new begins without a full stop (`clauses.py`).
    swaps: word sets to be read as others. Raises PatternError.
    """
    steps: list[Step] = []
    opens, at, gap, avoid, edge = False, 0, 0, -1, False
    swaps = swaps or {}
    text = text.strip()
    while at < len(text):
        found = PART.match(text, at)
        if not found or edge:
            raise PatternError(f'"{text}" cannot be read from "{text[at:]}" on')
        at = found.end()
        if found["gap"] is not None:
            gap = int(found["gap"] or GAP)
            # Whoever must not stand between stays the same: "she thinks I want to die" is not about her.
            avoid = _known(found["avoid"], lexis, {}) if found["avoid"] else -1
        elif found["edge"] == "^" and not steps:
            opens = True
        elif found["edge"]:
            edge = True
        else:
            or_end = bool(found["any"]) and END in _options(found["any"])
            for sets in _sets(found, lexis, read, swaps):
                steps.append(Step(lexis.group(sets), sets, gap, avoid, bool(found["optional"]), or_end))
                gap, avoid = 0, -1
    if gap or not steps or steps[0].optional or steps[-1].optional or (steps[0].gap and not opens):
        raise PatternError(f'"{text}" must begin and end with something that is always there')
    return Pattern(tuple(steps), opens, edge, text)


def _sets(found: re.Match[str], lexis: Lexis, read: Reader, swaps: Mapping[str, str]) -> Iterable[tuple[int, ...]]:
    if found["set"]:
        return [(_known(found["set"], lexis, swaps),)]
    if found["any"]:
        options = [option for option in _options(found["any"]) if option != END]
        return [tuple(dict.fromkeys(_option(option, lexis, read, swaps) for option in options))]
    if RANGE.fullmatch(found["word"]):
        return [(_option(found["word"], lexis, read, swaps),)]
    words = read(found["word"])
    if found["optional"] and len(words) != 1:
        raise PatternError(f'"{found["word"]}?" is more than one word when it is read; write it in [ ]')
    if not words:
        raise PatternError(f'"{found["word"]}" is a filler, which scanning drops')
    return [(_literal((word,), lexis),) for word in words]


def _options(text: str) -> list[str]:
    return [option.strip() for option in text.split("|")]


def _option(option: str, lexis: Lexis, read: Reader, swaps: Mapping[str, str]) -> int:
    if option.startswith("{") and option.endswith("}"):
        return _known(option[1:-1], lexis, swaps)
    if span := RANGE.fullmatch(option):
        lexis.add_range(f"={option}", float(span[1]), float(span[2]))
        return lexis.number(f"={option}")
    words = read(option)
    if not words:
        raise PatternError(f'"{option}" is a filler, which scanning drops')
    return _literal(words, lexis)


def _known(name: str, lexis: Lexis, swaps: Mapping[str, str]) -> int:
    name = swaps.get(name, name)
    if name not in lexis.numbers:
        raise PatternError(f"there is no word set {{{name}}}")
    return lexis.numbers[name]


def _literal(words: tuple[str, ...], lexis: Lexis) -> int:
    name = "=" + " ".join(words)
    if name not in lexis.numbers:
        lexis.add(name, words)
    return lexis.numbers[name]


def ends(pattern: Pattern, scan: Scan) -> int:
    """Return the mask of the words with which a match of the pattern ends."""
    done, found, inside = 0, scan.found, scan.inside
    may_open = scan.starts if pattern.opens else scan.every
    for step in pattern.steps:
        before, done = done, 0
        reach = _reach(step, may_open, scan) if step.gap else may_open
        for length, mask in found[step.group]:
            done |= (mask & reach) << (length - 1)
        if step.or_end:
            done |= (before | _passed(step, may_open, scan)) & scan.pauses
        if done:
            following = (done & inside) << 1
            may_open = following | may_open if step.optional else following
        elif not step.optional:
            return 0
    return done & scan.pauses if pattern.closes else done


def covered(pattern: Pattern, scan: Scan) -> int:
    """Return the mask of the words that matches of the pattern are made of, without those in its gaps."""
    opened = [scan.starts if pattern.opens else scan.every]
    reaches, dones = [], [0]
    last = pattern.steps[-1]
    for step in pattern.steps:
        reaches.append(_reach(step, opened[-1], scan))
        dones.append(_hits(step, reaches[-1], scan))
        following = (dones[-1] & scan.inside) << 1
        opened.append(following | opened[-1] if step.optional else following)
        if not (dones[-1] or opened[-1] or (step is last and step.or_end)):
            return 0
    closing = _closing(last, opened[-2], dones[-2], scan)
    wanted = dones[-1] & scan.pauses if pattern.closes else dones[-1]
    marked, skipped = 0, 0
    for step, reach, done, may_open in reversed(list(zip(pattern.steps, reaches, dones[1:], opened[:-1], strict=True))):
        begun, used = _back(step, wanted & done, reach, scan)
        marked |= used
        before = (_reach_back(step, begun, scan) | (skipped if step.optional else 0)) & may_open
        skipped = before
        wanted = (before >> 1) & scan.inside | closing
        closing = 0
    return marked


def _closing(last: Step, may_open: int, before: int, scan: Scan) -> int:
    """Return the last words of the step before, where the end of the sentence stands in the last step's place."""
    if not last.or_end:
        return 0
    found = (before | _passed(last, may_open, scan)) & scan.pauses
    for _ in range(last.gap):
        found |= (found >> 1) & scan.inside
    return found & before


def _passable(step: Step, scan: Scan) -> int:
    avoided = scan.single.get(step.avoid, 0) & scan.clear[1] if step.avoid >= 0 else 0
    return scan.inside & ~avoided


def _reach(step: Step, may_open: int, scan: Scan) -> int:
    if step.gap:
        passable = scan.inside if step.avoid < 0 else _passable(step, scan)
        for _ in range(step.gap):
            may_open |= (may_open & passable) << 1
    return may_open


def _passed(step: Step, may_open: int, scan: Scan) -> int:
    """Return the words that the gap before the step may pass over."""
    passable, passed = _passable(step, scan) | scan.ends, 0
    for _ in range(step.gap):
        passed |= may_open & passable
        may_open = ((may_open & passable & scan.inside) << 1) | may_open
    return passed


def _reach_back(step: Step, begun: int, scan: Scan) -> int:
    passable = _passable(step, scan)
    for _ in range(step.gap):
        begun |= (begun >> 1) & passable
    return begun


def _hits(step: Step, reach: int, scan: Scan) -> int:
    """Return the last words of the entries that begin where the step may."""
    last = 0
    for length, mask in scan.found[step.group]:
        last |= (mask & reach) << (length - 1)
    return last


def _back(step: Step, wanted: int, reach: int, scan: Scan) -> tuple[int, int]:
    """Return where the entries that end at the wanted words begin, and all of their words."""
    begun = used = 0
    for length, mask in scan.found[step.group]:
        found = mask & reach & (wanted >> (length - 1))
        begun |= found
        for offset in range(length):
            used |= found << offset
    return begun, used
