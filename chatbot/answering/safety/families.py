"""Word sets and families as written → lexis and patterns, gathering every problem on the way."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import product
from math import prod

from chatbot.answering.safety import files
from chatbot.answering.safety.lexis import LONGEST_PHRASE, Lexis
from chatbot.answering.safety.patterns import RANGE, Pattern, PatternError, parse
from chatbot.answering.safety.rules import Family
from chatbot.answering.safety.scripts import compact
from chatbot.answering.safety.spelling import SHORTEST_SLIP, Spelling, near, squeezed
from chatbot.answering.safety.typed import filler, phrase
from chatbot.text.english import rarity
from chatbot.text.slips import slips
from chatbot.text.tokens import stem
from chatbot.values import Problem

SHORTEST_KEY = 6
# letters that a word needs before one slip in it is forgiven: shorter words have too many neighbours
MOST_SPELT_OUT = 64
# patterns that one pattern may stand for: several brackets multiply them
BRACKETS = re.compile(r"\[([^\[\]]+)\](\??)")
MIXED = re.compile(rf"\{{|\b{RANGE.pattern}\b")
ALONE = re.compile(rf"\{{\w{{1,60}}\}}|{RANGE.pattern}")
Entered = tuple[Family, tuple[tuple[Pattern, ...], ...]]
# a family and its groups of patterns


class FamilyReader:
    """Reads word sets once and then families against them; `problems` tells what was wrong."""

    def __init__(
        self,
        words: files.WordsFile,
        sets: Mapping[str, Mapping[str, str]],
        panels: Iterable[str],
        sources: Mapping[str, str],
    ) -> None:
        """Read the word sets. sets: name of a file -> the sets that it gives, the site's own last."""
        self.lexis = Lexis()
        self.problems: list[Problem] = []
        self._sources = sources
        self._panels = set(panels)
        self._others = words.others
        self._typing = _typing(words.typing)
        self._seen: set[str] = set()
        self._known: dict[str, tuple[str, ...]] = {}
        # entry -> its words: half of them stand in more than one place
        self._sets: dict[str, str] = {}
        owners: dict[str, str] = {}
        for file, listed in sets.items():
            for name in listed.keys() & owners.keys():
                self._problem(file, f"{name} =", f'"{name}" is a shipped word set; choose another name')
            owners = {**dict.fromkeys(listed, file), **owners}
            self._sets = {**listed, **self._sets}
        for name, file in owners.items():
            self._read_set(file, name)

    def families(
        self, name: str, entries: Iterable[files.FamilyEntry], categories: Iterable[files.CategoryEntry]
    ) -> Iterator[Entered]:
        """Read the families of one file, each also as said about somebody else where it has a category for that."""
        known = {category.id: category for category in categories}
        for entry in entries:
            place = f'"{entry.id}"'
            if entry.id in self._seen:
                self._problem(name, place, f'the family "{entry.id}" stands twice; rename one')
            self._seen.add(entry.id)
            if sum(map(bool, (entry.together, entry.patterns, entry.phrases))) != 1:
                self._problem(name, place, f'the family "{entry.id}" needs one of patterns, together and phrases')
            for typed in entry.phrases:
                if compact(typed).isascii():
                    self._problem(name, place, f'"{typed}" is no phrase in another script; write it as a pattern')
            if entry.panel and entry.panel not in self._panels:
                self._problem(name, place, f'there is no panel "{entry.panel}"')
            for category in {entry.category, entry.others or entry.category} - set(known):
                self._problem(name, place, f'"{category}" is not a category; known are {", ".join(known)}')
            if entry.category in known:
                yield self._family(name, entry, known[entry.category], {})
            if entry.others in known:
                yield self._family(name, entry, known[entry.others], self._others)

    def patterns(
        self, name: str, owner: str, texts: Iterable[str], swaps: Mapping[str, str] | None = None
    ) -> tuple[Pattern, ...]:
        """Read patterns of one owner. swaps: word sets to be read as others."""
        found = []
        for text in texts:
            try:
                for each in spelt_out(_about(text, swaps or {})):
                    found.append(parse(each, self.lexis, self._words, swaps))
            except PatternError as error:
                self._problem(name, text, f"{owner}: {error}")
        return tuple(found)

    def check_categories(self, categories: Iterable[files.CategoryEntry]) -> None:
        """Report categories whose panels do not exist."""
        for category in categories:
            for panel in {category.panel, category.asked_panel} - {None} - self._panels:
                self._problem("families.toml", f'id = "{category.id}"', f'{category.id}: there is no panel "{panel}"')

    def spelling(self) -> Spelling:
        """Return how people type the words read so far; to be asked when all families are read."""
        known = frozenset({*self.lexis.vocabulary, *self._typing.fillers})
        long = (word for word in self._typing.keys if len(word) >= SHORTEST_KEY)
        others = sorted(
            (w for w in known if len(w) >= SHORTEST_SLIP and w.isalpha()), key=lambda w: (rarity(stem(w)), w)
        )
        return replace(
            self._typing,
            vocabulary=known,
            near=near(sorted(long)),
            likely=near(others),
            squeezed=squeezed(self._typing.keys, known),
        )

    def problem_in(self, name: str) -> Callable[[str, str], None]:
        """Return a way to report problems of one file: near which text, and what."""
        return lambda near_text, message: self._problem(name, near_text, message)

    def _family(
        self, name: str, entry: files.FamilyEntry, category: files.CategoryEntry, swaps: Mapping[str, str]
    ) -> Entered:
        groups = entry.together or [entry.patterns]
        family = Family(
            id=f"{entry.id}/others" if swaps else entry.id,
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
            is_sure=entry.sure,
            phrases=tuple(map(compact, entry.phrases)),
        )
        return family, tuple(self.patterns(name, entry.id, group, swaps) for group in groups)

    def _read_set(self, file: str, name: str) -> None:
        self.lexis.number(name)
        for entry in self._entries(file, name, ()):
            if span := RANGE.fullmatch(entry):
                self.lexis.add_range(name, float(span[1]), float(span[2]))
                continue
            try:
                self.lexis.add(name, self._words(entry))
            except PatternError as error:
                self._problem(file, f"{name} =", f"{name}: {error}")

    def _entries(self, file: str, name: str, above: tuple[str, ...]) -> Iterator[str]:
        for entry in _listed(self._sets[name]):
            other = entry.removeprefix("{").removesuffix("}")
            if other == entry:
                yield entry
            elif other in self._sets and other not in (*above, name):
                yield from self._entries(file, other, (*above, name))
            else:
                self._problem(file, f"{name} =", f"{name}: {entry} is not another word set")

    def _words(self, text: str) -> tuple[str, ...]:
        if text not in self._known:
            self._known[text] = self._read_words(text)
        return self._known[text]

    def _read_words(self, text: str) -> tuple[str, ...]:
        word = filler(text, self._typing)
        if word:
            # Dropped unseen it would leave another phrase: "for ever" becomes "for".
            raise PatternError(f'"{text}" holds the filler "{word}", which scanning drops; write it without')
        found = phrase(text, self._typing)
        if not found:
            raise PatternError(f'"{text}" holds no word that scanning keeps')
        if len(found) > LONGEST_PHRASE:
            raise PatternError(f'"{text}" has more than {LONGEST_PHRASE} words; part it')
        return found

    def _problem(self, name: str, near_text: str, message: str) -> None:
        lines = self._sources.get(name, "").splitlines()
        line = next((at for at, text in enumerate(lines, 1) if near_text in text), 1)
        self.problems.append(Problem(name, line, message))


