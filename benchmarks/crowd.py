"""Threads that ask a server for as long as something is tried out on it."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Self


@dataclass
class Crowd(ABC):
    """Begins with a `with` block and ends with it; each of its tasks is a thread that asks until `done` is set."""

    done: threading.Event = field(default_factory=threading.Event, kw_only=True)

    def __enter__(self) -> Self:
        self._threads = [threading.Thread(target=task) for task in self.tasks()]
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.done.set()
        for thread in self._threads:
            thread.join()

    @abstractmethod
    def tasks(self) -> Iterable[Callable[[], None]]:
        """Return what each thread does."""
