"""Outlets as one text calls them: by the register, by the shape of their names, and by what the text itself says of them."""

from __future__ import annotations

import re

from sayso.reading.mentions.cast import Cast
from sayso.reading.mentions.find import bare
from sayso.reading.mentions.outlets import OutletEntry, find_outlet, looks_like_outlet, loose

#: who writes in a paper that is named with him: a journalist as one who reports
_WRITES_IN = re.compile(r"^(?P<who>.+?),?\s(?:in|for|of|at)\s(?P<paper>(?:[Tt]he\s)?[A-ZÀ-Þ].*)$")
_PAPERS_OWN = re.compile(r"^(?P<paper>(?:[Tt]he\s)?[A-ZÀ-Þ].*?)[’']s?\s(?P<who>[A-ZÀ-Þ].*)$")
#: what a paper is called with, and what its name is without it ("tonight's Mail on the Hour", "the Zarya-9 channel")
_OF_THE_DAY = re.compile(r"^(?:tonight|today|yesterday|\w+day|this week|last week|this morning)[’']s\s")
_SORT_OF_PAPER = re.compile(r"^[Tt]he\s([A-ZÀ-Þ].*)\s(?:channel|newspaper|website|magazine|daily|weekly|site|podcast)$")


class Papers:
    """The outlets of one text; `given` are names that outlets go under elsewhere, `outlet` is the one that prints it."""

    def __init__(self, cast: Cast, *, outlet: str | None, given: frozenset[str]) -> None:
        self.cast = cast
        self.text = cast.text
        self.outlet = outlet
        self.given = given

    def registered(self, words: str) -> OutletEntry | None:
        """The register's outlet of this name; a bare "the Post" that several papers go by only where the text has the whole name."""
        name = words.strip(" ,.;:“”\"'‘’()")
        entry = find_outlet(name) or find_outlet(bare(name))
        if entry and loose(name, entry) and not same_outlet(name, entry.name):
            return entry if entry.name.removeprefix("The ") in self.text else None
        return entry

    def outlet_in(self, words: str) -> str | None:
        """The outlet that these words name, if they name one."""
        for part in (words, words.split()[0]):
            if entry := find_outlet(part):
                return entry.name
        known = self.cast.outlets.get(words.lower().removeprefix("the "))
        if known or looks_like_outlet(words) or bare(words) in self.given:
            return known or self.named(words)
        return None

    def writes_for(self, words: str, name: str | None) -> str | None:
        """The paper that a journalist is named with: "Ambrose Fitch in the Quay Times", "Sport Drevnik’s Jana Kolarik"."""
        match = _WRITES_IN.match(words) or _PAPERS_OWN.match(words)
        return self.outlet_in(match["paper"]) if match and name and name in match["who"] else None

    def named(self, words: str) -> str:
        """An outlet as it is called elsewhere: "Ledger" is "The Ledger" where the text or the given names call it so."""
        name = re.sub(r"\sin\s[A-ZÀ-Þ][\w’'-]+$", "", words.strip(" ,.;:“”\"'‘’()"))
        name = _SORT_OF_PAPER.sub(r"\1", _OF_THE_DAY.sub("", name))
        name = "The " + name[4:] if name.startswith("the ") and name[4:5].isupper() else name
        whole = f"The {name}"
        known = whole in self.given or whole == self.outlet or re.search(rf"\b[Tt]he {re.escape(name)}\b", self.text)
        return self.widest(whole if known and not name.startswith("The ") else name)

    def widest(self, name: str) -> str:
        """The whole name of an outlet that goes under its last word ("the Mirror" after "the Kesarpur Mirror"), if the text has one."""
        if not name.startswith("The ") or " " in name[4:] or not looks_like_outlet(name):
            return name
        longer = {f"{word} {name[4:]}" for word in capitals_before(self.text, name[4:])}
        return f"The {longer.pop()}" if len(longer) == 1 else name


def capitals_before(text: str, name: str) -> list[str]:
    """Capital words that stand before a name somewhere ("Evening" before "Echo"): there it is another's name."""
    return [w for w in re.findall(rf"\b([A-ZÀ-Þ][\w’'-]*)\s{re.escape(name)}\b", text) if w not in ("The", "the")]


def same_outlet(one: str | None, other: str | None) -> bool:
    """Whether two names are one but for their article."""
    return bool(one and other) and (one or "").removeprefix("The ") == (other or "").removeprefix("The ")
