"""The database's file: its folder, and who opens it first."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from chatbot.errors import DatabaseUnavailable
from chatbot.storage import files
from chatbot.storage.files import file_mark, prepare_folder, start_lock


def test_folder_is_made_for_this_user_only(tmp_path: Path) -> None:
    prepare_folder(tmp_path / "a" / "b" / "chatbot.db")
    assert (tmp_path / "a" / "b").stat().st_mode & 0o777 == 0o700


def test_folder_that_others_may_write_to_is_refused_unless_they_cannot_replace_files(tmp_path: Path) -> None:
    tmp_path.chmod(0o777)
    with pytest.raises(DatabaseUnavailable, match="chmod o-w"):
        prepare_folder(tmp_path / "chatbot.db")
    tmp_path.chmod(0o1777)
    prepare_folder(tmp_path / "chatbot.db")


def test_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(DatabaseUnavailable, match="cannot be made"):
        prepare_folder(tmp_path / "file" / "chatbot.db")


def test_lock_in_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnavailable, match="cannot be written to"), start_lock(tmp_path / "gone" / "chatbot.db"):
        pass


def test_one_process_at_a_time_opens_the_file_and_the_next_one_waits(tmp_path: Path) -> None:
    order: list[str] = []

    def second() -> None:
        with start_lock(tmp_path / "chatbot.db"):
            order.append("second")

    waiting = threading.Thread(target=second)
    with start_lock(tmp_path / "chatbot.db"):
        waiting.start()
        waiting.join(0.1)
        order.append("first")
    waiting.join(5)
    assert order == ["first", "second"]


def test_file_that_another_process_opens_for_too_long_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "OPENING_SECONDS", 0.05)
    with (
        start_lock(tmp_path / "chatbot.db"),
        pytest.raises(DatabaseUnavailable, match="for too long"),
        start_lock(tmp_path / "chatbot.db"),
    ):
        pass


def test_file_of_the_same_name_is_told_from_the_one_before(tmp_path: Path) -> None:
    path = tmp_path / "chatbot.db"
    assert file_mark(path) is None
    path.touch()
    first = file_mark(path)
    assert first == file_mark(path)
    path.rename(tmp_path / "kept")
    path.touch()
    assert file_mark(path) != first
