"""The tables, declared once."""

from __future__ import annotations

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, MetaData, String, Table, Text

metadata = MetaData()

article = Table(
    "article",
    metadata,
    Column("id", String, primary_key=True, comment="from outlet, URL and text: same article, same id"),
    Column("title", Text),
    Column("outlet", String),
    Column("outlet_basis", String, nullable=False),
    Column("author", Text),
    Column("url", Text),
    Column("published_start", String, comment="first possible day, ISO; null where nothing is known"),
    Column("published_end", String, comment="last possible day"),
    Column("published_basis", String, nullable=False),
    Column("published_evidence", Text, comment="the words the date rests on"),
    Column("text", Text, nullable=False, comment="headline and body as read; offsets are code points into it"),
    Column("language", String, nullable=False),
    Column("origin", Text, nullable=False, comment="file or address it was first read from"),
    Column("recorded", String, nullable=False, comment="UTC time of recording"),
)

removed = Table(
    "removed",
    metadata,
    Column("article", ForeignKey("article.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("text", Text, nullable=False),
    Column("reason", String, nullable=False),
)

reading = Table(
    "reading",
    metadata,
    Column("article", ForeignKey("article.id"), primary_key=True),
    Column("reader", String, primary_key=True, comment="name and fingerprint of what read it"),
    Column("number", Integer, nullable=False, comment="1, 2, …: the last reading of an article is the one shown"),
    Column("claims", Integer, nullable=False),
    Column("recorded", String, nullable=False),
)

claim = Table(
    "claim",
    metadata,
    Column("id", String, primary_key=True, comment="from article and offsets"),
    Column("reader", String, primary_key=True),
    Column("article", ForeignKey("article.id"), nullable=False),
    Column("source_kind", String, nullable=False),
    Column("source_name", Text),
    Column("source_start", Integer),
    Column("source_end", Integer),
    Column("cue_start", Integer),
    Column("cue_end", Integer),
    Column("quoted", String, nullable=False),
    Column("origin", Text, comment="first identifiable link of the chain"),
    Column("certainty", Integer, comment="-3 … +3"),
    Column("time_start", String),
    Column("time_end", String),
    Column("time_value", String, comment="TIMEX3 style"),
    Column("time_text", Text),
    Column("said_start", String),
    Column("said_end", String),
    Column("confidence", Float, nullable=False),
    Column("recorded", String, nullable=False),
    Index("claim_by_article", "article", "reader"),
    Index("claim_by_origin", "origin"),
    Index("claim_by_day", "said_start"),
)

evidence = Table(
    "evidence",
    metadata,
    Column("claim", String, primary_key=True),
    Column("reader", String, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("text", Text, nullable=False, comment="always article.text[start:end]"),
)

link = Table(
    "link",
    metadata,
    Column("claim", String, primary_key=True),
    Column("reader", String, primary_key=True),
    Column("position", Integer, primary_key=True, comment="0 is the first speaker"),
    Column("kind", String, nullable=False),
    Column("name", Text, nullable=False),
)
