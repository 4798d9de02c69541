"""Mutants of one file, made by cosmic-ray: the same choice every time, and none that cannot differ."""

from __future__ import annotations

import ast
import difflib
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cosmic_ray.commands import init
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator
from cosmic_ray.work_db import WorkDB, use_db
from cosmic_ray.work_item import MutationSpec


@dataclass(frozen=True, slots=True)
class Mutant:
    """One file with one small change in it."""

    line: int
    # where the change begins, from 1
    operator: str
    # what cosmic-ray calls the change
    code: str
    # the whole changed file
    diff: tuple[str, ...]
    # the lines that went, with "-", and those that came, with "+"


def mutants(file: Path, *, most: int | None, seed: int) -> list[Mutant]:
    """Return mutants of a file in the order of its lines.

    most: how many, chosen by the seed; None: all. A change elsewhere in the file leaves the choice as it is, for every
    mutant has a place of its own in the row: its digest. Mutants that only change annotations,
    or the "*" between parameters, are left out.
    """
    code = file.read_text("utf-8")
    same, lines = _meaning(code), code.splitlines()
    chosen: list[Mutant] = []
    for specification in sorted(_specifications(file), key=lambda it: _place(it, lines, seed)):
        if len(chosen) == most:
            break
        mutant = _mutant(code, specification)
        if mutant is not None and _meaning(mutant.code) not in (same, None):
            chosen.append(mutant)
    return sorted(chosen, key=lambda mutant: (mutant.line, mutant.operator))


def _specifications(file: Path) -> Iterator[MutationSpec]:
    with use_db(":memory:", WorkDB.Mode.create) as work:
        init([file], work, {})
        for item in work.work_items:
            yield from item.mutations


def _place(mutation: MutationSpec, lines: list[str], seed: int) -> str:
    row, column = mutation.start_pos
    # Two equal lines of one function share a place; sorting keeps them in the order of the file.
    text = (seed, mutation.operator_name, mutation.definition_name, lines[row - 1], column, mutation.occurrence % 2)
    return hashlib.sha256(repr(text).encode()).hexdigest()


def _mutant(code: str, mutation: MutationSpec) -> Mutant | None:
    operator = get_operator(mutation.operator_name)(**mutation.operator_args)
    changed = mutate_code(code, operator, mutation.occurrence)
    if changed is None:
        return None
    diff = difflib.unified_diff(code.splitlines(), changed.splitlines(), lineterm="", n=0)
    told = tuple(line for line in diff if not line.startswith(("---", "+++", "@@")))
    return Mutant(mutation.start_pos[0], mutation.operator_name.split("/")[-1], changed, told)


class _Bare(ast.NodeTransformer):
    """Takes out what says types and nothing else, and the marks between parameters."""

    def __init__(self, keeps_fields: bool) -> None:
        self._keeps_fields = keeps_fields

    def visit_arg(self, node: ast.arg) -> ast.arg:
        node.annotation = None
        return node

    def visit_arguments(self, node: ast.arguments) -> ast.AST:
        # "*" and "/" say how a value may be handed over; no call that is right comes out differently.
        node.args = [*node.posonlyargs, *node.args, *node.kwonlyargs]
        node.defaults += [default for default in node.kw_defaults if default is not None]
        node.posonlyargs, node.kwonlyargs, node.kw_defaults = [], [], []
        return self.generic_visit(node)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.returns = None
        return self.generic_visit(node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        if not self._keeps_fields:
            node.annotation = ast.Constant(None)
        return self.generic_visit(node)


def _meaning(code: str) -> str | None:
    """Return what a program does, without its annotations; None for what is no program.

    Where msgspec or SQLAlchemy read those of fields at run time, they count.
    """
    try:
        tree = ast.parse(code)
    except SyntaxError:
        return None
    return ast.dump(_Bare("import msgspec" in code or "mapped_column" in code).visit(tree))
