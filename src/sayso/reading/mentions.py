"""People, organisations and outlets in a text: who a source's words stand for.

A first honest version: full names by their shape, surnames after full names, pronouns and short descriptions only where
one candidate stands close by. What the text does not settle is left as said.
"""

from __future__ import annotations

import csv
import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise

_NAME = re.compile(
    r"(?<![\w’'])(?:[A-ZÀ-Þ][\w’'À-ÿ-]*[a-zà-ÿ][\w’'À-ÿ-]*|[A-ZÀ-Þ]\.)"
    r"(?:[ ]+(?:(?:de|da|di|del|della|der|van|von|den|bin|al|la|le|dos)[ ]+){0,2}(?:[A-ZÀ-Þ][\w’'À-ÿ-]*[a-zà-ÿ][\w’'À-ÿ-]*|[A-ZÀ-Þ]\.))+"
)
_HONORIFIC = frozenset(
    (
        "mr mrs ms miss dr sir dame lord lady prof professor president secretary senator sen rep gov governor "
        "mayor judge justice captain coach manager minister chancellor king queen prince princess pope "
        "inspector sergeant detective general colonel former head chief director chairman chairwoman the a an "
    ).split()
)
_NOT_PEOPLE = frozenset(
    (
        "united city real club fc cf party league cup street road park house university college bank group "
        "council court committee department ministry agency association federation company school hospital "
        "times post news journal television radio world states kingdom north south east west new san santa "
        "saint champions premier january february march april may june july august september october november "
        "december monday tuesday wednesday thursday friday saturday sunday board institute office bureau "
        "union airlines air energy holdings capital partners athletic rovers town county international "
        "national copa del rey "
    ).split()
)
_OPENERS = frozenset(
    (
        "later but when while however meanwhile and or if as after before although though since because then "
        "now yesterday today in on at by for from with under over assistant also only even former despite "
        "like unlike both either his her their our its this that these those according yet so once until "
        "asked earlier last next "
    ).split()
)
PRONOUNS = frozenset("he she they it we i you him her them his their who".split())


@dataclass(frozen=True, slots=True)
class Name:
    """A full name where it stands."""

    text: str
    start: int
    end: int


def bare(words: str) -> str:
    """A name without honorifics, leading articles and possessive endings."""
    parts = re.sub(r"[’']s?$", "", words.strip(" ,.;:“”\"'‘’()")).split()
    while len(parts) > 1 and parts[0].lower().strip(".") in _HONORIFIC:
        parts = parts[1:]
    return " ".join(parts)


class Names:
    """The people of one text, found once; answers who a mention stands for."""

    def __init__(self, text: str) -> None:
        self.people = [n for m in _NAME.finditer(text) if (n := _person(m, text))]
        self.starts = [n.start for n in self.people]
        self.by_surname: dict[str, list[Name]] = {}
        for name in self.people:
            self.by_surname.setdefault(name.text.split()[-1].lower(), []).append(name)

    def full(self, words: str, at: int) -> str | None:
        """The full name that a surname or first name stands for at offset `at`, or None: the last one before, else the only one."""
        name = bare(words)
        if not name or not name[0].isupper():
            return None
        matches = self.by_surname.get(name.split()[-1].lower(), [])
        if len(name.split()) > 1:
            return name if matches else None
        if not matches:
            return None
        distinct = {m.text for m in matches}
        if len(distinct) == 1:
            return matches[0].text
        before = [m for m in matches if m.start <= at]
        return before[-1].text if before else None

    def before(self, at: int, *, within: int) -> Name | None:
        """The last full name that begins at most `within` code points before `at`."""
        i = bisect_right(self.starts, at) - 1
        while i >= 0 and self.people[i].end > at:
            i -= 1
        if i >= 0 and at - self.people[i].start <= within:
            return self.people[i]
        return None


def _person(match: re.Match[str], text: str) -> Name | None:
    words = match[0].split()
    titles = [i for i, word in enumerate(words) if word.lower().strip(".") in _HONORIFIC]
    skip = titles[-1] + 1 if titles else int(words[0].lower() in _OPENERS)
    offset = match.start()
    for word, after in pairwise(words[: skip + 1]):
        offset = text.index(after, offset + len(word))
    words = words[skip:]
    name = re.sub(r"[’']s$", "", " ".join(words))
    parts = name.split()
    if not 2 <= len(parts) <= 5 or any(p.lower() in _NOT_PEOPLE for p in parts) or find_outlet(name):
        return None
    return Name(name, offset, offset + len(name))


@dataclass(frozen=True, slots=True)
class OutletEntry:
    """One line of the register of outlets."""

    name: str
    kind: str
    domain: str
    aliases: tuple[str, ...]
    ambiguous: bool


@cache
def register() -> dict[str, OutletEntry]:
    """Outlets by every name and alias they go under, as spelt."""
    entries: dict[str, OutletEntry] = {}
    table = files("sayso.reading").joinpath("outlets.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(table.splitlines()):
        aliases = tuple(a for a in row["aliases"].split("|") if a)
        entry = OutletEntry(row["name"], row["kind"], row["domain"], aliases, bool(row["ambiguous"]))
        for name in (entry.name, *aliases):
            entries.setdefault(name, entry)
            if name.startswith("The "):
                entries.setdefault("the " + name[4:], entry)
    return entries


def find_outlet(words: str) -> OutletEntry | None:
    """The register's entry for a name as it is spelt, or None."""
    name = re.sub(r"[’']s?$", "", words.strip(" ,.;:“”\"'‘’()"))
    return register().get(name)


_OUTLET_SHAPE = re.compile(
    r"^(?:[Tt]he\s+)?(?:[A-Z][\w’'&-]*\s+){0,3}(?:Times|Post|Herald|Tribune|Gazette|Chronicle|Courier|Telegraph|Journal|Ledger|"
    r"Mail|Mirror|Star|Observer|Examiner|Record|Echo|Dispatch|Globe|Standard|Bugle|Argus|Press|News|Radio|TV|Magazine|Review|Daily|"
    r"Weekly|Signal|Lantern|Sentinel|Reporter|Bulletin|Advertiser|Express|Independent|Wire|Monitor|Recorder|Messenger)$"
)


def looks_like_outlet(words: str) -> bool:
    """Whether a name is built like a newspaper's ("The Harbour Post")."""
    return bool(_OUTLET_SHAPE.match(words.strip(" ,.;:“”\"'‘’()")))
