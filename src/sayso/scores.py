"""Who turned out right: outcomes → each origin's track record, with the claims behind every figure, and outcomes.csv in and out.

What is scored is what belief counts: an origin's own last firm word before a question was settled. Rules and a worked table:
docs/scores.md. Pure functions over records; only `read_outcomes` opens a file.
"""

from __future__ import annotations

import csv
import io
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from statistics import fmean, median
from typing import Final, Literal, Protocol

from sayso.belief import Past, Pooling, Word, elsewhere, words
from sayso.errors import InputError
from sayso.origins import plain
from sayso.records import Link, Outcome, Question, SourceKind, Stance, Status

LEAST: Final = 3  # settled questions under which an origin has no figures
CERTAIN: Final = 5 / 6  # lean from which a wording is called certain: half way from "expected" (2/3) to "will" (1)
Z: Final = 1.959964  # 95 %
COLUMNS: Final = ("id", "question", "window", "status", "on", "evidence")

Wording = Literal["certain", "probable", "observing"]
WORDINGS: Final[tuple[Wording, ...]] = ("certain", "probable", "observing")
_STATUSES: Final[tuple[Status, ...]] = ("open", "yes", "no", "ambiguous")


class Chained(Protocol):
    """What a claim tells of its origin: a claim itself will do."""

    @property
    def origin(self) -> str | None:
        """Whose word it is."""

    @property
    def chain(self) -> tuple[Link, ...]:
        """The hands it went through."""


@dataclass(frozen=True, slots=True)
class Share:
    """`right` of `of`, with its Wilson interval (95 %), and the claims it rests on."""

    right: int
    of: int
    low: float
    mid: float
    high: float
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean or median of `of` values, and the claims it rests on."""

    value: float
    of: int
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Call:
    """What an origin had said to a question when it was settled: its last firm side, and what came of it.

    `p` is the probability of yes as worded, `claims` those of its last unbroken run on that side with the last word first, `since` the
    day that run began (`exact`: known to the day, not only as the last possible). `lead` counts the days from then to the outcome, `ahead`
    those to the first other origin that was right and stayed so (negative: behind it); None where wrong, where a day is not known, or
    where there is no other.
    """

    question: str
    origin: str
    said: Literal["yes", "no"]
    p: float
    right: bool
    since: date
    exact: bool
    on: date
    claims: tuple[str, ...]
    lead: int | None
    ahead: int | None


@dataclass(frozen=True, slots=True)
class Settled:
    """A settled question: its outcome, the calls on it (the right ones first, earliest first), and the outlets that printed others' word
    and had none of their own.
    """

    question: str
    outcome: Outcome
    calls: tuple[Call, ...]
    carriers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TrackRecord:
    """How an origin has fared. `claims` are all of it on any question; `calls` what is scored.

    With too few calls for figures, all of these are None: `hit_rate`, `brier` (0 best … 1 worst), `baseline` (the Brier score on the same
    questions of who always gives the share of yes), `lead` over the outcome and `ahead` of the first other origin, both medians in days
    over what was right. `calibration` says how often each wording came true, counted once a question.
    """

    origin: str
    kind: SourceKind | None
    claims: tuple[str, ...]
    calls: tuple[Call, ...]
    hit_rate: Share | None
    brier: Mean | None
    baseline: Mean | None
    lead: Mean | None
    ahead: Mean | None
    calibration: tuple[tuple[Wording, Share], ...]

    @property
    def resolved(self) -> int:
        """Settled questions on which it took a side."""
        return len(self.calls)

    @property
    def right(self) -> int:
        """Those on which the side was the outcome."""
        return sum(call.right for call in self.calls)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A question that is not scored, and why."""

    question: str
    why: Literal["open", "ambiguous", "no day"]


@dataclass(frozen=True, slots=True)
class Scores:
    """Track records (those with figures first, the surest first), the settled questions, and those not scored."""

    records: tuple[TrackRecord, ...]
    settled: tuple[Settled, ...]
    left_out: tuple[LeftOut, ...]


