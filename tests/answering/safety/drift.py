"""Five messages that each family finds and three that it must leave alone, kept beside the rules' checksum.

Who changes the rules without looking at these cases fails the tests. After a look at what changed:
`python -m tests.answering.safety.drift --write`, and read the difference.
"""

from __future__ import annotations

import argparse
import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from chatbot.answering.notices import SafetyRules, read_rules
from chatbot.answering.safety.findings import CARD, findings
from chatbot.answering.safety.lexis import Lexis
from chatbot.answering.safety.patterns import Pattern
from chatbot.answering.safety.typed import words
from tests.answering.safety.labelled import QUIET, messages, plain, taught

FILE = Path(__file__).with_name("drift.json")
POSITIVE, NEGATIVE = 5, 3
TRIES = 400
# texts made of a family's own patterns before it counts as one that nothing can match


@dataclass(frozen=True, slots=True)
class Cases:
    finds: tuple[str, ...]
    leaves: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Recorded:
    checksum: str
    # of the rules that the cases were written for
    families: Mapping[str, Cases]


def read() -> Recorded:
    """Return the recorded cases."""
    return msgspec.json.decode(FILE.read_bytes(), type=Recorded)


def found_in(text: str, rules: SafetyRules) -> set[str]:
    """Return the families that a text matches, at whatever level."""
    return {finding.family for finding in findings(text, rules)} - {CARD}


def recorded(rules: SafetyRules, before: Mapping[str, Cases]) -> Recorded:
    """Choose cases for every family: those of `before` that still hold, then labelled messages, then made ones."""
    texts = list(dict.fromkeys(m.text for m in (*plain(), *messages(), *taught()) if len(m.text) < 160))
    quiet = [m.text for m in messages() if m.category in QUIET]
    found = {text: found_in(text, rules) for text in dict.fromkeys([*texts, *quiet, *_texts(before)])}
    natural: dict[str, list[str]] = defaultdict(list)
    for text in (*_texts(before), *texts):
        for family in found[text]:
            natural[family].append(text)
    bags = {text: frozenset(words(text, rules.spelling)[0]) for text in quiet}
    chosen = {}
    for index, family in enumerate(rules.families):
        finds = list(dict.fromkeys(natural[family.id]))[:POSITIVE]
        finds += [text for text in _made(index, rules) if text not in finds][: POSITIVE - len(finds)]
        like = frozenset(word for text in finds for word in words(text, rules.spelling)[0])
        near = sorted((t for t in quiet if family.id not in found[t]), key=lambda t: (-len(bags[t] & like), t))
        chosen[family.id] = Cases(tuple(finds), tuple(near[:NEGATIVE]))
    return Recorded(rules.checksum, chosen)


def _texts(before: Mapping[str, Cases]) -> Iterator[str]:
    return (text for cases in before.values() for text in cases.finds)


def _made(index: int, rules: SafetyRules) -> Iterator[str]:
    """Yield texts that it does find: its phrases, and such as are put together from its own patterns."""
    family = rules.families[index]
    groups: dict[int, list[Pattern]] = defaultdict(list)
    for watched in (rules.urgent, rules.mild):
        for pattern, (owner, group) in zip(watched.watch.patterns, watched.owners, strict=True):
            if owner == index:
                groups[group].append(pattern)
    yield from family.phrases
    chosen = random.Random(family.id)
    entries = _entries(rules.lexis)
    seen = set()
    for _ in range(TRIES):
        text = " ".join(_spelt(chosen.choice(patterns), entries, chosen) for _, patterns in sorted(groups.items()))
        if text not in seen and family.id in found_in(text, rules):
            seen.add(text)
            yield text


def _spelt(pattern: Pattern, entries: Mapping[int, Sequence[str]], chosen: random.Random) -> str:
    steps = (step for step in pattern.steps if not step.optional)
    return " ".join(chosen.choice(entries[chosen.choice(step.sets)]) for step in steps if step.sets)


def _entries(lexis: Lexis) -> Mapping[int, Sequence[str]]:
    entries: dict[int, list[str]] = defaultdict(list)
    for word, numbers in lexis.words.items():
        for number in numbers:
            entries[number].append(word)
    for phrase, number in lexis.phrases():
        entries[number].append(" ".join(phrase))
    for low, _, number in lexis.ranges:
        entries[number].append(f"{low:g}")
    return entries


def main(arguments: Sequence[str] | None = None) -> None:
    """Record the cases anew."""
    parser = argparse.ArgumentParser(prog="python -m tests.answering.safety.drift", description=__doc__)
    parser.add_argument("--write", action="store_true", required=True, help=f"write {FILE.name}")
    parser.parse_args(arguments)
    before = read().families if FILE.exists() else {}
    made = recorded(read_rules(), before)
    FILE.write_bytes(msgspec.json.format(msgspec.json.encode(made), indent=1) + b"\n")


if __name__ == "__main__":
    main()
