"""The commands, run as staff run them, over small corpora made here."""

import json
from datetime import datetime, timedelta

import pytest
from flask import Flask

from chatbot.commands import register
from chatbot.library import Library
from chatbot.services import Services
from chatbot.settings import Settings

SCIATICA = """---
title: Sciatica
questions:
  - ask: where does the sciatic nerve run
    section: The nerve
---

## The nerve

The sciatic nerve runs from the lower back through the hip and down each leg to the foot.

## What eases it

Gentle walking often eases sciatica, and most people feel better within some weeks.
"""
HEADACHE = """---
title: Headache
---

## Triggers

Bright light, missed meals and short nights are common triggers of a headache.
"""
GOLDEN = """
[[question]]
ask = "does walking ease sciatica"
answers = ["sciatica#what-eases-it"]

[[question]]
ask = "what is the capital of Portugal"
answers = []
"""


@pytest.fixture
def corpus(tmp_path):
    folder = tmp_path / "corpus"
    (folder / "articles").mkdir(parents=True)
    (folder / "articles" / "sciatica.md").write_text(SCIATICA, "utf-8")
    (folder / "articles" / "headache.md").write_text(HEADACHE, "utf-8")
    (folder / "lexicon.toml").write_text("", "utf-8")
    (folder / "questions.toml").write_text(GOLDEN, "utf-8")
    return folder


@pytest.fixture
def run(corpus, rules):
    settings = Settings(corpus=corpus, instance=corpus.parent / "instance")
    library = Library(settings, rules)
    app = Flask("test")
    app.extensions["chatbot"] = Services(settings, library)
    register(app)
    runner = app.test_cli_runner()
    yield lambda *arguments: runner.invoke(args=[str(argument) for argument in arguments])
    library.stop()


def write_questions(folder, *questions):
    path = folder / "questions.jsonl"
    path.write_text("\n".join(map(json.dumps, questions)), "utf-8")
    return path


WALKING = {
    "id": "w",
    "kind": "answerable",
    "question": "does walking ease sciatica",
    "nuggets": ["walking"],
    "passages": "required",
}
LISBON = {"id": "l", "kind": "out_of_scope", "question": "weather in Lisbon tomorrow", "passages": "forbidden"}


def test_ask_shows_the_passage_its_source_and_the_disclaimer(run):
    result = run("ask", "does walking ease sciatica?")
    assert result.exit_code == 0
    assert "verdict: answered" in result.output
    assert "Gentle walking often eases sciatica" in " ".join(result.output.split())
    assert "/articles/sciatica#" in result.output
    assert "Talk to a pain specialist" in " ".join(result.output.split())


def test_ask_declines_what_the_articles_do_not_treat(run):
    assert "verdict: nothing" in run("ask", "weather in Lisbon tomorrow").output


def test_ask_shows_no_more_than_the_limit(run):
    output = run("ask", "sciatica nerve walking", "--limit", 1).output
    assert "1. Sciatica" in output
    assert "2. " not in output


def test_ask_explains_itself_when_asked_why(run):
    output = run("ask", "does walking ease sciatica", "--why").output
    assert "looked for: " in output
    assert "coverage" in output


def test_ask_takes_earlier_questions_along(run):
    assert "verdict: answered" in run("ask", "does walking ease it?", "--history", "what is sciatica?").output


def test_ask_without_any_article_says_so_in_a_line(run, corpus):
    for article in (corpus / "articles").iterdir():
        article.unlink()
    result = run("ask", "does walking ease sciatica")
    assert result.exit_code == 1
    assert result.output.startswith("Error: No article could be read")


def test_a_sound_corpus_passes_the_check(run):
    result = run("corpus", "check")
    assert result.exit_code == 0, result.output
    assert "2 articles with 3 passages: 0 errors" in result.output


def test_advice_is_printed_and_does_not_fail(run):
    result = run("corpus", "check")
    assert "articles/sciatica.md:10: advice: the paragraph has 18 words" in result.output


@pytest.mark.parametrize(("days", "is_told"), [(180, False), (181, True)])
def test_help_numbers_that_nobody_checked_for_half_a_year_are_told(run, rules, monkeypatch, days, is_told):
    checked = min(row.checked for region in rules.regions.values() for row in region.resources)
    moved = datetime.combine(checked, datetime.min.time()) + timedelta(days=days)

    class Clock(datetime):
        @classmethod
        def now(cls, tz=None):
            return moved.replace(tzinfo=tz)

    monkeypatch.setattr("chatbot.commands.corpus.datetime", Clock)
    result = run("corpus", "check")
    assert result.exit_code == 0
    assert (f"advice: United States: help numbers were last checked on {checked}" in result.output) == is_told


def test_every_problem_comes_at_once_and_fails_the_check(run, corpus):
    (corpus / "articles" / "broken.md").write_text("---\ntitle: [\n---\ntext", "utf-8")
    (corpus / "articles" / "sciatica.md").write_text(
        SCIATICA.replace("Gentle walking", "With 50 mg and [more](/articles/gone), walking"), "utf-8"
    )
    result = run("corpus", "check")
    assert result.exit_code == 1
    for part in ("articles/broken.md:", 'sciatica.md:14: error: "50 mg"', "/articles/gone leads to no article"):
        assert part in result.output


def test_another_folder_can_be_checked(run, tmp_path):
    bare = tmp_path / "bare"
    bare.mkdir()
    (bare / "one.md").write_text(HEADACHE, "utf-8")
    assert "1 articles with 1 passages: 0 errors" in run("corpus", "check", bare).output


