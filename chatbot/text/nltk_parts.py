"""NLTK's English stemmer and its sentence splitter, without the rest of NLTK.

`import nltk` reads parsers, taggers, corpora and a drawing board: 0.3 s of CPU and 20 MB at every start, for two
classes. Their own modules need hardly any of it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

__all__ = ["PunktParameters", "PunktSentenceTokenizer", "SnowballStemmer"]

LIBRARY = "nltk"
PACKAGES = ("nltk.tokenize", "nltk.stem", "nltk.corpus")


@contextmanager
def _bare() -> Iterator[None]:
    """Let NLTK's modules be found while its packages are mere folders; leave no trace for who imports all of it."""
    if LIBRARY in sys.modules:
        yield
        return
    spec = find_spec(LIBRARY)
    folders = list((spec and spec.submodule_search_locations) or ())
    for name in (LIBRARY, *PACKAGES):
        package = ModuleType(name)
        package.__path__ = [folder + name.removeprefix(LIBRARY).replace(".", "/") for folder in folders]
        sys.modules[name] = package
    # The stemmer's module names the stop words, and ours asks for none: reading them would open a data file.
    sys.modules["nltk.corpus"].stopwords = None  # type: ignore[attr-defined]
    try:
        yield
    finally:
        for name in [each for each in sys.modules if each.partition(".")[0] == LIBRARY]:
            del sys.modules[name]


with _bare():
    _punkt = import_module("nltk.tokenize.punkt")
    _snowball = import_module("nltk.stem.snowball")

PunktParameters = _punkt.PunktParameters
PunktSentenceTokenizer = _punkt.PunktSentenceTokenizer
SnowballStemmer = _snowball.SnowballStemmer
