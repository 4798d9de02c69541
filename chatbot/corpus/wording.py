"""Words that have no place in an article, and those that need a second look."""

from __future__ import annotations

import re
from collections.abc import Iterator

# A promise wherever they are not denied.
_ADVERTISING = (
    r"\bbreak-?throughs?\b(?!\s+(?:cancer\s+)?pain)|\bguarantee[ds]?\b|\brevolutionary\b|\brevolutioni[sz]e[sd]?\b|"
    r"\bmiracles?\b|\bmiraculous(?:ly)?\b|\brisk-free\b|\bfree\s+of\s+risks?\b|"
    r"\b(?:always|never\s+fails\s+to)\s+(?:works?|helps?|relieves?|succeeds?)\b|\bworks?\s+(?:every\s+time|for\s+everyone)\b|"
    r"\bnever\s+fails?\b|\b100\s?%\s+(?:effective|safe|success)"
)
_TREATMENT = (
    r"(?:ketamine|treatments?|therap(?:y|ies)|infusions?|drips?|medicines?|drugs?|sprays?|lozenges?|it|they|this)"
)
_KIND = (
    r"(?:treatments?|therap(?:y|ies)|remed(?:y|ies)|options?|choices?|medicines?|drugs?|alternatives?|solutions?|"
    r"cures?)"
)
_ADVERB = (
    r"(?:complete|total|perfect|absolute|entire|full|extreme|whol|whole|utter|remarkabl|clinical|scientifical|medical|"
    r"real|tru)(?:ly|y)"
)
# Words that have an honest use, where they claim something of a treatment.
_CLAIMS = (
    r"\bcures?\b|\bcured\s+(?:by|with|of|through|thanks)\b|"
    r"\b(?:patients?|people|pain|i|we|he|she|they)\s+(?:is|are|was|were|am)\s+(?:now\s+|completely\s+)?cured\b|"
    rf"\b{_ADVERB}\s+proven\b|\bproven\s+(?:to|effective|safe|success|results?|relief|{_KIND})\b|"
    rf"\b{_TREATMENT}\s+(?:is|are|was|were|has\s+been|have\s+been)\s+(?:now\s+|also\s+)?proven\b|"
    rf"\b(?:{_ADVERB}|very|always|100\s?%|proven|quite)\s+safe\b|\bsafe\s+and\s+(?:effective|proven|natural|easy)\b|"
    rf"\b{_TREATMENT}\s+(?:is|are|was|were)\s+safe\b(?!\s+(?:to|only|when|if|enough|and\s+sound)\b)|"
    rf"\bsafe\s+(?:and\s+\w+\s+)?(?:{_KIND}|way\s+to\s+(?:treat|ease|relieve))\b|"
    r"\b(?:treat|fix|target|address|heal|tackl|remov|eliminat|reach|cur|end)(?:e?s|e|ed|ing)?\s+(?:the|your|its)\s+"
    r"(?:very\s+)?root\s+causes?\b|\bgets?\s+(?:to|at)\s+the\s+root\s+causes?\b|"
    r"\breset(?:s|ting)?\s+(?:(?:the|your|their|his|her|pain)\s+){0,2}(?:nerv\w+|brains?|spines?|pain|receptors?|body)\b|"
    rf"\b(?:is|are|offers?|provides?|remains?)\s+(?:simply\s+)?the\s+(?:very\s+)?best\s+(?:\w+\s+)?{_KIND}\b"
)
CLAIM = re.compile(f"{_ADVERTISING}|{_CLAIMS}", re.IGNORECASE)
# Honest in most uses, a promise in some.
DOUBTFUL = re.compile(r"\b(?:cure[sd]?|proven|safe|safely|root causes?|resets?|best)\b", re.IGNORECASE)
_DENIAL = re.compile(
    r"\b(?:no|not|never|nobody|none|neither|nor|without|cannot|unclear|whether|if|un\w+|\w+n['’]t|few|little|hardly|"
    r"less)\b",
    re.IGNORECASE,
)
# Beside a claim also what asks, hopes, reports or puts off.
_OPEN = re.compile(
    r"\b(?:ask|asks|asking|how|what|which|why|when|until|unless|yet|far\s+from|hop(?:e|es|ed|ing)|wish\w*|seek\w*|search\w*|"
    r"look(?:s|ed|ing)?\s+for|claim(?:s|ed|ing)?|promis(?:e|es|ed|ing)|advertis\w+|sa(?:y|ys|id)\s+that|sold\s+as|"
    r"rarely|seldom|beware|doubt\w*|question\w*|myth\w*|instead\s+of|rather\s+than)\b",
    re.IGNORECASE,
)
_DENIED_AFTER = re.compile(
    r"\s+(?:[\w-]+\s+){0,3}?(?:(?:is|are|was|were|has|have|do|does|did|can|could|will)\s+)?(?:not|never|unlikely|rare|"
    r"unknown|unproven|\w+n['’]t)\b",
    re.IGNORECASE,
)
# These deny nothing: "never fails", "no doubt", "not only".
_NO_DENIAL = re.compile(
    r"\b(?:never\s+fail\w*|(?:no|without)\s+(?:a\s+)?doubt|no\s+question|not\s+(?:only|just))\b", re.IGNORECASE
)
DENIAL_WORDS = 8
# how many words before a doubtful one a denial may stand
LOOK_BACK = 400
# characters of a clause before a word that may deny it: the work grows with the text and not with its square

