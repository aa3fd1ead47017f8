"""Names by their capitals: people, organisations and places where they stand.

Serves where no model gives names; what a model gives is taken as it is. Single words at the head of a sentence
count only where the text uses them elsewhere too, or where they are known.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache, lru_cache
from importlib.resources import files

from sayso.reading.decode import Name
from sayso.reading.mentions.forenames import FIRST_NAMES
from sayso.reading.mentions.nouns import plural, single, sort_of
from sayso.reading.mentions.outlets import find_outlet, looks_like_outlet

_WORD = r"(?:(?:Mr|Mrs|Ms|Dr|St|Prof|Gen|Col|Sen|Rep|Gov|Sgt|Lt|Capt|Rev|Cllr|Det|Supt)\.|(?:[A-Z]\.)+(?=[\s,;’'])|[A-ZÀ-Þ][\wÀ-ÿ-]+\.[a-z]{2,3}(?![\w’'-])|[A-ZÀ-Þ](?:[\w’'À-ÿ-]*[\wÀ-ÿ])?(?:(?<=s)[’'](?=\s[A-ZÀ-Þ]))?)"
_SMALL = r"(?:(?:de|da|do|di|del|della|dello|der|van|von|den|bin|ibn|al|la|le|dos|du|ter|&|of the|of|and the)[ ]+){0,2}"
_RUN = re.compile(rf"(?<![\w’'@#]){_WORD}(?:[ ]+{_SMALL}{_WORD}|[ ]+(?=&)&[ ]+{_WORD})*")
TITLES = frozenset(
    (
        "mr mrs ms miss mx dr sir dame lord lady prof professor president secretary senator sen rep gov governor mayor judge justice captain capt coach "
        "minister chancellor king queen prince princess pope inspector sergeant sgt detective general gen colonel col lieutenant lt major superintendent commissioner "
        "councillor cllr pc dc dci di rev reverend father sister brother cardinal bishop archbishop imam rabbi sheikh ambassador congressman congresswoman "
        "chief prime vice deputy former ex acting head director chairman chairwoman the a an manager boss baroness baron count countess premier marshal admiral commander "
        "corporal private officer constable ceo cfo coo cto mp pm attorney speaker representative "
        "canon rt hon honourable honorable venerable ven dean archdeacon vicar provost msgr monsignor mother very"
    ).split()
)
_OPENERS = frozenset(
    (
        "later but when while however meanwhile and or if as after before although though since because then now yesterday today tomorrow in on at by for from with under "
        "over also only even former despite like unlike both either his her their our its this that these those according yet so once until asked earlier last next "
        "per what where why how who whose not no nor neither perhaps maybe still again here there until whether to of between among against during amid inside outside "
        "breaking update watch listen exclusive live video photo more first second third one two three four five six seven eight nine ten several some many most each every "
        "all another any few such same other others my your we he she it they i you said says told asked speaking dear told hello yes let did does do is are was were has have had will would can could should "
        "may might must be been being get got new old much very just never always often soon thus hence therefore instead rather indeed besides nonetheless nevertheless "
        "monday tuesday wednesday thursday friday saturday sunday january february march april june july august september october november december"
    ).split()
)
#: offices that a capitalised title ends in ("Finance Minister Ilka Vossberg")
_OFFICES = frozenset(
    "minister secretary president chancellor executive officer governor commissioner director chairman chairwoman manager coach editor spokesman spokeswoman leader attorney".split()
)
_ABBREVIATED = frozenset("col gen sen rep gov lt det".split())
_DAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december".split()
)
_NOT_PEOPLE = frozenset(
    (
        "united city real club fc cf afc ac sc rc party league cup street road avenue lane park square house university college bank group council court committee department ministry agency association "
        "federation company school hospital news world states kingdom north south east west new san santa saint champions premier "
        "board institute office bureau union airlines airways air energy holdings capital partners athletic athletico rovers wanderers albion town county international national copa del rey "
        "homes stores foods dynamics systems technologies technology motors pharma pharmaceuticals therapeutics industries brothers sons trust fund foundation society commission authority "
        "church cathedral abbey bridge river lake mount mountain bay island islands valley hill port fort beach coast sea ocean street airport station stadium arena theatre museum gallery library "
        "symphony philharmonic orchestra choir ensemble quartet opera ballet festival "
        "palace castle hall centre center plc inc ltd llc corp corporation gmbh ag sa co health water rail railways steel oil gas media studios pictures records entertainment games software "
        "insurance assurance securities investments properties logistics shipping lines orchards tyres pumps clinics academy army navy force police parliament congress senate assembly "
        "republic democratic social labour conservative liberal green greens front movement alliance coalition tribunal central supreme high federal royal state global european african asian american british "
        "open prix grand olympic olympics games championship championships tournament festival award awards prize series treaty act bill agreement plan programme program project mission war battle day week "
        "summit conference forum convention report review survey index times post herald"
    ).split()
)
_COMPANY = frozenset(
    (
        "united city club fc cf afc ac sc rc party league university college bank group council court committee department ministry agency association federation company school hospital board institute "
        "office bureau union airlines airways air energy holdings capital partners athletic athletico rovers wanderers albion town homes stores foods dynamics systems technologies technology motors pharma "
        "pharmaceuticals therapeutics industries brothers sons trust fund foundation society commission authority church films marine maritime tonnage mutual provident telecom telecoms freight ferries railway bakery breweries foods plc inc ltd llc corp corporation gmbh ag co health water rail railways steel oil gas media "
        "studios pictures records entertainment games software insurance assurance securities investments properties logistics shipping lines orchards tyres pumps clinics academy army navy force police motor refining atom mining minerals micro bio aerospace mutual ales "
        "parliament congress senate assembly front movement alliance coalition tribunal labs laboratories research agency services solutions networks network consulting advisers advisors analytics forum nations"
    ).split()
)
_PLACE_WORDS = frozenset(
    "street road avenue lane park square river lake mount mountain bay island islands valley hill port fort beach coast sea ocean county states kingdom republic north south east west province region peninsula desert forest cape gulf strait district village".split()
)


#: "Mum-of-three Kayleen Drage": what someone is called for those she has
_OF_MANY = re.compile(r"(?:mum|mom|mother|dad|father|parent|gran|grandmother|grandfather|brother|sister)-of-\w+", re.I)
#: "RTV Lisle", "BC Varlund": letters before a word are a body's name, where they are nobody's initials
_LETTERS = re.compile(r"(?:[A-Z]{3,5}|TV|BC|HC|KK|SK|BK|IK|SV|US)\s[A-ZÀ-Þ][\w’'-]+")
_WRITES = re.compile(r"\s(?:(?:has|had|also|first)\s)*(?:reports|reported|writes|wrote|understands|claims)\b")

_DOES = re.compile(
    r"[’']s\s|,\s\d\d,|,\s(?:which|who|citing|whose)\b|\s(?:is|are|was|were|has|have|had|will|would|said|says|told|tells|want|hope|plan|expect|intend|insist|reject|went|goes|sees|wants|intends?|expects?|plans?|hopes?|took|takes|made|came|got|gave|left|knew|thought|kept|felt|found|saw|spoke|wrote|stood|sat|ran|won|lost|[a-z]{3,}ed)\b"
)
_GENITIVE = re.compile(r"[’']s?$")
_OWNER = re.compile(r"[’']s\s(?=[A-ZÀ-Þ])")
_INITIALS = re.compile(r"(?:[A-Z]\.)+")
_END = re.compile(r"(?:[’']s?|\.)$")
_CAPITAL = re.compile(r"[A-ZÀ-Þ]")
#: capital words that open the names of bodies though they are roles or bodies themselves: "Harbour Post", "Palace Holdings"
_KEPT = frozenset(
    (
        "world house bank club group board union school university college church state crown king queen prince government general folk people "
        "abbey borough bourse capital castle cathedral chapel city county farm garden hall harbour kingdom mill museum nation opera palace park port "
        "province republic stadium station temple territory theatre tower town village"
    ).split()
)


@cache
def places() -> frozenset[str]:
    """Names that are places wherever the text says nothing else, lower case."""
    lines = files("sayso.reading.mentions").joinpath("places.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


@lru_cache(maxsize=1 << 14)
def bare(words: str) -> str:
    """A name without honorifics, leading articles and possessive endings."""
    parts = _GENITIVE.sub("", words.strip(" ,.;:“”\"'‘’()")).split()
    while len(parts) > 1 and _is_title(parts[0]):
        parts = parts[1:]
    return " ".join(parts)


def _is_title(word: str) -> bool:
    plain = word.lower()
    return plain.strip(".") in TITLES and plain not in _ABBREVIATED


def find_names(text: str, names: Sequence[Name] = ()) -> tuple[Name, ...]:
    """Every name with its kind, in reading order. `names` from outside are taken over; the capitals serve where there are none."""
    if names:
        return tuple(sorted(names, key=lambda n: (n.start, -n.end)))
    runs = list(_RUN.finditer(text))
    lower = frozenset(re.findall(r"(?<![\w’'-])[a-zà-ÿ][\w-]*", text))
    inner = frozenset(word for m in re.finditer(r"(?<=[a-z,;] )[A-ZÀ-Þ][\w’'À-ÿ-]+", text) for word in [m[0]])
    inner |= {word for match in runs if " " in match[0] for word in match[0].split()[-1:]}
    found = (name for match in runs for span in _owners_apart(match) if (name := _name(span, text, lower, inner)))
    return _agreed([part for name in found for part in _parted(name, text)], text)


def _owners_apart(match: re.Match[str]) -> list[tuple[int, int]]:
    """A run of capitals cut after an owner ("Le Podium’s Armelle Vigneau"), unless the whole is one name ("Lloyd's List")."""
    start, end = match.span()
    words = match[0]
    cut = _OWNER.search(words)
    if (
        not cut
        or _of_people(words[: cut.start()])
        or find_outlet(words)
        or looks_like_outlet(words)
        or words.split()[-1].lower() in _COMPANY
        or words.split()[-1].lower() in _PLACE_WORDS
    ):
        return [(start, end)]
    return [(start, start + cut.start()), (start + cut.end(), end)]


def _of_people(owner: str) -> bool:
    """Whether an owner is a sort of people, many at once ("The People's Rally"): then the whole is one name."""
    noun = owner.rpartition(" ")[2].lower()
    return plural(noun) and sort_of(noun) in ("person", "anonymous")


def _agreed(names: Sequence[Name], text: str) -> tuple[Name, ...]:
    """Single names as what the text's longer ones make them: "Crane" is a person after "Ada Crane"."""
    people = [text[n.start : n.end].split() for n in names if n.kind == "person" and " " in text[n.start : n.end]]
    borne = {part for parts in people for part in (parts[0], parts[-1]) if len(part) > 2}
    made = []
    for name in names:
        words = text[name.start : name.end]
        known = words in borne or (words.lower() in FIRST_NAMES and words.lower() not in places())
        made.append(replace(name, kind="person") if " " not in words and name.kind != "person" and known else name)
    return tuple(made)


