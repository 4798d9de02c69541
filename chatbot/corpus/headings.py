"""Does a line read as a heading, and where does a heading end that is fused to its paragraph?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from chatbot.corpus.prose import ends_sentence

# Words that a heading in title case writes small; some writers put them in capitals all the same.
SMALL_WORDS = frozenset(
    "a an the and or nor but of for in on at to from by with without within into onto over under about after before "
    "during between through across against among per via vs vs. versus as than so yet if is".split()
)
# Nouns that name a part of an article rather than its subject.
SECTION_NOUNS = frozenset(
    "introduction overview background summary conclusion conclusions thoughts takeaway takeaways considerations "
    "cautions precautions warnings contraindications benefits advantages drawbacks disadvantages limitations risks "
    "causes symptoms signs diagnosis prognosis prevention options effects uses types stages questions faq faqs results "
    "findings evidence research mechanism mechanisms implications recommendations expectations basics facts myths tips "
    "steps factors outlook definition safety eligibility effectiveness preparation recovery aftercare".split()
)
# Words that, with a capital, open a sentence and never stand inside a name.
SENTENCE_OPENERS = frozenset(
    "The This That These Those There It If When While Although Though Because Since Many Most Some Several You Your We "
    "Our They People Patients Doctors Researchers Studies However Unlike Once Each Every Both".split()
)
# The same, but they also stand in headings and names written in capitals throughout.
WEAK_OPENERS = frozenset("In For With After Before During As An No Not Until".split())
LONGEST_HEADING = 20
# words in title case; the longest in the sample pages has 17
LONGEST_PLAIN_HEADING = 10
# words in sentence case
LONGEST_LABEL = 8
# words in sentence case before a colon

_NUMBER = re.compile(r"^(?:\d{1,2}[.)]|#\d{1,2}[.:)]?|[IVX]{1,4}\.|[A-Z]\))\s+(?=\S)")
_QUESTION = re.compile(r"([A-Z0-9“\"][^.!?:]{2,150}\?)\s+(?=[A-Z“\"])")
_INNER_END = re.compile(r"(?<!\bvs)(?<!\b[A-Z])(?<!\bDr)(?<!\bSt)[.!?;]\s+\S")
_SMALL_WORD = re.compile(r"(?<![\w'’-])[a-zß-öø-ÿ][^\W_]*(?:['’-][^\W_]+)*")
_BARE_WORD = re.compile(r"^[(\"“‘\[]?[\w&/+'’–-]+[)\"”’\],]?$")


def heading_text(text: str) -> str:
    """Return a heading as it is shown: without its number and the colon at its end."""
    return _NUMBER.sub("", text).rstrip(" :#¶")


def reads_as_heading(text: str) -> bool:
    """Say whether a line without markup has the shape of a heading.

    It begins with a capital or a digit, holds no whole sentence, and is short: longest in title case, shorter in
    sentence case, shortest before a colon. A question may be long. What follows it is for the caller to weigh.
    """
    bare = heading_text(text)
    size = len(bare.split())
    if not bare or not _begins_anew(bare) or _INNER_END.search(bare) or size > LONGEST_HEADING:
        return False
    if bare.endswith((".", "!", ";", ",", "…", "-", "–")):
        return False
    if bare.endswith("?") or is_title_case(bare):
        return True
    return size <= (LONGEST_LABEL if text.endswith(":") else LONGEST_PLAIN_HEADING)


def is_title_case(text: str) -> bool:
    """Say whether every word of weight begins with a capital or is no word at all ("2014", "&")."""
    weighty = [word for word in re.findall(r"[^\W_][\w'’-]*", text) if word.lower() not in SMALL_WORDS]
    return any(word[0].isupper() for word in weighty) and not any(word[0].islower() for word in weighty)


def is_name_only(text: str) -> bool:
    """Say whether a list item only names something: it reads as a heading and makes no statement."""
    return reads_as_heading(text) and not ends_sentence(text.removesuffix("?")) and ": " not in text


def _begins_anew(text: str) -> bool:
    first = text.lstrip("\"“‘'([¿")[:1]
    return first.isupper() or first.isdigit()


@dataclass(frozen=True, slots=True)
class Usage:
    """How one article uses its words; tells a capital that opens a sentence from one that belongs to a name."""

    lower: frozenset[str] = frozenset()
    # words that stand somewhere in lower case
    openers: dict[str, int] = field(default_factory=dict)
    # casefolded word -> how many paragraphs and sentences it opens
    pairs: dict[tuple[str, str], int] = field(default_factory=dict)
    # two casefolded words in a row -> how often


def small_words(texts: Sequence[str]) -> frozenset[str]:
    """Return the words that stand somewhere in lower case."""
    return frozenset(word for text in texts for word in _SMALL_WORD.findall(text))


def usage_of(texts: Sequence[str]) -> Usage:
    """Count how a whole article uses its words."""
    openers: dict[str, int] = {}
    pairs: dict[tuple[str, str], int] = {}
    for text in texts:
        found = re.findall(r"[^\W_]+(?:['’-][^\W_]+)*", text)
        for opener in re.findall(r"(?:^|[.!?]\s+)[\"“‘(]?([^\W_]+)", text):
            openers[opener.casefold()] = openers.get(opener.casefold(), 0) + 1
        folded = [word.casefold() for word in found]
        for pair in pairwise(folded):
            pairs[pair] = pairs.get(pair, 0) + 1
    return Usage(small_words(texts), openers, pairs)


def may_be_fused(text: str) -> bool:
    """Say whether a paragraph begins as one with a heading fused to it: a quick look before the closer one."""
    return bool(_QUESTION.match(text)) or _seam(text.split(maxsplit=LONGEST_HEADING)[:LONGEST_HEADING]) is not None


def fused_heading(text: str, usage: Usage) -> str | None:
    """Return the heading that a paragraph begins with, when it is fused to it without any sign; else None.

    The sign looked for: a run of words in title case, then a capital that opens a sentence (the next word is small
    again). A capital that continues a name looks the same ("Food and Drug Administration approval"), so the word at
    the seam must be known to open sentences, or the run must name parts of an article; and the two words at the seam
    must not be used side by side elsewhere. What stays undecided stays in the paragraph, where it does little harm.
    """
    if question := _QUESTION.match(text):
        heading = question[1]
        return heading if is_title_case(heading) and 2 < len(heading.split()) <= LONGEST_HEADING else None
    found = text.split(maxsplit=LONGEST_HEADING)[:LONGEST_HEADING]
    seam = _seam(found)
    if seam is None or len(found) - seam < 3 or not ends_sentence(text):
        return None
    run = found[:seam]
    fits = any(test(run, found[seam], usage) for test in (_opens_by_kind, _names_parts_only, _opens_by_use))
    return " ".join(run) if fits and not _belong_together(run[-1], found[seam], usage) else None


def _seam(found: Sequence[str]) -> int | None:
    """Return the index of the capitalised word right before the first small word that is no heading's, or None."""
    for index, word in enumerate(found):
        if not _BARE_WORD.match(word):
            return None
        if word[0].islower() and not (word in SMALL_WORDS and _capital_follows(found, index)):
            seam = index - 1
            return seam if seam > 0 and _may_end_heading(found[seam - 1]) and found[seam][0].isupper() else None
    return None


