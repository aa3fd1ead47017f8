"""How figures, days and kinds are put in words on a page: the filters of the templates."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from sayso.belief import Contribution
from sayso.ledger import Followed
from sayso.records import Claim, Event, Question, Stance
from sayso.views import Part
from sayso.views.marked import Mark

_ISO = re.compile(r"\b\d{4}-\d\d-\d\d\b")

KINDS = {
    "person": "a person",
    "organisation": "an organisation",
    "anonymous": "somebody unnamed, vouched for",
    "outlet": "another outlet",
    "document": "a document",
    "unnamed": "nobody in particular",
    "own": "the article’s own voice",
}
BASES = {
    "metadata": "from the page’s data",
    "page": "from the page",
    "url": "from its address",
    "header": "from a header",
    "text": "from its words",
    "given": "as given",
    "unknown": "not known",
}
CERTAINTIES = {
    3: "certain",
    2: "probable",
    1: "possible",
    0: "open",
    -1: "possibly not",
    -2: "probably not",
    -3: "certainly not",
}
SIDES = {"for": "▲", "against": "▼", "observing": "●"}


def day(value: date | None, otherwise: str = "undated") -> str:
    """'27 Apr 2025'."""
    return f"{value.day} {value:%b} {value.year}" if value else otherwise


def span(start: date | None, end: date | None) -> str:
    """'3 Mar – 27 Apr 2025', as short as it can be said."""
    if start is None or end is None:
        known = start or end
        if known is None:
            return "undated"
        return f"since {day(known)}" if start else f"until {day(known)}"
    if start == end:
        return day(start)
    if start.year != end.year:
        return f"{day(start)} – {day(end)}"
    return f"{start.day} {start:%b} – {day(end)}" if start.month != end.month else f"{start.day} – {day(end)}"


def window(question: Question) -> str:
    """The days a question is about."""
    return "any time" if question.start is None and question.end is None else span(question.start, question.end)


def percent(share: float) -> str:
    """'63 %', with a narrow space that does not break."""
    return f"{share:.0%}".replace("%", "\u202f%")


def signed(value: float) -> str:
    """'+1.10', '−0.41', with a true minus."""
    return f"{value:+.2f}".replace("-", "−")


def counted(number: int, one: str, many: str | None = None) -> str:
    """'1 article', '3 articles'."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def kind(name: str) -> str:
    """What a kind of source means."""
    return KINDS.get(name, name)


def certainty(value: int | None) -> str:
    """What a step of the certainty scale means."""
    return CERTAINTIES.get(value, "not said") if value is not None else "not said"


def side(name: str) -> str:
    """The mark of a side; it stands beside the word, never for it."""
    return SIDES.get(name, "")


def flat(words: str) -> str:
    """Words without their line breaks."""
    return " ".join(words.split())


def flat_keep(words: str) -> str:
    """Words without their line breaks, the space at the ends kept."""
    return re.sub(r"\s+", " ", words)


def written(words: str) -> str:
    """Words with their ISO days spelt out: '27 Apr 2025'."""
    return _ISO.sub(lambda found: day(date.fromisoformat(found[0])), words)


def moment(words: str) -> str:
    """A moment on record (UTC, ISO): '27 Apr 2025, 14:05 UTC'."""
    known = datetime.fromisoformat(words)
    return f"{day(known.date())}, {known:%H:%M} UTC"


def happening(claim: Claim) -> list[tuple[str, str, tuple[tuple[str, str], ...]]]:
    """The events of a claim, those of the same words once: the words, the frames they are read as, and who does what."""
    found: dict[str, list[Event]] = {}
    for event in claim.events:
        found.setdefault(event.text, []).append(event)
    return [
        (words, ", ".join(dict.fromkeys(one.frame.replace("_", " ") for one in events)), events[0].roles)
        for words, events in found.items()
    ]


def basis(name: str) -> str:
    """How a date is known."""
    return BASES.get(name, name)


def counted_of(things: Sequence[object], one: str) -> str:
    """How many there are of them."""
    return counted(len(things), one)


def flat_text(inside: Sequence[object]) -> str:
    """The words of a marked stretch, its marks left off."""
    return flat(
        "".join(
            one if isinstance(one, str) else flat_text(one.inside) for one in inside if isinstance(one, (str, Mark))
        )
    )


def by_claim(stances: Sequence[tuple[Followed, Stance]]) -> dict[str, list[tuple[Followed, Stance]]]:
    """Stances under the claims they are read from."""
    found: dict[str, list[tuple[Followed, Stance]]] = {}
    for followed, stance in stances:
        found.setdefault(stance.claim, []).append((followed, stance))
    return found


def weights(counting: Sequence[tuple[Contribution, Part]]) -> dict[str, float]:
    """What each claim that counts adds, in log-odds."""
    return {part.stance.claim: one.log_odds for one, part in counting}


def place_of(days: Sequence[date], day: date | None) -> int:
    """Which of the days is the last one by `day` (None: the last of all)."""
    return max(0, sum(day is None or one <= day for one in days) - 1)


FILTERS: dict[str, Callable[..., Any]] = {
    "day": day,
    "percent": percent,
    "signed": signed,
    "counted": counted,
    "kind": kind,
    "certainty": certainty,
    "side": side,
    "flat": flat,
    "flat_keep": flat_keep,
    "flat_text": flat_text,
    "written": written,
    "moment": moment,
    "happening": happening,
    "basis": basis,
    "counted_of": counted_of,
    "by_claim": by_claim,
    "window": window,
}
