"""Who a description stands for: "the Italian", "the 35-year-old", "the minister", "the club", "the paper", "the report"."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from sayso.reading.mentions.cast import NATIONS, Cast, Mention, trimmed
from sayso.reading.mentions.focus import candidates
from sayso.reading.mentions.heard import Spoken, Who
from sayso.reading.mentions.nouns import GROUPS, gender_of, head, plural, single, sort_of

_AGE = re.compile(r"\d{1,3}-year-old\b")
_HIS_ROLE = re.compile(
    r"[A-ZÀ-Þ][\w’'-]+(?:\s[A-ZÀ-Þ][\w-]+)?\s(?:head\s)?(?:manager|coach|boss|captain|striker|midfielder|defender|goalkeeper|forward|star|president|leader|director|mayor|chief executive|chief|owner|chairman|chairwoman)$"
)
#: a paper that the text does not call one may still have a paper's article ("Le Drop")
_FOREIGN = re.compile(r"(?:Il|La|Le|El|Der|Die|De|O|Les|Los|Das|Het)\s[A-ZÀ-Þ]")
_STATIONS = frozenset("station broadcaster channel network".split())
_MINISTER = re.compile(r"\b([A-Za-z]+)\s(?:minister|secretary)\b")
_NO_PORTFOLIO = frozenset(
    "the a an prime former deputy chief junior senior shadow his her its their press general private permanent cabinet".split()
)
#: roles that a text gives to someone other than whom it has just quoted, more often than not
_OF_OTHERS = frozenset(
    "judge coroner chairman spokesman spokeswoman spokesperson president prosecutor lawyer agent mayor referee officer secretary treasurer owner director manager coach applicant holder caller victim defendant witness critic investor buyer predecessor successor builder reporter".split()
)
_REPORTERS = frozenset("journalist reporter correspondent columnist".split())
#: what some companies are called
_HOUSE = re.compile(
    r"(?:auction|publishing|fashion|trading|fund|brewing|shipping|cruise|rail|ferry)\s(?:house|group|line|firm|company|operator)"
)
_TEAMS = frozenset("club side team".split())
_COMPANIES = frozenset(
    "club company firm side team bank retailer maker airline party developer start-up startup housebuilder publisher manufacturer carmaker brewer insurer lender supplier network mutual orchestra".split()
)
HEADLESS = re.compile(r"\b(?:of|who|which|that|at|for|whose|behind|beside|opposite)\b(?!-)")
#: what only ever says more of someone spoken of: what they used to be, how they rank, whom they have
_BY_THE_WAY = re.compile(
    r"(?:former|ex-|one-time|onetime|erstwhile|retired|(?:world|Olympic|European)\s(?:[Nn]o\.?\s?\d|number\s\w+|(?:\w+\s)?champion)|(?:mum|mom|mother|dad|father|gran|grandmother|grandfather)-of-)"
)


class Descriptions:
    """Answers for one text's descriptions; `spoken` grows as sources are settled, `full` names a mention in full."""

    def __init__(self, cast: Cast, spoken: Sequence[Spoken], full: Callable[[Mention], str]) -> None:
        self.cast = cast
        self.text = cast.text
        self.spoken = spoken
        self.full = full

    def who(self, words: str, at: int) -> Who | None:
        """Descriptions: "the Italian", "the 35-year-old", "the minister", "the club", "the paper", "the report" → who or what was so introduced."""
        main = trimmed(words)
        match = re.match(r"^(?:the|this|that|these|those)\s(?:same\s|latter\s|former\s)?(.+)$", main, re.I)
        if not match:
            return None
        rest = match[1]
        if _AGE.match(rest) or _HIS_ROLE.match(rest) or NATIONS.fullmatch(rest):
            return self._person(at)
        noun = head(rest)
        if re.match(r"(?:this|that|the)\ssame\s\w+$", main, re.I) and noun in (
            "outlet",
            "source",
            "paper",
            "report",
            "newspaper",
        ):
            last = next((s for s in reversed(self.spoken) if s.at < at), None)
            hidden = noun == "source" and any(s.kind == "anonymous" for s in self.spoken if s.at < at)
            if last and last.kind == "outlet" and not hidden:
                return Who(last.name, "outlet", 0.85)
        if re.match(r"(?:this|that|the)\ssame\s(?:person|source|figure|man|woman)$", main, re.I):
            unnamed = [s for s in self.spoken if s.at < at and s.kind == "anonymous" and s.number == 1][-1:]
            if unnamed:
                return Who(unnamed[0].name, "anonymous", 0.65)
        for s in reversed([s for s in self.spoken if s.at < at][-3:]):
            if s.kind == "anonymous" and single(head(re.sub(r"^\w+ of ", "", s.name))) == single(noun).removeprefix(
                "ex-"
            ):
                return Who(s.name, "anonymous", 0.6)
        if HEADLESS.search(rest):
            return None
        if (
            _BY_THE_WAY.match(main.partition(" ")[2])
            and not plural(noun)
            and noun not in GROUPS
            and (more := self._said_more_of(rest, noun, at))
        ):
            return more
        if noun in _REPORTERS:
            return self._reporter(at)
        if re.search(r"\s(?:himself|herself)$", words.strip(" ,.")):
            return self._person(at)
        return self._introduced(rest, noun, at) or self._known_body(rest, noun, at) or self._just_heard(rest, noun, at)

    def same_body(self, words: str, at: int) -> Who | None:
        """The body last heard, where a description goes on with it ("the club added")."""
        match = re.match(r"^[Tt]he\s([\w-]+)$", words)
        last = next((s for s in reversed(self.spoken) if s.at < at), None)
        going_on = match and last and match[1] in _COMPANIES and last.kind == "organisation"
        return Who(last.name, "organisation", 0.7) if last and going_on else None

    def _just_heard(self, rest: str, noun: str, at: int) -> Who | None:
        """A new name for the speaker: "the farmer", "the former captain" after a named speaker whom the text has not told apart from him: that speaker."""
        if (
            sort_of(noun) != "person"
            or plural(noun)
            or noun in GROUPS
            or noun in _OF_OTHERS
            or len(rest.split()) > 4
            or re.search(r"[A-Z]\w+[’']s", rest)
        ):
            return None
        if any(m.noun == single(noun) for m in self.cast.until(at)):
            return None
        last = next((s for s in reversed(self.spoken) if s.at < at), None)
        if last is None or (last.number == 2 and " " not in rest):
            return self._only_person(at)
        named = any(self.cast.called(p) == last.name for p in self.cast.people)
        if not named or last.kind != "person" or self.cast.layout.sentence(at) - self.cast.layout.sentence(last.at) > 3:
            return None
        told = gender_of(noun)
        return Who(last.name, "person", 0.55) if not (told and last.gender and told != last.gender) else None

    def _said_more_of(self, rest: str, noun: str, at: int) -> Who | None:
        """What the speaker used to be or is besides ("the former judge"), where nobody else has been called that."""
        if sort_of(noun) not in ("person", None) or re.search(r"[A-Z]\w+[’']s", rest) or len(rest.split()) > 4:
            return None
        if introduced := self._introduced(rest, noun, at):
            return introduced
        if any(m.noun == single(noun) and m.end <= at for m in self.cast.until(at)):
            return None
        last = next((s for s in reversed(self.spoken) if s.at < at), None)
        sentence = self.cast.layout.sentence
        if last is None or sentence(at) - sentence(last.at) > 3:
            return self._only_person(at)
        told, named = gender_of(noun), any(self.cast.called(p) == last.name for p in self.cast.people)
        if last.kind != "person" or not named or (told and last.gender and told != last.gender):
            return self._only_person(at)
        return Who(last.name, "person", 0.6)

    def _only_person(self, at: int) -> Who | None:
        """The one person whom the text has named so far, and given no other part."""
        named = {m.name for m in self.cast.until(at) if m.named and m.kind == "person"}
        return Who(named.pop(), "person", 0.55) if len(named) == 1 else None

    def _reporter(self, at: int) -> Who | None:
        """Whom "the journalist" stands for: the reporter or outlet last heard, else the person last named close by."""
        for s in reversed([s for s in self.spoken if s.at < at][-4:]):
            if s.kind == "outlet":
                return Who(s.name, "outlet", 0.75)
        near = [m for m in self.cast.until(at) if m.named and m.kind in ("person", "outlet") and at - m.start < 400]
        reporters = [m for m in near if m.name in self.cast.reporters]
        return Who((reporters or near)[-1].name, "outlet", 0.6) if near else None

    def _person(self, at: int) -> Who | None:
        """The person in focus, whoever it is; not surely where several are close."""
        people = [
            c
            for word in ("he", "she")
            for c in candidates(self.cast, self.spoken, self.full, word, at)
            if c[2] in ("person", "outlet")
        ]
        named = (
            {self.cast.called(p) for p in self.cast.people}
            | {m.name for m in self.cast.mentions if m.named and m.kind == "person"}
            | {s.name for s in self.spoken if s.kind == "person" and re.fullmatch(r"[A-ZÀ-Þ][\w’'-]+", s.name)}
        )
        scores: dict[str, float] = {}
        for score, name, _ in people:
            if name in named:
                scores[name] = max(score, scores.get(name, -9.0))
        if not scores:
            return None
        best = max(scores, key=lambda n: scores[n])
        rivals = [score for name, score in scores.items() if name != best]
        lead = scores[best] - max(rivals, default=scores[best] - 2.0)
        return Who(best, "person", 0.55 + min(0.35, lead / 6))

    def _introduced(self, rest: str, noun: str, at: int) -> Who | None:
        """Whoever was given that noun before: as a title or an apposition of a name, or in a fuller description."""
        one = single(noun)
        window = self.text[:at]
        if sort_of(noun) in ("person", "anonymous", "organisation"):
            for m in reversed(self.cast.until(at)):
                if not m.named or m.kind == "place" or at - m.start > 1500:
                    continue
                lead = window[max(self.cast.layout.begin(m.start), m.start - 60) : m.start].lower()
                tail = window[m.end : m.end + 60].lower()
                held = r"(?:\sof\s[^.,;:]+,)?" if m.kind == "person" else ""
                # the noun itself first: most often it is not there, and a pattern made for it takes long to build
                if (one in lead and re.search(rf"\b{re.escape(one)}{held}\s*,?\s$", lead)) or (
                    one in tail
                    and re.match(
                        rf",\s(?:the|an?|who is|his|her|its|their)\s(?:[\w’'-]+\s){{0,4}}{re.escape(one)}\b", tail
                    )
                ):
                    return Who(m.name, m.kind, 0.75)
        for m in reversed(self.cast.until(at)):
            fuller = m.name.lower().endswith(rest.lower()) and len(m.name.split()) > len(rest.split()) + 1
            if fuller and not m.named and m.noun == one and m.end <= at and at - m.start < 1500:
                return Who(self.full(m), m.kind, 0.6)
        return None

    def _outlets_before(self, at: int) -> list[Mention]:
        return [m for m in self.cast.until(at) if m.named and m.kind == "outlet"]

    def _office(self, noun: str, at: int) -> str | None:
        """The ministry of the one minister spoken of ("The ministry" after "Culture minister Benedikt Sorge")."""
        held = {m[1].lower() for m in _MINISTER.finditer(self.text, 0, at)} - _NO_PORTFOLIO
        return f"The {held.pop()} {noun}" if len(held) == 1 else None

    def _known_body(self, rest: str, noun: str, at: int) -> Who | None:
        """Bodies: "the club", "the company", "the paper": the organisation or outlet last spoken of by name."""
        sort = sort_of(noun)
        if sort == "outlet" or noun in ("paper", "report"):
            heard = [s for s in self.spoken if s.kind == "outlet" and s.at < at]
            if noun == "report" and any(m.noun == "report" for m in self.cast.until(at - 1)):
                return None
            named = [m for m in self._outlets_before(at) if m.name != self.cast.outlet or not heard]
            if heard or named:
                name = (
                    heard[-1].name if heard and (not named or heard[-1].at >= named[-1].start - 40) else named[-1].name
                )
                return Who(name, "outlet", 0.7)
            foreign = [m for m in self.cast.until(at) if m.named and _FOREIGN.match(m.name)]
            return Who(foreign[-1].name, "outlet", 0.6) if foreign else None
        if noun in _STATIONS and len(rest.split()) == 1:
            named = self._outlets_before(at)
            return Who(named[-1].name, "organisation", 0.6) if named else None
        if noun in ("ministry", "department") and len(rest.split()) == 1 and (office := self._office(noun, at)):
            return Who(office, "organisation", 0.6)
        if _HOUSE.fullmatch(rest):
            noun = "company"
        if (sort != "organisation" and noun not in ("festival", "company", "mutual")) or (
            len(rest.split()) > 1 and (noun not in _COMPANIES or any(m.noun == noun for m in self.cast.until(at)))
        ):
            return None
        scored = [
            (
                m.weight
                - 0.5 * (self.cast.layout.sentence(at) - self.cast.layout.sentence(m.start))
                + 0.4 * min(6, self.cast.counts[m.name]),
                m,
            )
            for m in self.cast.until(at)
            if m.named
            and (m.kind == "organisation" or (m.kind == "place" and (noun in _TEAMS or noun not in _COMPANIES)))
            and at - m.start < 900
            and self.text[m.start - 1 : m.start] != "("
            and m.name != self.cast.outlet
            and not (m.name.isupper() and m.start < 3)
        ]
        if noun in _COMPANIES:
            if scored:
                return Who(max(scored, key=lambda pair: pair[0])[1].name, "organisation", 0.6)
            return None
        same = [m for _, m in scored if single(m.name.split()[-1].lower()) == noun]
        if same:
            return Who(same[-1].name, "organisation", 0.7)
        return Who(whole, "organisation", 0.6) if (whole := self._named_with(noun, at)) else None

    def _named_with(self, noun: str, at: int) -> str | None:
        """The one body that was told of by this noun and by whose it is ("The federation" after "Sorvia’s athletics federation")."""
        told = re.compile(
            rf"(?:[Tt]he\s[A-ZÀ-Þ][\w-]+|[A-ZÀ-Þ][\w-]+(?:\s[A-ZÀ-Þ][\w-]+)?[’']s?)\s(?:[a-z][\w-]+\s){{0,2}}{re.escape(noun)}\b(?![’'])"
        )
        near = self.text[max(0, at - 1500) : at]
        before = [m[0] for m in told.finditer(near)]
        bare = len(re.findall(rf"\bthe\s{re.escape(noun)}\b", near, re.I))
        others = len(re.findall(rf"\b{re.escape(noun)}s?\b", near, re.I)) - bare - len(before)
        return before[0] if len(set(before)) == 1 and not others else None
