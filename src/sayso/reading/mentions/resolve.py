"""Who a mention stands for: pronouns, descriptions, owners and parts of a group, from what the text has said before it.

Every answer has a confidence; below `SETTLED` it is a guess that callers leave as said.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sayso.reading.mentions.cast import NATIONS, Cast, Mention, trimmed
from sayso.reading.mentions.find import TITLES
from sayso.reading.mentions.nouns import GROUPS, gender_of, head, plural, single, sort_of

SETTLED = 0.5
PRONOUNS = frozenset("he she they it we i you him her them his their its who which my our us me".split())
_SUBJECT = {
    "him": "he", "his": "he", "her": "she", "their": "they", "them": "they", "its": "it", "my": "i", "me": "i", "whose": "who", "our": "we", "us": "we",
}  # fmt: skip
#: what a name is introduced by where it is a company's or a club's, even one built like a person's
_IS_A_BODY = re.compile(
    r"\b(?:buyer|bidder|rival|winner|partners?|broker|holder|developer|suitor|competitor|owner|maker|retailer|opposition|union|club|company|firm|group|utility|bank|agency|party|lender|insurer),?\s(?:the\s)?$",
    re.I,
)
_OWNED = re.compile(r"[’']s?\s\w")
#: words before a name that make it a part of what is said of someone, not the one meant
_WITHIN = re.compile(
    r"\b(?:of|for|at|by|from|in|with|to|close|on|about|against|inside|near|who|that|which|whose|led|between|outside|behind|called|named|like)\b|[a-z] and [a-z].* and ",
)
_AFTER_A_NAME = re.compile(
    r"\s(?:today|yesterday|itself|now|also|on|in|at|from|last|this|late|earlier|which|who|whose)\b"
)
_OWNER = re.compile(r"(?:his|her|its|their|my|whose)\s", re.I)
_AGE = re.compile(r"\d{1,3}-year-old\b")
_HIS_ROLE = re.compile(
    r"[A-ZÀ-Þ][\w’'-]+(?:\s[A-ZÀ-Þ][\w-]+)?\s(?:head\s)?(?:manager|coach|boss|captain|striker|midfielder|defender|goalkeeper|forward|star|president|leader|director|mayor|chief executive|chief|owner|chairman|chairwoman)$"
)


@dataclass(frozen=True, slots=True)
class Who:
    """Whom a mention stands for, of what kind where that is known, and how surely (0 … 1)."""

    name: str
    kind: str | None
    confidence: float


@dataclass(frozen=True, slots=True)
class Spoken:
    """A source as it was settled: where its words stand (or its cue, where it has none), and whom they stood for."""

    at: int
    name: str
    kind: str
    number: int
    gender: str | None


class Resolver:
    """Answers who a mention stands for, with the sources settled so far as a help."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.text = cast.text
        self.spoken: list[Spoken] = []

    def heard(self, at: int, name: str, kind: str, words: str) -> None:
        """Keep a settled source in mind for what comes."""
        noun = head(words)
        low = words.lower()
        if name.lower() in PRONOUNS:
            return
        several = low in ("they", "we") or (plural(noun) and low not in ("his", "its")) or " and " in name
        gender = (
            {"he": "m", "his": "m", "she": "f", "her": "f"}.get(low) or self.cast.genders.get(name) or gender_of(noun)
        )
        self.spoken.append(Spoken(at, name, kind, 2 if several else 1, gender))

    def who(self, start: int, end: int) -> Who | None:
        """Whom the words in [start, end) stand for; None where the text does not tell."""
        words = self.text[start:end].strip()
        low = words.lower().strip(' ,.“”"')
        if low in PRONOUNS:
            return self.pronoun(_SUBJECT.get(low, low), start)
        if _OWNER.match(words) and not re.search(r",\s", words):
            return self.owned(words, start)
        return (
            self.named(words, start)
            or self.part(words, start)
            or self.owned(words, start)
            or self.described(words, start)
        )

    # --- by name ------------------------------------------------------------------------------------------------------

    def named(self, words: str, at: int) -> Who | None:
        """The person or body that a source's words name: alone, with a title, in an apposition, or with what is said of it."""
        main = words.strip(' ,.;:“”"')
        if re.match(r"^(?:[Tt]he )?(?:younger|elder|older) [A-ZÀ-Þ]|^[A-ZÀ-Þ]\w+ (?:junior|senior)", main):
            who = self.cast.full(re.split(r",", main)[0], at)
            if apposed := re.match(r"^[Tt]he \w+ (\S+), (?:his|her|their) \w+ ([A-ZÀ-Þ]\w+)$", main):
                who = f"{apposed[2]} {apposed[1]}"
            return Who(who, "person", 0.8) if who else None
        inside = [m for m in self._within(at, at + len(words) + 1) if m.named]
        one = self._meant(inside, at, at + len(words))
        if one is None:
            return None
        tail = self.text[one.end : at + len(words)]
        if also := re.match(r"(?:,\s\d+,)?\s(?:and|&)\s", tail):
            second = next((m for m in inside if m.start == one.end + also.end()), None)
            if second and second.kind == one.kind == "person":
                return Who(f"{one.name} and {second.name}", "person", 0.8)
        if re.match(r"\s[a-z]+$", tail) and sort_of(head(tail)):
            return None
        if (
            one.kind not in ("person", "outlet")
            and re.match(r"\s(?:of|and)\b|\s[a-z]", tail)
            and not _AFTER_A_NAME.match(tail)
        ):
            return None
        kind = one.kind if one.kind != "place" else None
        if kind == "person" and one.name not in self.cast.genders and _IS_A_BODY.search(self.text[at : one.start]):
            kind = "organisation"
        return Who(one.name, kind, 0.9)

    def _meant(self, inside: Sequence[Mention], start: int, end: int) -> Mention | None:
        """Of the names in a source's words, the one it is put to: the first, unless that only says whose or where ("Palmer II's director, …")."""
        for number, one in enumerate(inside):
            lead = self.text[start : one.start]
            owns = bool(re.match(r"[’']s?\s", self.text[one.end : one.end + 3])) and one.end + 2 < end
            role = one.kind != "person" and re.match(
                r"\s(?:[a-z][\w’'-]*\s){1,4}$",
                self.text[one.end : inside[number + 1].start] if number + 1 < len(inside) else "",
            )
            if owns or role or (lead.endswith("(") and number):
                continue
            apposed = bool(re.search(r",\s(?:[\w’'-]+\s){0,3}$", lead))
            if apposed and (one.kind in ("person", "organisation") or number == 0):
                return one
            if number and re.search(r"[’']s?\s(?:[a-z][\w’'-]*\s){1,4}$", lead) and one.kind != "person":
                continue
            before, _, title = lead.rstrip().rpartition(" ")
            titled = title.lower().strip(".") in TITLES - {"the", "a", "an"} and not _WITHIN.fullmatch(
                before.rpartition(" ")[2]
            )
            if not _WITHIN.search(lead) or (titled and one.kind == "person"):
                return one
        return None

    def _within(self, start: int, end: int) -> list[Mention]:
        return [m for m in self.cast.until(end) if m.start >= start]

    # --- by pronoun ---------------------------------------------------------------------------------------------------

    def pronoun(self, word: str, at: int) -> Who | None:
        """The likeliest of those named, described or heard before; "I" and "we" are whoever is quoted."""
        if word in ("i", "we", "you"):
            return self._first_person(word, at)
        if word in ("who", "which"):
            before = [m for m in self.cast.until(at) if m.end <= at and at - m.end < 25]
            return Who(before[-1].name, before[-1].kind, 0.8) if before else None
        scores: dict[tuple[str, str], float] = {}
        for score, name, kind in self._candidates(word, at):
            scores[name, kind] = max(score, scores.get((name, kind), -99.0))
        if not scores:
            return None
        (best, second) = (*sorted(scores.values(), reverse=True), -3.0)[:2]
        name, kind = max(scores, key=lambda pair: scores[pair])
        return Who(name, kind, round(0.52 + min(0.4, 0.12 * (best - second)) - (0.2 if best < -2.5 else 0.0), 3))

    def _first_person(self, word: str, at: int) -> Who | None:
        if not self.cast.layout.quotation(at):
            return None
        near = [s for s in self.spoken if abs(s.at - at) < 700]
        if not near:
            return None
        last = near[-1]
        return Who(last.name, last.kind, 0.8 if word == "i" else 0.5)

    def _candidates(self, word: str, at: int) -> list[tuple[float, str, str]]:
        sentence = self.cast.layout.sentence
        here = sentence(at)
        want = {"he": "m", "she": "f"}.get(word)
        scored: list[tuple[float, str, str]] = []
        for m in reversed(self.cast.until(at)):
            away = here - sentence(m.start)
            if away > 4 or len(scored) > 40:
                break
            if m.end > at or (want and m.kind == "outlet" and m.name not in self.cast.reporters):
                continue
            fit = _fits(word, m.kind, m.number, m.gender, m.noun, named=m.named)
            if fit is None:
                continue
            score = fit + m.weight - 1.1 * away - 0.6 * self.text.count("\n\n", m.end, at)
            score += 0.15 * min(4, self.cast.counts[m.name]) + (0.4 if m.named else 0.0)
            scored.append((score - 0.0005 * (at - m.end), self._full(m), m.kind))
        for back, s in enumerate(reversed(self.spoken)):
            away = here - sentence(s.at)
            if (
                back > 3
                or away > 5
                or s.at >= at
                or (want and s.kind == "outlet" and s.name not in self.cast.reporters)
            ):
                continue
            fit = _fits(word, s.kind, s.number, s.gender, head(s.name), named=False)
            if fit is None or (want and s.gender and s.gender != want):
                continue
            bonus = (
                (2.6 if away == 0 else 1.9)
                + (0.8 if word == "it" and s.kind == "document" else 0.0)
                - (0.7 if _OWNED.search(s.name) else 0.0)
            )
            scored.append((fit + bonus - 0.7 * away - 0.5 * back, s.name, s.kind))
        return scored

    def _full(self, mention: Mention) -> str:
        """A described mention under its owner's name ("his deputy" → whose)."""
        if mention.named:
            return mention.name
        owned = self.owned(mention.name, mention.start)
        return owned.name if owned else mention.name

    # --- by description -----------------------------------------------------------------------------------------------

    def owned(self, words: str, at: int) -> Who | None:
        """Owners in full: "her deputy" → "Ada Crane's deputy"; "Crane's office" → "Ada Crane's office"."""
        main = trimmed(words)
        mark = "'" if "'" in self.text and "’" not in self.text else "’"
        apposed = re.match(r"^(?:[Hh]is|[Hh]er|[Ii]ts|[Tt]heir)\s([a-z].*?)\s([A-ZÀ-Þ].*)$", main)
        if (match := apposed) and (
            sort_of(single(match[1].split()[-1])) in ("organisation", "outlet") or match[1].split()[-1] in _APPOSED
        ):
            return self.named(match[2], at + words.index(match[2]))
        if match := re.match(r"^(his|her|its|their|my|whose)\s(?:own\s)?(.+)$", main, re.I):
            low = match[1].lower()
            owner = self.pronoun(_SUBJECT.get(low, low), at)
            if owner is None or owner.confidence < SETTLED - 0.1:
                return None
            return Who(_belonging(owner, match[2], mark), None, min(0.7, owner.confidence))
        if match := re.match(r"^([Tt]he\s[a-z][\w-]+)([’']s?)\s(.+)$", main):
            who = self.described(match[1], at)
            return Who(f"{who.name}{match[2]} {match[3]}", None, 0.6) if who and who.confidence >= SETTLED else None
        if match := re.match(r"^((?:[Tt]he\s)?[A-ZÀ-Þ][\w-]+)([’']s?)\s(.+)$", main):
            full = self.cast.full(match[1], at)
            if full and full != match[1] and any(self.cast.called(p) == full for p in self.cast.people):
                return Who(f"{full}{match[2]} {match[3]}", None, 0.7)
        return None

    def part(self, words: str, at: int) -> Who | None:
        """Parts of a group: "one", "one of them", "another", "others" → of whom, where the text has just spoken of several."""
        main = trimmed(words)
        match = re.match(
            r"^(one|another|some|others|many|most|both|several|two|three|a second|a third|the other|the second|the third|none|not one|each|all)(\sof\s(?:them|these|those))?$",
            main,
            re.I,
        )
        if not match:
            return None
        word = match[1].lower()
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
        return self._full(max(before, key=lambda m: sentence(m.start) + m.weight * 0.8 + m.start / 1e6))

    def described(self, words: str, at: int) -> Who | None:
        """Descriptions: "the Italian", "the 35-year-old", "the minister", "the club", "the paper", "the report" → who or what was so introduced."""
        main = trimmed(words)
        match = re.match(r"^(?:the|this|that|these|those)\s(?:same\s|latter\s|former\s)?(.+)$", main, re.I)
        if not match:
            return None
        rest = match[1]
        if _AGE.match(rest) or _HIS_ROLE.match(rest) or NATIONS.fullmatch(rest):
            return self._person(at)
        noun = head(rest)
        for s in reversed([s for s in self.spoken if s.at < at][-3:]):
            if s.kind == "anonymous" and single(head(re.sub(r"^\w+ of ", "", s.name))) == single(noun):
                return Who(s.name, "anonymous", 0.6)
        if HEADLESS.search(rest):
            return None
        if noun in _REPORTERS:
            return self._reporter(at)
        if re.search(r"\s(?:himself|herself)$", words.strip(" ,.")):
            return self._person(at)
        return self._introduced(rest, noun, at) or self._known_body(rest, noun, at) or self._just_heard(rest, noun, at)

    def _just_heard(self, rest: str, noun: str, at: int) -> Who | None:
        """A new name for the speaker: "the farmer", "the former captain" after a named speaker whom the text has not told apart from him: that speaker."""
        if (
            sort_of(noun) != "person"
            or plural(noun)
            or noun in _OF_OTHERS
            or len(rest.split()) > 4
            or re.search(r"[A-Z]\w+[’']s", rest)
        ):
            return None
        if any(m.noun == single(noun) for m in self.cast.until(at)):
            return None
        last = next((s for s in reversed(self.spoken) if s.at < at), None)
        named = last and any(self.cast.called(p) == last.name for p in self.cast.people)
        if (
            not last
            or not named
            or last.kind != "person"
            or self.cast.layout.sentence(at) - self.cast.layout.sentence(last.at) > 3
        ):
            return None
        told = gender_of(noun)
        return Who(last.name, "person", 0.55) if not (told and last.gender and told != last.gender) else None

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
        people = [c for word in ("he", "she") for c in self._candidates(word, at) if c[2] in ("person", "outlet")]
        named = {self.cast.called(p) for p in self.cast.people} | {
            m.name for m in self.cast.mentions if m.named and m.kind == "person"
        }
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
                if re.search(rf"\b{re.escape(one)}\s*,?\s$", lead) or re.match(
                    rf",\s(?:the|an?|who is|his|her|its|their)\s(?:[\w’'-]+\s){{0,4}}{re.escape(one)}\b", tail
                ):
                    return Who(m.name, m.kind, 0.75)
        for m in reversed(self.cast.until(at)):
            fuller = m.name.lower().endswith(rest.lower()) and len(m.name.split()) > len(rest.split()) + 1
            if fuller and not m.named and m.noun == one and m.end <= at and at - m.start < 1500:
                return Who(self._full(m), m.kind, 0.6)
        return None

    def _known_body(self, rest: str, noun: str, at: int) -> Who | None:
        """Bodies: "the club", "the company", "the paper": the organisation or outlet last spoken of by name."""
        sort = sort_of(noun)
        if sort == "outlet" or noun in ("paper", "report"):
            heard = [s for s in self.spoken if s.kind == "outlet" and s.at < at]
            if noun == "report" and any(m.noun == "report" for m in self.cast.until(at - 1)):
                return None
            named = [m for m in self.cast.until(at) if m.named and m.kind == "outlet"]
            if heard or named:
                name = (
                    heard[-1].name if heard and (not named or heard[-1].at >= named[-1].start - 40) else named[-1].name
                )
                return Who(name, "outlet", 0.7)
            return None
        if sort != "organisation" or (
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
            and m.kind in ("organisation", "place")
            and at - m.start < 900
            and self.text[m.start - 1 : m.start] != "("
            and not (m.name.isupper() and m.start < 3)
        ]
        if noun in _COMPANIES:
            if scored:
                return Who(max(scored, key=lambda pair: pair[0])[1].name, "organisation", 0.6)
            return None
        same = [m for _, m in scored if single(m.name.split()[-1].lower()) == noun]
        return Who(same[-1].name, "organisation", 0.7) if same else None