# --- scoring ------------------------------------------------------------------------------------------------------------------


def score(
    questions: Sequence[Question],
    stances: Iterable[Stance],
    outcomes: Iterable[Outcome],
    *,
    claims: Iterable[Chained] = (),
    pooling: Pooling | None = None,
    least: int = LEAST,
) -> Scores:
    """Track records of every origin that said something to a question. `claims` tell the kinds of origins; `pooling` the days and relays."""
    # Who was right hangs on when it was said, not on when the ledger read it.
    pooling = replace(pooling or Pooling(), recorded=None)
    by_question: dict[str, list[Stance]] = defaultdict(list)
    for one in stances:
        by_question[one.question].append(one)
    ended = {one.question: one for one in outcomes}
    settled, left_out = list[Settled](), list[LeftOut]()
    observed: dict[str, dict[Wording, list[tuple[bool, str]]]] = defaultdict(lambda: defaultdict(list))
    for question in questions:
        outcome = ended.get(question.id, Outcome(question.id, "open"))
        day = settled_on(question, outcome)
        if day is None or outcome.status not in ("yes", "no"):
            left_out.append(LeftOut(question.id, _why(outcome)))
            continue
        mine = by_question[question.id]
        rivals = [s for q in questions if q.group is not None and q.group == question.group for s in by_question[q.id]]
        taken = elsewhere(question, questions, rivals)
        told = words(question.id, mine, as_of=day - timedelta(days=1), pooling=pooling)
        calls = _compared([c for w in told.values() if (c := _call(question.id, w, outcome, day, taken))])
        settled.append(Settled(question.id, outcome, calls, _carriers(mine)))
        for key, said in told.items():
            for wording, true, claim in _wordings(said, outcome, taken):
                observed[key][wording].append((true, claim))
    yes = sum(one.outcome.status == "yes" for one in settled)
    base = (yes + 1) / (len(settled) + 2)  # a rule of succession: two questions that ended yes do not make a sure thing
    kinds = _kinds(claims)
    calls_of = _by_origin(call for one in settled for call in one.calls)
    records = [
        _record(name, said, calls_of[key], observed[key], base=base, kind=kinds.get(key), least=least)
        for key, (name, said) in _spoken(by_question, pooling).items()
    ]
    return Scores(tuple(sorted(records, key=_rank)), tuple(settled), tuple(left_out))


def settled_on(question: Question, outcome: Outcome) -> date | None:
    """The day a question was settled: the outcome's own; a no without one came when the window closed; None where nothing tells."""
    if outcome.status not in ("yes", "no"):
        return None
    return outcome.on or (question.end + timedelta(days=1) if outcome.status == "no" and question.end else None)


def history(scores: Scores, questions: Iterable[Question]) -> dict[str, tuple[Past, ...]]:
    """What each origin's record was made of, as `Pooling.records` takes it: belief as of a day uses what was settled by then."""
    asked = {one.id: one for one in questions}
    past: dict[str, list[Past]] = defaultdict(list)
    for one in scores.settled:
        if day := settled_on(asked[one.question], one.outcome):
            for call in one.calls:
                past[plain(call.origin)].append((one.question, day, call.right))
    return {key: tuple(sorted(marks, key=lambda mark: (mark[1], mark[0]))) for key, marks in past.items()}


def wilson(right: int, of: int) -> tuple[float, float]:
    """The Wilson score interval of a share, 95 % (Wilson 1927); 0 … 1 where there is nothing to count."""
    if not of:
        return 0.0, 1.0
    share, z2 = right / of, Z * Z
    middle = (share + z2 / (2 * of)) / (1 + z2 / of)
    half = Z / (1 + z2 / of) * math.sqrt(share * (1 - share) / of + z2 / (4 * of * of))
    return min(share, max(0.0, middle - half)), max(share, min(1.0, middle + half))


