"""Who a mention stands for: pronouns, descriptions, owners and parts of a group, from what the text has said before it.

Every answer has a confidence; below `SETTLED` it is a guess that callers leave as said.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from sayso.reading.mentions.cast import Cast, Mention, trimmed
from sayso.reading.mentions.described import Descriptions
from sayso.reading.mentions.find import TITLES, bare
from sayso.reading.mentions.focus import candidates
from sayso.reading.mentions.heard import NO_HINT, PRONOUNS, SETTLED, SUBJECT, Hint, Spoken, Who
from sayso.reading.mentions.nouns import gender_of, head, plural, single, sort_of
from sayso.reading.mentions.parts import Parts

#: what a name is introduced by where it is a company's or a club's, even one built like a person's
_IS_A_BODY = re.compile(
    r"\b(?:buyer|bidder|rival|winner|partners?|broker|holder|developer|suitor|competitor|owner|maker|retailer|opposition|union|club|company|firm|group|utility|bank|agency|party|lender|insurer),?\s(?:the\s)?$",
    re.I,
)
#: words before a name that make it a part of what is said of someone, not the one meant
_WITHIN = re.compile(
    r"(?<!-)\b(?:of|for|at|by|from|in|with|to|close|on|about|against|inside|near|who|that|which|whose|led|between|outside|behind|called|named|like)\b|[a-z] and [a-z].* and ",
)
_AFTER_A_NAME = re.compile(
    r"\s(?:today|yesterday|itself|now|also|on|in|at|from|last|this|late|earlier|which|who|whose)\b"
)
_OWNER = re.compile(r"(?:his|her|its|their|my|whose)\s", re.I)
#: "A lawyer for the distributor, Aureole Films,": whose lawyer, by what it is and by name
_FOR_A_NAMED = re.compile(
    r"^(?P<who>(?:[Tt]he|[Aa]n?|[Oo]ne)\s[^,]*?)\s(?P<of>of|for|at|from)\s(?:the|its|his|her|their)\s(?:[a-z][\w’'-]*\s){0,3}[a-z][\w-]*,\s(?P<name>[A-ZÀ-Þ][^,]*?),?$"
)
#: who bears the same surname where a text gives only the first name ("His son, Mikkel")
_RELATIVE = re.compile(
    r"(?:son|daughter|brother|sister|wife|husband|widow|widower|mother|father|mum|mom|dad|twin|grandson|granddaughter)"
)
_KIN_BY_NAME = re.compile(
    r"^(?P<owner>[Hh]is|[Hh]er|[A-ZÀ-Þ][\w’'. -]*?[’']s?)\s(?:[a-z][\w-]*\s){0,2}?(?P<kin>[a-z]+),?\s(?P<first>[A-ZÀ-Þ][a-zà-ÿ]+)(?:,.*)?$"
)
#: "St Orsola's"; "Ada Crane @adacrane"; "the younger Crane", "Crane senior"
_SAINTS = re.compile(r"(?:St|Saint)\.?\s[A-ZÀ-Þ][\w-]+[’']s?")
_HANDLE = re.compile(r"\s(@\w+)$")
_GENERATION = re.compile(r"^(?:[Tt]he )?(?:younger|elder|older) [A-ZÀ-Þ]|^[A-ZÀ-Þ]\w+ (?:junior|senior)")
#: "a man who gave his name only as Ted"
_GAVE_NAME = re.compile(
    r"\b(?:gave (?:his|her|their) name (?:only )?as|asked to be (?:called|known as)|identified (?:him|her)self (?:only )?as)\s([A-ZÀ-Þ][\w’-]+(?:\s[A-ZÀ-Þ][\w’-]+)?)$"
)
#: an owner and what is his: "its rival Norda", "her firm, the Alder Group", "his own deputy", "the minister's aides", "Crane's office"
_OWNED_AND_NAMED = re.compile(r"^(?:[Hh]is|[Hh]er|[Ii]ts|[Tt]heir|[Ww]hose)\s([a-z].*?)\s([A-ZÀ-Þ].*)$")
_OWNED_AND_TOLD_OF = re.compile(r"^(?:[Hh]is|[Hh]er|[Ii]ts|[Tt]heir)\s[^,]+,\s(the\s[^,]+?),?$")
_BY_PRONOUN = re.compile(r"^(his|her|its|their|my|whose)\s(?:own\s)?(.+)$", re.I)
_BY_DESCRIPTION = re.compile(r"^([Tt]he\s[a-z\d][\w-]+)([’']s?)\s(.+)$")
_BY_NAME = re.compile(r"^((?:[Tt]he\s)?[A-ZÀ-Þ][\w-]+)([’']s?)\s(.+)$")
#: "two of her assistants": of whom, by the owner's name
_OF_OWNED = re.compile(
    r"^((?:one|two|three|four|five|six|seven|several|some|many|most|all|both|none|a few|a number|half|either|neither)\sof)\s((?:his|her|its|their|the\s[a-z][\w-]*[’']s?)\s.+)$",
    re.I,
)


#: who is not even told apart is seldom the one whose spokesman or agent speaks
_NOBODY_OWNS = 1.5
#: a paper tells; who denies, declines or promises is seldom one
_ONLY_TELLS = 1.5
#: how surely a description must stand for someone for a pronoun to go on to him
_LIKELY = 0.55
#: "three of the ministers": several, whatever stands first
_SEVERAL = re.compile(r"(?:two|three|four|five|six|seven|eight|nine|ten|several|some|many|most|both)\s\w", re.I)
#: over how many descriptions, each by way of the one before, someone is followed back
_DEEPEST = 8


class Resolver:
    """Answers who a mention stands for, with the sources settled so far as a help."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.text = cast.text
        self.spoken: list[Spoken] = []
        self._called: dict[int, str] = {}
        self._depth = 0
        self._descriptions = Descriptions(cast, self.spoken, self.called)
        self._parts = Parts(cast, self.spoken, self.called)

    def heard(self, at: int, name: str, kind: str, words: str) -> None:
        """Keep a settled source in mind for what comes."""
        noun = head(words)
        low = words.lower()
        if name.lower() in PRONOUNS:
            return
        counted = _SEVERAL.match(name) is not None
        several = low in ("they", "we") or counted or (plural(noun) and low not in ("his", "its")) or " and " in name
        gender = (
            {"he": "m", "his": "m", "she": "f", "her": "f"}.get(low) or self.cast.genders.get(name) or gender_of(noun)
        )
        opener = low.partition(" ")[0]
        self._called.clear()
        self.spoken.append(
            Spoken(at, name, kind, 2 if several else 1, gender, opener if opener in SUBJECT and opener != low else "")
        )

    def who(self, start: int, end: int, *, hint: Hint = NO_HINT) -> Who | None:
        """Whom the words in [start, end) stand for; None where the text does not tell."""
        words = self.text[start:end].strip()
        low = words.lower().strip(' ,.“”"')
        if low in PRONOUNS:
            return self.pronoun(SUBJECT.get(low, low), start, hint=hint)
        if hint.goes_on and (last := self._descriptions.same_body(words, start)):
            return last
        if _OWNER.match(words) and not re.search(r",\s", words):
            return self.owned(words, start)
        return (
            self.named(words, start)
            or self._parts.who(words, start)
            or self.owned(words, start)
            or self._descriptions.who(words, start)
        )

    # --- by name ------------------------------------------------------------------------------------------------------

    def named(self, words: str, at: int) -> Who | None:
        """The person or body that a source's words name: alone, with a title, in an apposition, or with what is said of it."""
        main = words.strip(' ,.;:“”"')
        if kin := self._kin(main, at):
            return kin
        if body := self._of_a_named_body(words, at):
            return body
        if given := _GAVE_NAME.search(main):
            return Who(given[1], "person", 0.9)
        if _SAINTS.fullmatch(main):
            return Who(main, "organisation", 0.9)  # "St Orsola's": nothing follows that it could own
        if handle := _HANDLE.search(main):
            return Who(handle[1], "person", 0.8)
        if _GENERATION.match(main):
            who = self.cast.full(re.split(r",", main)[0], at)
            if apposed := re.match(r"^[Tt]he \w+ (\S+), (?:his|her|their) \w+ ([A-ZÀ-Þ]\w+)$", main):
                who = f"{apposed[2]} {apposed[1]}"
            return Who(who, "person", 0.8) if who else None
        inside = [m for m in self.cast.within(at, at + len(words) + 1) if m.named]
        one = self._meant(inside, at, at + len(words))
        if one is None:
            return None
        tail = self.text[one.end : at + len(words)]
        if also := re.match(r"(?:,\s\d+,)?\s(?:and|&)\s", tail):
            second = next((m for m in inside if m.start == one.end + also.end()), None)
            if second and second.kind == one.kind == "person":
                return Who(f"{one.name} and {second.name}", "person", 0.8)
        if (
            after := re.match(
                r"\s(?:[a-z][\w-]+\s)??(?:[a-z][\w-]+\s)??([a-z][\w-]+)(?:$|\s(?:who|from|at|in|with|whose)\b)", tail
            )
        ) and sort_of(after[1]):
            return None
        if (
            one.kind not in ("person", "outlet")
            and re.match(r"\s(?:of|and)\b|\s[a-z]", tail)
            and not _AFTER_A_NAME.match(tail)
        ):
            return None
        if body := self._body_at(one, bare(main)):
            return body
        kind = one.kind if one.kind != "place" else None
        if kind == "person" and one.name not in self.cast.genders and _IS_A_BODY.search(self.text[at : one.start]):
            kind = "organisation"
        if kind != "person" and " " not in one.name and _role_before(self.text[at : one.start]):
            kind = "person"
        return Who(one.name, kind, 0.9)

    def _body_at(self, one: Mention, words: str) -> Who | None:
        """The body that is called by the place where it is ("Orm says" after "the museum at Orm")."""
        if one.kind == "person" or " " in words or one.name != words:
            return None
        at = re.search(rf"\b[Tt]he\s(?:[a-z-]+\s)?([a-z]+)\sat\s{re.escape(words)}\b", self.text[: one.start])
        return Who(at[0], "organisation", 0.7) if at and sort_of(at[1]) == "organisation" else None

    def _kin(self, main: str, at: int) -> Who | None:
        """A relative with a first name only, under the family's name ("His son, Mikkel" → Mikkel Ravnholt)."""
        match = _KIN_BY_NAME.match(main)
        if not match or not _RELATIVE.fullmatch(match["kin"]):
            return None
        low = match["owner"].lower()
        if low in SUBJECT:
            owner = self.pronoun(SUBJECT[low], at, owner=low)
            name = owner.name if owner and owner.confidence >= SETTLED and owner.kind == "person" else ""
        else:
            name = self.cast.full(match["owner"], at) or bare(match["owner"])
        family = name.split()[-1] if name[:1].isupper() else ""
        return Who(f"{match['first']} {family}", "person", 0.7) if family and family != match["first"] else None

    def _of_a_named_body(self, words: str, at: int) -> Who | None:
        """Who speaks for a body that is first told of and then named ("A lawyer for the distributor, Aureole Films")."""
        match = _FOR_A_NAMED.match(words.strip())
        if not match or sort_of(head(match["who"])) not in ("person", "anonymous"):
            return None
        named = self.cast.within(at + match.start("name"), at + match.end("name"))
        if not named or not named[0].named or named[0].kind == "person":
            return None
        return Who(f"{match['who']} {match['of']} {named[0].name}", None, 0.7)

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
            apposed = bool(
                re.search(r",\s(?:(?!which|who|whose|led|headed|owned|run|backed|seen|obtained)[\w’'-]+\s){0,3}$", lead)
            )
            if apposed and (one.kind in ("person", "organisation") or number == 0):
                return one
            if number and re.search(r"[’']s?\s(?:[a-z][\w’'-]*\s){1,4}$", lead) and one.kind != "person":
                continue
            before, _, title = lead.rstrip().rpartition(" ")
            before = re.sub(
                r"(?:\s|^)(?:the|late|former|then|our|its|his|her)$", "", re.sub(r"\s(?:late|former|then)$", "", before)
            )
            titled = title.lower().strip(".") in TITLES - {"the", "a", "an"} and not _WITHIN.fullmatch(
                before.rpartition(" ")[2]
            )
            if not _WITHIN.search(lead) or (titled and one.kind == "person"):
                return one
        return None

    # --- by pronoun ---------------------------------------------------------------------------------------------------

    def pronoun(self, word: str, at: int, *, owner: str = "", hint: Hint = NO_HINT) -> Who | None:
        """The likeliest of those named, described or heard before; "I" and "we" are whoever is quoted."""
        if word in ("i", "we", "you"):
            return self._first_person(word, at)
        if word in ("who", "which"):
            before = [m for m in self.cast.until(at) if m.end <= at and at - m.end < 25]
            return Who(self.called(before[-1]), before[-1].kind, 0.8) if before else None
        scores: dict[tuple[str, str], float] = {}
        for score, name, kind in candidates(self.cast, self.spoken, self.called, word, at, owner=owner, hint=hint):
            if name in hint.other_than:
                continue
            if owner and kind == "anonymous":
                score -= _NOBODY_OWNS
            if hint.acts and kind in ("outlet", "document"):
                score -= _ONLY_TELLS
            scores[name, kind] = max(score, scores.get((name, kind), -99.0))
        if not scores:
            return self._named_later(word)
        (best, second) = (*sorted(scores.values(), reverse=True), -3.0)[:2]
        name, kind = max(scores, key=lambda pair: scores[pair])
        if word in ("he", "she") and kind == "organisation":
            kind = "person"
        return Who(
            name,
            kind,
            round(0.52 + min(0.4, 0.12 * (best - second)) - (0.2 if best < -2.5 and len(scores) > 1 else 0.0), 3),
        )

    def _named_later(self, word: str) -> Who | None:
        """The one person of the text where nobody was named before ("He intended to serve a full term. … Ambrose Keel")."""
        if word not in ("he", "she"):
            return None
        sex = {"he": "m", "she": "f"}[word]
        fitting = {
            n for one in self.cast.people if (n := self.cast.called(one)) and self.cast.genders.get(n, sex) == sex
        }
        known = {n for n in fitting if self.cast.genders.get(n) == sex}
        for names in (known, fitting):
            if len(names) == 1:
                return Who(next(iter(names)), "person", SETTLED)
        return None

    def _first_person(self, word: str, at: int) -> Who | None:
        if not self.cast.layout.quotation(at):
            return None
        near = [s for s in self.spoken if abs(s.at - at) < 700]
        if not near:
            return None
        last = near[-1]
        return Who(last.name, last.kind, 0.8 if word == "i" else 0.5)

    def called(self, mention: Mention) -> str:
        """What a mention is called in full: by its owner's name ("his deputy" → whose), or by whoever a description stands for."""
        if mention.named or self._depth > _DEEPEST:
            return mention.name
        if mention.start not in self._called:
            # each may ask for all before it, and these again: told once until somebody else is heard, and not from all too far back
            self._depth += 1
            self._called[mention.start] = self._describes(mention)
            self._depth -= 1
        return self._called[mention.start]

    def _describes(self, mention: Mention) -> str:
        if re.match(r"[Tt]he\s\d", mention.name) and (who := self._descriptions.who(mention.name, mention.start)):
            return who.name
        if owned := self.owned(mention.name, mention.start):
            return owned.name
        one = mention.number == 1 and (mention.kind in ("person", "outlet") or mention.noun == "paper")
        if one and mention.name.startswith(("The ", "the ")):
            who = self._descriptions.who(mention.name, mention.start)
            return who.name if who and who.confidence >= _LIKELY else mention.name
        return mention.name

    # --- by description -----------------------------------------------------------------------------------------------

    def owned(self, words: str, at: int) -> Who | None:
        """Owners in full: "her deputy" → "Ada Crane's deputy"; "Crane's office" → "Ada Crane's office"."""
        main = trimmed(words)
        mark = "'" if "'" in self.text and "’" not in self.text else "’"
        apposed = _OWNED_AND_NAMED.match(main)
        if (match := apposed) and (
            sort_of(single(match[1].split()[-1])) in ("organisation", "outlet") or match[1].split()[-1] in _APPOSED
        ):
            return self.named(match[2], at + words.index(match[2]))
        body = _OWNED_AND_TOLD_OF.match(words)
        if body and sort_of(head(body[1])) == "organisation":
            return Who(body[1], "organisation", 0.7)
        if match := _BY_PRONOUN.match(main):
            low = match[1].lower()
            owner = self.pronoun(SUBJECT.get(low, low), at, owner=low)
            if owner is None or owner.confidence < SETTLED - 0.1:
                return None
            return Who(_belonging(owner, match[2], mark), None, min(0.7, owner.confidence))
        if match := _BY_DESCRIPTION.match(main):
            who = self._descriptions.who(match[1], at)
            return Who(_belonging(who, match[3], match[2][0]), None, 0.6) if who and who.confidence >= SETTLED else None
        if match := _OF_OWNED.match(main):
            whose = self.owned(match[2], at + words.index(match[2]))
            return Who(f"{match[1]} {whose.name}", None, whose.confidence) if whose else None
        if match := _BY_NAME.match(main):
            full = self.cast.full(match[1], at)
            if full and full != match[1] and any(self.cast.called(p) == full for p in self.cast.people):
                return Who(f"{full}{match[2]} {match[3]}", None, 0.7)
        return None


