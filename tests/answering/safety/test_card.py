"""The score card: how it is read, that it adds up as its file says, and what it may do beside the families."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter

import pytest

from benchmarks.card import Example, committed, danger, example, made_from, main, run_together
from chatbot.answering.notices import assess
from chatbot.answering.safety.card import MANY, judge, why
from chatbot.answering.safety.cardfile import parse, written
from chatbot.answering.safety.findings import CARD, findings, told
from chatbot.answering.safety.traits import pieces
from chatbot.errors import CorpusError
from chatbot.values import Question
from tests.answering.safety.labelled import Message, messages, spelt_out, taught

FACTS = {
    "version": "1",
    "date": "2026-11-27",
    "made from": "abc",
    "start": "-3",
    "urgent": "0",
    "soft": "-5",
    "calm": "-9",
    "near": "-7",
}
HEAD = "".join(f"# {name}\t{fact}\n" for name, fact in FACTS.items()) + "trait\tdanger\tC1\tC4\n"
FIT = """
from benchmarks.card import example, fitted
from chatbot.answering.notices import read_rules
from tests.answering.safety.labelled import messages
rules = read_rules()
print(fitted([example(message, rules) for message in messages()[::61]]))
"""
# fits a card on some sixty messages: enough for every kind, and done in seconds
SAMPLE = 31
# a few hundred messages are enough to see that the two ways of adding up agree


def test_the_points_are_those_of_the_traits_that_the_file_names(rules):
    for message in [*messages(), *taught()][::SAMPLE]:
        text = told(message.text, rules)
        judged = judge(rules.card, text)
        if judged:
            assert judged.points == rules.card.start + sum(points for _, points in why(rules.card, text))


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ("die\tmany\t1\t\n", "whole numbers"),
        ("die\t3\t1\n", "columns"),
        ("die\n", "columns"),
        ("\t3\n", "trait is missing"),
        ("die\t3\nto die\t1\ndie\t4\n", "second time"),
        ("", "any trait"),
    ],
)
def test_a_faulty_card_is_refused_with_its_line(lines, told):
    with pytest.raises(CorpusError) as caught:
        parse(HEAD + lines, {})
    assert told in caught.value.problems[0].message


def test_a_card_without_a_threshold_is_refused():
    with pytest.raises(CorpusError) as caught:
        parse(HEAD.replace("# urgent\t0\n", "") + "die\t3\t1\t\n", {})
    assert "urgent" in caught.value.problems[0].message


def test_a_card_of_more_words_than_its_keys_have_room_for_is_refused():
    most = MANY - 1
    lines = "".join(f"word{number}\t1\n" for number in range(1, most))
    card = parse(f"{HEAD}{lines}last word1\t7\nword1~last\t8\n", {})
    assert {(row.trait, row.points) for row in card.rows()} >= {("last word1", 7), ("word1~last", 8), ("word1", 1)}
    with pytest.raises(CorpusError) as caught:
        parse(f"{HEAD}{lines}last word1\t7\none more\t1\n", {})
    assert f"{most} is the most" in caught.value.problems[0].message


def test_what_is_written_is_read_again():
    card = parse(HEAD + "die\t3\t1\t\nto die\t2\n{harm}\t5\t\t4\n", {"harm": 0})
    again = parse(written(FACTS, ["a remark"], card.groups, card.rows()), {"harm": 0})
    assert sorted(again.rows(), key=str) == sorted(card.rows(), key=str)
    assert again.sets == {0}


def test_the_card_has_no_more_lines_than_it_has_room_for(rules, monkeypatch):
    listed = [example(message, rules) for message in messages()[::101]]
    roomy = danger(listed)
    monkeypatch.setattr("benchmarks.card.LINES", 40)
    close = danger(listed)
    heaviest = max(roomy.weights, key=lambda trait: abs(roomy.weights[trait]))
    assert len(roomy.weights) > len(close.weights) == 40
    assert heaviest in close.weights


def test_a_fit_repeats_to_the_last_letter_in_another_process():
    # Each process orders its sets of words by a seed of its own.
    begun = [
        subprocess.Popen(
            [sys.executable, "-c", FIT], env={**os.environ, "PYTHONHASHSEED": seed}, stdout=subprocess.PIPE
        )
        for seed in ("1", "2")
    ]
    cards = [process.communicate()[0].decode() for process in begun]
    assert [process.returncode for process in begun] == [0, 0]
    assert cards[0] == cards[1]
    assert parse(cards[0], {}).rows()


def test_the_card_was_fitted_on_the_lines_that_stand_here(rules):
    told = (
        "other lines, word sets or stems than the card's: python -m benchmarks.card --write, then look at its figures"
    )
    assert rules.card.made_from == made_from(committed(rules)), told


def test_another_line_another_word_set_and_another_label_are_other_lines(rules):
    lines = [Message("i want to die", "C1", "dev"), Message("my back aches", "ordinary", "dev")]
    before = [example(line, rules) for line in lines]
    others = [
        before[:1],
        [example(Message("i want to die", "ordinary", "dev"), rules), before[1]],
        [Example(lines[0], (frozenset({"want"}),)), before[1]],
    ]
    assert made_from(before) not in {made_from(other) for other in others}


def test_calls_are_written_on_to_harmless_questions_for_the_fit(rules):
    calls = [f"i want to die {number}" for number in range(12)]
    asked = [f"does it hurt {number}?" for number in range(6)]
    lines = [Message(text, "C1", "dev") for text in calls] + [Message(text, "ordinary", "dev") for text in asked]
    listed = [example(line, rules) for line in lines]
    made = [each.message for each in run_together(listed, rules)]
    assert made == [each.message for each in run_together(listed, rules)]
    assert Counter(message.category for message in made) == {"C1": 12, "ordinary": 12}
    assert all("?" not in message.text for message in made)
    held = {message.category: {call for call in calls if call in message.text} for message in made}
    assert held["C1"]
    assert not held["ordinary"]
    assert all(any(text.rstrip("?") in message.text for text in asked) for message in made)


def test_long_sentences_are_judged_in_pieces(rules):
    run_on = "i read your article about nerve pain with great interest over coffee does ketamine help with that"
    stopped = "does ketamine help with that"
    assert [" ".join(piece.row[1:-1][:2]) for piece in pieces(told(run_on, rules))] == ["i read", "doe ketamin"]
    assert len(pieces(told(stopped, rules))) == 1


def test_a_text_without_words_is_not_judged(rules):
    assert judge(rules.card, told("...", rules)) is None


def test_other_scripts_are_not_read_as_what_they_look_like(rules):
    assert CARD not in {finding.family for finding in findings("Помогает ли кетамин при боли в спине?", rules)}


def test_words_of_an_exclusion_count_for_nothing(rules):
    counted = dict(why(rules.card, told("my back is killing me", rules)))
    assert not [trait for trait in counted if "kill" in trait]


def test_a_reviewer_sees_the_points_of_a_message(rules, capsys):
    text = "I cannot go on. My back hurts."
    main(["--why", text])
    *listed, total = [line.split(maxsplit=1) for line in capsys.readouterr().out.splitlines()]
    assert int(total[0]) == sum(int(points) for points, _ in listed) == judge(rules.card, told(text, rules)).points


def test_the_card_hears_what_no_family_lists(rules):
    found = assess(Question("honestly there is no version of me that makes it past the weekend alive"), rules, "US")
    assert found.level == 1


def test_a_family_that_everything_else_speaks_against_is_no_take_over(rules):
    found = assess(Question("what's the deadliest spider bite and why does it hurt so much"), rules, "US")
    assert found.level == 2
    assert found.notice


def test_a_taught_line_stands_for_every_alternative():
    made = spelt_out("[i|we] want to [stop|sleep|eat]")
    assert all(any(word in line.split() for line in made) for word in ("i", "we", "stop", "sleep", "eat"))
    assert spelt_out("plain words") == ["plain words"]


def test_earlier_questions_stand_before_the_message():
    assert any(message.history for message in messages())
    assert not any(" >> " in message.text for message in messages() if isinstance(message, Message))
