"""Staff's words for visitors' words: what is read, and what is refused with which words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from chatbot.errors import CorpusError
from chatbot.text.leanings import ALONE
from chatbot.text.lexicon import NO_LEXICON, Lexicon, all_stems, content_stems, make_lexicon, read_lexicon
from chatbot.text.tokens import tokens
from chatbot.values import Origin

SHIPPED = Path(__file__).parents[2] / "corpus" / "lexicon.toml"

Refused = Callable[[str], str]


def meanings(lexicon: Lexicon, said: str) -> list[str]:
    return [term.word for term in lexicon.meanings.get(all_stems(said), ())]


@pytest.fixture
def refused(tmp_path: Path) -> Refused:
    """Read a lexicon that must be refused, and return the complaints, one a line."""

    def read(text: str) -> str:
        path = tmp_path / "lexicon.toml"
        path.write_text(text, encoding="utf-8")
        with pytest.raises(CorpusError) as caught:
            read_lexicon(path)
        return str(caught.value)

    return read


# --- what is read -----------------------------------------------------------------------------


def test_a_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "lexicon.toml"
    path.write_text('[[words]]\nwhy = "lay"\nsay = ["drip"]\nmean = ["infusion"]\n', encoding="utf-8")
    assert meanings(read_lexicon(path), "drip") == ["infusion"]


def test_without_a_file_there_is_no_lexicon(tmp_path: Path) -> None:
    assert read_lexicon(tmp_path / "lexicon.toml") is NO_LEXICON


def test_an_empty_file_knows_nothing(tmp_path: Path) -> None:
    path = tmp_path / "lexicon.toml"
    path.write_text("# nothing yet\n", encoding="utf-8")
    assert read_lexicon(path) == NO_LEXICON


def test_words_lead_one_way_from_the_visitor_to_the_articles() -> None:
    lexicon = make_lexicon({"words": [{"say": ["drip", "hooked up"], "mean": ["infusion", "intravenous"]}]})
    assert meanings(lexicon, "drip") == meanings(lexicon, "hooked up") == ["infusion", "intravenous"]
    assert meanings(lexicon, "infusion") == []


def test_words_that_are_the_same_stand_for_one_another() -> None:
    lexicon = make_lexicon({"same": [{"words": ["disc", "disk", "diskus"]}]})
    assert set(meanings(lexicon, "disc")) == {"disk", "diskus"}
    assert set(meanings(lexicon, "diskus")) == {"disc", "disk"}


def test_an_abbreviation_leads_both_ways_and_is_the_same_thing() -> None:
    lexicon = make_lexicon({"abbreviation": [{"short": "IBS", "long": "irritable bowel syndrome"}]})
    assert meanings(lexicon, "ibs") == ["irritable bowel syndrome"]
    assert meanings(lexicon, "irritable bowel syndrome") == ["IBS"]
    assert all(term.weight == 1.0 for terms in lexicon.meanings.values() for term in terms)


def test_a_meaning_carries_stems_weight_and_origin() -> None:
    lexicon = make_lexicon({"words": [{"say": ["wears off"], "mean": ["the relief of pain"], "weight": 0.4}]})
    (term,) = lexicon.meanings[all_stems("wearing off")]
    assert (term.stems, term.weight, term.origin) == (("relief", "pain"), 0.4, Origin.SYNONYM)


def test_a_meaning_given_twice_keeps_its_higher_weight_and_the_best_stands_first() -> None:
    lexicon = make_lexicon(
        {
            "words": [
                {"say": ["shot"], "mean": ["infusion", "injection"], "weight": 0.5},
                {"say": ["shot"], "mean": ["injection"], "weight": 0.9},
                {"say": ["shot"], "mean": ["injection"], "weight": 0.3},
            ]
        }
    )
    assert [(term.word, term.weight) for term in lexicon.meanings[all_stems("shot")]] == [
        ("injection", 0.9),
        ("infusion", 0.5),
    ]


def test_no_word_means_itself() -> None:
    lexicon = make_lexicon({"words": [{"say": ["infusions"], "mean": ["infusion"]}]})
    assert lexicon.meanings == {}


def test_subjects_and_empty_phrases_are_found_too() -> None:
    lexicon = make_lexicon(
        {
            "subject": [{"words": ["high blood pressure"]}],
            "empty": [{"words": ["last year"]}],
            "outside": [{"words": ["cost"]}],
        }
    )
    found = lexicon.phrases.within(all_stems("did high blood pressure cost you last year"))
    assert {" ".join(each.phrase) for each in found} == {"high blood pressur", "cost", "last year"}


def test_phrases_teach_what_their_words_lean_towards() -> None:
    lexicon = make_lexicon({"words": [{"say": ["hooked up", "hooked to it", "hooked in"], "mean": ["infusion"]}]})
    assert list(lexicon.leanings["hook"][ALONE]) == ["infusion"]
    assert ALONE not in lexicon.leanings.get("up", {})


def test_kept_words_are_compared_as_visitors_words_are() -> None:
    lexicon = make_lexicon({"keep": ["Ketamine", "Sjögren’s"]})
    assert {token.word for token in tokens("KETAMINE and Sjogren's")} - {"and"} == lexicon.keep


def test_every_word_that_visitors_may_say_is_known() -> None:
    lexicon = make_lexicon({"words": [{"say": ["Hooked up", "drip"], "mean": ["infusion"]}]})
    assert lexicon.words == {"hooked", "up", "drip"}


def test_what_is_only_named_as_a_subject_is_known_as_well() -> None:
    lexicon = make_lexicon({"subject": [{"words": ["thyroid"]}], "empty": [{"words": ["last year"]}]})
    assert lexicon.words == {"thyroid", "last", "year"}


def test_question_words_count_in_a_phrase_and_carry_no_subject() -> None:
    assert all_stems("how long does it last") == ("how", "long", "doe", "it", "last")
    assert content_stems("how long does it last") == ("long", "last")
    assert content_stems("what is") == ("what", "is")


def test_whole_sentences_are_matched_by_no_question_and_teach_what_their_words_lean_towards() -> None:
    like = ["will someone sit with me", "does anybody sit beside you", "who will sit there"]
    lexicon = make_lexicon({"words": [{"like": like, "mean": ["monitored"]}]})
    assert lexicon.meanings == {}
    assert list(lexicon.leanings["sit"][ALONE]) == ["monitored"]


def test_a_subject_may_be_a_weak_one() -> None:
    lexicon = make_lexicon({"subject": [{"words": ["knee"], "weight": 0.5}, {"words": ["knee", "liver"]}]})
    assert lexicon.subjects == {("knee",): 1.0, ("liver",): 1.0}
    assert make_lexicon({"subject": [{"words": ["knee"], "weight": 0.5}]}).subjects == {("knee",): 0.5}


# --- what is refused --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("[[words]]\nsay = [\n", "lexicon.toml:3: this is not TOML"),
        ('version = 1\nkeep = "a" "b"\n', "lexicon.toml:2: this is not TOML"),
        ('[[synonym]]\nwords = ["a"]', 'lexicon.toml:1: "synonym" is not known here; use [[words]]'),
        ('[words]\nsay = ["a"]\nmean = ["b"]', "begin each with a line [[words]]"),
        ('same = "disc, disk"', "begin each with a line [[same]]"),
        ('abbreviation = ["IBS"]', "begin each with a line [[abbreviation]]"),
        ('[[words]]\nsay = ["a"]', '[[words]] number 1: mean is a list of words or phrases, such as mean = ["drip"]'),
        ('[[words]]\nsay = "a"\nmean = ["b"]', "say is a list of words or phrases"),
        ('[[words]]\nsay = []\nmean = ["b"]', "say is a list of words or phrases"),
        ('[[words]]\nsay = [" "]\nmean = ["b"]', "say is a list of words or phrases"),
        (
            '[[words]]\nsay = ["a"]\nmean = ["b"]\nwieght = 1',
            '"wieght" is not known here; use like, mean, say, weight, why',
        ),
        ('[[same]]\nwords = ["a", 2]', "words is a list of words or phrases"),
        ('[[abbreviation]]\nshort = "IBS"', 'long is missing; write long = "…"'),
        ('[[abbreviation]]\nshort = ["IBS"]\nlong = "x"', 'short is missing; write short = "…"'),
        ('[[same]]\nwords = ["a", "b"]\nweight = 2', "weight 2 is not a number above 0 and up to 1"),
        ('[[same]]\nwords = ["a", "b"]\nweight = 0', "weight 0 is not a number above 0"),
        ('[[same]]\nwords = ["a", "b"]\nweight = true', "weight True is not a number"),
        ('[[same]]\nwords = ["a", "b"]\nweight = "much"', "weight 'much' is not a number"),
        ('[[words]]\nmean = ["b"]', 'say is a list of words or phrases, such as say = ["drip"]'),
        ('[[words]]\nlike = []\nmean = ["b"]', "like is a list of words or phrases"),
        ('[[subject]]\nwords = ["a"]\nweight = 3', "weight 3 is not a number above 0"),
        ('keep = "ketamine"', 'keep is a list of words, such as keep = ["ketamine"]'),
        ("keep = [1]", "keep is a list of words"),
    ],
)
def test_a_wrong_entry_is_refused_with_words_that_say_how_to_mend_it(
    refused: Refused, text: str, complaint: str
) -> None:
    assert complaint in refused(text)


def test_a_file_saved_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    path = tmp_path / "lexicon.toml"
    path.write_text('keep = ["ketamine"]\n', encoding="utf-8-sig")
    assert read_lexicon(path).keep == {"ketamine"}


def test_every_problem_is_named_at_once_with_its_line(refused: Refused) -> None:
    found = refused('version = 1\n\n[[words]]\nsay = ["a"]\nmean = ["b"]\n\n[[words]]\nmean = ["b"]\n\n[[same]]\n')
    assert [line.split(": ")[0] for line in found.splitlines()] == ["lexicon.toml:7", "lexicon.toml:10"]


def test_a_file_in_another_encoding_is_refused_at_its_line(tmp_path: Path) -> None:
    path = tmp_path / "lexicon.toml"
    path.write_bytes(b'version = 1\nkeep = ["na\xefve"]\n')
    with pytest.raises(CorpusError, match=r"lexicon\.toml:2: this is not UTF-8; save the file"):
        read_lexicon(path)


# --- the lexicon that is shipped --------------------------------------------------------------


@pytest.fixture(scope="module")
def shipped() -> Lexicon:
    return read_lexicon(SHIPPED)


def test_the_shipped_lexicon_joins_lay_words_to_the_articles_words(shipped: Lexicon) -> None:
    assert "infusion" in meanings(shipped, "drip")
    assert "irritable bowel syndrome" in meanings(shipped, "IBS")


def test_the_shipped_lexicon_keeps_the_medicine_s_name(shipped: Lexicon) -> None:
    assert "ketamine" in shipped.keep


@pytest.mark.parametrize("word", "a the of in to and i me my it is are do does can will what how".split())
def test_no_word_of_almost_every_question_means_anything_in_the_shipped_lexicon(shipped: Lexicon, word: str) -> None:
    # It would make every article an answer to everything.
    assert shipped.phrases.within((*all_stems(word), "sciatica"))[0].phrase == ("sciatica",)


def test_a_word_that_staff_keep_leans_nowhere_by_itself() -> None:
    groups = [{"say": [f"{word} ketamine", f"{word} tea"], "mean": ["reserved"]} for word in ("try", "choose", "pick")]
    leanings = make_lexicon({"words": groups, "keep": ["ketamine"]}).leanings
    assert ALONE in leanings["tea"]
    assert ALONE not in leanings.get("ketamin", {})


@pytest.mark.parametrize("said", ["the same as", "same family", "similar"])
def test_asking_whether_it_is_the_same_does_not_ask_for_the_usual(shipped: Lexicon, said: str) -> None:
    meant = {term.word for term in shipped.meanings[all_stems(said)]}
    assert "unlike" in meant
    assert "conventional" not in meant
