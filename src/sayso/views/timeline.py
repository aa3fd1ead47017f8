"""Claims by date, claims by the row, and one article with its claims."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sayso.ledger import ClaimFilter, Followed, Ledger, Tied, Version
from sayso.records import Article, Claim, Copy, Published, Stance, Story
from sayso.views.edited import ClaimEdited, Edited, Marks, marks

REFERENCE = 7  # characters of an id that a page shows; any longer or unique shorter beginning is taken too


@dataclass(frozen=True, slots=True)
class Line:
    """One claim as a page shows it. `day` is how the time said is known, in words; `by` whose word it is; `via` through whom;
    `tied` what it relays or copies; `edited` tells what came or changed with an edit of its article.
    """

    reference: str
    day: str
    by: str
    kind: str
    via: str
    outlet: str
    certainty: int | None
    content: str
    when: str
    claim: Claim
    tied: str = ""
    edited: ClaimEdited | None = None


@dataclass(frozen=True, slots=True)
class ArticleClaims:
    """The claims of one article under its date and headline. Of a copy only what it added is shown; `folded` counts the rest. `edited` tells
    of the edit since which the article reads as it does.
    """

    reference: str
    day: str
    outlet: str
    title: str
    lines: tuple[Line, ...]
    own: int
    copy_of: str = ""
    folded: int = 0
    edited: Edited | None = None


@dataclass(frozen=True, slots=True)
class TimelinePage:
    """A story by date: groups in order of publication, undated last; who it rests on; statements not shown; whether there are `more`."""

    groups: tuple[ArticleClaims, ...]
    articles: int
    outlets: tuple[str, ...]
    origins: tuple[tuple[str, int], ...]
    hidden_own: int
    more: bool = False


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """One article with its claims in reading order, its story, of what it is a copy and what is one of it, and the questions
    that its claims speak to; where it was edited, all its versions in order.
    """

    article: Article
    day: str
    lines: tuple[Line, ...]
    story: Story | None = None
    original: tuple[Copy, Article] | None = None
    copies: tuple[tuple[Copy, Article], ...] = ()
    stances: tuple[tuple[Followed, Stance], ...] = ()
    versions: tuple[Version, ...] = ()


def published_words(published: Published) -> str:
    """'2025-04-27', '2023-05-10 … 2023-06-30', 'before 2024-07-01', or 'undated'."""
    start, end = published.start, published.end
    if start and end:
        return start.isoformat() if start == end else f"{start.isoformat()} … {end.isoformat()}"
    if end:
        return f"until {end.isoformat()}"
    return f"since {start.isoformat()}" if start else "undated"


def timeline(
    ledger: Ledger,
    wanted: ClaimFilter | None = None,
    *,
    own: bool = False,
    limit: int | None = None,
    offset: int = 0,
) -> TimelinePage:
    """What is claimed, by date: of every article, or of `limit` of them after the first `offset`. `own` also shows what articles state in
    their own voice.
    """
    wanted = wanted or ClaimFilter()
    asked = None if limit is None else limit + 1  # one more, to know whether there is
    found = ledger.articles(telling=wanted, limit=asked, offset=offset)
    return page(ledger, found[:limit], wanted, own=own, more=len(found) != len(found[:limit]))


def page(ledger: Ledger, articles: Sequence[Article], wanted: ClaimFilter, *, own: bool, more: bool) -> TimelinePage:
    """The timeline of these articles with their claims that fit, articles in the order given. What it rests on is counted on the page."""
    ids = frozenset(article.id for article in articles)
    recorded = ledger.claims(replace(wanted, articles=ids, path=None)) if ids else []
    ties = ledger.stories.ties([r.claim.id for r in recorded])
    copies = ledger.copies.all(ids)
    elsewhere = ledger.articles(ids={copy.original for copy in copies.values()} - ids)
    outlet_of = {article.id: article.outlet.name or "unknown outlet" for article in (*elsewhere, *articles)}
    by_article: dict[str, list[Claim]] = {}
    for one in recorded:
        by_article.setdefault(one.claim.article, []).append(one.claim)
    edits = marks(ledger, ids, on=wanted.standing)
    groups, origins, hidden = [], dict[str, int](), 0
    for article in articles:
        claims = by_article.get(article.id, [])
        if not claims:
            continue
        shown = [c for c in claims if own or c.cue is not None]
        hidden += len(claims) - len(shown)
        for claim in shown:
            tied = ties.get(claim.id)
            if origin := (tied.origin if tied and tied.origin else claim.origin):
                origins[origin] = origins.get(origin, 0) + 1
        group = _group(article, shown, len(claims) - len(shown), ties, edits)
        copy = copies.get(article.id)
        groups.append(_folded(group, copy, outlet_of.get(copy.original, "another article")) if copy else group)
    ranked = tuple(sorted(origins.items(), key=lambda pair: (-pair[1], pair[0])))
    outlets = tuple(sorted({a.outlet.name for a in articles if a.outlet.name and a.id in by_article}))
    return TimelinePage(tuple(groups), len(groups), outlets, ranked, hidden, more)


def claims(ledger: Ledger, wanted: ClaimFilter, *, limit: int | None = None, offset: int = 0) -> list[Line]:
    """The claims that fit, as lines: all, or `limit` of them after the first `offset`."""
    found = [r.claim for r in ledger.claims(wanted, limit=limit, offset=offset)]
    articles = {a.id: a for a in ledger.articles(ids={one.article for one in found})}
    edits = marks(ledger, articles, on=wanted.standing)
    return [line(articles[one.article], one, edited=edits.claims.get(one.id)) for one in found]


def article(ledger: Ledger, reference: str) -> ArticlePage:
    """One article with its claims. `reference` is (the beginning of) its id or of a claim's."""
    found = ledger.article(reference)
    held = [r.claim for r in ledger.claims(ClaimFilter(article=found.id))]
    ties = ledger.stories.ties([c.id for c in held])
    story = ledger.stories.story_of([found.id]).get(found.id)
    known = ledger.copies.around(found.id)
    beside = {a.id: a for a in ledger.articles(ids={one for c in known for one in (c.article, c.original)})}
    asked = {one.question.id: one for one in ledger.questions.followed()}
    edits = marks(ledger, [found.id])
    return ArticlePage(
        found,
        published_words(found.published),
        tuple(line(found, c, ties.get(c.id), edited=edits.claims.get(c.id)) for c in held),
        ledger.stories.find(story) if story else None,
        next(((c, beside[c.original]) for c in known if c.article == found.id), None),
        tuple((c, beside[c.article]) for c in known if c.original == found.id),
        tuple((asked[s.question], s) for s in ledger.questions.stances_of([c.id for c in held])),
        found_in if len(found_in := ledger.versions.of(found.id)) > 1 else (),
    )


