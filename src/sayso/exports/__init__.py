"""Records → what leaves the house: text, bytes or JSON objects. Pure functions; what each format promises is in docs/export.md."""

from sayso.exports.annotation import Anchor, Lost, anchored, annotation
from sayso.exports.atom import Told, atom
from sayso.exports.back import (
    article_from_json,
    articles_from_jsonl,
    claim_from_json,
    claims_from_jsonl,
    recorded_from_json,
)
from sayso.exports.citron import citron
from sayso.exports.claimreview import Reviewer, claim_jsonld, claim_reviews, script
from sayso.exports.ninjs import ninjs
from sayso.exports.provenance import provenance
from sayso.exports.records import article_json, claim_json, question_json, source_json, stance_json
from sayso.exports.shapes import SHAPES, What, json_schema
from sayso.exports.tables import csv_table, json_text, jsonl, parquet
from sayso.exports.timelinejs import timelinejs

__all__ = [
    "SHAPES",
    "Anchor",
    "Lost",
    "Reviewer",
    "Told",
    "What",
    "anchored",
    "annotation",
    "article_from_json",
    "article_json",
    "articles_from_jsonl",
    "atom",
    "citron",
    "claim_from_json",
    "claim_json",
    "claim_jsonld",
    "claim_reviews",
    "claims_from_jsonl",
    "csv_table",
    "json_schema",
    "json_text",
    "jsonl",
    "ninjs",
    "parquet",
    "provenance",
    "question_json",
    "recorded_from_json",
    "script",
    "source_json",
    "stance_json",
    "timelinejs",
]
