"""Two classes of NLTK without the rest of it."""

from __future__ import annotations

import subprocess
import sys

from chatbot.text.sentences import sentences
from chatbot.text.tokens import stem


def _printed(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.strip()


def test_reading_a_text_does_not_import_all_of_nltk():
    code = "import sys, chatbot.text.sentences, chatbot.text.tokens; print([m for m in sys.modules if m[:4] == 'nltk'])"
    assert _printed(code) == "[]"


def test_who_imports_nltk_later_gets_all_of_it():
    code = "import chatbot.text.tokens, nltk; print(nltk.stem.SnowballStemmer('english').stem('infusions'))"
    assert _printed(code) == "infus"


def test_who_imported_nltk_before_shares_its_classes():
    code = (
        "from nltk.stem.snowball import SnowballStemmer as theirs\n"
        "from chatbot.text.nltk_parts import SnowballStemmer as ours\n"
        "print(theirs is ours)"
    )
    assert _printed(code) == "True"


def test_both_classes_do_their_work():
    assert stem("infusions") == "infus"
    assert len(sentences("It took approx. 3 hours, e.g. at 5 p.m. on Monday (see fig. 2). It helped.")) == 2
