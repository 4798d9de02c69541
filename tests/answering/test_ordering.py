"""The likeliest answer stands first, whatever the engine's scores alone say."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from chatbot.answering.confidence import confidence, confidences
from chatbot.answering.ordering import likeliest_first
from chatbot.values import Match, Query
from tests.builders import make_concept, make_hit, make_match, make_passage

BLADDER = make_concept("bladder", subject=1.0)
EFFECTS = make_concept("effects")
ASKED = Query((EFFECTS, BLADDER))
GENERAL = make_match(make_hit(EFFECTS), passage=make_passage("Effects are common.", anchor="general"), score=4.2)
PARTICULAR = make_match(
    make_hit(EFFECTS), make_hit(BLADDER), passage=make_passage("The bladder may suffer.", anchor="bladder"), score=3.6
)
scores = st.lists(st.floats(0, 1e9), max_size=8)


def of(values: list[float]) -> tuple[Match, ...]:
    hits = ((make_hit(EFFECTS),), (make_hit(BLADDER),), ())
    return tuple(make_match(*hits[at % 3], score=score) for at, score in enumerate(sorted(values, reverse=True)))


def test_passage_with_the_subject_goes_before_one_of_slightly_higher_score_without_it():
    matches, sure = likeliest_first(ASKED, (GENERAL, PARTICULAR), 3)
    assert matches == (PARTICULAR, GENERAL)
    assert sure[0] > sure[1]


def test_far_higher_score_still_stands_first():
    far = make_match(make_hit(EFFECTS), passage=GENERAL.passage, score=400.0)
    assert likeliest_first(ASKED, (far, PARTICULAR), 3)[0] == (far, PARTICULAR)


@given(scores, st.integers(1, 4))
def test_what_stands_beyond_the_shown_ones_stays_in_its_place(values, shown):
    found = of(values)
    matches, _ = likeliest_first(ASKED, found, shown)
    assert matches[shown:] == found[shown:]
    assert sorted(map(id, matches)) == sorted(map(id, found))


@given(scores)
def test_each_match_keeps_its_own_confidence(values):
    matches, sure = likeliest_first(ASKED, of(values), 3)
    assert [confidence(ASKED, match) for match in matches] == list(sure)


@given(scores)
def test_equally_sure_matches_keep_the_order_of_their_scores(values):
    found = tuple(make_match(make_hit(EFFECTS), score=score) for score in sorted(values, reverse=True))
    assert [match.score for match in likeliest_first(ASKED, found, 8)[0]] == [match.score for match in found]


def test_judged_together_matches_are_as_sure_as_judged_alone() -> None:
    subject, word = make_concept("liver", rarity=1.0), make_concept("week", rarity=0.5)
    query = Query((subject, word))
    matches = (make_match(make_hit(subject)), make_match(make_hit(word)), make_match())
    assert confidences(query, matches) == tuple(confidence(query, match) for match in matches)
