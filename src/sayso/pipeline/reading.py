"""Per article: pages → articles → claims → ledger, and then what stands between articles."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import BinaryIO, Protocol, TypeVar

from sayso.articles.extract import extract
from sayso.articles.fetch import fetch, read_sidecar
from sayso.errors import AnswerError, UnreadableError
from sayso.held import keep_reckonings
from sayso.ledger import Ledger
from sayso.pipeline.asking import reassess
from sayso.pipeline.editing import as_kept, found_at, placed, seen_again
from sayso.pipeline.grouping import group
from sayso.questions import keys
from sayso.reading.claims import read_claims
from sayso.reading.reader import Reader
from sayso.reading.terms import terms
from sayso.records import Article, Claim, RawPage, Skipped


@dataclass(slots=True)
class Account:
    """What a run did. `unread`: stored but in a language the reader does not know; `stories`: how many it touched."""

    read: int = 0
    known: int = 0
    unread: list[Article] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    claims: int = 0
    attributed: int = 0
    origins: set[str] = field(default_factory=set)
    stories: int = 0
    words: int = 0
    seconds: float = 0.0


In = TypeVar("In")
Out = TypeVar("Out")
Progress = Callable[[Account, str], None]


class Runner(Protocol):
    """Where per-article work runs: `work` on everything given, results in order, a few pieces ahead of what is taken and no more. What
    is given to it and what comes back can be pickled.
    """

    def __call__(self, work: Callable[[In], Out], given: Iterable[In], /) -> Iterator[Out]:
        """The results of `work`."""
        ...


@dataclass(frozen=True, slots=True)
class Known:
    """An article that this reader has read before."""

    article: Article


@dataclass(frozen=True, slots=True)
class Reading:
    """One reader's pass over one article, as the ledger wants it: claims, the words each can be met by, and, of an article in a language
    that is read, its packed terms and which they are.
    """

    article: Article
    claims: tuple[Claim, ...]
    handles: dict[str, frozenset[str]]
    terms: tuple[str, tuple[str, ...]] | None


def read(
    paths: Sequence[str | Path],
    *,
    ledger: Ledger,
    reader: Reader,
    metadata: Path | None = None,
    stdin: BinaryIO | None = None,
    progress: Progress | None = None,
    runner: Runner = map,
    allow_private: bool = False,
) -> Account:
    """Read every article under `paths` (files, folders, archives, addresses) into the ledger, one transaction each. One bad article
    never stops the rest.

    `runner` says where the work on each article runs; what lands in the ledger does not depend on it. `allow_private` lets addresses
    lead into private networks.
    """
    began = time.monotonic()
    account = Account()
    pages = fetch(paths, metadata=metadata, stdin=stdin, allow_private=allow_private)
    given = (_unless_known(one, ledger, reader) for one in runner(open_page, pages))
    work = partial(read_article, reader=reader, outlets=outlets_in(metadata))
    for one in runner(work, given):
        keep(one, ledger=ledger, reader=reader.name, account=account)
        account.seconds = time.monotonic() - began
        if progress and not isinstance(one, Skipped):
            progress(account, one.article.origin)
    settle(ledger, account)
    account.seconds = time.monotonic() - began
    return account


def take(page: RawPage | Skipped, ledger: Ledger, reader: Reader, account: Account) -> Article | Skipped:
    """Read one page into the ledger; its article when it is safely kept, or what is noted as skipped."""
    one = read_article(_unless_known(open_page(page), ledger, reader), reader=reader)
    keep(one, ledger=ledger, reader=reader.name, account=account)
    return one if isinstance(one, Skipped) else one.article


def outlets_in(metadata: Path | None) -> frozenset[str]:
    """The names of outlets that a table beside the articles gives."""
    if metadata is None:
        return frozenset()
    return frozenset(row.outlet for row in read_sidecar(metadata).values() if row.outlet)


def settle(ledger: Ledger, account: Account) -> None:
    """Per story: what came in is grouped, and held against the questions that are followed."""
    stories, placed = group(ledger)
    account.stories = len(stories)
    if placed:
        reassess(ledger, articles=placed)
    keep_reckonings(ledger)
    ledger.note_growth()


def articles(paths: Sequence[str | Path], *, metadata: Path | None = None) -> Iterator[Article | Skipped]:
    """The articles under `paths`, without reading or keeping them."""
    for page in fetch(paths, metadata=metadata):
        yield open_page(page)


def open_page(page: RawPage | Skipped) -> Article | Skipped:
    """The article on a page, or why there is none."""
    if isinstance(page, Skipped):
        return page
    try:
        return extract(page)
    except UnreadableError as error:
        return Skipped(page.origin, str(error).removeprefix(f"{page.origin}: "))
    except (ValueError, RecursionError, MemoryError) as error:  # hostile input must not end the batch
        return Skipped(page.origin, f"cannot be read ({type(error).__name__}: {error})")


def _unless_known(one: Article | Skipped, ledger: Ledger, reader: Reader) -> Article | Skipped | Known:
    if isinstance(one, Skipped):
        return one
    one = as_kept(one, found_at(one, ledger))
    return Known(one) if ledger.is_read(one.id, reader.name) else one


def read_article(
    one: Article | Skipped | Known, *, reader: Reader, outlets: frozenset[str] = frozenset()
) -> Reading | Skipped | Known:
    """An article read, without a ledger; what is known or skipped stays what it is."""
    if not isinstance(one, Article):
        return one
    if one.language != "en":
        return Reading(one, (), {}, None)
    try:
        claims = read_claims(one, reader, outlets=outlets)
    except AnswerError as error:  # a remote reader's useless answer about one article must not end the batch
        return Skipped(one.origin, str(error))
    found = terms(one)
    return Reading(one, claims, {c.id: keys(c) for c in claims}, (found.packed(), tuple(found.counts)))


def keep(one: Reading | Skipped | Known, *, ledger: Ledger, reader: str, account: Account) -> None:
    """Put what was read into the ledger, in one transaction, and into the account."""
    if isinstance(one, Skipped):
        account.skipped.append(one)
        return
    article = one.article
    if isinstance(one, Known):
        seen_again(article, ledger)
        account.known += 1
        return
    with ledger.as_one():
        claims = _kept(one, ledger, reader)
    if claims is None:
        account.known += 1
        return
    account.read += 1
    if article.language != "en":
        account.unread.append(article)
    account.words += len(article.text.split())
    account.claims += len(claims)
    account.attributed += sum(claim.cue is not None for claim in claims)
    account.origins.update(claim.origin for claim in claims if claim.origin)


def _kept(one: Reading, ledger: Ledger, reader: str) -> Sequence[Claim] | None:
    """The claims as they were kept; None where the article came to be on record since it was looked up."""
    there = found_at(one.article, ledger)
    if as_kept(one.article, there) != one.article:
        seen_again(one.article, ledger)
        return None
    claims, version = placed(one.article, one.claims, there, ledger)
    saved = ledger.save(one.article, claims, reader=reader, handles=one.handles, terms=one.terms, version=version)
    return claims if saved else None
