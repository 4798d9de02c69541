"""Documents are taken apart in another process: whatever they do there, this one goes on."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec

from chatbot.corpus.importing.documents import Member, refuse_at_sight
from chatbot.corpus.importing.parts import Imported, ImportRefused
from chatbot.corpus.importing.worker import Order, Step

TIMEOUT_SECONDS = 40
# for one document, on the wall: twice its processor time, as the machine has other work
LARGEST_ANSWER = 20_000_000
# bytes of one step
ROOT = Path(__file__).parents[3]
TOO_MUCH = (
    "This file took too much time or memory and was given up; save it afresh, without pictures, or as plain text."
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one document: an import, or the reason why there is none."""

    name: str
    imported: Imported | None = None
    refused: str = ""


Told = Callable[[Member], None]
# is called when a document is begun


def import_file(data: bytes, name: str, told: Told = lambda member: None) -> tuple[Outcome, ...]:
    """Bring in a file or the documents of a zip, each to its own outcome. Raises ImportRefused for the whole."""
    # What a look tells needs no process.
    refuse_at_sight(name, data)
    return _all(data, Order(name), told)


def import_page(data: bytes, name: str, *, address: str, charset: str = "") -> Outcome:
    """Bring in what a web address gave; name: a file name whose ending says its format."""
    return _all(data, Order(name, address=address, charset=charset), lambda member: None)[0]


def _all(data: bytes, order: Order, told: Told) -> tuple[Outcome, ...]:
    outcomes: list[Outcome] = []
    first, count = order.first, 1
    while first < count:
        begun = Member(order.name, first, count)
        is_done = False
        for step in _steps(data, msgspec.structs.replace(order, first=first)):
            begun, count = step.member, step.member.count
            is_done = bool(step.imported or step.refused)
            if is_done:
                outcomes.append(Outcome(begun.name, step.imported, step.refused))
            else:
                told(begun)
        if not is_done:
            # The process was stopped at this document; the others get another one.
            outcomes.append(Outcome(begun.name, refused=TOO_MUCH))
        first = begun.number + 1
    return tuple(outcomes)


def _steps(data: bytes, order: Order) -> Iterator[Step]:
    """Yield what the process tells, until it ends or is stopped."""
    with subprocess.Popen(
        [sys.executable, "-m", "chatbot.corpus.importing.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
        # None of the settings and secrets of this process.
        env={"LANG": "C.UTF-8", "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
    ) as process:
        assert process.stdin is not None  # noqa: S101
        assert process.stdout is not None  # noqa: S101
        alarm = _Alarm(process)
        try:
            process.stdin.write(msgspec.json.encode(order) + b"\n" + data)
            process.stdin.close()
            while line := process.stdout.readline(LARGEST_ANSWER):
                alarm.reset()
                yield msgspec.json.decode(line, type=Step)
        except (BrokenPipeError, msgspec.DecodeError):
            return
        finally:
            alarm.cancel()
            process.kill()


class _Alarm:
    """Stops a process that says nothing for too long."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process
        self._timer = threading.Timer(TIMEOUT_SECONDS, process.kill)
        self.reset()

    def reset(self) -> None:
        """Count the time afresh."""
        self._timer.cancel()
        self._timer = threading.Timer(TIMEOUT_SECONDS, self._process.kill)
        self._timer.daemon = True
        self._timer.start()

    def cancel(self) -> None:
        """Stop counting."""
        self._timer.cancel()


__all__ = ["ImportRefused", "Outcome", "import_file", "import_page"]
