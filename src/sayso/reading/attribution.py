"""Source kinds and the chain: whom a content is put down to, and through whose hands it came.

Needs the text around a found attribution; gives the source, the chain (first speaker first, this outlet last) and the origin,
the chain's first identifiable link.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import get_args

from sayso.reading.decode import Found, Name
from sayso.reading.mentions import (
    SETTLED,
    Cast,
    OutletEntry,
    Resolver,
    Who,
    bare,
    find_outlet,
    looks_like_outlet,
    loose,
    trimmed,
)
from sayso.reading.mentions.find import like_a_body
from sayso.reading.mentions.forenames import FIRST_NAMES
from sayso.reading.mentions.nouns import head, plural
from sayso.reading.mentions.resolve import PRONOUNS
from sayso.reading.mentions.sorts import REPORTS, UNNAMED_CUE, kind_by_words
from sayso.records import Link, Source, SourceKind, Span

_OWN_SOURCE = re.compile(
    r"^(?:this (?:newspaper|website|site|paper|outlet|magazine|blog|column|correspondent|reporter|newsletter|channel)|our (?:own )?(?:reporters?|correspondents?|sources?|colleagues?)(?: .*)?)(?: (?:in|on|last) \w+)?$",
    re.I,
)
_TOLD = re.compile(
    r"\b(?:told|tell|telling|tells|informed|indicated? to|said to|confirmed to|speaking (?:to|with|on)|spoke (?:to|with)|spoken to|speak to|"
    r"(?:interview|conversation) (?:with|on|in)|comments? to|statements? to|revealed to|admitted to|quoted (?:by|in)|cited by|carried by|via|by|briefing|briefed|wrote in|writing in|writes in|written in)\s+"
    r"(?:the\s(?:newspaper|magazine|weekly|daily|agency|site|podcast|radio station|broadcaster|website|paper)\s)?((?:[Tt]he\s+)?[A-ZÀ-Þ][\w’'&.+-]*(?:\s+(?:dello|della|de|do|da|of|the)?\s?[A-ZÀ-Þ][\w’'&.+-]*){0,3})"
)
_HOUSE = re.compile(
    r"\b[Ss]ources?\b[^.\n]{0,40}?\b(?:told|telling|tell|indicated? to)\s+((?:[Tt]he\s)?[A-Z][\w’'&+-]*(?:\s[A-Z][\w’'&+-]*){0,2})"
)
_ITS_READERS = re.compile(
    r"\b(?:told|tells|telling|tell)\s(?:the|that|this)\s(?:paper|newspaper|magazine|site|website|agency|station|channel|weekly|daily|outlet|podcast)\b"
)


_STRONGLY_REPORTS = re.compile(
    r"^(?:(?:has |have |had |also |first |was first to )*(?:report(?:s|ed)?|understands?|learn(?:ed|t)|hears)|per|citing|cites)$",
    re.I,
)


#: one person's word for himself inside a quotation, and what only people do
_OF_ONESELF = re.compile(r"[“\"][^”\"]*\b(?:I|I[’']m|I[’']ve|my)\b")
_PERSONAL = re.compile(
    r"\b(?:admit|vow|insist|jok|recall|remember|reckon|fe(?:el|lt)|wonder|regret|thank|laugh|smil|shrug|grin|th(?:ink|ought)|fear|swears?|describ|refused to be drawn|moan|rage|fume|beam)",
    re.I,
)
_KINDS: dict[str, SourceKind] = {kind: kind for kind in get_args(SourceKind)}
_NEXT_CLAUSE = re.compile(r",\s(?:but|while|although|though|and|whereas)\b")


@dataclass(frozen=True, slots=True)
class Told:
    """Who says it and how it came here."""

    source: Source
    chain: tuple[Link, ...]
    origin: str | None


class Attributor:
    """Settles sources and chains through one text, in reading order; what was settled before helps with what comes.

    `given` are names the text's outlets go under elsewhere; `names` are names found by a model, where there is one.
    """

    def __init__(
        self, text: str, *, outlet: str | None, given: frozenset[str] = frozenset(), names: Sequence[Name] = ()
    ) -> None:
        self.text = text
        self.outlet = outlet
        self.given = given
        self.cast = Cast(text, names=names, given=given, outlet=outlet)
        self.resolver = Resolver(self.cast)
        self.house = outlet or _house(text)
        self.settled: list[tuple[Found, Told]] = []

    def settle(self, found: Found) -> Told:
        """Source, chain and origin of one attribution. Call in the order of the cues."""
        source = self._source(found)
        chain = self._chain(found, source)
        told = Told(source, chain, origin_of(chain, printed=self.outlet is not None))
        self.settled.append((found, told))
        if source.name and source.kind not in ("unnamed", "own"):
            at = source.span.start if source.span else found.cue[0]
            self.resolver.heard(at, source.name, source.kind, source.span.text if source.span else source.name)
        return told

    def who(self, start: int, end: int) -> str | None:
        """The full name of whom the words in [start, end) stand for; None where the text does not settle it."""
        answer = self.resolver.who(start, end)
        return answer.name if answer and answer.confidence >= SETTLED else None

    def _source(self, found: Found) -> Source:
        if not found.source:
            return self._unexpressed(found)
        start, end = found.source[0][0], found.source[-1][1]
        span = Span(start, end, self.text[start:end])
        words = span.text.strip()
        low = words.strip(' ,“”"').lower()
        if self._own(words, low):
            return Source("own", self.outlet, span)
        if low in ("i", "we", "my", "our", "us", "me") and not self.cast.layout.quotation(start):
            return Source("own", self.outlet, span)
        if low in ("i", "we", "my", "our", "us", "me") and (outer := self._speaker(found)):
            return Source(outer.kind, outer.name, span)
        answer = self.resolver.who(start, end)
        if answer and answer.confidence < SETTLED:
            answer = None
        if low in PRONOUNS:
            fallback: SourceKind = "organisation" if low in ("it", "its", "which") else "person"
            return Source(
                _a_kind(answer.kind if answer else None) or fallback, answer.name if answer else span.text, span
            )
        kind = self._kind(found, words, answer)
        return Source(kind, self._called(kind, words, answer), span)

    def _own(self, words: str, low: str) -> bool:
        """Whether the article's own outlet speaks: by a word for itself, by name, or by the last word of its name ("the Courier")."""
        if _OWN_SOURCE.match(low):
            return True
        name = bare(words)
        if _same(name, self.outlet) or (self.outlet and _same(words.strip(" ,"), self.outlet)):
            return True
        parts = (self.outlet or "").split()
        short = (
            words.strip(" ,").startswith(("the ", "The "))
            and len(parts) > 1
            and name in (parts[-1], " ".join(parts[1:]), " ".join(parts[-2:]))
        )
        return short and not any(f"{w} {name}" in self.text for w in _capitals_before(self.text, name))

    def _speaker(self, found: Found) -> Source | None:
        """Who is quoted where "I" or "we" stands: the source in whose content it stands, else the last one quoted."""
        outer = self._outer(found)
        if outer is None:
            before = [t for f, t in self.settled if found.cue[0] - f.cue[0] < 600]
            outer = before[-1] if before else None
        return outer.source if outer and outer.source.name else None

    def _unexpressed(self, found: Found) -> Source:
        """Nobody is written: a passive or 'reportedly' has no source; a second joined verb has the first one's."""
        cue = self.text[found.cue[0] : found.cue[1]]
        if found.kind == "unnamed" or UNNAMED_CUE.search(cue) or not self.settled:
            return Source("unnamed", None)
        before, told = self.settled[-1]
        between = self.text[min(before.cue[1], found.cue[0]) : found.cue[0]]
        if len(between) < 400 and "\n" not in between and not re.search(r"[.!?]\s", between):
            return Source(told.source.kind, told.source.name)
        return Source("unnamed", None)

    def _kind(self, found: Found, words: str, answer: Who | None) -> SourceKind:
        """The kind: what the words settle first, then whom they stand for, else what the model reads off the cue."""
        cue = self.text[found.cue[0] : found.cue[1]]
        name = bare(words)
        entry = self._registered(words)
        if entry and (not entry.ambiguous or REPORTS.search(cue) or "according" in cue.lower() or cue.lower() == "per"):
            return "outlet"
        if name in self.given or looks_like_outlet(words) or looks_like_outlet(name):
            return "outlet"
        if answer and answer.kind == "outlet" and self._outlet_by_words(words, answer):
            return "outlet"
        told = kind_by_words(words, cue)
        if self.outlet and re.search(
            rf"^(?:an?|the|our) \w+ by (?:[Tt]he )?{re.escape(self.outlet.removeprefix('The '))}\b", words, re.I
        ):
            return "own"
        within = answer is not None and answer.name in words
        if told == "person" and plural(head(words)) and not within:
            return "person"
        if answer and told is None and self._bare_name(words) and not self._surely_person(words, found):
            return self._kind_of_name(found, cue, answer)
        if answer and answer.kind in ("person", "organisation", "anonymous", "document") and told != "anonymous":
            if answer.kind == "organisation" and (told == "document" or (told == "person" and not within)):
                return told
            return _a_kind(answer.kind) or "person"
        if told:
            return told
        if found.kind_confidence >= 0.6 and found.kind not in ("unnamed", "own"):
            return _a_kind(found.kind) or "person"
        return "organisation" if self._bare_name(words) else "person"

    def _kind_of_name(self, found: Found, cue: str, answer: Who) -> SourceKind:
        """A name that says no more than itself: by how the text treats it, what it says and feels, else as the model reads it."""
        if _STRONGLY_REPORTS.match(cue):
            return "outlet"
        if like_a_body(answer.name, self.text):
            return _a_kind(answer.kind) or "organisation"
        if any(_OF_ONESELF.search(self.text[slice(*piece)]) for piece in found.content) or _PERSONAL.search(cue):
            return "person"
        if found.kind_confidence >= 0.6 and found.kind in ("person", "organisation", "outlet"):
            return _a_kind(found.kind) or "person"
        return _a_kind(answer.kind) or "organisation"

    def _bare_name(self, words: str) -> bool:
        return bool(re.match(r"^(?:[Tt]he )?[A-ZÀ-Þ][\w’'-]*(?:\s&?\s?[A-ZÀ-Þ][\w’'-]*)*$", bare(words)))

    def _surely_person(self, words: str, found: Found) -> bool:
        """Whether a name is a person's beyond its shape: a known first name, or one that speaks of himself."""
        name = self.cast.full(words, found.source[0][0]) or bare(words)
        return name in self.cast.genders or name.split()[0].lower() in FIRST_NAMES

    def _registered(self, words: str) -> OutletEntry | None:
        """The register's outlet of this name; a bare "the Post" that several papers go by only where the text has the whole name."""
        name = words.strip(" ,.;:“”\"'‘’()")
        entry = find_outlet(name) or find_outlet(bare(name))
        if entry and loose(name, entry) and not _same(name, entry.name):
            return entry if entry.name.removeprefix("The ") in self.text else None
        return entry

    def _outlet_by_words(self, words: str, answer: Who) -> bool:
        return kind_by_words(words, "") not in ("document", "anonymous") or answer.confidence > 0.8

    def _called(self, kind: SourceKind, words: str, answer: Who | None) -> str:
        """The source's name: the one it stands for, an outlet's as it is called elsewhere, else its own words."""
        if kind == "outlet":
            entry = self._registered(words)
            if entry:
                return entry.name
            return answer.name if answer and answer.kind == "outlet" else self._outlet_named(words)
        if answer:
            return answer.name
        return trimmed(words) or words

    def _outlet_named(self, words: str) -> str:
        """An outlet as it is called elsewhere: "Ledger" is "The Ledger" where the text or the given names call it so."""
        name = words.strip(" ,.;:“”\"'‘’()")
        name = "The " + name[4:] if name.startswith("the ") and name[4:5].isupper() else name
        whole = f"The {name}"
        known = whole in self.given or whole == self.outlet or re.search(rf"\b[Tt]he {re.escape(name)}\b", self.text)
        return whole if known and not name.startswith("The ") else name

    def _chain(self, found: Found, source: Source) -> tuple[Link, ...]:
        links: list[Link] = []
        if source.kind != "own":
            links.append(Link(source.kind, source.name or "?"))
            outer = self._outer(found)
            if outer is not None:
                links += [link for link in outer.chain if link.name != self.outlet]
            else:
                links += self._through(found, source)
        if source.kind == "anonymous" and self.house and not any(link.kind == "outlet" for link in links):
            links.append(Link("outlet", self.house))
        if self.outlet:
            links.append(Link("outlet" if source.kind != "own" else "own", self.outlet))
        elif source.kind == "own":
            links.append(Link("own", "?"))
        return tuple(dict.fromkeys(links))

    def _outer(self, found: Found) -> Told | None:
        """The attribution in whose content this one's cue stands, innermost first."""
        holding = [
            (content[1] - content[0], told)
            for other, told in self.settled
            for content in other.content
            if content[0] <= found.cue[0] and found.cue[1] <= content[1] and other.cue != found.cue
        ]
        return min(holding, key=lambda pair: pair[0])[1] if holding else None

    def _through(self, found: Found, source: Source) -> list[Link]:
        """The outlet that was told, or that this passage is relaying."""
        layout = self.cast.layout
        start, end = layout.begin(found.cue[0]), layout.end(found.cue[0], len(self.text))
        inside = [content for content in found.content if content[0] >= start]
        stretch = self.text[start : max([end, *(c[0] for c in inside)])]
        for match in _TOLD.finditer(stretch):
            at = start + match.start(1)
            if any(a <= at < b for a, b in found.content):
                continue
            if source.kind == "unnamed" and _NEXT_CLAUSE.search(self.text[found.cue[1] : at]):
                continue
            name = self._an_outlet(match[1])
            if name and not _same(name, source.name) and not _same(name, self.outlet):
                return [Link("outlet", name)]
        if source.kind == "unnamed" or (source.kind == "anonymous" and _ITS_READERS.search(stretch)):
            return self._still_relayed(found)
        return []

    def _an_outlet(self, words: str) -> str | None:
        """The outlet that these words name, if they name one."""
        for part in (words, words.split()[0]):
            if entry := find_outlet(part):
                return entry.name
        known = self.cast.outlets.get(words.lower().removeprefix("the "))
        if known or looks_like_outlet(words) or bare(words) in self.given:
            return known or self._outlet_named(words)
        return None

    def _still_relayed(self, found: Found) -> list[Link]:
        """The outlet whose report the passage is still relaying."""
        for before, told in reversed(self.settled[-3:]):
            near = self.text.count("\n\n", before.cue[0], found.cue[0]) <= 1 and found.cue[0] > before.cue[0]
            if near and told.source.kind == "outlet" and told.source.name:
                return [Link("outlet", told.source.name)]
        return []


