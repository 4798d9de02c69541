"""What every engine keeps to, whatever it runs on. A new engine joins by its name in ENGINES and a way to make it."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatbot.retrieval.bm25 import BM25Engine
from chatbot.text.lexicon import NO_LEXICON, Lexicon, make_lexicon
from chatbot.text.query import make_language, understand
from chatbot.text.tokens import tokens
from chatbot.values import Engine, Match, Origin, Passage, Query
from tests.builders import make_passage

MakeEngine = Callable[[Sequence[Passage]], Engine]
ENGINES = ("bm25", "bm25 of a large corpus", "opensearch")

SCIATICA = make_passage("Sciatica is leg pain from an irritated nerve.", title="Sciatica", anchor="sciatica")
RELIEF = make_passage("The infusion eases pain for days or weeks.", title="Relief", anchor="relief")
MIGRAINE = make_passage("Migraine is a headache with nausea.", title="Migraine", anchor="migraine")
PASSAGES = (SCIATICA, RELIEF, MIGRAINE)
LEXICON = make_lexicon({"words": [{"say": ["drip", "hooked up"], "mean": ["infusion"]}]})

WORDS = st.sampled_from("infusion pain nerve leg drip hooked up nausea what is it for migrane sleep".split())
TEXT = st.lists(WORDS, min_size=1, max_size=10).map(" ".join)

FEW = settings(max_examples=20)
# An engine may be a server: each example is a corpus to index.


@st.composite
def corpora(draw: st.DrawFn) -> list[Passage]:
    texts = draw(st.lists(st.tuples(TEXT, TEXT, TEXT), max_size=6))
    return [
        make_passage(text, title=title, headings=(heading,), anchor=str(number))
        for number, (text, title, heading) in enumerate(texts)
    ]


@pytest.fixture(params=ENGINES, scope="module")
def make_engine(request: pytest.FixtureRequest) -> MakeEngine:
    if request.param == "opensearch":
        made: MakeEngine = request.getfixturevalue("make_opensearch_engine")
        return made
    return BM25Engine if request.param == "bm25" else Pruned


class Pruned(BM25Engine):
    """The embedded engine, for which any corpus is a large one."""

    many = 0


def search(
    make_engine: MakeEngine,
    passages: Sequence[Passage],
    text: str,
    *carried: str,
    lexicon: Lexicon = NO_LEXICON,
    limit: int = 10,
) -> tuple[Match, ...]:
    query = understand(text, carried, make_language(passages, lexicon))
    return make_engine(passages).search(query, limit)


def found(matches: Sequence[Match]) -> list[str]:
    return [match.passage.anchor for match in matches]


# --- nothing to find --------------------------------------------------------------------------


def test_an_empty_corpus_holds_no_match(make_engine: MakeEngine) -> None:
    assert search(make_engine, (), "pain") == ()


def test_a_query_of_nothing_finds_nothing(make_engine: MakeEngine) -> None:
    assert make_engine(PASSAGES).search(Query(()), 3) == ()


@pytest.mark.parametrize("text", ["gabapentin xylophones", "what is the", "?", "42"])
def test_unknown_words_find_nothing(make_engine: MakeEngine, text: str) -> None:
    assert search(make_engine, PASSAGES, text) == ()


def test_one_passage_is_found(make_engine: MakeEngine) -> None:
    assert found(search(make_engine, [SCIATICA], "nerve")) == ["sciatica"]


# --- order and number -------------------------------------------------------------------------


@FEW
@given(corpora(), TEXT, st.integers(1, 8))
def test_matches_come_best_first_and_no_more_than_wanted(
    make_engine: MakeEngine, passages: list[Passage], text: str, limit: int
) -> None:
    matches = search(make_engine, passages, text, lexicon=LEXICON, limit=limit)
    assert len(matches) <= limit
    assert all(better.score >= worse.score for better, worse in itertools.pairwise(matches))
    assert all(match.score > 0 for match in matches)
    assert len(set(found(matches))) == len(matches)


@FEW
@given(corpora(), TEXT, st.integers(1, 5))
def test_fewer_matches_are_the_first_of_more(
    make_engine: MakeEngine, passages: list[Passage], text: str, limit: int
) -> None:
    assert search(make_engine, passages, text, limit=limit) == search(make_engine, passages, text)[:limit]


def test_equal_passages_keep_the_order_given(make_engine: MakeEngine) -> None:
    twins = [make_passage("Leg pain.", anchor=name) for name in "badc"]
    assert found(search(make_engine, twins, "leg", limit=3)) == ["b", "a", "d"]


@FEW
@given(corpora(), TEXT)
def test_the_same_question_gets_the_same_answer(make_engine: MakeEngine, passages: list[Passage], text: str) -> None:
    query = understand(text, (), make_language(passages, LEXICON))
    engine = make_engine(passages)
    first = engine.search(query, 5)
    engine.search(understand("nausea and sleep", (), make_language(passages, LEXICON)), 5)
    assert engine.search(query, 5) == first == make_engine(passages).search(query, 5)


# --- what a match says ------------------------------------------------------------------------


@FEW
@given(corpora(), TEXT, TEXT)
def test_every_match_says_truly_what_it_holds(
    make_engine: MakeEngine, passages: list[Passage], text: str, earlier: str
) -> None:
    query = understand(text, (earlier,), make_language(passages, LEXICON))
    for match in make_engine(passages).search(query, 10):
        texts = {"text": match.passage.text, "heading": f"{match.passage.title} {' '.join(match.passage.headings)}"}
        for hit in match.hits:
            assert any(hit.concept is concept for concept in query.concepts)
            assert hit.term in hit.concept.terms
            held = {token.stem for token in tokens(texts["text"] if hit.where == "text" else " ".join(texts.values()))}
            assert set(hit.term.stems) <= held
            assert 0 <= hit.share <= 1
        assert 0 <= match.coverage <= 1 + 1e-9
        assert 0 <= match.wording <= 1 + 1e-9


@FEW
@given(corpora(), TEXT)
def test_every_match_holds_a_concept(make_engine: MakeEngine, passages: list[Passage], text: str) -> None:
    # Without phrases: of those, a passage may hold a part.
    assert all(match.hits for match in search(make_engine, passages, text))


def test_a_passage_with_part_of_a_phrase_is_found_after_one_with_all(make_engine: MakeEngine) -> None:
    lexicon = make_lexicon({"abbreviation": [{"short": "CRPS", "long": "complex regional pain syndrome"}]})
    whole = make_passage("Complex regional pain syndrome swells.", title="A", anchor="whole")
    part = make_passage("Chronic regional pain syndrome swells.", title="B", anchor="part")
    matches = search(make_engine, [part, whole, MIGRAINE], "complex regional pain syndrome", lexicon=lexicon)
    assert found(matches) == ["whole", "part"]
    assert [bool(match.hits) for match in matches] == [True, False]


def test_all_of_a_question_found_is_full_coverage_and_half_is_less(make_engine: MakeEngine) -> None:
    matches = search(make_engine, PASSAGES, "nerve nausea sciatica")
    assert 0 < matches[-1].coverage < matches[0].coverage < 1
    (only,) = search(make_engine, PASSAGES, "migraine headache nausea")
    assert only.coverage == pytest.approx(1.0)


# --- ranking ----------------------------------------------------------------------------------


def test_a_passage_with_all_words_beats_one_with_some(make_engine: MakeEngine) -> None:
    some = make_passage("Pain pain pain of the hand.", title="A", anchor="some")
    every = make_passage("Pain and nausea after sleep.", title="A", anchor="all")
    assert found(search(make_engine, [some, every, MIGRAINE], "pain and nausea in sleep"))[0] == "all"


def test_a_rare_word_counts_more_than_a_frequent_one(make_engine: MakeEngine) -> None:
    passages = [make_passage(f"Pain of the {part}.", title="A", anchor=part) for part in ("leg", "arm", "knee")]
    passages.append(make_passage("Stenosis narrows the spine.", title="A", anchor="stenosis"))
    assert found(search(make_engine, passages, "pain stenosis"))[0] == "stenosis"


def test_a_word_of_every_passage_is_found_all_the_same(make_engine: MakeEngine) -> None:
    passages = [make_passage(f"Pain of the {part}.", title="A", anchor=part) for part in ("leg", "arm")]
    assert found(search(make_engine, passages, "pain")) == ["leg", "arm"]


def test_a_heading_makes_a_passage_found(make_engine: MakeEngine) -> None:
    passage = make_passage("It eases.", title="Relief", headings=("Stenosis",), anchor="under")
    (match,) = search(make_engine, [passage, MIGRAINE], "stenosis")
    assert (match.passage, match.hits[0].where) == (passage, "heading")


def test_a_title_makes_a_passage_found(make_engine: MakeEngine) -> None:
    (match,) = search(make_engine, PASSAGES, "relief")
    assert (match.passage, match.hits[0].where) == (RELIEF, "heading")


def test_the_passage_under_a_heading_of_the_question_comes_first(make_engine: MakeEngine) -> None:
    text = "Nausea may come and go."
    plain = make_passage(text, title="A", headings=("Weather",), anchor="plain")
    named = make_passage(text, title="A", headings=("Nausea",), anchor="named")
    assert found(search(make_engine, [plain, named], "nausea")) == ["named", "plain"]


def test_the_section_that_staff_say_answers_comes_first(make_engine: MakeEngine) -> None:
    plain = make_passage("Rest after the drip.", title="A", headings=("B",), anchor="plain")
    asked = make_passage(
        "Rest after the drip.", title="A", headings=("B",), anchor="asked", questions=("Is rest needed?",)
    )
    assert found(search(make_engine, [plain, asked], "Is rest needed?")) == ["asked", "plain"]


def test_a_definition_is_told_apart_by_its_heading_s_wording(make_engine: MakeEngine) -> None:
    text = "Sciatica has a nerve in it."
    how = make_passage(text, title="A", headings=("How sciatica heals",), anchor="how")
    what = make_passage(text, title="A", headings=("What sciatica is",), anchor="what")
    assert found(search(make_engine, [how, what], "what is sciatica")) == ["what", "how"]


def test_words_side_by_side_beat_words_apart(make_engine: MakeEngine) -> None:
    apart = make_passage("Pain comes to the leg and to the back.", title="A", anchor="apart")
    beside = make_passage("Back pain comes to the leg.", title="A", anchor="beside")
    assert found(search(make_engine, [apart, beside], "back pain"))[0] == "beside"


def test_the_words_of_a_phrase_side_by_side_beat_words_apart(make_engine: MakeEngine) -> None:
    lexicon = make_lexicon({"words": [{"say": ["back pain"], "mean": ["lumbago"]}]})
    apart = make_passage("Pain comes to the leg and to the back.", title="A", anchor="apart")
    beside = make_passage("Back pain comes to the leg.", title="A", anchor="beside")
    assert found(search(make_engine, [apart, beside], "back pain", lexicon=lexicon))[0] == "beside"


def test_words_in_one_sentence_beat_words_in_two(make_engine: MakeEngine) -> None:
    two = make_passage("Nausea passes in hours. Sleep also comes.", title="A", anchor="two")
    one = make_passage("Hours also passes. Nausea comes in sleep.", title="A", anchor="one")
    assert found(search(make_engine, [two, one], "sleep with nausea"))[0] == "one"


def test_the_question_s_own_words_outweigh_those_of_earlier_ones(make_engine: MakeEngine) -> None:
    assert found(search(make_engine, PASSAGES, "nausea?", "nerve?"))[0] == "migraine"
    assert found(search(make_engine, PASSAGES, "nerve?", "nausea?"))[0] == "sciatica"


# --- other words for the same thing -----------------------------------------------------------


@pytest.mark.parametrize("typed", ["drip", "hooked up"])
def test_a_synonym_is_found_and_said(make_engine: MakeEngine, typed: str) -> None:
    (match,) = search(make_engine, PASSAGES, typed, lexicon=LEXICON)
    (hit,) = [hit for hit in match.hits if hit.concept.typed]
    assert (match.passage, hit.concept.typed, hit.term.word) == (RELIEF, typed, "infusion")
    assert hit.term.origin is Origin.SYNONYM


def test_the_word_typed_beats_its_synonym(make_engine: MakeEngine) -> None:
    passages = [
        make_passage("The infusion is slow.", title="A", anchor="synonym"),
        make_passage("The drip is slow.", title="A", anchor="typed"),
    ]
    assert found(search(make_engine, passages, "drip", lexicon=LEXICON)) == ["typed", "synonym"]


def test_a_correction_is_found_and_said(make_engine: MakeEngine) -> None:
    (match,) = search(make_engine, PASSAGES, "migrane")
    assert (match.passage, match.hits[0].concept.typed) == (MIGRAINE, "migrane")
    assert match.hits[0].term.origin is Origin.CORRECTION


def test_a_word_of_the_same_family_is_found_and_said(make_engine: MakeEngine) -> None:
    treatment = make_passage("The treatment takes an hour.", title="A")
    (match,) = search(make_engine, [*PASSAGES, treatment], "how to treat")
    assert match.passage == treatment
    assert match.hits[0].term.origin is Origin.RELATIVE


def test_a_carried_word_is_found_and_said(make_engine: MakeEngine) -> None:
    (match,) = search(make_engine, PASSAGES, "and why?", "is it a migraine?")
    assert match.passage == MIGRAINE
    assert match.hits[0].term.origin is Origin.CARRIED


# --- a corpus that grows ----------------------------------------------------------------------


@FEW
@given(corpora(), TEXT)
def test_an_unrelated_passage_drops_no_match(make_engine: MakeEngine, passages: list[Passage], text: str) -> None:
    unrelated = make_passage("Zebras graze.", title="Savannah", headings=("Grass",), anchor="zebra")
    before = found(search(make_engine, passages, text, lexicon=LEXICON))
    after = found(search(make_engine, [*passages, unrelated], text, lexicon=LEXICON))
    assert set(after) == set(before)


@given(st.text(max_size=80))
def test_any_question_can_be_asked(make_engine: MakeEngine, text: str) -> None:
    assert len(search(make_engine, PASSAGES, f"pain {text}", lexicon=LEXICON)) <= 3


def test_a_question_that_staff_gave_a_section_is_answered_by_it_first(make_engine: MakeEngine) -> None:
    loud = make_passage("Infusion, infusion: what is an infusion? An infusion.", anchor="loud")
    own = make_passage("A drip gives the infusion.", anchor="own", questions=("what is an infusion",))
    assert found(search(make_engine, [loud, own], "What is an infusion?")) == ["own", "loud"]
