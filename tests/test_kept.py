"""Values kept from one start to the next."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.kept import is_kept, keep, kept, program, put

FOUND = {"sciatica": ("What is sciatica?", "Does it help?")}
KIND = dict[str, tuple[str, ...]]


def test_what_was_kept_comes_back_under_its_own_name_only(tmp_path: Path) -> None:
    path = tmp_path / "new" / "suggestions"
    keep(path, "one", FOUND)
    assert kept(path, "one", KIND) == FOUND
    assert kept(path, "two", KIND) is None
    assert [each.name for each in path.parent.iterdir()] == ["suggestions"]


def test_what_is_kept_can_be_asked_for_without_reading_it(tmp_path: Path) -> None:
    assert not is_kept(tmp_path / "suggestions", "one")
    keep(tmp_path / "suggestions", "one", FOUND)
    assert is_kept(tmp_path / "suggestions", "one")
    assert not is_kept(tmp_path / "suggestions", "two")


def test_a_value_of_another_shape_is_as_good_as_none(tmp_path: Path) -> None:
    keep(tmp_path / "suggestions", "one", {"sciatica": 3})
    assert kept(tmp_path / "suggestions", "one", KIND) is None


def test_no_file_is_none(tmp_path: Path) -> None:
    assert kept(tmp_path / "suggestions", "one", KIND) is None
    assert kept(tmp_path, "one", KIND) is None


@given(at=st.integers(0, 200), length=st.integers(0, 200), other=st.binary(max_size=3))
def test_a_torn_file_is_as_good_as_none(
    tmp_path_factory: pytest.TempPathFactory, at: int, length: int, other: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "torn"
    keep(path, "one", FOUND)
    whole = path.read_bytes()
    torn = whole[:at] + other + whole[at + length :]
    path.write_bytes(torn)
    assert kept(path, "one", KIND) == (FOUND if torn == whole else None)
    assert is_kept(path, "one") == (torn == whole)


def test_what_cannot_be_written_leaves_what_was_there(tmp_path: Path) -> None:
    def fail(_: object) -> None:
        raise OSError("the disk is full")

    path = tmp_path / "suggestions"
    keep(path, "one", FOUND)
    with pytest.raises(OSError, match="full"):
        put(path, fail)
    assert kept(path, "one", KIND) == FOUND
    assert [each.name for each in tmp_path.iterdir()] == ["suggestions"]


def test_the_program_has_a_name_of_its_own() -> None:
    assert len(program()) == 64
