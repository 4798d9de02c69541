"""Counts as staff read them: a label, the number, and its share as a bar."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

VERDICTS: Mapping[str, str] = {
    "answered": "Answered",
    "unsure": "Perhaps related",
    "nothing": "Not answered",
    "urgent": "Help first",
}
CATEGORIES: Mapping[str, str] = {
    "": "None of the safety rules",
    "C1": "Suicide or self-harm",
    "C2": "Worry about somebody else",
    "C3": "Suicide as a subject",
    "C4": "Overdose or poisoning",
    "C5": "Emergency of the body",
    "C6": "Emergency of the spine",
    "C7": "Urgent, not at once",
    "C8": "Abuse or violence",
    "C9": "Dosing or self-use",
    "C10": "Changing a medicine",
    "C11": "Personal suitability",
    "C12": "Pregnancy or children",
    "C13": "Dependence",
    "C14": "Driving, alcohol, going home",
    "C15": "Low mood",
    "C16": "Cost or booking",
    "C17": "Out of scope",
    "C18": "Private details typed",
}
LANGUAGES: Mapping[str, str] = {"en": "English", "other": "Another language", "": "Not kept (help first)"}
HOURS: Mapping[str, str] = {f"{hour:02}": f"{hour:02}:00 to {hour:02}:59 UTC" for hour in range(24)}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table of counts."""

    label: str
    count: int
    share: float
    # of all, 0..100


def rows(counts: Mapping[str, int], labels: Mapping[str, str], *, order: Sequence[str] = ()) -> list[Row]:
    """Return the lines of a table: in the order given, or most first as they come."""
    total = sum(counts.values())
    names = [name for name in order if name in counts] if order else counts
    return [Row(labels.get(name, name), counts[name], 100 * counts[name] / total) for name in names]
