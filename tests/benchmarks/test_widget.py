from __future__ import annotations

import urllib.request

import pytest

from benchmarks import widget
from benchmarks.serving import free_port, site
from benchmarks.widget import percentile, report


@pytest.mark.parametrize(("share", "expected"), [(50, 2.0), (75, 3.0), (95, 4.0), (100, 4.0)])
def test_percentile_is_a_measured_value_that_so_many_do_not_exceed(share: int, expected: float) -> None:
    assert percentile([4.0, 1.0, 3.0, 2.0], share) == expected


def test_report_tells_the_ratio_and_how_many_keep_the_goal(capsys: pytest.CaptureFixture[str]) -> None:
    report([100.0, 200.0, 400.0], [50.0, 100.0, 100.0])
    out = capsys.readouterr().out
    assert "ratio of the medians 2.00; 2 of 3 within 300 ms" in out


def test_missing_browser_measures_nothing_and_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(widget.shutil, "which", lambda name: None)
    assert widget.main([]) == 2
    assert "chromium is not installed" in capsys.readouterr().err


def test_host_site_serves_its_one_page() -> None:
    address = f"http://localhost:{free_port()}"
    with site(address, "<p>Our practice"):
        assert urllib.request.urlopen(f"{address}/").read() == b"<p>Our practice"
        assert urllib.request.urlopen(f"{address}/favicon.ico").status == 204
