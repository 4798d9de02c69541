"""What the interface says, one catalogue a language; the articles keep their own words."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from werkzeug.datastructures import LanguageAccept

FOLDER = Path(__file__).parent / "texts"
LANGUAGES = ("en", "es", "ar")
# the first is used when a visitor's language has no catalogue


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The interface's texts in one language."""

    language: str
    direction: str
    # "ltr" or "rtl"
    name: str
    # of the language, in that language
    texts: Mapping[str, Mapping[str, str]]
    # room of the interface -> name -> text
    months: tuple[str, ...]
    date_pattern: str

    def say(self, name: str, /, **values: object) -> str:
        """Return the text called "room.name" with its {values} filled in; raises KeyError for a name that is none."""
        room, _, key = name.partition(".")
        return self.texts[room][key].format_map(values) if values else self.texts[room][key]

    def for_scripts(self) -> dict[str, str]:
        """Return what the browser's scripts say, and how they write a date."""
        return {**self.texts["script"], "date": self.date_pattern, "months": "|".join(self.months)}

    def count(self, name: str, number: int, /, **values: object) -> str:
        """Return the text "name_one" or "name_many", as the number asks."""
        return self.say(f"{name}_{'one' if number == 1 else 'many'}", count=number, **values)

    def day(self, day: date | None) -> str:
        """Write a date as people read it; an unknown one is empty."""
        if day is None:
            return ""
        return self.date_pattern.format(month=self.months[day.month - 1], day=day.day, year=day.year)


@functools.cache
def read_catalogue(language: str) -> Catalogue:
    """Read one language's file; raises KeyError or FileNotFoundError when it is not complete."""
    file = tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8"))
    return Catalogue(
        language=file["language"],
        direction=file["direction"],
        name=file["name"],
        texts={room: texts for room, texts in file.items() if isinstance(texts, dict)},
        months=tuple(file["months"]),
        date_pattern=file["date"],
    )


def choose_catalogue(wanted: str | None, accepted: LanguageAccept) -> Catalogue:
    """Choose the language asked for in the address, else the browser's, else the first we have."""
    primary = (str(tag).partition("-")[0].lower() for tag in (wanted or "", *accepted.values()))
    return read_catalogue(next((tag for tag in primary if tag in LANGUAGES), LANGUAGES[0]))
