from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from chatbot.publishing.passages import LONG, changes, text_diff, word_diff
from tests.builders import make_article

FIRST = "Sciatica is leg pain from an irritated nerve in the lower back."
SECOND = "Ketamine may ease the pain for some people, for days or weeks."
words = st.lists(st.sampled_from("pain ease nerve back leg may often".split()), max_size=12).map(" ".join)


def test_same_article_has_no_changes() -> None:
    found = changes(make_article(FIRST, SECOND), make_article(FIRST, SECOND))
    assert (found.count, found.unchanged) == (0, 2)


def test_new_article_is_all_new_and_a_withdrawn_one_all_gone() -> None:
    article = make_article(FIRST, SECOND)
    assert changes(None, article).new == article.passages
    assert changes(article, None).gone == article.passages


def test_reworded_passage_is_changed_and_shows_the_words() -> None:
    found = changes(make_article(FIRST, SECOND), make_article(FIRST, SECOND.replace("days or weeks", "a few days")))
    (changed,) = found.changed
    assert [(each.text, each.kept) for each in changed.words[1:]] == [
        ("days or weeks.", "old"),
        ("a few days.", "new"),
    ]


def test_passage_made_of_other_words_goes_and_comes() -> None:
    found = changes(make_article(FIRST), make_article("Migraine brings nausea and a strong headache on one side."))
    assert (len(found.new), len(found.gone), found.changed) == (1, 1, ())


def test_passage_under_another_heading_is_changed() -> None:
    found = changes(make_article(FIRST, heading="One"), make_article(FIRST, heading="Two"))
    assert [(each.text, each.kept) for each in found.changed[0].words][:2] == [("One", "old"), ("Two", "new")]


def test_most_alike_passages_are_paired() -> None:
    old = make_article(FIRST, SECOND)
    new = make_article(SECOND.replace("may ease", "often eases"), FIRST.replace("lower back", "back"))
    assert {(each.old.text, each.new.text) for each in changes(old, new).changed} == {
        (FIRST, new.passages[1].text),
        (SECOND, new.passages[0].text),
    }


def test_thousands_of_changed_passages_are_compared_in_bounded_time() -> None:
    old = make_article(*(f"Passage {number} speaks of leg pain." for number in range(400)))
    new = make_article(*(f"Passage {number} speaks of back pain." for number in range(400)))
    assert len(changes(old, new).changed) == 400


@given(old=words, new=words)
def test_each_text_can_be_read_out_of_its_comparison(old: str, new: str) -> None:
    found = word_diff(old, new)
    assert "".join(each.text for each in found if each.kept != "new") == old
    assert "".join(each.text for each in found if each.kept != "old") == new


@given(old=st.lists(words, max_size=6).map("\n".join), new=st.lists(words, max_size=6).map("\n".join))
def test_each_article_can_be_read_out_of_its_comparison(old: str, new: str) -> None:
    found = text_diff(old, new)
    assert "".join(each.text for each in found if each.kept != "new") == old
    assert "".join(each.text for each in found if each.kept != "old") == new


def test_lines_that_stay_are_not_compared_word_by_word() -> None:
    found = text_diff("one\ntwo words\nthree\n", "one\ntwo signs\nthree\n")
    changed = [(each.text, each.kept) for each in found if each.kept != "both"]
    assert changed == [("words", "old"), ("signs", "new")]
    assert found[0].text == "one\n"


def test_lines_far_from_any_change_are_set_apart_with_three_lines_left_on_its_side() -> None:
    lines = [f"line {number}\n" for number in range(30)]
    old, new = "".join(lines), "".join([*lines[:15], "another line\n", *lines[15:]])
    found = [(each.text.count("\n"), each.kept, each.far) for each in text_diff(old, new)]
    assert found == [(12, "both", True), (3, "both", False), (1, "new", False), (3, "both", False), (12, "both", True)]


def test_equal_articles_have_no_line_far_from_a_change() -> None:
    text = "a line\n" * 40
    assert [each.far for each in text_diff(text, text)] == [False]


def test_two_books_are_shown_whole() -> None:
    old, new = "a b " * 2000, "b a " * 2001
    assert len(old) * len(new) > LONG
    assert [each.kept for each in text_diff(old, new)] == ["old", "new"]
