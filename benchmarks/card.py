"""Fits the score card of the safety rules: `python -m benchmarks.card --write`.

Logistic regression (`benchmarks/sparse.py`) on the labelled sets, the taught lines, the question files and the queries
of the public retrieval sets. Deterministic. Without --write the card is judged instead: each set in turn is left out of
the fit and then found by it, so every figure is on unseen messages. --why shows a message's points.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.sets import public_queries
from benchmarks.sparse import Model, Row, fit
from chatbot.answering.golden import read_questions
from chatbot.answering.notices import SafetyRules, read_rules
from chatbot.answering.safety import cardfile
from chatbot.answering.safety.card import why
from chatbot.answering.safety.findings import told
from chatbot.answering.safety.traits import pieces, stretches, traits, whole
from chatbot.answering.selfcheck import read_expectations
from chatbot.corpus.reader import read_corpus
from tests.answering.safety.labelled import HELPED, QUIET, TAUGHT, Message, messages, plain, spanish, taught
from tests.answering.safety.labelled import URGENT as URGENT_CATEGORIES

CORPUS = Path("corpus")
QUESTIONS = Path("benchmarks/questions")
PUBLIC, SHIPPED, VISITORS, MADE = "public", "shipped", "visitors", "made"
# sources beside the labelled sets
HARD = 1.5
# how much more a hard negative counts than an ordinary question: twice as much, which fewer lines needed, finds no
# fewer messages at equal false alarms, and 1 no more
MILD = 0.5
# how much less a message of level 2 counts, which may well be found urgent
TOGETHER, MADE_WEIGHT = 120, 1.0
# letters of a message that is written on to another without a full stop; how much less such a message counts
BESIDE, HARMLESS = (1, 1, 2), (2, 3, 4, 6)
# harmless messages that a call is written on to, and those written together without one: each as often as the others
PAIR = re.compile(r"^[^(].*[ ~]")
# a trait of two words
ROUNDS = 2
# times that the urgent stretch of a longer message is chosen anew
LINES = 200_000
# of the card: the weightiest traits of a first fit, on which a second one is made. All 812,000 found no more of 1,472
# kept-apart messages at equal false alarms, and fill a file four times as long; 60,000 found eight fewer.
SCALE = 20
# points for a factor of e in the odds
LEAST, LEAST_OF_KIND = 1, 4
# the fewest points that get a trait a line, for danger and for what tells kinds apart
URGENT, SOFT, CALM, NEAR = 5, -10, -20, 5
# points from which on help comes first, from which on it is offered above the answer, and, of the message and of the
# words up to a match's end, below both of which a family is overruled. With six held-out sets (9 to 14) and three
# question files (k, l, m) left out of one fit, families and card miss 16, 10, 9, 6, 5 and 5 of the sets' 848 urgent
# messages at 13, 10, 8, 5, 3 and 0, and fire on 1, 1, 1, 1, 1 and 4 of 285 ordinary ones, on 7, 7, 7, 7, 7 and 9 of 303
# hard negatives and on 17, 23, 23, 25, 25 and 27 of 583 visitors' questions, most of them stories of ten sentences. Of
# the 10 missed ones of an earlier fit 9 had help above the answer with `soft` at -20, -15 and -10, 8 at -5; visitors'
# questions that had it for nothing were 71, 58, 47 and 32. With `calm` at -10 one hard negative fewer fires, and "my
# mates are asleep. me next" and "no seizures for years then one just now" are hidden.
# `near` is what the words up to the end of a match must have for it to stand against a calm message. With 2,000 of
# the taught lines left out, 310 of 1,800 hard negatives fired at 0, 288 at 10 (326 at -10, when the three words after
# a match counted, too), and of 1,200 calls none more was missed; but at 10 three of the hundred plain calls are hidden
# by long chatter without full stops, at 5 one. Words after a match had hidden "my husband hits me but the physio gave
# me new exercises". Tried and left out, as nothing was won: pairs of word sets, thinned copies of the messages, means
# of several fits, a hidden layer beside the points, more weight for visitors' questions, whether the message names a
# subject of ours, pieces of 5 words and more, whether a message has 70 words or 110.
CARD = Path("chatbot/answering/safety") / cardfile.NAME
GROUPS = URGENT_CATEGORIES
VERSION = "1"
DATE = "2026-11-28"
REMARKS = (
    "The score card of the safety rules, fitted by `python -m benchmarks.card --write`; not to be edited by hand.",
    "A stretch of one or two sentences begins with the points of `start` and gets those of every trait that it shows.",
    "From `urgent` on help comes first and nothing else; from `soft` on help is offered above the answer. A family of",
    "the other files that matched is answered with help above passages where the message has less than `calm` and the",
    "words up to the end of the match have less than `near`.",
    "word: as its stem.  two words: side by side.  word~word: within three words.  ^ $: where a sentence begins, ends.",
    "{set}: a word set of words.toml.  (form): how it is told.",
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

    def highest(self, model: Model) -> float:
        """Return the odds of its most alarming stretch."""
        return max(map(model.score, self.stretches), default=model.start)

    @property
    def weight(self) -> float:
        """How much the message counts in the fit."""
        if self.message.source == MADE:
            return MADE_WEIGHT
        if self.urgent:
            return 1.0
        if self.message.category == "stories":
            return 2 * HARD  # of many stretches each is a chance to be wrong
        if self.message.category in (*QUIET[1:], "C3", "C9", "C10", "C11", "C12", "C13", "C14"):
            return HARD
        if self.message.category == "ordinary" and self.message.source in (TAUGHT, SHIPPED, VISITORS):
            return HARD  # short and empty ones among them, which must not begin half-way to danger
        return MILD if self.message.category in HELPED else 1.0


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the card, or judge it by leaving one set out at a time."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.card", description=__doc__)
    parser.add_argument("--write", action="store_true", help=f"fit on every set and write {CARD}")
    parser.add_argument("--why", metavar="MESSAGE", help="show the points that a message gets, and for what")
    options = parser.parse_args(arguments)
    rules = read_rules()
    if options.why:
        print(_reasons(options.why, rules))
        return
    listed = examples(rules)
    if options.write:
        CARD.write_text(fitted([*listed, *run_together(listed, rules)]), "utf-8")
        return
    held_out = sorted({e.message.source for e in listed if e.urgent and e.message.source.startswith("held_out")})
    judged = [
        (e, e.highest(model)) for name in held_out for model, left in [_without(name, listed, rules)] for e in left
    ]
    for name in (*held_out, "all"):
        print(_figures(name, [(e, score) for e, score in judged if name in ("all", e.message.source)]))


def _reasons(text: str, rules: SafetyRules) -> str:
    listed = [("every message", rules.card.start), *why(rules.card, told(text, rules))]
    total = sum(points for _, points in listed)
    return "\n".join([*(f"{points:5}  {trait}" for trait, points in listed), f"{total:5}  in all"])


def _without(name: str, listed: Sequence[Example], rules: SafetyRules) -> tuple[Model, list[Example]]:
    left = [example for example in listed if example.message.source == name]
    others = [example for example in listed if example.message.source != name]
    return danger([*others, *run_together(others, rules)]), left


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
    asked = [Message(text, "ordinary", PUBLIC) for text in public_queries()]
    asked += [Message(text, "ordinary", SHIPPED) for text in shipped_questions()]
    return [*committed(rules), *(example(message, rules) for message in asked)]


def committed(rules: SafetyRules) -> list[Example]:
    """Return the labelled messages, taught lines and visitors' questions, whose traits the card's checksum covers."""
    asked = [Message(text, "ordinary", VISITORS) for text in visitors_questions()]
    return [example(message, rules) for message in (*plain(), *messages(), *spanish(), *taught(), *asked)]


def run_together(listed: Iterable[Example], rules: SafetyRules) -> list[Example]:
    """Return calls for help between harmless questions, and harmless questions alone, without a full stop between them.

    Made of the listed messages, the same ones every time: nobody writes enough of them by hand, and on a phone many
    people type so. Without them one call in six between two questions was missed.
    """
    chosen = random.Random(0)
    asked = [e.message for e in listed if e.message.source not in (PUBLIC, SHIPPED)]
    short = [message for message in asked if not message.history and len(message.text) <= TOGETHER]
    harmless = [m.text for m in short if m.category in ("ordinary", "hard_negatives", "C9", "C10", "C11", "C14")]
    made = []
    for call in [message for message in short if message.category in URGENT_CATEGORIES]:
        row = chosen.sample(harmless, chosen.choice(BESIDE))
        row.insert(chosen.randint(0, len(row)), call.text)
        made.append(Message(_run_on(row), call.category, MADE))
        made.append(Message(_run_on(chosen.sample(harmless, chosen.choice(HARMLESS))), "ordinary", MADE))
    return [example(message, rules) for message in made]


def _run_on(texts: Iterable[str]) -> str:
    return " ".join(text.rstrip(".?!").replace(",", "") for text in texts)


def shipped_questions() -> tuple[str, ...]:
    """Return the sample and golden questions that staff wrote for the shipped articles."""
    samples = [question.ask for article in read_corpus(CORPUS).articles for question in article.questions]
    return (*samples, *(expected.ask for expected in read_expectations(CORPUS / "questions.toml")))


def visitors_questions() -> tuple[str, ...]:
    """Return what people with pain ask in the question files, harmless every one of them.

    Judged with the last three files left out, at 0 points, 26 of their 583 were taken for a call for help.
    """
    files = [QUESTIONS / f"{name}-{part}.jsonl" for name in "abcdgklm" for part in ("answerable", "others")]
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
    model = fit(_rows(listed, None))
    for _ in range(ROUNDS):
        rows = _rows(listed, model)
        model = fit(rows)
    return fit(rows, known=_weightiest(model))


def _weightiest(model: Model) -> frozenset[str]:
    """Return the traits that the card has room for."""
    weights = model.weights
    return frozenset(sorted(weights, key=lambda trait: (-abs(weights[trait]), trait))[:LINES])


def _rows(listed: Iterable[Example], model: Model | None) -> list[Row]:
    rows: list[Row] = []
    for example in listed:
        if not example.urgent:
            share = example.weight / len(example.stretches) ** 0.5 if example.stretches else 0.0
            rows += [(stretch, 0.0, share) for stretch in example.stretches]
        elif len(example.stretches) == 1:
            rows.append((example.stretches[0], 1.0, example.weight))
        elif model:
            rows.append((max(example.stretches, key=model.score), 1.0, example.weight))
    return rows


def kinds(listed: Sequence[Example], model: Model) -> dict[str, Model]:
    """Fit the points that tell which kind of danger an urgent message is about; pairs of traits are left out."""
    urgent = [(e, max(e.stretches, key=model.score)) for e in listed if e.urgent and e.stretches]
    single = [(e, frozenset(trait for trait in stretch if not PAIR.search(trait))) for e, stretch in urgent]
    return {
        group: fit([(shown, float(example.message.category == group), 1.0) for example, shown in single])
        for group in GROUPS
    }


def made_from(listed: Iterable[Example]) -> str:
    """Return a checksum of all that the fit takes from committed lines: each message, its weight and its traits.

    The card keeps it, so that a test can tell a card that was fitted on other lines, word sets or stems. What
    stands outside the tree (the public sets), what staff ask of their own articles and what is made of the others are
    left out.
    """
    digest = hashlib.sha256()
    for each in listed:
        if each.message.source not in (PUBLIC, SHIPPED, MADE):
            shown = [sorted(stretch) for stretch in each.stretches]
            digest.update(repr((each.message.text, each.message.category, each.weight, shown)).encode())
    return digest.hexdigest()[:16]


def fitted(listed: Sequence[Example]) -> str:
    """Return the text of the card's file."""
    model = danger(listed)
    groups = kinds(listed, model)
    points = {trait: round(SCALE * weight) for trait, weight in model.weights.items()}
    told_apart = {
        trait: {
            group: worth for group, each in groups.items() if (worth := round(SCALE * each.weights.get(trait, 0.0)))
        }
        for trait in {t for each in groups.values() for t in each.weights} | set(points)
    }
    counted = {trait: worth for trait, worth in points.items() if abs(worth) >= LEAST}
    rows = [
        cardfile.Row(trait, counted.get(trait, 0), given)
        for trait, given in told_apart.items()
        if trait in counted or any(abs(each) >= LEAST_OF_KIND for each in given.values())
    ]
    facts = {"version": VERSION, "date": DATE, "made from": made_from(listed), "start": f"{round(SCALE * model.start)}"}
    return cardfile.written(
        facts | {"urgent": f"{URGENT}", "soft": f"{SOFT}", "calm": f"{CALM}", "near": f"{NEAR}"},
        REMARKS,
        GROUPS,
        rows,
    )


if __name__ == "__main__":
    main()
