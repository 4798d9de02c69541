"""Which passages of an article are new, changed or gone, and the words that changed in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from chatbot.values import Article, Passage

ALIKE = 0.5
# share of words in common from which two passages count as one that was changed; below it, one goes and one comes
MANY, NEAR = 10_000, 25
# pairs up to which all are compared, and how far a passage is looked for beyond: an article may have 2,000 of them
LONG = 16_000_000
# characters of one text times those of the other, beyond which words are not compared: it would take seconds
AROUND = 3
# lines beside a change that show where it stands

_WORD = re.compile(r"\S+|\s+")

Kept = Literal["both", "old", "new"]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some words that stand in both texts, in the old one only, or in the new one only."""

    text: str
    kept: Kept
    far: bool = False
    # from any change: a reader of changes can do without


@dataclass(frozen=True, slots=True)
class ChangedPassage:
    old: Passage
    new: Passage
    words: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """What a draft does to the passages of its article, in reading order."""

    new: tuple[Passage, ...] = ()
    changed: tuple[ChangedPassage, ...] = ()
    gone: tuple[Passage, ...] = ()
    unchanged: int = 0

    @property
    def count(self) -> int:
        return len(self.new) + len(self.changed) + len(self.gone)


def changes(live: Article | None, draft: Article | None) -> Changes:
    """Compare two versions of an article; None: it is not there.

    A passage is unchanged when its words and its headings are; one that is mostly made of the same words is changed.
    """
    old = list(live.passages if live else ())
    new = list(draft.passages if draft else ())
    same = {_words_and_place(passage) for passage in old} & {_words_and_place(passage) for passage in new}
    left_old = [passage for passage in old if _words_and_place(passage) not in same]
    left_new = [passage for passage in new if _words_and_place(passage) not in same]
    pairs = _pairs(left_old, left_new)
    return Changes(
        new=tuple(passage for number, passage in enumerate(left_new) if number not in pairs),
        changed=tuple(
            ChangedPassage(
                left_old[mine], left_new[number], word_diff(_shown(left_old[mine]), _shown(left_new[number]))
            )
            for number, mine in sorted(pairs.items())
        ),
        gone=tuple(passage for number, passage in enumerate(left_old) if number not in pairs.values()),
        unchanged=sum(_words_and_place(passage) in same for passage in new),
    )


def word_diff(old: str, new: str) -> tuple[Stretch, ...]:
    """Compare two texts word by word; the stretches that are not "new" make up the old text, and the reverse."""
    before, after = _WORD.findall(old), _WORD.findall(new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    found = [stretch for step in matcher.get_opcodes() for stretch in _stretches(step, before, after)]
    return tuple(_joined(found))


def text_diff(old: str, new: str) -> tuple[Stretch, ...]:
    """Compare two whole articles: line by line first, and word by word where lines differ.

    Lines that stand far from any change are stretches of their own.
    """
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    found: list[Stretch] = []
    for kind, old_start, old_end, new_start, new_end in SequenceMatcher(None, before, after, False).get_opcodes():
        mine, theirs = "".join(before[old_start:old_end]), "".join(after[new_start:new_end])
        if kind == "equal":
            found.append(Stretch(mine, "both"))
        elif len(mine) * len(theirs) > LONG:
            found += _changed(mine, theirs)
        else:
            found += word_diff(mine, theirs)
    return tuple(_with_far_lines(found))


def _with_far_lines(stretches: Sequence[Stretch]) -> Iterator[Stretch]:
    last = len(stretches) - 1
    for number, stretch in enumerate(stretches):
        lines = stretch.text.splitlines(keepends=True)
        first = AROUND if number else 0
        beyond = len(lines) - (AROUND if number < last else 0)
        if stretch.kept != "both" or not last or beyond - first <= AROUND:
            yield stretch
            continue
        for start, end, far in ((0, first, False), (first, beyond, True), (beyond, len(lines), False)):
            if start < end:
                yield Stretch("".join(lines[start:end]), "both", far)


def _stretches(step: tuple[str, int, int, int, int], before: list[str], after: list[str]) -> Iterator[Stretch]:
    kind, old_start, old_end, new_start, new_end = step
    if kind == "equal":
        yield Stretch("".join(before[old_start:old_end]), "both")
        return
    if old_start < old_end:
        yield Stretch("".join(before[old_start:old_end]), "old")
    if new_start < new_end:
        yield Stretch("".join(after[new_start:new_end]), "new")


def _joined(stretches: Sequence[Stretch]) -> Iterator[Stretch]:
    """Join changes that only a space keeps apart: "~one~ ^two^ ~three~ ^four^" reads worse than two phrases."""
    old = new = ""
    for number, stretch in enumerate(stretches):
        between = stretch.kept == "both" and not stretch.text.strip() and "\n" not in stretch.text
        if between and (old or new) and number + 1 < len(stretches):
            old, new = old + stretch.text, new + stretch.text
        elif stretch.kept == "both":
            yield from _changed(old, new)
            old = new = ""
            yield stretch
        elif stretch.kept == "old":
            old += stretch.text
        else:
            new += stretch.text
    yield from _changed(old, new)


def _changed(old: str, new: str) -> Iterator[Stretch]:
    if old:
        yield Stretch(old, "old")
    if new:
        yield Stretch(new, "new")


def _pairs(old: Sequence[Passage], new: Sequence[Passage]) -> dict[int, int]:
    """Pair new passages with the old ones that they were made of, most alike first; both by their position."""
    far = len(old) * len(new) > MANY
    shares = [
        (_share(mine.text, other.text), number, position)
        for number, other in enumerate(new)
        for position, mine in enumerate(old)
        if not far or abs(number - position) <= NEAR
    ]
    pairs: dict[int, int] = {}
    for share, number, position in sorted(shares, key=lambda each: (-each[0], each[1], each[2])):
        if share >= ALIKE and number not in pairs and position not in pairs.values():
            pairs[number] = position
    return pairs


def _share(one: str, other: str) -> float:
    mine, theirs = one.split(), other.split()
    matcher = SequenceMatcher(None, mine, theirs, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= ALIKE else 0.0


def _words_and_place(passage: Passage) -> tuple[str, tuple[str, ...]]:
    return passage.text, passage.headings


def _shown(passage: Passage) -> str:
    return "\n".join([" › ".join(passage.headings), passage.text]) if passage.headings else passage.text
