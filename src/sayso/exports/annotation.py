"""Claims as W3C Web Annotations (REC 2017-02-23), and back: an annotation anchored onto another extraction of the same report.

Positions are Unicode code points from 0, end exclusive, into the article's `text` as exported (the model says code points too, §4.2.5;
browsers count UTF-16 units). Words that changed are not anchored to words that are like them: evidence is word for word or it is gone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from sayso.errors import InputError
from sayso.exports.names import iri, link
from sayso.records import Article, Claim, Span

CONTEXT: Final = "http://www.w3.org/ns/anno.jsonld"
AROUND: Final = 32  # characters of prefix and suffix; Hypothesis keeps as many

_JOINED: Final = frozenset("ﬀﬁﬂﬃﬄﬅﬆ…")
#: what ends and begins on the two sides of a border inside a word or number
_INSIDE: Final = ((r"\w", r"\w"), (r"\d[.,]", r"\d"), (r"\d", r"[.,]\d"))

How = Literal["in place", "moved", "respelt"]


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where the words of one target stand in another text: `span`, and how they were found.

    `in place`: at the old offsets; `moved`: the same words elsewhere; `respelt`: the same but for white space, quotation marks, dashes,
    ligatures and invisible characters. `sure` is False where the words stand in several places that fit alike; the nearest is taken.
    """

    span: Span
    how: How
    sure: bool


@dataclass(frozen=True, slots=True)
class Lost:
    """A target whose words the other text does not have, and the words."""

    exact: str


def annotation(
    claim: Claim, article: Article, *, recorded: str | None = None, base: str | None = None
) -> dict[str, Any]:
    """A claim as a Web Annotation: one target for each piece of its evidence, and what is claimed by whom as the body."""
    source = link(article.url) or iri("article", article.id, base)
    made: dict[str, Any] = {
        "@context": CONTEXT,
        "id": iri("claim", claim.id, base),
        "type": "Annotation",
        "motivation": "describing",
        "body": {
            "type": "TextualBody",
            "purpose": "describing",
            "format": "text/plain",
            "language": "en",
            "value": _told(claim),
        },
        "target": [_target(piece, article.text, source) for piece in claim.evidence],
    }
    return made | {"created": recorded} if recorded else made


def _told(claim: Claim) -> str:
    """Whose word it is, by whom it came and how surely it is put, as plain text."""
    whose = claim.source.name or "nobody named"
    through = ", ".join(hand.name for hand in claim.chain[1:] if hand.name != "?")
    sure = "not told by the wording" if claim.certainty is None else f"{claim.certainty:+d} of −3 to +3"
    return f"{whose} ({claim.source.kind}){f', by way of {through}' if through else ''}; certainty {sure}"


def _target(piece: Span, text: str, source: str) -> dict[str, Any]:
    quote = {
        "type": "TextQuoteSelector",
        "exact": piece.text,
        "prefix": text[max(0, piece.start - AROUND) : piece.start],
        "suffix": text[piece.end : piece.end + AROUND],
    }
    position = {"type": "TextPositionSelector", "start": piece.start, "end": piece.end}
    return {"source": source, "selector": [quote, position]}


def collection(made: Sequence[Mapping[str, Any]], *, base: str | None = None) -> dict[str, Any]:
    """Annotations as one AnnotationCollection with a single page (§5 of the model)."""
    page = iri("annotations", "1", base)
    items = [{key: value for key, value in one.items() if key != "@context"} for one in made]
    return {
        "@context": CONTEXT,
        "id": iri("annotations", "all", base),
        "type": "AnnotationCollection",
        "label": "Claims on record",
        "total": len(items),
        "first": {"id": page, "type": "AnnotationPage", "startIndex": 0, "items": items},
    }


def anchored(annotation: Mapping[str, Any], text: str) -> tuple[Anchor | Lost, ...]:
    """Each target of an annotation in another text, in order. Raises InputError where a target has no quote selector.

    Among several places with the same words the one whose surroundings agree best is taken, then the nearest to the old position.
    """
    targets = annotation.get("target")
    held = targets if isinstance(targets, list) else [targets]
    return tuple(_anchor(one, text) for one in held)