def _a_kind(kind: str | None) -> SourceKind | None:
    return _KINDS.get(kind) if kind else None


def _capitals_before(text: str, name: str) -> list[str]:
    """Capital words that stand before a name somewhere ("Evening" before "Echo"): there it is another's name."""
    return [w for w in re.findall(rf"\b([A-ZÀ-Þ][\w’'-]*)\s{re.escape(name)}\b", text) if w not in ("The", "the")]


def _house(text: str) -> str | None:
    """The one outlet that an undeclared article's anonymous sources talk to ("sources told ESPN"), if it is one: its own."""
    told = {entry.name for m in _HOUSE.finditer(text) if (entry := find_outlet(m[1]) or find_outlet(m[1].split()[0]))}
    return next(iter(told)) if len(told) == 1 else None


def _same(one: str | None, other: str | None) -> bool:
    """Whether two names are one but for their article."""
    return bool(one and other) and (one or "").removeprefix("The ") == (other or "").removeprefix("The ")


def origin_of(chain: tuple[Link, ...], *, printed: bool = True) -> str | None:
    """The first identifiable link. An anonymous source counts as the outlet that vouches; an unnamed one is nobody, unless an
    outlet is being relayed. `printed` says that the chain ends in the outlet that prints it; it does not where that is unknown.
    """
    if not chain:
        return None
    if chain[0].kind == "unnamed":
        return chain[1].name if len(chain) > 1 + printed else None
    for link in chain:
        if link.kind not in ("anonymous", "unnamed") and link.name != "?":
            return link.name
    return None
