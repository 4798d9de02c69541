"""Common English words as they are often misspelt, with what is meant: "wich", "shud", "becuz"."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from importlib import resources


def straightened(words: Sequence[str], known: Collection[str]) -> Mapping[int, str]:
    """Return the misspelt words by their number, each with what is meant by it: one word, or two written as one.

    words: folded. known: words of the articles, which stay unless two are read together: "were" is "where" before "is".
    """
    table, found = slips(), dict[int, str]()
    for at, word in enumerate(words):
        if word not in table:
            continue
        pair = words[at : at + 2]
        if together := table.get("_".join(pair)) if len(pair) > 1 else None:
            found |= {at + place: right for place, right in enumerate(together.split()) if right != pair[place]}
        elif at not in found and table[word] and word not in known:
            found[at] = table[word]
    return found


@lru_cache(maxsize=1)
def slips() -> Mapping[str, str]:
    """Return how words are misspelt, a pair of words joined by "_", and what each stands for.

    A word that only begins a pair stands for nothing by itself: "".
    """
    lines = resources.files("chatbot.text").joinpath("slips.txt").read_text("utf-8").splitlines()
    rows = (line.split(": ") for line in lines if line and not line.startswith("#"))
    table = {wrong: right for right, found in rows for wrong in found.split()}
    return {wrong.split("_")[0]: "" for wrong in table} | table
