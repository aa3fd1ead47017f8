"""Questions and sources: where each question stands, on whose word, who turned out right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from sayso.belief import Belief, Contribution, Pooling, beliefs, course, curve, points
from sayso.errors import InputError
from sayso.held import Held, hold, track_records, with_rivals
from sayso.ledger import ClaimFilter, Entry, Followed, Ledger
from sayso.origins import counted_words, plain
from sayso.questions import propose
from sayso.reading.events import read_question, statement
from sayso.reckoning import WORDINGS, Call, Wording
from sayso.records import Question, Stance
from sayso.scores import Share, TrackRecord, wilson
from sayso.turns import Reversal, reversals
from sayso.views.lines import lines_of
from sayso.views.outcomes import ProposedOutcome, proposed_from
from sayso.views.timeline import Line, line


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """A question in a list: where it stands, on how many outlets and origins, and how it got there."""

    followed: Followed
    belief: Belief
    counted: str
    points: tuple[tuple[date, float], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A stance with the claim it is read from."""

    stance: Stance
    line: Line


@dataclass(frozen=True, slots=True)
class QuestionPage:
    """Where a question stands as of a day: the belief with its contributions, how it got there, and every stance with its sentence.

    `proposed` is how it seems to have ended; `aside` what the user set as unrelated.
    """

    followed: Followed
    as_of: date | None
    belief: Belief
    points: tuple[tuple[date, float], ...]
    counted: str
    counting: tuple[tuple[Contribution, Part], ...]
    stances: tuple[Part, ...]
    reversals: tuple[tuple[Reversal, Part, Part], ...]
    log: tuple[Entry, ...]
    proposed: tuple[ProposedOutcome, ...] = ()
    aside: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A track record, as it stands in the table of sources."""

    record: TrackRecord


@dataclass(frozen=True, slots=True)
class SourcesPage:
    """Every origin that spoke to a question, those with figures first; how many questions are settled; how often each wording of
    all of them came true.
    """

    lines: tuple[SourceLine, ...]
    settled: int
    open: int
    calibration: tuple[tuple[Wording, Share], ...]


@dataclass(frozen=True, slots=True)
class SourcePage:
    """One origin: its record, what is scored with question and sentence, and all its claims on record by day."""

    record: TrackRecord
    calls: tuple[tuple[Call, Question, tuple[Line, ...]], ...]
    claims: int
    lines: tuple[Line, ...]


def questions(
    ledger: Ledger,
    *,
    as_of: date | None = None,
    story: str | None = None,
    charted: bool = True,
    limit: int | None = None,
    offset: int = 0,
) -> list[QuestionLine]:
    """Every question that is followed, or those of a story (its id), and where it stands; or `limit` of them after the first `offset`. How
    each got there is left out unless `charted`: it takes the longest.
    """
    every = ledger.questions.followed()
    wanted = [one for one in every if story is None or one.question.story == story]
    wanted = wanted[offset : None if limit is None else offset + limit]
    held = hold(ledger, with_rivals(wanted, every))
    if not charted:
        stand = {one.question: one for one in beliefs(held.questions, held.stances, as_of=as_of, pooling=held.pooling)}
        return [QuestionLine(one, now := stand[one.question.id], _counted(now), ()) for one in wanted]
    made = []
    for one in wanted:
        stances, rivals = held.beside(one.question)
        now, told = course(one.question, stances, rivals=rivals, until=as_of, pooling=held.pooling)
        made.append(QuestionLine(one, now, _counted(now), points(told)))
    return made


def question(ledger: Ledger, reference: str, *, as_of: date | None = None) -> QuestionPage:
    """One question as of a day (None: now). `reference` is its number, the beginning of its id, or words of it."""
    one = ledger.questions.find(reference)
    held = hold(ledger, with_rivals([one], ledger.questions.followed()))
    rivals = held.questions
    mine = [s for s in held.stances if s.question == one.question.id]
    claims, lines = lines_of(ledger, {s.claim for s in mine})
    now, told = course(one.question, held.stances, rivals=rivals, until=as_of, pooling=held.pooling)
    parts = {s.claim: Part(s, lines[s.claim]) for s in mine}
    shown = [p for p in parts.values() if _said_by(p, held.pooling, as_of)]
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
        proposed_from(one, [p.stance for p in shown], claims, lines),
        _aside(ledger, one),
    )


def _aside(ledger: Ledger, one: Followed) -> tuple[Part, ...]:
    """What was read as speaking to a question, and set as unrelated by hand."""
    unrelated = {claim for claim, side in ledger.questions.rulings(one.question.id).items() if side == "unrelated"}
    read = [s for s in ledger.questions.read_stances(one.question.id) if s.claim in unrelated]
    if not read:
        return ()
    claims = {r.claim.id: r.claim for r in ledger.claims(ClaimFilter(ids=frozenset(unrelated)))}
    articles = {a.id: a for a in ledger.articles(ids={c.article for c in claims.values()})}
    return tuple(Part(s, line(articles[claims[s.claim].article], claims[s.claim])) for s in read if s.claim in claims)


def _said_by(part: Part, pooling: Pooling, day: date | None) -> bool:
    """Whether it was said by a day (None: ever), in a version of its article that stood then."""
    since, until = pooling.stands.get(part.stance.claim, (None, None))
    if day is None:
        return until is None
    last = part.stance.on or pooling.days.get(part.stance.claim)
    return last is not None and last <= day and (since is None or since <= day) and (until is None or day < until)


def _counted(belief: Belief) -> str:
    return counted_words(len(belief.outlets), len(belief.contributions))


def proposed(ledger: Ledger, *, story: str | None = None) -> list[Question]:
    """Questions worth following, story by story or of one (its id), that were neither followed nor dropped before."""
    known = ledger.questions.texts()
    made: list[Question] = []
    for one in ledger.stories.all(ids=None if story is None else [story]):
        if len(one.articles) < 2:
            continue
        claims = [r.claim for r in ledger.claims(ClaimFilter(articles=frozenset(one.articles)))]
        made += [q for q in propose(claims, one, say=statement, read=read_question) if q.text not in known]
    return made


def curves(ledger: Ledger, *, story: str | None = None) -> list[tuple[Followed, tuple[tuple[date, Belief], ...]]]:
    """Every question, or those of a story (its id), with its belief over time."""
    every = ledger.questions.followed()
    wanted = [one for one in every if story is None or one.question.story == story]
    held, made = hold(ledger, with_rivals(wanted, every)), []
    for one in wanted:
        stances, rivals = held.beside(one.question)
        made.append((one, curve(one.question, stances, rivals=rivals, pooling=held.pooling)))
    return made


def sources(ledger: Ledger, *, as_of: date | None = None) -> SourcesPage:
    """The track records of every origin that spoke to a question, as of a day (None: now)."""
    scores = track_records(ledger, as_of=as_of)
    lines = tuple(SourceLine(record) for record in scores.records)
    return SourcesPage(lines, len(scores.settled), len(scores.left_out), _together(scores.records))


def _together(records: Iterable[TrackRecord]) -> tuple[tuple[Wording, Share], ...]:
    """How often each wording came true, whoever's it was."""
    held = [pair for record in records for pair in record.calibration]
    made = []
    for wording in WORDINGS:
        if shares := [share for name, share in held if name == wording]:
            right, of = sum(s.right for s in shares), sum(s.of for s in shares)
            low, high = wilson(right, of)
            made.append((wording, Share(right, of, low, right / of, high, tuple(c for s in shares for c in s.claims))))
    return tuple(made)


