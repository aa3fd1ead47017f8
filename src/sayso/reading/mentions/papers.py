"""Outlets as one text calls them: by the register, by the shape of their names, and by what the text itself says of them."""

from __future__ import annotations

import re

from sayso.reading.mentions.cast import Cast
from sayso.reading.mentions.find import bare
from sayso.reading.mentions.outlets import OutletEntry, find_outlet, looks_like_outlet, loose

#: who writes in a paper that is named with him: a journalist as one who reports
_WRITES_IN = re.compile(
    r"^(?P<who>.+?),?\s(?:in|for|of|at)\s(?:the\s(?:\w+\s)?(?:newspaper|daily|weekly|magazine|website|site|agency|broadcaster|channel)\s)?"
    r"(?P<paper>(?:[Tt]he\s)?[A-ZÀ-Þ].*)$"
)
_PAPERS_OWN = re.compile(r"^(?P<paper>(?:[Tt]he\s)?[A-ZÀ-Þ].*?)[’']s?\s(?P<who>[A-ZÀ-Þ].*)$")
#: a journalist told by the desk: the owner is a paper without being named ("its deputy editor", "the site's film critic")
_DESK = r"(?:[\w-]+\s){0,2}(?:editor|correspondent|reporter|columnist|(?:music|film|art|arts|theatre|book|food|television|chief) critic)"
_ITS_MAN = r"(?:own\s)?(?:man|woman)\s(?:in|at|on)\s.+"
_ITS_STAFF = re.compile(
    r"(?:[Ii]ts|[Tt]heir|[Ww]hose|[Tt]he\s(?:paper|newspaper|magazine|weekly|daily|tabloid|site|website|agency|channel|station|broadcaster)[’']s)\s"
    rf"(?:{_DESK}|{_ITS_MAN})\b"
    r"|[Tt]he\s(?:paper|newspaper|magazine|site|website|channel|station|broadcaster)[’']s\s[A-ZÀ-Þ]"
)
_OWNS_STAFF = re.compile(
    rf"(?P<paper>(?:[Tt]he\s)?[A-ZÀ-Þ][\w’'. -]*?)[’']s?\s(?:(?P<always>(?:[\w-]+\s){{0,2}}(?:correspondent|reporter|columnist))|{_DESK}|{_ITS_MAN})(?=$|,)"
)
_FOREIGN = re.compile(r"(?:Il|La|Le|El|Der|Die|Das|Les|Het)\s[A-ZÀ-Þ]")
#: what only something that is published has in it
_ITEM_IN = re.compile(r"\b(?:article|interview|column|editorial|piece|story|exclusive)\sin\s(?:the\s)?")
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

    def reports(self, words: str) -> bool:
        """Whether a source is a journalist by the desk held at some paper: "its deputy editor", "Le Rideau's man at the Palace"."""
        if _ITS_STAFF.match(words):
            return True
        owner = _OWNS_STAFF.match(words.strip(" ,"))
        return owner is not None and bool(
            owner["always"] or _FOREIGN.match(owner["paper"]) or self.outlet_in(owner["paper"])
        )

    def prints(self, name: str) -> bool:
        """Whether the text speaks of something published in what bears this name ("an article in Kapitaal")."""
        # few texts speak of any such thing, and a pattern made for a name takes long to build
        return bool(_ITEM_IN.search(self.text) and re.search(rf"{_ITEM_IN.pattern}{re.escape(name)}\b", self.text))

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
