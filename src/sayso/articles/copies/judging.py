"""Whether one article is a copy of another, which of the two came first, and on what evidence."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from sayso.articles.copies.credits import same_outlet
from sayso.articles.copies.sketching import Sentence, Sketch
from sayso.records import Copy, CopyKind

_TAKEN = 0.5  # share of a sentence's runs that must be in the other text
_LEAST_WORDS = 8  # own words of a sentence that speaks for a copy
_MOST = (0.6, 2, 30)  # share, sentences, words taken: most of a text, however short it is
_SOME = (0.25, 4, 60)  # the same where whole sentences were taken into another text
_SYNDICATED = 0.5  # share of the copy from which it is the original over again


class Overlap(NamedTuple):
    """What of one text's own words is in another: share, sentences and words in sentences that were taken."""

    share: float
    sentences: int
    words: int


def judge(one: Sketch, other: Sketch) -> Copy | None:
    """One as a copy of the other, in whichever direction the evidence points; None where they are two newsrooms' words."""
    if one.article == other.article:
        return None
    same = one.digest == other.digest and bool(one.sentences)
    forth, back = overlap(one, other), overlap(other, one)
    if not (same or copied(forth, back, one, other)):
        return None
    original, copy, evidence = order(one, other)
    if same:
        return Copy(copy.article, original.article, "exact", 1.0, "; ".join(evidence))
    held = forth if copy is one else back
    evidence.append(f"{held.sentences} sentence{'s are' if held.sentences != 1 else ' is'} the same")
    kind: CopyKind = "syndicated" if held.share >= _SYNDICATED else "rewrite"
    return Copy(copy.article, original.article, kind, round(held.share, 3), "; ".join(evidence), added(copy, original))


def copied(forth: Overlap, back: Overlap, one: Sketch, other: Sketch) -> bool:
    """Whether so much was taken that it is a copy. One outlet's background paragraph printed again is not."""
    share, least, words = _MOST
    either = max(forth.share, back.share)
    sentences, taken = max(forth.sentences, back.sentences), max(forth.words, back.words)
    if either >= share and sentences >= least and taken >= words:
        return True
    share, least, words = _SOME
    return not same_outlet(one.outlet, other.outlet) and either >= share and sentences >= least and taken >= words


def overlap(one: Sketch, other: Sketch) -> Overlap:
    """What of the first's own words, outside quotation marks, stands in the second."""
    there = {run for sentence in other.sentences for run in sentence.own}
    taken = [s.words for s in one.sentences if s.words and _held(s.own, there) >= _TAKEN]
    whole = [words for words in taken if words >= _LEAST_WORDS]
    return Overlap(sum(taken) / max(sum(s.words for s in one.sentences), 1), len(whole), sum(whole))


def added(copy: Sketch, original: Sketch) -> tuple[tuple[int, int], ...]:
    """Offsets of the copy's sentences that the original does not have, neighbours joined."""
    there = {run for sentence in original.sentences for run in (*sentence.own, *sentence.quoted)}
    spans: list[tuple[int, int]] = []
    new = False
    for sentence in copy.sentences:
        was, new = new, _is_new(sentence, there)
        if new:
            spans[-1:] = [(spans[-1][0], sentence.end)] if was else [*spans[-1:], (sentence.start, sentence.end)]
    return tuple(spans)


def _is_new(sentence: Sentence, there: set[int]) -> bool:
    """Whether the original does not have it; one or two words, as of a credit, are nothing new."""
    return (sentence.words > 2 or bool(sentence.quoted)) and _held((*sentence.own, *sentence.quoted), there) < _TAKEN


def _held(runs: tuple[int, ...], there: set[int]) -> float:
    return sum(run in there for run in runs) / len(runs) if runs else 0.0


# ── which came first ──────────────────────────────────────────────────────────────────────────────────────────────────────


def order(one: Sketch, other: Sketch) -> tuple[Sketch, Sketch, list[str]]:
    """The original, the copy, and what says so: a credit before the days, these before a dateline, that before length.

    A credit goes first because a page's own date is often that of a later version.
    """
    for first, second in ((one, other), (other, one)):
        named = [c for c in second.credits if same_outlet(c.name, first.outlet)]
        if named and not any(same_outlet(c.name, second.outlet) for c in first.credits):
            later = _later(first, second)
            return first, second, [f"carries the credit “{named[0].words}”", *([later] if later else [])]
    for first, second in ((one, other), (other, one)):
        if later := _later(first, second):
            return first, second, [later, *_third_hand(first, second)]
    for first, second in ((one, other), (other, one)):
        if first.dateline and not second.dateline:
            return first, second, ["has lost the dateline", *_third_hand(first, second)]
    first, second = sorted((one, other), key=lambda s: (-sum(x.words for x in s.sentences), s.article))
    shorter = sum(x.words for x in first.sentences) > sum(x.words for x in second.sentences)
    told = "nothing tells which came first; it is the shorter text" if shorter else "nothing tells which came first"
    return first, second, [told, *_third_hand(first, second)]


def _later(first: Sketch, second: Sketch) -> str | None:
    """How much later the second was published; None where it was not, or nothing is known."""
    if first.stamp is not None and second.stamp is not None:
        seconds = second.stamp - first.stamp
        hours, minutes = divmod(seconds // 60, 60)
        if 0 < seconds < 48 * 3600:
            return f"published {f'{hours} h' if hours else f'{minutes} min'} later"
        if seconds <= 0:
            return None
    if first.last is None or second.first is None or first.last >= second.first:
        return None
    days = (date.fromisoformat(second.first) - date.fromisoformat(first.last)).days
    least = "" if (first.first, second.first) == (first.last, second.last) else "at least "
    return f"published {least}{days} day{'s' * (days != 1)} later"


def _third_hand(first: Sketch, second: Sketch) -> list[str]:
    """A credit to somebody who is neither of the two: then both have it from there."""
    told = [
        c.words
        for c in second.credits
        if not same_outlet(c.name, second.outlet) and not same_outlet(c.name, first.outlet)
    ]
    return [f"carries the credit “{told[0]}”"] if told else []


# ── among many ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def place(new: Sketch, candidates: Iterable[Sketch]) -> Copy | None:
    """An article as a copy of the original among the candidates; None where it is nobody's copy, or is the original itself.

    Where several would do, the one from which most was taken, or what that one comes of; whatever the order given.
    """
    found = [(made, c) for c in candidates if (made := judge(new, c)) and made.article == new.article]
    found.sort(key=lambda pair: (-pair[0].share, pair[1].article))
    if not found:
        return None
    best, nearest = found[0]
    for made, other in found[1:]:  # one pass, not every pair: a wire report may have dozens of copies
        if _comes_of(nearest, other):
            best, nearest = made, other
    return best


def copies_of(original: Sketch, candidates: Iterable[Sketch]) -> tuple[Copy, ...]:
    """The candidates that turn out to be copies of an article which arrived after them, by id."""
    found = (judge(original, c) for c in candidates)
    return tuple(
        sorted((made for made in found if made and made.original == original.article), key=lambda made: made.article)
    )


def _comes_of(one: Sketch, other: Sketch) -> bool:
    made = judge(one, other)
    return made is not None and made.article == one.article
