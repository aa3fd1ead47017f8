"""The nouns of Sayso, frozen. Every other room takes these in or gives them out; the words are those of docs/design.md.

Offsets are Unicode code points into `Article.text`, end exclusive. Ids come from content: same input, same id.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Literal

Basis = Literal["metadata", "page", "url", "header", "text", "given", "unknown"]
SourceKind = Literal["person", "organisation", "anonymous", "outlet", "document", "unnamed", "own"]
Quoted = Literal["direct", "indirect", "mixed"]


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

    @property
    def content(self) -> str:
        """The words of the content, pieces joined by ' … '."""
        return " … ".join(piece.text for piece in self.evidence)