def _parted(name: Name, text: str) -> list[Name]:
    """A person and where they are from, run together by "of" ("Nadim Corrigall of Spindle Research"), as two names."""
    words = text[name.start : name.end]
    one, of, other = words.partition(" and the ") if " and the " in words else words.partition(" of ")
    other = other.removeprefix("the ")
    parts = [part.lower() for part in one.split()]
    if not of or len(parts) < 2 or any(p in _NOT_PEOPLE or p in _COMPANY or sort_of(p) for p in parts):
        return [name]
    second = name.end - len(other)
    kind = _kind(other, text, second, name.end, titled=False)
    return [
        Name(name.start, name.start + len(one), "person", 0.6),
        Name(second, name.end, "organisation" if kind == "person" else kind, 0.5),
    ]


def _name(span: tuple[int, int], text: str, lower: frozenset[str], inner: frozenset[str]) -> Name | None:
    """The name in a run of capitals: what opens the sentence and titles taken off, its kind told."""
    start, end = span
    words = text[start:end]
    whole = find_outlet(words)
    if whole and not (whole.ambiguous and " " not in words):
        return Name(start, end, "organisation", 0.9)
    first = _first(text, start)
    titled = False
    parts = words.split(" ")
    office = max((i for i, part in enumerate(parts[:-1]) if part.lower() in _OFFICES), default=-1)
    if office > 0 and len(parts) - office > 2:
        start += len(" ".join(parts[: office + 1])) + 1
        words, first, titled = " ".join(parts[office + 1 :]), False, True
    while words:
        word, _, rest = words.partition(" ")
        plain = word.lower().strip(".’'")
        role = (
            sort_of(plain) in ("person", "organisation")
            and bool(rest)
            and (_is_title(word) or (plain not in _KEPT and (first or sort_of(plain) == "person")))
        )
        role &= not word.endswith(("s’", "s'"))  # "Nurses' Federation" is one name
        role |= bool(rest) and _OF_MANY.fullmatch(word) is not None
        role |= (
            first and bool(re.match(r"\s[A-ZÀ-Þ]", rest[rest.find(" ") :])) and _forename(rest) and not _forename(words)
        )
        role |= word.isupper() and len(word) > 3 and bool(re.match(r"[A-Z][a-z]", rest)) and first
        opener = (
            plain in _OPENERS
            and (first or plain in _DAYS or plain == "the")
            and not find_outlet(words)
            and not looks_like_outlet(words)
        )
        if not (
            role
            or opener
            or (_is_title(word) and rest)
            or plain in ("i", "i’m", "i've", "i’ve", "i'm", "i’ll", "i'll", "i’d", "i'd")
        ):
            break
        titled |= role or (_is_title(word) and plain != "the")
        start += len(word) + len(rest and " ") + (len(rest) - len(rest.lstrip(" ")))
        words, first = rest.lstrip(" "), False
        if role and words.startswith("of "):  # "Friends of Corin Ashdown"
            start, words = start + 3, words[3:]
    name = words if _INITIALS.fullmatch(words) else _END.sub("", words)
    end = start + len(name)
    paper = _WRITES.match(text, end) and name.lower() not in TITLES
    by_role = name.isupper() or name == "MPs" or (text[max(0, start - 4) : start].lower() == "the " and not paper)
    if " " not in name and by_role and sort_of(name.lower()) == "person":
        return None
    if " " not in name and name.lower() in _OPENERS and not name.isupper():
        return None
    if not name or len(name) < 2 or name.lower() in _DAYS or not _CAPITAL.match(name):
        return None
    if " " not in name and _first(text, start) and not titled and not _known(name, lower, inner, text[end : end + 30]):
        return None
    kind = _kind(name, text, start, end, titled=titled)
    return Name(start, end, kind, 0.6)


