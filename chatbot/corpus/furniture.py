"""Page furniture: lines that stand around an article on a web page and say nothing of its subject.

Each function judges one line by itself, by the class it belongs to; where a line stands is weighed in cleaning.py. The
classes and their patterns are in furniture.toml.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from chatbot.corpus.headings import is_title_case
from chatbot.corpus.patterns import patterns
from chatbot.corpus.prose import ends_sentence

LONGEST_LINE = 400
# characters; furniture is short, and longer text would be slow to match

_MARKS = re.compile(r"^[^\w©#(+]+|(?<![^\w)])[^\w)]+$")
# A line of nothing but these, and at least one of the second kind, shares.
_SHARING_PROPER = frozenset(
    "facebook twitter linkedin pinterest instagram whatsapp reddit tumblr telegram youtube tiktok messenger pocket "
    "threads bluesky mastodon snapchat tweet share shares like pin rss print email link loading follow copy".split()
)
_SHARING = _SHARING_PROPER | frozenset(
    "x vk xing buffer e mail gmail sms it save on via to by the this post article page story click us opens new window "
    "in a friend friends and or with clipboard url get".split()
)
_NEIGHBOUR = re.compile(
    r"(?:previous|prev|next|older|newer)(?: (?:post|article|story|entry|page|up))?(?:\s*[:»›→>|←«‹]\s*|\s+[-–]\s+)\S.*"
    r"|[«‹←]\s*\S.*|.*\S\s*[»›→]",
    re.IGNORECASE,
)
_NEIGHBOUR_TITLE = re.compile(r"(?:previous|next) (?:post|article|story|entry|page)\s+(\S.*)", re.IGNORECASE)
_NEIGHBOUR_LABEL = re.compile(r"(?:(?:previous|prev|next|older|newer)(?: (?:post|article|story|entry|page|up))?\s*)+")
_RELATED_LINE = re.compile(
    r"(?:related|read (?:more|also|next)|also read|see also|you may also like|recommended|more)"
    r"(?: (?:post|article|story|reading|about))?\s*:\s+\S.{0,150}|(?:read|learn|find out) more (?:about|on) .{1,100}",
    re.IGNORECASE,
)
_STREET = re.compile(
    r"\d{1,6} (?:[NSEW]\.? )?(?:[A-Z0-9][\w.']* ){1,4}(?:St|Street|Ave|Avenue|Rd|Road|Blvd|Boulevard|Dr|Drive|Ln|Lane"
    r"|Way|Pkwy|Parkway|Hwy|Highway|Ct|Court|Pl|Place|Plaza|Sq|Square)\b\.?(?:,? .{0,60})?"
    r"|.{0,80}\b[A-Z]{2} \d{5}(?:-\d{4})?"
)
_BAR = re.compile(r"(?<!\s)(?:\s*[|•·]\s*|\s+[/–—-]\s+)")
_PAGE_NUMBERS = re.compile(r"(?!(?:19|20)\d\d\b)[\d\s…|.<>«»←→-]+")
_HASHTAGS = re.compile(r"(?:#[\w-]+[\s,]*)+")
_STEP = re.compile(r"(?<!\s)\s*[>»›/|→]\s*")
_HOME = frozenset(("home", "blog", "news", "you are here"))


@lru_cache(maxsize=1_000)
def label(text: str) -> str:
    """Return a line as a label: casefolded, without the marks and arrows around it, apostrophes plain."""
    return _MARKS.sub("", text.casefold().replace("’", "'"))


def is_of(kind: str, text: str) -> bool:
    """Say whether the line belongs to a class of furniture.toml."""
    return len(text) <= LONGEST_LINE and bool(patterns("furniture")[kind].fullmatch(label(text)))


def is_navigation(text: str) -> bool:
    """Say whether the line leads elsewhere: "Previous", "Back to blog", "Read more", "Home » Blog » …", "1 2 3"."""
    return is_of("navigation", text) or bool(_PAGE_NUMBERS.fullmatch(text)) or _is_trail(text)


def _is_trail(text: str) -> bool:
    """Say whether the line is a trail of crumbs from the site's home to this page."""
    steps = _STEP.split(text) if len(text) <= LONGEST_LINE else []
    return 1 < len(steps) < 10 and label(steps[0]) in _HOME and not ends_sentence(text.removesuffix("?"))


def is_neighbour(text: str) -> bool:
    """Say whether the line names a neighbouring article: "Next post: …", "← …"."""
    if len(text) > LONGEST_LINE or ends_sentence(text.removesuffix("?")):
        return False
    titled = _NEIGHBOUR_TITLE.fullmatch(text)
    return bool(_NEIGHBOUR.fullmatch(text)) or (titled is not None and is_title_case(titled[1]))


def is_neighbour_label(text: str) -> bool:
    """Say whether the line announces a neighbouring article whose title follows."""
    return bool(_NEIGHBOUR_LABEL.fullmatch(label(text)))


def is_sharing(text: str) -> bool:
    """Say whether the line is made of nothing but names of networks and words about sharing."""
    found = re.findall(r"[a-z]+", label(text)) if len(text) <= LONGEST_LINE else []
    return _SHARING.issuperset(found) and not _SHARING_PROPER.isdisjoint(found)


def is_meta(text: str) -> bool:
    """Say whether the line lists tags, categories, counters, a photo's source or the reading time."""
    return is_of("meta", text) or is_of("reading_time", text) or bool(_HASHTAGS.fullmatch(text[:LONGEST_LINE]))


def is_related_line(text: str) -> bool:
    """Say whether the line itself is a link to another article: "Related: …"."""
    return bool(_RELATED_LINE.fullmatch(text)) and not ends_sentence(text.removesuffix("?"))


def is_contact(text: str) -> bool:
    """Say whether the line is nothing but a phone number, an address of any kind or opening hours."""
    return is_of("contact", text) or (not ends_sentence(text) and bool(_STREET.fullmatch(text[:LONGEST_LINE])))


def _test(kind: str) -> Callable[[str], bool]:
    return lambda text: is_of(kind, text)


# What is furniture wherever it stands.
EVERYWHERE: tuple[Callable[[str], bool], ...] = (
    is_navigation,
    is_neighbour,
    is_sharing,
    is_meta,
    is_related_line,
    is_contact,
    *map(_test, ("comments", "comment_line", "form", "legal", "sign_up")),
)


@lru_cache(maxsize=5_000)
def is_furniture(text: str) -> bool:
    """Say whether the line is furniture wherever it stands; between bars every part must be."""
    if len(text) > LONGEST_LINE:
        return False
    parts = [part for part in _BAR.split(text) if part]
    return any(test(text) for test in EVERYWHERE) or (
        len(parts) > 1 and all(any(test(part) for test in EVERYWHERE) for part in parts)
    )