def _belonging(owner: Who, what: str, mark: str) -> str:
    """Owner and owned as one writes them: "Ada Crane’s deputy", "the nurses’ union"; a longer owner follows: "the authors of a trial of 4,200 patients"."""
    name = owner.name
    if name.istitle() and " " not in name and sort_of(name.lower()) == "person" and plural(name.lower()):
        name = f"the {name.lower()}"
    if len(name.split()) > 4 or (" of " in name and not name[:1].isupper()):
        return f"the {what} of {'the ' + name[4:] if name.startswith('The ') else name}"
    several = owner.kind != "person" or not name[:1].isupper() or name.startswith("The ")
    return f"{name}{mark} {what}" if several and name.endswith("s") else f"{name}{mark}s {what}"


_APPOSED = frozenset("correspondent reporter columnist journalist rival competitor".split())
#: roles that companies have as well
_BODIES_TOO = frozenset(
    "supplier sponsor developer contractor broker insurer dealer publisher printer consultant rival".split()
)


def _role_before(lead: str) -> bool:
    """Whether a role stands right before a name ("darts ace Binks"), and not one that a body has too ("rival Binks")."""
    role = re.search(r"([a-z][\w-]+)\s$", lead)
    if (
        role is None
        or plural(role[1])
        or re.search(r"(?:maker|holder|keeper|owner|builder|seller|brewer|grower)$", role[1])
    ):
        return False
    return sort_of(role[1]) == "person" and not _IS_A_BODY.search(lead) and role[1] not in _BODIES_TOO
