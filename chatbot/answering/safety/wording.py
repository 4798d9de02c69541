"""Fixed words and help numbers → the notice of each panel in each region."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from chatbot.answering.safety import files
from chatbot.answering.safety.rules import Region, Resource
from chatbot.values import Contact, Notice

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
