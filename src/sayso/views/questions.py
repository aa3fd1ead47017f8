"""Questions and sources: where each question stands, on whose word, who turned out right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sayso.belief import Belief, Contribution, Pooling, Reversal, belief, curve, last_days, points, reversals
from sayso.errors import InputError
from sayso.ledger import ClaimFilter, Entry, Followed, Ledger
from sayso.origins import plain
from sayso.questions import propose
from sayso.reading.events import read_question, statement
from sayso.records import Claim, Question, Stance
from sayso.scores import Call, Scores, TrackRecord, score
from sayso.views.timeline import Line, line


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """A question in a list: where it stands, and on how many outlets and origins."""

    followed: Followed
    belief: Belief
    counted: str


@dataclass(frozen=True, slots=True)
class Part:
    """A stance with the claim it is read from."""

    stance: Stance
    line: Line


@dataclass(frozen=True, slots=True)
class QuestionPage:
    """Where a question stands as of a day: the belief with its contributions, how it got there, and every stance with its sentence."""

    followed: Followed
    as_of: date | None
    belief: Belief
    points: tuple[tuple[date, float], ...]
    counted: str
    counting: tuple[tuple[Contribution, Part], ...]
    stances: tuple[Part, ...]
    reversals: tuple[tuple[Reversal, Part, Part], ...]
    log: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A track record, as it stands in the table of sources."""

    record: TrackRecord


@dataclass(frozen=True, slots=True)
class SourcesPage:
    """Every origin that spoke to a question, those with figures first; how many questions are settled."""

    lines: tuple[SourceLine, ...]
    settled: int
    open: int


@dataclass(frozen=True, slots=True)
class SourcePage:
    """One origin: its record, what is scored with question and sentence, and all its claims on record."""

    record: TrackRecord
    calls: tuple[tuple[Call, Question, tuple[Line, ...]], ...]
    claims: int


@dataclass(frozen=True, slots=True)
class _Held:
    """All that the pages of this room are made from."""

    followed: tuple[Followed, ...]
    stances: tuple[Stance, ...]
    claims: Mapping[str, Claim]
    lines: Mapping[str, Line]
    pooling: Pooling

    @property
    def questions(self) -> list[Question]:
        return [one.question for one in self.followed]


def _held(ledger: Ledger, wanted: Iterable[Followed]) -> _Held:
    followed = tuple(wanted)
    stances = tuple(s for one in followed for s in ledger.questions.stances(one.question.id))
    ids = frozenset(s.claim for s in stances)
    claims = {r.claim.id: r.claim for r in ledger.claims(ClaimFilter(ids=ids))} if ids else {}
    ties = ledger.stories.ties(claims)
    articles = {a.id: a for a in ledger.articles(ids={c.article for c in claims.values()})} if claims else {}
    lines = {c.id: line(articles[c.article], c, ties.get(c.id)) for c in claims.values()}
    relays = {t.claim: t.said_as for t in ties.values() if t.said_as}
    pooling = Pooling(days=last_days(claims.values()), relays=relays)
    kept = tuple(s for s in stances if s.claim in claims)
    return _Held(followed, kept, claims, lines, pooling)


def questions(ledger: Ledger, *, as_of: date | None = None) -> list[QuestionLine]:
    """Every question that is followed, and where it stands."""
    held = _held(ledger, ledger.questions.followed())
    made = []
    for one in held.followed:
        now = belief(one.question, held.stances, as_of=as_of, rivals=held.questions, pooling=held.pooling)
        made.append(QuestionLine(one, now, _counted(now)))
    return made


