"""Passages into OpenSearch: an index for each version of the corpus, known by its name only once it is whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

import msgspec
from opensearchpy import OpenSearch, helpers
from opensearchpy.exceptions import OpenSearchException, RequestError

from chatbot.errors import EngineUnavailable
from chatbot.retrieval.bm25 import BM25Engine
from chatbot.retrieval.candidates import FIELDS, Totals
from chatbot.retrieval.fields import fields_of, wordings_of
from chatbot.retrieval.opensearch import PAIR_MARK, same_token

PREFIX = "chatbot-passages-"
CURRENT = "chatbot-passages"
# the alias of the newest version, for those who look from outside
FILLED = "-filled"
# ends the name of the index behind a version's alias. One name for all processes: with a name for each, two that were
# done in the same moment both got the alias, and a search over it counted every passage twice.
ALREADY_THERE = "resource_already_exists_exception"
CHUNK = 500
WAIT_SECONDS = 60

_WORDS = {"type": "text", "analyzer": "whitespace", "norms": True}
MAPPING: Mapping[str, object] = {
    "dynamic": "strict",
    "properties": {
        "kind": {"type": "keyword"},
        "row": {"type": "integer"},
        "passage": {"type": "object", "enabled": False},
        "worths": {"type": "object", "enabled": False},
        "same": {"type": "keyword"},
        **dict.fromkeys((*FIELDS, "asked"), _WORDS),
    },
}
SIMILARITY = {"default": {"type": "BM25", "k1": 1.2, "b": 0.75}}


def index_name(version: str) -> str:
    """Return the alias under which the passages of a version are asked; there is none until all of them are there."""
    return f"{PREFIX}{version}"


def is_indexed(client: OpenSearch, version: str) -> bool:
    """Say whether all passages of a version are there; raises EngineUnavailable."""
    try:
        return bool(client.indices.exists_alias(name=index_name(version)))
    except OpenSearchException as error:
        raise EngineUnavailable(f"OpenSearch could not be asked ({type(error).__name__}).") from error


def index_passages(client: OpenSearch, engine: BM25Engine, version: str, *, shards: int = 1, replicas: int = 1) -> int:
    """Index the passages of an engine as a version, switch to it in one step, and return how many there are.

    The version before stays for the processes that still answer from it; older ones are deleted. Does nothing where the
    version is there already. Processes that index at once, or after one that was cut off, fill the same index with the
    same documents. Raises EngineUnavailable; then what is asked has not changed.
    """
    try:
        if not client.indices.exists_alias(name=index_name(version)):
            name = f"{index_name(version)}{FILLED}"
            settings = {
                "number_of_shards": shards,
                "number_of_replicas": replicas,
                "auto_expand_replicas": f"0-{replicas}",
                "similarity": SIMILARITY,
                "refresh_interval": "-1",
            }
            _create(client, name, settings, totals_of(engine))
            helpers.bulk(client, _documents(engine, name), chunk_size=CHUNK, request_timeout=WAIT_SECONDS)
            client.indices.refresh(index=name, params={"request_timeout": WAIT_SECONDS})
            _check_mapping(client, name)
            _switch(client, name, version)
        return len(engine.passages)
    except (OpenSearchException, helpers.BulkIndexError) as error:
        raise EngineUnavailable(f"OpenSearch could not index ({type(error).__name__}).") from error


def _create(client: OpenSearch, name: str, settings: Mapping[str, object], totals: Totals) -> None:
    """Create an index; one that is there already has the same settings and mapping, as its name says."""
    mappings = {**MAPPING, "_meta": {"totals": msgspec.to_builtins(totals)}}
    try:
        client.indices.create(
            index=name,
            body={"settings": settings, "mappings": mappings},
            params={"request_timeout": WAIT_SECONDS},
        )
    except RequestError as error:
        if error.error != ALREADY_THERE:
            raise


def totals_of(engine: BM25Engine) -> Totals:
    """Return what an engine's passages hold in all."""
    index = engine.index
    postings = dict(zip(FIELDS, (index.words, index.headings, index.titles, index.pairs), strict=True))
    wordings, wording_words = engine.asked.whole
    return Totals(
        len(engine.passages), {field: each.words for field, each in postings.items()}, wordings, wording_words
    )


def _documents(engine: BM25Engine, index: str) -> Iterator[Mapping[str, object]]:
    for row, passage in enumerate(engine.passages):
        fields = fields_of(passage)
        texts = fields.texts
        wordings = wordings_of(passage)
        yield {
            "_index": index,
            "_id": str(row),
            "kind": "passage",
            "row": row,
            "passage": msgspec.to_builtins(passage),
            "worths": [engine.asked.worth(text) for text in wordings],
            "same": sorted({same_token(text) for text in wordings}),
            "words": [" ".join(text) for text in texts],
            "headings": [" ".join(text) for text in fields.headings],
            "title": " ".join(fields.title),
            "pairs": " ".join(f"{one}{PAIR_MARK}{other}" for text in texts for one, other in pairwise(text)),
            "asked": [" ".join(text) for text in wordings],
        }
    for number, text in enumerate(engine.asked.texts):
        yield {"_index": index, "_id": f"wording-{number}", "kind": "wording", "asked": " ".join(text)}


def _check_mapping(client: OpenSearch, name: str) -> None:
    """Refuse an index that a newer version's switch deleted while it was filled: bulk made it anew, without mapping."""
    (found,) = client.indices.get_mapping(index=name).values()
    if "_meta" not in found["mappings"]:
        client.indices.delete(index=name)
        raise EngineUnavailable("OpenSearch's index was deleted while it was filled.")


def _switch(client: OpenSearch, fresh: str, version: str) -> None:
    """Give the fresh index its version's name and the current one, at once; then delete what nobody asks any more."""
    indices = client.indices.get_alias(index=f"{PREFIX}*")
    current = [name for name, found in indices.items() if CURRENT in found["aliases"] and name != fresh]
    client.indices.update_aliases(
        body={
            "actions": [
                *({"remove": {"index": name, "alias": CURRENT}} for name in current),
                {"add": {"index": fresh, "alias": CURRENT}},
                {"add": {"index": fresh, "alias": index_name(version)}},
            ]
        }
    )
    for name in sorted(indices.keys() - {fresh, *current}):
        client.indices.delete(index=name, params={"ignore_unavailable": "true"})
