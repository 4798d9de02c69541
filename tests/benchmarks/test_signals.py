"""With and without each signal."""

import pytest

from benchmarks.signals import ALL, table, variants
from chatbot.retrieval.weights import Weights


def test_each_signal_is_switched_off_once():
    found = variants(Weights())
    assert found[ALL] == Weights()
    assert found["without pairs"].pairs == 0
    assert found["without pairs"].asked == Weights().asked


def test_named_signals_only_when_named():
    assert list(variants(Weights(), ["pairs"])) == [ALL, "without pairs"]


def test_an_unknown_signal_is_refused_with_the_known_ones():
    with pytest.raises(ValueError, match=r'"luck" is no signal; there are .*pairs'):
        variants(Weights(), ["luck"])


def test_the_table_shows_the_loss_without_a_signal_in_points():
    lines = table({ALL: {"one": 0.9, "two": 0.7}, "without pairs": {"one": 0.88, "two": 0.71}}).splitlines()
    assert lines[0].split() == ["one", "two", "mean"]
    assert lines[1].split()[2:] == ["0.9000", "0.7000", "0.8000"]
    assert lines[2].split()[2:] == ["-2.00", "+1.00", "-0.50"]
