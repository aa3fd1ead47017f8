"""Per article: pages → articles → claims → ledger, and then what stands between articles."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, TypeVar

from sayso.articles.extract import extract
from sayso.articles.fetch import fetch, read_sidecar
from sayso.errors import AnswerError, UnreadableError
from sayso.ledger import Ledger
from sayso.pipeline.asking import reassess
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


def read(
    paths: Sequence[str | Path],
    *,
    ledger: Ledger,
    reader: Reader,
    metadata: Path | None = None,
    stdin: BinaryIO | None = None,
    progress: Progress | None = None,
    workers: int = 1,
    allow_private: bool = False,
) -> Account:
    """Read every article under `paths` (files, folders, archives, addresses) into the ledger, one transaction each. One bad article
    never stops the rest.

    `workers` articles are read at a time; what lands in the ledger does not depend on it. `allow_private` lets addresses lead into private
    networks.
    """
    began = time.monotonic()
    account = Account()
    outlets = (
        frozenset(row.outlet for row in read_sidecar(metadata).values() if row.outlet) if metadata else frozenset()
    )
    pages = fetch(paths, metadata=metadata, stdin=stdin, allow_private=allow_private)
    for article, claims in _ahead(pages, lambda page: _taken_in(page, ledger, reader, outlets), workers):
        if isinstance(article, Skipped):
            account.skipped.append(article)
            continue
        _keep(article, claims, ledger, reader, account)
        account.seconds = time.monotonic() - began
        if progress:
            progress(account, article.origin)
    settle(ledger, account)
    account.seconds = time.monotonic() - began
    return account


def take(page: RawPage | Skipped, ledger: Ledger, reader: Reader, account: Account) -> None:
    """Read one page into the ledger; back when it is safely kept, or noted as skipped."""
    article, claims = _taken_in(page, ledger, reader, frozenset())
    if isinstance(article, Skipped):
        account.skipped.append(article)
    else:
        _keep(article, claims, ledger, reader, account)


def settle(ledger: Ledger, account: Account) -> None:
    """Per story: what came in is grouped, and held against the questions that are followed."""
    stories, placed = group(ledger)
    account.stories = len(stories)
    if placed:
        reassess(ledger, articles=placed)


def _ahead(given: Iterable[In], work: Callable[[In], Out], workers: int) -> Iterator[Out]:
    """`work` on everything given, in order, a few ahead of what is taken: the model frees the interpreter while it runs."""
    with ThreadPoolExecutor(workers) as pool:
        waiting: deque[Future[Out]] = deque()
        for one in given:
            waiting.append(pool.submit(work, one))
            if len(waiting) > 2 * workers:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def articles(paths: Sequence[str | Path], *, metadata: Path | None = None) -> Iterator[Article | Skipped]:
    """The articles under `paths`, without reading or keeping them."""
    for page in fetch(paths, metadata=metadata):
        yield _article(page)


def _article(page: RawPage | Skipped) -> Article | Skipped:
    if isinstance(page, Skipped):
        return page
    try:
        return extract(page)
    except UnreadableError as error:
        return Skipped(page.origin, str(error).removeprefix(f"{page.origin}: "))
    except (ValueError, RecursionError, MemoryError) as error:  # hostile input must not end the batch
        return Skipped(page.origin, f"cannot be read ({type(error).__name__}: {error})")


def _taken_in(
    page: RawPage | Skipped, ledger: Ledger, reader: Reader, outlets: frozenset[str]
) -> tuple[Article | Skipped, tuple[Claim, ...] | None]:
    """The article and its claims; None for claims where it was read before."""
    article = _article(page)
    if isinstance(article, Skipped) or ledger.is_read(article.id, reader.name):
        return article, None
    try:
        return article, read_claims(article, reader, outlets=outlets) if article.language == "en" else ()
    except AnswerError as error:  # a remote reader's useless answer about one article must not end the batch
        return Skipped(article.origin, str(error)), None


def _keep(article: Article, claims: tuple[Claim, ...] | None, ledger: Ledger, reader: Reader, account: Account) -> None:
    if claims is None:
        account.known += 1
        return
    handles = {claim.id: keys(claim) for claim in claims}
    found = terms(article) if article.language == "en" else None
    packed = (found.packed(), found.counts.keys()) if found else None
    if not ledger.save(article, claims, reader=reader.name, handles=handles, terms=packed):
        account.known += 1
        return
    account.read += 1
    if article.language != "en":
        account.unread.append(article)
    account.words += len(article.text.split())
    account.claims += len(claims)
    account.attributed += sum(claim.cue is not None for claim in claims)
    account.origins.update(claim.origin for claim in claims if claim.origin)
