"""The tables, declared once."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Float, ForeignKey, Index, Integer, MetaData, String, Table, Text

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

event = Table(
    "event",
    metadata,
    Column("claim", String, primary_key=True),
    Column("reader", String, primary_key=True),
    Column("position", Integer, primary_key=True, comment="0 is the main event"),
    Column("frame", String, nullable=False, comment="a frame of the lexicon: leave, stay, sign …"),
    Column("text", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("roles", Text, nullable=False, comment="JSON: [[role, name], …]"),
    Column("certainty", Integer),
    Column("time_start", String),
    Column("time_end", String),
    Column("time_value", String),
    Column("time_text", Text),
)

handle = Table(
    "handle",
    metadata,
    Column("word", String, primary_key=True, comment="a name or frame word that a question can be met by"),
    Column("claim", String, primary_key=True),
    Column("reader", String, primary_key=True),
    Index("handle_by_claim", "claim"),
)

terms = Table(
    "terms",
    metadata,
    Column("article", ForeignKey("article.id"), primary_key=True),
    Column("data", Text, nullable=False, comment="JSON: what grouping compares, so that texts are never read again"),
)

waiting = Table(
    "waiting",
    metadata,
    Column("work", String, primary_key=True, comment="copies or stories: what has not been done for it yet"),
    Column("article", ForeignKey("article.id"), primary_key=True),
)

story = Table(
    "story",
    metadata,
    Column("id", String, primary_key=True),
    Column("name", Text, nullable=False),
    Column("start", String),
    Column("end", String),
    Column("people", Text, nullable=False, comment="JSON: [name, …]"),
    Column("episodes", Text, nullable=False, comment="JSON: [[first day, last day, [article, …]], …]"),
    Column("profile", Text, nullable=False, comment="JSON: summed terms, what the next article is compared with"),
)

member = Table(
    "member",
    metadata,
    Column("article", ForeignKey("article.id"), primary_key=True),
    Column("story", String, nullable=False),
    Index("member_by_story", "story"),
)

posting = Table(
    "posting",
    metadata,
    Column("term", String, primary_key=True),
    Column("story", String, primary_key=True),
    Index("posting_by_story", "story"),
    comment="the strongest terms of each story: where an article looks for its own",
)

background = Table(
    "background",
    metadata,
    Column("term", String, primary_key=True),
    Column(
        "articles", Integer, nullable=False, comment="how many articles of the ledger hold it; of the empty term, all"
    ),
)

decision = Table(
    "decision",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("kind", String, nullable=False, comment="join, part, name, or undo of an earlier one"),
    Column("data", Text, nullable=False, comment="JSON"),
    Column("recorded", String, nullable=False),
)

band = Table(
    "band",
    metadata,
    Column("key", String, primary_key=True),
    Column("article", ForeignKey("article.id"), primary_key=True),
    comment="articles that share a key may be copies of one another",
)

sketch = Table(
    "sketch",
    metadata,
    Column("article", ForeignKey("article.id"), primary_key=True),
    Column("data", Text, nullable=False, comment="JSON: hashes of sentences and word runs"),
)

copy = Table(
    "copy",
    metadata,
    Column("article", ForeignKey("article.id"), primary_key=True),
    Column("original", ForeignKey("article.id"), nullable=False),
    Column("kind", String, nullable=False),
    Column("share", Float, nullable=False),
    Column("evidence", Text, nullable=False),
    Column("added", Text, nullable=False, comment="JSON: [[start, end], …] of what the original does not have"),
    Index("copy_by_original", "original"),
)

tie = Table(
    "tie",
    metadata,
    Column("claim", String, primary_key=True),
    Column("article", ForeignKey("article.id"), nullable=False, comment="what it relays or copies"),
    Column("said_as", String, comment="the claim there that says the same"),
    Column("origin", Text),
    Column("reason", Text, nullable=False),
    Index("tie_by_article", "article"),
)

question = Table(
    "question",
    metadata,
    Column("id", String, primary_key=True),
    Column("number", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("start", String, comment="first day of the window"),
    Column("end", String),
    Column("events", Text, nullable=False, comment="JSON: its words as read"),
    Column("alternatives", String, comment="questions of one name: at most one ends with yes"),
    Column("story", String),
    Column("dropped", String, comment="UTC time when the user let it go"),
    Column("recorded", String, nullable=False),
)

stance = Table(
    "stance",
    metadata,
    Column("question", ForeignKey("question.id"), primary_key=True),
    Column("claim", String, primary_key=True),
    Column("stance", String, nullable=False),
    Column("strength", Float, nullable=False),
    Column("origin", Text),
    Column("outlet", Text),
    Column("on_day", String),
    Column("reason", Text, nullable=False),
    Index("stance_by_claim", "claim"),
    comment="as read; what a user sets by hand is in ruling",
)

ruling = Table(
    "ruling",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("question", ForeignKey("question.id"), nullable=False),
    Column("claim", String, nullable=False),
    Column("stance", String, comment="for, against, observing, unrelated; null takes the hand off again"),
    Column("recorded", String, nullable=False),
    Index("ruling_by_question", "question"),
)

outcome = Table(
    "outcome",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("question", ForeignKey("question.id"), nullable=False),
    Column("status", String, nullable=False, comment="yes, no, ambiguous; open undoes the one before"),
    Column("on_day", String),
    Column("evidence", Text),
    Column("recorded", String, nullable=False),
    Index("outcome_by_question", "question"),
)

visit = Table(
    "visit",
    metadata,
    Column("address", String, primary_key=True, comment="a feed or page that is followed, or an item of a feed"),
    Column("due", String, comment="UTC time of the next call; null: at once"),
    Column("failures", Integer, nullable=False, comment="in a row"),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("moved", Text),
    Column("problem", Text),
    Column("ended", Boolean, nullable=False, comment="not called again"),
)
