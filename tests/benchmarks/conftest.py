from __future__ import annotations

import functools
from collections.abc import Iterator

import pytest

from benchmarks.system import shipped_lexicon
from tests.conftest import rules_once

lexicon_once = functools.cache(shipped_lexicon)


@pytest.fixture(autouse=True, scope="session")
def _what_is_shipped_is_read_once() -> Iterator[None]:
    """Spare every benchmark of every test the reading, which takes longer than all the rest of it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("benchmarks.system.read_rules", rules_once)
        patch.setattr("benchmarks.system.shipped_lexicon", lexicon_once)
        yield
