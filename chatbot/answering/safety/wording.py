"""Fixed words and help numbers → the notice of each panel in each region."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta

from chatbot.answering.safety import files
from chatbot.answering.safety.rules import Region, Resource
from chatbot.values import Contact, Notice, Problem

TABLE = "chatbot/answering/safety/resources.toml"
CHECKED_WITHIN = timedelta(days=180)
FIELD = re.compile(r"\{(\w+)\}")


def region(entry: files.RegionEntry) -> Region:
    """Return one country's rows of the help table."""
    rows = tuple(
        Resource(
            role=row.role,
            contact=Contact(row.label, row.phone, row.url),
            hours=row.hours,
            source=row.source,
            checked=row.checked,
            confirm=row.confirm,
        )
        for row in entry.resource
    )
    return Region(entry.code, entry.name, entry.words, rows)


def unchecked(regions: Iterable[Region], today: date) -> Iterator[Problem]:
    """Yield a piece of advice for each country with help numbers that nobody has looked up for half a year."""
    for place in regions:
        old = [row for row in place.resources if today - row.checked > CHECKED_WITHIN]
        if old:
            labels = "; ".join(row.contact.label for row in old)
            last = min(row.checked for row in old)
            yield Problem(
                TABLE,
                1,
                f"{place.name}: help numbers were last checked on {last}, more than {CHECKED_WITHIN.days} days ago "
                f"({labels}); look each up at its source, mend it, and set `checked` to that day",
                severity="advice",
            )


def notices(
    panels: files.PanelsFile, regions: Mapping[str, Region], problem: Callable[[str, str], None]
) -> dict[tuple[str, str], Notice]:
    """Return every panel for every region; a field that a region does not fill is reported as a problem."""
    found = {}
    for name, panel in panels.panel.items():
        if name not in panels.order:
            problem(f"panel.{name}", f'"{name}" has no place in the order of panels')
        for code, place in regions.items():
            missing = {field for field in FIELD.findall(panel.text + panel.title) if field not in place.words}
            if missing:
                problem(f"panel.{name}", f"{{{missing.pop()}}} has no words for {code} in resources.toml")
                continue
            found[name, code] = Notice(
                panel.kind,
                _filled(panel.title, place),
                _filled(panel.text, place),
                tuple(row.contact for role in panel.contacts for row in place.resources if row.role == role),
            )
    return found


def _filled(text: str, place: Region) -> str:
    return " ".join(FIELD.sub(lambda found: place.words[found[1]], text).split())
