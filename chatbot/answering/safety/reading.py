"""The rules files → SafetyRules, or every fault at once with its file and line."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import msgspec

from chatbot.answering.safety import files
from chatbot.answering.safety.lexis import Lexis
from chatbot.answering.safety.patterns import RANGE, Pattern, PatternError, parse
from chatbot.answering.safety.rules import Asking, Family, SafetyRules
from chatbot.answering.safety.spelling import Spelling, filler, near, phrase, squeezed
from chatbot.answering.safety.watch import commonness, watch
from chatbot.answering.safety.wording import notices, region
from chatbot.errors import CorpusError
from chatbot.values import Problem

HERE = Path(__file__).parent
SHORTEST_KEY = 6
# letters that a word needs before one slip in it is forgiven: shorter words have too many neighbours
Entry = TypeVar("Entry", bound=files.Strict)
Entered = tuple[Family, tuple[tuple[Pattern, ...], ...]]
# a family and its groups of patterns


def read_rules(site: Path | None = None, folder: Path = HERE) -> SafetyRules:
    """Read the shipped rules, and those that a site adds to them.

    site: a file of more word sets and families, which need not exist. folder: where the four shipped files stand.
    Raises CorpusError with every problem found; whoever holds good rules already keeps them.
    """
    sources = {name: (folder / name).read_text("utf-8") for name in ("words.toml", "families.toml", "panels.toml")}
    sources["resources.toml"] = (folder / "resources.toml").read_text("utf-8")
    words = _decode("words.toml", sources, files.WordsFile)
    families = _decode("families.toml", sources, files.FamiliesFile)
    panels = _decode("panels.toml", sources, files.PanelsFile)
    resources = _decode("resources.toml", sources, files.ResourcesFile)
    added = files.SiteFile()
    if site is not None and site.exists():
        sources[site.name] = site.read_text("utf-8")
        added = _decode(site.name, sources, files.SiteFile)
    reader = _Reader(words, families, added, sources)
    return reader.rules(panels, resources)


def _decode(name: str, sources: Mapping[str, str], kind: type[Entry]) -> Entry:
    try:
        return msgspec.convert(tomllib.loads(sources[name]), kind)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"at line (\d+)", str(error))
        raise CorpusError([Problem(name, int(line[1]) if line else 1, f"this is not TOML: {error}")]) from error
    except msgspec.ValidationError as error:
        raise CorpusError([Problem(name, _line_of_path(str(error), sources[name]), f"{error}")]) from error


def _line_of_path(message: str, source: str) -> int:
    """Find the table that a schema message names, such as `$.family[3].id`."""
    found = re.search(r"\$\.(\w+)(?:\[(\d+)\])?", message)
    if not found:
        return 1
    heads = [at for at, line in enumerate(source.splitlines(), 1) if re.match(rf"\[+{found[1]}\b", line)]
    index = int(found[2] or 0)
    return heads[index] if index < len(heads) else 1


class _Reader:
    """Turns the entries of the files into values, gathering problems on the way."""

    def __init__(
        self, words: files.WordsFile, shipped: files.FamiliesFile, added: files.SiteFile, sources: Mapping[str, str]
    ) -> None:
        self.words, self.shipped, self.added, self.sources = words, shipped, added, sources
        self.problems: list[Problem] = []
        self.lexis = Lexis()
        self.typing = _typing(words.typing)
        self.file = "words.toml"

    def rules(self, panels: files.PanelsFile, resources: files.ResourcesFile) -> SafetyRules:
        self._word_sets()
        self.file = "families.toml"
        asking = {
            name: self._patterns(name, texts) for name, texts in msgspec.structs.asdict(self.shipped.asking).items()
        }
        exclusions = [p for entry in self.shipped.exclusion for p in self._patterns(entry.id, entry.patterns)]
        entries = list(self._families())
        regions = {entry.code: region(entry) for entry in resources.region}
        texts = notices(panels, regions, self._problem_in("panels.toml"))
        self._check_panels(entries, panels)
        if self.problems:
            raise CorpusError(self.problems)
        common = commonness(self.lexis)
        owned = [
            (p, (at, group)) for at, (_, groups) in enumerate(entries) for group, own in enumerate(groups) for p in own
        ]
        return SafetyRules(
            version=self.shipped.version,
            date=self.shipped.date,
            checksum=hashlib.sha256("\0".join(self.sources.values()).encode()).hexdigest(),
            lexis=self.lexis,
            spelling=self._spelling(),
            exclusions=watch(exclusions, common),
            families=tuple(family for family, _ in entries),
            patterns=watch((pattern for pattern, _ in owned), common),
            owners=tuple(owner for _, owner in owned),
            asking=Asking(**{name: watch(patterns, common) for name, patterns in asking.items()}),
            notices=texts,
            ranks={panel: rank for rank, panel in enumerate(panels.order)},
            regions=regions,
        )

    def _check_panels(self, entries: Sequence[Entered], panels: files.PanelsFile) -> None:
        for family, _ in entries:
            for panel in {family.panel, family.asked_panel} - {""} - set(panels.panel):
                self._problem("families.toml", f'"{family.id}"', f'there is no panel "{panel}"')

    def _word_sets(self) -> None:
        sets = {**self.words.words, **self.added.words}
        for name in self.added.words:
            if name in self.words.words:
                self._problem(list(self.sources)[-1], name, f'"{name}" is a shipped word set; choose another name')
        for name in sets:
            self.lexis.number(name)
            for entry in self._entries(name, sets, ()):
                self._add(name, entry)

    def _add(self, name: str, entry: str) -> None:
        if span := RANGE.fullmatch(entry):
            self.lexis.add_range(name, float(span[1]), float(span[2]))
            return
        try:
            self.lexis.add(name, self._read(entry))
        except PatternError as error:
            self._problem("words.toml", f"{name} =", str(error))

    def _entries(self, name: str, sets: Mapping[str, str], above: tuple[str, ...]) -> Iterator[str]:
        for entry in _listed(sets[name]):
            other = entry.removeprefix("{").removesuffix("}")
            if other == entry:
                yield entry
            elif other in sets and other not in (*above, name):
                yield from self._entries(other, sets, (*above, name))
            else:
                self._problem("words.toml", name, f"{entry} is not another word set")

    def _read(self, text: str) -> tuple[str, ...]:
        word = filler(text, self.typing)
        if word:
            # Dropped unseen it would leave another phrase: "for ever" becomes "for".
            raise PatternError(f'"{text}" holds the filler "{word}", which scanning drops; write it without')
        return phrase(text, self.typing)

    def _families(self) -> Iterator[Entered]:
        categories = {entry.id: entry for entry in self.shipped.category}
        seen: set[str] = set()
        for name, entries in (("families.toml", self.shipped.family), (list(self.sources)[-1], self.added.family)):
            self.file = name
            for entry in entries:
                if entry.id in seen:
                    self._problem(name, f'"{entry.id}"', f'the family "{entry.id}" stands twice; rename one')
                seen.add(entry.id)
                if entry.category not in categories or (entry.others and entry.others not in categories):
                    self._problem(name, f'"{entry.id}"', f'"{entry.category}" or its others is not a category')
                    continue
                yield self._family(entry, categories[entry.category], {})
                if entry.others:
                    yield self._family(entry, categories[entry.others], self.words.others)

    def _family(self, entry: files.FamilyEntry, category: files.CategoryEntry, swaps: Mapping[str, str]) -> Entered:
        groups = entry.together or [entry.patterns]
        if bool(entry.together) == bool(entry.patterns):
            self._problem(self.file, f'"{entry.id}"', f'"{entry.id}" needs either patterns or together')
        family = Family(
            id=entry.id + ("/others" if swaps else ""),
            category=category.id,
            level=entry.level or category.level,
            panel=(entry.panel if not swaps else None) or category.panel or "",
            says=entry.says,
            groups=len(groups),
            within=entry.within,
            asked=entry.asked or category.asked,
            asked_category=category.asked_category or category.id,
            asked_panel=category.asked_panel or "",
            yields=entry.yields,
        )
        return family, tuple(self._patterns(entry.id, group, swaps) for group in groups)

    def _patterns(
        self, owner: str, texts: Iterable[str], swaps: Mapping[str, str] | None = None
    ) -> tuple[Pattern, ...]:
        found = []
        for text in texts:
            try:
                found.append(parse(self._for_others(text, swaps), self.lexis, self._read, swaps))
            except PatternError as error:
                self._problem(self.file, text, f"{owner}: {error}")
        return tuple(found)

    def _for_others(self, text: str, swaps: Mapping[str, str] | None) -> str:
        """Put somebody else before a pattern that names no person of its own."""
        if not swaps or any(f"{{{name}}}" in text for name in swaps):
            return text
        return "{they} ..4!i " + text.removeprefix("^").strip()

    def _problem(self, name: str, near_text: str, message: str) -> None:
        lines = self.sources.get(name, "").splitlines()
        line = next((at for at, text in enumerate(lines, 1) if near_text in text), 1)
        self.problems.append(Problem(name, line, message))

    def _problem_in(self, name: str) -> Callable[[str, str], None]:
        return lambda near_text, message: self._problem(name, near_text, message)

    def _spelling(self) -> Spelling:
        known = frozenset({*self.lexis.vocabulary, *self.typing.fillers})
        long = (word for word in self.typing.keys if len(word) >= SHORTEST_KEY)
        return replace(self.typing, vocabulary=known, near=near(long), squeezed=squeezed(self.typing.keys))


def _typing(entry: files.Typing) -> Spelling:
    contractions = {typed: tuple(full.split()) for typed, full in entry.contractions.items()}
    slips = {typed: word for word, listed in entry.slips.items() for typed in _listed(listed)}
    return Spelling(
        contractions=contractions,
        slips=slips,
        fillers=frozenset(_listed(entry.fillers)),
        keys=frozenset(_listed(entry.keys)),
        telling=frozenset(_listed(entry.telling)),
        protected=frozenset(_listed(entry.protected)),
        joined=frozenset(_listed(entry.joined)),
    )


def _listed(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]
