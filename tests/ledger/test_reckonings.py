"""What is kept of each question agrees with counting, whatever happens to a ledger in between."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, text, update

from bench.pages import Made, fill
from sayso import views
from sayso.errors import LedgerError
from sayso.held import hold, keep_reckonings, track_records
from sayso.ledger import Ledger, Tied, Version, open_ledger, schema
from sayso.reckoning import RULES, opened, packed
from sayso.records import (
    Article,
    Claim,
    Link,
    Outcome,
    Outlet,
    Published,
    Question,
    Side,
    Source,
    Span,
    Stance,
    content_id,
)
from sayso.scores import Scores

FIRST = date(2031, 3, 1)
WHO = ("Ada Crane", "Harbour Post", "The Harbour Post", "Bo Finch", "BO FINCH", "Faro Times", None)
OUTLETS = ("Harbour Post", "Faro Times", "Goalmouth", None)


def counted(ledger: Ledger) -> Scores:
    """The same from all stances, whatever is kept."""
    return hold(ledger, ledger.questions.followed(), kinds=True).scores()


@dataclass
class Desk:
    """A ledger to which anything may happen."""

    ledger: Ledger
    chance: random.Random
    articles: list[Article] = field(default_factory=list)
    claims: dict[str, list[Claim]] = field(default_factory=dict)
    read: int = 0

    def day(self) -> date:
        return FIRST + timedelta(days=self.chance.randrange(30))

    def claim(self, article: Article, number: int) -> Claim:
        who, day = self.chance.choice(WHO), self.day()
        said = self.chance.choice((None, (day, day), (day, day), (day, day + timedelta(days=3))))
        chain = (Link(self.chance.choice(("person", "outlet", "anonymous")), who),) if who else ()
        ident = content_id("claim", article.id, str(number))
        evidence = (Span(0, 4, article.text[:4]),)
        return Claim(ident, article.id, evidence, Source("own", None, None), None, "indirect", chain, who, 2, None, said, 0.9, f"reader-{self.read}")  # fmt: skip

    def report(self) -> None:
        """A new article, or an edited one."""
        outlet, edited = self.chance.choice(OUTLETS), self.articles and self.chance.random() < 0.3
        words = f"Report {len(self.articles)}"
        made = Article(
            content_id(words), words, outlet=Outlet(outlet, "given"), published=Published(FIRST, FIRST, "given", "x")
        )
        before = self.chance.choice(self.articles) if edited else None
        first = self.ledger.versions.of(before.id)[0].first if before else made.id
        version = Version(made.id, first, 1, f"example.org/{first}", str(self.day()))
        self.articles.append(made)
        self.save(made, version)

    def save(self, article: Article, version: Version | None = None) -> None:
        self.read += 1
        told = [self.claim(article, number) for number in range(self.chance.randint(1, 4))]
        self.claims[article.id] = told
        when = f"{self.day()}T00:00:00+00:00"
        self.ledger.save(article, told, reader=f"reader-{self.read}", version=version, recorded=when)

    def every(self) -> list[Claim]:
        return [one for found in self.claims.values() for one in found]

    def asked(self) -> str:
        return f"q{self.chance.randrange(5)}"

    def stances(self) -> None:
        asked, only = self.asked(), None
        claims = self.chance.sample(self.every(), self.chance.randint(0, len(self.every())))
        if self.chance.random() < 0.6:
            only = [one.id for one in self.chance.sample(claims, len(claims) // 2)]
            claims = [one for one in claims if one.id in only and self.chance.random() < 0.8]
        self.ledger.questions.save_stances(asked, [self.stance(asked, one) for one in claims], only=only)

    def stance(self, asked: str, claim: Claim) -> Stance:
        pick = self.chance.choice
        on = claim.said[0] if claim.said and claim.said[0] == claim.said[1] else None
        strength = pick((0.05, 0.33, 0.67, 1.0))
        return Stance(asked, claim.id, pick(("for", "against", "observing")), strength, claim.origin, pick(OUTLETS), on, "frame")  # fmt: skip

    def rule(self) -> None:
        side = self.chance.choice(("for", "against", "observing", "unrelated", "unrelated", None))
        self.ledger.questions.rule(self.asked(), self.chance.choice(self.every()).id, side)

    def resolve(self) -> None:
        status = self.chance.choice(("yes", "no", "ambiguous", "open", "yes", "no"))
        ended = self.day() + timedelta(days=20)
        self.ledger.questions.resolve(Outcome(self.asked(), status, self.chance.choice((None, ended, ended))))

    def window(self) -> None:
        self.ledger.questions.set_window(
            self.asked(), FIRST, self.chance.choice((None, self.day() + timedelta(days=20)))
        )

    def drop(self) -> None:
        self.ledger.questions.drop(self.asked())

    def follow(self, asked: str | None = None) -> None:
        asked = asked or self.asked()
        group = self.chance.choice((None, "g", "h"))
        self.ledger.questions.add(Question(asked, f"About {asked}", FIRST, FIRST + timedelta(days=70), group=group))

    def ties(self) -> None:
        claims = self.chance.sample(self.every(), self.chance.randint(1, len(self.every())))
        tied = [self.chance.choice(self.every()) for _ in claims]
        made = [Tied(one.id, other.article, other.id, other.origin, "relays") for one, other in zip(claims, tied, strict=True) if one != other]  # fmt: skip
        self.ledger.stories.save_ties([one.id for one in claims], made[: len(made) // 2])

    def again(self) -> None:
        """An article read by another reader."""
        self.save(self.chance.choice(self.articles))

    def back(self) -> None:
        self.ledger.versions.back(self.chance.choice(self.articles).id)

    def anything(self) -> Callable[[], None]:
        often = (
            self.stances,
            self.stances,
            self.stances,
            self.rule,
            self.resolve,
            self.resolve,
            self.ties,
            self.follow,
        )
        return self.chance.choice((*often, self.report, self.window, self.drop, self.again, self.back))


@pytest.mark.parametrize("seed", range(4))
def test_what_is_kept_is_what_counting_gives_after_whatever_happens(ledger: Ledger, seed: int) -> None:
    desk = Desk(ledger, random.Random(seed))
    for number in range(10):
        desk.report()
        desk.follow(f"q{number % 5}")
    for _ in range(10):
        desk.stances()
        desk.resolve()
    scored = 0
    for _ in range(50):
        happens = desk.anything()
        happens()
        told = track_records(ledger)
        assert told == counted(ledger), happens.__name__
        keep_reckonings(ledger)
        assert ledger.reckonings.missing(RULES) == frozenset()
        scored += sum(len(one.calls) for one in told.settled)
    assert scored > 30


def told(ledger: Ledger, number: int) -> Claim:
    """A claim of its own day and origin in a report of its own."""
    on, who = FIRST + timedelta(days=number), f"Origin {number}"
    made = Article(content_id(who), who, outlet=Outlet(who, "given"), published=Published(on, on, "given", "x"))
    evidence = (Span(0, 6, "Origin"),)
    claim = Claim(content_id("claim", who), made.id, evidence, Source("own", None, None), None, "indirect", (), who, 3, None, (on, on), 0.9, "r")  # fmt: skip
    ledger.save(made, [claim], reader="r")
    return claim


def says(asked: str, claim: Claim, side: Side = "for") -> Stance:
    return Stance(asked, claim.id, side, 1.0, claim.origin, claim.origin, claim.said[0], "frame")


@pytest.fixture
def asked(ledger: Ledger) -> Ledger:
    """A ledger with two questions, alternatives, of which the first ended with no."""
    for name in ("q1", "q2"):
        ledger.questions.add(Question(name, f"About {name}", FIRST, None, group="g"))
    ledger.questions.resolve(Outcome("q1", "no", FIRST + timedelta(days=30)))
    return ledger


def callers(ledger: Ledger) -> set[str]:
    """Whose word is scored, of what is kept."""
    keep_reckonings(ledger)
    return {call.origin for one in track_records(ledger).settled for call in one.calls}


def test_what_a_claim_repeats_by_way_of_another_question_is_seen_there(asked: Ledger) -> None:
    first, second, third, fourth = (told(asked, number) for number in range(4))
    pairs = ((fourth, third), (third, second), (second, first))
    ties = [Tied(one.id, other.article, other.id, one.origin, "relays") for one, other in pairs]
    asked.stories.save_ties([one.id for one, _ in pairs], ties)
    asked.questions.save_stances("q1", [says("q1", first, "against"), says("q1", fourth, "against")])
    asked.questions.add(Question("other", "About another matter", FIRST, None))
    asked.questions.save_stances("other", [says("other", third)])
    assert callers(asked) == {"Origin 0", "Origin 3"}
    asked.questions.save_stances("other", [says("other", second)], only=[second.id])
    assert callers(asked) == {"Origin 0"}
    assert track_records(asked) == counted(asked)


def test_what_counts_for_an_alternative_is_scored_here_once_it_is_none(asked: Ledger) -> None:
    claim = told(asked, 0)
    asked.questions.save_stances("q1", [says("q1", claim, "against")])
    asked.questions.save_stances("q2", [says("q2", claim)])
    assert callers(asked) == set()
    asked.questions.add(Question("q2", "About q2", FIRST, None, group=None))
    assert callers(asked) == {"Origin 0"}


@pytest.fixture
def full(ledger: Ledger) -> Ledger:
    """A ledger of some 8,000 invented claims, a hundred of which speak to questions."""
    fill(ledger, 8000, Made(random.Random(3)))
    ledger.questions.resolve(Outcome("q00000000001", "yes", date(2025, 12, 1)))
    keep_reckonings(ledger)
    return ledger


def test_a_page_of_sources_looks_at_no_stance_where_all_is_kept(full: Ledger, monkeypatch) -> None:
    told = views.sources(full)
    monkeypatch.setattr(Ledger, "heard", None)
    assert views.sources(full) == told


def test_what_is_kept_opens_as_it_was_and_for_no_other_outcome(full: Ledger) -> None:
    rows = full.reckonings.get(RULES)
    one = next(one for one in full.questions.followed() if one.question.id in rows)
    made = opened(rows[one.question.id], one.question, one.outcome)
    assert made is not None
    assert packed(made, one.question, one.outcome) == rows[one.question.id]
    assert opened(rows[one.question.id], one.question, replace(one.outcome, status="ambiguous")) is None


def test_what_other_rules_counted_is_counted_anew(full: Ledger) -> None:
    told = views.sources(full)
    with full._write() as connection:
        connection.execute(update(schema.reckoning).values(rules=RULES - 1, data="[]"))
    assert views.sources(full) == told
    keep_reckonings(full)
    assert full.reckonings.missing(RULES) == frozenset()
    assert views.sources(full) == told


def test_a_ledger_that_may_not_be_written_has_its_sources(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "sayso.db") as ledger:
        fill(ledger, 8000, Made(random.Random(3)))
        told = views.sources(ledger)
        with ledger._write() as connection:
            connection.execute(delete(schema.reckoning))
        with ledger._read() as connection:
            connection.execute(text("PRAGMA query_only = ON"))
        assert views.sources(ledger) == told
        with pytest.raises(LedgerError, match="may not be written"):
            keep_reckonings(ledger)


def test_stances_that_stay_as_they_were_leave_what_is_kept(full: Ledger) -> None:
    one = full.questions.followed()[0].question.id
    full.questions.save_stances(one, full.questions.read_stances(one))
    assert full.reckonings.missing(RULES) == frozenset()
