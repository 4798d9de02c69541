"""Fits the score card of the safety rules: `python -m benchmarks.card --write`.

Logistic regression with an L1 and an L2 penalty (FISTA, A. Beck and M. Teboulle 2009, doi 10.1137/080716542) on the
labelled sets, the taught lines and the queries of the public retrieval sets. Deterministic. Without --write the card is
judged instead: each set in turn is left out of the fit and then found by it, so every figure is on unseen messages.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.sets import public_queries
from chatbot.answering.golden import read_questions
from chatbot.answering.notices import SafetyRules, read_rules
from chatbot.answering.safety import cardfile
from chatbot.answering.safety.findings import told
from chatbot.answering.safety.traits import pieces, stretches, traits, whole
from chatbot.answering.selfcheck import read_expectations
from chatbot.corpus.reader import read_corpus
from tests.answering.safety.labelled import HELPED, QUIET, TAUGHT, Message, messages, plain, spanish, taught
from tests.answering.safety.labelled import URGENT as URGENT_CATEGORIES

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
CORPUS = Path("corpus")
QUESTIONS = Path("benchmarks/questions")
LEAST_SEEN = 2
# messages that must show a trait before it gets points
HARD = 2.0
# how much more a hard negative counts than an ordinary question
MILD = 0.5
# how much less a message of level 2 counts, which may well be found urgent
L1, L2 = 0.0, 1.0
# penalties of the points for danger: without L1 one to two messages more of a hundred are found among unseen ones, for
# a longer card
GROUP_L1 = 1.0
PAIR = re.compile(r"^[^(].*[ ~]")
# a trait of two words or word sets
ROUNDS = 2
# times that the urgent stretch of a longer message is chosen anew
STEPS = 700
# Tried by the same measure and left out, as nothing was won: points shared by the length of a stretch, pieces of 16
# words, half the room for pairs of traits, a third and three times the L2 penalty.
SCALE, LEAST = 10, 2
# points for a factor of e in the odds, and the fewest that get a line: with 2 the card has 10,000 lines instead of
# 24,000 and found three more of 204 unseen messages; with 3 it has 4,400 and found five fewer
URGENT, SOFT, CALM = 5, -9, -20
# points from which on help comes first, from which on it is offered above the answer, and below which a family is
# overruled by its words alone. `urgent` is chosen by leaving out each of the last five sets in turn: of their 512
# urgent messages the card by itself finds 462, 473, 480 and 489 at 8, 5, 3 and 0, and fires on 1, 2, 4 and 7 of 372
# others.
CARD = Path("chatbot/answering/safety") / cardfile.NAME
GROUPS = URGENT_CATEGORIES
VERSION = "1"
DATE = "2026-11-27"
REMARKS = (
    "The score card of the safety rules, fitted by `python -m benchmarks.card --write`; not to be edited by hand.",
    "A stretch of one or two sentences begins with the points of `start` and gets those of every trait that it shows.",
    "From `urgent` on help comes first and nothing else; from `soft` on help is offered above the answer. Below `calm`",
    "by its words alone, a",
    "family of the other files that matched all the same is answered with help above the passages.",
    "word: as its stem.  two words: side by side.  word~word: within three words.  ^ $: where a sentence begins, ends.",
    "{set}: a word set of words.toml.  {set} {set}: one soon after the other.  (form): how it is told.",
    "danger: above 0 speaks for danger, below against it.  C1 to C8: which danger it is, where there is one.",
)


@dataclass(frozen=True, slots=True)
class Example:
    """A labelled message as stretches of traits."""

    message: Message
    stretches: tuple[frozenset[str], ...]

    @property
    def urgent(self) -> bool:
        return self.message.category in URGENT_CATEGORIES

    @property
    def weight(self) -> float:
        """How much the message counts in the fit."""
        if self.message.category == "stories":
            return 2 * HARD  # of many stretches each is a chance to be wrong
        if self.message.category in (*QUIET[1:], "C3", "C9", "C10", "C11", "C12", "C13", "C14"):
            return HARD
        if self.message.category == "ordinary" and self.message.source in (TAUGHT, "shipped", "visitors"):
            return HARD  # short and empty ones among them, which must not begin half-way to danger
        return MILD if self.message.category in HELPED else 1.0


@dataclass(frozen=True, slots=True)
class Model:
    """Weights of traits in natural logarithms of the odds."""

    start: float
    weights: Mapping[str, float]

    def score(self, stretch: Collection[str]) -> float:
        return self.start + sum(self.weights.get(trait, 0.0) for trait in stretch)

    def highest(self, example: Example) -> float:
        return max((self.score(stretch) for stretch in example.stretches), default=self.start)


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the card, or judge it by leaving one set out at a time."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.card", description=__doc__)
    parser.add_argument("--write", action="store_true", help=f"fit on every set and write {CARD}")
    options = parser.parse_args(arguments)
    listed = examples(read_rules())
    if options.write:
        CARD.write_text(fitted(listed), "utf-8")
        return
    held_out = sorted({e.message.source for e in listed if e.message.source.startswith("held_out")})
    judged = [(e, model.highest(e)) for name in held_out for model, left in [_without(name, listed)] for e in left]
    for name in (*held_out, "all"):
        print(_figures(name, [(e, score) for e, score in judged if name in ("all", e.message.source)]))


def _without(name: str, listed: Sequence[Example]) -> tuple[Model, list[Example]]:
    left = [example for example in listed if example.message.source == name]
    return danger([example for example in listed if example.message.source != name]), left


def _figures(name: str, judged: Sequence[tuple[Example, float]]) -> str:
    """Say what share of each kind scores as urgent."""
    kinds = {
        "urgent": URGENT_CATEGORIES,
        "crisis": ("C1", "C2"),
        "hard negatives": ("hard_negatives", "stories", "C3"),
        "level 2": ("C7", "C15"),
        "ordinary": ("ordinary",),
    }
    parts = [f"{name:12}"]
    for kind, categories in kinds.items():
        own = [SCALE * score >= URGENT for example, score in judged if example.message.category in categories]
        parts.append(f"{kind} {sum(own)}/{len(own)}" + (f" ({100 * sum(own) / len(own):.1f} %)" if own else ""))
    return "  ".join(parts)


def examples(rules: SafetyRules) -> list[Example]:
    """Return every labelled message, taught line and public query with its traits."""
    asked = [Message(text, "ordinary", "public") for text in public_queries()]
    asked += [Message(text, "ordinary", "shipped") for text in shipped_questions()]
    asked += [Message(text, "ordinary", "visitors") for text in visitors_questions()]
    return [example(message, rules) for message in (*plain(), *messages(), *spanish(), *taught(), *asked)]


def shipped_questions() -> tuple[str, ...]:
    """Return the sample and golden questions that staff wrote for the shipped articles."""
    samples = [question.ask for article in read_corpus(CORPUS).articles for question in article.questions]
    return (*samples, *(expected.ask for expected in read_expectations(CORPUS / "questions.toml")))


def visitors_questions() -> tuple[str, ...]:
    """Return what people with pain ask in the question files, harmless every one of them.

    Judged with the third set left out: of its 90 answerable questions 4 were taken for a call for help.
    """
    files = [QUESTIONS / f"{name}-{part}.jsonl" for name in "abc" for part in ("answerable", "others")]
    asked = [question for file in files for question in read_questions(file)]
    return tuple(question.question for question in asked if "none" in question.accept)


def example(message: Message, rules: SafetyRules) -> Example:
    """Return a message with the traits of every stretch that the card judges."""
    text = told(message.text, rules)
    names = rules.card.names
    common = whole(text)
    return Example(message, tuple(s | common for s in stretches([traits(p, text, names) for p in pieces(text)])))


def danger(listed: Sequence[Example]) -> Model:
    """Fit the points for danger.

    An urgent message of several sentences counts by its most alarming stretch, which is chosen by the last fit; every
    stretch of the others is harmless.
    """
    model = None
    for _ in range(ROUNDS + 1):
        rows: list[tuple[frozenset[str], float, float]] = []
        for example in listed:
            if not example.urgent:
                share = example.weight / len(example.stretches) ** 0.5 if example.stretches else 0.0
                rows += [(stretch, 0.0, share) for stretch in example.stretches]
            elif len(example.stretches) == 1:
                rows.append((example.stretches[0], 1.0, 1.0))
            elif model:
                rows.append((max(example.stretches, key=model.score), 1.0, 1.0))
        model = fit(rows, L1)
    assert model
    return model


def kinds(listed: Sequence[Example], model: Model) -> dict[str, Model]:
    """Fit the points that tell which kind of danger an urgent message is about; pairs of traits are left out."""
    urgent = [(e, max(e.stretches, key=model.score)) for e in listed if e.urgent and e.stretches]
    single = [(e, frozenset(trait for trait in stretch if not PAIR.search(trait))) for e, stretch in urgent]
    return {
        group: fit([(shown, float(example.message.category == group), 1.0) for example, shown in single], GROUP_L1)
        for group in GROUPS
    }


def fit(rows: Sequence[tuple[frozenset[str], float, float]], penalty: float) -> Model:
    """Fit a logistic model. rows: traits, 1 or 0, weight."""
    seen = Counter(trait for stretch, _, _ in rows for trait in stretch)
    known = {trait: at for at, trait in enumerate(sorted(t for t, count in seen.items() if count >= LEAST_SEEN))}
    # Sorted, as sets have no order and sums of floats depend on it: the same card comes out every time.
    pairs = [(at, known[t]) for at, (stretch, _, _) in enumerate(rows) for t in sorted(stretch) if t in known]
    where, which = (np.array(side, dtype=np.int64) for side in zip(*pairs, strict=True))
    target = np.array([urgent for _, urgent, _ in rows])
    weight = np.array([share for _, _, share in rows])
    start, weights = _descend(where, which, target, weight, len(known), penalty)
    return Model(start, {trait: float(weights[at]) for trait, at in known.items() if weights[at]})


def _descend(
    where: Ints, which: Ints, target: Floats, weight: Floats, size: int, penalty: float
) -> tuple[float, Floats]:
    """Minimise the weighted log loss with both penalties by accelerated proximal steps."""
    rows = len(target)
    step = 1.0 / (_steepest(where, which, weight, size) / 4 + weight.sum() / 12 + L2)
    weights, ahead = np.zeros(size), np.zeros(size)
    start = start_ahead = 0.0
    speed = 1.0
    for _ in range(STEPS):
        odds = np.bincount(where, ahead[which], rows) + start_ahead
        error = weight * (1 / (1 + np.exp(-odds)) - target)
        moved = ahead - step * (np.bincount(which, error[where], size) + L2 * ahead)
        moved = np.sign(moved) * np.maximum(np.abs(moved) - step * penalty, 0)
        moved_start = start_ahead - step * error.sum()
        faster = (1 + (1 + 4 * speed * speed) ** 0.5) / 2
        ahead = moved + (speed - 1) / faster * (moved - weights)
        start_ahead = moved_start + (speed - 1) / faster * (moved_start - start)
        weights, start, speed = moved, moved_start, faster
    return float(start), weights


def _steepest(where: Ints, which: Ints, weight: Floats, size: int) -> float:
    """Return the largest curvature of the squared traits, by power iteration."""
    direction = np.ones(size)
    length = 1.0
    for _ in range(20):
        through = np.bincount(where, direction[which], len(weight)) * weight
        direction = np.bincount(which, through[where], size)
        length = float(np.linalg.norm(direction))
        direction /= length
    return length


def fitted(listed: Sequence[Example]) -> str:
    """Return the text of the card's file."""
    model = danger(listed)
    groups = kinds(listed, model)
    points = {trait: round(SCALE * weight) for trait, weight in model.weights.items()}
    told_apart = {
        trait: {group: round(SCALE * each.weights.get(trait, 0.0)) for group, each in groups.items()}
        for trait in {t for each in groups.values() for t in each.weights} | set(points)
    }
    rows = [
        cardfile.Row(trait, points[trait] if abs(points.get(trait, 0)) >= LEAST else 0, given)
        for trait, given in told_apart.items()
        if abs(points.get(trait, 0)) >= LEAST or any(abs(each) >= LEAST for each in given.values())
    ]
    facts = {"version": VERSION, "date": DATE, "start": f"{round(SCALE * model.start)}"}
    return cardfile.written(
        facts | {"urgent": f"{URGENT}", "soft": f"{SOFT}", "calm": f"{CALM}"}, REMARKS, GROUPS, rows
    )


if __name__ == "__main__":
    main()
