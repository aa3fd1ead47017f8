"""Days → places across a chart: gaps of months are cut out, and shown as cut; ticks fall on days, weeks, months or years as fits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

from sayso.charts.drawing import LEFT, NARROW, RIGHT

LONG: Final = 60  # days without anything from which a gap may be cut out
SHARE: Final = 0.15  # of all days, that it must come to
CUT: Final = 4.5  # per cent of the width that a cut takes
LEAST: Final = 13.0  # per cent of the width that a stretch has at least
LABEL: Final = 46  # pixels for a label and the space beside it
WIDE: Final = 820  # pixels of a page on which the finer labels are shown
_FIRST, _LAST = date(100, 1, 1), date(9800, 1, 1)  # dates far out are misread ones; room to count on either side
#: steps between ticks: (unit, how many)
_STEPS: Final = (
    ("day", 1), ("day", 2), ("week", 1), ("week", 2), ("month", 1), ("month", 2), ("month", 3), ("month", 6),
    ("year", 1), ("year", 2), ("year", 5), ("year", 10), ("year", 25), ("year", 100),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days on end, and the part of the width they take, in per cent."""

    start: date
    end: date
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Tick:
    """A labelled day. `year` stands under the first of a year or stretch; `fine` ones are for wide pages only."""

    x: float
    label: str
    year: str
    fine: bool


@dataclass(frozen=True, slots=True)
class Scale:
    """The stretches of days that a chart shows, from left to right."""

    stretches: tuple[Stretch, ...]

    @property
    def start(self) -> date:
        """The first day shown."""
        return self.stretches[0].start

    @property
    def end(self) -> date:
        """The last day shown."""
        return self.stretches[-1].end

    @property
    def cuts(self) -> tuple[tuple[Stretch, Stretch], ...]:
        """Where days are left out: the stretches before and after."""
        return tuple(pairwise(self.stretches))

    def x(self, day: date) -> float:
        """The place of a day, in per cent; what is not shown stands at the edge before it."""
        place = self.stretches[0].left
        for one in self.stretches:
            if day < one.start:
                return place
            place = one.right
            if day <= one.end:
                return one.left + (one.right - one.left) * (day - one.start).days / max(1, (one.end - one.start).days)
        return place

    def ticks(self) -> tuple[Tick, ...]:
        """The labelled days."""
        made = list[Tick]()
        for tick in (tick for one in self.stretches for tick in _ticks(one)):
            # At a cut two stretches meet: of labels that would touch, the one that opens a stretch stays.
            while made and tick.x - made[-1].x < LABEL / (WIDE if tick.fine or made[-1].fine else NARROW) * 85:
                if tick.year and not made[-1].year:
                    made.pop()
                    continue
                break
            else:
                made.append(tick)
                continue
            if tick.year:
                made.append(tick)
        return tuple(made)


def scaled(days: Iterable[date], *, margins: Iterable[date | None] = (), near: int = 10) -> Scale:
    """The scale on which all `days` are seen; it reaches out to `margins` where these are near (`near` days are, at least)."""
    known = sorted({min(max(day, _FIRST), _LAST) for day in days}) or [date(2000, 1, 1)]
    span = (known[-1] - known[0]).days
    runs = [[known[0], known[0]]]
    for day in known[1:]:
        if (day - runs[-1][1]).days > max(LONG, SHARE * span):
            runs.append([day, day])
        runs[-1][1] = day
    shown = sum((last - first).days for first, last in runs)
    room = timedelta(days=min(60, max(2, round(shown * 0.03))))
    reach = timedelta(days=min(700, max(near, round(shown * 0.3))))
    edges = [day for day in margins if day]
    runs[0][0] = min([d for d in edges if runs[0][0] - reach <= d < runs[0][0]], default=runs[0][0] - room)
    runs[-1][1] = max([d for d in edges if runs[-1][1] < d <= runs[-1][1] + reach], default=runs[-1][1] + room)
    for run in runs[1:]:
        run[0] = run[0] - room
    for run in runs[:-1]:
        run[1] = run[1] + room
    return Scale(tuple(_placed([(first, last) for first, last in runs])))


def _placed(runs: Sequence[tuple[date, date]]) -> Iterator[Stretch]:
    cut = min(CUT, 30 / len(runs))
    width = RIGHT - LEFT - cut * (len(runs) - 1)
    least = min(LEAST, width / len(runs))
    lengths = [(last - first).days for first, last in runs]
    free = width - least * len(runs)
    left = LEFT
    for (first, last), days in zip(runs, lengths, strict=True):
        right = left + least + free * days / max(1, sum(lengths))
        yield Stretch(first, last, left, right)
        left = right + cut


def _ticks(stretch: Stretch) -> Iterator[Tick]:
    share = (stretch.right - stretch.left) / 100
    place = Scale((stretch,)).x
    coarse = _fitting(stretch, NARROW * share / LABEL)
    fine = _fitting(stretch, WIDE * share / LABEL)
    always = set(coarse[1])
    # Ticks of two steps (weeks, months) need not fall on the same days: a fine one too near a coarse one is left out.
    near = LABEL / WIDE * 100
    beside = [d for d in fine[1] if d not in always and all(abs(place(d) - place(o)) >= near for o in always)]
    said = ""
    for day in sorted([*always, *beside]):
        unit = coarse[0] if day in always else fine[0]
        year = "" if unit == "year" or str(day.year) == said or day in beside else str(day.year)
        said = year or said
        yield Tick(place(day), _label(day, unit), year, day not in always)


def _fitting(stretch: Stretch, most: float) -> tuple[str, list[date]]:
    """The finest step that gives no more than `most` ticks, and its days; the middle day where none does."""
    for unit, number in _STEPS:
        days = list(_days(stretch, unit, number, int(most) + 2))
        if days and len(days) <= max(1, most):
            return unit, days
    middle = stretch.start + (stretch.end - stretch.start) / 2
    return "day", [middle]


def _days(stretch: Stretch, unit: str, number: int, most: int) -> Iterator[date]:
    """The days of a step, no more than `most`."""
    found = 0
    if unit in ("day", "week"):
        step = number * (7 if unit == "week" else 1)
        day = stretch.start + timedelta(days=(1 - stretch.start.toordinal()) % step)  # day 1 was a Monday
        while day <= stretch.end and found < most:
            yield day
            found += 1
            if (date.max - day).days < step:
                return
            day += timedelta(days=step)
        return
    step = number * (12 if unit == "year" else 1)
    month = stretch.start.year * 12 + stretch.start.month - 1 + (stretch.start.day > 1)
    month += -month % step
    while month // 12 <= 9999 and (first := date(month // 12, month % 12 + 1, 1)) <= stretch.end and found < most:
        yield first
        found += 1
        month += step


def _label(day: date, unit: str) -> str:
    if unit == "year":
        return str(day.year)
    return f"{day:%b}" if unit == "month" else f"{day.day} {day:%b}"