def _why(outcome: Outcome) -> Literal["open", "ambiguous", "no day"]:
    if outcome.status == "open" or outcome.status == "ambiguous":
        return outcome.status
    return "no day"


def _call(question: str, said: Sequence[Word], outcome: Outcome, day: date, taken: frozenset[str]) -> Call | None:
    """An origin's call; None where it took no firm side, or left this question for another alternative, where it is scored."""
    firm = [word for word in said if word.firm]
    if not firm or _only_elsewhere(firm[-1], taken):
        return None
    last = firm[-1]
    run = [last]
    for word in reversed(firm[:-1]):
        if word.lean * last.lean < 0 or _only_elsewhere(word, taken):
            break
        run.append(word)
    right = (last.lean > 0) == (outcome.status == "yes")
    exact = run[-1].stances[0].on is not None
    return Call(
        question,
        last.origin,
        "yes" if last.lean > 0 else "no",
        (1 + last.lean) / 2,
        right,
        run[-1].on,
        exact,
        last.on,
        tuple(one.claim for word in run for one in word.stances if one.stance == last.stances[0].stance),
        (day - run[-1].on).days if right and exact and outcome.on else None,
        None,
    )


def _only_elsewhere(word: Word, taken: frozenset[str]) -> bool:
    """Whether a word is against a question only by being for one of its alternatives."""
    return word.lean < 0 and all(one.claim in taken for one in word.stances if one.stance == "against")


def _by_origin(calls: Iterable[Call]) -> dict[str, list[Call]]:
    found: dict[str, list[Call]] = defaultdict(list)
    for call in calls:
        found[plain(call.origin)].append(call)
    return found


def _compared(calls: Sequence[Call]) -> tuple[Call, ...]:
    """The calls of one question with the days each right one was ahead of the first other, in order."""
    right = [call for call in calls if call.right]
    made = []
    for call in calls:
        others = [other for other in right if other is not call]
        first = min((other.since for other in others), default=None)
        sure = call.right and call.exact and all(other.exact for other in others if other.since == first)
        ahead = (first - call.since).days if first and sure else None
        made.append(replace(call, ahead=ahead))
    return tuple(sorted(made, key=lambda c: (not c.right, c.since, c.origin)))


def _wordings(said: Sequence[Word], outcome: Outcome, taken: frozenset[str]) -> Iterator[tuple[Wording, bool, str]]:
    """Each wording an origin used of a question, by its latest word: whether it came true, and the claim.

    What only observes ("in talks", "interested") came true where the question ended with yes; it is no call.
    """
    latest: dict[Wording, tuple[bool, str]] = {}
    for word in said:
        if word.firm and not _only_elsewhere(word, taken):
            wording: Wording = "certain" if abs(word.lean) >= CERTAIN else "probable"
            latest[wording] = ((word.lean > 0) == (outcome.status == "yes"), word.stances[0].claim)
        elif all(one.stance == "observing" for one in word.stances):
            latest["observing"] = (outcome.status == "yes", word.stances[0].claim)
    yield from ((wording, true, claim) for wording, (true, claim) in latest.items())


def _carriers(stances: Iterable[Stance]) -> tuple[str, ...]:
    """The outlets that printed others' word on a question and had none of their own."""
    outlets: dict[str, str] = {}
    own = set()
    for one in stances:
        if one.outlet:
            outlets.setdefault(plain(one.outlet), one.outlet)
            if one.origin and plain(one.origin) == plain(one.outlet):
                own.add(plain(one.outlet))
    return tuple(sorted(name for key, name in outlets.items() if key not in own))


def _spoken(by_question: Mapping[str, Sequence[Stance]], pooling: Pooling) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Each origin's name and the claims that are its own word, by plain name; what has no day comes last."""
    names: dict[str, str] = {}
    claims: dict[str, dict[str, date]] = defaultdict(dict)
    for question in sorted(by_question):
        for key, said in words(question, by_question[question], pooling=pooling).items():
            names.setdefault(key, said[-1].origin)
            claims[key] |= {one.claim: word.on for word in said for one in word.stances}
        for one in by_question[question]:
            if one.origin and not (one.on or pooling.days.get(one.claim)):
                names.setdefault(plain(one.origin), one.origin)
                claims[plain(one.origin)].setdefault(one.claim, date.max)
    return {
        key: (names[key], tuple(sorted(said, key=lambda claim: (said[claim], claim)))) for key, said in claims.items()
    }


