"""Refuses HTML that no page needs and that would hold the parser up."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from chatbot.corpus.files import refusal

DEEPEST = 500
# Measured on selectolax 1.0.2: time grows with the square of the depth; 8,000 levels take 0.09 s, 190,000 take 116 s.
MOST_ATTRIBUTES = 1_000
# of one element; also quadratic: 120,000 take 27 s
MOST_OPTIONS = 2_000
# of the page's select lists; 80,000 in one take 30 s

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]*)")
_REST = re.compile(r"((?:[^\"'>]++|\"[^\"]*+\"|'[^']*+')*)>")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_NAME = re.compile(r"[^\s/=>\"']+")
# What stands inside these is text to the parser, whatever it looks like.
_RAW = {
    name: re.compile(f"</{name}", re.IGNORECASE)
    for name in "script style textarea title noscript iframe xmp noembed noframes plaintext".split()
}
# No end tag, or one that may be left out because the next of its kind ends it.
_NEVER_NESTED = frozenset(
    "area base br col embed hr img input link meta source track wbr p li dt dd tr td th thead tbody tfoot option "
    "optgroup rt rp html head body a".split()
)
# Left open, these are opened again in every later paragraph.
_FORMATTING = frozenset("b big code em font i nobr s small strike strong tt u".split())


@dataclass(frozen=True, slots=True)
class Tag:
    """A start or end tag as it stands in the source."""

    name: str
    closes: bool
    rest: str
    # its attributes
    start: int


def refuse_tangle(source: str) -> None:
    """Raise CorpusError (with an empty path) for elements nested too deep, too many attributes or too many options.

    One pass over the tags; an end tag closes what stands open inside its element, as in a browser.
    """
    stack: list[str] = []
    unclosed: Counter[str] = Counter()
    options = 0
    for tag in tags(source):
        options += tag.name == "option"
        if len(tag.rest) > MOST_ATTRIBUTES and _attributes(tag.rest) > MOST_ATTRIBUTES:
            raise _tangled(source, tag.start, f"this <{tag.name}> has more than {MOST_ATTRIBUTES:,} attributes")
        if tag.name in _FORMATTING:
            unclosed[tag.name] = max(unclosed[tag.name] + (-1 if tag.closes else 1), 0)
        elif tag.name not in _NEVER_NESTED:
            _move(stack, tag)
        if len(stack) > DEEPEST or unclosed[tag.name] > DEEPEST:
            raise _tangled(source, tag.start, f"elements are nested more than {DEEPEST} deep here")
    if options > MOST_OPTIONS:
        raise _tangled(source, 0, f"the page has {options:,} list options")


def tags(source: str) -> Iterator[Tag]:
    """Yield the tags of a page in order, but for those in comments, scripts and the like."""
    at = 0
    while found := _TAG.search(source, at):
        if comment_end := _after_comment(source, at, found.start()):
            at = comment_end
            continue
        rest = _REST.match(source, found.end())
        if not rest:
            return  # a tag without end: to the parser all that follows belongs to it
        tag = Tag(found[2].lower(), bool(found[1]), rest[1], found.start())
        yield tag
        at = rest.end()
        if tag.name in _RAW and not tag.closes:
            end = _RAW[tag.name].search(source, at)
            at = end.start() if end else len(source)


def _after_comment(source: str, at: int, tag: int) -> int:
    """Return where a comment ends that begins before the tag, 0 where there is none."""
    start = source.find("<!--", at, tag)
    if start < 0:
        return 0
    end = source.find("-->", start + 2)
    return end + 3 if end >= 0 else len(source)


def _attributes(rest: str) -> int:
    return len(_NAME.findall(_QUOTED.sub(" ", rest)))


def _move(stack: list[str], tag: Tag) -> None:
    if not tag.closes:
        stack.append(tag.name)
    elif tag.name in stack:
        while stack.pop() != tag.name:
            pass


def _tangled(source: str, at: int, what: str) -> Exception:
    return refusal(source.count("\n", 0, at) + 1, f"{what}; save only the article itself, or as plain text")
