"""What changed between two versions of an article: whether it is an edit at all, what the page says of it, and what became of its claims.

Pure functions over records. docs/edits.md tells what counts as what.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from sayso.origins import plain, words_of
from sayso.records import Article, Claim
from sayso.times import find_times

LIKE: Final = 0.5  # shared part of two contents' telling words from which one is the other, changed
ALIKE_PAGE: Final = 0.2  # shared part of two texts from which they are one article: a page's address says so already,
ALIKE_FILE: Final = 0.5  # a file's name says little
_RUN: Final = 3
_WORD: Final = re.compile(r"\w+")
_CORRECTED: Final = re.compile(
    r"^\W*(?:correction|corrected|clarification|amend(?:ed|ment)|editor[’']?s?[’']? note|retract(?:ed|ion))\b"
    r"|\bthis (?:article|story|report|piece|post|page|headline) (?:was|has been) (?:\w+ ){0,2}(?:amended|corrected|clarified|changed|revised)\b"
    r"|\b(?:an earlier|a previous|the original) version of this\b|\bwe (?:have|are) correct(?:ed|ing)\b",
    re.IGNORECASE,
)
_UPDATED: Final = re.compile(
    r"^\W*(?:last |first )?(?:updated?|modified|revised)\b(?=.*\d|\s*:)|^\W*update\b\W"
    r"|\bthis (?:article|story|report|piece|post|page) (?:was|has been) (?:\w+ ){0,2}(?:updated|modified|edited)\b",
    re.IGNORECASE,
)
#: what counts visitors or tells the hour: it changes by itself
_TRIFLE: Final = re.compile(
    r"\d[\d.,]*\s?[km]?\+?\s(?:views?|comments?|shares?|reads?|likes?|reactions?|replies|followers|votes?|people (?:have )?read)\b"
    r"|\b\d+[ -]?min(?:ute)?s?\.? read\b|\b(?:\d+|an?|one) (?:second|minute|min|hour|hr|day|week)s? ago\b"
    r"|^\W*(?:last |first )?(?:updated|modified|published|posted)\b|^\W*(?:share|print|save|comments?)\W*\d*\W*$",
    re.IGNORECASE,
)
_LONGEST_TRIFLE: Final = 12  # words: what is longer is prose, whatever stands in it
_HOUR: Final = re.compile(r"\b([01]?\d|2[0-3])[:.]([0-5]\d)\b(?!\s?[ap]\.?m)", re.IGNORECASE)

Kind = Literal["vanished", "appeared", "certainty", "source", "words"]
Manner = Literal["corrected", "updated", "silent"]


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a claim: gone, new, or said more or less surely, on another's word, or in other words (`kinds`, the gravest first)."""

    kinds: tuple[Kind, ...]
    before: Claim | None
    after: Claim | None

    @property
    def telling(self) -> bool:
        """Whether more than the wording changed."""
        return self.kinds != ("words",)


def same_words(one: Article, other: Article) -> bool:
    """Whether two texts say the same, marks, case, blanks and what changes by itself aside: then neither is an edit of the other."""
    return _level(one) == _level(other)


def alike(one: Article, other: Article) -> float:
    """The part of the shorter text that stands in the other too, by runs of three words, 0 … 1."""
    mine, theirs = _runs(_level(one)), _runs(_level(other))
    return len(mine & theirs) / max(1, min(len(mine), len(theirs)))


def note_of(after: Article, before: Article | None = None) -> str | None:
    """What a page says of being corrected or updated, and did not say before; a correction before an update."""
    known = set(_lines(before)) if before else set()
    new = [line for line in _lines(after) if line not in known]
    return next((line for pattern in (_CORRECTED, _UPDATED) for line in new if pattern.search(line)), None)


def manner(note: str | None) -> Manner:
    """How a change was told to readers."""
    if note is None:
        return "silent"
    return "corrected" if _CORRECTED.search(note) else "updated"


