"""Finds every regular expression that the program may use."""

from __future__ import annotations

import ast
import gc
import importlib
import pkgutil
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from re import Pattern
from types import BuiltinFunctionType, FunctionType, ModuleType
from typing import Any, TypeGuard

import chatbot
from chatbot.answering.notices import read_rules

ROOT = Path(chatbot.__file__).parent
CALLS = {"compile", "search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer"}
AT_A_PLACE = {"match", "fullmatch"}
MATCHED_IN_LOOPS = {"_FORMS"}
# expressions in a tuple, each used as `match` alone


@dataclass(frozen=True, slots=True)
class Found:
    """A regular expression and where it stands."""

    pattern: Pattern[Any]
    place: str
    is_only_matched: bool = False
    # never searched for in the middle of a text


def found_expressions() -> tuple[Found, ...]:
    """Return every expression once, by place."""
    names = [each.name for each in pkgutil.walk_packages([str(ROOT)], "chatbot.")]
    # Migrations run only when Alembic loads them, and look at no text.
    modules = [importlib.import_module(name) for name in names if ".migrations" not in name]
    uses = _uses(modules)
    found: dict[tuple[Any, int], Found] = {}
    for module in modules:
        for name, value in vars(module).items():
            place = f"{module.__name__}.{name}"
            for pattern in _reachable(value):
                only = name in MATCHED_IN_LOOPS or (isinstance(value, Pattern) and uses.get(name, {""}) <= AT_A_PLACE)
                _add(found, Found(pattern, place, only))
    for pattern in _reachable(read_rules()):
        _add(found, Found(pattern, "the safety rules"))
    known = {each.pattern.pattern for each in found.values()}
    for module in modules:
        for pattern, line, only in _written(module):
            if pattern.pattern not in known:
                _add(found, Found(pattern, f"{module.__name__}:{line}", only))
    return tuple(sorted(found.values(), key=lambda each: each.place))


def _add(found: dict[tuple[Any, int], Found], each: Found) -> None:
    key = (each.pattern.pattern, each.pattern.flags)
    if key not in found or (found[key].is_only_matched and not each.is_only_matched):
        found[key] = each


def _reachable(root: object) -> Iterator[Pattern[Any]]:
    """Yield the expressions in a value, however deep in tuples, mappings and objects of ours."""
    seen: set[int] = set()
    waiting = [root]
    while waiting:
        value = waiting.pop()
        if isinstance(value, Pattern):
            yield value
        elif id(value) not in seen and _is_looked_into(value):
            seen.add(id(value))
            waiting += gc.get_referents(value)


def _is_looked_into(value: object) -> bool:
    if isinstance(value, ModuleType | FunctionType | BuiltinFunctionType | str | bytes | int | float):
        return False
    owner = value.__module__ if isinstance(value, type) else type(value).__module__
    return isinstance(value, tuple | list | dict | set | frozenset) or str(owner).startswith("chatbot")


def _written(module: ModuleType) -> Iterator[tuple[Pattern[Any], int, bool]]:
    """Yield the expressions that stand as text in a call of `re`, their lines and whether they are only matched."""
    for node in ast.walk(_tree(module)):
        if isinstance(node, ast.Call) and _is_of_re(node.func) and node.args:
            given = node.args[0]
            if isinstance(given, ast.Constant):
                yield re.compile(given.value), node.lineno, node.func.attr in AT_A_PLACE


def _is_of_re(function: ast.expr) -> TypeGuard[ast.Attribute]:
    return (
        isinstance(function, ast.Attribute)
        and isinstance(function.value, ast.Name)
        and function.value.id == "re"
        and function.attr in CALLS
    )


def _uses(modules: Sequence[ModuleType]) -> dict[str, set[str]]:
    """Return by name what the modules do with a name: the attributes that they ask of it, "" for all else."""
    uses: dict[str, set[str]] = {}
    for module in modules:
        asked: set[int] = set()
        for node in ast.walk(_tree(module)):
            # Parents come before their children.
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                asked.add(id(node.value))
                uses.setdefault(node.value.id, set()).add(node.attr)
            elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and id(node) not in asked:
                uses.setdefault(node.id, set()).add("")
    return uses


def _tree(module: ModuleType) -> ast.AST:
    if module.__name__ not in _trees:
        _trees[module.__name__] = ast.parse(Path(str(module.__file__)).read_text("utf-8"))
    return _trees[module.__name__]


_trees: dict[str, ast.AST] = {}
