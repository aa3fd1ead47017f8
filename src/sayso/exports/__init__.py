"""Records → what leaves the house: text, bytes or JSON objects. Pure functions; what each format promises is in docs/export.md."""

from sayso.exports.annotation import Anchor, Lost, anchored, annotation, collection
from sayso.exports.atom import Told, atom
from sayso.exports.back import (
    article_from_json,
    articles_from_jsonl,
    claim_from_json,
    claims_from_jsonl,
    recorded_from_json,
)
from sayso.exports.citron import citron
from sayso.exports.claimreview import Reviewer, as_graph, claim_jsonld, claim_reviews, script
from sayso.exports.editions import Edition, Seen, whole_reports
from sayso.exports.entries import Entry, feed_of
from sayso.exports.formats import FORMATS, NOUNS, Format, format_of
from sayso.exports.names import iri, link
from sayso.exports.ninjs import ninjs
from sayso.exports.provenance import provenance
from sayso.exports.records import (
    article_json,
    claim_json,
    question_json,
    seen_json,
    source_json,
    stance_json,
    version_json,
)
from sayso.exports.shapes import SHAPES, What, json_schema
from sayso.exports.tables import csv_table, json_text, jsonl, parquet
from sayso.exports.taken import Asked, Taken, question_from_json, stance_from_json, taken
from sayso.exports.timelinejs import timelinejs

__all__ = [
    "FORMATS",
    "NOUNS",
    "SHAPES",
    "Anchor",
    "Asked",
    "Edition",
    "Entry",
    "Format",
    "Lost",
    "Reviewer",
    "Seen",
    "Taken",
    "Told",
    "What",
    "anchored",
    "annotation",
    "article_from_json",
    "article_json",
    "articles_from_jsonl",
    "as_graph",
    "atom",
    "citron",
    "claim_from_json",
    "claim_json",
    "claim_jsonld",
    "claim_reviews",
    "claims_from_jsonl",
    "collection",
    "csv_table",
    "feed_of",
    "format_of",
    "iri",
    "json_schema",
    "json_text",
    "jsonl",
    "link",
    "ninjs",
    "parquet",
    "provenance",
    "question_from_json",
    "question_json",
    "recorded_from_json",
    "script",
    "seen_json",
    "source_json",
    "stance_from_json",
    "stance_json",
    "taken",
    "timelinejs",
    "version_json",
    "whole_reports",
]
