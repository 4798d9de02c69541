"""The fit of the score card's points."""

from __future__ import annotations

import pytest

from benchmarks.sparse import Model, fit, mean

ROWS = [
    *[(frozenset({"bleeding", "help"}), 1.0, 1.0)] * 12,
    *[(frozenset({"bleeding"}), 1.0, 1.0)] * 2,
    *[(frozenset({"help"}), 1.0, 1.0)] * 2,
    *[(frozenset({"price", "help"}), 0.0, 1.0)] * 6,
    *[(frozenset({"price"}), 0.0, 1.0)] * 12,
]


def score(model: Model, *traits: str) -> float:
    return model.score(traits)


@pytest.mark.parametrize("copies", [0, 4])
def test_what_only_danger_shows_speaks_for_it(copies: int) -> None:
    model = fit(ROWS, 0.0, copies)
    assert score(model, "bleeding") > 0 > score(model, "price")
    assert score(model, "bleeding", "help") > score(model, "help") > score(model, "price")


def test_the_same_rows_give_the_same_points() -> None:
    assert fit(ROWS, 0.0, 3) == fit([*ROWS], 0.0, 3)


def test_thinned_rows_teach_to_do_without_the_strongest_sign() -> None:
    rows = [
        *[(frozenset({"bleeding", "help"}), 1.0, 1.0)] * 60,
        *[(frozenset({"bleeding"}), 1.0, 1.0)] * 40,
        *[(frozenset({"price", "help"}), 0.0, 1.0)] * 10,
        *[(frozenset({"price"}), 0.0, 1.0)] * 90,
    ]
    assert score(fit(rows, 0.0, 8), "help") > score(fit(rows, 0.0), "help") + 0.2


def test_a_trait_seen_once_gets_no_points() -> None:
    assert "rare" not in fit([*ROWS, (frozenset({"rare", "bleeding"}), 1.0, 1.0)], 0.0).weights


def test_other_traits_are_left_out_with_another_seed() -> None:
    assert fit(ROWS, 0.0, 3) != fit(ROWS, 0.0, 3, seed=2)


def test_a_mean_counts_a_trait_that_one_model_lacks_as_nothing() -> None:
    both = mean([Model(1.0, {"bleeding": 2.0, "help": 1.0}), Model(-2.0, {"bleeding": 1.0})])
    assert both == Model(-0.5, {"bleeding": 1.5, "help": 0.5})
