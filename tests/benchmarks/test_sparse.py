"""The fit of the score card's points."""

from __future__ import annotations

from benchmarks.sparse import LEAST_STEPS, RATE, Model, fit

ROWS = [
    *[(frozenset({"bleeding", "help"}), 1.0, 1.0)] * 12,
    *[(frozenset({"bleeding"}), 1.0, 1.0)] * 2,
    *[(frozenset({"help"}), 1.0, 1.0)] * 2,
    *[(frozenset({"price", "help"}), 0.0, 1.0)] * 6,
    *[(frozenset({"price"}), 0.0, 1.0)] * 12,
]
MIXED = [(frozenset({f"trait {at % 11}", f"other {at % 7}"}), float(at % 3 == 0), 1.0) for at in range(900)]
# several batches, so that their order counts


def score(model: Model, *traits: str) -> float:
    return model.score(traits)


def test_what_only_danger_shows_speaks_for_it() -> None:
    model = fit(ROWS)
    assert score(model, "bleeding") > 0 > score(model, "price")
    assert score(model, "bleeding", "help") > score(model, "help") > score(model, "price")


def test_a_trait_of_few_texts_gets_points_as_well_as_one_of_many() -> None:
    often = [(frozenset({"price"}), 0.0, 1.0)] * 3000 + [(frozenset({"bleeding"}), 1.0, 1.0)] * 3000
    model = fit([*often, *[(frozenset({"price", "faint"}), 1.0, 1.0)] * 6])
    assert model.weights["faint"] > model.weights["bleeding"] / 4


def test_what_weighs_more_is_followed_where_the_same_text_has_both_labels() -> None:
    model = fit([(frozenset({"tired"}), 1.0, 3.0)] * 40 + [(frozenset({"tired"}), 0.0, 1.0)] * 40)
    assert score(model, "tired") > 0
    assert score(fit([(frozenset({"tired"}), label, 1.0) for label in (0.0, 1.0)] * 40), "tired") < 0.1


def test_odds_stay_moderate_however_much_a_text_shows() -> None:
    grave, calm = (frozenset(f"{name} {at}" for at in range(60)) for name in ("bleeding", "price"))
    model = fit([(grave, 1.0, 1.0)] * 900 + [(calm, 0.0, 1.0)] * 900)
    assert 2 < model.score(grave) < 5
    assert -5 < model.score(calm) < -2


def test_the_same_rows_give_the_same_points() -> None:
    assert fit(MIXED) == fit([*MIXED])


def test_rows_are_taken_in_another_order_with_another_seed() -> None:
    assert fit(MIXED) != fit(MIXED, seed=2)


def test_a_trait_seen_once_gets_no_points() -> None:
    assert "rare" not in fit([*ROWS, (frozenset({"rare", "bleeding"}), 1.0, 1.0)]).weights


def test_only_the_known_traits_get_points() -> None:
    assert set(fit(ROWS, known={"price", "help", "unheard"}).weights) == {"price", "help"}


def test_few_rows_are_gone_through_more_often() -> None:
    # One pass over these would be one step, and no weight could be more than its length.
    assert max(map(abs, fit(ROWS).weights.values())) > RATE * LEAST_STEPS / 10
