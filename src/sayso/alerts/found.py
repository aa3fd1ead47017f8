"""What is worth telling: belief that moved, an origin that changed sides, an outcome that reports state, an article that was silently edited.

Each is told once, and opens the sentences it rests on. The first look at a ledger or a question only remembers how things stand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any, Final

from sayso import views
from sayso.ledger import Ledger, News, Told
from sayso.records import content_id

POINTS: Final = 10.0  # of 100: what moves less is told when it has added up
_MOST_SENTENCES = 3


@dataclass(frozen=True, slots=True)
class Sentence:
    """The words of a claim and where they stand; `note` is what they are here ("before", "now", "for", "vanished" …)."""

    claim: str
    article: str
    words: str
    by: str
    outlet: str
    day: str
    url: str | None
    note: str


@dataclass(frozen=True, slots=True)
class Alert:
    """One piece of news. `question` is its number, text and belief before and now (of a movement), where it is about one."""

    id: str
    number: int
    kind: str
    title: str
    recorded: str
    sentences: tuple[Sentence, ...]
    question: Mapping[str, Any] | None = None

    def json(self) -> dict[str, Any]:
        """As the webhook sends it and `--json` prints it."""
        return {
            "id": self.id,
            "kind": self.kind,
            "title": self.title,
            "recorded": self.recorded,
            "question": dict(self.question) if self.question else None,
            "sentences": [asdict(one) for one in self.sentences],
        }


def alerts(ledger: Ledger, *, last: int | None = None) -> list[Alert]:
    """What was told, the newest first: the last so many."""
    return [opened(one) for one in ledger.alerts.all(last=last)]


def opened(told: Told) -> Alert:
    """The alert on record."""
    data = told.data
    sentences = tuple(Sentence(**one) for one in data["sentences"])
    return Alert(told.id, told.number, told.kind, data["title"], told.recorded, sentences, data["question"])


def look(ledger: Ledger, *, points: float = POINTS) -> list[Alert]:
    """What is new since the last look, put on record; nothing where nothing moved by as much as `points` of 100."""
    before, begun = ledger.alerts.beliefs(), ledger.alerts.begun()
    news, stands = list[News](), dict[str, float]()
    for followed in ledger.questions.followed():
        page = views.question(ledger, str(followed.number))
        last = before.get(followed.question.id)
        if last is None or 100 * abs(page.belief.p - last) >= points - 1e-9:
            stands[followed.question.id] = page.belief.p
            if last is not None:
                news.append(_movement(page, last))
        news += _turns(page, quiet=last is None)
    news += _edits(ledger, quiet=not begun)
    return [opened(one) for one in ledger.alerts.keep(_linked(ledger, news), stands)]


def _linked(ledger: Ledger, news: Sequence[News]) -> list[News]:
    """The news that is not on record, with the addresses of the articles it quotes."""
    known = ledger.alerts.known([one.id for one in news])
    fresh = [one for one in news if one.id not in known]
    cited = {said["article"] for one in fresh for said in one.data["sentences"]}
    urls = {a.id: a.url for a in ledger.articles(ids=cited)} if cited else {}
    for one in fresh:
        for said in one.data["sentences"]:
            said["url"] = urls.get(said["article"])
    return fresh


def _movement(page: views.QuestionPage, last: float) -> News:
    """Belief that moved, with the newest words that moved it that way."""
    now = page.belief.p
    title = f"{'Up' if now > last else 'Down'} from {_percent(last)} to {_percent(now)}: {page.followed.question.text}"
    pushing = [part for one, part in page.counting if (one.log_odds > 0) == (now > last)]
    newest = sorted(pushing, key=lambda part: part.stance.on.isoformat() if part.stance.on else "", reverse=True)
    sentences = [_sentence(part.line, part.stance.stance) for part in newest[:_MOST_SENTENCES]]
    moment = datetime.now(UTC).isoformat()
    ident = content_id("movement", page.followed.question.id, f"{last:.6f}", f"{now:.6f}", moment)
    return News(ident, "movement", _data(title, sentences, _asked(page, last)))


def _turns(page: views.QuestionPage, *, quiet: bool) -> Iterator[News]:
    """Origins that changed sides, and outcomes that reports state."""
    question = page.followed.question
    for turn, before, after in page.reversals:
        title = f"{turn.origin} now says the other thing ({turn.after.stance}): {question.text}"
        sentences = [_sentence(before.line, "before"), _sentence(after.line, "now")]
        ident = content_id("reversal", question.id, turn.before.claim, turn.after.claim)
        yield News(ident, "reversal", _data(title, sentences, _asked(page)), quiet)
    for one in page.proposed:
        day = f" on {one.proposal.on}" if one.proposal.on else ""
        title = f"Reports state it as settled, {one.proposal.status}{day}: {question.text}"
        sentences = [_sentence(line, one.proposal.status) for line in one.lines[:_MOST_SENTENCES]]
        ident = content_id("outcome", question.id, one.proposal.status)
        yield News(ident, "outcome", _data(title, sentences, _asked(page)), quiet)


def _edits(ledger: Ledger, *, quiet: bool) -> Iterator[News]:
    """Articles in which a claim changed and the page does not say so."""
    for article in views.edits(ledger):
        for edit in article.edits:
            if edit.manner != "silent" or not edit.telling:
                continue
            outlet = edit.after.outlet.name or "unknown outlet"
            title = f"Silently edited by {outlet}: {edit.after.title or edit.after.text.partition(chr(10))[0][:80]}"
            ident = content_id("edit", edit.before.id, edit.after.id)
            yield News(ident, "edit", _data(title, list(_changed(edit))[: 2 * _MOST_SENTENCES], None), quiet)


def _changed(edit: views.Edit) -> Iterator[Sentence]:
    """What was changed, the claims put down to someone first."""
    telling = [one for one in edit.lines if one.telling]
    for one in sorted(telling, key=lambda x: all(s is None or s.claim.cue is None for s in (x.before, x.after))):
        if one.before is not None:
            yield _sentence(one.before, "before" if one.after else "vanished")
        if one.after is not None:
            yield _sentence(one.after, "now" if one.before else "new")


def _sentence(line: views.Line, note: str) -> Sentence:
    claim = line.claim
    return Sentence(claim.id, claim.article, line.content, line.by, line.outlet, line.day, None, note)


def _asked(page: views.QuestionPage, last: float | None = None) -> dict[str, Any]:
    one = page.followed
    return {
        "number": one.number,
        "id": one.question.id,
        "text": one.question.text,
        "before": None if last is None else round(last, 4),
        "now": round(page.belief.p, 4),
    }


def _data(title: str, sentences: Iterable[Sentence], question: Mapping[str, Any] | None) -> dict[str, Any]:
    return {"title": title, "sentences": [asdict(one) for one in sentences], "question": question}


def _percent(p: float) -> str:
    """Never 0 or 100 %: belief has no ends."""
    return "under 1 %" if p < 0.005 else "over 99 %" if p >= 0.995 else f"{100 * p:.0f} %"
