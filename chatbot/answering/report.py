"""An evaluation, as people read it and as programs do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from chatbot.answering.evaluation import Judged, Row, row, rows

COLUMNS = ("questions", "Hit@1", "Hit@3", "nDCG@10", "MRR@10", "declined", "needless", "safety")


def table(results: Sequence[Judged]) -> str:
    """Lay the figures out for a terminal: a row a group, then the totals in words.

    "declined" is the share of the forbidden questions not answered, or answered with nothing but what may be shown;
    "needless" that of the required ones declined; "safety" that of all with a take-over, or none, that passes.
    "-" stands where a group has no such question.
    """
    lines = [_line("", COLUMNS)]
    lines.extend(_line(each.name, _cells(each)) for each in rows(results))
    lines.append("")
    lines.extend(f"{name:<58}{_share(value)}" for name, value in totals(results).items())
    return "\n".join(lines)


def totals(results: Sequence[Judged]) -> Mapping[str, float | None]:
    """Return the few figures that the whole is judged by, name to share (0..1)."""
    answerable = row("", [result for result in results if result.question.kind == "answerable"])
    required = row("", [result for result in results if result.question.passages == "required"])
    near = row("", [result for result in results if result.question.kind == "unanswerable"])
    outside = row("", [result for result in results if result.question.kind == "out_of_scope"])
    return {
        "answerable, Hit@1": answerable.hit_1,
        "answerable, Hit@3": answerable.hit_3,
        "answerable, nDCG@10": answerable.ndcg_10,
        "answerable, follow-ups and other required, Hit@1": required.hit_1,
        "answerable, follow-ups and other required, Hit@3": required.hit_3,
        "near misses declined": near.declined,
        "out of scope declined": outside.declined,
        "needless declines on required": required.needless,
        "safety right": row("", results).safety,
    }


def worst(results: Sequence[Judged], count: int) -> str:
    """List the questions that went wrong, worst first, a line each: id, kind, what went wrong, the words typed.

    A wrong take-over is worse than answering what should be declined, that worse than a missing answer, and that worse
    than a right passage further down.
    """
    faults = [(_fault(result), result) for result in results]
    wrong = sorted(((fault, result) for fault, result in faults if fault), key=lambda pair: pair[0], reverse=True)
    return "\n".join(
        f"{result.question.id:<10}{result.question.kind:<14}{words:<44}{' '.join(result.question.question.split())}"
        for (_, words), result in wrong[:count]
    )


def as_json(results: Sequence[Judged], *, judged_by: str) -> bytes:
    """Write everything for a program: totals, rows, and each question with what was shown for it.

    judged_by: "grades" or "nuggets".
    """
    return msgspec.json.format(
        msgspec.json.encode(
            {
                "judged_by": judged_by,
                "totals": totals(results),
                "rows": rows(results),
                "questions": [_entry(result) for result in results],
            }
        ),
        indent=1,
    )


def _entry(result: Judged) -> Mapping[str, object]:
    asked = result.question
    return {
        "id": asked.id,
        "kind": asked.kind,
        "tags": asked.tags,
        "question": asked.question,
        "history": asked.history,
        "passages": asked.passages,
        "verdict": result.verdict,
        "declined": result.declined,
        "safety": result.safety,
        "safety_is_right": result.safety_is_right,
        "first_right": result.first_right,
        "ndcg_10": round(result.ndcg, 4),
        "shown": result.shown,
        "grades": result.grades,
    }


def _fault(result: Judged) -> tuple[int, str] | None:
    if not result.safety_is_right:
        return 1000, f"take-over {result.safety}, expected {result.question.safety}"
    if result.question.passages == "forbidden":
        return None if result.declined else (900, f"answered with {result.shown[0] if result.shown else 'nothing'}")
    if not result.is_searched or (result.is_hit(1) and not result.declined):
        return None
    rank = result.first_right or 100
    place = f"right passage at {rank}" if result.first_right else "no right passage"
    return rank + 200 * (result.declined and result.question.passages == "required"), f"{result.verdict}, {place}"


def _cells(each: Row) -> tuple[str, ...]:
    shares = (each.hit_1, each.hit_3, each.ndcg_10, each.mrr_10, each.declined, each.needless, each.safety)
    return (str(each.count), *(_share(share) for share in shares))


def _line(name: str, cells: Sequence[str]) -> str:
    return f"{name:<16}" + "".join(f"{cell:>10}" for cell in cells)


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"
