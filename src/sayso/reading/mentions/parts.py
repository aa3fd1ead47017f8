"""Who a part of a group stands for: "one", "one of them", "another", "both", where the text has just spoken of several."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from sayso.reading.mentions.cast import Cast, Mention, trimmed
from sayso.reading.mentions.heard import Spoken, Who
from sayso.reading.mentions.nouns import head, plural, single, sort_of

_NUMBERS = "one two three four five six seven eight nine ten eleven twelve".split()
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth".split()
_NUMBER = rf"(?:{'|'.join(_NUMBERS[1:])}|\d+)"
_PART = re.compile(
    rf"^(one|another|some|others|many|most|both|several|two|three|a (?:{'|'.join(_ORDINALS)})|the other|the others|the second|the third|none|not one|each|all)"
    r"(\sof\s(?:them|these|those))?$",
    re.I,
)
#: "the nine", "none of the three": told by their number only
_SO_MANY = re.compile(rf"^(?P<part>\w+ of )?the (?P<number>{_NUMBER})$", re.I)
_SO_MANY_BODIES = re.compile(rf"(?:the\s)?{_NUMBER}\s", re.I)
_TWO = re.compile(r"(?:the\s)?two\s", re.I)
#: who was counted before: "three of the nine governors", "two diplomats", "another judge"
_COUNTED = re.compile(rf"^(?P<count>another|{'|'.join(_NUMBERS)}) (?P<of>of )?(?P<what>.+)$", re.I)
_OPENED = re.compile(
    rf"^(?:(?:the|his|her|its|their|some|several|many|a few|a handful of)\s)?(?:{_NUMBER}\s)?(?:other\s)?", re.I
)


def points_at_part(words: str) -> bool:
    """Whether words tell who is meant by his place in a group ("both", "the third", "one of the three"); a bare "one" or "some" does not."""
    main = words.strip(" ,")
    return bool(_SO_MANY.match(main) or (_PART.match(main) and main.lower().startswith(("both", "the ", "each"))))


class Parts:
    """Answers for one text's parts of groups; `spoken` grows as sources are settled, `full` names a mention in full."""

    def __init__(self, cast: Cast, spoken: Sequence[Spoken], full: Callable[[Mention], str]) -> None:
        self.cast = cast
        self.spoken = spoken
        self.full = full

    def who(self, words: str, at: int) -> Who | None:
        """Parts of a group: "one", "one of them", "another", "others" → of whom, where the text has just spoken of several."""
        main = trimmed(words)
        match = _PART.match(main)
        if not match:
            return self._of_those(main, at) or self._of_so_many(main, at)
        word = match[1].lower()
        if word == "both" and (pair := self._pair(at)):
            return pair
        if again := self._again(word, at) or self._counted_on(word, at):
            return again
        if word == "both":
            return self._two(at)
        phrase, kind = self._group(at) or (None, "anonymous")
        if phrase is None or word in ("another", "others") or word.startswith(("a ", "the ")):
            return None
        return Who(f"{word} of {_of_whom(phrase)}", "organisation" if kind == "organisation" else "anonymous", 0.6)

    def _of_those(self, main: str, at: int) -> Who | None:
        """One of two that were counted: "one of the pair" after "two agents"."""
        match = re.match(r"^(one|neither|both) of the (?:pair|two|duo)$", main, re.I)
        counted = [s for s in self.spoken if s.at < at and s.name.lower().startswith(("two ", "the two "))][-1:]
        if not match or not counted or len(counted[0].name.split()) > 5:
            return None
        return Who(f"{match[1].lower()} of the {counted[0].name.removeprefix('the ').lower()}", counted[0].kind, 0.6)

    def _of_so_many(self, main: str, at: int) -> Who | None:
        """Those told by their number only, of whom the text has said what they are ("The nine" after "nine priests")."""
        match = _SO_MANY.match(main)
        if not match:
            return None
        told = re.compile(rf"\b{match['number']}\s((?:[a-z][\w-]+\s){{0,2}}?([a-z][\w-]+s|people|men|women))\b", re.I)
        known = [m for m in told.finditer(self.cast.text, max(0, at - 900), at) if sort_of(m[2].lower())]
        if not known:
            return None
        sort = sort_of(known[-1][2].lower())
        kind = "anonymous" if match["part"] and sort == "person" else str(sort)
        return Who(f"{match['part'] or ''}the {match['number'].lower()} {known[-1][1]}", kind, 0.6)

    def _pair(self, at: int) -> Who | None:
        """The two people last heard by name, one after the other."""
        sentence = self.cast.layout.sentence
        near = [s for s in self.spoken if s.at < at and sentence(at) - sentence(s.at) <= 3]
        names = list(dict.fromkeys(s.name for s in near if s.kind == "person" and s.name[:1].isupper()))
        return Who(f"{names[0]} and {names[1]}", "person", 0.6) if len(names) == 2 else None

    def _two(self, at: int) -> Who | None:
        """The two last told of as two ("Both" after "the two camps")."""
        sentence = self.cast.layout.sentence
        near = [
            m
            for m in self.cast.until(at)
            if m.number == 2 and sentence(at) - sentence(m.start) <= 2 and _TWO.match(m.name)
        ]
        return Who(f"the {near[-1].name.removeprefix('the ')}", near[-1].kind, 0.6) if near else None

    def _again(self, word: str, at: int) -> Who | None:
        """One more of the same: "another" after "one neighbour", "others" after "some analysts"."""
        for s in reversed([s for s in self.spoken if s.at < at][-3:]):
            low = s.name.lower()
            if word == "another" and low.startswith("one "):
                return Who(f"another {s.name[4:]}", s.kind, 0.6)
            if word == "others" and low.startswith("some ") and not re.match(r"some (?:of|on|in|at|who|close)\b", low):
                return Who(f"other {s.name[5:]}", s.kind, 0.6)
        return None

    def _counted_on(self, word: str, at: int) -> Who | None:
        """The next of those whom the text has begun to count: "a third" after "two diplomats", "the other" after "one of the two camps"."""
        for s in reversed([s for s in self.spoken if s.at < at][-3:]):
            before = _COUNTED.match(s.name)
            if before and (name := _next(word, before["count"].lower(), bool(before["of"]), before["what"])):
                return Who(name, s.kind, 0.6)
        return None

    def _group(self, at: int) -> tuple[str, str] | None:
        """Those whom the text has just spoken of as several, and their kind: the last so heard, else the last so described."""
        sentence = self.cast.layout.sentence
        here = sentence(at)
        for s in reversed([s for s in self.spoken if s.at < at][-2:]):
            if s.number == 2 and s.kind in ("person", "anonymous") and here - sentence(s.at) <= 2:
                return s.name, s.kind
        before = [
            m for m in self.cast.until(at)
            if m.number == 2 and here - sentence(m.start) <= 2 and m.end <= at
            and (m.kind in ("person", "anonymous") or (m.kind == "organisation" and _SO_MANY_BODIES.match(m.name)))
        ]  # fmt: skip
        if not before:
            return None
        last = max(before, key=lambda m: sentence(m.start) + m.weight * 0.8 + m.start / 1e6)
        return self.full(last), last.kind