def _anchor(target: object, text: str) -> Anchor | Lost:
    selectors = target.get("selector") if isinstance(target, Mapping) else None
    held = selectors if isinstance(selectors, list) else [selectors]
    by_type = {one.get("type"): one for one in held if isinstance(one, Mapping)}
    quote, position = by_type.get("TextQuoteSelector", {}), by_type.get("TextPositionSelector", {})
    exact, before, after = (quote.get(key, "") for key in ("exact", "prefix", "suffix"))
    start = position.get("start", 0)
    if not (exact and isinstance(exact, str) and isinstance(before, str) and isinstance(after, str)):
        raise InputError(
            "a target has no TextQuoteSelector with words in `exact`; positions alone do not survive another extraction"
        )
    if not isinstance(start, int):
        raise InputError(f"a TextPositionSelector starts at {start!r}; a whole number is expected")
    plain = [at for at in _places(exact, text) if _whole_words(at, text, before, after)]
    found = plain or [at for at in _respelt(exact, text) if _whole_words(at, text, before, after)]
    if not found:
        return Lost(exact)
    ranked = sorted(found, key=lambda at: (-_agreement(at, text, before, after), abs(at[0] - start)))
    best = ranked[0]
    fit = _agreement(best, text, before, after)
    sure = len(ranked) == 1 or _agreement(ranked[1], text, before, after) < fit
    span = Span(*best, text[slice(*best)])
    if not plain:
        return Anchor(span, "respelt", sure)
    return Anchor(span, "in place" if best[0] == start else "moved", sure)


def _whole_words(at: tuple[int, int], text: str, before: str, after: str) -> bool:
    """Whether the words stand for themselves there: "he left" is not in "she left", nor "5 million" in "1.5 million"; unless the
    annotation itself began or ended inside a word.
    """
    start, end = at
    words = text[start:end]
    cut_before = _cut(text[max(0, start - 2) : start], words) and not _cut(before[-2:], words)
    cut_after = _cut(words[-2:], text[end : end + 2]) and not _cut(words[-2:], after)
    return not (cut_before or cut_after)


def _cut(left: str, right: str) -> bool:
    """Whether the border between two strings runs through a word or a number."""
    return any(re.search(rf"{end}\Z", left) and re.match(beginning, right) for end, beginning in _INSIDE)


def _places(exact: str, text: str) -> list[tuple[int, int]]:
    return [(found.start(), found.start() + len(exact)) for found in re.finditer(f"(?={re.escape(exact)})", text)]


def _respelt(exact: str, text: str) -> list[tuple[int, int]]:
    """The places with the same words when spelling that no reader hears is set aside."""
    wanted = _spelling(exact)[0].strip()
    plain, places = _spelling(text)
    if not wanted:
        return []
    found = [at for at in _places(wanted, plain) if not unicodedata.combining(plain[at[1] : at[1] + 1] or " ")]
    return [(places[start], places[end - 1] + 1) for start, end in found]


def _spelling(text: str) -> tuple[str, list[int]]:
    """A text in one plain spelling, and for each of its characters the place in the text that it came from."""
    kept: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(text):
        # Compatibility forms are kept apart but for these: 5² is not 52.
        form: Literal["NFKD", "NFD"] = "NFKD" if sign in _JOINED else "NFD"
        for one in unicodedata.normalize(form, sign):
            plain = _plain(one)
            if plain and not (plain == " " and kept and kept[-1] == " "):
                kept.append(plain)
                places.append(place)
    return "".join(kept), places


def _plain(sign: str) -> str:
    if sign.isspace():
        return " "
    # Soft hyphens and zero-width signs come and go between extractions.
    if unicodedata.category(sign) in ("Cf", "Cc"):
        return ""
    if sign in "“”„‟«»″":
        return '"'
    if sign in "‘’‚‛‹›′`´":
        return "'"
    return "-" if unicodedata.category(sign) == "Pd" or sign == "−" else sign


def _agreement(at: tuple[int, int], text: str, before: str, after: str) -> int:
    """How many characters of the surroundings agree, counted outward from the words."""
    left, right = (
        _spelling(one)[0] for one in (text[max(0, at[0] - 2 * AROUND) : at[0]], text[at[1] : at[1] + 2 * AROUND])
    )
    wanted_left, wanted_right = _spelling(before)[0], _spelling(after)[0]
    return _alike(left[::-1], wanted_left[::-1]) + _alike(right, wanted_right)


def _alike(one: str, other: str) -> int:
    """Length of the common beginning."""
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
