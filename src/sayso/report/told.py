"""What a report tells, gathered from the ledger once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sayso.ledger import ClaimFilter, Ledger
from sayso.records import Article, Claim
from sayso.views.charted import Charted, charted
from sayso.views.questions import QuestionPage, question
from sayso.views.stories import StoryPage, story
from sayso.views.timeline import ArticlePage, line, published_words


@dataclass(frozen=True, slots=True)
class Told:
    """A story with its picture, its questions and its articles, in order of day. `shown` are the claims that the timeline has."""

    page: StoryPage
    picture: Charted
    questions: tuple[QuestionPage, ...]
    articles: tuple[ArticlePage, ...]
    shown: frozenset[str]
    made_on: date

    @property
    def days(self) -> tuple[date, ...]:
        """The days on which something came on record."""
        last = self.page.as_of or date.max
        return tuple(day for day in self.picture.days if day <= last)

    def article(self, reference: str) -> ArticlePage | None:
        """The article with this beginning of an id."""
        return next((one for one in self.articles if one.article.id.startswith(reference)), None)

    def place(self, claim: Claim) -> str:
        """The address of a claim within the report: in the timeline, or else (its words stand in an article it is copied from) its article."""
        return f"#c-{claim.id}" if claim.id in self.shown else f"#a-{claim.article}"


def told(ledger: Ledger, reference: str, *, as_of: date | None, made_on: date) -> Told:
    """A story as of a day (None: all of it). Raises InputError where no story fits."""
    page = story(ledger, reference, own=True, as_of=as_of)
    picture = charted(ledger, page.story.id, as_of=as_of)
    asked = tuple(question(ledger, str(one.followed.number), as_of=as_of) for one in page.questions)
    speaking = {part.stance.claim for one in asked for part in one.stances}
    lines = [line for group in page.timeline.groups for line in group.lines]
    shown = frozenset(one.claim.id for one in lines if one.claim.cue is not None or one.claim.id in speaking)
    members = {one.claim.article for one in lines} | {
        a for a in page.story.articles if any(a.startswith(group.reference) for group in page.timeline.groups)
    }
    articles = _pages(ledger, ledger.articles(ids=members), speaking, as_of)
    return Told(page, picture, asked, articles, shown, made_on)


def _pages(
    ledger: Ledger, articles: Sequence[Article], speaking: Iterable[str], as_of: date | None
) -> tuple[ArticlePage, ...]:
    wanted = frozenset(article.id for article in articles)
    spoken, held = frozenset(speaking), defaultdict[str, list[Claim]](list)
    for one in ledger.claims(ClaimFilter(articles=wanted, standing=as_of)):
        if one.claim.cue is not None or one.claim.id in spoken:
            held[one.claim.article].append(one.claim)
    return tuple(
        ArticlePage(a, published_words(a.published), tuple(line(a, c) for c in _in_order(held[a.id]))) for a in articles
    )


def _in_order(claims: Iterable[Claim]) -> list[Claim]:
    return sorted(claims, key=lambda claim: (claim.evidence[0].start, claim.id))
