"""A site's own families beside the shipped ones."""

from __future__ import annotations

import pytest

from chatbot.answering.notices import assess
from chatbot.answering.safety.site import NAME, SiteRules, refreshed
from chatbot.app import create_app
from chatbot.settings import Settings
from chatbot.values import Question
from tests.conftest import SCIATICA, write_corpus

FAMILY = """
[words]
our_ward = "ward nine, the blue ward"

[[family]]
id = "our-alarm"
category = "C5"
says = "Says the ward's own word for an emergency"
patterns = ["code orange ..2 {our_ward}"]
"""
CALL = "code orange on ward nine"


@pytest.fixture
def shipped(rules):
    return SiteRules(rules, rules)


def level(site, text):
    return assess(Question(text), site.rules, "US").level


def test_a_folder_without_the_file_has_the_shipped_rules(shipped, tmp_path):
    assert refreshed(shipped, tmp_path) is shipped


def test_a_site_adds_a_family_and_takes_nothing_away(shipped, tmp_path):
    (tmp_path / NAME).write_text(FAMILY, "utf-8")
    site = refreshed(shipped, tmp_path)
    assert site.problems == ()
    assert level(shipped, CALL) != 1
    assert level(site, CALL) == 1
    assert level(site, "I want to die") == 1
    assert refreshed(site, tmp_path) is site


def test_a_broken_file_is_reported_and_the_last_good_one_stays(shipped, tmp_path):
    (tmp_path / NAME).write_text(FAMILY, "utf-8")
    good = refreshed(shipped, tmp_path)
    (tmp_path / NAME).write_text(FAMILY + "patterns = [", "utf-8")
    broken = refreshed(good, tmp_path)
    assert [problem.path for problem in broken.problems] == [NAME]
    assert "last good version" in broken.problems[0].message
    assert level(broken, CALL) == 1


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("exclusion = []\n" + FAMILY, "exclusion"),
        (FAMILY.replace('id = "our-alarm"', 'id = "suicide-named"'), "twice"),
        (FAMILY.replace("our_ward =", "suicide ="), "shipped word set"),
        (FAMILY.replace("ward nine,", "sucide,"), 'read as "suicide"'),
        (FAMILY.replace("{our_ward}", "{nowhere}"), "no word set"),
    ],
)
def test_a_file_that_would_take_something_away_is_refused(text, told, shipped, tmp_path):
    (tmp_path / NAME).write_text(text, "utf-8")
    site = refreshed(shipped, tmp_path)
    assert site.rules is shipped.rules
    assert told in site.problems[0].message


def test_a_file_that_is_gone_leaves_the_shipped_rules(shipped, tmp_path):
    (tmp_path / NAME).write_text(FAMILY, "utf-8")
    site = refreshed(shipped, tmp_path)
    (tmp_path / NAME).unlink()
    assert refreshed(site, tmp_path).rules is shipped.rules


def test_a_file_that_is_no_text_is_reported(shipped, tmp_path):
    (tmp_path / NAME).write_bytes(b"\xff\xfe\x00")
    assert "UTF-8" in refreshed(shipped, tmp_path).problems[0].message


@pytest.mark.parametrize(("text", "is_sound"), [(FAMILY, True), (FAMILY + "patterns = [", False)])
def test_staff_hear_of_a_broken_file_from_the_check_and_from_readyz(text, is_sound, tmp_path):
    write_corpus(tmp_path, sciatica=SCIATICA)
    (tmp_path / NAME).write_text(text, "utf-8")
    app = create_app(Settings(corpus=tmp_path))
    checked = app.test_cli_runner().invoke(args=["corpus", "check"])
    ready = app.test_client().get("/readyz")
    assert ready.status_code == 200
    assert (NAME in checked.output) is not is_sound
    assert (NAME in {problem["path"] for problem in ready.json["problems"]}) is not is_sound
    assert is_sound or checked.exit_code == 1
