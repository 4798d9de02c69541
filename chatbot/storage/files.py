"""The database's file: its folder, who opens it first, and whether it is still the same one."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from chatbot.errors import DatabaseUnavailable

OPENING_SECONDS = 20
# how long a process waits for another one that is bringing the tables up to date

FileMark = tuple[int, int]
# device and inode


def prepare_folder(path: Path) -> None:
    """Make the file's folder where it is missing, for this user only.

    A folder that others may write to is refused: they could put another database in its place.
    """
    folder = path.parent
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        mode = folder.stat().st_mode
    except OSError as error:
        raise DatabaseUnavailable(f"The folder {folder} cannot be made ({error.strerror}).") from error
    sticky = 0o1000
    if mode & 0o002 and not mode & sticky:
        raise DatabaseUnavailable(f"Everybody may write to the folder {folder}: run chmod o-w {folder}")


@contextmanager
def start_lock(path: Path) -> Iterator[None]:
    """Hold the file's lock while it is opened for the first time, so that several workers may start at once."""
    with _lock_file(path) as number:
        _wait_for(number, path)
        yield


@contextmanager
def _lock_file(path: Path) -> Iterator[int]:
    try:
        number = os.open(path.with_name(f"{path.name}.lock"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise DatabaseUnavailable(f"The folder {path.parent} cannot be written to ({error.strerror}).") from error
    try:
        yield number
    finally:
        os.close(number)


def _wait_for(number: int, path: Path) -> None:
    until = time.monotonic() + OPENING_SECONDS
    while True:
        try:
            fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > until:
                raise DatabaseUnavailable(f"Another process has been opening {path} for too long.") from None
            time.sleep(0.02)
        else:
            return


def file_mark(path: Path) -> FileMark | None:
    """Return what tells this file from another one of the same name; None: there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino
