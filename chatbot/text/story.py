"""The question inside a message, and the story around it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from chatbot.text.english import rarity
from chatbot.text.sentences import sentences
from chatbot.text.tokens import subject_stems
from chatbot.values import Span

STORY_WEIGHT = 0.2
# of what is told in a long message
ASIDE_WEIGHT = 0.05
# ... whose question says enough by itself. Of 1,232 questions put behind the story of another message the right passage
# comes first in 1.4 more of a hundred than at STORY_WEIGHT, and of 84 long messages as many as before.
SAYS_ENOUGH = 1.5
# sum of rarities of the words that name a subject, from which it does
LEAD_WEIGHT = 0.5
# of what is told there just before the question: "He called it central something. Could you explain that?"
POINTED_WEIGHT = 0.8
# ... when the question points back to it, or names no subject: "... a narrow spine. Is that related?"
TOLD_WEIGHT = 0.9
# of what is told in a short message: almost as good for finding, but not what is asked (`confidence.is_own`)
LONG_MESSAGE = 18
# subject words from which a message is long

TELLING = 0.5
# rarity from which a word names a subject of its own: "stenosis" does, "long" and "work" do not
OWN_SUBJECT = 1.0
# sum of rarities of the words that name a subject, from which a question stands alone unless it points back

_WORDS = (
    "what which who when where why how whats hows wheres is are does do did can could will would should has have any"
)
_OPENS = rf"({_WORDS.replace(' ', '|')})\b"
SUBJECT = 0.5
# how surely a concept is a subject, from which it takes the place of another
NAMED = 0.7
# rarity from which "for nerve pain" does, though no list names it
ASKS = re.compile(
    rf"\?\s*$|^\W*((and|but|so|or|then) )?{_OPENS}"
    r"|\b(tell me|let me know|explain|wonder(ing)?|want to know|like to know|how come|any (idea|chance))\b",
    re.IGNORECASE,
)
_WONDERS = (
    r"((all|what) )?i( just|['’]?d| would|['’]?m)?( just| really| only)? (like|want|need|love|trying) to"
    r" (know|ask|understand|find out)|i( was|['’]?m| am)? wonder(ing)?"
    r"|(can|could|will|would) (you|any(one|body)|some(one|body))|(please )?(tell|explain)"
)
CLAUSE = re.compile(
    rf"(?<![,;:.…–-])[,;:.…–-]+\s+(?=((and|but|so|or|then) )?({_OPENS}(?! i |\sto\b)|({_WONDERS})\b))"
    rf"|\s(?=(and|but|so) ({_WONDERS})\b)",
    re.IGNORECASE,
)
# behind which a sentence turns from telling to asking: "my wrist is on fire, is there hope", "and I'd like to know why"
MEANS_TOLD = re.compile(
    r"\b(this|that|these|those|mine|(like|such as) (me|us|him|her|them|his|hers|ours)"
    r"|what (i|we|he|she|they)(['’]ve|['’]s| have| has)?( got| had)?"
    r"|(my|his|her|our|their) (condition|case|trouble|problem|illness|complaint|kind|sort|type|situation|position))\b",
    re.IGNORECASE,
)
# with which a question means an illness that was told of before: "has it done any good for people with what I've got?"
LEANS = re.compile(
    r"^\W*(and|or|also|but|so|what about|how about|what if|then|ok|okay)\b"
    r"|\b(it|its|that|this|they|them|their|these|those)\b",
    re.IGNORECASE,
)
# A question that begins so, or points back with a pronoun, leans on what was said before.
SWITCHES = re.compile(
    r"\b((different|another|other|new|separate|unrelated) (thing|question|topic|subject|matter|note|query)"
    r"|unrelated(ly)?|chang(e|ing) (of )?(the )?(topic|subject)|something else( entirely| altogether|:|,)"
    r"|by the way|btw|forget (that|it)|never ?mind|moving on|next question|one more thing)\b",
    re.IGNORECASE,
)
# after which nothing of what was said before is meant
REPLACES = re.compile(
    r"^\W*((and|but|or|so|ok|okay|then)\W{1,3}){0,2}((what|how) about|and|or)\s"
    rf"(?P<same>(for|with|against)\s)?((in|on)\s)?(?!.*\b({_WORDS.replace(' ', '|')})\b)"
    r"([\w'’-]{1,30}\s){0,4}[\w'’-]{1,30}\W{0,3}$",
    re.IGNORECASE,
)
# "And for nerve pain?", "what about migraines?": the same is asked of something else. Of 880 such pairs of conditions
# the first passage is about the new one in 98 instead of 87 of a hundred.
OPEN_END = re.compile(
    r"\b(help|helps|work|works|safe|ok|okay|suitable|suit me|good|(an )?option|worth it|possible|allowed|used|try|treat"
    r"|anything|a difference|right|advisable|be done|do|have)\W*$",
    re.IGNORECASE,
)
# "My knee hurts. Does ketamine help?": with what, was said before


def leans(text: str, own_subject: float = OWN_SUBJECT) -> bool:
    """Say whether a question needs what was said before it to be understood.

    own_subject: how telling its words must be to stand alone.
    """
    return bool(LEANS.search(text)) or _telling(text) < own_subject


def means_told(text: str) -> bool:
    """Say whether a question points to an illness named before, without naming it."""
    return MEANS_TOLD.search(text) is not None


def _telling(text: str) -> float:
    """Sum up how rare the words of a text are that name a subject."""
    return sum(value for value in map(rarity, subject_stems(text)) if value >= TELLING)


def switches(text: str) -> bool:
    """Say whether a question is said to be about something else than what was said before."""
    said = SWITCHES.search(text)
    return said is not None and not leans(text[said.end() :], TELLING)


def replaces(text: str, subject: float, rarity: float) -> bool:
    """Say whether a question asks the one before it anew, of another subject.

    subject: how surely it names one; rarity: of its rarest word, which is enough where "for" says what it stands for.
    """
    anew = REPLACES.match(text)
    return anew is not None and (subject >= SUBJECT or (anew["same"] is not None and rarity >= NAMED))


def weighed(text: str) -> list[tuple[Span, float]]:
    """Return the parts of a message that count, with their weight, those that ask first.

    All are one where nothing asks, or everything does. What is told counts little in a long message and is no part of
    what is asked in a short one ("Mum had a stroke. What does an EMG show?"), unless the question after it points back
    ("could it help?"). What is told before "unrelated:" or the like counts little in any message.
    """
    parts = list(_parts(text))
    asking = _asking(text, parts) if len(parts) > 1 else []
    if not asking or len(asking) == len(parts):
        return [(Span(0, len(text)), 1.0)]
    is_long = len(subject_stems(text)) >= LONG_MESSAGE
    says_enough = sum(_telling(text[parts[at].start : parts[at].end]) for at in asking) >= SAYS_ENOUGH
    story = ASIDE_WEIGHT if says_enough else STORY_WEIGHT
    weights = [story if is_long else TOLD_WEIGHT] * len(parts)
    turned = _turned(text, parts)
    weights[:turned] = [story] * turned
    for number in asking:
        weights[number] = 1.0
        if number > turned and number - 1 not in asking:
            asked = text[parts[number].start : parts[number].end]
            points_back = leans(asked, TELLING) or OPEN_END.search(asked) is not None
            if is_long:
                before = POINTED_WEIGHT if points_back else LEAD_WEIGHT
            else:
                before = 1.0 if points_back else TOLD_WEIGHT
            weights[number - 1] = max(weights[number - 1], before)
    return sorted(zip(parts, weights, strict=True), key=lambda item: -item[1])


def _parts(text: str) -> Iterator[Span]:
    """Yield the sentences of a text; one that turns from telling to asking in two."""
    for span in sentences(text):
        turns = list(CLAUSE.finditer(text, span.start, span.end))
        if turns:
            yield Span(span.start, turns[-1].end())
            yield Span(turns[-1].end(), span.end)
        else:
            yield span


def _turned(text: str, parts: Sequence[Span]) -> int:
    """Return how many of the parts stand before the last one that turns to something else."""
    turns = (number for number, span in enumerate(parts) if SWITCHES.search(text, span.start, span.end))
    return max(turns, default=0)


def _asking(text: str, parts: Sequence[Span]) -> list[int]:
    """Return the numbers of the parts that ask: those with a question mark, or else those worded as a question."""
    marked = [number for number, span in enumerate(parts) if text[span.start : span.end].rstrip().endswith("?")]
    worded = (number for number, span in enumerate(parts) if ASKS.search(text[span.start : span.end]))
    return marked or list(worded)
