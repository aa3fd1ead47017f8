"""A model's answer → attributions whose every word stands in the article; what does not hold is refused, with the reason."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sayso.reading.decode import Found
from sayso.reading.labels import CERTAINTIES, KINDS
from sayso.reading.remote.prompt import STANCES
from sayso.reading.remote.quotes import Passage, Place, Quote, choose, occurrences, paragraphs_of, touching

# A model gives no probability of its own; this stands for "said so", as for a pattern that matched.
SURE = 0.75
MOST = 300  # attributions of one passage; more is no reading
_PIECES = 20
_SOURCE, _CUE = 300, 160  # code points; a longer one is no source or cue
_SHOWN = 120
_THOUGHTS = re.compile(r"\A\s*<think>.*?</think>", re.DOTALL)
_EDGE = " \t\n\r\f\v\u00a0,;:"


@dataclass(frozen=True, slots=True)
class Refused:
    """A claim that was not taken from an answer: why, and the words it is about, cut short."""

    reason: str
    words: str


class _No(Exception):  # noqa: N818 - an answer of no, caught a few lines on
    def __init__(self, reason: str, words: object = "") -> None:
        super().__init__(reason)
        self.refused = Refused(reason, words[:_SHOWN] if isinstance(words, str) else "")


def parsed(content: str) -> dict[str, object] | None:
    """The JSON object of an answer, thoughts before it, a code fence and remarks around it left off; None where there is none."""
    rest = _THOUGHTS.sub("", content)
    start = rest.find("{")
    if start < 0:
        return None
    try:
        told, _ = json.JSONDecoder().raw_decode(rest, start)
    except (ValueError, RecursionError):
        return None
    return told if isinstance(told, dict) else None


def is_answer(told: dict[str, object]) -> bool:
    """Whether this has the outer form of an answer about claims."""
    return isinstance(told.get("attributions"), list)


def attributions(told: dict[str, object], passage: Passage) -> tuple[list[Found], list[Refused]]:
    """What stands in the article of what the answer says, in the order given, and what was refused."""
    given = told["attributions"]
    entries = given if isinstance(given, list) else []
    found: list[Found] = []
    refused = [Refused("too many claims", "") for _ in entries[MOST:]]
    for entry in entries[:MOST]:
        try:
            one = _attribution(entry, passage)
            if any((one.cue, one.content) == (other.cue, other.content) for other in found):
                raise _No("said twice", passage.text[slice(*one.content[0])])
            found.append(one)
        except _No as no:
            refused.append(no.refused)
    return found, refused


def _attribution(entry: object, passage: Passage) -> Found:
    if not isinstance(entry, dict):
        raise _No("no claim")
    quotes = [_quote(given, "content") for given in _list(entry.get("content"))]
    cue_quote, source_quote = _quote(entry.get("cue"), "cue"), _source_quote(entry.get("source"))
    kind, certainty = _kind(entry.get("kind")), _certainty(entry.get("certainty"))
    pieces: list[Place] = []
    for quote in quotes:
        pieces.append(_placed(passage, quote, "content", near=pieces, off=tuple(pieces)))
    cue = _placed(passage, cue_quote, "cue", near=pieces, off=pieces)
    source = _placed(passage, source_quote, "source", near=[cue], off=[cue, *pieces]) if source_quote else None
    if source and touching(source, cue):
        raise _No("source and cue are the same words", source_quote.words if source_quote else "")
    content = _content(passage, pieces, [cue, *([source] if source else [])])
    if not content:
        raise _No("no content", quotes[0].words)
    return Found(
        source=(source,) if source else (),
        cue=cue,
        content=content,
        confidence=SURE,
        kind=kind,
        kind_confidence=SURE,
        certainty=float(certainty),
    )


def _list(given: object) -> list[object]:
    if not isinstance(given, list) or not given:
        raise _No("no content")
    if len(given) > _PIECES:
        raise _No("content in too many pieces")
    return given


def _quote(given: object, role: str) -> Quote:
    """A quote as given: its words a string with something in it, its hints whole numbers."""
    if not isinstance(given, dict) or not isinstance(given.get("words"), str):
        raise _No(f"{role} is no quote")
    words = given["words"].strip()
    if not words:
        raise _No(f"no {role}")
    if role != "cue" and not any(map(str.isalnum, words)):
        raise _No(f"{role} without words", words)
    if len(words) > {"source": _SOURCE, "cue": _CUE}.get(role, len(words)):
        raise _No(f"{role} is too long", words)
    return Quote(words, _whole(given.get("paragraph")), _whole(given.get("occurrence")))


def _source_quote(given: object) -> Quote | None:
    """None where nobody is written."""
    if given is None or (isinstance(given, dict) and given.get("words") in ("", None)):
        return None
    return _quote(given, "source")


def _whole(given: object) -> int:
    """A hint that is no number helps nobody, but the words may still stand in one place only."""
    return given if type(given) is int else 0


def _kind(given: object) -> str:
    if isinstance(given, str) and given in KINDS:
        return given
    raise _No("no such kind of source", given)


def _certainty(given: object) -> int:
    if isinstance(given, (int, float)) and not isinstance(given, bool) and given in CERTAINTIES:
        return int(given)
    raise _No("certainty is no whole number from -3 to 3")


def _placed(passage: Passage, quote: Quote, role: str, *, near: Sequence[Place], off: Sequence[Place]) -> Place:
    place = choose(passage, quote, near, off=off)
    if place is None:
        there = bool(occurrences(passage, quote.words))
        raise _No(f"{role} stands in several places" if there else f"{role} is not in the article", quote.words)
    if role != "content" and "\n" in passage.text[slice(*place)].strip():
        raise _No(f"{role} runs over paragraphs", quote.words)
    return place


def _content(passage: Passage, pieces: Iterable[Place], taken: Sequence[Place]) -> tuple[Place, ...]:
    """The pieces in reading order, each within a paragraph, without the cue and source where a piece was quoted across them."""
    kept: list[Place] = []
    for piece in sorted(pieces):
        within = [(max(piece[0], start), min(piece[1], end)) for start, end in paragraphs_of(passage, piece)]
        for cut in (rest for one in within for rest in _without(one, taken)):
            after = kept[-1][1] if kept else 0
            if part := _trimmed(passage, (max(cut[0], after), cut[1])):
                kept.append(part)
    return tuple(kept)


def _without(place: Place, taken: Sequence[Place]) -> list[Place]:
    rest = [place]
    for out in taken:
        rest = [cut for a, b in rest for cut in ((a, min(b, out[0])), (max(a, out[1]), b)) if cut[0] < cut[1]]
    return rest


def _trimmed(passage: Passage, place: Place) -> Place | None:
    """Without blanks and commas at its ends; None where no word is left."""
    start, end = place
    words = passage.text[start:end]
    if not any(map(str.isalnum, words)):
        return None
    return start + len(words) - len(words.lstrip(_EDGE)), start + len(words.rstrip(_EDGE))


def stance(told: dict[str, object]) -> tuple[float, float, float, float] | None:
    """Probabilities from percentages; None where they are none."""
    parts = [told.get(side) for side in STANCES]
    numbers = [float(p) for p in parts if isinstance(p, (int, float)) and not isinstance(p, bool) and 0 <= p <= 100]
    total = sum(numbers)
    if len(numbers) != len(STANCES) or total <= 0:
        return None
    yes, no, observing, unrelated = (number / total for number in numbers)
    return yes, no, observing, unrelated
