"""A sentence as tokens with word classes from closed lists: all the grammar that the finding of events stands on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

_TOKEN: Final = re.compile(
    r"[A-Z]\w+ & [A-Z]\w+|\w+?(?=n[’']t\b)|n[’']t\b|[’'](?:s|re|ve|ll|d|m)\b|(?<=s)[’'](?=\s)|"
    r"[A-Z](?:\.[A-Z])+\.?|(?:Mr|Mrs|Ms|Dr|St|Jr|Sr|Gov|Sen|Rep|vs|Inc|Co)\.|\w+(?:[-‑&.,](?=\w)\w+)*|[^\w\s]"
)
_BREAK: Final = re.compile(r"\n+|(?<=[.!?])[”\"’']?\s+(?=[“\"‘'(\[]?[A-ZÀ-Þ0-9])|;\s")
_SHORT: Final = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|St|Jr|Sr|Gov|Sen|Rep|vs|Inc|Co|[A-Z])\.[”\"’']?\s+$")

BE: Final = frozenset("be is are am was were been being 's ’s 're ’re 'm ’m".split())
HAVE: Final = frozenset("have has had having 've ’ve".split())
DO: Final = frozenset("do does did".split())
WILL: Final = frozenset("will wo 'll ’ll shall sha".split())
MAY: Final = frozenset("may might could can ca".split())
OUGHT: Final = frozenset("must should ought".split())
WOULD: Final = frozenset("would 'd ’d".split())
AUXILIARIES: Final = BE | HAVE | DO | WILL | MAY | OUGHT | WOULD
NOT: Final = frozenset("not n't n’t never neither nor".split())
QUOTES: Final = frozenset("“ ” \" ‘ ’ ' « »".split())
DETERMINERS: Final = frozenset(
    "the a an this that these those his her its their our my your no any some every each another all both several many".split()
)
POSSESSIVES: Final = frozenset("his her its their our my your whose".split())
PRONOUNS: Final = frozenset(
    "he she they it we i you him them us me himself herself themselves itself who whoever nobody everyone someone".split()
)
RELATIVES: Final = frozenset("who which that whose whom".split())
PREPOSITIONS: Final = frozenset(
    "of from to at by for with in on into over against under after before about between as without despite during through amid among "
    "via regarding until till since towards toward behind onto than off like upon near following concerning beyond out up down".split()
)
CONJUNCTIONS: Final = frozenset(
    "and or but nor while whereas when if whether because although though unless so where as why how once that".split()
)
ADVERBS: Final = frozenset(
    "also now soon still yet just already again later then once today tomorrow yesterday tonight even only all too instead ever almost "
    "here there back officially perhaps maybe indeed however next very quite first far altogether anyway well after-all sooner longer "
    "always more less fully increasingly therefore thus rather".split()
)
_NO_ADVERBS: Final = frozenset("family italy rally reply supply apply assembly".split())
#: adverbs that set how surely, and the most they leave
ADVERBS_OF_DOUBT: Final = {"probably": 2, "likely": 2, "presumably": 2, "apparently": 2, "seemingly": 1, "possibly": 1, "perhaps": 1, "maybe": 1, "allegedly": 1, "supposedly": 1, "purportedly": 1,
    "potentially": 1, "conceivably": 1, "theoretically": 1}  # fmt: skip
NEAR_NOT: Final = frozenset("hardly scarcely barely".split())
_TIME_WORDS: Final = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april june july august september october november "
    "december summer winter spring autumn season week month year weekend today tomorrow yesterday tonight morning evening night".split()
)
#: plain verbs that end a noun phrase, so that "Ada Crane met Luca Venturi" is not one
PLAIN: Final = frozenset(
    "said says told tells met meets reported reports claimed claims added denied denies insisted insists asked asks wants wanted hopes hoped "
    "announced confirms confirmed thinks thought believes believed expects expected plans planned made makes took takes came comes "
    "gave gives saw sees knew knows found finds showed shows left leaves began begins felt feels wrote writes suggested suggests "
    "revealed reveals warned warns admitted admits refused refuses declined declines agreed agrees went goes got gets put set held "
    "holds led leads brought brings spoke speaks called calls urged urges remains remained seems seemed appears appeared understands "
    "understood make let lets get bar want need face hit hits faces faced ruled looks looked look come deny confirm insist believe reveal announce think say admit remain".split()
)


#: what a noun phrase may hold beside nouns, and what it never does
_WITHIN: Final = DETERMINERS | QUOTES | {"'s", "’s", "'", "’"}
_WITHOUT: Final = AUXILIARIES | PREPOSITIONS | CONJUNCTIONS | NOT | PLAIN


@dataclass(slots=True)  # not frozen: a text has thousands, and a frozen one takes three times as long to make
class Token:
    """A word where it stands, also in lower case. `name`: its capital tells that it is (part of) a name."""

    text: str
    start: int
    end: int
    name: bool
    lower: str


def borders(text: str) -> list[int]:
    """Where the sentences of a text begin, and where the last one ends."""
    found = [0]
    for match in _BREAK.finditer(text):
        if "\n" in match[0] or ";" in match[0] or not _SHORT.search(text[max(0, match.start() - 6) : match.end()]):
            found.append(match.end())
    found.append(len(text))
    return found


def tokenize(words: str, offset: int) -> list[Token]:
    """The tokens of one sentence; in a headline with every word in capitals a capital tells nothing for a common word."""
    found = list(_TOKEN.finditer(words))
    plain = [m for m in found if m[0][0].isalpha()]
    long = [m[0] for m in plain if len(m[0]) > 3]
    titled = len(long) > 3 and sum(w[0].isupper() for w in long) > 0.85 * len(long)
    first = plain[0].start() if plain else 0
    made = []
    for match in found:
        word, (start, end) = match[0], match.span()
        made.append(Token(word, offset + start, offset + end, _name(word, titled or start == first), word.lower()))
    return made


def _name(word: str, doubtful: bool) -> bool:
    if not word[0].isupper() or word == "I":
        return False
    lower = word.lower()
    closed = (
        lower in AUXILIARIES
        or lower in PREPOSITIONS
        or lower in DETERMINERS
        or lower in PRONOUNS
        or lower in CONJUNCTIONS
        or lower in ADVERBS
        or lower in NOT
    )
    stressed = word.isupper() and (lower in NOT or lower in AUXILIARIES)  # "did NOT"
    return not ((closed or lower in PLAIN) and (doubtful or stressed or lower in ("the", "a", "an")))


@lru_cache(maxsize=1 << 16)
def adverb(word: str) -> bool:
    """Whether a word is one that a verb group may hold without changing who does what."""
    return word in ADVERBS or word in NEAR_NOT or (word.endswith("ly") and len(word) > 4 and word not in _NO_ADVERBS)


def noun_like(token: Token) -> bool:
    """Whether a token may stand inside a noun phrase."""
    lower = token.lower
    if token.name or lower in _WITHIN:
        return True
    return not (lower in _WITHOUT or adverb(lower) or not token.text[0].isalnum())


def time_word(token: Token) -> bool:
    """Whether a token is a word of time that ends a noun phrase ("sack Venturi this summer")."""
    return token.lower in _TIME_WORDS
