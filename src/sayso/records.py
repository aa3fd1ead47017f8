"""The nouns of Sayso, frozen. Every other room takes these in or gives them out; the words are those of docs/design.md.

Offsets are Unicode code points into `Article.text`, end exclusive. Ids come from content: same input, same id.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

Basis = Literal["metadata", "page", "url", "header", "text", "given", "unknown"]
SourceKind = Literal["person", "organisation", "anonymous", "outlet", "document", "unnamed", "own"]
Quoted = Literal["direct", "indirect", "mixed"]
Side = Literal["for", "against", "observing"]
CopyKind = Literal["exact", "syndicated", "rewrite"]
Status = Literal["open", "yes", "no", "ambiguous"]

#: the words for each step of the certainty scale; every page and export uses these
CERTAINTY: Final[dict[int, str]] = {
    3: "certain",
    2: "probable",
    1: "possible",
    0: "left open",
    -1: "possibly not",
    -2: "probably not",
    -3: "certainly not",
}


def certainty_words(value: int | None) -> str:
    """A step of the certainty scale in words; "not said" where nothing was read."""
    return "not said" if value is None else CERTAINTY[value]


def content_id(*parts: str, length: int = 12) -> str:
    """A short stable id from the content itself (BLAKE2b, hex)."""
    joined = "\x1f".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(joined, digest_size=16).hexdigest()[:length]


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of an article's text: `text == article.text[start:end]`, always."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Outlet:
    """Who published an article, and how that is known. Name is None where nothing tells."""

    name: str | None = None
    basis: Basis = "unknown"


@dataclass(frozen=True, slots=True)
class Published:
    """When an article was published: first and last possible day (equal for a known day), and why we think so."""

    start: date | None = None
    end: date | None = None
    basis: Basis = "unknown"
    evidence: str | None = None

    @property
    def day(self) -> date | None:
        """The day, where it is known; None for an interval or nothing."""
        return self.start if self.start == self.end else None


@dataclass(frozen=True, slots=True)
class Removed:
    """Words taken off a page before reading, and why."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class RawPage:
    """What was found in one place before anything is made of it: decoded content and the metadata given beside it."""

    origin: str
    form: Literal["text", "markdown", "html"]
    content: str
    outlet: str | None = None
    url: str | None = None
    published: str | None = None
    author: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that could not be taken in, and the reason in one line."""

    origin: str
    reason: str


@dataclass(frozen=True, slots=True)
class Article:
    """One report as published. `language` is an ISO 639-1 code; only English is read."""

    id: str
    text: str
    title: str | None = None
    outlet: Outlet = Outlet()
    author: str | None = None
    url: str | None = None
    published: Published = Published()
    removed: tuple[Removed, ...] = ()
    language: str = "en"
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Time:
    """A time expression resolved: TIMEX3-style value, first and last day it allows, and its words."""

    start: date | None
    end: date | None
    value: str | None
    text: str
    span: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Link:
    """One hand the word went through."""

    kind: SourceKind
    name: str


@dataclass(frozen=True, slots=True)
class Source:
    """Whom a content is put down to: the name it resolves to, and the words that say so (None where not expressed)."""

    kind: SourceKind
    name: str | None
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """What is said to happen, or not: a frame of the lexicon (leave, stay, sign …), the words and place that name it, and who does
    what to whom, as (role, name) pairs with names resolved where the text supports it. `certainty` (−3 … 3) is this event's own,
    under its wording and negation; `time` the time it speaks of.
    """

    frame: str
    text: str
    span: tuple[int, int]
    roles: tuple[tuple[str, str], ...] = ()
    certainty: int | None = None
    time: Time | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing said in one article, with all it rests on. `said` is the first and last possible day."""

    id: str
    article: str
    evidence: tuple[Span, ...]
    source: Source
    cue: Span | None
    quoted: Quoted
    chain: tuple[Link, ...]
    origin: str | None
    certainty: int | None
    speaks_of: Time | None
    said: tuple[date, date] | None
    confidence: float
    reader: str
    events: tuple[Event, ...] = ()

    @property
    def content(self) -> str:
        """The words of the content, pieces joined by ' … '."""
        return " … ".join(piece.text for piece in self.evidence)


@dataclass(frozen=True, slots=True)
class Copy:
    """That an article is a copy of another: exact (the same words, house style aside), syndicated (mostly its words) or a rewrite
    (whole sentences of it). `share` is the part of the copy's own words found in the original, 0 … 1; `added` are the
    offsets in the copy's text of what the original does not have.
    """

    article: str
    original: str
    kind: CopyKind
    share: float
    evidence: str
    added: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Story:
    """The articles of one running story. `episodes` are bursts with gaps between them: first and last day, and the articles."""

    id: str
    name: str
    articles: tuple[str, ...]
    start: date | None
    end: date | None
    people: tuple[str, ...] = ()
    episodes: tuple[tuple[date | None, date | None, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """A yes/no proposition followed over a window of days (an end that is None is open). `events` are its words as read;
    questions of one `group` are alternatives: at most one of them ends with yes.
    """

    id: str
    text: str
    start: date | None
    end: date | None
    events: tuple[Event, ...] = ()
    group: str | None = None
    story: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a question ended, on which day, and on what evidence (a URL or the reference of a claim or article)."""

    question: str
    status: Status
    on: date | None = None
    evidence: str | None = None


@dataclass(frozen=True, slots=True)
class Stance:
    """What a claim says to a question, how strongly (0 … 1), and why (`frame: …`, `model: …` or `by hand`).
    `on` is the day it was said, where known; `origin` whose word it is; `outlet` who printed it.
    """

    question: str
    claim: str
    stance: Side
    strength: float
    origin: str | None
    outlet: str | None
    on: date | None
    reason: str
