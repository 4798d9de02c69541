"""OpenSearch as the engine: it finds the candidates and counts, and the ranking is the embedded engine's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from opensearchpy import OpenSearch
from opensearchpy.exceptions import OpenSearchException

from chatbot.errors import EngineUnavailable
from chatbot.retrieval.candidates import Candidate, CandidateEngine, Count, Totals, counts_for
from chatbot.retrieval.weights import Weights, importance_of, pairs_of
from chatbot.values import Match, Query

CANDIDATES = 100
# passages that are ranked; among 40 the best three are the embedded engine's for 56 of 60 golden questions
TIMEOUT_SECONDS = 2.0
RETRIES = 2
SAME = 1000.0
# boost of a section that staff gave this very question: it must be among the candidates
PAIR_MARK = "_"
# between the stems of a pair; no stem holds it


def connect(url: str) -> OpenSearch:
    """Return a client: it tries the next node when one is away or too slow, and asks no node for the others."""
    return OpenSearch(
        hosts=[part.strip() for part in url.split(",") if part.strip()],
        timeout=TIMEOUT_SECONDS,
        max_retries=RETRIES,
        retry_on_timeout=True,
        retry_on_status=(429, 502, 503, 504),
        http_compress=False,
        pool_maxsize=16,
    )


class OpenSearchEngine:
    """Ranks the passages of one index; its matches are those of the embedded engine over the same passages.

    One request finds the candidates by OpenSearch's BM25 over the same fields, and counts how many passages of the
    whole corpus hold each word. Scores, coverage and hits are then computed here, so that verdicts do not depend on the
    engine. A shard that does not answer is an error: fewer passages would be passed off as all.
    """

    def __init__(self, client: OpenSearch, index: str, weights: Weights | None = None) -> None:
        """index: its name or alias; all that an engine answers comes from the index it was first asked of."""
        self._client, self._index, self._weights = client, index, weights or Weights()
        self._totals: Totals | None = None

    def search(self, query: Query, limit: int) -> tuple[Match, ...]:
        """Return at most `limit` matches, best first; raise EngineUnavailable when not every shard could answer."""
        if not query.concepts:
            return ()
        try:
            totals = self._totals = self._totals or self._read_totals()
            counted = counts_for(query)
            found = self._client.search(index=self._index, body=search_body(query, counted, self._weights))
            candidates, counts = _read(found, counted)
        except (OpenSearchException, KeyError, TypeError, ValueError) as error:
            raise EngineUnavailable(f"OpenSearch could not answer ({type(error).__name__}).") from error
        if not candidates:
            return ()
        return CandidateEngine(candidates, totals, counts, self._weights).search(query, limit)

    def _read_totals(self) -> Totals:
        mappings = self._client.indices.get_mapping(index=self._index)
        (only,) = mappings.values()
        return msgspec.convert(only["mappings"]["_meta"]["totals"], Totals)


def search_body(query: Query, counted: Sequence[Count], weights: Weights) -> Mapping[str, object]:
    """Return what OpenSearch is asked: the candidates, and the counts over all documents."""
    filters = {str(number): _filter(field, stems) for number, (field, stems) in enumerate(counted)}
    return {
        "size": CANDIDATES,
        "query": {"bool": {"filter": [{"term": {"kind": "passage"}}], "must": [_wanted(query, weights)]}},
        "aggs": {"all": {"global": {}, "aggs": {"counts": {"filters": {"filters": filters}}}}},
        "_source": ["row", "passage", "worths"],
        "sort": ["_score", {"row": "asc"}],
        "track_total_hits": False,
    }


def _wanted(query: Query, weights: Weights) -> Mapping[str, object]:
    should: list[Mapping[str, object]] = []
    for concept in query.concepts:
        terms = [
            {"bool": {"should": [_term(stem, term.weight / len(term.stems), weights) for stem in term.stems]}}
            for term in concept.terms
        ]
        should.append({"dis_max": {"queries": terms, "boost": importance_of(concept)}})
    should += [_boosted("pairs", _token(pair), weights.pairs * weight) for pair, weight in pairs_of(query)]
    should += [_boosted("asked", stem, weights.asked) for stem in query.wording]
    should.append(_boosted("same", same_token(query.wording), SAME))
    return {"bool": {"should": should, "minimum_should_match": 1}}


def _term(stem: str, weight: float, weights: Weights) -> Mapping[str, object]:
    fields = {"words": 1.0, "headings": weights.heading, "title": weights.title}
    return {"bool": {"should": [_boosted(name, stem, weight * share) for name, share in fields.items()]}}


def _boosted(field: str, token: str, boost: float) -> Mapping[str, object]:
    return {"term": {field: {"value": token, "boost": boost}}}


def _filter(field: str, stems: Sequence[str]) -> Mapping[str, object]:
    if field == "asked":
        return _all({"term": {"kind": "wording"}}, {"terms": {"asked": list(stems)}})
    return _all({"term": {"kind": "passage"}}, {"terms": {field: [_token(stem) for stem in stems]}})


def _all(*filters: Mapping[str, object]) -> Mapping[str, object]:
    return {"bool": {"filter": list(filters)}}


def _token(text: str) -> str:
    return text.replace(" ", PAIR_MARK)


def same_token(stems: Sequence[str]) -> str:
    """Return one token for a wording, the same whatever the order of its words."""
    return PAIR_MARK.join(sorted(set(stems)))


def _read(found: Mapping[str, Any], counted: Sequence[Count]) -> tuple[list[Candidate], Mapping[Count, int]]:
    shards = found["_shards"]
    if found["timed_out"] or shards["failed"] or shards["successful"] < shards["total"]:
        raise ValueError(f"{shards['successful']} of {shards['total']} shards answered")
    candidates = [msgspec.convert(hit["_source"], Candidate) for hit in found["hits"]["hits"]]
    buckets = found["aggregations"]["all"]["counts"]["buckets"]
    return candidates, {count: int(buckets[str(number)]["doc_count"]) for number, count in enumerate(counted)}
