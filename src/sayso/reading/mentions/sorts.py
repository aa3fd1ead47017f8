"""The kind of a source by its own words: anonymous, a document, an outlet, an organisation, a person.

Anonymous is who is expressed but not identified; a spokesman, a lawyer or a family is known by whom they belong to.
"""

from __future__ import annotations

import re

from sayso.reading.mentions.nouns import head, plural, single, sort_of
from sayso.records import SourceKind

_ANONYMOUS = re.compile(
    r"\b(?:sources?|insiders?|those close|moles?|pals?|(?:people|persons?|someone|figures?|anyone|officials?|executives?|bankers?) (?:familiar|close|with (?:direct )?knowledge|briefed|involved|near|working)|"
    r"not (?:be|to be) (?:named|identified)|anonym\w+|whistleblowers?|requested anonymity|acting for (?:one|some|a)|"
    r"(?:senior|leading|club|boardroom|dressing-room) figures?|the same (?:person|people|official|officials|friend|friends|figure|man|woman|diplomat|banker|insider)|a figure (?:in|at|inside|close|near|from)\b|knowledge of the (?:matter|situation|talks|deal|case)|familiar with the (?:matter|talks|situation|deal|plans?|thinking))\b",
    re.I,
)
_CROWD = re.compile(
    r"^(?:one|another|two|three|four|a (?:second|third|fourth)|the (?:others?|second|third)|some|many|others?|several|most|few|a few|critics|observers|experts|pundits|rumou?rs|speculation|not one|someone|somebody|every(?:one|body)|nobody|no one|anyone|those (?:who|present|in|around|at|close)|neither|"
    r"a handful|half|dozens|hundreds|thousands|a number|(?:at least |about |nearly |more than )?(?:one|two|three|four|five|six|seven|eight|nine|ten|\d+|several|some|many|most|few))\b",
    re.I,
)
_ROLES_KNOWN = frozenset(
    (
        "spokesman spokeswoman spokesperson lawyer solicitor barrister counsel attorney agent mother father wife husband son daughter sister brother family representative judge court coroner "
        "owner founder chairman chairwoman president captain coach manager mayor headteacher pathologist prosecutor minister ambassador secretary chancellor governor premier author doctor boy girl "
        "fisherman signalman executor driver leader witness farmer professor scientist economist analyst expert bishop priest general passer-by"
    ).split()
)
#: who speaks for others is known by them, whatever else is said
_SPEAKS_FOR = frozenset("spokesman spokeswoman spokesperson lawyer solicitor barrister representative".split())
_PRESS_OFFICER = re.compile(r"\b(?:press|media|communications)\s(?:officer|secretary|chief|office)$", re.I)
#: a party by its members, a camp by its cause ("the Yes camp"; somebody's own camp are people)
_SIDE = re.compile(
    r"(?:the\s)?(?:[A-ZÀ-Þ]\w+\s)?(?:Greens|Liberals|Conservatives|Democrats|Republicans|Nationals|Nationalists|Socialists|Tories|Labour)"
    r"|the\s[A-Za-z]+\scamp|rivals|competitors",
    re.I,
)
_GAVE_A_NAME = re.compile(r"\bgave (?:his|her|their) name\b")
#: "the union's executive": those who lead it, together
_EXECUTIVE = re.compile(r"(?:^the|[’']s?)\s(?:national\s)?executive$", re.I)
_RANKED = re.compile(r"^the\s(?:world\s|former\s|new\s)+(?:No\.?|number)\s(?:\d+|one|two|three)$", re.I)
#: whoever oversees a trade oversees it by law
_OVERSEES = re.compile(r"\b(?:insurance|banking|market|markets|financial|state|pensions|rail|data)\ssupervisor$", re.I)
#: "her friends", "the premier's allies": told by whose they are, they are still not to be told apart
_SOMEONES = re.compile(r"[’']s?\s(?:\w+\s)?(?:friends|allies|aides|colleagues|confidants|associates)$")
#: "officials in Orm", "officials who have seen it": some of them, not the group
_SOME_WHO = re.compile(r"\s(?:who|from|in)\s")
#: one of many who held or hold a post, or one told of only by where they were: not to be identified by it
_HIDDEN = re.compile(
    r"^an?\s(?:former|ex|senior|serving|retired|leading|second|third)\b|\s(?:who|whose|from|at|in|inside|outside|loyal)\s",
    re.I,
)
#: several of whom, with no article, are not to be identified ("aides say"); others are a group known by role ("campaigners say")
_INSIDERS = frozenset(
    "aide adviser ally banker bidder colleague critic delegate diplomat executive expert friend insider mole observer pal pundit source supplier staffer trader witness".split()
)
REPORTS = re.compile(
    r"\b(?:report(?:s|ed|ing)?|relay(?:s|ed)?|reveal(?:s|ed)?|writes?|wrote|claims?|understands?|carried|splash\w*|citing|hears|learn(?:s|ed|t))\b",
    re.I,
)
#: a name of several words is no description, whatever its last word ("Bourse Brief", "Ferret Research")
_NAME = re.compile(r"(?:[Tt]he\s)?(?:[A-ZÀ-Þ][\w’'-]*\s)+[A-ZÀ-Þ][\w’'-]*")
_CAPITAL = re.compile(r"\b(?!The\b)[A-ZÀ-Þ]")
#: bodies whose last word is a person's
_GUARDS = re.compile(r"\b(?:coast|national|border|home|civil)\sguard$", re.I)
#: "reports say", "papers claim": the press is meant, not a document
REPORTS_THAT = re.compile(r"\b(?:say|claim|suggest|speculate)", re.I)
UNNAMED_CUE = re.compile(
    r"\b(?:reported(?:ly)?|rumou?red|allegedly|alleged|supposedly|apparently|"
    r"(?:is|are|was|were|been|it[’']s|be)\s+(?:\w+ly\s+)?(?:understood|believed|thought|said|reported|expected|considered|tipped|claimed|"
    r"rumou?red|known|alleged|feared|hoped))\b",
    re.I,
)


