"""Additions to the folder's two lists: a synonym to `lexicon.toml`, a question out of scope to `questions.toml`.

Only ever added at the end, so that what staff wrote by hand stays as it is; read back before it takes the old one's
place.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
from collections.abc import Callable
from pathlib import Path

from chatbot.answering.selfcheck import read_expectations
from chatbot.corpus.loading import QUESTIONS, SHIPPED_LEXICON
from chatbot.corpus.writer import PREFIX, SUFFIX, hold
from chatbot.errors import Refused, Unwritable
from chatbot.text.lexicon import all_stems, content_stems, read_lexicon
from chatbot.values import Problem

LEXICON = "lexicon.toml"


def add_synonym(folder: Path, say: str, mean: str) -> bool:
    """Let visitors' word `say` find the articles' word `mean`; return whether that is new.

    Raises Refused for words that say nothing, CorpusError when the file cannot be read as it stands or with the
    addition, Unwritable when it cannot be written.
    """
    said, meant = all_stems(say), content_stems(mean)
    if not said or not meant or said == meant:
        raise Refused("Write what visitors say and what the articles say for it; the two must differ.")
    with hold(folder):
        path = folder / LEXICON
        # A folder without a lexicon of its own is served with the shipped one, which must not be lost.
        text = (path if path.exists() else SHIPPED_LEXICON).read_text("utf-8-sig")
        if any(
            term.stems == meant
            for term in read_lexicon(path if path.exists() else SHIPPED_LEXICON).meanings.get(said, ())
        ):
            return False
        entry = f'[[words]]\nwhy = "visitors asked in vain"\nsay = [{_quoted(say)}]\nmean = [{_quoted(mean)}]\n'
        _put(folder, LEXICON, _longer(text, entry), lambda new: meant in _meanings(new, said))
    return True


def add_out_of_scope(folder: Path, ask: str) -> bool:
    """Note that nothing here answers a question and nothing should; return whether that is new.

    Raises Refused for an empty question, CorpusError and Unwritable as `add_synonym` does.
    """
    if not all_stems(ask):
        raise Refused("Write the question that the articles shall not answer.")
    with hold(folder):
        path = folder / QUESTIONS
        if any(known.ask == ask and not known.answers for known in read_expectations(path)):
            return False
        text = path.read_text("utf-8") if path.exists() else ""
        entry = f"[[question]]\nask = {_quoted(ask)}\nanswers = []\n"
        _put(folder, QUESTIONS, _longer(text, entry), lambda new: any(e.ask == ask for e in read_expectations(new)))
    return True


def _meanings(path: Path, said: tuple[str, ...]) -> list[tuple[str, ...]]:
    return [term.stems for term in read_lexicon(path).meanings.get(said, ())]


def _longer(text: str, entry: str) -> str:
    return f"{text.rstrip()}\n\n{entry}".lstrip()


def _quoted(text: str) -> str:
    """Return a text as TOML writes it: its basic strings are those of JSON."""
    return json.dumps(" ".join(text.split()), ensure_ascii=False)


def _put(folder: Path, name: str, text: str, is_right: Callable[[Path], bool]) -> None:
    """Write the file beside the old one, read it back, and let it take the old one's place in one step."""
    temporary = folder / f"{PREFIX}{secrets.token_hex(8)}{SUFFIX}"
    try:
        with temporary.open("x", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        if not is_right(temporary):
            raise Refused(f"{name} would not say what was meant; nothing was changed. Add it by hand.")
        if (folder / name).exists():
            shutil.copymode(folder / name, temporary)
        temporary.replace(folder / name)
    except OSError as error:
        message = f"cannot be written ({error.strerror or error}); check the disk and who owns the folder"
        raise Unwritable([Problem(name, 1, message)]) from error
    finally:
        temporary.unlink(missing_ok=True)
