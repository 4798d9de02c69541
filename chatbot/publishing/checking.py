"""The check before publishing: what a draft changes, which answers change with it, and what stops it."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from chatbot.answering.selfcheck import Expectation, read_expectations
from chatbot.corpus.composing import with_values
from chatbot.corpus.editorial import Manuscript, review
from chatbot.corpus.front_matter import read_front_matter
from chatbot.corpus.loading import QUESTIONS
from chatbot.corpus.writer import digest
from chatbot.errors import CorpusError
from chatbot.publishing.desk import Desk
from chatbot.publishing.differences import Change, Difference, differences, in_order, probes
from chatbot.publishing.passages import Changes, changes
from chatbot.publishing.trial import Trial, read_draft, try_draft, try_without
from chatbot.replies import reply
from chatbot.snapshots import Snapshot
from chatbot.values import Answer, Article, Problem, Question

_remembered: dict[tuple[object, ...], dict[str, Answer]] = {}
# (version, settings) of the corpus asked last -> its answers: they take half of a check's time and do not change
_reports: dict[tuple[object, ...], Report] = {}
# the last checks by all that they depend on: a page, the step taken on it and publishing itself ask for the same one
MOST_REPORTS = 8
_remembering = threading.Lock()


@dataclass(frozen=True, slots=True)
class Report:
    """What publishing would do."""

    changes: Changes = field(default_factory=Changes)
    differences: tuple[Difference, ...] = ()
    # what stops publishing first
    errors: tuple[Problem, ...] = ()
    # of the draft, or in other articles because of it: they stop publishing
    advice: tuple[Problem, ...] = ()
    counts: Mapping[Change, int] = field(default_factory=dict)
    asked: int = 0

    @property
    def lost(self) -> tuple[Difference, ...]:
        """The golden questions that would be lost; a publisher may publish all the same, with a reason."""
        return tuple(difference for difference in self.differences if difference.blocks)


def publishable(text: str) -> str:
    """Return a draft's text without the word that marks its file as a draft; unreadable text stays as it is."""
    try:
        if read_front_matter(text).values.get("status") == "draft":
            return with_values(text, {"status": ""})
    except CorpusError:
        pass
    return text


def check_draft(desk: Desk, path: str, text: str, *, unanswered: Sequence[str] = (), today: date) -> Report:
    """Try a draft's text as the file of this path, relative to the corpus folder. Raises nothing about the text."""
    return _remembered_report(
        desk, (path, text, tuple(unanswered), today), lambda: _try(desk, path, text, unanswered, today)
    )


def check_removal(desk: Desk, path: str, *, unanswered: Sequence[str] = (), today: date) -> Report:
    """Try the corpus without the file of this path."""
    return _remembered_report(
        desk, (path, None, tuple(unanswered), today), lambda: _try(desk, path, None, unanswered, today)
    )


def _remembered_report(desk: Desk, about: tuple[object, ...], make: Callable[[], Report]) -> Report:
    try:
        golden = digest((desk.folder / QUESTIONS).read_bytes())
    except OSError:
        golden = ""
    key = (desk.live.version, desk.settings, golden, *about)
    with _remembering:
        known = _reports.get(key)
    if known is None:
        known = make()
        with _remembering:
            _reports[key] = known
            for oldest in list(_reports)[:-MOST_REPORTS]:
                del _reports[oldest]
    return known


def _try(desk: Desk, path: str, text: str | None, unanswered: Sequence[str], today: date) -> Report:
    live, before = desk.library.loaded, desk.live
    try:
        if text is None:
            trial = try_without(live, path, today=today, rules=desk.rules, settings=desk.settings, before=before)
        else:
            trial = try_draft(live, path, text, today=today, rules=desk.rules, settings=desk.settings, before=before)
    except CorpusError as error:
        return Report(errors=tuple(problem for problem in error.problems if problem.severity == "error"))
    return _report(desk, path, trial, text or "", unanswered=unanswered, today=today)


def read_problems(desk: Desk, path: str, text: str, today: date) -> tuple[Problem, ...]:
    """Return the editor's advice on a draft alone, errors among it, by line; quick enough to ask while typing."""
    try:
        article, problems = read_draft(path, text)
    except CorpusError as error:
        return error.problems
    others = [each for each in desk.library.loaded.articles if each.source.path != path]
    found = review(_manuscripts(desk.folder, [*others, article], {path: text}), today)
    return _by_line([*problems, *(problem for problem in found if problem.path == path)])


def _report(desk: Desk, path: str, trial: Trial, text: str, *, unanswered: Sequence[str], today: date) -> Report:
    live = desk.live
    replaced = next((article for article in live.articles if article.source.path == path), None)
    found, unreadable = _differences(desk, live, trial, unanswered)
    mine, elsewhere = _problems(desk, path, trial, text, today)
    errors = [problem for problem in mine if problem.severity == "error"] + [*elsewhere, *unreadable]
    return Report(
        changes=changes(replaced, trial.article),
        differences=found,
        errors=tuple(errors),
        advice=tuple(problem for problem in mine if problem.severity == "advice"),
        counts=Counter(difference.change for difference in found),
        asked=len(found),
    )


def _differences(
    desk: Desk, live: Snapshot, trial: Trial, unanswered: Sequence[str]
) -> tuple[tuple[Difference, ...], tuple[Problem, ...]]:
    golden: tuple[Expectation, ...] = ()
    unreadable: tuple[Problem, ...] = ()
    try:
        golden = read_expectations(desk.folder / QUESTIONS)
    except CorpusError as error:
        unreadable = error.problems
    # The live articles' questions as well: one that the draft does not list any more may be missed.
    asked = probes(golden, [*trial.snapshot.articles, *live.articles], unanswered)

    def now(question: Question) -> Answer:
        return _live_answer(desk, live, question)

    def then(question: Question) -> Answer:
        return reply(trial.snapshot, question, rules=desk.rules, settings=desk.settings)

    return in_order(differences(asked, (now, live.articles), (then, trial.snapshot.articles))), unreadable


def _live_answer(desk: Desk, live: Snapshot, question: Question) -> Answer:
    key = (live.version, desk.settings)
    with _remembering:
        if key not in _remembered:
            _remembered.clear()
        known = _remembered.setdefault(key, {})
    if question.text not in known:
        known[question.text] = reply(live, question, rules=desk.rules, settings=desk.settings)
    return known[question.text]


def _problems(
    desk: Desk, path: str, trial: Trial, text: str, today: date
) -> tuple[tuple[Problem, ...], tuple[Problem, ...]]:
    """Return the problems of the draft, and the errors that it makes in other articles, such as links that break."""
    live = desk.library.loaded.articles
    before = set(review(_manuscripts(desk.folder, live, {}), today))
    after = review(_manuscripts(desk.folder, trial.snapshot.articles, {path: text}), today)
    mine = [*trial.problems, *(problem for problem in after if problem.path == path)]
    others = [problem for problem in after if problem.path != path and problem.severity == "error"]
    return _by_line(mine), tuple(problem for problem in others if problem not in before)


def _manuscripts(folder: Path, articles: Sequence[Article], texts: Mapping[str, str]) -> list[Manuscript]:
    return [Manuscript(article, _text_of(folder, article.source.path, texts)) for article in articles]


def _text_of(folder: Path, path: str, texts: Mapping[str, str]) -> str:
    if path in texts:
        return texts[path]
    try:
        return (folder / path).read_text("utf-8", errors="replace")
    except OSError:
        # Gone since it was read; its links cannot be looked at, its text is still served.
        return ""


def _by_line(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(problems, key=lambda problem: (problem.line, problem.message)))