def _capital_follows(found: Sequence[str], index: int) -> bool:
    return next((word[0].isupper() for word in found[index + 1 :] if word not in SMALL_WORDS), False)


def _may_end_heading(word: str) -> bool:
    return word.lower() not in SMALL_WORDS and not word.endswith((",", "-", "–"))


def _opens_by_kind(run: Sequence[str], opener: str, _: Usage) -> bool:
    """Say whether the word at the seam is one that opens sentences and is no part of names."""
    if opener in WEAK_OPENERS:
        return bool(_section_nouns(run))
    return (
        opener in SENTENCE_OPENERS and run[-1] not in SENTENCE_OPENERS and (len(run) > 1 or bool(_section_nouns(run)))
    )


def _names_parts_only(run: Sequence[str], opener: str, _: Usage) -> bool:
    """Say whether the run is made of at least two nouns for parts of an article: no name is."""
    return len(_section_nouns(run)) > 1 and all(word.lower() in SECTION_NOUNS | SMALL_WORDS | {"&"} for word in run)


def _opens_by_use(run: Sequence[str], opener: str, usage: Usage) -> bool:
    """Say whether the article writes the word small elsewhere and opens other sentences with it."""
    word = opener.casefold()
    return bool(_section_nouns(run)) and word in usage.lower and usage.openers.get(word, 0) > 0


def _section_nouns(run: Sequence[str]) -> list[str]:
    return [word for word in run if word.lower() in SECTION_NOUNS]


def _belong_together(left: str, right: str, usage: Usage) -> bool:
    # Once is this very seam.
    return usage.pairs.get((left.casefold(), right.casefold()), 0) > 1
