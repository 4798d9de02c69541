from __future__ import annotations

import re
from datetime import date

import pytest
from werkzeug.datastructures import LanguageAccept

from chatbot.app import TEMPLATES
from chatbot.web.catalogue import LANGUAGES, choose_catalogue, read_catalogue
from chatbot.web.interface import STATIC

ENGLISH = read_catalogue("en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_everything_with_the_same_values(language: str) -> None:
    other = read_catalogue(language)
    assert {room: set(texts) for room, texts in other.texts.items()} == {
        room: set(texts) for room, texts in ENGLISH.texts.items()
    }
    for room, texts in ENGLISH.texts.items():
        for name, text in texts.items():
            assert set(re.findall(r"{(\w+)}", other.texts[room][name])) == set(re.findall(r"{(\w+)}", text)), name


def test_every_text_of_the_scripts_is_one_that_a_script_or_card_asks_for() -> None:
    sources = [*STATIC.rglob("*.js"), *TEMPLATES.rglob("*.html"), STATIC.parent / "cards.py"]
    code = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    for name in ENGLISH.texts["script"]:
        stem = re.sub(r"(_(one|many|title|high|medium|low|by|none|answered|unsure|nothing|offline|busy))+$", "", name)
        assert name in code or stem in code, name


def test_dates_are_written_as_each_language_writes_them() -> None:
    assert ENGLISH.day(date(2026, 11, 1)) == "November 1, 2026"
    assert read_catalogue("es").day(date(2026, 11, 1)) == "1 de noviembre de 2026"
    assert ENGLISH.day(None) == ""


@pytest.mark.parametrize(
    ("wanted", "accepted", "chosen"),
    [
        ("es", [("en", 1)], "es"),
        (None, [("es-MX", 1), ("en", 0.5)], "es"),
        ("xx", [("fr", 1)], "en"),
        (None, [], "en"),
        ("es-MX", [("en", 1)], "es"),
    ],
)
def test_address_counts_before_the_browser_and_english_is_the_last_resort(
    wanted: str | None, accepted: list[tuple[str, float]], chosen: str
) -> None:
    assert choose_catalogue(wanted, LanguageAccept(accepted)).language == chosen
