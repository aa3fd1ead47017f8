"""Whether the words for two people, bodies or things may mean one: names in their short forms, descriptions, and one body by its members.

True and False are said where the words tell; None leaves it open ("the club", "he"). Rules: docs/stance.md.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

_SMALL: Final = frozenset(
    "the a an of de da di del della van von der den al el la le and mr mrs ms dr sir lady lord fc cf afc jr sr for in on at to its his her "
    "their this that these those s new our my your".split()
)
_PRONOUNS: Final = frozenset(
    "he she it they him her them his its their who which that this these those both we us i you himself herself itself themselves "
    "all nobody nothing everyone everybody anyone".split()
)
_OPEN: Final = frozenset(
    "club team side company firm bank party job post role position current his her their its it country board bench group outfit "
    "government here there office spanish english italian german french capital giants".split()
)
#: bodies and those who act for them, or are them: "MPs" for parliament
_KIN: Final = tuple(
    frozenset(row.split())
    for row in (
        "parliament majority mps mp lawmakers lawmaker deputies deputy legislators legislature senators senate congress house chamber assembly "
        "parliamentarians commons lords peers members delegates councillors bundestag diet speaker committee panel vote",
        "court judge judges jury jurors bench magistrate magistrates tribunal justices justice panel chamber verdict",
        "prosecutor prosecutors prosecution attorney state crown da investigators detectives police",
        "government cabinet ministers minister ministry state premier president administration coalition office officials palace",
        "company firm maker group management bosses board owner owners directors manufacturer carmaker supplier operator producer bidder "
        "bank shareholders investors executives lender insurer brewer retailer airline carrier chain giant conglomerate plant factory",
        "club side team board hierarchy bosses directors management owners chairman outfit squad",
        "union unions workers staff members drivers employees workforce crews nurses teachers pilots doctors miners dockers strikers "
        "walkout strike men women picket pickets crew stewards",
        "council councillors town city mayor authority authorities aldermen officials",
        "organisers organizers promoters festival committee trust directors founders team host hosts organisation",
        "scientists researchers team study experiment trial lab laboratory institute group authors university physicists astronomers "
        "biologists experts reviewers panel journal mission telescope agency",
        "regulator watchdog authority commission agency office body",
        "voters electorate citizens people public residents",
        "agency company engineers space mission controllers launcher rocket probe satellite capsule",
    )
)
#: heads that tell nothing by themselves: two bills are two where their further words differ
_HEADS: Final = frozenset(
    "bill act law legislation measure reform plan proposal treaty accord pact convention agreement deal merger takeover union tie-up plant "
    "factory mill works site festival event fair concert show launch rocket satellite probe mission trial case ruling verdict sentence "
    "conviction strike walkout election vote race ballot poll contest seat cup final title league match game tournament player striker "
    "coach manager minister president prime secretary study drug vaccine paper experiment result results theory finding app phone service "
    "product model car game film album line bridge tunnel station project hospital school budget tax fee contract talks party "
    "production opening flights talks police tickets robots citizens authorities prisoners charge charges judge appeal injunction ban fine order decision job jobs".split()
).union(*_KIN)
#: what stands before a person's name
_BEARERS: Final = frozenset(
    "coach manager boss trainer striker midfielder defender forward winger goalkeeper keeper captain player runner skier sprinter minister "
    "president prime premier senator governor mayor candidate chancellor secretary deputy judge justice banker doctor professor king queen "
    "prince princess general colonel captain bishop founder singer actor actress author director farmer driver physicist mathematician "
    "astronomer astronaut scientist researcher hacker smuggler whistleblower defendant witness suspect studio brewer carrier airline rocket "
    "maker group band firm company parent fund former assistant opposition leader foreign finance treasury defence defense energy environment "
    "interior health justice education elected prosecutor lawyer chairman chairwoman chief executive officer detective inspector".split()
)
_NAMED: Final = re.compile(r"\b[A-ZÀ-Þ][\w’'-]*(?:(?: (?:of|de|da|di|van|von|the|&))* [A-ZÀ-Þ][\w’'-]*)*")
#: what has a capital and names nobody: days and months, and the words that sentences begin with
_NO_NAME: Final = re.compile(
    r"^(?:(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September|October|November|December|"
    r"The|A|An|In|On|At|By|For|From|With|After|Before|Under|Over|As|If|When|While|Where|Whether|Unless|Until|Since|It|He|She|They|We|I|You|"
    r"His|Her|Their|Its|Our|My|This|That|These|Those|There|Here|No|Not|Nobody|Nothing|None|Never|And|But|Or|So|Yet|Some|All|Every|Each|Both|"
    r"One|Two|Three|Four|Five|Six|Asked|What|Who|Why|How|Would|Will|Could|Can|Is|Are|Was|Were|Has|Have|Had|Do|Does|Did|Now|Then|Only|Even|"
    r"Despite|Because|Although|Though|Contrary|According|Official|Sources|Reports|Talk|Once)(?: |$))+"
)
_POSSESSED: Final = re.compile(r"(?:['’]s|s['’]) (?:\w+ )*(?P<thing>[a-z]+)$")
_RELATIVES: Final = frozenset(
    "sister brother wife husband mother father son daughter cousin nephew niece uncle aunt rival opponent neighbour neighbor friend deputy "
    "assistant secretary lawyer bookkeeper predecessor successor heir namesake ship partner ally owner former double understudy driver barber "
    "bodyguard adviser aide agent".split()
)
#: what of somebody's stands for them: "Ostrel's board", "Venturi's future"
_OWN_PART: Final = frozenset(
    "fans supporters players shirt life career future contract time spell stay reign tenure days term body hopes bid offer campaign name letter chair seat troops forces army navy "
    "people citizens authorities leadership spokesman spokeswoman representatives lawyers doctors site network service services".split()
).union(*_KIN)
_POSTS: Final = (
    {"coach", "manager", "boss", "trainer", "head"},
    {"ceo", "chief", "executive"},
    {"chairman", "chair", "chairwoman"},
)
_LESSER: Final = frozenset("assistant interim caretaker deputy acting temporary vice".split())
_DEMONYMS: Final = ("", "n", "an", "ian", "ish", "ese", "i", "s", "es")


@cache
def parts(name: str) -> tuple[str, ...]:
    """A name's words for comparison: without accents, marks, articles and titles, in lower case."""
    plain = "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))
    words = "".join(c if c.isalnum() else " " for c in plain.replace("’s", "").replace("'s", "")).lower().split()
    return tuple(w for w in words if w not in _SMALL) or tuple(words)


