"""Strings that are made to slow one regular expression down, from its own structure."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from re import Pattern, _constants, _parser
from typing import Any

Node = tuple[Any, Any]
REPEATS = {_constants.MAX_REPEAT, _constants.MIN_REPEAT, _constants.POSSESSIVE_REPEAT}
CLASSES = {
    _constants.CATEGORY_DIGIT: "07",
    _constants.CATEGORY_NOT_DIGIT: "a. ",
    _constants.CATEGORY_SPACE: " \n\t",
    _constants.CATEGORY_NOT_SPACE: "a7.",
    _constants.CATEGORY_WORD: "ab_7",
    _constants.CATEGORY_NOT_WORD: " .-",
}
ANY = "a 7.-_\"'\n()[]<>&;:,éA"
ENDS = ("", "!", "\0", "\n", "a", " ", "7", "<", '"')


def attacks(pattern: Pattern[Any], length: int, count: int, chance: random.Random) -> Iterator[str]:
    """Yield `count` strings of `length` characters."""
    source = pattern.pattern.decode("latin-1") if isinstance(pattern.pattern, bytes) else pattern.pattern
    whole = list(_parser.parse(source, pattern.flags & ~re.DEBUG))
    pumps = [(list(body), list(before)) for body, before in _repeated(whole, ())]
    makers = (_pumped, _pumped, _in_a_row, _of_its_characters)
    for number in range(count):
        text = makers[number % len(makers)](whole, pumps, length, chance)
        end = chance.choice(ENDS)
        yield (text[: length - len(end)] + end).ljust(length, "a")[:length]


def _pumped(
    whole: Sequence[Node], pumps: Sequence[tuple[list[Node], list[Node]]], length: int, chance: random.Random
) -> str:
    """Return what the expression repeats, over and over, after a beginning that fits."""
    if not pumps:
        return _in_a_row(whole, pumps, length, chance)
    body, before = chance.choice(pumps)
    pump = "".join(sample(body, chance) or "a" for _ in range(chance.choice((1, 1, 2, 3))))
    return sample(before, chance) + pump * (length // len(pump) + 1)


def _in_a_row(whole: Sequence[Node], pumps: object, length: int, chance: random.Random) -> str:
    """Return matches in a row, or such as stop before their end."""
    size = chance.randint(1, len(whole)) if whole else 0
    text = sample(whole[:size], chance) or "a"
    if chance.random() < 0.5:
        text += chance.choice(ENDS)
    return text * (length // len(text) + 1)


def _of_its_characters(whole: Sequence[Node], pumps: object, length: int, chance: random.Random) -> str:
    """Return few or many of the characters that it looks at, in any order."""
    some = sorted(set("".join(sample(whole, chance) for _ in range(3))) | {" "})
    few = chance.sample(some, min(len(some), chance.choice((1, 2, 3, 40))))
    return "".join(chance.choices(few, k=length))


def sample(nodes: Sequence[Node], chance: random.Random) -> str:
    """Return a text that the nodes match, nearly: what only looks around counts for nothing."""
    return "".join(_sample(node, chance) for node in nodes)


def _sample(node: Node, chance: random.Random) -> str:
    kind, given = node
    if kind is _constants.LITERAL:
        return chr(given)
    if kind is _constants.NOT_LITERAL:
        return chance.choice([character for character in ANY if ord(character) != given])
    if kind is _constants.ANY:
        return chance.choice(ANY)
    if kind is _constants.IN:
        return _of_set(given, chance)
    if kind in REPEATS:
        least, most, body = given
        times = chance.randint(least, max(least, min(int(most), least + 2)))
        return "".join(sample(list(body), chance) for _ in range(times))
    return "".join(sample(part, chance) for part in _inside(node, chance))


def _of_set(items: Sequence[Node], chance: random.Random) -> str:
    if items[0][0] is _constants.NEGATE:
        return chance.choice([each for each in ANY if not any(_holds(item, each) for item in items[1:])] or ["\1"])
    kind, given = chance.choice(items)
    if kind is _constants.RANGE:
        return chr(chance.randint(given[0], min(given[1], given[0] + 30)))
    return chr(given) if kind is _constants.LITERAL else chance.choice(CLASSES[given])


def _holds(item: Node, character: str) -> bool:
    kind, given = item
    if kind is _constants.RANGE:
        return bool(given[0] <= ord(character) <= given[1])
    return ord(character) == given if kind is _constants.LITERAL else character in CLASSES[given]


def _inside(node: Node, chance: random.Random) -> Iterator[list[Node]]:
    """Yield what of a group or a choice is matched."""
    kind, given = node
    if kind is _constants.SUBPATTERN:
        yield list(given[3])
    elif kind is _constants.ATOMIC_GROUP:
        yield list(given)
    elif kind is _constants.BRANCH:
        yield list(chance.choice(given[1]))


def _repeated(nodes: Sequence[Node], before: tuple[Node, ...]) -> Iterator[tuple[Any, tuple[Node, ...]]]:
    """Yield each part that may come many times, with what comes before it."""
    for place, (kind, given) in enumerate(nodes):
        earlier = (*before, *nodes[:place])
        if kind in REPEATS:
            if given[1] > 1:
                yield given[2], earlier
            yield from _repeated(list(given[2]), earlier)
        elif kind is _constants.SUBPATTERN:
            yield from _repeated(list(given[3]), earlier)
        elif kind is _constants.ATOMIC_GROUP:
            yield from _repeated(list(given), earlier)
        elif kind is _constants.BRANCH:
            for branch in given[1]:
                yield from _repeated(list(branch), earlier)
        elif kind in (_constants.ASSERT, _constants.ASSERT_NOT):
            yield from _repeated(list(given[1]), earlier)
