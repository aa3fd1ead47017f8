"""Who appears in one text: people, organisations and outlets by every form they go under, and whoever is only described.

Full names are found once; a surname, a first name, initials or a short form then stands for the one who bears it. Two of one
surname are told apart by first names, by "the younger", and else by whom the text has in focus.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from sayso.reading.decode import Name
from sayso.reading.mentions.find import TITLES, bare, find_names, like_a_body, named_as_a_company, places
from sayso.reading.mentions.forenames import FEMALE, MALE
from sayso.reading.mentions.layout import Layout
from sayso.reading.mentions.nouns import gender_of, head, plural, single, sort_of
from sayso.reading.mentions.outlets import find_outlet, looks_like_outlet, loose

#: titles that stay with a bare surname, where the text has no fuller name ("Mrs Lumb", "Lord Amberley")
_STYLE = re.compile(
    r"\b((?:Mr|Mrs|Lord|Lady)\sJustice|Mr|Mrs|Miss|Dr|Judge|Lord|Lady|Sir|Dame|Superintendent|Inspector|Sergeant|General|Colonel|Captain|Father|Mother|Brother|Sister|Col\.)\s$"
)
NATIONS = re.compile(
    r"(?:Italian|Spaniard|German|Frenchman|Frenchwoman|Englishman|Englishwoman|Scot|Scotsman|Welshman|Irishman|Dutchman|Dutchwoman|Belgian|Dane|Swede|Finn|Swiss|Pole|Czech|Slovak|Croat|Serb|Slovene|Greek|Turk|American|"
    r"Canadian|Mexican|Cuban|Kenyan|Moroccan|Venezuelan|Jamaican|Dominican|Ugandan|Rwandan|Angolan|Texan|Afghan|Kazakh|Uzbek|Kurd|Saudi|Qatari|Emirati|Kuwaiti|Thai|Filipino|Filipina|Luxembourger|Montenegrin|Kosovar|Cypriot|Lett|[A-ZÀ-Þ]\w+lander|Brazilian|Argentine|Uruguayan|Chilean|Australian|Korean|Indian|Pakistani|Iraqi|Israeli|Briton|Catalan|Basque|[A-ZÀ-Þ]\w+(?:ian|ese|ish))"
)
_PARTICLES = frozenset("de da do di del della dello der van von den bin ibn al la le dos du ter".split())
_REPORTER = re.compile(
    r"\b(?:journalist|reporter|correspondent|columnist|sleuth|guru|leaker|broadcaster|commentator|blogger|insider|transfer expert|presenter)s?,?\s+$",
    re.I,
)
_REPORTER_AFTER = re.compile(
    r"^(?:,?\s(?:of|from|at|in|for)\s(?:the\s)?[A-Z][\w’' -]{2,40}?)?,?\s(?:the|an?|our|its|their)?\s?(?:\w+\s){0,2}(?:journalist|reporter|correspondent|columnist|insider)\b"
    r"|^\s(?:reports|reported|tweets|tweeted|has tweeted|understands|has revealed|exclusively)\b"
)
_OUTLET_BEFORE = re.compile(
    r"\b(?:newspaper|paper|daily|weekly|tabloid|broadsheet|magazine|outlet|website|site|blog|podcast|channel|broadcaster|agency|newsletter|journal|station)\s+$",
    re.I,
)
_OUTLET_AFTER = re.compile(
    r"^(?:\s(?:newspaper|daily|weekly|tabloid|magazine|website|podcast|channel|newsletter|reporter|journalist|correspondent|columnist|sleuth)\b"
    r"|\s(?:first\s|also\s|has\s|have\s|had\s)*(?:reports?|reported|relays?|relayed|understands?|revealed|reveals?|learned|learnt|hears|exclusively)\b(?!\s(?:to|a\s(?:loss|profit|fall|rise)|net|profits?|losses|revenue|sales|record)))"
)
#: "Kent Dolling of the Prairie Sun writes"; "Radio Orm, quoting a person at the club, had reported": what one writes for, and what does
_WRITER_OF = re.compile(r"[A-ZÀ-Þ][\w’'-]+\s[A-ZÀ-Þ][\w’'-]+,?\s(?:of|in|at|from)\s(?:the\s)?$")
_WRITES = re.compile(
    r"\s(?:(?:has|had|have|also|first)\s)*(?:reports?|reported|writes|wrote|written|understands|revealed|reveals|tweeted)\b"
)
_CITES_AND_REPORTS = re.compile(
    r",\s(?:citing|quoting|crediting)\s[^.]{3,90},\s(?:(?:has|had|have|also)\s)*(?:report|writ|wrote|said|says|claim|reveal)"
)
_TELLS = re.compile(
    r"\b(?:[Pp]er|reports?|[Cc]iting|[Vv]ia|[Rr]eported by|[Aa]s first reported by|[Ss]een by|[Oo]btained by|[Rr]eported in|[Ww]rit(?:es|ing|ten) in|published (?:in|by))\s(?:the\s)?$"
)


_MR = re.compile(r"\b(Mr|Mrs|Ms|Miss|Sir|Lady|Lord)\.?\s(?:[A-ZÀ-Þ]\w+\s)?([A-ZÀ-Þ][\w’'-]*\w)")
_LESSER = re.compile(
    r"^(?:[Tt]he )?(younger|elder|older) ([A-ZÀ-Þ]\S+)$|^([A-ZÀ-Þ]\S+) ([Jj]unior|[Jj]r|[Ss]enior|[Ss]r)$"
)
_SAYS_SOON = re.compile(r"[^.]{0,60}\b(?:reports?|claims?|says?|scoop|reveals?|finds|writes)\b")
_ITS_REPORTER = re.compile(
    r"[’']s\s[A-ZÀ-Þ][\w’-]+\s[A-ZÀ-Þ][\w-]+\s(?:has\s|had\s)?(?:reveal|report|understand|tweet|wr[io]te)"
)
_TITLE = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Sir|Lady)\.?\s$")
#: what weighs for and against who is named: it opens the sentence, does something, owns what follows, stands behind a preposition
_OPENING = re.compile(
    r"[“\"‘'(]*(?:(?:But|And|Yet|So|Meanwhile,|However,|Later,?|The|the|[\w’'-]+(?: [\w’'-]+){0,3}) ?)?"
)
_ACTING = re.compile(
    r"(?:,[^,.;]{1,60},)?\s[“\"‘]?(?:is|was|are|were|has|have|had|will|would|can|could|may|might|says?|said|told|did|does|who|\w+ed|[a-z]+s)\b"
)
_OWNING = re.compile(r"[’']s?\s")
_GOVERNED = re.compile(r"\b(?:of|in|at|by|with|from|for|against|to|on|between|near|over|into)\s(?:the\s)?$")
_GENITIVE = re.compile(r"[’']s?$")
_NAME_FOLLOWS = re.compile(r"\s[A-ZÀ-Þ]")
_APPOSED = re.compile(r",\s(?:Dr\s|Sir\s|Mr\s|Mrs\s|Ms\s)?")
#: "Wednesday's Zarya", "the weekly Kapitaal": an outlet even where the name is built like a person's
_OUTLET_NOUN = re.compile(
    r"(?:day[’']s|\b(?:newspaper|daily|weekly|tabloid|broadsheet|magazine|website|site|blog|podcast|newsletter))\s$"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where someone stands: what they are called in full, what they are, and how they stand there.

    `number` is 1 or 2 (several); `gender` "f", "m" or None; `weight` what speaks for them being the one in focus.
    """

    start: int
    end: int
    name: str
    kind: str
    number: int
    gender: str | None
    weight: float
    named: bool
    noun: str = ""


