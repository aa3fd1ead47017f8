"""The words of an article as copies are told by: sentences with their offsets, house style levelled, quotations set apart.

What somebody said in public is anybody's to quote, so words inside quotation marks are kept but never speak for a copy.
Normal forms exist only to be hashed: they need to be the same on both sides of an edit, not to be right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_LONGEST_QUOTE = 2500  # characters; beyond that a mark was left open by mistake
_MARK = re.compile(r"``|''|[“”«»\"‘’'`]")
_WORD = re.compile(r"(?:[A-Za-z]\.){2,}|\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*")
_STOP = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s|$)|\n+|$")
_NOT_AN_END = re.compile(
    r"\b(?:[A-Z]|Mr|Mrs|Ms|Dr|St|Sen|Rep|Reps|Sens|Gov|Gen|Col|Lt|Sgt|Capt|Prof|Rev|Hon|Jr|Sr|vs|No|Inc|Co|Corp|Ltd|Jan|Feb|Mar|Apr"
    r"|Aug|Sept|Sep|Oct|Nov|Dec|a\.m|p\.m|[A-Z]\.[A-Z]|etc|e\.g|i\.e|approx)\.$"
)
_OPENERS, _CLOSERS = "“«‘`", "”»"
_SPACE_BEFORE = "([{—–-/"
#: who speaks so outside quotation marks is quoted all the same: an indented statement, a letter, a post
_SPOKEN = frozenset("i i'm i've i'd i'll my me we we're we've we'll our".split())


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence: its offsets, and its words in normal form, the article's own and those inside quotation marks."""

    start: int
    end: int
    own: tuple[str, ...]
    quoted: tuple[str, ...]


def lines(text: str, start: int = 0) -> Iterator[Line]:
    """The sentences of a text from an offset on, in order; those without a word are left out."""
    inside, at = quotations(text), 0
    for first, last in sentences(text, start):
        own: list[str] = []
        quoted: list[str] = []
        for word in _WORD.finditer(text, first, last):
            while at < len(inside) and inside[at][1] <= word.start():
                at += 1
            held = at < len(inside) and inside[at][0] <= word.start()
            (quoted if held else own).extend(normal(word[0]))
        if not _SPOKEN.isdisjoint(own):
            own, quoted = [], own + quoted
        if own or quoted:
            yield Line(first, last, tuple(own), tuple(quoted))


def sentences(text: str, start: int = 0) -> Iterator[tuple[int, int]]:
    """Offsets of the sentences: a line break always ends one, a full stop unless it belongs to an abbreviation."""
    begin = start
    for stop in _STOP.finditer(text, start):
        if stop[0][:1] not in ("", "\n"):
            following = re.compile(r"[^\S\n]*(.?)").match(text, stop.end())
            if (following and following[1].islower()) or _NOT_AN_END.search(
                text[max(begin, stop.start() - 8) : stop.start() + 1]
            ):
                continue
        held = text[begin : stop.end()]
        if held.strip():
            yield begin + len(held) - len(held.lstrip()), begin + len(held.rstrip())
        begin = stop.end()


def quotations(text: str) -> list[tuple[int, int]]:
    """Offsets of what stands in quotation marks, in order, nested ones within the outer.

    A quotation over several paragraphs opens each anew and closes the last; one never closed ends with its line.
    """
    marks = [(m.start(), m.end(), *_side(text, m.start(), m.end())) for m in _MARK.finditer(text)]
    found: list[tuple[int, int]] = []
    at = 0
    while at < len(marks):
        start, after, single, opens, _ = marks[at]
        at += 1
        if not opens:
            continue
        end = _single_end(text, marks, at) if single else _double_end(text, marks, at, start)
        if end is None:
            continue
        found.append((start, end))
        while at < len(marks) and marks[at][0] < max(end, after):
            at += 1
    return found


_Mark = tuple[int, int, bool, bool, bool]