def told(article: Article, note: str | None) -> str | None:
    """The day or moment (ISO) of a version as its page gives it: that in the note, else the day of publication."""
    published = article.published
    if note is not None:
        said = (published.start, published.end) if published.start and published.end else None
        days = [time for time in find_times(note, said=said) if time.start and time.start == time.end]
        # A note may name the day of what it corrects; one on the change itself is not older than the article.
        fitting = [time.start for time in days if time.start and (not published.start or time.start >= published.start)]
        if fitting:
            hour = _HOUR.search(note)
            return _moment(fitting[-1], hour)
    return published.day.isoformat() if published.day else None


def _moment(day: date, hour: re.Match[str] | None) -> str:
    return f"{day.isoformat()}T{int(hour[1]):02d}:{hour[2]}" if hour else day.isoformat()


def changes(before: Sequence[Claim], after: Sequence[Claim]) -> tuple[Change, ...]:
    """What became of the claims of a version in the next, in the order of the later text, what vanished last.

    Claims are matched by the telling words of their contents, those of the same source and cue first; the most alike first.
    """
    left, right = [words_of(c) for c in before], [words_of(c) for c in after]
    pairs = sorted(
        (
            (-_likeness(before[i], after[j], left[i], right[j]), abs(i - j), i, j)
            for i in range(len(before))
            for j in range(len(after))
            if left[i] & right[j] or _WORD.findall(before[i].content) == _WORD.findall(after[j].content)
        ),
    )
    came, went = dict[int, int](), dict[int, int]()
    for likeness, _, i, j in pairs:
        if -likeness >= LIKE and i not in went and j not in came:
            came[j], went[i] = i, j
    made = [
        _change(before[came[j]], one) if j in came else Change(("appeared",), None, one) for j, one in enumerate(after)
    ]
    gone = [Change(("vanished",), one, None) for i, one in enumerate(before) if i not in went]
    return tuple(one for one in (*made, *gone) if one is not None)


def fresh(before: Sequence[Claim], after: Sequence[Claim]) -> frozenset[str]:
    """The claims of a version that the one before did not make, or not as surely, or on another's word."""
    return frozenset(c.after.id for c in changes(before, after) if c.after is not None and c.telling)


def _change(before: Claim, after: Claim) -> Change | None:
    kinds: list[Kind] = []
    if before.certainty != after.certainty:
        kinds.append("certainty")
    if _source(before) != _source(after):
        kinds.append("source")
    if _plain_words(before.content) != _plain_words(after.content):
        kinds.append("words")
    return Change(tuple(kinds), before, after) if kinds else None


def _likeness(one: Claim, other: Claim, mine: frozenset[str], theirs: frozenset[str]) -> float:
    """Shared part of the telling words of both; a claim of the same source, or under the same cue, is sooner the same."""
    if _plain_words(one.content) == _plain_words(other.content):
        shared = 1.0
    else:
        shared = 2 * len(mine & theirs) / max(1, len(mine) + len(theirs))
    if shared < LIKE:
        return shared
    return shared + 0.1 * (_source(one) == _source(other)) + 0.05 * (_cue(one) == _cue(other))


def _source(claim: Claim) -> tuple[str, str]:
    return ("own", "") if claim.source.kind == "own" else (claim.source.kind, plain(claim.source.name or ""))


def _cue(claim: Claim) -> str:
    return claim.cue.text.casefold() if claim.cue else ""


def _plain_words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _lines(article: Article) -> list[str]:
    """The lines of a page, what was taken off it included, blanks levelled."""
    every = (*article.text.split("\n"), *(line for item in article.removed for line in item.text.split("\n")))
    return [levelled for line in every if (levelled := " ".join(line.split()))]


def _level(article: Article) -> tuple[str, ...]:
    """The words of a text, without the lines that change by themselves."""
    found: list[str] = []
    for line in article.text.split("\n"):
        words = _plain_words(line)
        if not (len(words) <= _LONGEST_TRIFLE and _TRIFLE.search(line.strip())):
            found += words
    return tuple(found)


def _runs(words: Sequence[str]) -> frozenset[tuple[str, ...]]:
    size = min(_RUN, len(words))
    return frozenset(_windows(words, size)) if size else frozenset()


def _windows(words: Sequence[str], size: int) -> Iterable[tuple[str, ...]]:
    return (tuple(words[i : i + size]) for i in range(len(words) - size + 1))