def _next(word: str, count: str, of: bool, what: str) -> str | None:
    """What comes after so many of them, as `word` puts it; None where it does not go on from that count."""
    number = 2 if count == "another" else _NUMBERS.index(count) + 1
    if word.startswith("a "):
        follows = _ORDINALS.index(word[2:]) == number and number > 1
        return f"{word} {'of ' + what if of else _one(what)}" if follows else None
    if word == "the other":
        return f"the other of {what}" if of and number == 1 else None
    if word == "the third":
        return (
            f"the third of the {_OPENED.sub('', what)}" if of else f"the third {what}" if count == "another" else None
        )
    if word in ("others", "the others") and of:
        return f"{word.removesuffix('s')} {_OPENED.sub('', what)}"
    return None


def _one(what: str) -> str:
    """One of several, as one writes it ("diplomats with the delegation" → "diplomat with the delegation")."""
    noun = head(what)
    one = "person" if noun == "people" else single(noun)
    return re.sub(rf"\b{re.escape(noun)}\b", one, what, count=1) if plural(noun) else what


def _of_whom(phrase: str) -> str:
    """A group as it stands after "of": "the neighbours", "two officials", "Crane’s friends"."""
    opened = re.match(
        r"(?:the|two|three|four|five|six|seven|eight|nine|ten|several|some|many|his|her|its|their)\b", phrase, re.I
    )
    if re.match(r"(?:some|many|a few|a handful of)\b", phrase, re.I):
        phrase, opened = f"the {phrase.partition(' ')[2]}", None
    group = phrase if opened or (phrase[0].isupper() and "’" in phrase) else f"the {phrase.removeprefix('the ')}"
    if not opened and phrase[:1].isupper() and "’" not in phrase:
        group = f"the {phrase[0].lower()}{phrase[1:]}"
    return f"{group[0].lower()}{group[1:]}"
