"""The rules files → SafetyRules, or every fault at once with its file and line."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import msgspec

from chatbot.answering.safety import cardfile, files
from chatbot.answering.safety.families import Entered, FamilyReader
from chatbot.answering.safety.lexis import Lexis
from chatbot.answering.safety.patterns import Pattern
from chatbot.answering.safety.rules import Asking, SafetyRules, Watched
from chatbot.answering.safety.watch import watch
from chatbot.answering.safety.wording import notices, region
from chatbot.errors import CorpusError
from chatbot.values import Problem

HERE = Path(__file__).parent
FAMILY_FILES = ("crisis.toml", "emergency.toml", "framing.toml", "spanish.toml", "languages.toml")
SHIPPED = ("words.toml", "families.toml", *FAMILY_FILES, cardfile.NAME, "panels.toml", "resources.toml")
Entry = TypeVar("Entry", bound=files.Strict)


def read_rules(site: Path | None = None, folder: Path = HERE) -> SafetyRules:
    """Read the shipped rules, and those that a site adds to them.

    site: a file of more word sets and families, which need not exist; it can take nothing away. folder: where the
    shipped files stand. Raises CorpusError with the problems found; whoever holds good rules already keeps them.
    """
    sources = {name: _text(folder / name) for name in SHIPPED}
    if site is not None and site.exists():
        sources[site.name] = _text(site)
    return _rules(sources, site.name if site is not None and site.exists() else None)


def _rules(sources: Mapping[str, str], site: str | None) -> SafetyRules:
    shipped = _decode("families.toml", sources, files.FamiliesFile)
    panels = _decode("panels.toml", sources, files.PanelsFile)
    regions = {entry.code: region(entry) for entry in _decode("resources.toml", sources, files.ResourcesFile).region}
    added = _decode(site, sources, files.SiteFile) if site else files.SiteFile()
    own = {name: _decode(name, sources, files.FamilyFile) for name in FAMILY_FILES}
    words = _decode("words.toml", sources, files.WordsFile)
    sets = {"words.toml": words.words, **{name: file.words for name, file in own.items()}, site or "": added.words}
    reader = FamilyReader(words, sets, panels.panel, sources)
    texts = notices(panels, regions, reader.problem_in("panels.toml"))
    named = {name: file.family for name, file in own.items()} | {site or "": added.family}
    entries = [
        (replace(family, is_sure=family.is_sure or name not in FAMILY_FILES), groups)
        for name, listed in named.items()
        for family, groups in reader.families(name, listed, shipped.category)
    ]
    reader.check_categories(shipped.category)
    asking = _read_asking(shipped.asking, reader)
    exclusions = [p for entry in shipped.exclusion for p in reader.patterns("families.toml", entry.id, entry.patterns)]
    if reader.problems:
        raise CorpusError(reader.problems)
    lexis = reader.lexis
    excluded = watch(exclusions, lexis)
    urgent = _watched(entries, lexis, lambda level: level == 1)
    mild = _watched(entries, lexis, lambda level: level > 1)
    asked = Asking(**{name: watch(patterns, lexis) for name, patterns in asking.items()})
    lexis.close()
    return SafetyRules(
        version=shipped.version,
        date=shipped.date,
        checksum=hashlib.sha256("\0".join(sources.values()).encode()).hexdigest(),
        lexis=lexis,
        spelling=reader.spelling(),
        exclusions=excluded,
        families=tuple(family for family, _ in entries),
        by_id={family.id: family for family, _ in entries},
        urgent=urgent,
        mild=mild,
        asking=asked,
        card=cardfile.parse(sources[cardfile.NAME], lexis.numbers),
        panels={category.id: category.panel for category in shipped.category if category.panel},
        notices=texts,
        ranks={panel: rank for rank, panel in enumerate(panels.order)},
        regions=regions,
    )


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise CorpusError([Problem(path.name, 1, "it is not UTF-8 text; save it as UTF-8")]) from error
    except OSError as error:
        raise CorpusError([Problem(path.name, 1, f"it cannot be read ({error.strerror})")]) from error


def _read_asking(entry: files.AskingEntry, reader: FamilyReader) -> dict[str, tuple[Pattern, ...]]:
    return {
        name: reader.patterns("families.toml", name, listed) for name, listed in msgspec.structs.asdict(entry).items()
    }


def _watched(entries: Sequence[Entered], lexis: Lexis, is_wanted: Callable[[int], bool]) -> Watched:
    owned = [
        (pattern, (family, group))
        for family, (entry, groups) in enumerate(entries)
        if is_wanted(entry.level)
        for group, patterns in enumerate(groups)
        for pattern in patterns
    ]
    return Watched(watch((pattern for pattern, _ in owned), lexis), tuple(owner for _, owner in owned))


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
