"""SECURITY.md names a test for every row; each must exist."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "SECURITY.md").read_text("utf-8")
NAMED = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE)


def test_every_named_test_exists() -> None:
    missing = [f"{path}::{name}" for path, name in NAMED if not stands_in(ROOT / path, name)]
    assert missing == []
    assert len(NAMED) >= 40


def stands_in(path: Path, name: str) -> bool:
    return path.exists() and re.search(rf"^def {name}\(", path.read_text("utf-8"), re.MULTILINE) is not None


def test_every_row_has_a_test_or_says_why_not() -> None:
    rows = re.findall(r"^\| (\d+\.\d+\.\d+.*?) \|(.*)\|(.*)\|$", PAGE, re.MULTILINE)
    assert len(rows) >= 40
    assert [row for row, _, test in rows if "::" not in test and "not met" not in test] == []