def _kinds(claims: Iterable[Chained]) -> dict[str, SourceKind]:
    """What kind each origin is, from the hands the word went through; an outlet's own voice is an outlet."""
    kinds: dict[str, SourceKind] = {}
    for claim in claims:
        for link in claim.chain:
            if claim.origin and plain(link.name) == plain(claim.origin):
                kinds.setdefault(plain(claim.origin), "outlet" if link.kind == "own" else link.kind)
    return kinds


def _record(
    name: str,
    claims: tuple[str, ...],
    calls: Sequence[Call],
    wordings: Mapping[Wording, Sequence[tuple[bool, str]]],
    *,
    base: float,
    kind: SourceKind | None,
    least: int,
) -> TrackRecord:
    """An origin's record; `base` is the share of yes that the baseline always gives."""
    made = tuple(sorted(calls, key=lambda call: (call.on, call.question)))
    if len(made) < least:
        return TrackRecord(name, kind, claims, made, None, None, None, None, None, ())
    ended = [float(call.right == (call.said == "yes")) for call in made]
    return TrackRecord(
        name,
        kind,
        claims,
        made,
        hit_rate=_share([(call.right, call.claims[0]) for call in made]),
        brier=Mean(fmean((call.p - end) ** 2 for call, end in zip(made, ended, strict=True)), len(made), _behind(made)),
        baseline=Mean(fmean((base - end) ** 2 for end in ended), len(made), _behind(made)),
        lead=_median([(call, call.lead) for call in made]),
        ahead=_median([(call, call.ahead) for call in made]),
        calibration=tuple((one, _share(wordings[one])) for one in WORDINGS if wordings.get(one)),
    )


def _share(marks: Sequence[tuple[bool, str]]) -> Share:
    right, of = sum(true for true, _ in marks), len(marks)
    low, high = wilson(right, of)
    return Share(right, of, low, right / of, high, tuple(claim for _, claim in marks))


def _behind(calls: Iterable[Call]) -> tuple[str, ...]:
    return tuple(call.claims[0] for call in calls)


def _median(days: Iterable[tuple[Call, int | None]]) -> Mean | None:
    """The median of the days that are known, with the claim that began each run."""
    known = [(call, number) for call, number in days if number is not None]
    if not known:
        return None
    return Mean(float(median(number for _, number in known)), len(known), tuple(call.claims[-1] for call, _ in known))


def _rank(record: TrackRecord) -> tuple[bool, float, float, int, str]:
    low = record.hit_rate.low if record.hit_rate else 0.0
    brier = record.brier.value if record.brier else 0.0
    return record.hit_rate is None, -low, brier, -len(record.claims), record.origin


# --- outcomes.csv -------------------------------------------------------------------------------------------------------------


