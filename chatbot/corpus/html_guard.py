"""Refuses HTML that no page needs and that would hold the parser up."""

from __future__ import annotations

import re
from collections import Counter

from chatbot.corpus.files import refusal

DEEPEST = 500
# Measured on selectolax 1.0.2: time grows with the square of the depth; 8,000 levels take 0.09 s, 190,000 take 116 s.
MOST_ATTRIBUTES = 1_000
# of one element; also quadratic: 120,000 take 27 s
MOST_OPTIONS = 2_000
# of the page's select lists; 80,000 in one take 30 s

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]*)((?:[^\"'>]++|\"[^\"]*+\"|'[^']*+')*+)>")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_NAME = re.compile(r"[^\s/=>\"']+")
# What stands inside these is text to the parser, whatever it looks like.
_RAW = ("script", "style", "textarea", "title", "noscript", "iframe", "xmp", "noembed", "noframes", "plaintext")
# No end tag, or one that may be left out because the next of its kind ends it.
_NEVER_NESTED = frozenset(
    "area base br col embed hr img input link meta source track wbr p li dt dd tr td th thead tbody tfoot option "
    "optgroup rt rp html head body a".split()
)
# Left open, these are opened again in every later paragraph.
_FORMATTING = frozenset("b big code em font i nobr s small strike strong tt u".split())


def refuse_tangle(source: str) -> None:
    """Raise CorpusError (with an empty path) for elements nested too deep, too many attributes or too many options.

    One pass over the tags; an end tag closes what stands open inside its element, as in a browser.
    """
    stack: list[str] = []
    unclosed: Counter[str] = Counter()
    options = at = 0
    while found := _TAG.search(source, at):
        closing, name, rest = found[1], found[2].lower(), found[3]
        at = _after_comment(source, at, found.start()) or found.end()
        if at != found.end():
            continue
        options += name == "option"
        if len(rest) > MOST_ATTRIBUTES and _attributes(rest) > MOST_ATTRIBUTES:
            raise _tangled(source, found.start(), f"this <{name}> has more than {MOST_ATTRIBUTES:,} attributes")
        if name in _FORMATTING:
            unclosed[name] = max(unclosed[name] + (-1 if closing else 1), 0)
        elif name not in _NEVER_NESTED:
            _move(stack, name, closing=bool(closing))
        if len(stack) > DEEPEST or unclosed.total() > DEEPEST:
            raise _tangled(source, found.start(), f"elements are nested more than {DEEPEST} deep here")
        if name in _RAW and not closing:
            end = re.compile(rf"</{name}", re.IGNORECASE).search(source, at)
            at = end.start() if end else len(source)
    if options > MOST_OPTIONS:
        raise _tangled(source, 0, f"the page has {options:,} list options")


def _after_comment(source: str, at: int, tag: int) -> int:
    """Return where a comment ends that begins before the tag, 0 where there is none."""
    start = source.find("<!--", at, tag)
    if start < 0:
        return 0
    end = source.find("-->", start + 2)
    return end + 3 if end >= 0 else len(source)


def _attributes(rest: str) -> int:
    return len(_NAME.findall(_QUOTED.sub(" ", rest)))


def _move(stack: list[str], name: str, *, closing: bool) -> None:
    if not closing:
        stack.append(name)
    elif name in stack:
        while stack.pop() != name:
            pass


def _tangled(source: str, at: int, what: str) -> Exception:
    return refusal(source.count("\n", 0, at) + 1, f"{what}; save only the article itself, or as plain text")