def _forename(words: str) -> bool:
    return words.partition(" ")[0].lower() in FIRST_NAMES


def _first(text: str, at: int) -> bool:
    """Whether a word at `at` is capital because it opens a sentence, a quotation or a line."""
    before = text[max(0, at - 3) : at].rstrip(" “”\"'‘’()")
    return at == 0 or not before or before[-1] in ".!?:\n•*—–-|" or text[at - 1] in '“"‘\n'


def _known(name: str, lower: frozenset[str], inner: frozenset[str], after: str) -> bool:
    """Whether one capital word at the head of a sentence is a name: not written small anywhere, and known from elsewhere, or doing something."""
    plain = name.lower()
    if name in inner and re.fullmatch(r"[A-ZÀ-Þ][\w’']+(?:-[A-ZÀ-Þ][\w’']+)+", name):
        return True
    if plain in lower or single(plain) in lower or sort_of(plain) or plain in _OPENERS:
        return False
    if name in inner or plain in places() or find_outlet(name) or (name.isupper() and len(name) <= 6):
        return True
    return bool(_DOES.match(after)) and not re.search(r"(?:ly|ing|ed|thing|body|one|ers|ists|ians)$", plain)


#: what stands before a body's name, and what only bodies have or are
_BODY_BEFORE = re.compile(
    r"\b(?:maker|group|firm|company|retailer|bank|airline|broker|insurer|developer|start-up|startup|giant|chain|fund|publisher|club|charity|union|agency|at|supplier|operator|consultancy|lender|service|rival|buyer|bidder|"
    r"holder|competitor|shares in|stake in|takeover of|owner of)(?:,?\s|,\sthe\s)$|\b(?:union|buyer|club|company|rival|partner|suitor|owner|label|publisher),\s(?:the\s)?$",
    re.I,
)
_BODY_AFTER = re.compile(
    r"(?:[’']s?)\s(?:\w+\s)?(?:shares?|board|directors|shareholders|founders?|president|chief|customers|users|profits?|sales|parent|owners?|headquarters|website|spokesm[ae]n|spokeswoman|spokesperson|fans|supporters|chairman|management|lawyers|bankers|prospectus|general)\b"
    r"|\s(?:have|are|want|were|insist|deny|hope|plan|expect|intend|say|do)\b(?!\sto\s[A-Z])|\s(?:said|says|confirmed|plans|expects|hopes|wants|has|will|is|was|would|does|claims|denied|promised|announced|intends)\b[^.,“]{0,60}\b(?:its|they|their|it (?:will|would|was|is|has|had|does|did|plans|expects))\b"
    r"|\s(?:does|did|would)\snot\scomment\b|,\s(?:a|an|the)\s(?:[\w-]+\s){0,3}(?:company|firm|group|charity|bank|club|agency|maker|chain|retailer|consortium)\b"
)


