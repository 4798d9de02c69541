"""Mutation testing: do the tests of a file notice when the file is wrong? `python -m benchmarks.mutation`.

cosmic-ray makes the mutants. Every one is put into a throw-away copy of this folder, and the tests that mirror the file
run on it, in a process of its own; a mutant that no test notices has survived. Needs `make benchmark-install`.
"""

from __future__ import annotations

import argparse
import compileall
import importlib
import multiprocessing
import os
import py_compile
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from benchmarks.mutants import Mutant, mutants

SAFETY = "tests/answering/safety"
MIRRORS: Mapping[str, tuple[str, ...]] = {
    "chatbot/answering/asked.py": (
        "tests/answering/test_confidence.py",
        "tests/answering/test_signs.py",
        "tests/answering/test_verdict.py",
        "tests/answering/test_declining.py",
    ),
    "chatbot/answering/confidence.py": (
        "tests/answering/test_confidence.py",
        "tests/answering/test_signs.py",
        "tests/answering/test_verdict.py",
        "tests/answering/test_declining.py",
    ),
    "chatbot/answering/safety/findings.py": (f"{SAFETY}/test_findings.py", f"{SAFETY}/test_panels.py"),
    "chatbot/answering/safety/families.py": (f"{SAFETY}/test_families.py",),
    "chatbot/answering/safety/reading.py": (
        f"{SAFETY}/test_families.py",
        f"{SAFETY}/test_findings.py",
        f"{SAFETY}/test_small_rules.py",
    ),
    "chatbot/answering/safety/card.py": (f"{SAFETY}/test_adding_up.py",),
    "chatbot/storage/accounts.py": ("tests/storage/test_accounts.py",),
    "chatbot/storage/passwords.py": ("tests/storage/test_passwords.py",),
    "chatbot/storage/sessions.py": ("tests/storage/test_sessions.py",),
    "chatbot/storage/tries.py": ("tests/storage/test_tries.py",),
    "chatbot/web/staff/guard.py": ("tests/web/staff/test_guard.py", "tests/web/staff/test_door.py"),
    "chatbot/web/staff/browser.py": ("tests/web/staff/test_browser.py",),
    "chatbot/web/limits.py": ("tests/web/test_limits.py",),
    "chatbot/corpus/reader.py": ("tests/corpus/test_reader.py", "tests/corpus/test_formats.py"),
    "chatbot/corpus/furniture.py": ("tests/corpus/test_furniture.py", "tests/corpus/test_cleaning.py"),
    "chatbot/corpus/passages.py": ("tests/corpus/test_passages.py", "tests/corpus/test_anchors.py"),
    "chatbot/retrieval/bm25.py": ("tests/retrieval/test_bm25.py", "tests/retrieval/test_engines.py"),
    "chatbot/text/spelling.py": ("tests/text/test_spelling.py", "tests/text/test_changes.py"),
}
# The rules, the threshold, who may come in, reading and ranking; each with the tests that are about it.

LEAST = 80
# percent of the mutants that the tests must notice
LEFT_BEHIND = shutil.ignore_patterns(
    ".git", ".venv", ".tools", "instance", "__pycache__", ".*_cache", ".hypothesis", ".coverage*"
)
OFTEN_NEEDED = "alembic argon2 flask hypothesis nltk numpy psycopg schemathesis selectolax sqlalchemy yaml".split()
# Packages that the tests load: loaded once here, before every process, which saves most of its time.
ONLY = ("-x", "-q", "-p", "no:cacheprovider", "-k", "not postgresql and not opensearch and not another_process")
# What holds on SQLite and the embedded engine is looked for there, where a test starts in a blink.
PATIENCE = 4
# times the time of the tests on the right file, until a mutant counts as caught by hanging


