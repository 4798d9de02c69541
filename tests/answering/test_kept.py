"""What is suggested, kept for the next start."""

from __future__ import annotations

from pathlib import Path

import pytest

from chatbot.answering.kept import Suggested, keep_suggested, kept_suggested, whole_program

FOUND = Suggested("one", {"sciatica": ("What is sciatica?",)}, ("What is ketamine?",))


def test_what_was_kept_comes_back_under_its_own_name_only(tmp_path: Path) -> None:
    path = tmp_path / "new" / "suggestions"
    keep_suggested(path, FOUND)
    assert kept_suggested(path, "one") == FOUND
    assert kept_suggested(path, "two") is None
    assert [each.name for each in path.parent.iterdir()] == ["suggestions"]


@pytest.mark.parametrize(
    "torn", [b"", b"{", b"[]", b"\xff", b'{"name": "one", "suggestions": {"a": 3}, "starters": []}']
)
def test_a_torn_file_is_as_good_as_none(tmp_path: Path, torn: bytes) -> None:
    path = tmp_path / "suggestions"
    assert kept_suggested(path, "one") is None
    path.write_bytes(torn)
    assert kept_suggested(path, "one") is None


def test_the_program_has_a_name_of_its_own() -> None:
    assert len(whole_program()) == 64
