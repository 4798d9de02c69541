"""The rules as values, ready to be matched."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from chatbot.answering.safety.card import Card
from chatbot.answering.safety.lexis import Lexis
from chatbot.answering.safety.spelling import Spelling
from chatbot.answering.safety.watch import Watch
from chatbot.values import Contact, Notice, NoticeKind

Level = Literal[1, 2, 3, 4]
# 1 urgent: help and nothing else; 2 help above the passages; 3 one framing line above them; 4 nothing


@dataclass(frozen=True, slots=True)
class Family:
    """One way of saying one thing: who does what to whom, in many words."""

    id: str
    category: str
    level: Level
    panel: str
    says: str
    # what a match means, for the reader of the rules
    groups: int
    # how many groups of patterns it has; one pattern of every group must match
    within: int
    # words between the matches of two groups
    asked: Literal["never", "general", "named"]
    # whether a question about the subject in general lowers it; "named": only when it names a general subject
    asked_category: str
    asked_panel: str
    # what it is lowered to, at level 2
    yields: Literal["never", "itself", "words"]
    # to an emergency in the same message: this family alone, or every other one that ends with the same words
    is_sure: bool = False
    # the score card, which never saw its words, does not overrule it: a site's own, and other languages
    phrases: tuple[str, ...] = ()
    # in scripts other than Latin, as `scripts.compact` returns them


@dataclass(frozen=True, slots=True)
class Watched:
    """Patterns and whose they are."""

    watch: Watch
    owners: tuple[tuple[int, int], ...]
    # for each pattern its family and group, by index


@dataclass(frozen=True, slots=True)
class Asking:
    """How a question about the subject in general is told from someone's own trouble."""

    opens: Watch
    names: Watch
    # the general subjects: ketamine, pain, people
    polite: Watch
    # a first person that is only courtesy ("I was wondering")
    personal: Watch
    past: Watch
    # long ago: lowers like a question
    again: Watch
    # it is back: what is past or over lowers nothing then
    over: Watch
    # words that tell of what is over: they lower what only they say, of every category
    figures: Watch
    # figures of speech: no urgent family sees their words, the card does
    others: Watch
    # somebody else: what follows is told of them, up to `oneself`
    oneself: Watch
    # the visitor
    alike: Watch
    # "so am I": nothing is told of somebody else alone
    denied: Watch
    denied_next: Watch
    # signs told as not there, and what follows them in a row: hidden as an exclusion's words are, unless
    taken_back: Watch
    # the sentence takes it back
    confirms: Watch
    # "I have all of these", said of what was asked before


@dataclass(frozen=True, slots=True)
class Panel:
    """The fixed words of one notice, before the numbers of a region are put in."""

    kind: NoticeKind
    title: str
    text: str
    contacts: tuple[str, ...]
    # roles of the resource table, most urgent first


@dataclass(frozen=True, slots=True)
class Resource:
    """One row of the help table."""

    role: str
    contact: Contact
    hours: str
    source: str
    checked: date
    confirm: bool
    # widely published, but not yet seen at its source: to be confirmed before a public launch


@dataclass(frozen=True, slots=True)
class Region:
    """A country's help, best first."""

    code: str
    name: str
    words: Mapping[str, str]
    # what the fields of a panel's text become ("emergency" -> "911")
    resources: tuple[Resource, ...]

    @property
    def contacts(self) -> tuple[Contact, ...]:
        return tuple(resource.contact for resource in self.resources)


@dataclass(frozen=True, slots=True)
class SafetyRules:
    """Everything that one version of the rules files says."""

    version: str
    date: date
    checksum: str
    # sha256 of the files, in hex
    lexis: Lexis
    spelling: Spelling
    exclusions: Watch
    families: tuple[Family, ...]
    by_id: Mapping[str, Family]
    urgent: Watched
    # the patterns of the families of level 1
    mild: Watched
    # those of the others: exclusions do not touch them
    asking: Asking
    card: Card
    panels: Mapping[str, str]
    # category -> the panel shown for it
    notices: Mapping[tuple[str, str], Notice]
    # (panel, region) -> the notice
    ranks: Mapping[str, int]
    # panel -> its place when several apply at one level, the first is shown
    regions: Mapping[str, Region]
