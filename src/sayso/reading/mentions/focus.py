"""Who a pronoun may stand for: everyone whom the text has just named, described or heard, with a score.

Near before far, subjects before objects, the last speaker before others; what does not fit in number or gender is left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from sayso.reading.mentions.cast import Cast, Mention
from sayso.reading.mentions.heard import NO_HINT, Hint, Spoken
from sayso.reading.mentions.nouns import GROUPS, head

_OWNED = re.compile(r"[’']s?\s\w")
#: "his cellist …; his first wife": the second is not the first one's
_PARALLEL = 1.5
_LAST_SPEAKER = 1.5
#: "Crane himself was harder to pin down": whom the text turns to
_HIMSELF = (" himself", " herself")
_TURNED_TO = 1.5


def candidates(
    cast: Cast,
    spoken: Sequence[Spoken],
    full: Callable[[Mention], str],
    word: str,
    at: int,
    *,
    owner: str = "",
    hint: Hint = NO_HINT,
) -> list[tuple[float, str, str]]:
    """Everyone near whom a pronoun fits, with a score; `owner` is the possessive ("his") where it says whose, `full` names a mention in full."""
    heard = {s.at: s for s in spoken if s.kind in ("person", "anonymous")}
    sentence = cast.layout.sentence
    here = sentence(at)
    want = {"he": "m", "she": "f"}.get(word)
    scored: list[tuple[float, str, str]] = []
    for m in reversed(cast.until(at)):
        away = here - sentence(m.start)
        if away > 6 or len(scored) > 40:
            break
        if m.end > at or (want and m.kind == "outlet" and m.name not in cast.reporters):
            continue
        if m.name == cast.outlet:
            continue  # it prints the text and is spoken of by name
        fit = _fits(word, m.kind, m.number, m.gender, m.noun, named=m.named, unplaced=m.name in cast.unplaced)
        if fit is None:
            continue
        score = fit + m.weight - 1.1 * away - 0.6 * cast.text.count("\n\n", m.end, at)
        score += 0.15 * min(4, cast.counts[m.name]) + (0.4 if m.named else 0.0)
        if want and cast.text.startswith(_HIMSELF, m.end):
            score += _TURNED_TO
        if owner == "its" and m.kind == "document":
            score -= _PARALLEL
        if owner and m.name.lower().startswith(owner + " "):
            score -= _PARALLEL
        same = None if m.named else heard.get(m.start)
        name, kind = (same.name, same.kind) if same else (full(m), m.kind)
        scored.append((score - 0.0005 * (at - m.end), name, kind))
    return scored + list(_heard(cast, spoken, word, at, owner=owner, hint=hint))


def _heard(
    cast: Cast, spoken: Sequence[Spoken], word: str, at: int, *, owner: str, hint: Hint
) -> Iterator[tuple[float, str, str]]:
    """The sources settled so far whom the pronoun fits: the last one most."""
    here = cast.layout.sentence(at)
    want = {"he": "m", "she": "f"}.get(word)
    for back, s in enumerate(reversed(spoken)):
        away = here - cast.layout.sentence(s.at)
        if back > 3 or away > 5 or s.at >= at or (want and s.kind == "outlet" and s.name not in cast.reporters):
            continue
        fit = _fits(word, s.kind, s.number, s.gender, head(s.name), named=False)
        if fit is None or (want and s.gender and s.gender != want):
            continue
        bonus = (
            (2.6 if away == 0 else 1.9)
            + (0.8 if word == "it" and s.kind == "document" else 0.0)
            + (_LAST_SPEAKER if hint.goes_on and back == 0 else 0.0)
            - (0.7 if _OWNED.search(s.name) else 0.0)
            - (_PARALLEL if owner and s.opener == owner else 0.0)
            - 0.6 * cast.text.count("\n\n", s.at, at)
        )
        yield fit + bonus - 0.7 * away - 0.5 * back, s.name, s.kind


def _fits(
    word: str, kind: str, number: int, gender: str | None, noun: str, *, named: bool, unplaced: bool = False
) -> float | None:
    """Whether a pronoun can stand for it: None if not, else how well."""
    if word in ("he", "she"):
        if named and kind == "organisation" and number == 1 and unplaced:
            return -2.0
        if kind not in ("person", "anonymous") and not (kind == "outlet" and named):
            return None
        if number == 2 or noun in GROUPS or (gender and gender != {"he": "m", "she": "f"}[word]):
            return None
        return (1.0 if gender else 0.0) + {"person": 0.0, "outlet": -1.2}.get(kind, -0.6)
    if word == "it":
        if kind in ("person", "anonymous") or number == 2:
            return None
        return {"organisation": 0.6, "document": 0.4, "outlet": 0.3, "place": -0.4}.get(kind, 0.0)
    if word == "they":
        if number == 2 or noun in GROUPS:
            return 0.8
        return {"organisation": 0.3, "anonymous": 0.0}.get(kind)
    return None
