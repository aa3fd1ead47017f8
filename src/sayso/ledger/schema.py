"""The tables, declared once."""

from __future__ import annotations

from typing import Any

import sqlalchemy
from sqlalchemy import Boolean, Column, Float, ForeignKey, Index, Integer, MetaData, Table, false, func

# Words sort by their code points, as in SQLite and Python, not by the rules of the server's language.
String = sqlalchemy.String().with_variant(sqlalchemy.String(collation="C"), "postgresql")
Text = sqlalchemy.Text().with_variant(sqlalchemy.Text(collation="C"), "postgresql")

# PostgreSQL's usual index takes values of some 2,700 bytes; what pages call a name or an address may be longer.
_ANY_LENGTH: dict[str, Any] = {"postgresql_using": "hash"}

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
    Index("article_by_outlet", "outlet", **_ANY_LENGTH),
)
# SQLite would have to read through every text to come to the columns behind it.
Index("article_by_path", article.c.origin, article.c.id).ddl_if(dialect="sqlite")
Index("article_in_order", article.c.published_start.is_(None), article.c.published_start, article.c.id)

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
    Column("attributed", Integer, nullable=False, server_default="0", comment="claims put down to someone"),
)
# A list of all articles leaves out those that say nothing.
_NOTHING = reading.c.claims == 0
Index("reading_of_nothing", reading.c.article, sqlite_where=_NOTHING, postgresql_where=_NOTHING)

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
    Column("start", Integer, comment="where its first piece of evidence begins"),
    Column("superseded", Boolean, nullable=False, server_default=false(), comment="a later reading took its place"),
    Index("claim_by_source", "source_name", **_ANY_LENGTH),
    # Whether an article has a claim that fits is told without looking at the claim itself.
    Index("claim_by_article", "article", "superseded", "said_start", "said_end", "cue_start", "source_kind"),
)
Index(
    "claim_by_stretch",
    claim.c.said_end,
    claim.c.said_start,
    sqlite_where=claim.c.said_start != claim.c.said_end,
    postgresql_where=claim.c.said_start != claim.c.said_end,
)
Index("claim_by_origin", func.lower(claim.c.origin), **_ANY_LENGTH)
# Listings walk this one in order and leave out without looking at the claim itself.
Index(
    "claim_in_order",
    claim.c.superseded,
    claim.c.said_start.is_(None),
    *(claim.c[name] for name in ("said_start", "article", "start", "id", "said_end", "cue_start", "source_kind")),
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

name = Table(
    "name",
    metadata,
    Column("name", Text, primary_key=True, comment="of a source, an origin or an outlet, as written"),
    Column("folded", Text, nullable=False, comment="lower case, accents off"),
    Column("kind", String, comment="as when first met; an outlet's own voice is an outlet"),
    comment="who is named, once each",
)

searched = Table(
    "searched",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False, comment="under which the full-text index has it"),
    Column("article", ForeignKey("article.id"), nullable=False),
    Column("claim", String, comment="null: the article itself"),
    Column("reader", String),
    Index("searched_by_claim", "claim"),
    comment="what the full-text index holds",
)
# The newest articles with a common word are come by in order; PostgreSQL would sort all that hold it.
Index("searched_articles_in_order", searched.c.number, postgresql_where=searched.c.claim.is_(None)).ddl_if(
    dialect="postgresql"
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
# Those that began after a day are passed over without looking at the story itself.
Index("story_in_order", story.c.end.is_(None), story.c.end.desc(), story.c.id, story.c.start)

tally = Table(
    "tally",
    metadata,
    Column("story", String, primary_key=True),
    Column("counts", Text, nullable=False, comment="JSON: [[outlet, …], [[origin, claims], …]]"),
    Column(
        "grounds",
        Text,
        comment="JSON, article by article: [[outlet, …], [origin, …], [[article, first day, last day, outlet, [origin, claims, …]], …]]",
    ),
    comment="what each story rests on, counted when its articles or ties change",
)

untied = Table(
    "untied",
    metadata,
    Column("story", String, primary_key=True),
    comment="stories that changed since their claims were last tied and counted",
)

archived = Table(
    "archived",
    metadata,
    Column("story", String, primary_key=True),
    Column("recorded", String, nullable=False),
    comment="stories that are closed: no article is looked for there any more",
)

member = Table(
    "member",
    metadata,
    Column("article", ForeignKey("article.id"), primary_key=True),
    Column("story", String, nullable=False),
    Index("member_by_story", "story", "article"),
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
    Index("tie_by_said_as", "said_as"),
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
    Index("question_by_number", "number"),
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

change = Table(
    "change",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("question", ForeignKey("question.id"), nullable=False),
    Column("kind", String, nullable=False, comment="window, drop, or follow: taken up again"),
    Column("start", String, comment="of a window: its first day from then on"),
    Column("end", String),
    Column("was_start", String, comment="of a window: its first day until then"),
    Column("was_end", String),
    Column("recorded", String, nullable=False),
    Index("change_by_question", "question"),
    comment="what else was done by hand to a question",
)

reckoning = Table(
    "reckoning",
    metadata,
    Column("question", ForeignKey("question.id"), primary_key=True),
    Column("rules", Integer, nullable=False, comment="by which rules it was counted"),
    Column(
        "data",
        Text,
        nullable=False,
        comment="JSON: outcome and its day, [calls, carriers], [origins, claims, days], wordings, other spellings",
    ),
    comment="what each question adds to track records, counted when it changes",
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

version = Table(
    "version",
    metadata,
    Column(
        "first",
        ForeignKey("article.id"),
        primary_key=True,
        comment="the version that came first: what all of them are known by",
    ),
    Column("number", Integer, primary_key=True, comment="1, 2, … in the order in which they came"),
    Column(
        "article", ForeignKey("article.id"), nullable=False, comment="one that comes back after another is here twice"
    ),
    Column("address", String, nullable=False, comment="page or file that all of them were found at"),
    Column("told", String, comment="day or moment (ISO) that the page itself gives for this version"),
    Column("note", Text, comment="what the page says of the change; null where it says nothing"),
    Column("recorded", String, nullable=False),
    Index("version_by_article", "article"),
    Index("version_by_address", "address", **_ANY_LENGTH),
    comment="an article read again with other words",
)

stands = Table(
    "stands",
    metadata,
    Column("article", ForeignKey("article.id"), primary_key=True),
    Column("since", String, comment="first day on which this version stood; null: from the beginning"),
    Column("until", String, comment="the day on which another took its place; null: it stands"),
    comment="only articles of which there are several versions; made from version",
)

told = Table(
    "told",
    metadata,
    Column("question", String, primary_key=True, comment="empty: when alerts were first looked for"),
    Column("p", Float, nullable=False, comment="belief when it was last told"),
    Column("recorded", String, nullable=False),
)

alert = Table(
    "alert",
    metadata,
    Column("id", String, primary_key=True, comment="from what it tells: the same news is told once"),
    Column("number", Integer, nullable=False),
    Column("kind", String, nullable=False, comment="movement, reversal, outcome or edit"),
    Column("data", Text, nullable=False, comment="JSON: what is told"),
    Column("quiet", Boolean, nullable=False, comment="was so before anybody asked to be told"),
    Column("sent", String, comment="UTC time at which the webhook took it"),
    Column("recorded", String, nullable=False),
    Index("alert_by_number", "number"),
)
