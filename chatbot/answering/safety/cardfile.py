"""The score card's file: a table with tabs, one trait a line, that opens in any spreadsheet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import numpy as np

from chatbot.answering.safety.card import FORM, SET, Card, Row, key_of
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
    rows: list[Row] = []
    for at, line in enumerate(source.splitlines(), 1):
        cells = line.split("\t")
        try:
            if line.startswith("#"):
                facts |= {cells[0].removeprefix("# "): cells[1]} if len(cells) == 2 else {}
            elif cells[:2] == list(HEADINGS):
                groups = tuple(cells[2:])
            elif line:
                rows.append(_row(cells, groups))
        except ValueError as error:
            problems.append(Problem(NAME, at, f"{error}; points are whole numbers, one in each of the columns"))
    missing = [name for name in FACTS if name not in facts]
    if missing or not groups or not rows:
        problems.append(Problem(NAME, 1, f"the head lacks {', '.join(missing) or 'the line of headings or any trait'}"))
    if problems:
        raise CorpusError(problems[:MOST_TOLD])
    return _compiled(facts, groups, rows, numbers)


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


def _row(cells: Sequence[str], groups: Sequence[str]) -> Row:
    if len(cells) not in (len(HEADINGS), len(HEADINGS) + len(groups)):
        raise ValueError(f"{len(cells)} columns where the headings have {len(HEADINGS) + len(groups)}")
    given = {group: int(cell) for group, cell in zip(groups, cells[len(HEADINGS) :], strict=False) if cell}
    return Row(cells[0], int(cells[1]), given)


def _compiled(
    facts: Mapping[str, str], groups: tuple[str, ...], rows: Sequence[Row], numbers: Mapping[str, int]
) -> Card:
    names = set_names(numbers)
    sets = {name: number for number, name in names.items()}
    stems: dict[str, int] = {}
    forms: dict[str, int] = {}
    for row in rows:
        if row.trait.startswith("("):
            forms.setdefault(row.trait, FORM + len(forms))
        elif not row.trait.startswith("{"):
            for word in re.split("[ ~]", row.trait):
                stems.setdefault(word, len(stems) + 1)
    keyed = {key: row for row in rows if (key := key_of(row.trait, stems, forms, sets)) is not None}
    listed = sorted(keyed)
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
        keys=np.array(listed, dtype=np.int64).tobytes(),
        points=np.array([keyed[key].points for key in listed], dtype=np.int32).tobytes(),
        kinds={at: keyed[key].groups for at, key in enumerate(listed) if keyed[key].groups},
        numbers=stems,
        forms=forms,
        sets=frozenset(key - SET for key in listed if SET <= key < FORM),
        names=names,
    )


def set_names(numbers: Mapping[str, int]) -> dict[int, str]:
    """Return the word sets that have a name, in braces, by number."""
    return {number: f"{{{name}}}" for name, number in numbers.items() if not name.startswith("=")}
