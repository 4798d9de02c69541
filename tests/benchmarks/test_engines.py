from __future__ import annotations

from benchmarks.corpora import generated, passages_of
from benchmarks.engines import plain
from benchmarks.peers import NOTHING


def test_plain_bm25_finds_the_passage_with_the_rarest_words() -> None:
    passages = passages_of(generated(40))
    search = plain(passages)
    wanted = passages[17]
    assert search(wanted.text).ids[0] == wanted.id
    assert search("qwertyuiop") == NOTHING