class Cast:
    """Everyone in one text, found once."""

    def __init__(
        self, text: str, *, names: Sequence[Name] = (), given: frozenset[str] = frozenset(), outlet: str | None = None
    ) -> None:
        self.text = text
        self.layout = Layout(text)
        self.names = find_names(text, names)
        self.outlet = outlet
        self._first: dict[str, int] = {}
        for one in self.names:
            self._first.setdefault(text[one.start : one.end], one.start)
        self.outlets = self._outlets(given)
        self.people = self._people()
        self.bearers: dict[str, list[Name]] = {}
        for one in self.people:
            for form in _short_forms(self.called(one)):
                self.bearers.setdefault(form, []).append(one)
        self.organisations = self._organisations()
        self.reporters = frozenset(self.called(one) for one in self.people if self._reports(one))
        self.titled = {m[2]: gender_of(m[1]) for m in _MR.finditer(text)}
        self.genders = {name: sex for name in {self.called(n) for n in self.people} if (sex := self._gender(name))}
        self.mentions = sorted([*self._named(), *self._described()], key=lambda m: m.start)
        self.unplaced = frozenset(m.name for m in self.mentions if self._unplaced(m))
        self._starts = [m.start for m in self.mentions]
        self.counts = Counter(m.name for m in self.mentions)

    def called(self, name: Name) -> str:
        """The words of a name, without a title."""
        return bare(self.text[name.start : name.end])

    def until(self, at: int) -> list[Mention]:
        """The mentions that begin before `at`, in reading order."""
        return self.mentions[: bisect_left(self._starts, at)]

    def within(self, start: int, end: int) -> list[Mention]:
        """The mentions that begin in [start, end), in reading order."""
        return self.mentions[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def full(self, words: str, at: int) -> str | None:
        """The full name that a name, surname, first name or short form stands for at offset `at`; None where nobody bears it."""
        if lesser := _LESSER.match(words.strip(" ,.")):
            return self._generation(lesser[2] or lesser[3], (lesser[1] or lesser[4]).lower())
        name = bare(words)
        if not name or not name[:1].isupper():
            return None
        found = self.bearers.get(name.lower(), [])
        distinct = list(dict.fromkeys(self.called(one) for one in found))
        if len(distinct) == 1:
            return distinct[0]
        if distinct:
            return self._in_focus(found, at)
        whole = self.organisations.get(name.lower())
        known = whole and (self._first.get(whole, 0) <= at or named_as_a_company(whole))
        return whole if known else None

    def _in_focus(self, found: Sequence[Name], at: int) -> str:
        """Of several who bear a name, the one this sentence or the last speaks of; else whom the text names most."""
        here = self.layout.sentence(at)
        near = [one for one in found if one.start <= at and here - self.layout.sentence(one.start) <= 1]
        if near:
            return self.called(near[-1])
        before = [one for one in found if one.start <= at]
        counts = Counter(self.called(one) for one in before or found)
        return counts.most_common(1)[0][0]

    def _generation(self, surname: str, which: str) -> str | None:
        """Father or son: who is called somebody's child, else who is named second, is the younger."""
        bearers = list(dict.fromkeys(self.called(one) for one in self.bearers.get(surname.lower(), [])))
        if len(bearers) < 2:
            return bearers[0] if bearers else None
        child = next(
            (
                self.called(one)
                for one in self.bearers[surname.lower()]
                if re.search(
                    r"\b(?:son|daughter|nephew|niece|junior|younger brother|younger sister),?\s$",
                    self.text[max(0, one.start - 20) : one.start],
                )
            ),
            bearers[1],
        )
        other = next(one for one in bearers if one != child)
        return child if which.startswith(("y", "j")) else other

    def _outlets(self, given: frozenset[str]) -> dict[str, str]:
        """Outlets this text speaks of, by each form in lower case: registered, given, built like one, or treated as one."""
        found = {_plain(name): name for name in given}
        for one in self.names:
            words = self.text[one.start : one.end]
            if name := self._as_outlet(one, words):
                found.setdefault(_plain(words), name)
        return found

    def _as_outlet(self, one: Name, words: str) -> str | None:
        """What an outlet is called, if a name is one's where it stands."""
        before, after = self.text[max(0, one.start - 40) : one.start], self.text[one.end : one.end + 60]
        article = before.endswith(("The ", "the ")) and not words.startswith("The ")
        whole = f"The {words}" if article else words
        foreign = re.match(r"(?:Il|La|Le|El|Der|Die|De|O|Les|Los)\s[A-Z]", words)
        if (
            (foreign and (_TELLS.search(before) or _SAYS_SOON.match(after)))
            or _ITS_REPORTER.match(after)
            or _OUTLET_NOUN.search(before)
        ):
            return whole
        entry = find_outlet(words)
        if entry and (
            not loose(whole, entry)
            or entry.name in self.text
            or _OUTLET_BEFORE.search(before)
            or _OUTLET_AFTER.match(after)
        ):
            return entry.name
        if looks_like_outlet(whole) and one.kind != "person":
            return whole
        if _CITES_AND_REPORTS.match(after) and words.lower() not in places():
            return whole
        if _WRITER_OF.search(before) and _WRITES.match(after) and words.lower() not in places():
            return words
        reports = (
            _OUTLET_BEFORE.search(before)
            or _TELLS.search(before)
            or (_OUTLET_AFTER.match(after) and not words.isupper())
        )
        full_name = one.kind == "person" and " " in words
        return words if reports and not full_name and words.lower() not in places() else None

    def _people(self) -> list[Name]:
        outlets = self.outlets
        return [
            one
            for one in self.names
            if one.kind == "person" and len(self.called(one).split()) > 1 and _plain(self.called(one)) not in outlets
        ]

    def _organisations(self) -> dict[str, str]:
        """Organisations and clubs by every short form, lower case: first words, initials, the letters given in brackets."""
        forms: dict[str, str] = {}
        people = {(one.start, one.end) for one in self.people}
        for one in self.names:
            words = self.text[one.start : one.end]
            if (one.start, one.end) in people or one.kind == "person" or " " not in words:
                continue
            parts = words.split()
            forms.setdefault(words.lower(), words)
            short = [" ".join(parts[:n]) for n in range(1, len(parts))]
            initials = "".join(p[0] for p in parts if p[0].isupper())
            bracketed = re.match(r"\s\(([A-Z]{2,6})\)", self.text[one.end : one.end + 10])
            if one.kind == "organisation":
                if parts[0] == "Real" or parts[-1] in ("City", "United", "FC"):
                    short.append(parts[-1])
                for form in [
                    *short,
                    *([initials] if len(initials) > 2 else []),
                    *([bracketed[1]] if bracketed else []),
                ]:
                    common = form.lower() in _TOO_COMMON or (form.lower() in places() and parts[0] != "Real")
                    if not common:
                        forms.setdefault(form.lower(), words)
        return forms

    def _reports(self, one: Name) -> bool:
        before, after = self.text[max(0, one.start - 40) : one.start], self.text[one.end : one.end + 70]
        if _REPORTER.search(before) or _REPORTER_AFTER.match(after):
            return True
        owner = re.search(
            r"((?:[Tt]he\s)?(?:[A-ZÀ-Þ][\w-]+\s){0,3}[A-ZÀ-Þ][\w-]+)(?:[’']s|\s(?:reporter|journalist))\s$", before
        )
        return (
            bool(owner)
            and owner is not None
            and (_plain(owner[1]) in self.outlets or bool(re.match(r"(?:[Tt]he )?paper", owner[1])))
        )

    def _gender(self, name: str) -> str | None:
        first = name.split()[0].lower()
        for one in self.people:
            if self.called(one) != name:
                continue
            lead = re.search(r"(?:[\w-]+ )?[\w-]+ $", self.text[max(0, one.start - 30) : one.start])
            own = self.text[one.start : one.end].removesuffix(name)
            describes = (
                "" if lead is None or re.search(r"\b(?:of|to|with|and|from|for|by|at|in)\b", lead[0]) else lead[0]
            )
            if told := gender_of(describes + own):
                return told
        if sex := self.titled.get(name.split()[-1]):
            return sex
        if first in FEMALE or first in MALE:
            return "f" if first in FEMALE and first not in MALE else "m" if first not in FEMALE else None
        return None

    def _named(self) -> list[Mention]:
        """Every place where someone stands by name, short forms included."""
        made = []
        people = {(one.start, one.end) for one in self.people}
        called = {self.called(one) for one in self.people}
        for one in self.names:
            words = self.text[one.start : one.end]
            apposed = self.text[max(0, one.start - 2) : one.start] == ", " and self.text[one.end : one.end + 1] == ","
            if NATIONS.fullmatch(words) and words.lower() not in places() and not apposed:
                continue
            if (one.start, one.end) in people:
                name, kind = self.called(one), "person"
            elif (full := self.full(words, one.start)) in called and full and not self._another(full, one.start):
                name, kind = full, "person"
            elif outlet := self.outlets.get(_plain(words)):
                name, kind = outlet, "outlet"
            elif full and full not in called:
                name, kind = full, "organisation"
            else:
                titled = self.text[max(0, one.start - 18) : one.start].rstrip().rpartition(" ")[2].strip(".").lower()
                name = words
                kind = (
                    "person" if titled in TITLES and titled not in ("the", "a", "an") and " " not in words else one.kind
                )
            if (
                kind == "person"
                and (" " not in name or re.fullmatch(r"(?:[A-Z]\.\s?)+[A-ZÀ-Þ][\w’'-]+", name))
                and (title := _STYLE.search(self.text[max(0, one.start - 20) : one.start]))
            ):
                name = f"{title[1]} {name}"
            if kind == "person" and name in self.reporters:
                kind = "outlet"
            gender = self.genders.get(name) or (
                gender_of(self.text[max(0, one.start - 12) : one.start]) if kind == "person" else None
            )
            made.append(Mention(one.start, one.end, name, kind, 1, gender, self._weight(one.start, one.end), True))
        return made

    def _unplaced(self, one: Mention) -> bool:
        """Whether a name could be a person's for all the text says: one word that nothing shows to be a body's or a place's."""
        return (
            one.named
            and one.kind == "organisation"
            and re.fullmatch(r"[A-ZÀ-Þ][a-zà-ÿ]+(?:-[A-ZÀ-Þ][a-zà-ÿ]+)?", one.name) is not None
            and not like_a_body(one.name, self.text)
            and one.name.lower() not in self.organisations
            and not (
                (after := re.match(r"\s([a-z][\w-]+)", self.text[one.end : one.end + 24]))
                and sort_of(after[1]) in ("person", "organisation")
            )
        )

    def _another(self, full: str, start: int) -> bool:
        """Whether a title says that a surname is not this person's but a relative's ("Mrs Nettleship" after Clive Nettleship)."""
        title = _TITLE.search(self.text[max(0, start - 6) : start])
        told = gender_of(title[0]) if title else None
        first = full.split()[0].lower()
        known = None if (first in FEMALE) == (first in MALE) else "f" if first in FEMALE else "m"
        return bool(told and known and told != known)

    def _weight(self, start: int, end: int) -> float:
        """Subjects before objects, owners and what stands in a quotation least."""
        begin = self.layout.begin(start)
        lead = self.text[begin:start]
        after = self.text[end : end + 60]
        weight = 0.0
        if _OPENING.fullmatch(lead):
            weight += 0.6
        if _ACTING.match(after):
            weight += 0.5
        if _OWNING.match(after):
            weight -= 0.4
        if _GOVERNED.search(self.text[max(0, start - 14) : start]):
            weight -= 0.5
        if self.layout.quotation(start):
            weight -= 0.9
        return weight

    def _described(self) -> list[Mention]:
        """People and bodies by description: determiner or number, then a noun that the tables know."""
        taken = {n.start for n in self.names}
        found = [one for match in _OPENS.finditer(self.text) for one in self._descriptions(match, taken)]
        ends: dict[int, int] = {}  # "the two camps" opens with "the", not again with "two"
        for one in found:
            ends.setdefault(one.end, one.start)
        return [one for one in found if one.start == ends[one.end]]

    def _descriptions(self, match: re.Match[str], taken: set[int]) -> list[Mention]:
        """The description that a determiner (or a plural at a sentence's head) opens, if its noun is known, and who owns it ("the inspector's decision")."""
        near = _PHRASE.finditer(self.text, match.start(), match.end() + 70)
        words = [(m[0], m.start(), m.end()) for m in islice(near, _LONGEST + 1)]
        last = None
        for number, (word, start, _) in enumerate(words[:_LONGEST]):
            if number and self.text[words[number - 1][2] : start] != " ":
                break
            if (number or not (match["bare"] or match["loose"])) and (
                word.lower() in _STOPS or (number and start in taken and last is not None)
            ):
                if number:
                    break
                continue
            if number - (last or 0) > 4 or _DAY.fullmatch(word):
                break
            if sort_of(_noun(word)) and (number or plural(word.lower())):
                last = number
                if (
                    plural(_noun(word))
                    and number + 1 < len(words)
                    and words[number + 1][0] == single(words[number + 1][0])
                    and not word.endswith(("’", "'"))
                ):
                    break
                if (
                    not word.endswith(("’s", "'s", "s’", "s'"))
                    and number + 1 < len(words)
                    and not sort_of(_noun(words[number + 1][0]))
                ):
                    break
            elif last is not None and not words[last][0].endswith(("’s", "'s", "s’", "s'")):
                break
        if last is None:
            return []
        owners = [
            n
            for n in range(1, last)
            if words[n][0].endswith(("’s", "'s")) and sort_of(_noun(words[n][0])) in ("person", "organisation")
        ]
        return [
            one
            for n in (*owners[:1], last)
            if (one := self._as_mention(match, words[0][0], words[n], taken, owns=n != last))
        ]

    def _as_mention(
        self, match: re.Match[str], opener: str, word: tuple[str, int, int], taken: set[int], *, owns: bool
    ) -> Mention | None:
        """A description from its determiner to its noun; None where it only introduces a name."""
        end = word[2]
        if _NAME_FOLLOWS.match(self.text, end) and not (match["bare"] or match["loose"]):
            return None
        if (comma := _APPOSED.match(self.text, end, end + 6)) and comma.end() in taken:
            return None
        if not owns and _APPOSED_LATER.match(self.text, end):
            return None
        noun, first = _noun(word[0]), opener.lower()
        if noun in _NOBODY:
            return None
        sort = sort_of(noun)
        if not owns and (of := _OF_A_NAME.match(self.text, end)):
            end = of.end()
        phrase = _GENITIVE.sub("", self.text[match.start() : end])
        kind = "anonymous" if sort == "anonymous" or (sort == "person" and first in _INDEFINITE) else str(sort)
        weight = (
            self._weight(match.start(), end)
            - (0.3 if first in ("a", "an") else 0.5 if first in ("his", "her", "its", "their") else 0.0)
            - (0.3 if owns else 0.0)
            - (1.0 if _SAID_OF.search(self.text, max(0, match.start() - 8), match.start()) else 0.0)
        )
        many = 2 if plural(noun) else 1
        return Mention(match.start(), end, phrase, kind, many, gender_of(noun), weight, False, single(noun))


def _noun(word: str) -> str:
    return _GENITIVE.sub("", word).lower()


def _plain(name: str) -> str:
    return _GENITIVE.sub("", name.strip()).lower().removeprefix("the ")


def _short_forms(name: str) -> set[str]:
    """What a person goes under, lower case: the whole, the surname with and without its particle, the first name."""
    parts = name.split()
    forms = {name.lower(), parts[-1].lower(), parts[0].lower()}
    start = next((i for i, part in enumerate(parts[1:], start=1) if part.lower() in _PARTICLES), None)
    if start:
        forms.add(" ".join(parts[start:]).lower())
    if len(parts) > 2:
        forms.add(" ".join(parts[1:]).lower())
        forms.add(f"{parts[0]} {parts[-1]}".lower())
    return {form for form in forms if len(form.strip(".")) > 1}


_TOO_COMMON = frozenset(
    "the new north south east west royal national international general first central united great old san st american british european world global".split()
)
_INDEFINITE = frozenset(
    "a an one two three four five six seven eight nine ten several some many most few another".split()
)
_NOBODY = frozenset("most all both four others here there everyone nobody somebody someone".split())
_OPENS = re.compile(
    r"(?<![\w’'-])(?:(?:[Tt]he|[Aa]n?|[Oo]ne|[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix|[Ss]everal|[Ss]ome|[Mm]any|[Mm]ost|[Aa]nother|[Oo]ther|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir|[Mm]y|[Oo]ur)"
    r"|(?P<loose>(?:(?<=told\s)|(?<=tell\s)|(?<=asked\s)|(?<=with\s)|(?<=among\s))[a-z]+s)|(?P<bare>(?:(?<=[.!?]\s)|(?<=\n)|(?<=[“])|^)(?:[A-Z][a-z]+\s)?[A-Z]?[a-z]+s))(?=[\s,.;])"
)
#: "the governor of Ruvo"; "the deputy leader of the Concord party, Alun Sperling," only introduces the name
_OF_A_NAME = re.compile(r"\sof\s[A-ZÀ-Þ][\w-]+(?:\s[A-ZÀ-Þ][\w-]+)*")
_APPOSED_LATER = re.compile(r"\s(?:of|for|at|in)\s(?:[\w’'-]+\s){0,4}[\w’'-]+,\s[A-ZÀ-Þ][\w’'-]+\s[A-ZÀ-Þ][\w’'-]+,")
#: "is a drama queen": what is said of someone is nobody new
_SAID_OF = re.compile(r"\b(?:is|was|are|were|be|been)\s$")
_DAY = re.compile(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?:[’']s)?")
_PHRASE = re.compile(r"[\w’'-]+")
#: how many words a description has at most
_LONGEST = 7
_STOPS = frozenset(
    (
        "the a an this that these those his her its their my our who which whose whom by for from in on at to with of as about after before and or but is are was were has have had "
        "will would can could may might must should do does did said says told not be been being it he she they we i you if when while because"
    ).split()
)


#: how a document was come by, or what it lies with: no part of what it is called
_BY_WAY_OF = re.compile(r"\s(?:in (?:its|his|her|their) possession|attached to it)$")


@lru_cache(maxsize=1 << 14)
def trimmed(words: str) -> str:
    """A source's words as a name for it: marks, ages, asides and what is said of it after a comma taken off."""
    name = words.strip(' ,.;:“”"‘()–—-')
    name = re.sub(r"\s(?:himself|herself|itself|themselves)$", "", name)
    if name[:1].islower() or name.startswith("The "):
        name = re.sub(r"[’']s$", "", name)
    name = re.sub(r"\s(?:because|although|though|while)\s.*$", "", name)
    name = _BY_WAY_OF.sub("", name) if sort_of(head(name)) == "document" else name
    cut = re.match(r"(?:[^,(–]|,(?=\d))+", name)
    if cut and ", " in name and not re.search(r",\s(?:and\s)?[A-ZÀ-Þ][\w-]+(?:\s[A-ZÀ-Þ][\w-]+)?(?:,|\sand\s)", name):
        name = cut[0].rstrip()
    return name
