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
from datetime import date
from pathlib import Path
from statistics import fmean, median
from typing import Final, Protocol

from sayso.belief import Past, Pooling, elsewhere
from sayso.errors import InputError
from sayso.origins import plain
from sayso.reckoning import WORDINGS, Call, LeftOut, Reckoning, Settled, Wording, reckon, settled_on, spoken
from sayso.records import Link, Outcome, Question, SourceKind, Stance, Status

LEAST: Final = 3  # settled questions under which an origin has no figures
Z: Final = 1.959964  # 95 %
COLUMNS: Final = ("id", "question", "window", "status", "on", "evidence")

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
    return merge(reckonings(questions, stances, outcomes, pooling=pooling), claims=claims, least=least)


def reckonings(
    questions: Sequence[Question],
    stances: Iterable[Stance],
    outcomes: Iterable[Outcome],
    *,
    pooling: Pooling | None = None,
) -> list[Reckoning]:
    """What each question adds to track records, in their order; then what is said to others. Alternatives are looked for among them."""
    # Who was right hangs on when it was said, not on when the ledger read it.
    pooling = replace(pooling or Pooling(), recorded=None)
    by_question: dict[str, list[Stance]] = defaultdict(list)
    for one in stances:
        by_question[one.question].append(one)
    ended = {one.question: one for one in outcomes}
    groups: dict[str, list[Question]] = defaultdict(list)
    for question in questions:
        if question.group is not None:
            groups[question.group].append(question)
    made = []
    for question in questions:
        outcome = ended.get(question.id, Outcome(question.id, "open"))
        rivals = groups[question.group] if question.group is not None else []
        taken = elsewhere(question, rivals, [one for rival in rivals for one in by_question[rival.id]])
        made.append(reckon(question, outcome, by_question[question.id], taken=taken, pooling=pooling))
    strange = sorted(by_question.keys() - {question.id for question in questions})
    return made + [spoken(one, by_question[one], pooling) for one in strange]


def merge(parts: Sequence[Reckoning], *, claims: Iterable[Chained] = (), least: int = LEAST) -> Scores:
    """The track records that these questions add up to. `claims` tell the kinds of origins."""
    settled = tuple(one.ended for one in parts if isinstance(one.ended, Settled))
    left_out = tuple(one.ended for one in parts if isinstance(one.ended, LeftOut))
    observed: dict[str, dict[Wording, list[tuple[bool, str]]]] = defaultdict(lambda: defaultdict(list))
    for one in parts:
        for key, wording, true, claim in one.wordings:
            observed[key][wording].append((true, claim))
    yes = sum(one.outcome.status == "yes" for one in settled)
    base = (yes + 1) / (len(settled) + 2)  # a rule of succession: two questions that ended yes do not make a sure thing
    kinds = _kinds(claims)
    calls_of = _by_origin(call for one in settled for call in one.calls)
    records = [
        _record(name, said, calls_of.get(key, ()), observed.get(key, {}), base=base, kind=kinds.get(key), least=least)
        for key, (name, said) in _spoken(parts).items()
    ]
    return Scores(tuple(sorted(records, key=_rank)), settled, left_out)


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


def _by_origin(calls: Iterable[Call]) -> dict[str, list[Call]]:
    found: dict[str, list[Call]] = defaultdict(list)
    for call in calls:
        found[plain(call.origin)].append(call)
    return found


def _spoken(parts: Iterable[Reckoning]) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Each origin's name and the claims that are its own word, by plain name; what has no day comes last."""
    names: dict[str, str] = {}
    days: dict[str, dict[str, date]] = defaultdict(dict)
    for part in sorted(parts, key=lambda part: part.question):
        said = part.said
        for origin, claim, day in zip(said.origins, said.claims, said.days, strict=True):
            key = plain(origin)
            names.setdefault(key, origin)
            if day is None:
                days[key].setdefault(claim, date.max)
            else:
                days[key][claim] = day
    return {key: (names[key], _by_day(held)) for key, held in days.items()}


def _by_day(held: Mapping[str, date]) -> tuple[str, ...]:
    if len(held) == 1:  # most origins spoke once
        return tuple(held)
    return tuple(sorted(held, key=lambda claim: (held[claim], claim)))


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