def read_outcomes(path: Path, questions: Sequence[Question]) -> tuple[Outcome, ...]:
    """The outcomes in a CSV file (UTF-8). Raises InputError that names the line, as `outcomes_from` does."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            return outcomes_from(lines, questions, name=str(path))
    except OSError as error:
        raise InputError(f"{path}: outcomes cannot be read ({error.strerror or error})") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: outcomes are not UTF-8; save the table as UTF-8") from error


def outcomes_from(
    lines: Iterable[str], questions: Sequence[Question], *, name: str = "outcomes"
) -> tuple[Outcome, ...]:
    """The outcomes in CSV with a header; columns as in COLUMNS, in any order, others ignored.

    A row names its question by `id` or by the words of `question`, with the `window` (FROM..TO) where these words were asked twice;
    `status` is needed, `on` is an ISO date. Rows without a status are passed over. Raises InputError with the line of a row that does not
    hold.
    """
    outcomes: dict[str, tuple[Outcome, int]] = {}
    for line, row in _rows(lines, name):
        try:
            outcome = _outcome(row, questions)
            if outcome is None:
                continue
            earlier = outcomes.setdefault(outcome.question, (outcome, line))
            if earlier[0] != outcome:
                raise InputError(f"another outcome than in line {earlier[1]} for the same question; keep one of them")
        except InputError as error:
            raise InputError(f"{name}:{line}: {error}") from None
    return tuple(outcome for outcome, _ in outcomes.values())


def outcomes_csv(outcomes: Iterable[Outcome], questions: Iterable[Question]) -> str:
    """Outcomes as CSV text that `outcomes_from` reads back, a row a question and in the order of `questions`, the open ones with no status
    to be filled in.
    """
    ended = {one.question: one for one in outcomes}
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(COLUMNS)
    for one in questions:
        outcome = ended.get(one.id, Outcome(one.id, "open"))
        status = "" if outcome.status == "open" else outcome.status
        rows.writerow((one.id, one.text, _window(one), status, outcome.on or "", outcome.evidence or ""))
    return text.getvalue()


def _rows(lines: Iterable[str], name: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row by column, with the line it begins on."""
    reader = csv.reader(lines, strict=True)
    names: list[str] | None = None
    start = 1
    try:
        for cells in reader:
            line, start = start, reader.line_num + 1
            if not any(cell.strip() for cell in cells):
                continue
            if names is None:
                names = [cell.strip().lower() for cell in cells]
                if "status" not in names or not {"id", "question"} & set(names):
                    raise InputError(f"{name}:{line}: columns are {', '.join(names)}; expected {', '.join(COLUMNS)}")
            elif len(cells) > len(names):
                raise InputError(f"{name}:{line}: more cells than columns; put words with commas in quotation marks")
            else:
                yield line, {column: cell.strip() for column, cell in zip(names, cells, strict=False)}
    except csv.Error as error:
        raise InputError(f"{name}:{start}: not CSV ({error}); check the quotation marks") from error
    if names is None:
        raise InputError(f"{name}: no header; the first line names the columns {', '.join(COLUMNS)}")


def _outcome(row: Mapping[str, str], questions: Sequence[Question]) -> Outcome | None:
    status = _status(row["status"].lower()) if row.get("status") else None
    if status is None:
        return None
    question = _question(row, questions)
    on = None
    if row.get("on"):
        try:
            on = date.fromisoformat(row["on"])
        except ValueError:
            raise InputError(f"{row['on']!r} is no date; write it as 2031-05-14") from None
    if status == "yes" and on and ((question.start and on < question.start) or (question.end and on > question.end)):
        raise InputError(f"yes on {on}, outside the window {_window(question)} of {question.text!r}")
    return Outcome(question.id, status, on, row.get("evidence") or None)


def _status(word: str) -> Status:
    status = next((one for one in _STATUSES if one == word), None)
    if status is None:
        raise InputError(f"status is {word!r}; write yes, no, ambiguous or open")
    return status


def _question(row: Mapping[str, str], questions: Sequence[Question]) -> Question:
    """The question that a row means."""
    if row.get("id"):
        found = [one for one in questions if one.id == row["id"]]
    else:
        words, window = row.get("question", "").casefold(), row.get("window", "")
        found = [one for one in questions if one.text.casefold() == words and window in ("", _window(one))]
    named = row.get("id") or f"{row.get('question', '')} {row.get('window', '')}".strip()
    if not found:
        raise InputError(f"no question {named!r}; `sayso questions` lists them")
    if len(found) > 1:
        raise InputError(f"{named!r} was asked of {', '.join(_window(one) for one in found)}; give the window")
    return found[0]


def _window(question: Question) -> str:
    return f"{question.start or ''}..{question.end or ''}"