def question(ledger: Ledger, reference: str, *, as_of: date | None = None) -> QuestionPage:
    """One question as of a day (None: now). `reference` is its number, the beginning of its id, or words of it."""
    one = ledger.questions.find(reference)
    group = one.question.group
    beside = [f for f in ledger.questions.followed() if group and f.question.group == group and f.number != one.number]
    held = _held(ledger, [one, *beside])
    rivals = held.questions
    mine = [s for s in held.stances if s.question == one.question.id]
    now = belief(one.question, held.stances, as_of=as_of, rivals=rivals, pooling=held.pooling)
    told = curve(one.question, held.stances, rivals=rivals, until=as_of, pooling=held.pooling)
    parts = {s.claim: Part(s, held.lines[s.claim]) for s in mine}
    shown = [p for p in parts.values() if as_of is None or _said_by(p, held.pooling, as_of)]
    turned = reversals(one.question, mine, as_of=as_of, pooling=held.pooling)
    return QuestionPage(
        one,
        as_of,
        now,
        points(told),
        _counted(now),
        tuple((c, parts[c.stance.claim]) for c in now.contributions if c.stance.claim in parts),
        tuple(sorted(shown, key=lambda p: (p.stance.on or date.max, p.line.reference))),
        tuple((r, parts[r.before.claim], parts[r.after.claim]) for r in turned),
        tuple(ledger.questions.log(one.question.id)),
    )


def _said_by(part: Part, pooling: Pooling, day: date) -> bool:
    last = part.stance.on or pooling.days.get(part.stance.claim)
    return last is not None and last <= day


def _counted(belief: Belief) -> str:
    n, m = len(belief.outlets), len(belief.contributions)
    return f"{n} outlet{'s' * (n != 1)}, {m} independent origin{'s' * (m != 1)}"


def proposed(ledger: Ledger) -> list[Question]:
    """Questions worth following, story by story, that are not followed yet."""
    known = {f.question.text for f in ledger.questions.followed()}
    made: list[Question] = []
    for story in ledger.stories.all():
        if len(story.articles) < 2:
            continue
        claims = [r.claim for r in ledger.claims(ClaimFilter(articles=frozenset(story.articles)))]
        made += [q for q in propose(claims, story, say=statement, read=read_question) if q.text not in known]
    return made


def _scores(held: _Held) -> Scores:
    ended = [one.outcome for one in held.followed]
    return score(held.questions, held.stances, ended, claims=held.claims.values(), pooling=held.pooling)


def curves(ledger: Ledger) -> list[tuple[Followed, tuple[tuple[date, Belief], ...]]]:
    """Every question with its belief over time."""
    held = _held(ledger, ledger.questions.followed())
    return [
        (one, curve(one.question, held.stances, rivals=held.questions, pooling=held.pooling)) for one in held.followed
    ]


def track_records(ledger: Ledger) -> tuple[TrackRecord, ...]:
    """The track record of every origin that spoke to a question."""
    return _scores(_held(ledger, ledger.questions.followed())).records


def sources(ledger: Ledger) -> SourcesPage:
    """The track records of every origin that spoke to a question."""
    scores = _scores(_held(ledger, ledger.questions.followed()))
    lines = tuple(SourceLine(record) for record in scores.records)
    return SourcesPage(lines, len(scores.settled), len(scores.left_out))


def source(ledger: Ledger, name: str) -> SourcePage:
    """One origin's record. Raises InputError where nobody of that name spoke to a question."""
    held = _held(ledger, ledger.questions.followed())
    records = _scores(held).records
    fitting = [r for r in records if plain(r.origin) == plain(name)]
    fitting = fitting or [r for r in records if plain(name) in plain(r.origin)]
    if not fitting:
        raise InputError(f"no source {name!r} on any question that is followed; `sayso sources` lists them")
    if len(fitting) > 1:
        raise InputError(f"{name!r} fits several sources ({'; '.join(r.origin for r in fitting[:4])}); give more of it")
    asked = {q.id: q for q in held.questions}
    calls = tuple(
        (call, asked[call.question], tuple(held.lines[c] for c in call.claims if c in held.lines))
        for call in fitting[0].calls
    )
    return SourcePage(fitting[0], calls, len(fitting[0].claims))
