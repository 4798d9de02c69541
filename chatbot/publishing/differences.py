"""Which questions would be answered differently: the live corpus beside one that is only tried."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from chatbot.answering.selfcheck import Expectation, check, unknown_names
from chatbot.corpus.sections import passages_by_name, section_name
from chatbot.values import Answer, Article, Question

Kind = Literal["golden", "sample", "unanswered"]
# staff's golden questions, the articles' own ones, and what visitors asked in vain
Change = Literal["lost golden", "newly lost", "newly answered", "other passage", "other verdict", "unchanged"]
ORDER: tuple[Change, ...] = (
    "lost golden",
    "newly lost",
    "newly answered",
    "other passage",
    "other verdict",
    "unchanged",
)

Ask = Callable[[Question], Answer]
Names = Mapping[str, frozenset[str]]
# name -> ids of the passages behind it


@dataclass(frozen=True, slots=True)
class Probe:
    """A question to ask both corpora."""

    ask: str
    kind: Kind
    expected: Expectation | None = None
    # who must answer it; None for what visitors asked


@dataclass(frozen=True, slots=True)
class Difference:
    """One question and its two answers."""

    probe: Probe
    old: Answer
    new: Answer
    change: Change
    fault: str = ""
    # why the new answer is not the one that staff expect; empty: it is, or nobody expects one

    @property
    def blocks(self) -> bool:
        return self.change == "lost golden"


def probes(golden: Iterable[Expectation], articles: Sequence[Article], unanswered: Iterable[str]) -> tuple[Probe, ...]:
    """Return each question once: golden ones first, then the articles' own, then what visitors asked in vain."""
    found = [Probe(each.ask, "golden", each) for each in golden]
    found += [Probe(each.ask, "sample", each) for article in articles for each in samples(article)]
    found += [Probe(text, "unanswered") for text in unanswered]
    kept: dict[str, Probe] = {}
    for probe in found:
        kept.setdefault(probe.ask, probe)
    return tuple(kept.values())


def samples(article: Article) -> Iterator[Expectation]:
    """Yield the article's own questions: each must be answered by its section, in the first place."""
    for sample in article.questions:
        name = section_name(article.slug, sample.section)
        yield Expectation(sample.ask, (name,), article.source.path, 1, ranks=1)


def differences(
    asked: Iterable[Probe], live: tuple[Ask, Sequence[Article]], trial: tuple[Ask, Sequence[Article]]
) -> Iterator[Difference]:
    """Yield each question with its old and its new answer, in the order of the questions."""
    old_names, new_names = passages_by_name(live[1]), passages_by_name(trial[1])
    for probe in asked:
        question = Question(probe.ask)
        old, new = live[0](question), trial[0](question)
        fault = fault_of(probe.expected, new, new_names)
        was_right = probe.expected is not None and not fault_of(probe.expected, old, old_names)
        yield Difference(probe, old, new, _change(probe, old, new, lost=bool(fault) and was_right), fault)


def in_order(found: Iterable[Difference]) -> tuple[Difference, ...]:
    """Sort differences by their weight, what stops publishing first."""
    return tuple(sorted(found, key=lambda difference: ORDER.index(difference.change)))


def fault_of(expected: Expectation | None, reply: Answer, names: Names) -> str:
    """Say what is wrong with the reply to a question that staff expect an answer to; empty: nothing."""
    if expected is None:
        return ""
    # A name that the corpus does not know any more means that nobody can answer, not that the name is mistyped.
    gone = unknown_names(expected, names)
    known = tuple(name for name in expected.answers if name in names)
    if gone and not known:
        return f"should be answered by {' or '.join(expected.answers)}, which would be gone"
    problem = check(replace(expected, answers=known), reply, names)
    return problem.message.partition(f'"{expected.ask}" ')[2] if problem else ""


def _change(probe: Probe, old: Answer, new: Answer, *, lost: bool) -> Change:
    if lost and probe.kind == "golden":
        return "lost golden"
    if lost or (old.verdict == "answered" and new.verdict != "answered"):
        # To decline what golden questions say must be declined is no loss.
        return "newly lost" if lost or probe.expected is None or probe.expected.answers else "other verdict"
    if old.verdict != "answered" and new.verdict == "answered":
        return "newly answered"
    if old.verdict != new.verdict:
        return "other verdict"
    return "unchanged" if _seen(old) == _seen(new) else "other passage"


def _seen(reply: Answer) -> list[str]:
    """Return what a visitor reads first; the passages below it may change places unnoticed."""
    return [excerpt.passage.text for excerpt in reply.passages[:1]]
