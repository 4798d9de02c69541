"""Faults on purpose: the n-th file operation fails, or the process dies at it."""

from __future__ import annotations

import errno
import os
import signal
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

Fault = Callable[[], None]


class FaultyOs:
    """Stands for the module `os` and strikes at the n-th call."""

    def __init__(self, strike_at: int, fault: Fault) -> None:
        self.calls = 0
        self._strike_at = strike_at
        self._fault = fault

    def count(self, *given: object) -> None:
        self.calls += 1
        if self.calls == self._strike_at:
            self._fault()

    def __getattr__(self, name: str) -> Any:
        found = getattr(os, name)
        if not callable(found) or name in ("PathLike", "path"):
            return found

        def counted(*given: Any, **named: Any) -> Any:
            if name == "close":
                # A system that reports a fault here has closed the file all the same.
                found(*given, **named)
                return self.count()
            self.count()
            return found(*given, **named)

        return counted


def broken_disk() -> None:
    raise OSError(errno.EIO, os.strerror(errno.EIO))


def full_disk() -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def death() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def with_fault(strike_at: int, fault: Fault, do: Callable[[], object]) -> FaultyOs:
    """Do something while the n-th file operation of the writer fails."""
    faulty = FaultyOs(strike_at, fault)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("chatbot.corpus.writer.os", faulty)
        do()
    return faulty


def in_child(do: Callable[[], object]) -> int:
    """Do something in a process of its own and return how it ended: 0, or minus the signal that killed it."""
    child = os.fork()
    if child == 0:
        code = 1
        with suppress(BaseException):
            do()
            code = 0
        os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def dying_at(strike_at: int, do: Callable[[], object]) -> int:
    """Do something in a child that is killed at its n-th step: a file operation, or either side of a commit."""

    def run() -> None:
        faulty = FaultyOs(strike_at, death)
        event.listen(Session, "before_commit", faulty.count)
        event.listen(Session, "after_commit", faulty.count)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("chatbot.corpus.writer.os", faulty)
            do()

    return in_child(run)
