"""Reads the expressions that the files beside this one list by class."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources


@lru_cache(maxsize=8)
def patterns(name: str) -> Mapping[str, re.Pattern[str]]:
    """Return one expression for each class of `name`.toml, made of its lines; case does not count.

    A line may use the expressions under [words] as <word>, and these each other in the order they are listed.
    """
    tables = tomllib.loads(resources.files("chatbot.corpus").joinpath(f"{name}.toml").read_text("utf-8"))
    words: dict[str, str] = {}
    for word, expression in tables["words"].items():
        words[word] = spelled(expression, words)
    return {
        kind: re.compile("|".join(f"(?:{spelled(line, words)})" for line in lines), re.IGNORECASE)
        for kind, lines in tables["classes"].items()
    }


def spelled(line: str, words: Mapping[str, str]) -> str:
    """Return a line with every <word> replaced by its expression."""
    for word, expression in words.items():
        line = line.replace(f"<{word}>", expression)
    return line