@cache
def _same_word(one: str, other: str) -> bool:
    """Whether two words are one, but for the ending that makes a people's name of a country's, a plural or a verb's form."""
    short, long = sorted((one, other), key=len)
    if long == short:
        return True
    return len(short) >= 4 and (
        (long.startswith(short) and long[len(short) :] in _DEMONYMS)
        or (long.startswith(short[:-1]) and long[len(short) - 1 :] in ("ian", "an", "ish", "ese", "ies"))
    )


@cache
def same_name(one: str, other: str) -> bool:
    """Whether two names may be one's: all the words of the shorter in the longer ("Ancelotti", "Real"), two full names as a whole."""
    short, long = sorted((_untitled(one), _untitled(other)), key=len)
    return bool(short) and (
        all(any(_same_word(w, v) for v in long) for w in short)
        or (len(short) == 1 and len(long) > 1 and short[0] == "".join(w[0] for w in long))
    )


def _untitled(name: str) -> tuple[str, ...]:
    """A name's words without what its bearer is: "Coach Tomas Breck" as "Tomas Breck"."""
    words = parts(name)
    return tuple(w for w in words if w not in _BEARERS) or words


@cache
def is_name(words: str) -> bool:
    """Whether the words are a name: capitals throughout, and not only those of a body's members at the head of a sentence ("MPs")."""
    last = words.rpartition(" ")[2]  # of "Centre-back Dario Fell" only the last word must be a name in all its parts
    named = any(w[0].isupper() for w in words.split()) and not any(
        w[0].islower() and w not in _SMALL for w in [*words.split(), *last.replace("-", " ").split()]
    )
    common = (
        len(parts(words)) == 1 and words.endswith("s") and not words.endswith("ss")
    )  # "Workers", at the head of a sentence
    return named and not common and not set(parts(words)) <= _HEADS


@dataclass(frozen=True, slots=True)
class Told:
    """All that a claim speaks of, whatever the role: its words, and its names as they stand."""

    words: frozenset[str] = frozenset()
    names: tuple[str, ...] = ()
    text: str = ""

    def definite(self, words: str) -> bool:
        """Whether the words stand there as something known: "the goalkeeper"."""
        return f"the {words.lower()}" in self.text


