from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.answering.selfcheck import read_expectations
from chatbot.corpus.loading import SHIPPED_LEXICON
from chatbot.errors import CorpusError, Refused, Unwritable
from chatbot.publishing.lists import add_out_of_scope, add_synonym
from chatbot.text.lexicon import read_lexicon


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "articles").mkdir()
    return tmp_path


def left_over(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name.startswith(".")]


def test_synonym_is_added_behind_what_staff_wrote(folder: Path) -> None:
    path = folder / "lexicon.toml"
    path.write_text('# ours\nkeep = ["ketamine"]', "utf-8")
    path.chmod(0o640)
    assert add_synonym(folder, 'the "drip"', "infusion")
    assert path.read_text("utf-8").startswith('# ours\nkeep = ["ketamine"]\n\n[[words]]\n')
    assert path.stat().st_mode & 0o777 == 0o640
    assert [term.stems for term in read_lexicon(path).meanings["the", "drip"]] == [("infus",)]
    assert left_over(folder) == []


def test_synonym_that_is_known_is_not_added_again(folder: Path) -> None:
    (folder / "lexicon.toml").touch()
    assert [add_synonym(folder, "drip", "infusion") for _ in range(2)] == [True, False]


def test_folder_without_a_lexicon_keeps_the_shipped_one(folder: Path) -> None:
    assert add_synonym(folder, "wobbly juice", "ketamine")
    own, shipped = read_lexicon(folder / "lexicon.toml"), read_lexicon(SHIPPED_LEXICON)
    assert shipped.meanings.keys() < own.meanings.keys()


@pytest.mark.parametrize(("say", "mean"), [("", "infusion"), ("drip", "  "), ("drips", "drip"), ("?", "!")])
def test_synonym_that_says_nothing_is_refused(folder: Path, say: str, mean: str) -> None:
    with pytest.raises(Refused):
        add_synonym(folder, say, mean)
    assert not (folder / "lexicon.toml").exists()


def test_broken_lexicon_is_left_as_it_is(folder: Path) -> None:
    (folder / "lexicon.toml").write_text("[[words]\n", "utf-8")
    with pytest.raises(CorpusError):
        add_synonym(folder, "drip", "infusion")
    assert (folder / "lexicon.toml").read_text("utf-8") == "[[words]\n"


def test_question_out_of_scope_is_golden_and_has_no_answer(folder: Path) -> None:
    assert [add_out_of_scope(folder, "what is the weather in “Lisbon”\\?") for _ in range(2)] == [True, False]
    [known] = read_expectations(folder / "questions.toml")
    assert (known.ask, known.answers) == ("what is the weather in “Lisbon”\\?", ())


def test_full_disk_is_told_and_changes_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(Unwritable, match="No space left"):
        add_out_of_scope(folder, "weather?")
    assert [path.name for path in folder.iterdir()] == ["articles"]


@given(say=st.text(max_size=30), mean=st.text(max_size=30))
def test_whatever_is_typed_reads_back_or_is_refused(
    say: str, mean: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("lists")
    (folder / "articles").mkdir()
    (folder / "lexicon.toml").touch()
    try:
        add_synonym(folder, say, mean)
    except (Refused, CorpusError):
        assert (folder / "lexicon.toml").read_text("utf-8") == ""
    else:
        assert read_lexicon(folder / "lexicon.toml").meanings
