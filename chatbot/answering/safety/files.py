"""What the rules files may hold, as msgspec checks it."""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec import Struct


class Strict(Struct, frozen=True, forbid_unknown_fields=True):
    pass


class Typing(Strict, frozen=True):
    """How people type: see spelling.py."""

    fillers: str
    joined: str
    keys: str
    telling: str
    protected: str
    contractions: dict[str, str]
    slips: dict[str, str]


class WordsFile(Strict, frozen=True):
    typing: Typing
    words: dict[str, str]
    # name of a set -> its entries, parted by commas; "{other}" takes in another set, "38-42" a range of numbers
    others: dict[str, str]
    # how a first person's word set is read for somebody else


class FamilyEntry(Strict, frozen=True):
    id: str
    category: str
    says: str
    patterns: list[str] = []
    together: list[list[str]] = []
    # instead of patterns: one of each list, near each other
    within: int = 25
    phrases: list[str] = []
    # instead of both: text in a script other than Latin, as it is typed
    panel: str | None = None
    level: Literal[1, 2, 3, 4] | None = None
    # others than the category's
    asked: Literal["never", "general", "named"] | None = None
    others: str | None = None
    # the category when it is said about somebody else
    yields: Literal["never", "itself", "words"] = "never"
    # to an emergency in the same message: this family alone, or every other one that ends with the same words
    sure: bool = False
    # its words are none that the score card was fitted on, which then does not overrule it


class Exclusion(Strict, frozen=True):
    id: str
    patterns: list[str]


class AskingEntry(Strict, frozen=True):
    opens: list[str]
    names: list[str]
    polite: list[str]
    personal: list[str]
    past: list[str]
    again: list[str]
    over: list[str]
    figures: list[str]
    others: list[str]
    oneself: list[str]
    alike: list[str]
    denied: list[str]
    denied_next: list[str]
    taken_back: list[str]
    confirms: list[str]


class CategoryEntry(Strict, frozen=True):
    id: str
    says: str
    level: Literal[1, 2, 3, 4]
    panel: str | None = None
    asked: Literal["never", "general", "named"] = "never"
    asked_category: str | None = None
    asked_panel: str | None = None


class FamiliesFile(Strict, frozen=True):
    version: str
    date: date
    category: list[CategoryEntry]
    asking: AskingEntry
    exclusion: list[Exclusion]


class FamilyFile(Strict, frozen=True):
    family: list[FamilyEntry]
    words: dict[str, str] = {}
    # sets that only its families need, written as in the file of word sets


class PanelEntry(Strict, frozen=True):
    kind: Literal["crisis", "emergency", "advice"]
    title: str
    text: str
    contacts: list[str] = []


class PanelsFile(Strict, frozen=True):
    order: list[str]
    # which panel is shown when several apply at one level
    panel: dict[str, PanelEntry]


class ResourceEntry(Strict, frozen=True):
    role: str
    label: str
    hours: str
    source: str
    checked: date
    phone: str | None = None
    url: str | None = None
    confirm: bool = False


class RegionEntry(Strict, frozen=True):
    code: str
    name: str
    words: dict[str, str]
    resource: list[ResourceEntry]


class ResourcesFile(Strict, frozen=True):
    region: list[RegionEntry]


class SiteFile(Strict, frozen=True):
    """What a site may add. There is nothing here that could take a shipped rule away."""

    words: dict[str, str] = {}
    family: list[FamilyEntry] = []
