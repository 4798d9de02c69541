"""Rules files: what is refused, with file, line and reason, and what a site may add."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from chatbot.answering.notices import SafetyRules, assess
from chatbot.answering.safety.reading import HERE, SHIPPED, read_rules
from chatbot.errors import CorpusError
from tests.builders import make_question

SITE_FAMILY = """
[words]
lake = "lake, quarry"

[[family]]
id = "the-old-quarry"
category = "C1"
says = "Names the place that people here know of"
patterns = ["{i} ..3 going to {lake} tonight"]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped files that a test may break."""
    for name in SHIPPED:
        shutil.copy(HERE / name, tmp_path / name)
    return tmp_path


def change(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def problems(folder: Path, site: Path | None = None) -> str:
    with pytest.raises(CorpusError) as caught:
        read_rules(site, folder)
    return str(caught.value)


def test_shipped_rules_have_a_version_and_a_date(rules: SafetyRules) -> None:
    assert rules.version
    assert rules.date.isoformat() >= "2026-11-22"
    assert len(rules.checksum) == 64


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        ("families.toml", 'version = "2"', "version = 1", "families.toml:1: Expected `str`, got `int`"),
        ("families.toml", "[asking]", "[asking", "this is not TOML"),
        ("crisis.toml", "patterns = [", 'pattern = "x"\npatterns = [', "unknown field `pattern`"),
        ("crisis.toml", "{harm} {myself}", "{harms} {myself}", "there is no word set {harms}"),
        ("crisis.toml", "{harm} {myself}", "{harm} {myself}?", "always there"),
        ("crisis.toml", "{harm} {myself}", "{harm} just {myself}", '"just" holds the filler "just"'),
        ("crisis.toml", 'category = "C1"', 'category = "C99"', '"C99" is not a category'),
        ("crisis.toml", 'id = "suicide-named"', 'id = "violence-on-self"', "stands twice"),
        ("crisis.toml", 'category = "C1"', 'category = "C1"\npanel = "K99"', 'there is no panel "K99"'),
        ("words.toml", "{kill}, hurt,", "{kil}, hurt,", "{kil} is not another word set"),
        ("words.toml", 'me = "me, us"', 'me = "me, really"', 'holds the filler "really"'),
        ("panels.toml", "call {emergency} now", "call {emergncy} now", "{emergncy} has no words for US"),
        ("resources.toml", 'role = "emergency"', "role = 5", "Expected `str`, got `int`"),
    ],
)
def test_broken_file_is_refused_with_its_name_and_reason(
    name: str, old: str, new: str, message: str, folder: Path
) -> None:
    change(folder, name, old, new)
    told = problems(folder)
    assert message in told
    assert f"{name}:" in told


def test_problem_names_the_line_of_the_pattern(folder: Path) -> None:
    change(folder, "crisis.toml", "{harm} {myself}", "{harms} {myself}")
    line = next(
        at for at, text in enumerate((folder / "crisis.toml").read_text("utf-8").splitlines(), 1) if "{harms}" in text
    )
    assert problems(folder).startswith(f"crisis.toml:{line}: violence-on-self:")


def test_every_problem_is_told_at_once(folder: Path) -> None:
    change(folder, "crisis.toml", "{harm} {myself}", "{harms} {myself}")
    change(folder, "emergency.toml", "{collapsed}", "{colapsed}")
    assert {"{harms}", "{colapsed}"} <= set(problems(folder).replace(",", " ").split())


@pytest.mark.parametrize("name", SHIPPED)
def test_file_that_is_no_text_empty_or_gone_is_told(folder: Path, name: str) -> None:
    path = folder / name
    path.write_bytes(b"\xff\xfe\x00")
    assert f"{name}:1: it is not UTF-8 text" in problems(folder)
    path.write_text("", "utf-8")
    assert f"{name}:1: " in problems(folder)
    path.unlink()
    assert f"{name}:1: it cannot be read (No such file or directory)" in problems(folder)


def test_rules_read_before_outlive_a_broken_file(folder: Path) -> None:
    good = read_rules(folder=folder)
    (folder / "crisis.toml").write_text("[[family", encoding="utf-8")
    problems(folder)
    assert assess(make_question("I want to die"), good, "US").level == 1


def test_site_adds_a_family_and_keeps_every_shipped_one(tmp_path: Path, rules: SafetyRules) -> None:
    site = tmp_path / "safety.toml"
    site.write_text(SITE_FAMILY, encoding="utf-8")
    grown = read_rules(site)
    assert assess(make_question("I am going to the quarry tonight"), grown, "US").level == 1
    assert {family.id for family in rules.families} < {family.id for family in grown.families}
    assert grown.checksum != rules.checksum


def test_missing_site_file_changes_nothing(tmp_path: Path, rules: SafetyRules) -> None:
    assert read_rules(tmp_path / "safety.toml").checksum == rules.checksum


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[words]\ndie = "x"', '"die" is a shipped word set'),
        ('[[exclusion]]\nid = "all"\npatterns = ["i"]', "unknown field `exclusion`"),
        ('[asking]\nopens = ["i"]', "unknown field `asking`"),
        ('[[family]]\nid = "wish-to-die"\ncategory = "C1"\nsays = "x"\npatterns = ["x"]', "stands twice"),
        ('[[family]]\nid = "x"\ncategory = "C1"\nsays = "x"\npatterns = ["{nowhere}"]', "no word set {nowhere}"),
        ('[[family]]\nid = "x"\ncategory = "C1"\nsays = "x"', "one of patterns, together and phrases"),
    ],
)
def test_site_cannot_take_a_shipped_rule_away(text: str, message: str, tmp_path: Path) -> None:
    site = tmp_path / "safety.toml"
    site.write_text(text, encoding="utf-8")
    told = problems(HERE, site)
    assert message in told
    assert "safety.toml:" in told
