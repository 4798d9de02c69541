"""What a visitor's question asks for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.text.lexicon import NO_LEXICON, Lexicon, make_lexicon
from chatbot.text.query import CARRIED_SUBJECT, Language, changed_language, make_language, understand
from chatbot.text.tokens import question_words
from chatbot.values import Concept, Origin, Query
from tests.builders import make_passage

PASSAGES = (
    make_passage("Ketamine may ease sciatica. The infusion takes an hour in the clinic."),
    make_passage("Low back pain has many causes. Nausea is a side effect of treatment."),
    make_passage("Migraine is a headache with nausea. Sciatic pain is another thing."),
)
LEXICON = make_lexicon(
    {
        "words": [
            {"say": ["drip"], "mean": ["infusion"], "weight": 0.8},
            {"say": ["wear off", "how long"], "mean": ["duration"]},
            {"say": ["wear"], "mean": ["clothes"]},
        ],
        "abbreviation": [{"short": "LBP", "long": "low back pain"}],
        "subject": [{"words": ["pregnant", "side effect"]}],
        "keep": ["infuzion"],
    }
)
PLAIN = make_language(PASSAGES, NO_LEXICON)
JOINED = make_language(PASSAGES, LEXICON)


def ask(text: str, *carried: str, language: Language = JOINED) -> Query:
    return understand(text, carried, language)


def typed(query: Query) -> list[str]:
    return [concept.typed for concept in query.concepts if concept.typed]


def concept_of(query: Query, word: str) -> Concept:
    (found,) = [concept for concept in query.concepts if concept.typed == word]
    return found


def words_of(concept: Concept) -> list[str]:
    return [term.word for term in concept.terms]


# --- concepts ---------------------------------------------------------------------------------


def test_every_word_that_names_a_subject_is_a_concept() -> None:
    assert typed(ask("Does Ketamine really help with my migraine?", language=PLAIN)) == ["ketamine", "migraine"]


@pytest.mark.parametrize("text", ["", "   ", "???", "🙂", "what is it?", "Can you help me, please?"])
def test_a_question_without_a_subject_asks_for_nothing(text: str) -> None:
    assert ask(text).concepts == ()


def test_a_word_stands_for_itself_first_and_fully() -> None:
    (concept,) = ask("infusions", language=PLAIN).concepts
    assert (concept.terms[0].stems, concept.terms[0].weight, concept.terms[0].origin) == (("infus",), 1.0, Origin.TYPED)
    assert concept.weight == 1.0


def test_a_rarer_word_is_more_telling() -> None:
    query = ask("year of sciatica")
    assert concept_of(query, "year").rarity < concept_of(query, "sciatica").rarity


@given(st.text())
def test_any_text_is_understood(text: str) -> None:
    query = ask(text)
    assert all(concept.terms and concept.weight > 0 and 0 <= concept.rarity <= 1 for concept in query.concepts)
    assert all(0 < term.weight <= 1 and term.stems for concept in query.concepts for term in concept.terms)


@given(st.text(), st.lists(st.text(), max_size=3))
def test_pairs_name_two_different_concepts(text: str, carried: list[str]) -> None:
    query = ask(text, *carried)
    count = len(query.concepts)
    assert all(0 <= one < count and 0 <= other < count and one != other for one, other in query.pairs)


@given(st.lists(st.sampled_from("drip wear off how long pain LBP siatica what is my year pregnant".split())))
def test_a_question_is_understood_the_same_twice(words: list[str]) -> None:
    assert ask(" ".join(words)) == ask(" ".join(words))


# --- phrases and synonyms ---------------------------------------------------------------------


def test_a_lexicon_word_brings_its_meaning() -> None:
    concept = concept_of(ask("the drip"), "drip")
    assert [(term.word, term.weight, term.origin) for term in concept.terms] == [
        ("drip", 1.0, Origin.TYPED),
        ("infusion", 0.8, Origin.SYNONYM),
    ]


def test_the_longest_phrase_is_one_concept() -> None:
    assert typed(ask("does the drip wear off")) == ["drip", "wear off"]
    assert words_of(concept_of(ask("does it wear off"), "wear off"))[1:] == ["duration"]


def test_a_phrase_of_question_words_may_mean_something() -> None:
    (concept,) = ask("how long is it for").concepts
    assert concept.typed == "how long"
    assert "duration" in words_of(concept)


def test_an_abbreviation_stands_for_all_its_words() -> None:
    (concept,) = ask("LBP?").concepts
    assert ("low", "back", "pain") in [term.stems for term in concept.terms]


def test_words_of_one_family_are_looked_for_too_and_count_less() -> None:
    (concept,) = ask("sciatica", language=PLAIN).concepts
    (relative,) = concept.terms[1:]
    assert (relative.stems, relative.origin) == (("sciatic",), Origin.RELATIVE)
    assert relative.weight < 1.0


def test_the_lexicon_says_what_makes_a_question_one_of_its_own() -> None:
    query = ask("a side effect when pregnant with pain")
    assert [bool(concept.subject) for concept in query.concepts] == [True, True, False]


def test_a_subject_phrase_is_not_found_in_its_one_everyday_word() -> None:
    stores = make_passage("The clinic stores the medicine in a cool room. A loading dose is given first.")
    language = make_language((stores,), make_lexicon({"subject": [{"words": ["do you store", "what loading"]}]}))
    assert not ask("do you store it", language=language).concepts[0].known
    assert ask("what loading", language=language).concepts[0].known


def test_a_subject_phrase_with_a_meaning_is_found_by_that_meaning_alone() -> None:
    entries = {"subject": [{"words": ["day off"]}], "words": [{"say": ["day off"], "mean": ["leave"]}]}
    language = make_language((make_passage("Relief lasts a day. Staff leave at noon."),), make_lexicon(entries))
    assert words_of(ask("a day off", language=language).concepts[0]) == ["leave"]


def test_a_subject_of_question_words_alone_is_understood() -> None:
    language = make_language(PASSAGES, make_lexicon({"subject": [{"words": ["other", "how many"]}]}))
    assert typed(ask("how many others", language=language))


def test_phrases_may_overlap() -> None:
    language = make_language(PASSAGES, make_lexicon({"words": [{"say": ["bad back", "back spasm"], "mean": ["pain"]}]}))
    assert typed(ask("a bad back spasm", language=language)) == ["bad back", "back spasm"]


def test_a_phrase_with_a_word_inside_counts_a_little_less() -> None:
    apart, whole = ask("when it wears right off").concepts[0], ask("when it wears off").concepts[0]
    assert apart.typed == "wears off"
    assert 0 < apart.terms[1].weight < whole.terms[1].weight


def test_an_empty_phrase_asks_for_nothing() -> None:
    language = make_language(PASSAGES, make_lexicon({"empty": [{"words": ["last year"]}]}))
    assert typed(ask("the migraine last year", language=language)) == ["migraine"]


def test_a_word_of_listed_phrases_hints_at_what_they_mean() -> None:
    say = ["hooked up", "hooked to it", "hooked in"]
    language = make_language(PASSAGES, make_lexicon({"words": [{"say": say, "mean": ["infusion"]}]}))
    hint = concept_of(ask("he was hooked", language=language), "hooked").terms[-1]
    assert (hint.word, hint.origin) == ("infusion", Origin.HINT)
    assert hint.weight < 0.7
    assert [term.word for term in ask('"hooked"', language=language).concepts[0].terms] == ["hooked"]


def test_a_concept_knows_whether_the_articles_hold_it() -> None:
    query = ask("drip or parrot for a side effect")
    assert [concept_of(query, word).known for word in ("drip", "parrot", "side effect")] == [True, False, True]


# --- corrections ------------------------------------------------------------------------------


def test_a_slip_is_corrected_and_said() -> None:
    query = ask("siatica")
    assert [(each.typed, each.used) for each in query.corrections] == [("siatica", "sciatica")]
    assert query.concepts[0].typed == "siatica"
    assert query.concepts[0].terms[0].origin is Origin.CORRECTION
    assert query.concepts[0].terms[0].stems == ("sciatica",)


def test_what_kind_of_answer_is_wanted_is_read_from_the_corrected_words() -> None:
    weeks = make_language([*PASSAGES, make_passage("Relief lasts for weeks, as many people say.")], NO_LEXICON)
    assert ask("how many weeeks of relief", language=weeks).wants == {"time"}
    assert ask('how many "weeeks" of relief', language=weeks).wants == {"number"}


def test_a_slip_of_a_lexicon_word_finds_its_meaning() -> None:
    assert "infusion" in words_of(ask("the dripp").concepts[0])


def test_words_written_together_are_parted() -> None:
    query = ask("lowback pain")
    assert [(each.typed, each.used) for each in query.corrections] == [("lowback", "low back")]
    assert typed(query) == ["lowback pain"]


@pytest.mark.parametrize("word", ["ketamine", "infusions", "infused", "drips", "what", "INFUSION"])
def test_a_known_word_in_any_form_is_not_corrected(word: str) -> None:
    assert ask(word).corrections == ()


@pytest.mark.parametrize("word", ["infuzion", "Infuzion"])
def test_a_word_that_staff_keep_is_not_corrected(word: str) -> None:
    assert ask(word).corrections == ()
    assert ask(word, language=PLAIN).corrections != ()


@pytest.mark.parametrize("word", ["handbooks", "understand", "backpack"])
def test_an_english_word_is_not_parted(word: str) -> None:
    language = make_language([make_passage("Back stand books pack hand under.")], NO_LEXICON)
    assert ask(word, language=language).corrections == ()


def test_the_medicine_s_name_is_never_corrected_even_where_no_article_names_it() -> None:
    language = make_language([make_passage("The doctor will examine and determine the calamine.")], NO_LEXICON)
    assert ask("ketamine esketamine", language=language).corrections == ()


# --- quotes -----------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ['"siatica"', "“siatica”"])
def test_quoted_words_are_not_corrected(text: str) -> None:
    query = ask(text)
    assert query.corrections == ()
    assert query.concepts[0].terms[0].stems == ("siatica",)


def test_quoted_words_are_joined_with_nothing() -> None:
    assert [words_of(concept) for concept in ask('"drip" "sciatica"').concepts] == [["drip"], ["sciatica"]]


def test_a_phrase_does_not_reach_into_quotes() -> None:
    assert typed(ask('low "back pain"')) == ["low", "back", "pain"]


def test_an_open_quote_quotes_nothing() -> None:
    assert ask('the "siatica of mine').corrections != ()


# --- weights ----------------------------------------------------------------------------------

STORY = (
    "I am fifty two and worked all my life as a gardener near the river. Last winter I fell off the ladder and my "
    "knee swelled up badly. My neighbour gave me a cushion and some tea. {} Thanks a lot for reading my story."
)


def test_in_a_long_message_the_question_counts_and_the_story_little() -> None:
    query = ask(STORY.format("Does ketamine help migraine?"), language=PLAIN)
    assert concept_of(query, "migraine").weight == 1.0
    assert concept_of(query, "gardener").weight < 0.5


def test_the_sentence_before_the_question_counts_between() -> None:
    query = ask(STORY.format("He called it stenosis. What is that?"), language=PLAIN)
    assert concept_of(query, "gardener").weight < concept_of(query, "stenosis").weight < 1.0


@pytest.fixture(scope="module")
def named() -> Language:
    return make_language(PASSAGES, make_lexicon({"subject": [{"words": ["migraine", "sciatica", "lupus"]}]}))


def test_an_illness_told_of_counts_where_the_question_means_it(named: Language) -> None:
    told = STORY.format("The doctor says that I have migraine and lupus. He is a kind man. {}")
    query = ask(told.format("Has ketamine helped others with what I have got?"), language=named)
    assert concept_of(query, "migraine").weight == CARRIED_SUBJECT
    assert concept_of(query, "lupus").weight < CARRIED_SUBJECT, "no article holds it"
    query = ask(told.format("Has ketamine helped others with this sciatica?"), language=named)
    assert concept_of(query, "migraine").weight < CARRIED_SUBJECT, "another one is asked about"
    query = ask(told.format("How long does the infusion take?"), language=named)
    assert concept_of(query, "migraine").weight < CARRIED_SUBJECT


def test_a_question_that_begins_with_when_wants_a_time() -> None:
    assert ask("When was ketamine developed?", language=PLAIN).wants == {"time"}


def test_a_long_message_that_asks_nothing_counts_whole() -> None:
    query = ask(STORY.format("It was the migraine."), language=PLAIN)
    assert {concept.weight for concept in query.concepts} == {1.0}


def test_a_short_message_whose_question_points_back_counts_whole() -> None:
    query = ask("My knee hurts. Does ketamine help?", language=PLAIN)
    assert {concept.weight for concept in query.concepts} == {1.0}


def test_what_is_told_in_a_short_message_is_not_asked() -> None:
    query = ask("My mum had gout. What is migraine?", language=PLAIN)
    assert concept_of(query, "gout").weight < concept_of(query, "migraine").weight == 1.0


def test_the_wording_is_that_of_the_question_itself() -> None:
    query = ask(STORY.format("What is migraine?"), language=PLAIN)
    assert query.wording == ("what", "is", "migrain")


def test_a_word_said_again_weighs_more_but_less_than_twice() -> None:
    once, twice = ask("nausea and pain").concepts[0], ask("nausea, pain, nausea").concepts[0]
    assert once.weight < twice.weight < 2 * once.weight
    assert typed(ask("nausea, pain, nausea")) == ["nausea", "pain"]


def test_what_the_words_of_a_question_point_to_together_is_looked_for_last_and_asks_nothing() -> None:
    said = ["hooked up to it", "hooked to a bag", "up to a bag all day"]
    lexicon = make_lexicon(
        {"words": [{"say": said, "mean": ["infusion"]}, {"say": ["bag of tea"], "mean": ["clothes"]}]}
    )
    *own, leaning = ask(
        "is she hooked to any bag up there for migraine", language=make_language(PASSAGES, lexicon)
    ).concepts
    assert all(concept.typed for concept in own)
    assert (leaning.typed, leaning.rarity, leaning.subject) == ("", 0.0, 0.0)
    assert [(term.word, term.origin) for term in leaning.terms] == [("infusion", Origin.LEANING)]
    assert 0 < leaning.weight <= 1.0
    assert all(concept.typed for concept in ask("bag of tea", language=make_language(PASSAGES, lexicon)).concepts), (
        "no article holds clothes"
    )


def test_nothing_is_leant_towards_where_the_articles_hold_none_of_the_words() -> None:
    lexicon = make_lexicon(
        {"words": [{"say": [f"plug {word}" for word in ("up", "day", "bag")], "mean": ["infusion"]}]}
    )
    language = make_language(PASSAGES, lexicon)
    assert all(concept.typed for concept in ask("where can I buy a plug", language=language).concepts)
    assert not all(concept.typed for concept in ask("sciatica: is it a plug", language=language).concepts)


def test_what_a_question_says_itself_is_not_looked_for_again() -> None:
    lexicon = make_lexicon(
        {"words": [{"say": [f"infusion {word}" for word in ("up", "bag", "day")], "mean": ["infusion"]}]}
    )
    query = ask("an infusion in a clinic", language=make_language(PASSAGES, lexicon))
    assert all(concept.typed for concept in query.concepts)


# --- pairs ------------------------------------------------------------------------------------


def test_words_side_by_side_are_pairs_across_question_words() -> None:
    query = ask("the side of my back", language=PLAIN)
    assert [(query.concepts[one].typed, query.concepts[other].typed) for one, other in query.pairs] == [
        ("side", "back")
    ]


def test_one_word_has_no_pair() -> None:
    assert ask("pain pain", language=PLAIN).pairs == ()


# --- earlier questions ------------------------------------------------------------------------


def test_earlier_questions_add_their_words_with_less_weight_the_latest_most() -> None:
    query = ask("nausea", "migraine", "sciatica", language=PLAIN)
    weights = [concept_of(query, word).weight for word in ("nausea", "migraine", "sciatica")]
    assert weights == sorted(weights, reverse=True)
    assert len(set(weights)) == 3


def test_a_subject_named_two_questions_back_is_carried_in_full() -> None:
    lexicon = make_lexicon({"subject": [{"words": ["migraine"]}]})
    query = ask("does it work", "what of the relief", "I have a migraine", language=make_language(PASSAGES, lexicon))
    assert concept_of(query, "migraine").weight == CARRIED_SUBJECT > concept_of(query, "relief").weight


def test_what_is_carried_says_so_and_is_neither_wording_nor_pair_nor_correction() -> None:
    query = ask("nausea", "siatica drip")
    carried = query.concepts[1:]
    assert carried
    assert {term.origin for concept in carried for term in concept.terms} == {Origin.CARRIED}
    assert (query.wording, query.pairs, query.corrections) == (("nausea",), (), ())


def test_a_word_asked_and_carried_stays_the_question_s_own() -> None:
    concept = concept_of(ask("drip", "drip"), "drip")
    assert concept.terms[0].origin is Origin.TYPED
    assert concept.weight > 1.0


# --- other languages --------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["¿Cuánto dura el efecto de la ketamina?", "氯胺酮能治疗慢性疼痛吗？"])
def test_a_question_in_another_language_asks_for_nothing(text: str) -> None:
    assert ask(text) == Query(())


def test_without_articles_a_question_is_understood_as_typed() -> None:
    assert typed(ask("does the drip help siatica", language=make_language([], Lexicon()))) == ["drip", "siatica"]


def test_no_question_word_alone_is_a_concept() -> None:
    assert ask(" ".join(sorted(question_words())), language=PLAIN).concepts == ()


# --- what is kept -----------------------------------------------------------------------------


@given(
    st.lists(st.sampled_from("drip wears off how long pregnant nausea wear lowback sciatic 7 it".split()), max_size=9)
)
def test_a_question_is_read_alike_whatever_was_asked_before(words: list[str]) -> None:
    text = " ".join(words)
    assert ask(text) == ask(text, language=make_language(PASSAGES, LEXICON))
    assert ask(text, text) == ask(text, text, language=make_language(PASSAGES, LEXICON))


def test_what_words_stand_for_is_kept_up_to_a_number() -> None:
    language = make_language(PASSAGES, LEXICON)
    for number in range(5000):
        ask(f"migraine word{number}", language=language)
    assert len(language.kept) <= 4096


def test_a_changed_corpus_knows_its_own_words() -> None:
    assert not concept_of(ask("gabapentin"), "gabapentin").known
    changed = changed_language(JOINED, (), [make_passage("Gabapentin is a medicine.")])
    assert concept_of(ask("gabapentin", language=changed), "gabapentin").known


# --- words written as they are heard -------------------------------------------------------------


def test_a_word_of_english_is_read_as_typed_and_as_what_it_may_be_meant_for() -> None:
    query = ask("Will my pane go", language=PLAIN)
    (concept,) = query.concepts
    assert [(term.word, term.origin) for term in concept.terms] == [
        ("pane", Origin.TYPED),
        ("pain", Origin.CORRECTION),
    ]
    assert [(each.typed, each.used) for each in query.corrections] == [("pane", "pain")]


def test_it_is_read_as_meant_where_the_words_around_it_agree() -> None:
    concept = concept_of(ask("my low back pane", language=JOINED), "low back pane")
    assert concept.terms[0].stems == ("low", "back", "pain")


def test_a_quoted_word_is_neither_straightened_nor_read_another_way() -> None:
    query = ask('"wich" "pane"', language=PLAIN)
    assert typed(query) == ["wich", "pane"]
    assert not query.corrections


def test_a_misspelt_question_word_asks_for_nothing_and_is_shown() -> None:
    query = ask("wich nausea", language=PLAIN)
    assert typed(query) == ["nausea"]
    assert [(each.typed, each.used) for each in query.corrections] == [("wich", "which")]


@pytest.mark.parametrize(
    ("together", "apart"),
    [
        ("forsciatica", "for sciatica"),
        ("backpain", "back pain"),
        ("isketamine", "is ketamine"),
        ("howmany", "how many"),
    ],
)
def test_two_words_written_as_one_are_read_apart(together: str, apart: str) -> None:
    (correction,) = ask(f"{together} nausea", language=PLAIN).corrections
    assert (correction.typed, correction.used) == (together, apart)


@pytest.mark.parametrize(("slip", "meant"), [("headachee", "headache"), ("treatmen", "treatment")])
def test_one_letter_off_a_word_is_a_slip_and_no_two_words(slip: str, meant: str) -> None:
    language = make_language((*PASSAGES, make_passage("Men treat a head.")), NO_LEXICON)
    (correction,) = ask(f"{slip} nausea", language=language).corrections
    assert correction.used == meant


def test_a_subject_is_not_named_by_words_of_another_phrase() -> None:
    lexicon = make_lexicon(
        {
            "words": [{"say": ["operating theatre"], "mean": ["clinic"]}],
            "subject": [{"words": ["the operating", "the operating table"]}],
        }
    )
    language = make_language(PASSAGES, lexicon)
    assert typed(ask("in the operating theatre", language=language)) == ["operating theatre"]
    assert typed(ask("on the operating table", language=language)) == ["the operating table"]


def test_a_word_in_two_parts_is_corrected_and_said_as_one() -> None:
    query = ask("my grain and nausea", language=PLAIN)
    assert typed(query) == ["my grain", "nausea"]
    assert [(each.typed, each.used) for each in query.corrections] == [("my grain", "migraine")]
    assert typed(ask('"my grains" and nausea', language=PLAIN))[1:] == ["nausea"]


@given(st.lists(st.sampled_from("pane bak wich dose it were is sciatica pain gout hour".split()), max_size=6))
def test_whatever_is_corrected_can_be_had_as_typed(words: list[str]) -> None:
    text = " ".join(words)
    for correction in ask(text, language=PLAIN).corrections:
        text = text.replace(correction.typed, f'"{correction.typed}"')
    assert not ask(text.replace('""', '"'), language=PLAIN).corrections


def test_a_subject_takes_the_place_of_the_one_before_it() -> None:
    lexicon = make_lexicon({"subject": [{"words": ["sciatica", "migraine"]}]})
    language = make_language(PASSAGES, lexicon)
    assert typed(ask("and for migraine?", "does ketamine ease sciatica", language=language)) == [
        "migraine",
        "ketamine",
        "ease",
    ]
    assert "sciatica" in typed(ask("and afterwards?", "does ketamine ease sciatica", language=language))
