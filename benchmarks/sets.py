"""The public retrieval sets: passages, questions, and which passage answers which question."""

from __future__ import annotations

import gzip
import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

import msgspec

from chatbot.values import Passage, Source

NAMES = ("squad2", "covid-faq", "medquad-open", "cacm")
FOLDER = Path("../shared/retrieval")

QueryKind = Literal["answerable", "out_of_scope", "trap", "off_topic"]


@dataclass(frozen=True, slots=True)
class Query:
    """A question of a set."""

    id: str
    text: str
    kind: QueryKind


@dataclass(frozen=True, slots=True)
class RetrievalSet:
    """One public set."""

    name: str
    passages: tuple[Passage, ...]
    queries: tuple[Query, ...]
    judgements: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    # query id -> passage id -> grade, 1 or more where it answers


@dataclass(frozen=True, slots=True)
class _Row:
    id: str
    title: str
    heading: str
    text: str


def read_sets(folder: Path, names: Sequence[str] = NAMES) -> tuple[RetrievalSet, ...]:
    """Read those of the named sets that the folder holds, in the order of the names."""
    return tuple(read_set(folder / name) for name in names if (folder / name).is_dir())


def read_set(folder: Path) -> RetrievalSet:
    """Read one set: `corpus.jsonl.gz`, `queries.jsonl.gz`, `qrels.tsv.gz`."""
    rows = (msgspec.json.decode(line, type=_Row) for line in _lines(folder / "corpus.jsonl.gz"))
    queries = tuple(msgspec.json.decode(line, type=Query) for line in _lines(folder / "queries.jsonl.gz"))
    judgements: dict[str, dict[str, int]] = {}
    for line in _lines(folder / "qrels.tsv.gz"):
        query, passage, grade = line.decode().split("\t")
        judgements.setdefault(query, {})[f"{folder.name}#{passage}"] = int(grade)
    return RetrievalSet(folder.name, tuple(_passage(folder.name, row) for row in rows), queries, judgements)


def public_queries(folder: Path = FOLDER) -> tuple[str, ...]:
    """Return the questions of every public set that the folder holds: thousands that nobody in danger wrote."""
    return tuple(query.text for each in read_sets(folder) for query in each.queries)


def joined(sets: Sequence[RetrievalSet], size: int) -> tuple[Passage, ...]:
    """Join the passages of all sets into one corpus of exactly `size`, repeated under new ids where they run out."""
    passages = [passage for each in sets for passage in each.passages]
    rounds = (
        replace(passage, anchor=f"{passage.anchor}-{turn}") if turn else passage
        for turn in itertools.count()
        for passage in passages
    )
    return tuple(itertools.islice(rounds, size)) if passages else ()


def _passage(name: str, row: _Row) -> Passage:
    headings = (row.heading,) if row.heading else ()
    return Passage(name, row.id, row.title, headings, row.text, Source(f"{name}/corpus.jsonl.gz"))


def _lines(path: Path) -> Iterator[bytes]:
    with gzip.open(path) as file:
        yield from (line for line in file.read().splitlines() if line.strip())
