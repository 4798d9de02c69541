from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.errors import DatabaseUnavailable
from chatbot.storage.keys import Keys

DERIVE = """
import sys
from pathlib import Path
from chatbot.storage.keys import Keys

print(Keys("", Path(sys.argv[1])).seal("form", "x"))
"""
GIVEN = Keys("a key of the tests", Path("unused"))


def test_key_is_made_once_and_kept_for_its_owner_only(tmp_path: Path) -> None:
    folder = tmp_path / "instance"
    first = Keys("", folder).seal("form", "x")
    assert Keys("", folder).seal("form", "x") == first
    assert stat.S_IMODE((folder / "secret_key").stat().st_mode) == 0o600
    assert [file.name for file in folder.iterdir()] == ["secret_key"]
    assert len((folder / "secret_key").read_text().strip()) == 64


def test_several_processes_that_start_at_once_have_the_same_key(tmp_path: Path) -> None:
    command = [sys.executable, "-c", DERIVE, str(tmp_path / "instance")]
    started = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(6)]
    assert len({process.communicate(timeout=60)[0] for process in started}) == 1


def test_given_key_is_kept_nowhere(tmp_path: Path) -> None:
    Keys("given", tmp_path / "instance").derive("form")
    assert not (tmp_path / "instance").exists()


def test_empty_key_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "secret_key").touch()
    with pytest.raises(DatabaseUnavailable, match="is empty"):
        Keys("", tmp_path).derive("form")


def test_key_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(DatabaseUnavailable, match="cannot be made"):
        Keys("", tmp_path / "file" / "instance").derive("form")


def test_each_purpose_has_a_key_of_its_own() -> None:
    assert GIVEN.derive("form") != GIVEN.derive("audit log")
    assert GIVEN.seal("form", "x") != GIVEN.seal("audit log", "x")


@given(st.lists(st.text(), max_size=4), st.lists(st.text(), max_size=4))
def test_seals_are_equal_only_for_the_same_parts(some: list[str], others: list[str]) -> None:
    assert (GIVEN.seal("form", *some) == GIVEN.seal("form", *others)) == (some == others)