YOU_SHOULD = re.compile(
    r"\byou\s+(?:\w+ly\s+|also\s+|never\s+|always\s+)?(?:should(?:n['’]t)?|ought\s+to)\b", re.IGNORECASE
)
_QUOTED = re.compile(r"“[^”\n]{0,400}”|\"[^\"\n]{0,400}\"|‘[^’\n]{0,400}’(?!\w)")

_PRONOUN = re.compile(r"(?:it|its|this|that|these|those|they|their|them|he|she|such)\b", re.IGNORECASE)


def claims(text: str) -> tuple[str, ...]:
    """Return what promises or advertises as no article may, in order: "a miracle", "is safe", "always works".

    What is denied, asked or only hoped for in the same clause claims nothing, and neither does a question.
    """
    return tuple(sentence[found.start() : found.end()] for sentence, found in _claimed(text))


def promises(text: str) -> tuple[str, ...]:
    """Return the words that may promise too much, where they are neither denied shortly before nor part of a claim.

    A sentence that asks a question promises nothing.
    """
    claimed = {(sentence, place) for sentence, found in _claimed(text) for place in range(*found.span())}
    return tuple(
        match[0]
        for sentence in _sentences(text)
        for match in DOUBTFUL.finditer(sentence)
        if (sentence, match.start()) not in claimed and not _denied(_before(sentence, match.start()))
    )


def tellings(text: str) -> tuple[str, ...]:
    """Return every "you should" outside quotation marks: articles say what is known, not what the reader is to do."""
    return tuple(match[0] for match in YOU_SHOULD.finditer(_QUOTED.sub(" ", text)))


def opening_pronoun(text: str) -> str | None:
    """Return the pronoun that the text opens with, or None: a visitor sees a passage alone."""
    match = _PRONOUN.match(text.lstrip(" \"'“‘("))
    return match[0] if match else None


def _sentences(text: str) -> list[str]:
    """Return the sentences that say something; those that ask do not."""
    return [each for each in re.split(r"(?<=[.!?])\s+|\n", text) if not each.endswith("?")]


def _claimed(text: str) -> Iterator[tuple[str, re.Match[str]]]:
    for sentence in _sentences(text):
        for match in CLAIM.finditer(sentence):
            clause = _NO_DENIAL.sub(" ", re.split(r"[,;:()–—]", _before(sentence, match.start()))[-1])
            if not (_denied(clause) or _OPEN.search(clause) or _DENIED_AFTER.match(sentence, match.end())):
                yield sentence, match


def _before(sentence: str, end: int) -> str:
    return sentence[max(0, end - LOOK_BACK) : end]


def _denied(before: str) -> bool:
    return bool(_DENIAL.search(" ".join(before.split()[-DENIAL_WORDS:])))
