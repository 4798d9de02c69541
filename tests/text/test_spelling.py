"""What an unknown word is most likely a slip of, and what is no slip."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from chatbot.text.english import is_english
from chatbot.text.sounds import sound
from chatbot.text.spelling import Spelling, alternative, correction, make_spelling
from chatbot.text.tokens import question_words, stem
from chatbot.text.vocabulary import Vocabulary

ARTICLE_WORDS = (
    "sciatica infusion examine determine calamine treatment neuropathy migraine fibromyalgia pain nerve back relief "
    "anesthetic depression physician side effects sensitization"
).split()
LETTERS = st.text(alphabet="abct", max_size=7)


def make_words(*words: str, **counts: int) -> Spelling:
    return make_spelling(Vocabulary(dict.fromkeys(words, 1) | counts))


SPELLING = make_words(*ARTICLE_WORDS)


# --- slips ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        ("siatica", "sciatica"),
        ("sciaticca", "sciatica"),
        ("sciatcia", "sciatica"),
        ("infuson", "infusion"),
        ("migrane", "migraine"),
        ("tretment", "treatment"),
        ("releif", "relief"),
        ("bakc", "back"),
        ("nrve", "nerve"),
    ],
)
def test_one_letter_too_few_too_many_wrong_or_swapped_is_corrected(slip: str, meant: str) -> None:
    assert correction(slip, SPELLING) == meant


@pytest.mark.parametrize(
    ("heard", "meant"),
    [
        ("fysician", "physician"),
        ("newropathy", "neuropathy"),
        ("mygrane", "migraine"),
        ("kalamine", "calamine"),
        ("callameane", "calamine"),
        ("infurshion", "infusion"),
    ],
)
def test_words_are_known_by_their_sound(heard: str, meant: str) -> None:
    assert correction(heard, SPELLING) == meant


@pytest.mark.parametrize(
    ("hasty", "meant"),
    [("mgrn", "migraine"), ("fbrmylg", "fibromyalgia"), ("sctc", "sciatica"), ("trtmnt", "treatment"), ("cbd", None)],
)
def test_vowels_left_out_are_put_in(hasty: str, meant: str | None) -> None:
    assert correction(hasty, make_words(*ARTICLE_WORDS, "cubed")) == meant


def test_of_words_that_are_alike_without_vowels_the_articles_most_frequent_wins() -> None:
    assert correction("trps", make_words("trips", troops=2, tropes=0)) == "troops"


@pytest.mark.parametrize(("slip", "meant"), [("fibromialga", "fibromyalgia"), ("traetmnet", "treatment")])
def test_long_words_may_have_two_slips(slip: str, meant: str) -> None:
    assert correction(slip, SPELLING) == meant


@pytest.mark.parametrize(("slip", "meant"), [("whcih", "which"), ("becuase", "because"), ("abuot", "about")])
def test_question_words_are_corrected_too(slip: str, meant: str) -> None:
    assert correction(slip, SPELLING) == meant


def test_of_two_near_words_the_more_frequent_is_meant() -> None:
    assert correction("mexidol", make_words(mepidol=1, metidol=9)) == "metidol"
    assert correction("mexidol", make_words(mepidol=9, metidol=1)) == "mepidol"


def test_letters_in_the_wrong_order_say_more_than_a_wrong_letter() -> None:
    assert correction("cruve", make_words("curve", crave=9)) == "curve"


def test_a_slip_whose_root_is_a_word_by_chance_is_corrected() -> None:
    assert correction("numness", make_words("numbness")) == "numbness"


def test_of_two_near_words_the_one_that_sounds_alike_is_meant() -> None:
    assert correction("kenalok", make_words(kenaloc=1, kenalot=9)) == "kenaloc"


def test_of_words_alike_in_all_the_alphabet_decides() -> None:
    assert correction("mexidol", make_words("metidol", "medidol")) == "medidol"


def test_a_word_that_begins_alike_is_meant_before_one_that_does_not() -> None:
    assert correction("mexidol", make_words(mexitol=1, lexidol=9)) == "mexitol"


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        ("bck", "back"),
        ("nrv", "nerve"),
        ("tretmemt", "treatment"),
        ("tretmet", None),
        ("mygrayn", "migraine"),
        ("shinfusion", "infusion"),
    ],
)
def test_short_words_without_vowels_and_long_ones_may_be_further_off(slip: str, meant: str | None) -> None:
    assert correction(slip, SPELLING) == meant


# --- what is no slip --------------------------------------------------------------------------


@pytest.mark.parametrize("word", ["ketamine", "ketamin", "esketamine", "ketalar"])
def test_the_medicine_is_never_turned_into_an_english_word(word: str) -> None:
    assert correction(word, SPELLING) is None


@pytest.mark.parametrize("word", ["insurance", "today", "train", "paint", "pack", "slide", "curve", "belief"])
def test_a_word_of_general_english_is_no_slip(word: str) -> None:
    assert correction(word, SPELLING) is None


@pytest.mark.parametrize("word", ["xyzzy", "gabapentin", "wellbutrin", "qqqqqqqq"])
def test_a_word_unlike_all_others_stays(word: str) -> None:
    assert correction(word, SPELLING) is None


@pytest.mark.parametrize("word", ["", "a", "bk", "pai", "p4in", "40", "боль", "疼痛"])
def test_short_words_numbers_and_other_scripts_stay(word: str) -> None:
    assert correction(word, SPELLING) is None


def test_nothing_is_meant_where_the_articles_have_no_words() -> None:
    assert correction("sciatica", make_words()) is None


@given(st.text(alphabet="acefiknorst", min_size=3, max_size=12))
def test_a_correction_is_always_a_known_word(word: str) -> None:
    assert correction(word, SPELLING) in {None, *ARTICLE_WORDS, *question_words()}


@given(st.sampled_from([word for word in ARTICLE_WORDS if len(word) >= 8]), st.data())
def test_a_long_word_is_found_whichever_letter_is_left_out(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(word) - 1))
    slip = word[:at] + word[at + 1 :]
    assume(not is_english(stem(slip)))  # "determin" has the stem of determine
    assert correction(slip, SPELLING) == word


# --- how far two words are apart --------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [("physician", "fysician"), ("knee", "nee"), ("wrist", "rist"), ("psychosis", "sykosis"), ("chronicc", "chronic")],
)
def test_words_that_sound_alike_have_one_key(one: str, other: str) -> None:
    assert sound(one) == sound(other)


@pytest.mark.parametrize(("one", "other"), [("pain", "drip"), ("nerve", "knee"), ("back", "neck")])
def test_words_that_sound_different_have_different_keys(one: str, other: str) -> None:
    assert sound(one) != sound(other)


@pytest.mark.parametrize(
    ("word", "key"),
    [
        ("physician", "fssn"),
        ("wrist", "rst"),
        ("knee", "n"),
        ("gnat", "nt"),
        ("pneumonia", "nmn"),
        ("psoas", "ss"),
        ("scissors", "ssrs"),
        ("scan", "skn"),
        ("back", "bk"),
        ("quick", "kk"),
        ("night", "nt"),
        ("sigh", "s"),
        ("ghost", "gst"),
        ("rheum", "rm"),
        ("xray", "ksr"),
        ("zone", "sn"),
        ("yellow", "il"),
        ("", ""),
    ],
)
def test_key_is_the_first_letter_and_the_consonants_heard(word: str, key: str) -> None:
    assert sound(word) == key


@given(st.text())
def test_every_word_has_a_key(word: str) -> None:
    assert isinstance(sound(word), str)


@pytest.mark.parametrize("word", ["tinnitus", "gout", "placenta", "cholera", "ayahuasca", "glioma"])
def test_a_medical_word_that_no_article_has_is_never_taken_for_another(word: str) -> None:
    known = make_spelling(Vocabulary(dict.fromkeys(["twenties", "gut", "pleasant", "clear", "ask", "glum"], 3)))
    assert correction(word, known) is None


# --- words of English that may be slips of article words ----------------------------------------


@pytest.mark.parametrize(
    ("word", "meant"), [("pane", "pain"), ("bak", "back"), ("vane", "vein"), ("trail", "trial"), ("nurv", "nerve")]
)
def test_a_word_of_english_may_be_meant_as_an_article_word_that_is_said_the_same(word: str, meant: str) -> None:
    assert alternative(word, make_words("pain", "back", "vein", "trial", "nerve", "gut", "got")) == meant


@pytest.mark.parametrize("word", ["gout", "pan", "sell", "hour", "ok", "x1", ""])
def test_other_words_stay_what_they_are(word: str) -> None:
    assert alternative(word, make_words("got", "gut", "pain", "cell", "our", "oak")) is None


def test_a_word_that_only_the_lexicon_knows_is_not_meant() -> None:
    assert alternative("pane", make_words(pain=0)) is None


@given(st.text(alphabet="abcdeiknpstuwy", min_size=3, max_size=8))
def test_what_may_be_meant_is_in_the_articles_and_another_word(word: str) -> None:
    meant = alternative(word, SPELLING)
    assert meant is None or (meant in ARTICLE_WORDS and meant != word)


@pytest.mark.parametrize(("slip", "meant"), [("bosy", "body"), ("bofy", "body")])
def test_the_next_key_is_likelier_than_another(slip: str, meant: str) -> None:
    assert correction(slip, make_words("bony", "body", "boy")) == meant


def test_a_word_of_the_articles_is_likelier_than_one_that_is_only_listed() -> None:
    assert correction("spasn", make_words("spasm", spawn=0)) == "spasm"
    assert correction("spown", make_words("spasm", spawn=0)) == "spawn"
