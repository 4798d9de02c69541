from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.corpus.bylines import is_name, read_byline
from chatbot.corpus.dates import date_in, match_date

COMMON = frozenset("chronic pain blocking receptors nerve will".split())
DAY = date(2024, 3, 5)


@pytest.mark.parametrize(
    ("line", "facts"),
    [
        ("By Jane Doe", {"author": "Jane Doe"}),
        ("by Dr. Jane Doe, MD | March 5, 2024", {"author": "Dr. Jane Doe, MD", "published": DAY}),
        ("Posted on March 5, 2024 by Jane Doe in Blog", {"published": DAY, "author": "Jane Doe"}),
        ("Posted by admin on March 5, 2024 at 5:45 pm", {"published": DAY}),
        ("Jane Doe · Mar 5 2024 · 5 min read", {"author": "Jane Doe", "published": DAY}),
        ("JANE DOE | MARCH 5, 2024", {"author": "JANE DOE", "published": DAY}),
        ("March 5, 2024 | Jane Doe | 0 Comments", {"published": DAY, "author": "Jane Doe"}),
        (
            "by Hill Clinic Staff | Mar 5, 2024 | Neck, Head | 0 comments",
            {"author": "Hill Clinic Staff", "published": DAY},
        ),
        ("By Jane Doe March 5, 2024", {"author": "Jane Doe", "published": DAY}),
        ("Written by the Editorial Team", {"author": "Editorial Team"}),
        ("Writer: Jane Doe", {"author": "Jane Doe"}),
        ("Author: Maria van der Berg, PhD, RN", {"author": "Maria van der Berg, PhD, RN"}),
        ("Jane Doe, Staff Writer - March 5, 2024", {"author": "Jane Doe", "published": DAY}),
        ("Medically reviewed by Dr. Ann Lee, DO on March 5, 2024", {"reviewer": "Dr. Ann Lee, DO", "reviewed": DAY}),
        ("Medically Reviewed by: Alan Whitaker, MD", {"reviewer": "Alan Whitaker, MD"}),
        ("Updated Jan 5, 2024 | Reviewed Mar 5, 2024", {"reviewed": DAY}),
        ("Last updated: 5 March 2024", {}),
        ("Submitted by admin on Tue, 03/05/2024 - 14:22", {"published": DAY}),
        ("Submitted by H. Marsh on 03/05/2024", {"author": "H. Marsh"}),
        ("Published: 2024-03-05", {"published": DAY}),
        ("March 5th, 2024 / 3 Comments", {"published": DAY}),
        ("By staff", {}),
        ("6:15 pm", {}),
        ("Mar 5", {}),
    ],
)
def test_byline_is_understood(line, facts):
    assert read_byline(line, COMMON) == facts


@pytest.mark.parametrize(
    "line",
    [
        "Jane Doe",
        "Chronic Pain",
        "By Blocking Receptors",
        "By reducing swelling, cold eases pain",
        "In March 2024, doctors met",
        "Ketamine was approved on March 3, 1970",
        "Written by hand",
        "Reviewed in Brief",
        "March 2024",
        "2024",
        "May be useful",
        "",
        "Read | More | Here",
        "On March 5, 2024 the board met, and it decided on the rules.",
        "Published trials are few",
        "Date of Surgery",
    ],
)
def test_line_that_is_no_byline(line):
    assert read_byline(line, COMMON) is None


def test_a_name_is_one_that_the_article_never_writes_small():
    assert is_name("Jane Doe", COMMON)
    assert is_name("Maria van Berg, MD", COMMON)
    assert not is_name("Chronic Pain", COMMON)
    assert not is_name("Jane", COMMON)
    assert not is_name("jane doe", COMMON)


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("Mar 5, 2024", DAY),
        ("5 March 2024", DAY),
        ("March 5th 2024", DAY),
        ("2024-03-05", DAY),
        ("2024/3/5", DAY),
        ("13/02/2024", date(2024, 2, 13)),
        ("02/13/2024", date(2024, 2, 13)),
        ("04/04/2024", date(2024, 4, 4)),
        ("Tuesday, March 5, 2024", DAY),
        ("Tue, 03/05/2024", DAY),
        ("Fri, 03/05/2024", date(2024, 5, 3)),
        ("March 5, 2024 10:00 AM", DAY),
        ("Sept. 5, 2024", date(2024, 9, 5)),
    ],
)
def test_date_is_read(text, when):
    assert date_in(text) == when


@pytest.mark.parametrize(
    "text",
    ["03/05/2024", "Feb 30, 2024", "31/31/2024", "soon", "2024", "March 2024", "5.2024", "Mar 5, 2024 and after"],
)
def test_date_that_cannot_be_told_is_left_unknown(text):
    assert date_in(text) is None


def test_a_date_that_can_be_read_in_two_ways_is_still_seen_as_a_date():
    assert match_date("03/05/2024 and more") == (None, 10)


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)))
def test_every_day_is_read_back_in_every_clear_form(day):
    month = f"{day:%B}"
    assert date_in(day.isoformat()) == day
    assert date_in(f"{month} {day.day}, {day.year}") == day
    assert date_in(f"{day.day} {month[:3]} {day.year}") == day
    assert date_in(f"{day:%A, %m/%d/%Y}") in (day, None)


@given(st.text(max_size=250))
def test_any_line_can_be_looked_at(line):
    read_byline(line, COMMON)
    is_name(line, COMMON)
    match_date(line)
