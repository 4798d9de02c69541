"""An index made from the one before, beside a full build."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from chatbot.retrieval.bm25 import BM25Engine
from chatbot.retrieval.index import make_index
from chatbot.text.lexicon import NO_LEXICON
from chatbot.text.query import make_language, understand
from chatbot.values import Passage
from tests.builders import make_passage
from tests.retrieval.test_engines import PASSAGES, TEXT, corpora


def test_passages_are_indexed_one_by_one_as_all_at_once() -> None:
    alone = BM25Engine(PASSAGES, index=make_index(passage for passage in PASSAGES))
    query = understand("nerve pain and nausea", (), make_language(PASSAGES, NO_LEXICON))
    assert alone.search(query, 9) == BM25Engine(PASSAGES).search(query, 9)


ARTICLE = st.lists(st.tuples(TEXT, TEXT), max_size=3)


def article(name: str, texts: Sequence[tuple[str, str]]) -> list[Passage]:
    return [
        make_passage(text, slug=name, title=name, headings=(heading,), anchor=f"{name}-{number}")
        for number, (text, heading) in enumerate(texts)
    ]


@given(st.lists(ARTICLE, min_size=1, max_size=4), ARTICLE, st.integers(0, 3), TEXT)
def test_after_an_edit_every_match_is_that_of_a_full_build_bit_for_bit(
    articles: list[list[tuple[str, str]]], edited: list[tuple[str, str]], chosen: int, text: str
) -> None:
    named = [article(f"article {number}", texts) for number, texts in enumerate(articles)]
    before = [passage for each in named for passage in each]
    named[chosen % len(named)] = article("edited", edited)
    after = [passage for each in named for passage in each]
    query = understand(text, (), make_language([*before, *after], NO_LEXICON))
    changed = BM25Engine(after, before=BM25Engine(before))
    assert changed.search(query, 20) == BM25Engine(after).search(query, 20)


@given(corpora(), st.lists(corpora(), max_size=4), TEXT)
def test_many_edits_one_after_the_other_leave_no_trace(
    first: list[Passage], edits: list[list[Passage]], text: str
) -> None:
    engine = BM25Engine(first)
    for passages in edits:
        engine = BM25Engine(passages, before=engine)
    query = understand(text, (), make_language([p for passages in [first, *edits] for p in passages], NO_LEXICON))
    assert engine.search(query, 20) == BM25Engine(engine.passages).search(query, 20)
