"""How sure an answer may sound: from what of the question a passage holds, never from the raw score alone."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from chatbot.answering.asked import Asked, asked_of
from chatbot.text.english import rarity
from chatbot.text.kinds import gives
from chatbot.text.tokens import stem
from chatbot.values import Concept, Confidence, Hit, Match, Origin, Policy, Query, Verdict

POLICY = Policy(answered_at=0.5, unsure_at=0.2)
# At 0.5, over five real articles, the development questions and five more sets, all read: 3 % of the questions to be
# answered are declined (half of them taken for an emergency), 88 % of the near misses, all that is wholly out of scope;
# as many with weights fitted on the other sets (`python -m benchmarks.calibration`).

HIGH_AT = 0.85
# confidence from which a passage is shown as a sure answer

TOLD = 0.5
# weight from which a concept stands in the sentence before the one that asks
DOMAIN_RARITY = 0.85
# rarity from which an article's word is about the subject: "sciatica" is, "today" is not
DOMAIN_SHARE = 0.2
# share of the passages from which a word is about the subject, however common elsewhere: "pain", "back"
THEME_RARITY = 0.4
# ... unless it is as common everywhere: "person", "time"
THEME_SHARE = 0.5
# share of the passages from which a word is the theme of them all and asks nothing by itself
EVERYDAY_WORD = 0.5
# what a single everyday word shows that may mean one of the articles' words
EVERYDAY_SUBJECT = 0.2
# ... or that makes a question one of its own and is said of other things as well: "wine", "heart"
TOLD_EVIDENCE = 0.5
# what a word of a long story shows beside one of the question: "They found stenosis. … Are those two things related?"
SURE_MEANING = 0.5
# weight from which a synonym found says that the question is about the subject


WEIGHTS: Mapping[str, float] = {
    "log_score": 3.3,
    "lacking": -4.4,
    "absent": -5.7,
    "told": -4.6,
    "missing": -0.8,
    "unfit": -4.4,
    "wording": 26.0,
    "no_evidence": -2.8,
    "start": 0.7,
}
SAME_WORDING = 0.7
# likeness from which a question counts as one that staff say this section answers
MOST_SUBJECTS = 2.0
# beyond that a question with many subjects is no further off
WIDER = 2.5
# how fast a subject is lacking that only a hint of it or a wider word stands for: not at all at 1, fully at 0.6
HELD = 0.5
# weight of a term from which a word is not missing at all
MOST_MISSING = 3.0
# beyond that a long message is long, not off the subject
LEAST_SCORE = 1e-6
# a match may score next to nothing, and nothing has no logarithm


def confidence(query: Query, match: Match, asked: Asked | None = None) -> float:
    """Return how likely the passage answers the question, 0..1.

    A logistic function of the signs below, its weights fitted on development questions (`python -m
    benchmarks.calibration`). A question worded as staff's own sample questions are gains more than one lacking subject
    takes.
    """
    value = sum(WEIGHTS[name] * size for name, size in signs(query, match, asked).items())
    return 1 / (1 + math.exp(-value))


def confidences(query: Query, matches: Sequence[Match]) -> tuple[float, ...]:
    """Return the confidence of each match; what is the same for all of them is worked out once."""
    asked = asked_of(query)
    return tuple([confidence(query, match, asked) for match in matches])


def signs(query: Query, match: Match, asked: Asked | None = None) -> Mapping[str, float]:
    """Return what speaks for and against the passage, by the names of WEIGHTS.

    The logarithm of its score; the subjects that it lacks, that no article holds, and that are told beside the
    question; how much of the other words it lacks; whether it gives no time or number though one is asked for; how much
    more alike than usual the question is worded; and how little shows that the question is about the articles' subject,
    up to 1: numbers and words such as "today" are no evidence. asked: what `asked_of` gives for the query.
    """
    asked = asked or asked_of(query)
    alike = max(0.0, match.wording - SAME_WORDING)
    held = _held(match)
    return {
        "log_score": math.log(max(match.score, LEAST_SCORE)),
        "lacking": _subjects(asked.known, held),
        "absent": _subjects(asked.absent, held),
        "told": _subjects(asked.told, held, wider=1.0),
        "missing": _words(asked.words, held),
        "unfit": float(any(not gives(match.passage.text, kind) for kind in query.wants)),
        "wording": alike,
        "no_evidence": 0.0 if alike else 1 - _shown_by(match.hits, asked.carried),
        "start": 1.0,
    }


def _shown_by(hits: Sequence[Hit], least: float) -> float:
    """Return the most that one of the hits shows, or what an earlier question does."""
    most = least
    for hit in hits:
        if most >= 1.0:
            break
        most = max(most, evidence(hit))
    return most


def _held(match: Match) -> Mapping[int, float]:
    """Return the weight of the term that each concept found was found by."""
    return {id(hit.concept): hit.term.weight for hit in match.hits}


def _subjects(subjects: Sequence[tuple[int, float]], held: Mapping[int, float], wider: float = WIDER) -> float:
    """Count the subjects that the passage lacks, at most MOST_SUBJECTS.

    One that is held only by a wider word (tramadol by opioid) is lacking in part, the less the lower `wider` is: who
    tells that she has tried fentanyl may be answered by what is said of opioids.
    """
    if not subjects:
        return 0.0
    found = [sure * min(1.0, wider * (1 - held.get(concept, 0.0))) for concept, sure in subjects]
    return min(MOST_SUBJECTS, sum(found))


def _words(words: Sequence[tuple[int, float]], held: Mapping[int, float]) -> float:
    """Sum up how rare the words are that the passage lacks in every meaning, at most MOST_MISSING.

    Rare in general English: "transferred" missing says more than "get". A word held by a mere hint is missing in part.
    """
    found = [rarity * (1 - min(1.0, held.get(concept, 0.0) / HELD)) for concept, rarity in words]
    return min(MOST_MISSING, sum(found))


def evidence(hit: Hit) -> float:
    """Return how surely a hit shows that the question is about what the articles are about, 0..1.

    A single everyday word that may mean one of the articles' words ("growth" for a tumor) shows a part of it.
    """
    concept = hit.concept
    if concept.terms[0].origin is Origin.CARRIED:
        return 0.0
    return _shown(hit) * (1.0 if concept.weight >= TOLD else TOLD_EVIDENCE)


def _shown(hit: Hit) -> float:
    """Return the same whatever its weight and origin."""
    concept = hit.concept
    if hit.term.origin is Origin.SYNONYM:
        vague = 0.0 if hit.term.weight < SURE_MEANING else EVERYDAY_WORD
        return 1.0 if vague and _is_telling(concept) else vague
    is_theme = hit.share >= DOMAIN_SHARE and concept.rarity >= THEME_RARITY
    if concept.rarity >= DOMAIN_RARITY or is_theme or (concept.subject > 0 and " " in concept.typed):
        return 1.0
    if concept.subject > 0:
        return EVERYDAY_SUBJECT
    is_known = any(term.origin is Origin.SYNONYM and term.weight >= SURE_MEANING for term in concept.terms)
    return EVERYDAY_WORD if is_known and concept.rarity >= THEME_RARITY else 0.0


def _is_telling(concept: Concept) -> bool:
    """Say whether what means one of the articles' words is telling by itself: "slipped disc" is, "how old" is not."""
    if " " in concept.typed:
        return any(rarity(stem(word)) >= THEME_RARITY for word in concept.typed.split())
    return concept.subject > 0 and concept.rarity >= DOMAIN_RARITY


