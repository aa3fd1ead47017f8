"""What the head noun of a description denotes: a person, a group of them, an organisation, a document, an outlet.

Word tables from general knowledge, in nouns.txt; only the head is looked at ("a report by the council" is a document).
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files
from typing import Literal

Sort = Literal["person", "organisation", "document", "outlet", "anonymous"]


def _sections() -> dict[str, frozenset[str]]:
    """The words of nouns.txt by section."""
    words: dict[str, set[str]] = {}
    section = ""
    for line in files("sayso.reading.mentions").joinpath("nouns.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif not line.startswith("#"):
            words.setdefault(section, set()).update(line.split())
    return {name: frozenset(found) for name, found in words.items()}


_WORDS = _sections()
#: one noun for several people
GROUPS = _WORDS["groups"]
#: roles that a firm or a state fills as often as a person does: only what else is said tells which
EITHER = _WORDS["either"]
_ORGANISATION = _WORDS["organisation"]
_PERSON = _WORDS["person"] | _WORDS["female"] | _WORDS["male"] | (EITHER - _ORGANISATION)
_PLURAL_PEOPLE = _WORDS["people"] | GROUPS
_BODIES = _WORDS["bodies"]
_INSIDE = _WORDS["inside"]
_TABLES: tuple[tuple[frozenset[str], Sort], ...] = (
    (_WORDS["document"], "document"),
    (_ORGANISATION, "organisation"),
    (_WORDS["outlet"], "outlet"),
)
_FEMALE = _WORDS["female"] | _WORDS["titles-female"]
_MALE = _WORDS["male"] | _WORDS["titles-male"]
_PERSON_ENDINGS = re.compile(
    r"(?:ologist|ographer|ician|keeper|holder|worker|winner|man|woman|men|women|person|ist|eer|master|mistress|monger|wright|smith|teacher|taker|owner|people)$"
)
#: a firm by what it makes ("carmaker"); the persons in -maker are in the table
_ORGANISATION_ENDINGS = re.compile(r"(?:maker|builder|[a-z]tech)$")
#: words that only end like a person's or a firm's
_NOT_BY_ENDING = _WORDS["not-by-ending"]
#: "editor-in-chief", "father-of-two", "president-elect": the first part is the noun
_FIRST_PART = re.compile(r"([a-z]+)-(?:of|in|at|to-be|up|by|elect|designate|emeritus)\b")
#: nouns in -ie, whose plural is no plural of one in -y ("rookies")
_IN_IE = frozenset(word for words in _WORDS.values() for word in words if word.endswith("ie"))
#: where the head of a description ends
HEAD_END = re.compile(
    r",|;|\s[–—(]|\s(?:who|whose|whom|which|that|by|for|from|in|on|at|to|with|close|near|of|as|about|after|before|behind|inside|within|over|under|into|against|"
    r"among|around|between|speaking|familiar|briefed|involved|present|aboard|including|led|based|seen|obtained|contacted|above|published|filed|released|posted|sent|shared|lodged|"
    r"circulated|commissioned|read|leaked|reviewed|clocked|acting|working|loyal|included|dated|dating|signed|issued|drawn|made|known|called|named|asked|having|when|where|not|attached|"
    r"representing|written(?!\s[a-z]+$))\b"
)


#: "some in the party": the determiner is the head, the noun after it only says where
_SOME_OF = re.compile(
    r"^(?:some|many|several|two|three|few|most)(?=\s(?:in|on|at|from|around|inside|within|near)\s)", re.I
)
#: a determiner, with the participle that may stand before the noun ("a leaked letter")
_OPENED = re.compile(
    r"^(?:the|an?|this|that|these|those|his|her|its|their|our|my|one|two|three|several|some|many)\s(?:(?:leaked|published|obtained|released|acting|working|loyal|included|signed|dated|reviewed|written|known|led|based|close|near)\s)?",
    re.I,
)


@lru_cache(maxsize=1 << 14)
def head(words: str) -> str:
    """The head noun of a description, lower case, without a possessive ending ("the club's two lawyers who …" → "lawyers")."""
    plain = words.strip(" ,.;:“”\"'‘’()")
    if some := _SOME_OF.match(plain):
        return some[0].lower()
    main = HEAD_END.split(_OPENED.sub("", plain), maxsplit=1)[0].split()
    if main and main[-1].lower() in ("itself", "himself", "herself", "themselves", "alone", "too"):
        main = main[:-1]
    if not main:
        return ""
    return re.sub(r"[’']s?$", "", main[-1]).lower().strip(".,“”\"'‘’")


def single(noun: str) -> str:
    """The noun's singular, as far as its ending tells."""
    if noun[:-1] in _IN_IE and noun.endswith("s"):
        return noun[:-1]
    for ending, other in (
        ("women", "woman"),
        ("men", "man"),
        ("ies", "y"),
        ("sses", "ss"),
        ("ches", "ch"),
        ("wives", "wife"),
    ):
        if noun.endswith(ending):
            return noun[: -len(ending)] + other
    return noun[:-1] if noun.endswith("s") and not noun.endswith(("ss", "us", "is")) else noun


def plural(noun: str) -> bool:
    """Whether a head noun speaks of several ("officials", "people")."""
    if noun in _PLURAL_PEOPLE:
        return noun not in GROUPS
    if noun.endswith("people"):
        return True
    return noun.endswith("s") and not noun.endswith(("ss", "us", "is"))


@lru_cache(maxsize=1 << 14)
def sort_of(noun: str) -> Sort | None:
    """What a head noun denotes, or None where the tables do not say."""
    one = single(noun)
    if noun in _INSIDE or one in _INSIDE:
        return "anonymous"
    if noun in _BODIES:
        return "organisation"
    if noun in _PLURAL_PEOPLE or (noun != one and one in _PERSON):
        return "person"
    for table, sort in _TABLES:
        if noun in table or one in table:
            return sort
    if one in _PERSON or noun in _PERSON:
        return "person"
    closed = one.replace("-", "")
    if closed != one and (told := _listed(closed)):
        return told  # "film-maker" is a filmmaker
    if (first := _FIRST_PART.match(noun)) and sort_of(first[1]) == "person":
        return "person"
    last = one.rpartition("-")[2]
    if not _NOT_BY_ENDING & {noun, one, last}:
        if _ORGANISATION_ENDINGS.search(one):
            return "organisation"
        if _PERSON_ENDINGS.search(one):
            return "person"
    return sort_of(last) if last and last != one else None


def _listed(noun: str) -> Sort | None:
    """What the tables themselves say of a noun in the singular."""
    if noun in _PERSON:
        return "person"
    return next((sort for table, sort in _TABLES if noun in table), None)


def gender_of(words: str) -> str | None:
    """Whether "f" or "m", as the last telling word of a description or title says; None where none does."""
    for word in reversed(re.findall(r"[\w-]+", words.lower())):
        if word in _FEMALE:
            return "f"
        if word in _MALE:
            return "m"
    return None
