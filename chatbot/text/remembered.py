"""What was worked out once and holds for the life of one corpus version."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Remembered(Generic[Key, Value]):
    """Keeps the first `most` values made, and no more than there is room for; what comes after them is made anew.

    Never forgets and never grows beyond that, so threads may share one: at worst a value is made twice.
    """

    def __init__(self, most: int, size: Callable[[Value], int] = lambda _: 0, room: int = 0) -> None:
        self._most, self._size, self._room = most, size, room
        self._values: dict[Key, Value] = {}

    def __len__(self) -> int:
        return len(self._values)

    def get(self, key: Key, make: Callable[[Key], Value]) -> Value:
        """Return the value kept for a key, or make it."""
        if key in self._values:
            return self._values[key]
        value = make(key)
        size = self._size(value)
        if len(self._values) < self._most and size <= self._room:
            self._values[key] = value
            self._room -= size
        return value