def judge(query: Query, matches: Sequence[Match], policy: Policy) -> Verdict:
    """Say whether the matches answer the query.

    matches: best first, may be empty.
    """
    return verdict_of(query, matches, confidences(query, matches[: policy.limit]), policy)


def verdict_of(query: Query, matches: Sequence[Match], sure: Sequence[float], policy: Policy) -> Verdict:
    """Say the same where the confidence of each match, best first, has been worked out."""
    if not matches:
        return "nothing"
    if is_bare(query, matches[0]):
        return "unsure"
    surest = max(sure[: policy.limit])
    if surest >= policy.answered_at:
        return "answered"
    return "unsure" if surest >= policy.unsure_at else "nothing"


def is_bare(query: Query, match: Match) -> bool:
    """Say whether a question asks nothing: only numbers, thanks, or the theme of all articles ("about ketamine").

    Unless the section asks the same: "What is ketamine?" below that heading is a question.
    """
    typed = [concept for concept in query.concepts if concept.typed]
    own = "".join(concept.typed for concept in typed if concept.terms[0].origin is not Origin.CARRIED)
    if not any(map(str.isalpha, own)):
        return True
    themes = sum(hit.share >= THEME_SHARE and " " not in hit.concept.typed for hit in match.hits if hit.concept.typed)
    is_keyword = len(query.wording) == len(typed)
    return themes == len(typed) and (is_keyword or match.wording <= SAME_WORDING)


def in_words(value: float, policy: Policy) -> Confidence:
    """Return a confidence as the visitor reads it: low where it would not be an answer."""
    if value < policy.answered_at:
        return "low"
    return "high" if value >= HIGH_AT else "medium"