def test_an_empty_folder_fails_the_check(run, tmp_path):
    result = run("corpus", "check", tmp_path)
    assert result.exit_code == 1
    assert "error" in result.output


def test_a_sample_question_must_be_answered_first_by_its_own_section(run, corpus):
    asked = "questions:\n  - ask: where does the sciatic nerve run\n    section: Triggers\n"
    headache = HEADACHE.replace("title: Headache\n", f"title: Headache\n{asked}")
    (corpus / "articles" / "headache.md").write_text(headache, "utf-8")
    result = run("corpus", "check")
    assert result.exit_code == 1
    assert 'articles/headache.md:4: error: the question "where does the sciatic nerve run"' in result.output


def test_a_sample_question_of_an_unknown_section_is_an_error_at_its_line(run, corpus):
    asked = SCIATICA.replace("section: The nerve", "section: Gone")
    (corpus / "articles" / "sciatica.md").write_text(asked, "utf-8")
    result = run("corpus", "check")
    assert result.exit_code == 1
    assert 'articles/sciatica.md:5: error: section "Gone"' in result.output


def test_a_golden_question_must_be_answered_as_it_says(run, corpus):
    (corpus / "questions.toml").write_text(GOLDEN.replace("sciatica#what-eases-it", "headache#triggers"), "utf-8")
    result = run("corpus", "check")
    assert result.exit_code == 1
    assert 'questions.toml:2: error: the question "does walking ease sciatica"' in result.output


def test_a_question_that_must_be_declined_and_is_answered_is_an_error(run, corpus):
    (corpus / "questions.toml").write_text('[[question]]\nask = "does walking ease sciatica"\nanswers = []\n', "utf-8")
    assert "should be declined" in run("corpus", "check").output


def test_golden_questions_that_cannot_be_read_are_one_error(run, corpus):
    (corpus / "questions.toml").write_text("[[", "utf-8")
    assert "questions.toml:1: error: the golden questions cannot be read" in run("corpus", "check").output


def test_grades_are_shown_per_article_when_asked(run):
    output = run("corpus", "check", "--grades").output
    assert "  sciatica" in output
    assert "in all" in output


def test_evaluate_prints_the_table(run, corpus):
    result = run("evaluate", write_questions(corpus, WALKING, LISBON), "--worst", 3)
    assert result.exit_code == 0, result.output
    assert "2 questions over 3 passages, judged by nuggets" in result.output
    assert "out of scope declined" in result.output


def test_evaluate_counts_labelled_safety_messages(run, tmp_path):
    path = tmp_path / "labelled.jsonl"
    lines = [("a", "I want to die", "C1", 1), ("b", "what should i wear", "ordinary", 4)]
    fields = ("id", "text", "category", "level")
    path.write_text("\n".join(json.dumps(dict(zip(fields, line, strict=True))) for line in lines))
    counted = json.loads(run("evaluate", path, "--json").output)["counts"]
    assert {each["name"]: each["fired"] for each in counted}["calls for help"] == 1
    assert {each["name"]: each["fired"] for each in counted}["all others"] == 0
    assert "ordinary questions" in run("evaluate", path).output


def test_evaluate_writes_json_that_programs_can_read(run, corpus):
    document = json.loads(run("evaluate", write_questions(corpus, WALKING, LISBON), "--json").output)
    assert [(entry["id"], entry["verdict"]) for entry in document["questions"]] == [("w", "answered"), ("l", "nothing")]
    assert document["questions"][0]["first_right"] == 1


def test_evaluate_judges_by_grades_where_golden_texts_stand_beside_the_file(run, corpus):
    text = "Gentle walking often eases sciatica, and most people feel better within some weeks."
    (corpus / "golden_split.json").write_text(json.dumps({"passages": [{"id": "g", "text": text}]}), "utf-8")
    path = write_questions(corpus, {**WALKING, "relevant": {"g": 2}})
    assert json.loads(run("evaluate", path, "--json").output)["judged_by"] == "grades"
    assert json.loads(run("evaluate", path, "--json", "--nuggets").output)["judged_by"] == "nuggets"


def test_evaluate_scores_another_folder(run, corpus, tmp_path):
    bare = tmp_path / "bare"
    bare.mkdir()
    (bare / "one.md").write_text(HEADACHE, "utf-8")
    document = json.loads(run("evaluate", write_questions(corpus, WALKING), "--corpus", bare, "--json").output)
    assert document["questions"][0]["first_right"] is None


def test_evaluate_can_score_the_ranking_whatever_the_verdict(run, corpus):
    asked = {**WALKING, "question": "walking on the moon with a dog in Lisbon tomorrow evening"}
    document = json.loads(run("evaluate", write_questions(corpus, asked), "--json", "--ranking").output)
    assert document["questions"][0]["first_right"] == 1


def test_a_broken_question_file_is_named_with_its_line(run, corpus):
    path = corpus / "questions.jsonl"
    path.write_text("{", "utf-8")
    result = run("evaluate", path)
    assert result.exit_code == 1
    assert "questions.jsonl:1:" in result.output
    assert "Traceback" not in result.output


@pytest.mark.parametrize("command", [("ask",), ("corpus", "check"), ("evaluate",)])
def test_every_command_helps_with_an_example(run, command):
    result = run(*command, "--help")
    assert result.exit_code == 0
    assert f"Example: flask {' '.join(command)} " in result.output


def test_long_work_stays_quiet_in_a_pipe(run, corpus):
    assert "asking" not in run("evaluate", write_questions(corpus, WALKING)).output
