from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.conftest import Flasked

PASSWORD = "heron lantern gravel tuba"


def add(flask_command: Flasked, name: str) -> None:
    assert not flask_command("staff", "add", name, "--role", "admin", "--password-stdin", input=PASSWORD).exit_code


def names(flask_command: Flasked) -> list[str]:
    return [line.split()[0] for line in flask_command("staff", "list").stdout.splitlines()]


def test_tables_are_brought_up_to_date_once(flask_command: Flasked) -> None:
    assert flask_command("database", "upgrade").output == "The tables are up to date now.\n"
    assert flask_command("database", "upgrade").output == "The tables were up to date.\n"


def test_backup_is_put_back(flask_command: Flasked, tmp_path: Path) -> None:
    add(flask_command, "ana")
    assert "Staff's data is in" in flask_command("database", "backup", tmp_path / "b.db").output
    add(flask_command, "ben")
    restored = flask_command("database", "restore", tmp_path / "b.db", "--yes")
    assert restored.exit_code == 0, restored.output
    assert names(flask_command) == ["ana"]
    assert flask_command("staff", "audit", "--verify").exit_code == 0
    assert "database.restored" in flask_command("staff", "audit").output


def test_nothing_is_replaced_without_yes(flask_command: Flasked, tmp_path: Path) -> None:
    add(flask_command, "ana")
    flask_command("database", "backup", tmp_path / "b.db")
    add(flask_command, "ben")
    before = (tmp_path / "b.db").read_bytes()
    for command in ("backup", "restore"):
        result = flask_command("database", command, tmp_path / "b.db")
        assert (result.exit_code, "--yes" in result.output) == (1, True)
    assert names(flask_command) == ["ana", "ben"]
    assert (tmp_path / "b.db").read_bytes() == before
    assert flask_command("database", "backup", tmp_path / "b.db", "--yes").exit_code == 0


def test_empty_database_is_restored_without_asking(flask_command: Flasked, tmp_path: Path) -> None:
    flask_command("database", "backup", tmp_path / "b.db")
    assert flask_command("database", "restore", tmp_path / "b.db").exit_code == 0


@pytest.mark.parametrize("content", [b"", b"hello"])
def test_file_that_is_no_backup_is_refused(flask_command: Flasked, tmp_path: Path, content: bytes) -> None:
    add(flask_command, "ana")
    (tmp_path / "b.db").write_bytes(content)
    result = flask_command("database", "restore", tmp_path / "b.db", "--yes")
    assert (result.exit_code, "nothing was changed" in result.output) == (1, True)
    assert names(flask_command) == ["ana"]
