"""Ledger → a file in one of the formats that `exports` knows. Every word that a format needs beside the records themselves is fetched here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, Final

from sayso import exports
from sayso.errors import InputError
from sayso.held import track_records
from sayso.ledger import ClaimFilter, Ledger, Recorded
from sayso.origins import Tie
from sayso.records import Article, Claim
from sayso.views.exported import Chosen, Selection, exported
from sayso.views.questions import curves, question


@dataclass(frozen=True, slots=True)
class Imprint:
    """What a file says of its maker: `reviewer` stands for reviews; `base` is the address under which records are named."""

    reviewer: exports.Reviewer | None = None
    base: str | None = None


def document(
    ledger: Ledger, what: exports.What, form: str, wanted: Selection | None = None, *, imprint: Imprint | None = None
) -> bytes:
    """The records of `what` in a format, as a file has them. Raises InputError where the format is of other records, or of one story or
    question only and none is named.
    """
    found = exports.format_of(what, form)
    wanted, imprint = wanted or Selection(), imprint or Imprint()
    if found.name in _MADE:
        return _MADE[found.name](_Desk(ledger, wanted, imprint))
    rows = exported(ledger, what, wanted)
    if found.name == "parquet":
        return exports.parquet(rows, what)
    return (exports.jsonl(rows) if found.name == "jsonl" else exports.csv_table(rows, what)).encode("utf-8")


class _Desk:
    """The records wanted, and what goes with them."""

    def __init__(self, ledger: Ledger, wanted: Selection, imprint: Imprint) -> None:
        self.ledger, self.wanted, self.base, self.reviewer = ledger, wanted, imprint.base, imprint.reviewer
        self.chosen = Chosen(ledger, wanted)

    @cached_property
    def recorded(self) -> list[Recorded]:
        return self.chosen.claims()

    @property
    def claims(self) -> list[Claim]:
        return [one.claim for one in self.recorded]

    @cached_property
    def articles(self) -> dict[str, Article]:
        return {one.id: one for one in self.ledger.articles(ids={one.article for one in self.claims})}

    def ties(self, claims: Sequence[Claim]) -> list[Tie]:
        found = self.ledger.stories.ties([claim.id for claim in claims]).values()
        return [Tie(one.claim, one.article, one.said_as, one.origin, one.reason) for one in found]

    def told(self, claims: Iterable[str]) -> tuple[dict[str, Claim], dict[str, Article]]:
        """These claims and their articles, by id."""
        ids = frozenset(claims)
        recorded = self.ledger.claims(ClaimFilter(ids=ids, every_version=True)) if ids else []
        held = {r.claim.id: r.claim for r in recorded}
        return held, {a.id: a for a in self.ledger.articles(ids={c.article for c in held.values()})}


def _whole(document: Mapping[str, Any]) -> bytes:
    return (exports.json_text(document, indent=2) + "\n").encode("utf-8")


def _lines(rows: Sequence[Mapping[str, Any]]) -> bytes:
    return "".join(exports.json_text(row) + "\n" for row in rows).encode("utf-8")


def _citron(desk: _Desk) -> bytes:
    return _lines([exports.citron(one, desk.claims) for one in desk.articles.values()])


def _annotations(desk: _Desk) -> bytes:
    made = [
        exports.annotation(one.claim, desk.articles[one.claim.article], recorded=one.recorded, base=desk.base)
        for one in desk.recorded
    ]
    return _whole(exports.collection(made, base=desk.base))


def _claims(desk: _Desk) -> bytes:
    made = [exports.claim_jsonld(one, desk.articles[one.article], base=desk.base) for one in desk.claims]
    return _whole(exports.as_graph(made))


def _provenance(desk: _Desk) -> bytes:
    ties = desk.ties(desk.claims)
    tied = {one.id: one for one in desk.ledger.articles(ids={tie.article for tie in ties})}
    return _whole(exports.provenance(desk.claims, tied | desk.articles, ties, base=desk.base))


def _ninjs(desk: _Desk) -> bytes:
    ledger, articles = desk.ledger, desk.chosen.articles()
    ids = frozenset(one.id for one in articles)
    claims = [r.claim for r in ledger.claims(ClaimFilter(articles=ids, every_version=True))]
    ties, known = desk.ties(claims), ledger.copies.all(ids)
    beside = {one.original for one in known.values()} | {one.article for one in ties}
    held = {a.id: a for a in (*ledger.articles(ids=beside), *articles)}
    return _lines(
        [
            exports.ninjs(
                one,
                claims,
                copy_of=held.get(known[one.id].original) if one.id in known else None,
                ties=ties,
                articles=held,
                base=desk.base,
            )
            for one in articles
        ]
    )


def _timeline(desk: _Desk) -> bytes:
    named = desk.wanted.story
    stories = desk.ledger.stories.all() if named is None else [desk.ledger.stories.find(named)]
    if len(stories) != 1:
        raise InputError("a timeline is of one story; name it with --story (`sayso stories` lists them)")
    return _whole(exports.timelinejs(stories[0], desk.articles, desk.claims)[0])


def _reviews(desk: _Desk) -> bytes:
    if desk.reviewer is None:
        raise InputError("a review names who stands for it and where it is published: --reviewer NAME --page https://…")
    asked = {one.question.id: one.question for one in desk.chosen.questions()}
    settled = [one for one in track_records(desk.ledger).settled if one.question in asked]
    # An outcome's evidence may be a claim or an article: its reference is looked up among these.
    claims, articles = desk.told({call.claims[0] for one in settled for call in one.calls})
    made = [
        exports.claim_reviews(asked[one.question], one, claims, articles, reviewer=desk.reviewer, base=desk.base)
        for one in settled
    ]
    return _whole(exports.as_graph(made))


def _feed(desk: _Desk) -> bytes:
    asked = desk.chosen.questions()
    if len(asked) != 1:
        raise InputError("a feed is of one question; name it with --question (`sayso questions` lists them)")
    one = asked[0]
    page = question(desk.ledger, str(one.number))
    claims, articles = desk.told(part.stance.claim for part in page.stances)
    moments = [one.recorded, *(entry.recorded for entry in page.log)]
    return exports.atom(
        one.question,
        next(points for other, points in curves(desk.ledger) if other.number == one.number),
        updated=datetime.fromisoformat(max(moments)),
        reversals=[turn for turn, _, _ in page.reversals],
        outcome=one.outcome,
        told=exports.Told(claims, articles),
        base=desk.base,
    )


_MADE: Final[dict[str, Callable[[_Desk], bytes]]] = {
    "ninjs": _ninjs,
    "citron": _citron,
    "webannotation": _annotations,
    "prov": _provenance,
    "schemaorg": _claims,
    "timelinejs": _timeline,
    "claimreview": _reviews,
    "atom": _feed,
}
