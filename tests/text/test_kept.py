"""A lexicon and the words of a corpus, kept for the next start."""

from __future__ import annotations

from pathlib import Path

from chatbot.kept import keep, kept
from chatbot.text.kept import KeptLexicon, KeptWords, kept_lexicon, kept_words, language_of, lexicon_of
from chatbot.text.lexicon import NO_LEXICON, Lexicon, make_lexicon, read_lexicon
from chatbot.text.query import Language, make_language, understand
from tests.builders import make_passage

SHIPPED = read_lexicon(Path("corpus/lexicon.toml"))
PASSAGES = (make_passage("Ketamine may ease sciatica for some weeks."), make_passage("An infusion takes an hour."))
QUESTION = "Does the drip ease siatica, and how long does it wear off?"


def again(path: Path, lexicon: Lexicon) -> Lexicon:
    keep(path, "lexicon", kept_lexicon(lexicon, "checksum"))
    found = kept(path, "lexicon", KeptLexicon)
    assert found
    assert found.checksum == "checksum"
    return lexicon_of(found)


def words_again(path: Path, language: Language) -> Language:
    keep(path, "words", kept_words(language))
    found = kept(path, "words", KeptWords)
    assert found
    return language_of(found, language.lexicon)


def test_the_shipped_lexicon_comes_back_as_it_was(tmp_path: Path) -> None:
    assert again(tmp_path / "lexicon", SHIPPED) == SHIPPED


def test_meanings_keep_their_order(tmp_path: Path) -> None:
    found = again(tmp_path / "lexicon", SHIPPED)
    assert list(found.meanings.items()) == list(SHIPPED.meanings.items())
    assert [list(each.items()) for others in found.leanings.values() for each in others.values()] == [
        list(each.items()) for others in SHIPPED.leanings.values() for each in others.values()
    ]


def test_phrases_are_found_again(tmp_path: Path) -> None:
    lexicon = make_lexicon({"words": [{"say": ["wear off"], "mean": ["relief"]}], "empty": [{"words": ["last year"]}]})
    stems = ("doe", "it", "wear", "right", "off", "last", "year")
    assert again(tmp_path / "lexicon", lexicon).phrases.within(stems) == lexicon.phrases.within(stems)


def test_an_empty_lexicon_comes_back_too(tmp_path: Path) -> None:
    assert again(tmp_path / "lexicon", NO_LEXICON) == NO_LEXICON


def test_the_words_of_a_corpus_come_back_as_they_were(tmp_path: Path) -> None:
    language = make_language(PASSAGES, SHIPPED)
    found = words_again(tmp_path / "words", language)
    assert found == language
    assert found.spelling.vocabulary.stems == language.spelling.vocabulary.stems
    assert understand(QUESTION, ["what is ketamin"], found) == understand(QUESTION, ["what is ketamin"], language)


def test_no_words_come_back_as_none(tmp_path: Path) -> None:
    language = make_language([], NO_LEXICON)
    assert words_again(tmp_path / "words", language) == language