def spelt_out(text: str) -> list[str]:
    """Return the patterns that a pattern stands for.

    An alternative that sets words beside a word set or a range, as in `[now|for 1-60|in my {relative}]`, becomes a
    pattern of its own, as brackets hold words alone and sets alone. Raises PatternError when they are too many.
    """
    parts, at = [], 0
    for found in BRACKETS.finditer(text):
        parts += [[text[at : found.start()]], _alternatives(found)]
        at = found.end()
    if prod(map(len, parts)) > MOST_SPELT_OUT:
        raise PatternError(f'"{text}" stands for more than {MOST_SPELT_OUT} patterns; write it as several')
    return ["".join(each) + text[at:] for each in product(*parts)]


def _alternatives(found: re.Match[str]) -> list[str]:
    """Return what may stand for a pair of brackets: those of words alone and sets alone, and each of the others."""
    options = [option.strip() for option in found[1].split("|")]
    mixed = [option for option in options if MIXED.search(option) and not ALONE.fullmatch(option)]
    if not mixed:
        return [found[0]]
    plain = "|".join(option for option in options if option not in mixed)
    return [*([f"[{plain}]{found[2]}"] if plain else [""] * bool(found[2])), *mixed]


def _about(text: str, swaps: Mapping[str, str]) -> str:
    """Put somebody else before a pattern that names no person of its own."""
    if not swaps or any(f"{{{name}}}" in text for name in swaps):
        return text
    return "{they} ..4!i " + text.removeprefix("^").strip()


def _typing(entry: files.Typing) -> Spelling:
    contractions = {typed: tuple(full.split()) for typed, full in entry.contractions.items()}
    own = {typed: word for word, listed in entry.slips.items() for typed in _listed(listed)}
    everyday = {typed: word for typed, word in slips().items() if word.isalpha() and typed.isalpha()}
    return Spelling(
        contractions=contractions,
        slips=everyday | own,
        fillers=frozenset(_listed(entry.fillers)),
        keys=frozenset(_listed(entry.keys)),
        telling=frozenset(_listed(entry.telling)),
        protected=frozenset(_listed(entry.protected)),
        joined=frozenset(_listed(entry.joined)),
    )


def _listed(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]
