"""Sets of documents as rising arrays."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from chatbot.retrieval.rows import shared, spread, union

COUNT = 30
ROWS = st.sets(st.integers(0, COUNT - 1)).map(lambda rows: np.array(sorted(rows), dtype=np.int32))


@given(ROWS, ROWS)
def test_what_two_share_is_found_in_both(holding: np.ndarray, rows: np.ndarray) -> None:
    places, own = shared(holding, rows)
    assert rows[places].tolist() == holding[own].tolist() == sorted({*holding.tolist()} & {*rows.tolist()})


@given(ROWS)
def test_an_array_shares_all_with_itself(rows: np.ndarray) -> None:
    assert [each.tolist() for each in shared(rows, rows)] == [list(range(len(rows)))] * 2


@given(st.lists(ROWS))
def test_a_union_has_what_one_of_them_has_once_and_in_order(lists: list[np.ndarray]) -> None:
    assert union(lists, COUNT).tolist() == sorted({row for rows in lists for row in rows.tolist()})


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(1, 4)), min_size=1))
def test_ranges_are_spread_out_one_after_the_other(ranges: list[tuple[int, int]]) -> None:
    starts, sizes = (np.array(each, dtype=np.int64) for each in zip(*ranges, strict=True))
    places, firsts = spread(starts, sizes)
    assert places.tolist() == [place for start, size in ranges for place in range(start, start + size)]
    assert places[firsts].tolist() == starts.tolist()
