"""Mutation testing finds what the tests of a file do not notice, and leaves the file as it was."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("cosmic_ray", reason="make benchmark-install brings it")

from benchmarks import mutation
from benchmarks.mutants import mutants

SOURCE = '''\
from __future__ import annotations


def is_adult(age: int | None, *, at: int | None = None) -> bool | None:
    """Say whether somebody is of age."""
    return age is not None and age >= 18
'''
WEAK = """\
from grown import is_adult


def test_a_child_is_no_adult():
    assert not is_adult(3)


def test_who_is_of_age_is_an_adult():
    assert is_adult(40)
"""
STRONG = WEAK + "    assert is_adult(18)\n    assert not is_adult(17)\n    assert not is_adult(None)\n"


def write_tree(folder: Path) -> Path:
    for name, text in {"grown.py": SOURCE, "test_weak.py": WEAK, "test_strong.py": STRONG}.items():
        (folder / name).write_text(text)
    return folder


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    return write_tree(tmp_path)


def judged(tree: Path, test: str) -> mutation.Result:
    return mutation.judge(tree, "grown.py", [test], most=None, seed=1)


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> tuple[mutation.Result, mutation.Result]:
    """What weak tests and what strong ones notice of the same mutants."""
    folder = write_tree(tmp_path_factory.mktemp("tree"))
    weak, strong = judged(folder, "test_weak.py"), judged(folder, "test_strong.py")
    assert (folder / "grown.py").read_text() == SOURCE
    return weak, strong


def test_what_only_says_types_is_no_mutant(tree):
    assert {mutant.line for mutant in mutants(tree / "grown.py", most=None, seed=1)} == {6}


def test_a_choice_repeats_and_another_seed_chooses_otherwise(tree):
    chosen = [mutants(tree / "grown.py", most=5, seed=seed) for seed in (1, 1, 2)]
    assert len(chosen[0]) == 5
    assert chosen[0] == chosen[1] != chosen[2]


def test_a_change_elsewhere_leaves_the_choice(tree):
    before = mutants(tree / "grown.py", most=5, seed=1)
    (tree / "grown.py").write_text(
        SOURCE + "\n\ndef unlike(one: int, other: int) -> str:\n    return f'{one}{other}'\n"
    )
    assert [mutant.diff for mutant in mutants(tree / "grown.py", most=5, seed=1)] == [it.diff for it in before]


def test_strong_tests_notice_more_than_weak_ones(results):
    weak, strong = results
    assert weak.count == strong.count > 8
    assert strong.killed > weak.killed


def test_a_survivor_is_told_with_its_place_and_change(results):
    weak, _ = results
    told = mutation.told(weak.file, weak.survived[0]).splitlines()
    assert told[0].startswith("grown.py:6: survived ")
    assert told[1] == "    -    return age is not None and age >= 18"
    assert told[2].startswith("    +    return age")


def test_tests_that_hang_count_as_caught(tree):
    (tree / "test_slow.py").write_text("import time\n\n\ndef test_waits():\n    time.sleep(60)\n")
    assert not mutation.passes(tree, ["test_slow.py"], timeout_seconds=3)


def test_tests_that_fail_on_the_right_file_stop_it(tree):
    (tree / "test_wrong.py").write_text("def test_fails():\n    assert False\n")
    with pytest.raises(SystemExit, match="do not pass as it is"):
        judged(tree, "test_wrong.py")


def test_the_copy_leaves_the_tree_alone(tree):
    with mutation.copy_of(tree) as copy:
        (copy / "grown.py").write_text("")
    assert (tree / "grown.py").read_text() == SOURCE
    assert not copy.exists()


@pytest.mark.parametrize("file", mutation.MIRRORS)
def test_every_named_file_and_test_exists(file):
    assert Path(file).is_file()
    assert [name for name in mutation.MIRRORS[file] if not Path(name).is_file()] == []


@pytest.mark.parametrize(("killed", "code"), [(79, 1), (80, 0)])
def test_too_few_noticed_is_a_failure(tree, killed, code, monkeypatch, capsys):
    survivors = tuple(mutants(tree / "grown.py", most=10, seed=1)) * 10
    result = mutation.Result("grown.py", killed, survivors[: 100 - killed], 1.0)
    monkeypatch.chdir(tree)
    monkeypatch.setattr(mutation, "MIRRORS", {"grown.py": ("test_weak.py",)})
    monkeypatch.setattr(mutation, "judge", lambda *given, **named: result)
    assert mutation.main([]) == code
    assert f"{killed} of 100 mutants killed" in capsys.readouterr().out
