"""A set of rules small enough to be looked through: so few words that what is found follows from the test alone."""

from __future__ import annotations

from pathlib import Path

from chatbot.answering.safety.reading import FAMILY_FILES, read_rules
from chatbot.answering.safety.rules import SafetyRules

WORDS = """
[typing]
fillers = "really"
joined = "myself"
keys = "flooding"
telling = "flooding"
protected = "blooding"
[typing.contractions]
im = "i am"
[typing.slips]
flood = "fludd"
[words]
i = "i, me, my"
they = "they, he, she"
water = "flood, flooding, high water"
more_water = "{water}, wave"
age = "40-49, fifty"
[others]
i = "they"
"""
CATEGORIES = """
version = "small"
date = 2026-11-27
[[category]]
id = "C1"
says = "never lowered by a question"
level = 1
panel = "K1"
asked_category = "C3"
asked_panel = "K1-asked"
[[category]]
id = "C2"
says = "C1, of somebody else"
level = 1
panel = "K1-friend"
[[category]]
id = "C5"
says = "lowered by a question"
level = 1
panel = "K2"
asked = "general"
asked_panel = "K2-asked"
[[category]]
id = "C7"
says = "mild"
level = 2
panel = "K4"
[asking]
opens = ["^ what"]
names = ["river"]
polite = ["may i"]
personal = ["{i}"]
past = ["years ago"]
again = ["once more"]
over = ["flood long gone"]
figures = ["high water mark"]
others = ["{they}"]
oneself = ["{i}"]
alike = ["both alike"]
denied = ["no flood"]
denied_next = ["or flood"]
taken_back = ["until"]
confirms = ["i have that"]
[[exclusion]]
id = "figures"
patterns = ["flood of tears"]
"""
PANEL = '[panel.{name}]\nkind = "advice"\ntitle = "{name}"\ntext = "Call {{emergency}}."\ncontacts = ["emergency"]\n'
NAMES = ("K1", "K1-asked", "K1-friend", "K2", "K2-asked", "K4", "K7", "F6")
PANELS = f"order = {list(NAMES)}\n" + "".join(PANEL.format(name=name) for name in NAMES)
RESOURCES = """
[[region]]
code = "US"
name = "United States"
words = { emergency = "911" }
[[region.resource]]
role = "emergency"
label = "Emergency"
phone = "911"
hours = "always"
source = "https://help.example"
checked = 2026-11-27
"""
FACTS = {
    "version": "1",
    "date": "2026-11-27",
    "made from": "rows",
    "start": "0",
    "urgent": "20",
    "soft": "10",
    "calm": "-30",
    "near": "-20",
}
CARD = "".join(f"# {name}\t{fact}\n" for name, fact in FACTS.items()) + "trait\tdanger\tC1\tC2\tC5\nunheard\t0\t\t\t\n"
EMPTY = "family = []\n"


def family(name: str, *patterns: str, category: str = "C1", **more: object) -> str:
    """Return a family as the files write it; more: further keys, text in quotes."""
    lines = [f"{key.replace('_', '-')} = {value}" for key, value in more.items()]
    listed = [f"patterns = {list(patterns)}"] if patterns else []
    return "\n".join(["[[family]]", f'id = "{name}"', f'category = "{category}"', 'says = "x"', *listed, *lines, ""])


def write_small(folder: Path, *families: str, card: str = "", words: str = WORDS, more: str = "") -> Path:
    """Write the files of small rules: families, rows of the card, and more for families.toml."""
    files = dict.fromkeys(FAMILY_FILES, EMPTY)
    files |= {"crisis.toml": "\n".join(families) or EMPTY, "words.toml": words, "families.toml": CATEGORIES + more}
    files |= {"card.tsv": CARD + card, "panels.toml": PANELS, "resources.toml": RESOURCES}
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def small_rules(folder: Path, *families: str, card: str = "", site: str = "") -> SafetyRules:
    """Read small rules; site: what a site adds to them."""
    added = folder / "safety.toml"
    if site:
        added.write_text(site, encoding="utf-8")
    return read_rules(added, write_small(folder, *families, card=card))