@lru_cache(maxsize=1 << 10)
def like_a_body(name: str, text: str) -> bool:
    """Whether some place in the text treats a name as a body's: by the word before it, its shares, "its" or a plural verb."""
    at, seen = text.find(name), 0
    while at >= 0 and seen < 6:
        end, seen = at + len(name), seen + 1
        whole = not (text[at - 1 : at].isalnum() or text[end : end + 1].isalnum())
        if whole and (_BODY_BEFORE.search(text[max(0, at - 26) : at]) or _BODY_AFTER.match(text[end : end + 90])):
            return True
        at = text.find(name, end)
    return False


def named_as_a_company(name: str) -> bool:
    """Whether a name's last word is one that bodies end in ("Ostrel Group")."""
    return name.rpartition(" ")[2].lower() in _COMPANY


def _opened_by_the(text: str, start: int) -> bool:
    """Whether "the" stands right before a name: nobody is called "the Red Heron"."""
    return text[max(0, start - 4) : start].lower() == "the "


def _kind(name: str, text: str, start: int, end: int, *, titled: bool) -> str:
    words = name.split()
    plain = [word.lower().strip(".") for word in words]
    if name.lower() in places():
        return "place"
    if (
        plain[-1] in _COMPANY
        or plain[0] in ("fc", "ac", "afc", "real")
        or "&" in name
        or looks_like_outlet(name)
        or _LETTERS.fullmatch(name)
        or re.search(r"\.[a-z]{2,3}$", name)
    ):
        return "organisation"
    if (
        plain[0] not in FIRST_NAMES
        and not titled
        and (like_a_body(name, text) or (len(plain) > 1 and plain[-1] in places()))
    ):
        return "organisation"
    if titled or re.match(r",\s\d\d,", text[end : end + 5]):
        return "person"
    if plain[-1] in _PLACE_WORDS or plain[0] in (
        "north",
        "south",
        "east",
        "west",
        "new",
        "san",
        "santa",
        "saint",
        "st",
        "port",
        "mount",
        "lake",
        "fort",
        "cape",
    ):
        return "place"
    if any(word in _NOT_PEOPLE for word in plain) or " of " in name or " of the " in name:
        return "organisation"
    if (
        plain[0] not in FIRST_NAMES
        and text[max(0, start - 4) : start] == "the "
        and (after := re.match(r"\s([a-z][\w-]+)", text[end : end + 24]))
        and sort_of(after[1])
    ):
        return "organisation"  # "the Upper Skerrick licence"
    if 2 <= len([w for w in words if w[0].isupper()]) <= 4 and not name.isupper():
        thing = plain[0] not in FIRST_NAMES and (
            _opened_by_the(text, start) or (sort_of(plain[-1]) == "organisation" and plain[-1] == single(plain[-1]))
        )
        return "organisation" if thing else "person"
    if name.isupper() and len(name) <= 6:
        return "organisation"
    if re.search(r"\b(?:in|at|near|from|across|outside|around|to|towards)\s$", text[max(0, start - 10) : start]):
        return "place"
    after = re.match(r"\s([a-z][\w-]+)", text[end : end + 24])
    attributive = after is not None and plural(after[1]) and sort_of(after[1]) is not None  # "O-negative donors"
    stands_alone = (
        not attributive
        and not re.search(r"\b(?:the|in|at|of|for|from|to|by|near|a)\s$", text[max(0, start - 6) : start])
        and not re.match(r"\s[a-z]+s?\s(?:for|in|of|he|she)\b", text[end : end + 30])
    )
    person = stands_alone and re.search(r"^[^.]{0,80}\b(?:he|she|his|her|himself|herself)\b", text[end : end + 100])
    return "person" if person else "organisation"
