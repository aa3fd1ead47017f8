"""Versions: an article found again at its place with other words is the next version of it, not a second report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import NamedTuple

from sayso.edits import ALIKE_FILE, ALIKE_PAGE, alike, fresh, note_of, same_words, told
from sayso.ledger import ClaimFilter, Ledger, Version, address_of, is_page
from sayso.records import Article, Claim


class Placed(NamedTuple):
    """An article with its claims, and which version it is of what stood at its address; None where it has no place of its own."""

    claims: tuple[Claim, ...]
    version: Version | None


def found_at(article: Article, ledger: Ledger) -> list[Article]:
    """What stands on record at the place of an article: the last version of each article found there."""
    address = address_of(article)
    return ledger.articles(ids=[one.article for one in ledger.versions.at(address)]) if address else []


def as_kept(article: Article, there: Iterable[Article]) -> Article:
    """The article on record `there`, at the same place, that says the same; else the article as given. What counts visitors or tells the
    hour is no edit.
    """
    return next((one for one in there if same_words(one, article)), article)


def placed(article: Article, claims: Sequence[Claim], there: Iterable[Article], ledger: Ledger) -> Placed:
    """Which version an article is of what is `there`, at its place, where it is not on record yet. What it says anew was said between its
    publication and the day it was seen changed, not when the article first came out.
    """
    address = address_of(article)
    if address is None:
        return Placed(tuple(claims), None)
    if on_record := ledger.versions.of(article.id):
        return Placed(_as_placed(article, claims, on_record, ledger), None)
    least = ALIKE_PAGE if is_page(address) else ALIKE_FILE
    ranked = sorted(((alike(one, article), one) for one in there), key=lambda p: (-p[0], p[1].id))
    if not ranked or ranked[0][0] < least:
        return Placed(tuple(claims), alone(article))
    before = ranked[0][1]
    note = note_of(article, before)
    line = ledger.versions.of(before.id)
    known = next(v for v in line if v.article == before.id)
    version = Version(article.id, line[0].first, 0, address, told(article, note), note)
    if version.told and known.told and version.told < known.told:
        return Placed(tuple(claims), version)
    later = bool(version.told and known.told and version.told > known.told)
    seen = date.fromisoformat((version.told or "")[:10]) if later else datetime.now(UTC).date()
    return Placed(_dated(claims, known.article, seen, ledger, exact=later), version)


def alone(article: Article) -> Version | None:
    """An article as the first version at its address; None where it has no place of its own."""
    address = address_of(article)
    if address is None:
        return None
    note = note_of(article)
    return Version(article.id, article.id, 1, address, told(article, note), note)


def seen_again(article: Article, ledger: Ledger) -> bool:
    """Note that a page shows an article that is on record and had given way to a later version; False where it had not."""
    return "://" in article.origin and ledger.versions.back(article.id)


def _as_placed(article: Article, claims: Sequence[Claim], line: Sequence[Version], ledger: Ledger) -> tuple[Claim, ...]:
    """The claims of a version on record, read by another reader: what is new in it is dated as it was before."""
    at = next(i for i, v in enumerate(line) if v.article == article.id)
    since = line[at].since
    if not at or since is None:
        return tuple(claims)
    exact = (line[at].told or "")[:10] == since.isoformat() and line[at].told != line[at - 1].told
    return _dated(claims, line[at - 1].article, since, ledger, exact=exact)


def _dated(claims: Sequence[Claim], before: str, seen: date, ledger: Ledger, *, exact: bool) -> tuple[Claim, ...]:
    new = fresh([r.claim for r in ledger.claims(ClaimFilter(article=before))], claims)
    return tuple(_said_by(c, seen, exact=exact) if c.id in new else c for c in claims)


def _said_by(claim: Claim, day: date, *, exact: bool) -> Claim:
    """A claim that came with a change: said on its day where the page gives it, else on some day up to it."""
    if claim.said is None or claim.said[0] > day:
        return claim
    return replace(claim, said=(day if exact else claim.said[0], day))