#: "nobody at the club": whoever that leaves, it is no one to be told apart
_NO_ONE = re.compile(r"(?:nobody|no one|neither|none|everyone|everybody|(?:the )?others?$)\b", re.I)
#: "three of the seven trustees": counted, and not told apart
_COUNTED = re.compile(
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|several|some|half|most) of (?:the|its|his|her|their|[\w’'-]+[’']s?) ",
    re.I,
)
#: "aides to the governor": whoever they are, they are near someone and go by that
_NEAR_SOMEONE = re.compile(r"(?:aides|allies|insiders)\b", re.I)


def is_anonymous(words: str) -> bool:
    """Whether the words themselves withhold who it is ("sources", "a person familiar with the talks")."""
    return bool(_ANONYMOUS.search(words) or any(p.match(words.strip(" ,")) for p in (_NO_ONE, _COUNTED, _NEAR_SOMEONE)))


def kind_by_words(words: str, cue: str) -> SourceKind | None:
    """What a source's words say of its kind; None where they say nothing."""
    main = words.strip(" ,.;:“”\"'‘’")
    noun = head(main)
    sort = sort_of(noun)
    if sort in ("document", "person", "anonymous") and _NAME.fullmatch(main):
        return None
    if sort == "document" and noun not in main and len(_CAPITAL.findall(main)) > 1:
        return None  # "the opposition Civic List", "The Order of St Brannoc"
    if _GUARDS.search(main):
        return "organisation"
    if _ANONYMOUS.search(main) and sort not in ("document", "organisation"):
        return "anonymous"
    if (
        noun in ("paper", "report")
        and main.lower() in ("the paper", "the same paper", "report")
        and re.search(
            r"report|say|said|writ|wrote|accord|claim|understand|add|caution|go(?:es)? on|went on|^\W+$", cue, re.I
        )
    ):
        return "outlet"
    if _RANKED.search(main) or _GAVE_A_NAME.search(main):
        return "person"
    if _SIDE.fullmatch(main) or _OVERSEES.search(main) or _EXECUTIVE.search(main):
        return "organisation"
    if noun in ("reports", "papers", "newspapers", "media") and " " not in main and REPORTS_THAT.search(cue):
        return "outlet"
    if sort == "document":
        return "document"
    if noun == "website" and re.search(r"[’']s?\s\w*\s?website$", main):
        return "document"
    if sort == "outlet":
        return "outlet"
    if sort == "organisation":
        return "organisation"
    if _CROWD.match(main):
        return "anonymous"
    if sort in ("person", "anonymous"):
        return _known_or_not(main, noun, sort)
    return None


def _known_or_not(main: str, noun: str, sort: str) -> SourceKind:
    """A person by role: unidentified where the article is indefinite and the role is one that many hold."""
    one = single(noun)
    indefinite = re.match(r"^(?:an?|one)\s", main, re.I)
    if sort == "anonymous" or _SOMEONES.search(main):
        return "anonymous"
    if _PRESS_OFFICER.search(main):
        return "person"
    if indefinite:
        hidden = _HIDDEN.search(main) and one not in _SPEAKS_FOR
        return "person" if one in _ROLES_KNOWN and not hidden else "anonymous"
    bare_plural = plural(noun) and not re.match(r"^(?:the|his|her|its|their|our|my|these|those)\b", main, re.I)
    if bare_plural:
        return "anonymous" if one in _INSIDERS or (one == "official" and _SOME_WHO.search(main)) else "person"
    return "person"