def source(ledger: Ledger, name: str, *, as_of: date | None = None) -> SourcePage:
    """One origin's record as of a day (None: now). Raises InputError where nobody of that name spoke to a question."""
    held = _where_heard(ledger, plain(name)).as_of(as_of)
    records = held.scores().records
    fitting = [r for r in records if plain(r.origin) == plain(name)]
    fitting = fitting or [r for r in records if plain(name) in plain(r.origin)]
    if not fitting:
        raise InputError(f"no source {name!r} on any question that is followed; `sayso sources` lists them")
    if len(fitting) > 1:
        raise InputError(f"{name!r} fits several sources ({'; '.join(r.origin for r in fitting[:4])}); give more of it")
    asked = {q.id: q for q in held.questions}
    _, lines = lines_of(ledger, {*fitting[0].claims, *(claim for call in fitting[0].calls for claim in call.claims)})
    calls = tuple(
        (call, asked[call.question], tuple(lines[c] for c in call.claims if c in lines)) for call in fitting[0].calls
    )
    said = sorted((lines[c] for c in fitting[0].claims if c in lines), key=lambda x: (x.day, x.reference))
    return SourcePage(fitting[0], calls, len(fitting[0].claims), tuple(said))


def _where_heard(ledger: Ledger, name: str) -> Held:
    """Every question, with the stances to those that an origin with this in its plain name spoke to: all that its record goes by."""
    every, spoken = ledger.questions.followed(), ledger.questions.spoken_to()
    heard = {question for origin, asked in spoken.items() if name in plain(origin) for question in asked}
    there = hold(ledger, with_rivals([one for one in every if one.question.id in heard], every), kinds=True)
    return replace(there, followed=tuple(every))
