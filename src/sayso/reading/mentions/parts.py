"""Who a part of a group stands for: "one", "one of them", "another", "both", where the text has just spoken of several."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from sayso.reading.mentions.cast import Cast, Mention, trimmed
from sayso.reading.mentions.heard import Spoken, Who


class Parts:
    """Answers for one text's parts of groups; `spoken` grows as sources are settled, `full` names a mention in full."""

    def __init__(self, cast: Cast, spoken: Sequence[Spoken], full: Callable[[Mention], str]) -> None:
        self.cast = cast
        self.spoken = spoken
        self.full = full

    def who(self, words: str, at: int) -> Who | None:
        """Parts of a group: "one", "one of them", "another", "others" → of whom, where the text has just spoken of several."""
        main = trimmed(words)
        match = re.match(
            r"^(one|another|some|others|many|most|both|several|two|three|a second|a third|the other|the second|the third|none|not one|each|all)(\sof\s(?:them|these|those))?$",
            main,
            re.I,
        )
        if not match:
            return self._of_those(main, at)
        word = match[1].lower()
        if word == "both" and (pair := self._pair(at)):
            return pair
        if again := self._again(word, at):
            return again
        phrase = self._group(at)
        if phrase is None or word in ("another", "others", "both") or word.startswith(("a ", "the ")):
            return None
        opened = re.match(
            r"(?:the|two|three|four|five|six|seven|eight|nine|ten|several|some|many|his|her|its|their)\b", phrase, re.I
        )
        if re.match(r"(?:some|many|a few|a handful of)\b", phrase, re.I):
            phrase, opened = "the " + phrase.split(" ", 1)[1], None
        group = phrase if opened or (phrase[0].isupper() and "’" in phrase) else f"the {phrase.removeprefix('the ')}"
        if not opened and phrase[:1].isupper() and "’" not in phrase:
            group = f"the {phrase[0].lower()}{phrase[1:]}"
        return Who(f"{word} of {group[0].lower()}{group[1:]}", "anonymous", 0.6)

    def _of_those(self, main: str, at: int) -> Who | None:
        """One of two that were counted: "one of the pair" after "two agents"."""
        match = re.match(r"^(one|neither|both) of the (?:pair|two|duo)$", main, re.I)
        counted = [s for s in self.spoken if s.at < at and s.name.lower().startswith(("two ", "the two "))][-1:]
        if not match or not counted or len(counted[0].name.split()) > 5:
            return None
        return Who(f"{match[1].lower()} of the {counted[0].name.removeprefix('the ').lower()}", counted[0].kind, 0.6)

    def _pair(self, at: int) -> Who | None:
        """The two people last heard by name, one after the other."""
        sentence = self.cast.layout.sentence
        near = [s for s in self.spoken if s.at < at and sentence(at) - sentence(s.at) <= 3]
        names = list(dict.fromkeys(s.name for s in near if s.kind == "person" and s.name[:1].isupper()))
        return Who(f"{names[0]} and {names[1]}", "person", 0.6) if len(names) == 2 else None

    def _again(self, word: str, at: int) -> Who | None:
        """One more of the same: "another" after "one neighbour", "others" after "some analysts"."""
        for s in reversed([s for s in self.spoken if s.at < at][-3:]):
            low = s.name.lower()
            if word == "another" and low.startswith("one "):
                return Who(f"another {s.name[4:]}", s.kind, 0.6)
            if word == "others" and low.startswith("some ") and not re.match(r"some (?:of|on|in|at|who|close)\b", low):
                return Who(f"other {s.name[5:]}", s.kind, 0.6)
        return None

    def _group(self, at: int) -> str | None:
        """Those whom the text has just spoken of as several: the last so heard, else the last so described."""
        sentence = self.cast.layout.sentence
        here = sentence(at)
        for s in reversed([s for s in self.spoken if s.at < at][-2:]):
            if s.number == 2 and s.kind in ("person", "anonymous") and here - sentence(s.at) <= 2:
                return s.name
        before = [
            m for m in self.cast.until(at)
            if m.number == 2 and m.kind in ("person", "anonymous") and here - sentence(m.start) <= 2 and m.end <= at
        ]  # fmt: skip
        if not before:
            return None
        return self.full(max(before, key=lambda m: sentence(m.start) + m.weight * 0.8 + m.start / 1e6))
