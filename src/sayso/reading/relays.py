"""Through whose hands a content came: the outlet that was told it, that vouches for it, or that the passage is relaying."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sayso.reading.decode import Found
from sayso.reading.mentions import Cast
from sayso.reading.mentions.nouns import head, plural
from sayso.reading.mentions.papers import Papers, same_outlet
from sayso.records import Link, Source

_TOLD = re.compile(
    r"\b(?:told|tell|telling|tells|informed|indicated? to|said to|confirmed to|speaking (?:to|with|on)|spoke (?:to|with)|spoken to|speak to|"
    r"(?:interview|conversation) (?:with|on|in)|comments? to|statements? to|revealed to|admitted to|quoted (?:by|in)|cited by|carried by|via|by|briefing|briefed|wrote in|writing in|writes in|written in)\s+"
    r"(?:(?:the\s)?(?:[A-Z]\w+\s|[a-z]+\s)?(?:newspaper|magazine|weekly|daily|agency|site|podcast|radio station|broadcaster|website|paper|tabloid|newsletter)\s)?((?:[Tt]he\s+)?[A-ZÀ-Þ][\w’'&.+-]*(?:\s+(?:dello|della|de|do|da|of|the)?\s?[A-ZÀ-Þ][\w’'&.+-]*){0,3})"
)
_ITS_READERS = re.compile(
    r"\b(?:told|tells|telling|tell)\s(?:(?:the|that)\s(?:same\s)?(?:paper|newspaper|magazine|site|website|agency|station|channel|weekly|daily|outlet|podcast|broadcaster|newsletter|monthly|tabloid|journal)|(?P<it>it))\b"
)
#: who reports hands on what he cites; what stands before the cue where he is named first ("Norda, citing …, reported")
_CITES = re.compile(r"^(?:citing|quoting|crediting)\b", re.I)
_NAMED_FIRST = re.compile(r"((?:[Tt]he\s)?[A-ZÀ-Þ][\w’'&-]*(?:\s[A-ZÀ-Þ][\w’'&-]*){0,3}),?\s$")
#: goes on relaying what was relayed before; "is understood", "is said" are this outlet's own reserve
_REPORTEDLY = re.compile(r"\breportedly\b", re.I)
#: "is also said to", "is reported to": not this outlet's own reserve ("is understood") right after a report that it relays
_GOES_ON_RELAYING = re.compile(
    r"\b(?:(?:is|are|was|were)\salso\s(?:said|reported|claimed|alleged|suggested)|(?:is|are)\sreported)\b"
)
#: "Isbladet’s sources": whose they are vouches for them
_ITS_SOURCES = re.compile(r"^(?:\w+\sof\s)?(.+?)[’']s?\s(?:\w+\s)?(?:sources?|informants?)$")
_NEXT_CLAUSE = re.compile(r",\s(?:but|while|although|though|and|whereas)\b")


@dataclass(frozen=True, slots=True)
class Told:
    """Who says it and how it came here."""

    source: Source
    chain: tuple[Link, ...]
    origin: str | None


#: how far back, in characters, "the paper" may have been named
_NEAR = 800


class Relays:
    """Tells the outlets between a source and this one; `settled` grows as sources are settled, `own` tells this outlet's own names."""

    def __init__(
        self,
        cast: Cast,
        papers: Papers,
        settled: Sequence[tuple[Found, Told]],
        *,
        outlet: str | None,
        own: Callable[[str, str], bool],
    ) -> None:
        self.cast = cast
        self.text = cast.text
        self.papers = papers
        self.settled = settled
        self.outlet = outlet
        self._own = own

    def through(self, found: Found, source: Source) -> list[Link]:
        """The outlet that a source comes with, that was told, or that this passage is relaying."""
        if paper := self._its_own_paper(source):
            return [Link("outlet", paper)]
        layout = self.cast.layout
        start, end = layout.begin(found.cue[0]), layout.end(found.cue[0], len(self.text))
        inside = [content for content in found.content if content[0] >= start]
        stretch = self.text[start : max([end, *(c[0] for c in inside)])]
        for match in _TOLD.finditer(stretch):
            at = start + match.start(1)
            if any(a <= at < b for a, b in found.content):
                continue
            if source.kind in ("unnamed", "anonymous") and _NEXT_CLAUSE.search(self.text[found.cue[1] : at]):
                continue
            if self._own(match[1], match[1].lower()):
                continue
            name = self.papers.outlet_in(match[1])
            if name and not same_outlet(name, source.name) and not same_outlet(name, self.outlet):
                return [Link("outlet", name)]
        if _CITES.match(self.text[found.cue[0] : found.cue[1]]):
            return self._cited_by(found, start)
        if source.kind == "anonymous" and (again := self._heard_through(found, source)):
            return again
        if (
            source.kind == "unnamed" and (_REPORTEDLY.search(self.text[slice(*found.cue)]) or self._in_quotes(found))
        ) or (source.kind in ("anonymous", "person", "organisation") and self._told_its_readers(found, start)):
            return self._still_relayed(found) or ([] if source.kind == "unnamed" else self._paper_before(found, source))
        if source.kind == "unnamed" and _GOES_ON_RELAYING.search(self.text[slice(*found.cue)]):
            return self._just_relayed(found)
        return []

    def _its_own_paper(self, source: Source) -> str | None:
        """The paper that a source comes with: whose journalist he is, or whose sources they are ("Isbladet’s sources")."""
        paper = self.papers.writes_for(source.span.text, source.name) if source.span else None
        owner = _ITS_SOURCES.match(source.name or "") if source.kind == "anonymous" else None
        if paper or owner is None:
            return paper
        told = any(t.source.kind == "outlet" and same_outlet(t.source.name, owner[1]) for _, t in self.settled)
        return owner[1] if told else self.papers.outlet_in(owner[1])

    def _just_relayed(self, found: Found) -> list[Link]:
        """The outlet that the words right before are put down to, where nobody else speaks in between."""
        before, told = self.settled[-1] if self.settled else (None, None)
        between = self.text[before.cue[0] : found.cue[0]] if before else ""
        if told is None or between.count("\n\n") > 1 or "•" in between:
            return []
        papers = [link for link in told.chain if link.kind == "outlet" and link.name != self.outlet]
        return papers[-1:]

    def _told_its_readers(self, found: Found, begin: int) -> bool:
        """Whether this sentence says that "the paper" was told, outside what is told."""
        end = self.cast.layout.end(found.cue[0], len(self.text))
        return any(
            not any(a <= m.start() < b for a, b in found.content)
            and (m["it"] is None or (self.settled and self.settled[-1][1].source.kind == "outlet"))
            for m in _ITS_READERS.finditer(self.text, begin, end)
        )

    def _paper_before(self, found: Found, source: Source) -> list[Link]:
        """The other outlet named last before "told the paper"."""
        here = found.cue[0]
        named = [m.name for m in self.cast.until(here) if m.named and m.kind == "outlet" and here - m.start < _NEAR]
        papers = [
            n for n in named if n not in self.cast.reporters and not same_outlet(n, self.outlet) and n != source.name
        ]
        return [Link("outlet", papers[-1])] if papers else []

    def _heard_through(self, found: Found, source: Source) -> list[Link]:
        """The outlet that has it from someone who has spoken to it before in this passage ("the same person", "one of them", "the guard said")."""
        again = re.sub(r"^(?:one of )?(?:the\s)?", "", source.name or "", flags=re.I).lower()
        for before, told in reversed(self.settled[-4:]):
            name = (told.source.name or "").lower()
            of_them = bool(again) and again == head(name) and plural(again) and told.source.kind == "anonymous"
            papers = [link for link in told.chain[1:] if link.kind == "outlet" and link.name != self.outlet]
            near = self.text.count("\n\n", min(before.cue[0], found.cue[0]), found.cue[0]) <= 1
            if (
                told.source.kind == "anonymous"
                and near
                and papers
                and again
                and (of_them or again in (name, f"the {name}"))
            ):
                return papers[-1:]
        return []

    def _in_quotes(self, found: Found) -> bool:
        """Whether words of a content are somebody's own: what nobody is named for stands in quotation marks."""
        return any(mark in self.text[a:b] for a, b in found.content for mark in '“"')

    def _cited_by(self, found: Found, begin: int) -> list[Link]:
        """The outlet that cites: named right before the cue, else the reporter of this sentence's content."""
        first = _NAMED_FIRST.search(self.text[begin : found.cue[0]])
        name = self.papers.outlet_in(first[1]) if first and not self._own(first[1], first[1].lower()) else None
        if name is None:
            told = [t for f, t in self.settled if begin <= f.cue[0] < found.cue[0] and t.source.kind == "outlet"]
            name = told[-1].source.name if told else None
        return [Link("outlet", name)] if name and not same_outlet(name, self.outlet) else []

    def _still_relayed(self, found: Found) -> list[Link]:
        """The outlet whose report the passage is still relaying."""
        for before, told in reversed(self.settled[-3:]):
            near = self.text.count("\n\n", before.cue[0], found.cue[0]) <= 1 and found.cue[0] > before.cue[0]
            if near and told.source.kind == "outlet" and told.source.name:
                return [Link("outlet", told.source.name)]
        return []