@lru_cache(maxsize=1 << 12)
def told(text: str) -> Told:
    """What a text speaks of."""
    names = (_NO_NAME.sub("", m[0]) for m in _NAMED.finditer(text))
    return Told(frozenset(parts(text)), tuple(dict.fromkeys(name for name in names if name)), text.lower())


_NOTHING: Final = Told()


def fits(role: str, wanted: str, said: str, told: Told = _NOTHING) -> bool | None:
    """Whether a role's words in a claim are those of the question; None where they leave it open. `told`: all that the claim speaks of,
    for what is called by another word but named elsewhere in it.
    """
    if role == "post":
        return True if _post_fits(wanted, said) else (None if is_name(said) else False)
    if said.lower() in _PRONOUNS:
        return None
    named = is_name(wanted)
    if wanted[:1].isupper() and (of := _POSSESSED.search(said)) and of["thing"] not in wanted.lower():
        return None if of["thing"] in _OWN_PART - _RELATIVES else False  # not she but her sister, her plane
    if named and is_name(said):
        return same_name(wanted, said)
    if _numbers(wanted) and _numbers(said) and not _numbers(wanted) & _numbers(said):
        return False
    if _kin(wanted, said):
        return True if _own(wanted) and set(_own(wanted)) == set(_own(said)) and _heads(wanted, said) else None
    if named and (role == "at" or set(parts(said)) <= _OPEN | _BEARERS):
        return None
    return _described(wanted, said, told)


def _described(wanted: str, said: str, told: Told) -> bool | None:
    """Two sets of words of which one at least is a description."""
    a, b = _own(wanted), _own(said)
    if shared := [(w, v) for w in a for v in b if _same_word(w, v)]:
        left = {w for w, _ in shared} < set(a) and {v for _, v in shared} < set(b)
        return None if left else True  # "the memory experiment at Aldmoor" may be another than "the sleep experiment"
    if not a:
        return True if _heads(wanted, said) else None
    if is_name(wanted) and not told.definite(said):
        return False  # "builders" and "a newcomer" are not whoever has been named; "the newcomer" may be
    if set(parts(said)) <= _HEADS and (_heads(wanted, said) or mentioned(wanted, told)):
        return None
    another = b and (len(parts(said)) > 1 or _heads(wanted, said))  # "the nursery fee" is not the land tax
    return None if mentioned(wanted, told) and not another and told.definite(said) else False


@cache
def _numbers(words: str) -> frozenset[str]:
    return frozenset(word for word in parts(words) if word.isdigit())


def _heads(one: str, other: str) -> bool:
    return any(_same_word(w, v) for w in parts(one) for v in parts(other))


def _own(words: str) -> tuple[str, ...]:
    """The words that tell one thing from others of its sort."""
    return tuple(w for w in parts(words) if w not in _HEADS)


def _kin(wanted: str, said: str) -> bool:
    """Whether one body is meant by a word for it or its members, and no further word tells it from others."""
    a, b = parts(wanted), parts(said)
    if not a or not b:
        return False
    further = _own(wanted) and _own(said) and not any(_same_word(w, v) for w in _own(wanted) for v in _own(said))
    return not further and any(set(a) & kin and set(b) & kin for kin in _KIN)


def mentioned(wanted: str, told: Told) -> bool:
    """Whether a claim speaks of a thing: a name of it stands there, or the words that tell it from others, most of them."""
    if is_name(wanted):
        return any(same_name(wanted, name) for name in told.names)
    words = _own(wanted) or parts(wanted)
    here = sum(any(_same_word(w, v) for v in told.words) for w in words)
    return bool(words) and (here == len(words) or (len(words) > 2 and here * 3 >= 2 * len(words)))


def common(asked: str, told: Told) -> float:
    """The share of a question's own words that a claim has; a name counts as two, and as said where a form of it is."""
    names = [m[0] for m in _NAMED.finditer(asked) if _own(m[0])]
    rest = [w for w in _own(asked) if not any(w in parts(name) for name in names)]
    here = 2 * sum(mentioned(name, told) for name in names) + sum(
        any(_same_word(w, v) for v in told.words) for w in rest
    )
    return here / (2 * len(names) + len(rest)) if names or rest else 0.0


def _post_fits(one: str, other: str) -> bool:
    a, b = set(parts(one)), set(parts(other))
    if (a & _LESSER) != (b & _LESSER):
        return False
    return bool(a & b) or any(a & group and b & group for group in _POSTS)
