"""An invented story of three reports: the Harbour Post has it, Goalmouth relays it, Deep Field copies Goalmouth. Names are hostile."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from sayso.belief import Belief, curve
from sayso.origins import Tie
from sayso.records import (
    Article,
    Claim,
    Event,
    Link,
    Outcome,
    Outlet,
    Published,
    Question,
    Quoted,
    Removed,
    Source,
    SourceKind,
    Span,
    Stance,
    Story,
    Time,
    content_id,
)
from sayso.scores import Scores, score
from sayso.turns import Reversal, reversals

POST = (
    "🔥 Venturi <b>& co</b>: the end\n\n“Venturi will leave,” Ada Crane told the Harbour Post on Friday, “and soon.”\n\n"
    "A source close to the club said Venturi is expected to stay.\u2028He met Ernesto Salvatierra."
)
RELAY = "Luca Venturi will leave Almenara, the Harbour Post reports.\n\n=HYPERLINK is a word here, said @Kick."
COPY = "Luca Venturi will leave Almenara, the Harbour Post reports."


@dataclass(frozen=True)
class Saga:
    """All that a story can be exported from."""

    articles: dict[str, Article]
    claims: dict[str, Claim]
    ties: tuple[Tie, ...]
    story: Story
    question: Question
    stances: tuple[Stance, ...]
    outcome: Outcome
    curve: tuple[tuple[date, Belief], ...]
    reversals: tuple[Reversal, ...]
    scores: Scores


def day(number: int) -> date:
    return date(2031, 3, number)


def span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words), words)


def claim(
    ident: str,
    article: Article,
    pieces: tuple[str, ...],
    source: tuple[SourceKind, str | None, str | None],
    *,
    cue: str | None,
    chain: tuple[Link, ...],
    origin: str | None,
    quoted: Quoted = "indirect",
    certainty: int | None = 3,
    time: Time | None = None,
    events: tuple[Event, ...] = (),
) -> Claim:
    kind, name, words = source
    text, on = article.text, article.published.day
    return Claim(
        ident,
        article.id,
        tuple(span(text, piece) for piece in pieces),
        Source(kind, name, span(text, words) if words else None),
        span(text, cue) if cue else None,
        quoted,
        chain,
        origin,
        certainty,
        time,
        (on, on) if on else None,
        0.875,
        "tests 1",
        events,
    )


def _articles() -> dict[str, Article]:
    def made(text: str, outlet: str, on: Published, **more: object) -> Article:
        return Article(content_id(outlet, text), text, outlet=Outlet(outlet, "given"), published=on, **more)

    post = made(
        POST,
        "Harbour Post",
        Published(day(9), day(9), "page", "9 March 2031"),
        title='<script>alert("end")</script>',
        author="Ada Quill",
        url='https://harbourpost.example/a?x=1&y="2"',
        removed=(Removed("Share this", "share line"),),
        origin="folder/post.html",
    )
    relay = made(RELAY, "Goal & mouth", Published(day(10), day(12), "text", "this week"), url="javascript:alert(1)")
    copy = made(COPY, "Deep Field", Published())
    return {"post": post, "relay": relay, "copy": copy}


def _claims(post: Article, relay: Article, copy: Article) -> list[Claim]:
    ada, outlet, goal = Link("person", "Ada Crane"), Link("outlet", "Harbour Post"), Link("outlet", "Goal & mouth")
    met = Event(
        "meet",
        "met",
        (POST.index("met"), POST.index("met") + 3),
        (("who", "Luca Venturi"), ("who", "Ernesto Salvatierra")),
        3,
    )
    leaves = Event("leave", "leave", (RELAY.index("leave"), RELAY.index("leave") + 5), (("who", "Luca Venturi"),), 3)
    soon = Time(day(10), None, "FUTURE_REF", "soon")
    return [
        claim(
            "c1ada", post, ("“Venturi will leave,”", "“and soon.”"), ("person", "Ada Crane", "Ada Crane"),
            cue="told", chain=(ada, outlet), origin="Ada Crane", quoted="direct", time=soon,
        ),
        claim(
            "c2anon", post, ("Venturi is expected to stay",), ("anonymous", "A source close to the club", "A source close to the club"),
            cue="said", chain=(Link("anonymous", "A source close to the club"), outlet), origin="Harbour Post", certainty=-2,
        ),
        claim(
            "c3own", post, ("He met Ernesto Salvatierra",), ("own", "Harbour Post", None),
            cue=None, chain=(Link("own", "Harbour Post"),), origin="Harbour Post", events=(met,),
        ),
        claim(
            "c4relay", relay, ("Luca Venturi will leave Almenara",), ("outlet", "Harbour Post", "the Harbour Post"),
            cue="reports", chain=(outlet, goal), origin="Harbour Post", events=(leaves,),
        ),
        claim(
            "c5odd", relay, ("=HYPERLINK is a word here",), ("person", "@Kick", "@Kick"),
            cue="said", chain=(Link("person", "@Kick"), goal), origin="@Kick", certainty=None,
        ),
        claim(
            "c6copy", copy, ("Luca Venturi will leave Almenara",), ("unnamed", None, None),
            cue="reports", chain=(Link("unnamed", "?"), Link("outlet", "Deep Field")), origin=None,
        ),
    ]  # fmt: skip


def _stances() -> tuple[Stance, ...]:
    def said(claim: str, on: int, side: str, origin: str, outlet: str, strength: float = 1.0) -> Stance:
        return Stance("q1", claim, side, strength, origin, outlet, day(on), "frame: leave")

    return (
        said("c1ada", 9, "for", "Ada Crane", "Harbour Post"),
        said("c2anon", 9, "against", "Harbour Post", "Harbour Post", 0.67),
        said("c4relay", 12, "for", "Harbour Post", "Goal & mouth"),
        said("c5odd", 12, "observing", "@Kick", "Goal & mouth", 0.2),
    )


@pytest.fixture(scope="session")
def saga() -> Saga:
    articles = _articles()
    held = {one.id: one for one in articles.values()}
    claims = {one.id: one for one in _claims(**articles)}
    post, relay, copy = (articles[name] for name in ("post", "relay", "copy"))
    question = Question("q1", "Luca Venturi leaves <Almenara>", day(1), date(2031, 9, 1), group="coach", story="s1")
    stances = _stances()
    outcome = Outcome("q1", "yes", date(2031, 5, 14), "https://club.example/statement?a=1&b=2")
    ids = (post.id, relay.id, copy.id)
    return Saga(
        held,
        claims,
        (
            Tie("c4relay", post.id, "c1ada", "Ada Crane", "relays Harbour Post"),
            Tie("c6copy", relay.id, "c4relay", "Harbour Post", "copied from Goal & mouth"),
        ),
        Story("s1", "Venturi & <Almenara>", ids, day(9), day(12), ("Luca Venturi",), ((day(9), day(12), ids),)),
        question,
        stances,
        outcome,
        curve(question, stances),
        reversals(question, stances),
        score([question], stances, [outcome], claims=claims.values(), least=1),
    )
