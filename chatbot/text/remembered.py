"""What was worked out once and holds for the life of one corpus version."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Remembered(Generic[Key, Value]):
    """Keeps the first `most` values made; what comes after them is made anew each time.

    Never forgets and never grows beyond that, so threads may share one: at worst a value is made twice.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._values: dict[Key, Value] = {}

    def __len__(self) -> int:
        return len(self._values)

    def get(self, key: Key, make: Callable[[Key], Value]) -> Value:
        """Return the value kept for a key, or make it."""
        if key in self._values:
            return self._values[key]
        value = make(key)
        if len(self._values) < self._most:
            self._values[key] = value
        return value