@dataclass(frozen=True, slots=True)
class Result:
    """What the tests of one file noticed."""

    file: str
    killed: int
    survived: tuple[Mutant, ...]
    seconds: float

    @property
    def count(self) -> int:
        return self.killed + len(self.survived)

    def __str__(self) -> str:
        share = 100 * self.killed / max(self.count, 1)
        return f"{self.file:45}{self.killed:5} of{self.count:4} killed{share:7.1f} %{self.seconds:7.0f} s"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what the tests of each file noticed, and what they did not. Returns 1 when that is too much."""
    options = _parser().parse_args(arguments)
    files = [file for file in MIRRORS if not options.files or any(part in file for part in options.files)]
    for name in OFTEN_NEEDED:
        importlib.import_module(name)
    results = []
    with copy_of(Path.cwd()) as tree:
        for file in files:
            most = None if options.all else options.mutants
            results.append(judge(tree, file, MIRRORS[file], most=most, seed=options.seed))
            print(results[-1], *(told(file, mutant) for mutant in results[-1].survived), sep="\n", flush=True)
    killed, count = sum(result.killed for result in results), sum(result.count for result in results)
    print(f"{killed} of {count} mutants killed, {100 * killed / max(count, 1):.1f} %; at least {LEAST} % are wanted")
    return int(100 * killed < LEAST * count)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.mutation", description=__doc__)
    parser.add_argument("files", nargs="*", help="only the files whose path holds one of these")
    parser.add_argument("--mutants", type=int, default=25, help="mutants of a file (25)")
    parser.add_argument("--seed", type=int, default=1, help="which of them (1)")
    parser.add_argument("--all", action="store_true", help="every mutant: hours")
    return parser


@contextmanager
def copy_of(folder: Path) -> Iterator[Path]:
    """Copy a tree to where nothing is lost; yields the copy, which goes away again."""
    with tempfile.TemporaryDirectory(prefix="mutants-", ignore_cleanup_errors=True) as made:
        tree = Path(made).resolve() / "tree"
        shutil.copytree(folder, tree, ignore=LEFT_BEHIND, symlinks=True)
        # Compiled by content: two mutants of one second and one length are not mistaken for each other.
        mode = py_compile.PycInvalidationMode.CHECKED_HASH
        compileall.compile_dir(tree, quiet=2, invalidation_mode=mode)
        yield tree


def judge(tree: Path, file: str, tests: Sequence[str], *, most: int | None, seed: int) -> Result:
    """Run the tests on each mutant of a file. Raises SystemExit where they do not pass on the file as it is."""
    place, began = tree / file, time.monotonic()
    right = place.read_text("utf-8")
    if not passes(tree, tests, timeout_seconds=600):
        sys.exit(f"{file}: its tests {' '.join(tests)} do not pass as it is; mend that first")
    patience = 10 + PATIENCE * (time.monotonic() - began)
    survived, killed = [], 0
    for mutant in mutants(place, most=most, seed=seed):
        place.write_text(mutant.code, "utf-8")
        if passes(tree, tests, timeout_seconds=patience):
            survived.append(mutant)
        else:
            killed += 1
        place.write_text(right, "utf-8")
    return Result(file, killed, tuple(survived), time.monotonic() - began)


def passes(tree: Path, tests: Sequence[str], *, timeout_seconds: float) -> bool:
    """Say whether all tests pass in a process of its own; what takes too long does not pass."""
    process = multiprocessing.get_context("fork").Process(target=_run, args=(tree, tests))
    process.start()
    process.join(timeout_seconds)
    is_done = not process.is_alive()
    with suppress(ProcessLookupError, PermissionError):
        # With everything that the tests started.
        os.killpg(process.pid or 0, signal.SIGKILL)
    process.join()
    return is_done and process.exitcode == 0


def _run(tree: Path, tests: Sequence[str]) -> None:
    os.setsid()
    os.chdir(tree)
    for number in (1, 2):
        os.dup2(os.open(os.devnull, os.O_WRONLY), number)
    here = str(Path(__file__).resolve().parents[1])
    sys.path[:] = [str(tree), *(path for path in sys.path if path not in ("", here))]
    for name in [name for name in sys.modules if name.partition(".")[0] in ("benchmarks", "chatbot", "tests")]:
        del sys.modules[name]
    sys.dont_write_bytecode = True
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    os._exit(pytest.main([*ONLY, f"--basetemp={tree.parent / 'temporary'}", *tests]))


def told(file: str, mutant: Mutant) -> str:
    """Return where a mutant differs, and how."""
    return "\n".join([f"{file}:{mutant.line}: survived {mutant.operator}", *(f"    {line}" for line in mutant.diff)])


if __name__ == "__main__":
    sys.exit(main())
