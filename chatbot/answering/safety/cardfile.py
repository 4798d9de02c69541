"""The score card's file: a table with tabs, one trait a line, that opens in any spreadsheet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from itertools import count

import numpy as np

from chatbot.answering.safety.card import FORM, MANY, SET, Card, Row, key_of
from chatbot.errors import CorpusError
from chatbot.values import Problem

NAME = "card.tsv"
HEADINGS = ("trait", "danger")
MOST_TOLD = 20
# faulty lines: of a table that went wrong as a whole the rest says nothing new
FACTS = ("version", "date", "made from", "start", "urgent", "soft", "calm", "near")


def parse(source: str, numbers: Mapping[str, int]) -> Card:
    """Read the card. numbers: name of a word set -> its number. Raises CorpusError with the first faulty lines."""
    problems: list[Problem] = []
    facts: dict[str, str] = {}
    groups: tuple[str, ...] = ()
    table = _Table(set_names(numbers))
    for at, line in enumerate(source.splitlines(), 1):
        cells = line.split("\t")
        try:
            if line.startswith("#"):
                facts |= {cells[0].removeprefix("# "): cells[1]} if len(cells) == 2 else {}
            elif cells[:2] == list(HEADINGS):
                groups = tuple(cells[2:])
            elif line:
                table.add(cells, groups)
        except ValueError as error:
            problems.append(Problem(NAME, at, f"{error}; points are whole numbers, one in each of the columns"))
    missing = [name for name in FACTS if name not in facts]
    if missing or not groups or not table.points:
        problems.append(Problem(NAME, 1, f"the head lacks {', '.join(missing) or 'the line of headings or any trait'}"))
    if len(table.stems) >= MANY:
        problems.append(Problem(NAME, 1, f"it names {len(table.stems)} different words; {MANY - 1} is the most"))
    if problems:
        raise CorpusError(problems[:MOST_TOLD])
    return _compiled(facts, groups, table)


class _Table:
    """The rows of a card while they are read: hundreds of thousands, so each costs a few steps and no object."""

    def __init__(self, names: Mapping[int, str]) -> None:
        self.names = names
        self.stems: defaultdict[str, int] = defaultdict(count(1).__next__)
        self.forms: defaultdict[str, int] = defaultdict(count(FORM).__next__)
        self.points: dict[int, int] = {}
        self.kinds: dict[int, Mapping[str, int]] = {}
        # both by key
        sets = {name: SET + number for number, name in names.items()}
        self._key = partial(key_of, number=self.stems.__getitem__, form=self.forms.__getitem__, word_set=sets.get)

    def add(self, cells: Sequence[str], groups: Sequence[str]) -> None:
        """Add a line of the table.

        Raises ValueError for one without a trait or a number, with other columns than the head, or told before.
        """
        if not cells[0]:
            raise ValueError("the trait is missing")
        given = _by_group(cells, groups) if len(cells) != len(HEADINGS) else None
        points, key = int(cells[1]), self._key(cells[0])
        if key in self.points:
            raise ValueError(f"{cells[0]} stands here for the second time")
        if key is None:
            return  # a word set that is no more
        self.points[key] = points
        if given:
            self.kinds[key] = given


def _by_group(cells: Sequence[str], groups: Sequence[str]) -> dict[str, int]:
    if len(cells) != len(HEADINGS) + len(groups):
        raise ValueError(f"{len(cells)} columns where the headings have {len(HEADINGS) + len(groups)}")
    return {group: int(cell) for group, cell in zip(groups, cells[len(HEADINGS) :], strict=True) if cell}


def written(card_facts: Mapping[str, str], remarks: Sequence[str], groups: Sequence[str], rows: Iterable[Row]) -> str:
    """Return the text of a card's file, the weightiest traits first."""
    head = [f"# {remark}" for remark in remarks] + [f"# {name}\t{card_facts[name]}" for name in FACTS]
    ordered = sorted(rows, key=lambda row: (-row.points, row.trait))
    # Most rows tell no kind of danger from another: their empty columns would be a third of the file.
    body = [
        "\t".join([row.trait, str(row.points), *(str(row.groups.get(group) or "") for group in groups if row.groups)])
        for row in ordered
    ]
    return "\n".join([*head, "\t".join([*HEADINGS, *groups]), *body]) + "\n"


def _compiled(facts: Mapping[str, str], groups: tuple[str, ...], table: _Table) -> Card:
    keys = sorted(table.points)
    rows = {key: row for row, key in enumerate(keys)}
    return Card(
        version=facts["version"],
        date=date.fromisoformat(facts["date"]),
        made_from=facts["made from"],
        start=int(facts["start"]),
        urgent=int(facts["urgent"]),
        soft=int(facts["soft"]),
        calm=int(facts["calm"]),
        near=int(facts["near"]),
        groups=groups,
        keys=np.array(keys, dtype=np.uint32).tobytes(),
        points=np.array([table.points[key] for key in keys], dtype=np.int32).tobytes(),
        kinds={rows[key]: given for key, given in table.kinds.items()},
        numbers=dict(table.stems),
        forms=dict(table.forms),
        sets=frozenset(key - SET for key in keys if SET <= key < FORM),
        names=table.names,
    )


def set_names(numbers: Mapping[str, int]) -> dict[int, str]:
    """Return the word sets that have a name, in braces, by number."""
    return {number: f"{{{name}}}" for name, number in numbers.items() if not name.startswith("=")}