def _side(text: str, start: int, end: int) -> tuple[bool, bool, bool]:
    """Whether a mark is a single one, whether it can open, whether it can close, by its shape and the blanks around it."""
    mark, before, after = text[start:end], text[start - 1 : start], text[end : end + 1]
    single = mark in "'‘’`" and len(mark) == 1
    if mark in _OPENERS or mark == "``":
        return single, True, False
    if mark in _CLOSERS:
        return single, False, True
    free_before = not before or before.isspace() or before in _SPACE_BEFORE or before in _OPENERS
    free_after = not after or not after.isalnum()
    if single:
        return True, mark == "'" and free_before and after.isalpha(), not before.isspace() and free_after
    return False, free_before, free_after


def _double_end(text: str, marks: list[_Mark], at: int, start: int) -> int | None:
    line_end = text.find("\n", start)
    line_end = len(text) if line_end < 0 else line_end
    for begin, end, single, opens, closes in marks[at:]:
        if single:
            continue
        if begin - start > _LONGEST_QUOTE:
            break
        if closes:
            return end
        if opens:  # the next paragraph of the same quotation, or a mark that was forgotten
            return begin if begin > line_end and not text[line_end:begin].strip() else min(begin, line_end)
    return line_end


def _single_end(text: str, marks: list[_Mark], at: int) -> int | None:
    """The first closing mark after a stop or comma in the same line, else the first that can close: `players'` may not."""
    start = marks[at - 1][0]
    line_end = text.find("\n", start)
    line_end = len(text) if line_end < 0 else line_end
    closing = [m for m in marks[at:] if m[2] and m[4] and m[0] < line_end]
    stopped = [m for m in closing if text[m[0] - 1] in ",.!?…"]
    best = (stopped or closing)[:1]
    return best[0][1] if best else None


# ── normal forms ──────────────────────────────────────────────────────────────────────────────────────────────────────────

_NUMBERS = {
    word: str(n)
    for n, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
    )
} | dict(
    zip("twenty thirty forty fifty sixty seventy eighty ninety".split(), "20 30 40 50 60 70 80 90".split(), strict=True)
)
_NUMBERS |= dict(
    zip("first second third fourth fifth sixth seventh eighth ninth tenth".split(), map(str, range(1, 11)), strict=True)
)
_OTHER = {
    "programme": "program", "programmes": "programs", "grey": "gray", "cheque": "check", "cheques": "checks", "tyre": "tire", "tyres": "tires",
    "ageing": "aging", "judgement": "judgment", "whilst": "while", "amongst": "among", "towards": "toward", "learnt": "learned",
    "sceptical": "skeptical", "sceptic": "skeptic", "sceptics": "skeptics", "enrol": "enroll", "fulfil": "fulfill", "kerb": "curb",
    "m": "million", "bn": "billion", "tn": "trillion", "advisor": "adviser", "advisors": "advisers", "okay": "ok",
}  # fmt: skip
_MONTHS = "january february april june july august september sept october november december".split()
#: style only: forms of address, articles, the words and letters that go with figures
_DROPPED = frozenset("mr mrs ms dr the a an per cent percent st nd rd th and".split())
_RULES = tuple(
    (re.compile(pattern), to)
    for pattern, to in (
        (r"is(e|ed|es|er|ers|ing|ation|ations)$", r"iz\1"),
        (r"ys(e|ed|es|er|ers|ing)$", r"yz\1"),
        (r"(?<=\w\w)our(?=$|s$|ed|ing|it|ab|al|fu|le|hoo)", "or"),
        (r"(?<=[tb])re(?=s?$)", "er"),
        (r"(?<=[tb])red$", "ered"),
        (r"ll(ed|ing|er|ers|or|ors)$", r"l\1"),
        (r"(?<=def|off|lic)ence", "ense"),
        (r"(?<=pret)ence", "ense"),
        (r"(?<=al)ogue(s?)$", r"og\1"),
    )
)


@lru_cache(maxsize=100_000)
def normal(word: str) -> tuple[str, ...]:
    """A word without its house style: British spelling as American, number words as figures; empty where it is style only."""
    plain = word.replace("’", "'").casefold().removesuffix("'s").replace(".", "" if not word[0].isdigit() else ".")
    plain = _NUMBERS.get(plain, _OTHER.get(plain, plain)).replace(",", "")
    if plain in _DROPPED:
        return ()
    if plain in _MONTHS:
        return (plain[:3],)
    if len(plain) > 4:
        for pattern, to in _RULES:
            plain = pattern.sub(to, plain)
    return (plain,)
