"""Source kinds and the chain: whom a content is put down to, and through whose hands it came.

Needs the text around a found attribution; gives the source, the chain (first speaker first, this outlet last) and the origin,
the chain's first identifiable link.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from sayso.reading.decode import Found, Name
from sayso.reading.mentions import (
    PRONOUNS,
    SETTLED,
    Cast,
    Hint,
    Resolver,
    Who,
    bare,
    find_outlet,
    looks_like_outlet,
    trimmed,
)
from sayso.reading.mentions.heard import SUBJECT
from sayso.reading.mentions.kinds import ITS_RIVAL, OUR_MAN, Kinds
from sayso.reading.mentions.nouns import head, sort_of
from sayso.reading.mentions.papers import Papers, capitals_before, same_outlet
from sayso.reading.mentions.sorts import UNNAMED_CUE
from sayso.reading.relays import Relays, Told
from sayso.records import Link, Source, SourceKind, Span

_OWN_SOURCE = re.compile(
    r"^(?:this (?:newspaper|website|site|paper|outlet|magazine|blog|column|correspondent|reporter|newsletter|channel)|our (?:own )?(?:(?:[\w-]+ ){0,2}(?:reporters?|correspondents?)|sources?|colleagues?)(?:,? .*)?)(?: (?:in|on|last) \w+)?$",
    re.I,
)
_HOUSE = re.compile(
    r"\b[Ss]ources?\b[^.\n]{0,40}?\b(?:told|telling|tell|indicated? to)\s+((?:[Tt]he\s)?[A-Z][\w’'&+-]*(?:\s[A-Z][\w’'&+-]*){0,2})"
)
#: "as reported in February": with no reporter named, the outlet means its own earlier report
_AS_REPORTED = re.compile(
    r"\bas\s(?:(?:\w+ly|first|already|earlier)\s)?reported(?=\s*[,.)]|\s(?:last|earlier|previously|yesterday|here|at|this|"
    r"(?:in|on|back\sin)\s(?:early\s|mid-|late\s)?(?:January|February|March|April|May|June|July|August|September|October|November|December|\w+day|\d))\b)",
    re.I,
)
_OPENS_LINE = re.compile(r"(?:^|\n)((?:DR|MR|MRS|MS|SIR|LADY|LORD)\s)?$")
#: what brings in a reporter of this outlet's ("our Paris correspondent, Ada Crane")
_OUR = re.compile(r"\b[Oo]ur\s(?:own\s)?(?:[\w-]+\s){0,2}(?:reporter|correspondent|colleague),?\s")
_GOES_ON = re.compile(r"\b(?:add|adds|added|adding|went on|goes on|continued|continues|concluded|also)\b", re.I)
#: what a body does with words and no outlet or document: "it told the Courier", "it has neither confirmed nor denied"
_ACTS = re.compile(
    r"\b(?:told|tell|den(?:y|ies|ied)|declin|refus|promis|would not|will not|apologi[sz]|hop(?:es?|ed)\b|plans?\b|intend)"
)
_ONESELF = frozenset("i we my our us me".split())
#: who is no one's name in a transcript: those who ask speak for the outlet
_ASKERS = frozenset("host presenter interviewer q question moderator anchor".split())
#: where and by whom a report was filed, before its first words
_DATELINE = re.compile(r"[A-ZÀ-Þ]{2,}[A-ZÀ-Þ ,.]*(?:,\s\w+\.?\s\d+)?(?:\s\([^)]*\))?\s[-–—]\s")
#: "the trade weekly Hoist & Hull", "the state channel, Kanal Ett": an outlet told of before it is named
_TOLD_OF_AND_NAMED = re.compile(
    r"^(?P<of>(?:[Tt]he|[Aa]n?|[Ii]ts|[Hh]is|[Hh]er)\s(?:[A-ZÀ-Þ]\w+\s)?(?:[a-z][\w-]*\s)*?[a-z][\w-]*),?\s(?P<name>[A-ZÀ-Þ][^,]*)$"
)
#: who asks is not the one who then answers
_ASKS = re.compile(r"\b(?:put (?:it|this|that) to|ask(?:s|ed|ing)?|press(?:es|ed)|challeng(?:es|ed))\b")
_ANSWERS = re.compile(r"\b(?:repl(?:y|ies|ied)|answer(?:s|ed)?|respond(?:s|ed)?|retort(?:s|ed)?|counter(?:s|ed)?)\b")


class Attributor:
    """Settles sources and chains through one text, in reading order; what was settled before helps with what comes.

    `given` are names the text's outlets go under elsewhere; `names` are names found by a model, where there is one.
    """

    def __init__(
        self, text: str, *, outlet: str | None, given: frozenset[str] = frozenset(), names: Sequence[Name] = ()
    ) -> None:
        self.text = text
        self.outlet = outlet
        self.cast = Cast(text, names=names, given=given, outlet=outlet)
        self.resolver = Resolver(self.cast)
        self.papers = Papers(self.cast, outlet=outlet, given=given)
        self.kinds = Kinds(self.cast, self.papers, self.resolver.spoken)
        self.house = outlet or _house(text)
        self.settled: list[tuple[Found, Told]] = []
        self.relays = Relays(self.cast, self.papers, self.settled, outlet=outlet, own=self._own)

    def settle(self, found: Found) -> Told:
        """Source, chain and origin of one attribution. Call in the order of the cues."""
        found = self._past_dateline(found)
        source = self._source(found)
        chain = self._chain(found, source)
        told = Told(source, chain, origin_of(chain, printed=self.outlet is not None))
        self.settled.append((found, told))
        if source.name and source.kind not in ("unnamed", "own"):
            at = source.span.start if source.span else found.cue[0]
            self.resolver.heard(at, source.name, source.kind, source.span.text if source.span else source.name)
        return told

    def _past_dateline(self, found: Found) -> Found:
        """The attribution without a dateline that its source has taken in ("ORM - Three members of the council")."""
        if found.source and (line := _DATELINE.match(self.text, *found.source[0])):
            return replace(found, source=((line.end(), found.source[0][1]), *found.source[1:]))
        return found

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
        if re.match(r"(?:he|she|they),\s", low):
            low, end = low.partition(",")[0], start + len(low.partition(",")[0])
        if self._own(words, low):
            return Source("own", self.outlet, span)
        if low in _ONESELF:
            if not (self.cast.layout.quotation(start) or self._in_someones_words(found)):
                return Source("own", self.outlet, span)
            if outer := self._speaker(found):
                return Source(outer.kind, outer.name, span)
        if words.isupper() and self.text[end : end + 1] == ":" and _OPENS_LINE.search(self.text[:start][-8:]):
            return self._labelled(words, span)
        answer = self.resolver.who(start, end, hint=self._hint(found, start, low))
        if answer and answer.confidence < SETTLED:
            answer = None
        if low in PRONOUNS and answer and self._one_of_ours(answer.name):
            return Source("own", self.outlet, span)
        if low in PRONOUNS:
            fallback: SourceKind = "organisation" if low in ("it", "its", "which") else "person"
            return Source(self.kinds.of_pronoun(answer) or fallback, answer.name if answer else span.text, span)
        kind = self.kinds.of(found, words, answer)
        return Source(kind, self._called(kind, words, answer), span)

    def _labelled(self, words: str, span: Span) -> Source:
        """Who speaks in a transcript's line, by its label ("KANE:", "HOST:", "CALLER:")."""
        if words.lower() in _ASKERS:
            return Source("outlet" if self.outlet else "own", self.outlet, span)
        if words.lower() == "caller":
            return Source("anonymous", "a caller", span)
        title = _OPENS_LINE.search(self.text[: span.start][-8:])
        name = words.title()
        full = self.cast.full(name, len(self.text))
        return Source(
            "person",
            full if full and full.lower() != name.lower() else f"{((title and title[1]) or '').title()}{name}",
            span,
        )

    def _hint(self, found: Found, start: int, low: str) -> Hint:
        """What a pronoun's place tells: it goes on with the last speaker ("he added"), or is not whoever is quoted speaking of him."""
        quoted = self._outer(found) if low in PRONOUNS and self.cast.layout.quotation(start) else None
        cue = self.text[found.cue[0] : found.cue[1]]
        others = {quoted.source.name} if quoted and quoted.source.name else set()
        if low in PRONOUNS:
            others |= self._spoken_of(found, start) if SUBJECT.get(low, low) in ("he", "she") else set()
            if _ANSWERS.search(cue):
                others |= {t.source.name or "" for f, t in self.settled[-3:] if _ASKS.search(self.text[slice(*f.cue)])}
        acts = low == "it" and bool(_ACTS.search(cue))
        return Hint(goes_on=bool(_GOES_ON.search(cue)), acts=acts, other_than=frozenset(others))

    def _spoken_of(self, found: Found, start: int) -> set[str]:
        """Who is told of in words that "…, she said" follows: nobody quotes herself by name, nor tells of herself as "the mayor"."""
        return {
            self.resolver.called(m)
            for a, b in found.content
            if b <= start
            for m in self.cast.within(a, b)
            if m.kind in ("person", "anonymous") and not (m.named and self.cast.layout.quotation(m.start) is None)
        }

    def _own(self, words: str, low: str) -> bool:
        """Whether the article's own outlet speaks: by a word for itself, by name, or by the last word of its name ("the Courier")."""
        if _OWN_SOURCE.match(low):
            return True
        name = bare(words)
        if same_outlet(name, self.outlet) or (self.outlet and same_outlet(words.strip(" ,"), self.outlet)):
            return True
        parts = (self.outlet or "").split()
        if len(name) > 2 and name.isupper() and name == "".join(part[0] for part in parts if part[0].isupper()):
            return True
        short = (
            (words.strip(" ,").startswith(("the ", "The ")) or looks_like_outlet(f"The {name}"))
            and len(parts) > 1
            and name in (parts[-1], " ".join(parts[1:]), " ".join(parts[-2:]))
        )
        return short and not any(f"{w} {name}" in self.text for w in capitals_before(self.text, name))

    def _one_of_ours(self, name: str) -> bool:
        """Whether the text brings a name in as this outlet's own reporter ("our Paris correspondent, Ada Crane")."""
        return bool(_OUR.search(self.text) and re.search(rf"{_OUR.pattern}{re.escape(name)}\b", self.text))

    def _in_someones_words(self, found: Found) -> bool:
        """Whether it stands in another's own words: a transcript's line, or a content that opens with a quotation mark."""
        holding = [
            f for f, _ in self.settled if f.cue != found.cue and any(a <= found.cue[0] < b for a, b in f.content)
        ]
        return any(self.text[f.cue[0]] == ":" or self.text[f.content[0][0]] in "‘“\"'" for f in holding)

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
        if "reported" in cue and _AS_REPORTED.search(self.text, max(0, found.cue[0] - 20), found.cue[1] + 20):
            return Source("own", self.outlet)
        if found.kind == "unnamed" or UNNAMED_CUE.search(cue) or not self.settled:
            return Source("unnamed", None)
        before, told = self.settled[-1]
        between = self.text[min(before.cue[1], found.cue[0]) : found.cue[0]]
        if len(between) < 400 and "\n" not in between and not re.search(r"[.!?]\s", between):
            return Source(told.source.kind, told.source.name)
        return Source("unnamed", None)

    def _called(self, kind: SourceKind, words: str, answer: Who | None) -> str:
        """The source's name: the one it stands for, an outlet's as it is called elsewhere, else its own words."""
        if kind == "outlet":
            entry = self.papers.registered(words)
            if entry:
                return self.papers.widest(entry.name)
            if answer and self.papers.writes_for(words, answer.name):
                return answer.name
            if answer and (OUR_MAN.match(words) or self._by_name(words, answer)):
                return answer.name
            if answer and "outlet" in (answer.kind, self.kinds.heard_as(answer.name)):
                return self.papers.widest(answer.name)
            told_of = _TOLD_OF_AND_NAMED.match(words.strip(" ,"))
            named = told_of["name"] if told_of and sort_of(head(told_of["of"])) == "outlet" else words
            return self.papers.named(ITS_RIVAL.sub("", named))
        if answer:
            return answer.name
        return trimmed(words) or words

    def _by_name(self, words: str, answer: Who) -> bool:
        """Whether a journalist is named, with or without what he is ("Their man in Orm, Ivo Lark", then "Lark")."""
        reporter = answer.name in self.cast.reporters or answer.kind == "person"
        return reporter and " " in answer.name and (answer.name in words or bare(words) == answer.name.split()[-1])

    def _chain(self, found: Found, source: Source) -> tuple[Link, ...]:
        links: list[Link] = []
        if source.kind != "own":
            links.append(Link(source.kind, source.name or "?"))
            outer = self._outer(found)
            if outer is not None:
                links += [link for link in outer.chain if link.name != self.outlet]
            else:
                links += self.relays.through(found, source)
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


def _house(text: str) -> str | None:
    """The one outlet that an undeclared article's anonymous sources talk to ("sources told ESPN"), if it is one: its own."""
    told = {entry.name for m in _HOUSE.finditer(text) if (entry := find_outlet(m[1]) or find_outlet(m[1].split()[0]))}
    return next(iter(told)) if len(told) == 1 else None


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
