"""The embedded engine's own: what each signal adds, and that each can be switched off."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest

from chatbot.retrieval.bm25 import BM25Engine, hits_of
from chatbot.retrieval.weights import Weights, importance_of, pairs_of
from chatbot.text.lexicon import NO_LEXICON, make_lexicon
from chatbot.text.query import make_language, understand
from chatbot.values import Concept, Match, Origin, Query, Term
from tests.builders import make_concept, make_passage

PASSAGES = (
    make_passage("Back pain eases.", title="Back pain", headings=("Does back pain ease?",), anchor="a"),
    make_passage("Nausea passes. Pain stays in the back.", title="Nausea", headings=("After",), anchor="b"),
    make_passage("Rest helps.", title="Rest", headings=("Sleep",), anchor="c"),
)
SIGNALS = [field.name for field in fields(Weights)]
NO_SIGNALS = Weights(**dict.fromkeys(SIGNALS, 0.0))


def ask(text: str = "does back pain ease") -> Query:
    return understand(text, (), make_language(PASSAGES, NO_LEXICON))


def best(weights: Weights) -> Match:
    return BM25Engine(PASSAGES, weights).search(ask(), 1)[0]


def test_the_parts_make_the_score() -> None:
    matches = BM25Engine(PASSAGES).search(ask(), 3)
    shares = [match.score / sum(match.parts.values()) for match in matches]
    assert shares == pytest.approx([shares[0]] * len(matches))


@pytest.mark.parametrize("signal", ["pairs", "asked", "sentence"])
def test_a_signal_without_weight_is_no_part(signal: str) -> None:
    assert best(Weights()).parts[signal] > 0
    assert signal not in best(replace(Weights(), **{signal: 0.0})).parts


@pytest.mark.parametrize("signal", ["heading", "title"])
def test_names_without_weight_add_nothing_to_the_words(signal: str) -> None:
    assert best(replace(Weights(), **{signal: 0.0})).parts["words"] < best(Weights()).parts["words"]


@pytest.mark.parametrize("signal", SIGNALS)
def test_every_signal_adds_to_the_passage_that_has_it(signal: str) -> None:
    assert best(replace(NO_SIGNALS, **{signal: 1.0})).score > best(NO_SIGNALS).score


def test_without_any_signal_plain_bm25_is_left() -> None:
    assert set(best(NO_SIGNALS).parts) == {"words", "same"}


def test_passages_without_a_word_of_the_question_are_no_match_however_alike_the_wording() -> None:
    passages = [make_passage("Rest.", title="A", headings=("What is it for?",)), make_passage("Drip.", title="B")]
    query = understand("what is it for a drip", (), make_language(passages, NO_LEXICON))
    assert [match.passage.title for match in BM25Engine(passages).search(query, 3)] == ["B"]


def test_a_score_does_not_grow_with_the_corpus() -> None:
    others = [make_passage(f"Word{number} only.", title="Other", anchor=str(number)) for number in range(500)]
    small = BM25Engine(PASSAGES).search(ask("nausea"), 1)[0]
    large = BM25Engine([*PASSAGES, *others]).search(ask("nausea"), 1)[0]
    assert large.score < 2 * small.score


# --- its parts --------------------------------------------------------------------------------


def concept(*stems: str, weight: float = 1.0, rarity: float = 1.0) -> Concept:
    return make_concept(" ".join(stems), stems=stems, weight=weight, rarity=rarity)


@pytest.mark.parametrize(
    ("weight", "rarity", "counts"),
    [(1.0, 1.0, 1.0), (1.0, 0.0, 0.6), (0.5, 0.5, 0.4), (1.0, 0.25, 0.7), (0.0, 1.0, 0.0)],
)
def test_a_common_word_counts_less(weight: float, rarity: float, counts: float) -> None:
    assert importance_of(concept("pain", weight=weight, rarity=rarity)) == pytest.approx(counts)


def test_pairs_are_neighbours_and_the_words_of_a_phrase() -> None:
    disc, pain, back = concept("slip", "disc"), concept("pain", rarity=0.0), concept("low", "back", weight=0.5)
    query = Query((disc, pain, back), pairs=((0, 1), (1, 2)))
    assert pairs_of(query) == [
        ("disc pain", pytest.approx(0.6)),
        ("pain low", pytest.approx(0.5)),
        ("slip disc", 1.0),
        ("low back", 0.5),
    ]


def test_a_hit_is_the_best_term_whose_words_all_stand_in_the_text_or_its_names() -> None:
    terms = tuple(
        Term(stems, weight, Origin.SYNONYM, "x") for stems, weight in ((("slip", "disc"), 1.0), (("disc",), 0.5))
    )
    asked = [replace(concept("disc"), terms=terms), concept("hernia"), concept("gout")]
    stems = (frozenset({"disc"}), frozenset({"disc", "hernia"}))
    found = hits_of(stems, Query(tuple(asked)), (0.1, 0.2, 0.3))
    assert [(hit.term.stems, hit.where, hit.share) for hit in found] == [
        (("disc",), "text", 0.1),
        (("hernia",), "heading", 0.2),
    ]


def test_nothing_asked_and_nothing_indexed_find_nothing() -> None:
    assert BM25Engine(PASSAGES).search(Query(()), 3) == ()
    assert BM25Engine(()).search(ask(), 3) == ()


def test_at_most_so_many_matches_come_best_first() -> None:
    matches = BM25Engine(PASSAGES).search(ask("back pain nausea rest"), 2)
    assert len(matches) == 2
    assert matches[0].score >= matches[1].score > 0


def test_the_section_that_staff_gave_the_question_stands_above_all_others() -> None:
    filler = [make_passage("Back pain eases. " * 3, title="Back pain", anchor=str(at)) for at in range(5)]
    given = make_passage("See your doctor.", title="Else", questions=("Does back pain ease?",), anchor="given")
    first, second = BM25Engine([*filler, given]).search(ask(), 2)
    assert first.passage is given
    assert first.parts["same"] > 0 == second.parts["same"]
    assert first.score > second.score


def test_a_phrase_held_in_part_scores_that_part_of_its_sum() -> None:
    passages = [
        make_passage(text, title="T", anchor=text) for text in ("Slipped disc.", "Disc.", "Else.", "More.", "Rest.")
    ]
    engine = BM25Engine(passages, NO_SIGNALS)
    scores, disc, slip = (
        {match.passage.text: match.parts["words"] for match in engine.search(Query((concept(*stems),)), 5)}
        for stems in (("slip", "disc"), ("disc",), ("slip",))
    )
    assert scores.keys() == {"Slipped disc.", "Disc."}
    assert scores["Disc."] / scores["Slipped disc."] == pytest.approx(
        disc["Disc."] / 2 / (disc["Slipped disc."] + slip["Slipped disc."])
    )


def test_the_share_of_passages_is_that_of_the_word_as_typed() -> None:
    lexicon = make_lexicon({"words": [{"say": ["ache"], "mean": ["pain"]}]})
    passages = [make_passage(text, title="T", anchor=text) for text in ("Pain.", "Ache.", "Rest.", "Pain again.")]
    (match, *_) = BM25Engine(passages).search(understand("ache", (), make_language(passages, lexicon)), 1)
    assert [hit.share for hit in match.hits] == [0.25]


@pytest.mark.parametrize("signal", ["pairs", "asked", "sentence", "breadth"])
def test_a_part_grows_with_the_weight_of_its_signal(signal: str) -> None:
    half, twice = (best(replace(NO_SIGNALS, **{signal: weight})).parts[signal] for weight in (0.5, 2.0))
    assert half > 0
    assert twice == pytest.approx(4 * half)


def test_a_rare_term_of_a_concept_leans_towards_what_the_whole_concept_tells() -> None:
    texts = ("Drip.", "Infusion one.", "Infusion two.", "Rest.", "Sleep.", "Walk.", "Swim.", "Bath.")
    engine = BM25Engine([make_passage(text, title="T", anchor=text) for text in texts], NO_SIGNALS)
    both = replace(concept("drip"), terms=(*concept("drip").terms, *concept("infus").terms))
    alone, among = (
        {match.passage.text: match.parts["words"] for match in engine.search(Query((asked,)), 8)}["Drip."]
        for asked in (concept("drip"), both)
    )
    assert among / alone == pytest.approx((engine._words.idf_of(3) / engine._words.idf_of(1)) ** 0.5)
    assert among < alone
