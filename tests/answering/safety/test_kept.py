"""The safety rules, kept for the next start."""

from __future__ import annotations

from pathlib import Path

from chatbot.answering.safety.findings import findings
from chatbot.answering.safety.kept import KeptRules, kept_rules, rules_of
from chatbot.answering.safety.reading import read_rules
from chatbot.answering.safety.rules import SafetyRules
from chatbot.kept import keep, kept

RULES = read_rules()


def again(path: Path, rules: SafetyRules) -> SafetyRules:
    keep(path, "rules", kept_rules(rules))
    found = kept(path, "rules", KeptRules)
    assert found
    return rules_of(found)


def test_the_shipped_rules_come_back_as_they_were(tmp_path: Path) -> None:
    assert again(tmp_path / "rules", RULES) == RULES


def test_they_find_what_they_found_before(tmp_path: Path) -> None:
    found = again(tmp_path / "rules", RULES)
    for text in Path(__file__).with_name("plain.txt").read_text("utf-8").splitlines():
        assert findings(text, found, before="") == findings(text, RULES, before="")
