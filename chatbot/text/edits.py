"""How many slips of the finger lie between two words."""

from __future__ import annotations


def edits(one: str, other: str, most: int) -> int:
    """Count the letters to add, drop, change or swap with a neighbour; stop at `most` + 1.

    The restricted Damerau-Levenshtein distance, row by row.
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    one, other = _unlike(one, other)
    if not one or not other:
        return len(one) + len(other)
    before: list[int] = []
    above = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        current = [row]
        for column, against in enumerate(other, 1):
            cost = min(above[column] + 1, current[-1] + 1, above[column - 1] + (letter != against))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == against:
                cost = min(cost, before[column - 2] + 1)
            current.append(cost)
        if min(current) > most:
            return most + 1
        before, above = above, current
    return min(above[-1], most + 1)


def _unlike(one: str, other: str) -> tuple[str, str]:
    """Return two words without the letters that they begin and end with alike, which cost nothing."""
    shortest = min(len(one), len(other))
    start = 0
    while start < shortest and one[start] == other[start]:
        start += 1
    end = 0
    while end < shortest - start and one[-1 - end] == other[-1 - end]:
        end += 1
    return one[start : len(one) - end], other[start : len(other) - end]