def _belonging(owner: Who, what: str, mark: str) -> str:
    """Owner and owned as one writes them: "Ada Crane’s deputy", "the nurses’ union"; a longer owner follows: "the authors of a trial of 4,200 patients"."""
    name = owner.name
    if name.istitle() and " " not in name and sort_of(name.lower()) == "person" and plural(name.lower()):
        name = f"the {name.lower()}"
    if len(name.split()) > 4 or (" of " in name and not name[:1].isupper()):
        return f"the {what} of {name}"
    several = owner.kind != "person" or not name[:1].isupper() or name.startswith("The ")
    return f"{name}{mark} {what}" if several and name.endswith("s") else f"{name}{mark}s {what}"


#: roles that a text gives to someone other than whom it has just quoted, more often than not
_OF_OTHERS = frozenset(
    "judge coroner chairman spokesman spokeswoman spokesperson president prosecutor lawyer agent mayor referee officer secretary treasurer owner director manager coach victim defendant witness critic investor buyer predecessor successor".split()
)
_APPOSED = frozenset("correspondent reporter columnist journalist rival competitor".split())
_REPORTERS = frozenset("journalist reporter correspondent columnist".split())
_COMPANIES = frozenset(
    "club company firm side team bank retailer maker airline party developer start-up startup housebuilder publisher manufacturer carmaker brewer insurer lender supplier".split()
)
HEADLESS = re.compile(r"\b(?:of|who|which|that|at|for|whose)\b")


def _fits(word: str, kind: str, number: int, gender: str | None, noun: str, *, named: bool) -> float | None:
    """Whether a pronoun can stand for it: None if not, else how well."""
    if word in ("he", "she"):
        if kind not in ("person", "anonymous") and not (kind == "outlet" and named):
            return None
        if number == 2 or noun in GROUPS or (gender and gender != {"he": "m", "she": "f"}[word]):
            return None
        return (1.0 if gender else 0.0) + (0.0 if kind == "person" else -0.6)
    if word == "it":
        if kind in ("person", "anonymous") or number == 2:
            return None
        return {"organisation": 0.6, "document": 0.4, "outlet": 0.3, "place": -0.4}.get(kind, 0.0)
    if word == "they":
        if number == 2:
            return 0.8
        return {"organisation": 0.3, "anonymous": 0.0}.get(kind)
    return None
