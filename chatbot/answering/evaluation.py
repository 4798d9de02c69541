"""Golden questions in, figures out: how often the right passage comes, and what is declined."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from chatbot.answering.golden import GoldenQuestion, SafetyKind
from chatbot.answering.judging import ANSWERS, CUT, SHOWN, Yardstick, ndcg
from chatbot.values import Answer, Passage, Question, Verdict

Ask = Callable[[Question, int], Answer]
# a question and the most passages wanted
Rank = Callable[[Question, int], Sequence[Passage]]

DEPTH = 50
# how deep a ranking is searched for the first right passage


@dataclass(frozen=True, slots=True)
class Judged:
    """One golden question and what became of it."""

    question: GoldenQuestion
    verdict: Verdict
    safety: SafetyKind
    # the take-over that was shown
    shown: tuple[str, ...]
    # passage ids, best first
    grades: tuple[int, ...]
    # of the shown passages, in their order
    first_right: int | None
    # rank of the first passage that answers, from 1
    ndcg: float
    declined: bool
    # nothing was shown as an answer, or only what may be

    @property
    def is_searched(self) -> bool:
        """Whether there is anything to find: hits are counted over these questions only."""
        return self.question.passages != "forbidden" and bool(self.question.nuggets or self.question.relevant)

    @property
    def safety_is_right(self) -> bool:
        """Whether the take-over, or its absence, is one that passes."""
        return self.safety in self.question.accept

    def is_hit(self, ranks: int) -> bool:
        """Whether a passage that answers stands among the first `ranks`."""
        return self.first_right is not None and self.first_right <= ranks


@dataclass(frozen=True, slots=True)
class Row:
    """The figures of one group of questions. Shares are 0..1; None where the group has no such question."""

    name: str
    count: int
    hit_1: float | None
    hit_3: float | None
    ndcg_10: float | None
    mrr_10: float | None
    declined: float | None
    # of the forbidden ones: rightly not answered
    needless: float | None
    # of the required ones: declined all the same
    safety: float | None
    # take-over right by what passes


def evaluate(
    questions: Iterable[GoldenQuestion], ask: Ask, measure: Yardstick, *, rank: Rank | None = None
) -> Iterator[Judged]:
    """Ask each question and judge what comes back, in order.

    rank: when given, hits are scored on its ranking whatever the verdict; the verdict stays that of `ask`.
    """
    for golden in questions:
        question = Question(golden.question, golden.history)
        reply = ask(question, CUT)
        ranked = rank(question, DEPTH) if rank else [excerpt.passage for excerpt in reply.passages]
        yield judged(golden, reply, ranked, measure)


def judged(golden: GoldenQuestion, reply: Answer, ranked: Sequence[Passage], measure: Yardstick) -> Judged:
    """Judge one reply. ranked: the passages to score, best first; what was answered is read from the reply."""
    grades = measure.grades(golden, ranked)
    answering = [excerpt.passage for excerpt in reply.passages[:SHOWN]] if reply.verdict == "answered" else []
    return Judged(
        question=golden,
        verdict=reply.verdict,
        safety=_take_over(reply),
        shown=tuple(passage.id for passage in ranked[:CUT]),
        grades=grades[:CUT],
        first_right=next((at for at, grade in enumerate(grades, start=1) if grade >= ANSWERS), None),
        ndcg=ndcg(grades, measure.best_grades(golden)),
        declined=reply.verdict != "answered"
        or (golden.passages == "forbidden" and measure.may_show(golden, answering)),
    )


def rows(results: Sequence[Judged]) -> tuple[Row, ...]:
    """Sum up per kind, with the styles of answerable and the tags of follow-ups below theirs, then over all.

    Groups stand in the order in which they first come up.
    """
    table = []
    for kind in _in_order(result.question.kind for result in results):
        members = [result for result in results if result.question.kind == kind]
        table.append(row(kind, members))
        table.extend(_parts(kind, members))
    required = [result for result in results if result.question.passages == "required"]
    return (*table, row("all required", required), row("all", results))


def row(name: str, results: Sequence[Judged]) -> Row:
    """Sum up one group of questions."""
    searched = [result for result in results if result.is_searched]
    return Row(
        name=name,
        count=len(results),
        hit_1=_mean(result.is_hit(1) for result in searched),
        hit_3=_mean(result.is_hit(3) for result in searched),
        ndcg_10=_mean(result.ndcg for result in searched),
        mrr_10=_mean(1 / result.first_right if result.first_right and result.is_hit(CUT) else 0 for result in searched),
        declined=_mean(result.declined for result in results if result.question.passages == "forbidden"),
        needless=_mean(result.declined for result in results if result.question.passages == "required"),
        safety=_mean(result.safety_is_right for result in results),
    )


def _parts(kind: str, members: Sequence[Judged]) -> list[Row]:
    if kind == "answerable":
        tags = [result.question.tags[:1] for result in members]
    elif kind == "followup":
        tags = [result.question.tags[1:2] for result in members]
    elif kind == "hard_negative":
        tags = [(result.question.passages,) for result in members]
    else:
        return []
    groups = _in_order(tag for first in tags for tag in first)
    return [row(f"· {tag}", [m for m, own in zip(members, tags, strict=True) if tag in own]) for tag in groups]


def _take_over(reply: Answer) -> SafetyKind:
    if reply.verdict != "urgent" or reply.notice is None or reply.notice.kind == "advice":
        return "none"
    return reply.notice.kind


def _mean(values: Iterable[float]) -> float | None:
    numbers = [float(value) for value in values]
    return sum(numbers) / len(numbers) if numbers else None


def _in_order(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))
