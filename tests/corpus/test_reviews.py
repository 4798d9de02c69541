from __future__ import annotations

from datetime import date

import pytest

from chatbot.corpus.reviews import is_lapsed, lapsed, lapsed_problems
from chatbot.values import Article, Source


@pytest.mark.parametrize(
    ("due", "today", "expected"),
    [
        (date(2025, 11, 27), date(2026, 11, 27), False),
        (date(2025, 11, 27), date(2026, 11, 28), True),
        (date(2024, 2, 29), date(2025, 2, 28), False),
        (date(2024, 2, 29), date(2025, 3, 1), True),
        (date(2027, 1, 1), date(2026, 11, 27), False),
        (None, date(2026, 11, 27), False),
    ],
)
def test_review_lapses_when_it_is_more_than_12_months_overdue(due: date | None, today: date, expected: bool) -> None:
    assert is_lapsed(Source("a.md", review_by=due), today) is expected


def test_staff_are_told_of_each_lapsed_article_and_what_to_do() -> None:
    old = Article("old", "Old", Source("articles/old.md", review_by=date(2020, 1, 1)), (), "0")
    new = Article("new", "New", Source("articles/new.md"), (), "1")
    (problem,) = lapsed_problems(lapsed([old, new], date(2026, 11, 27)))
    assert (problem.path, problem.severity) == ("articles/old.md", "advice")
    assert "set a new review_by" in problem.message
