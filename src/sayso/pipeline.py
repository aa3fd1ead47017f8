"""The whole flow on one screen: pages → articles → claims → ledger."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from sayso.articles.extract import extract
from sayso.articles.fetch import fetch, read_sidecar
from sayso.errors import UnreadableError
from sayso.ledger import Ledger
from sayso.reading.claims import read_claims
from sayso.reading.reader import Reader
from sayso.records import Article, RawPage, Skipped


@dataclass(slots=True)
class Account:
    """What a run did. `unread`: stored but in a language the reader does not know."""

    read: int = 0
    known: int = 0
    unread: list[Article] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    claims: int = 0
    attributed: int = 0
    origins: set[str] = field(default_factory=set)
    words: int = 0
    seconds: float = 0.0


Progress = Callable[[Account, str], None]


def read(
    paths: Sequence[str | Path],
    *,
    ledger: Ledger,
    reader: Reader,
    metadata: Path | None = None,
    stdin: BinaryIO | None = None,
    progress: Progress | None = None,
) -> Account:
    """Read every article under `paths` into the ledger, one transaction each. One bad article never stops the rest."""
    began = time.monotonic()
    account = Account()
    outlets = (
        frozenset(row.outlet for row in read_sidecar(metadata).values() if row.outlet) if metadata else frozenset()
    )
    for page in fetch(paths, metadata=metadata, stdin=stdin):
        article = _article(page)
        if isinstance(article, Skipped):
            account.skipped.append(article)
            continue
        _keep(article, ledger, reader, outlets, account)
        account.seconds = time.monotonic() - began
        if progress:
            progress(account, article.origin)
    account.seconds = time.monotonic() - began
    return account


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


def _keep(article: Article, ledger: Ledger, reader: Reader, outlets: frozenset[str], account: Account) -> None:
    if ledger.is_read(article.id, reader.name):
        account.known += 1
        return
    english = article.language == "en"
    claims = read_claims(article, reader, outlets=outlets) if english else ()
    if not ledger.save(article, claims, reader=reader.name):
        account.known += 1
        return
    account.read += 1
    if not english:
        account.unread.append(article)
    account.words += len(article.text.split())
    account.claims += len(claims)
    account.attributed += sum(claim.cue is not None for claim in claims)
    account.origins.update(claim.origin for claim in claims if claim.origin)