def _group(article: Article, shown: Sequence[Claim], own: int, ties: Mapping[str, Tied], edits: Marks) -> ArticleClaims:
    lines = tuple(
        line(article, c, ties.get(c.id), edited=edits.claims.get(c.id))
        for c in sorted(shown, key=lambda c: c.evidence[0].start)
    )
    title = article.title or article.text.split("\n", 1)[0][:90]
    return ArticleClaims(
        article.id[:REFERENCE],
        published_words(article.published),
        article.outlet.name or "unknown outlet",
        title,
        lines,
        own,
        edited=edits.articles.get(article.id),
    )


def _folded(group: ArticleClaims, copy: Copy, original: str) -> ArticleClaims:
    """A copy's claims without those that stand in the original."""
    kept = tuple(
        one
        for one in group.lines
        if any(a < piece.end and piece.start < b for piece in one.claim.evidence for a, b in copy.added)
    )
    words = f"{'copy' if copy.kind == 'exact' else copy.kind} of {copy.original[:REFERENCE]} {original}"
    return replace(group, lines=kept, copy_of=words, folded=len(group.lines) - len(kept))


def line(article: Article, claim: Claim, tied: Tied | None = None, *, edited: ClaimEdited | None = None) -> Line:
    """One claim as a page shows it."""
    return Line(
        reference=claim.id[:REFERENCE],
        day=published_words(article.published),
        by=_by(claim),
        kind=claim.source.kind,
        via=_via(claim, article),
        outlet=article.outlet.name or "unknown outlet",
        certainty=claim.certainty,
        content=claim.content,
        when=_when(claim),
        claim=claim,
        tied=tied.reason if tied else "",
        edited=edited,
    )


def _by(claim: Claim) -> str:
    """The source as named; its words beside it where they differ."""
    name, words = claim.source.name, claim.source.span.text if claim.source.span else None
    if claim.source.kind == "own":
        return name or "the article itself"
    if claim.source.kind == "unnamed" or not (name or words):
        return "nobody named"
    return name or words or ""


def _via(claim: Claim, article: Article) -> str:
    """The hands between the source and this article."""
    between = [link.name for link in claim.chain[1:] if link.name not in (article.outlet.name, "?")]
    return " → ".join(between)


def _when(claim: Claim) -> str:
    time = claim.speaks_of
    if time is None:
        return ""
    if time.start and time.end:
        days = (
            time.start.isoformat() if time.start == time.end else f"{time.start.isoformat()} … {time.end.isoformat()}"
        )
    elif time.end:
        days = f"until {time.end.isoformat()}"
    else:
        days = f"since {time.start.isoformat()}" if time.start else ""
    return f"{time.text} ({days})" if days else time.text
