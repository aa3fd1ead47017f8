"""How figures, days and kinds are put in words on a page: the filters of the templates."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sayso.belief import Contribution
from sayso.ledger import Followed
from sayso.records import Claim, Event, Question, Stance, certainty_words
from sayso.views import Line, Part, QuestionPage
from sayso.views.marked import Mark
from sayso.views.worded import CHANGES, MANNERS, day_words, short_kind, written

_STEP = re.compile(r"\bcertainty ([+−-]?[0-3])\b")

KINDS = {
    "person": "a person",
    "organisation": "an organisation",
    "anonymous": "unnamed, vouched for by the outlet",
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
SIDES = {"for": "▲", "against": "▼", "observing": "●"}


def day(value: date | None, otherwise: str = "undated") -> str:
    """'27 Apr 2025'."""
    return day_words(value) if value else otherwise


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
    """'+1.10', '−0.41', with a true minus; '0.00' without a sign."""
    return f"{value:+.2f}".replace("-", "−") if abs(value) >= 0.005 else "0.00"


def counted(number: int, one: str, many: str | None = None) -> str:
    """'1 article', '3 articles'."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def kind(name: str) -> str:
    """What a kind of source means."""
    return KINDS.get(name, name)


def side(name: str) -> str:
    """The mark of a side; it stands beside the word, never for it."""
    return SIDES.get(name, "")


def flat(words: str) -> str:
    """Words without their line breaks."""
    return " ".join(words.split())


def flat_keep(words: str) -> str:
    """Words without their line breaks, the space at the ends kept."""
    return re.sub(r"\s+", " ", words)


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


def by_weight(parts: Sequence[Part], weights: Mapping[str, float]) -> tuple[list[Part], list[Part]]:
    """The stances that count, the weightiest first; and the others."""
    counting = [part for part in parts if part.stance.claim in weights]
    beside = [part for part in parts if part.stance.claim not in weights]
    return sorted(counting, key=lambda part: -abs(weights[part.stance.claim])), beside


def adding(page: QuestionPage) -> list[float]:
    """What a belief is the sum of, in the order of its table."""
    now = page.belief
    return [now.prior, *(one.log_odds for one, _ in page.counting), *([now.rivals] if now.rivals else [])]


def changed(numbers: Sequence[int], lines: Sequence[Line]) -> bool:
    """Whether one of the claims with these numbers came or changed with an edit."""
    return any(lines[number - 1].edited for number in numbers)


def reason(words: str) -> str:
    """Why a stance was read: 'frame: leave (“exit”), certainty +2' → 'leave (“exit”), probable'."""
    told = _STEP.sub(lambda found: certainty_words(int(found[1].replace("−", "-"))), words)
    return told.removeprefix("frame: ")


def place_of(days: Sequence[date], day: date | None) -> int:
    """Which of the days is the last one by `day` (None: the last of all)."""
    return max(0, sum(day is None or one <= day for one in days) - 1)


FILTERS: dict[str, Callable[..., Any]] = {
    "day": day,
    "percent": percent,
    "signed": signed,
    "counted": counted,
    "kind": kind,
    "short_kind": short_kind,
    "certainty": certainty_words,
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
    "by_weight": by_weight,
    "weight_in": lambda claim, weights: weights[claim],
    "adding": adding,
    "reason": reason,
    "manner": lambda name: MANNERS[name],
    "change": lambda name: CHANGES[name],
    "changed": changed,
}
