"""README.md beside this file names a test for every fault; each must exist."""

from __future__ import annotations

import re
from pathlib import Path

from tests.test_security_page import ROOT, stands_in

PAGE = Path(__file__).with_name("README.md").read_text("utf-8")


def test_every_fault_has_a_test_that_exists() -> None:
    rows = [row for row in PAGE.splitlines() if row.startswith("| ")][2:]
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE)
    assert len(rows) >= 30
    assert [row for row in rows if "::" not in row] == []
    assert [f"{path}::{name}" for path, name in named if not stands_in(ROOT / path, name)] == []
