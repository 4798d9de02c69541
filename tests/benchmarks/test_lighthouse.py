from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks import lighthouse
from benchmarks.lighthouse import ALL, Scores, Target, judged, measured, scores, targets

PAGE = Target("/", "http://home.example/", ALL)


def runs_of(*performance: int) -> tuple[list[str], Iterator[Scores]]:
    return [], iter([{**ALL, "performance": score} for score in performance])


@pytest.mark.parametrize(
    ("performance", "passes", "runs"), [((100,), True, 1), ((90, 99, 100), True, 3), ((99, 98, 97), False, 3)]
)
def test_best_of_three_runs_counts_and_the_first_good_one_ends_it(
    performance: tuple[int, ...], passes: bool, runs: int, capsys: pytest.CaptureFixture[str]
) -> None:
    asked, given = runs_of(*performance)

    def measure(url: str) -> Scores:
        asked.append(url)
        return next(given)

    assert judged(PAGE, measure) is passes
    assert asked == [PAGE.url] * runs
    assert f"performance {max(performance)}" in capsys.readouterr().out


def broken_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Scores:
    (tmp_path / "node").write_text("#!/bin/sh\necho the browser went away >&2\nexit 1\n", "utf-8")
    (tmp_path / "node").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    return measured(PAGE.url)


def test_run_that_breaks_off_has_no_scores_and_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert broken_off(tmp_path, monkeypatch) == {}
    assert "the browser went away" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("runs", "passes"), [([{}, {}, ALL], True), ([{}, {}, {}], False), ([{**ALL, "seo": 99}, {}, {}], False)]
)
def test_run_that_breaks_off_is_one_of_the_three(runs: list[Scores], passes: bool) -> None:
    given = iter(runs)
    assert judged(PAGE, lambda _: next(given)) is passes


def test_score_that_is_missing_counts_as_none() -> None:
    report = {"categories": {"performance": {"score": 0.995}, "seo": {"score": None}}}
    assert scores(json.dumps(report).encode()) == {"performance": 100, "seo": 0}


def test_host_page_may_lose_five_points_of_performance_alone() -> None:
    *own, host = targets("http://home.example", "http://host.example")
    assert [target.goals for target in own] == [ALL, ALL]
    assert host.goals == {"performance": 95, "accessibility": 100, "best-practices": 100}


@pytest.mark.parametrize(("ci", "status"), [("true", 1), ("", 0)])
def test_missing_tool_is_told_loudly_and_fails_where_everything_must_run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], ci: str, status: int
) -> None:
    monkeypatch.setenv("CI", ci)
    monkeypatch.setattr(lighthouse.shutil, "which", lambda name: None if name == "chromium" else "/usr/bin/x")
    assert lighthouse.main([]) == status
    assert "LIGHTHOUSE DID NOT RUN: chromium" in capsys.readouterr().err
