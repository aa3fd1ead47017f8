"""Source kinds and the chain: whom a content is put down to, and through whose hands it came.

Needs the text around a found attribution; gives the source, the chain (first speaker first, this outlet last) and the origin,
the chain's first identifiable link.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from sayso.reading.decode import Found
from sayso.reading.mentions import PRONOUNS, Names, bare, find_outlet, looks_like_outlet
from sayso.records import Link, Source, SourceKind, Span

_ANONYMOUS = re.compile(
    r"\b(?:sources?|insiders?|those close|(?:people|persons?|someone|figures?) (?:familiar|close|with knowledge|briefed|involved|near)|"
    r"not (?:be|to be) (?:named|identified)|anonym\w+|condition of anonymity|whistleblowers?|"
    r"(?:senior|leading|club|boardroom|dressing-room) figures?|officials$|the same person|knowledge of the (?:matter|situation|talks|deal)|familiar with the (?:matter|talks|situation|deal|plans?))\b",
    re.I,
)
_CROWD = re.compile(
    r"^(?:one|another|two|three|one of (?:them|those|the)\b.*|those (?:who|present|in|around)\b.*|(?:an?|one|another) (?:member|friend|colleague|person|insider|director) (?:of|at|in|close|with|involved)\b.*)$|^(?:some|many|others|several|most|few|critics|observers|experts|analysts|pundits|rumou?rs|reports|media reports|speculation|"
    r"allies|aides|insiders|a (?:senior )?(?:official|diplomat|banker|insider|adviser|aide)|(?:two|three|four|several) "
    r"(?:officials|people|bankers|diplomats|executives|advisers|aides)|one (?:person|official|insider|executive))\b",
    re.I,
)
_DOCUMENT = re.compile(
    r"\b(?:report|study|paper|survey|poll|filing|letter|memo|documents?|minutes|indictment|lawsuit|complaint|contract|prospectus|"
    r"statement|notice|email|emails|records|data|figures|review|dossier|transcript|ruling|audit|agreement|post-mortem)\b",
    re.I,
)
_ORGANISATION = re.compile(
    r"\b(?:club|company|board|federation|confederation|ministry|government|police|council|party|court|committee|agency|association|"
    r"union|bank|group|inc|ltd|plc|corp|fc|cf|afc|team|university|campaign|administration|department|office|authority|commission|"
    r"regulator|prosecutors|hierarchy|officials|lender|airline|firm|institute|league|airlines|partners|capital|holdings|army|"
    r"congress|senate|parliament|house|institut\w+|charity|trust|hospital|school|service|directors)\b",
    re.I,
)
#: where the head of a source ends: "a report | by the council", "the Italian, | whose contract …"
_HEAD_END = re.compile(r",|\s(?:who|whose|which|that|by|for|from|in|on|at|to|with|close)\b", re.I)
_UNNAMED_CUE = re.compile(
    r"\b(?:reported(?:ly)?|rumou?red|allegedly|alleged|supposedly|apparently|"
    r"(?:is|are|was|were|been|it[’']s|be)\s+(?:\w+ly\s+)?(?:understood|believed|thought|said|reported|expected|considered|tipped|claimed|"
    r"rumou?red|known|alleged|feared|hoped))\b",
    re.I,
)
_OWN_SOURCE = re.compile(r"^(?:this (?:newspaper|website|site|paper|outlet|magazine)|we|our reporters?)$", re.I)
_TOLD = re.compile(
    r"\b(?:told|tell|telling|tells|informed|indicate(?:d|s)? to|said to|confirmed to|speaking to|speaking with|spoke to|spoken to|"
    r"interview with|conversation with|comments to|statement to|revealed to|admitted to|quoted by|cited by|carried by|via|by)\s+"
    r"((?:[Tt]he\s+)?[A-Z][\w’'&.+-]*(?:\s+(?:dello|della|de|do|da|of|the)?\s?[A-Z][\w’'&.+-]*){0,3})"
)
_HOUSE = re.compile(
    r"\b[Ss]ources?\b[^.\n]{0,40}?\b(?:told|telling|tell|indicated? to)\s+((?:[Tt]he\s)?[A-Z][\w’'&+-]*(?:\s[A-Z][\w’'&+-]*){0,2})"
)
_REPORTS = re.compile(
    r"\b(?:report(?:s|ed|ing)?|relay(?:s|ed)?|reveal(?:s|ed)?|writes?|wrote|claims?|understands?|carried|splash\w*|citing)\b",
    re.I,
)
_JOURNALIST = re.compile(
    r"\b(?:journalist|reporter|correspondent|columnist|insider|broadcaster|newspaper|paper|outlet|website|daily|tabloid|magazine|site|agency|station)\b",
    re.I,
)
_SUBJECT = {"his": "he", "him": "he", "her": "she", "their": "they", "them": "they"}


@dataclass(frozen=True, slots=True)
class Told:
    """Who says it and how it came here."""

    source: Source
    chain: tuple[Link, ...]
    origin: str | None


class Attributor:
    """Settles sources and chains through one text, in reading order; what was settled before helps with what comes."""

    def __init__(self, text: str, *, outlet: str | None, given: frozenset[str] = frozenset()) -> None:
        self.text = text
        self.outlet = outlet
        self.given = given
        self.names = Names(text)
        self.house = outlet or _house(text)
        self.settled: list[tuple[Found, Told]] = []

    def settle(self, found: Found) -> Told:
        """Source, chain and origin of one attribution. Call in the order of the cues."""
        source = self._source(found)
        chain = self._chain(found, source)
        told = Told(source, chain, origin_of(chain))
        self.settled.append((found, told))
        return told

    def _span(self, found: Found) -> Span | None:
        if not found.source:
            return None
        start, end = found.source[0][0], found.source[-1][1]
        return Span(start, end, self.text[start:end])

    def _source(self, found: Found) -> Source:
        span = self._span(found)
        cue = self.text[found.cue[0] : found.cue[1]]
        if span is None:
            return self._unexpressed(found, cue)
        words = span.text.strip()
        if _OWN_SOURCE.match(words) and (words.lower() != "we" or found.kind == "own"):
            return Source("own", self.outlet, span)
        if _same(bare(words), self.outlet):
            return Source("own", self.outlet, span)
        if words.lower() in PRONOUNS:
            return self._pronoun(_SUBJECT.get(words.lower(), words.lower()), span)
        kind = self._kind(found, words, cue)
        return Source(kind, self._resolved(kind, words, span.start), span)

    def _unexpressed(self, found: Found, cue: str) -> Source:
        """Nobody is written: a passive or 'reportedly' has no source; a second joined verb has the first one's."""
        if found.kind == "unnamed" or _UNNAMED_CUE.search(cue) or not self.settled:
            return Source("unnamed", None)
        before, told = self.settled[-1]
        between = self.text[min(before.cue[1], found.cue[0]) : found.cue[0]]
        if len(between) < 400 and "\n" not in between and not re.search(r"[.!?]\s", between):
            return Source(told.source.kind, told.source.name)
        return Source("unnamed", None)

    def _kind(self, found: Found, words: str, cue: str) -> SourceKind:
        """The kind: what the words settle first, else what the model reads off the cue."""
        name = bare(words)
        entry = find_outlet(words) or find_outlet(name)
        if entry and (not entry.ambiguous or _REPORTS.search(cue) or "according" in cue.lower()):
            return "outlet"
        if name in self.given or looks_like_outlet(name):
            return "outlet"
        if _ANONYMOUS.search(words):
            return "anonymous"
        if _CROWD.match(words):
            return "anonymous"
        if _JOURNALIST.search(words) and self._reporter(words, found.source[0][0]):
            return "outlet"
        if found.kind_confidence >= 0.6 and found.kind not in ("unnamed", "own"):
            return found.kind  # type: ignore[return-value]
        if self._full_name(words, found.source[0][0]):
            return "person"
        head = _HEAD_END.split(words, maxsplit=1)[0]
        if _DOCUMENT.search(head):
            return "document"
        return "organisation" if _ORGANISATION.search(head) or head.isupper() else "person"

    def _full_name(self, words: str, at: int) -> str | None:
        """The full name that stands in a source's words, or that its bare surname stands for."""
        for name in self.names.people:
            if at <= name.start < at + len(words):
                return name.text
        return self.names.full(words, at) if len(bare(words).split()) <= 2 else None

    def _resolved(self, kind: SourceKind, words: str, at: int) -> str:
        if kind == "outlet":
            entry = find_outlet(words) or find_outlet(bare(words))
            if entry:
                return entry.name
            return self._reporter(words, at) or self._full_name(words, at) or self._outlet_named(words)
        if kind == "person":
            return self._full_name(words, at) or self._described(words, at) or words
        return words

    def _outlet_named(self, words: str) -> str:
        """An outlet as it is called elsewhere: "Ledger" is "The Ledger" where the text or the given names call it so."""
        name = _outlet_name(words)
        whole = f"The {name}"
        known = whole in self.given or whole == self.outlet or re.search(rf"\b[Tt]he {re.escape(name)}\b", self.text)
        return whole if known and not name.startswith("The ") else name

    def _reporter(self, words: str, at: int) -> str | None:
        """'journalist Ada Crane' → her; 'the journalist', 'the same outlet' → the reporter or outlet named last before."""
        named = next((n.text for n in self.names.people if at <= n.start < at + len(words)), None)
        if named or not words.lower().startswith(("the ", "that ", "this ")):
            return named
        for _, told in reversed(self.settled[-4:]):
            if told.source.kind == "outlet" and told.source.name:
                return told.source.name
        near = self.names.before(at, within=300)
        return near.text if near else None

    def _described(self, words: str, at: int) -> str | None:
        """'the Italian', 'the 35-year-old' → the one person the last sentences spoke of; left as said where they spoke of several."""
        if not words.lower().startswith("the ") or len(words.split()) > 3:
            return None
        for found, told in reversed(self.settled[-3:]):
            if (
                told.source.kind == "person"
                and told.source.name in {n.text for n in self.names.people}
                and at - found.cue[0] < 600
            ):
                return told.source.name
        stretch = self.text[max(0, at - 400) : at]
        people = {n.text for n in self.names.people if at - 400 <= n.start < at}
        surnames = {s for s in self.names.by_surname if re.search(rf"\b{re.escape(s)}\b", stretch.lower())}
        people |= {n for s in surnames for n in {m.text for m in self.names.by_surname[s]}}
        return next(iter(people)) if len(people) == 1 else None

    def _pronoun(self, word: str, span: Span) -> Source:
        """The last source that the pronoun can stand for; else the last full name close by; else as said."""
        for before, told in reversed(self.settled[-6:]):
            gap = span.start - before.cue[0]
            if gap > 900:
                break
            kind, name = told.source.kind, told.source.name
            if word in ("he", "she", "i") and kind in ("person", "anonymous") and not _plural(before, self.text):
                return Source(kind, name, span)
            if word in ("they", "we", "it") and kind in ("anonymous", "organisation", "outlet"):
                return Source(kind, name, span)
        near = self.names.before(span.start, within=500) if word in ("he", "she") else None
        return Source("person", near.text if near else span.text, span)

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
        start, end = self._sentence(found)
        inside = [content for content in found.content if content[0] >= start]
        stretch = self.text[start : max([end, *(c[0] for c in inside)])]
        for match in _TOLD.finditer(stretch):
            at = start + match.start(1)
            if any(a <= at < b for a, b in found.content):
                continue
            entry = find_outlet(match[1]) or find_outlet(match[1].split()[0])
            given = looks_like_outlet(match[1]) or bare(match[1]) in self.given
            name = entry.name if entry else self._outlet_named(match[1]) if given else None
            if name and not _same(name, source.name) and not _same(name, self.outlet):
                return [Link("outlet", name)]
        if source.kind == "unnamed":
            for before, told in reversed(self.settled[-3:]):
                near = self.text.count("\n\n", before.cue[0], found.cue[0]) <= 1 and found.cue[0] > before.cue[0]
                if near and told.source.kind == "outlet" and told.source.name:
                    return [Link("outlet", told.source.name)]
        return []

    def _sentence(self, found: Found) -> tuple[int, int]:
        """The stretch around the cue up to the sentence ends, quotations passed over."""
        start = max(self.text.rfind("\n", 0, found.cue[0]), self.text.rfind(". ", 0, found.cue[0]), -1) + 1
        stops = [p for p in (self.text.find("\n", found.cue[1]), self.text.find(". ", found.cue[1])) if p >= 0]
        return start, min(stops, default=len(self.text))


def _house(text: str) -> str | None:
    """The one outlet that an undeclared article's anonymous sources talk to ("sources told ESPN"), if it is one: its own."""
    told = {entry.name for m in _HOUSE.finditer(text) if (entry := find_outlet(m[1]) or find_outlet(m[1].split()[0]))}
    return next(iter(told)) if len(told) == 1 else None


def _same(one: str | None, other: str | None) -> bool:
    """Whether two names are one but for their article."""
    return bool(one and other) and (one or "").removeprefix("The ") == (other or "").removeprefix("The ")


def _plural(found: Found, text: str) -> bool:
    words = text[found.source[0][0] : found.source[-1][1]].lower() if found.source else ""
    return words.endswith("s") and "source" in words


def _outlet_name(words: str) -> str:
    name = words.strip(" ,.;:“”\"'‘’()")
    return "The " + name[4:] if name.startswith("the ") and name[4:5].isupper() else name


def origin_of(chain: tuple[Link, ...]) -> str | None:
    """The first identifiable link. An anonymous source counts as the outlet that vouches; an unnamed one is nobody, unless an
    outlet is being relayed.
    """
    if not chain:
        return None
    if chain[0].kind == "unnamed":
        return chain[1].name if len(chain) > 2 else None
    for link in chain:
        if link.kind not in ("anonymous", "unnamed") and link.name != "?":
            return link.name
    return None
