"""How surely a text puts one of its events: auxiliaries, negation, adverbs, and the words that govern it, from the inside out.

"X denied he was considering leaving": leaving 3 → considered 1 → denied −3. The table of effects is in docs/stance.md.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from sayso.reading.events import phrases
from sayso.reading.events.inflection import verb
from sayso.reading.events.lexicon import Governor, Lexicon
from sayso.reading.events.phrases import Phrase, Tokens
from sayso.reading.events.words import (
    ADVERBS_OF_DOUBT,
    AUXILIARIES,
    BE,
    DETERMINERS,
    HAVE,
    MAY,
    NEAR_NOT,
    NOT,
    OUGHT,
    PLAIN,
    POSSESSIVES,
    PREPOSITIONS,
    PRONOUNS,
    QUOTES,
    RELATIVES,
    adverb,
    noun_like,
    tokenize,
)

_REACH: Final = 9  # tokens between a governor and what it governs: "plans by the board of the club to sell"
_CAN: Final = frozenset("can ca could".split())
_ENDED: Final = frozenset("off dead finished doomed history over".split())
_HAPPENING: Final = frozenset("comes came follows followed happened occurred ensued".split())
_WHEN: Final = frozenset("when how why where".split())
_ABOUT: Final = frozenset("regarding concerning about over".split())
_BEFORE_IS: Final = PRONOUNS | {"that", "there", "here", "what"}
_AFTER_IS: Final = NOT | {"been", "being", "set", "expected", "going", "likely"}
_NOBODY: Final = frozenset("nothing nobody none one".split())  # the last after "no"
_PLANS: Final = frozenset("plan intention aim decision outcome idea hope goal priority ambition wish".split())
_WHEREVER: Final = frozenset("at in during after before".split())
_STOPS: Final = frozenset(": ; ( ) – — … ? ! .".split())


class Group(NamedTuple):
    """The verb group before a verb: where it begins, and what its auxiliaries say."""

    start: int
    negated: bool = False
    cap: int = 3
    to: bool = False
    be: bool = False
    any: bool = False
    auxiliary: bool = False


def group(tokens: Tokens, at: int) -> Group:
    """Auxiliaries, "not" and adverbs to the left of a verb."""
    j, negated, cap, to, be, seen = at - 1, False, 3, False, False, False
    start = at
    while j >= 0:
        word = tokens[j].lower
        if tokens[j].name and word not in AUXILIARIES:
            break
        if (
            word in ("'s", "’s")
            and not (j and tokens[j - 1].lower in _BEFORE_IS)
            and tokens[j + 1].lower not in _AFTER_IS
        ):
            break  # whose it is, not "is"
        if word in NOT or (word == "longer" and tokens[j - 1].lower == "no"):
            negated = not negated
        elif word in _CAN and (negated or _nobody(tokens, j)):
            seen = True  # what cannot be is not merely possible
        elif word in AUXILIARIES:
            cap = min(cap, 1 if word in MAY else 0 if word in OUGHT else 3)
            be, seen = be or word in BE, True
        elif word == "to":
            if tokens[at].lower.endswith("ing") and not seen:
                break
            if j > 1 and tokens[j - 1].lower in BE and tokens[j - 2].lower not in _PLANS:
                seen, start = True, j - 1  # "is to leave"
                j -= 2
                continue
            to, start = True, j
            if j and tokens[j - 1].lower in NOT:
                negated, start = not negated, j - 1
            break
        elif word in ADVERBS_OF_DOUBT:
            cap = min(cap, ADVERBS_OF_DOUBT[word])
        elif word in NEAR_NOT:
            negated = not negated
        elif not (adverb(word) or word in QUOTES or (word == "no" and tokens[j + 1].lower == "longer")):
            break
        start = j
        j -= 1
    if at and _nobody(tokens, start):
        negated = not negated
    return Group(start, negated, cap, to, be, seen or to, seen)


def _nobody(tokens: Tokens, start: int) -> bool:
    """Whether the subject before a verb group is none at all: "nothing can stop", "nobody at the plant will lose"."""
    if _NOBODY.isdisjoint(token.lower for token in tokens[max(0, start - 6) : start]):
        return False
    for k in range(start - 1, max(-1, start - 7), -1):
        word = tokens[k].lower
        if word in _NOBODY and (word != "one" or (k and tokens[k - 1].lower == "no")):
            return True
        if (
            word in PRONOUNS
            or word in PLAIN
            or word in AUXILIARIES
            or not (noun_like(tokens[k]) or word in PREPOSITIONS)
        ):
            return False
    return False


def capped(value: int, most: int) -> int:
    """The value with its size held down."""
    return max(-most, min(most, value))


def effect(kind: str, value: int, *, negated: bool = False, over_speech: bool = False) -> int:
    """What a governor makes of an event's value. `over_speech`: what it governs is itself an act of saying ("refused to say")."""
    sign = (value > 0) - (value < 0)
    if over_speech and (negated or kind in ("fail", "drop", "open", "unlikely")):
        return 0
    if kind == "sure":
        return 0 if negated else (3 * sign if abs(value) == 2 else value)
    if kind in ("will", "cause"):
        return -value if negated else value
    if kind == "say":
        return 0 if negated else value
    if kind in ("belief", "likely"):
        return -2 * sign if negated else capped(value, 2)
    if kind == "maybe":
        return -2 * sign if negated else sign
    if kind == "risk":
        return -3 * sign if negated else sign
    if kind == "unlikely":
        return sign if negated else -2 * sign
    if kind == "open":
        return 0
    if kind == "deny":
        return sign if negated else {2: -2, -2: 2, -1: 1}.get(value, -3 * sign)
    if kind == "rule_out":
        return sign if negated else -3 * sign
    if kind in ("fail", "drop"):
        return 3 * sign if negated else -3 * sign
    raise ValueError(kind)


def governor_at(tokens: Tokens, i: int, lexicon: Lexicon, *, before: int) -> tuple[Governor, int] | None:
    """The longest governor whose words begin at `i` and end before `before`, and where they end."""
    for governor in lexicon.governors.get(tokens[i].lower, ()):
        k = i + 1
        for word in governor.words[1:]:
            while (
                k < before
                and (tokens[k].lower in DETERMINERS or tokens[k].lower in HAVE or adverb(tokens[k].lower))
                and tokens[k].lower != word
            ):
                k += 1
            if k >= before or not (tokens[k].lower == word or (word == "be" and tokens[k].lower in BE)):
                break
            k += 1
        else:
            return governor, k
    return None


def _governor_before(tokens: Tokens, end: int, lexicon: Lexicon, *, gap: bool) -> tuple[Governor, int, int] | None:
    """The nearest governor that ends at `end`, or, with `gap`, with a noun phrase between; with its first and end index."""
    for start in range(end - 1, max(-1, end - 1 - _REACH), -1):
        if tokens[start].text in _STOPS:
            return None
        if tokens[start].name and tokens[start].lower not in lexicon.governors:
            continue
        if (found := governor_at(tokens, start, lexicon, before=end)) and _bridged(tokens, found[1], end, gap=gap):
            for first in range(max(0, start - 3), start):
                wider = governor_at(tokens, first, lexicon, before=end)
                if wider and wider[1] >= found[1]:
                    return wider[0], first, wider[1]
            return found[0], start, found[1]
    return None


def _bridged(tokens: Tokens, start: int, end: int, *, gap: bool) -> bool:
    """Whether only words that may stand between governor and governed lie in a stretch."""
    for k in range(start, end):
        word = tokens[k].lower
        light = (
            word in QUOTES
            or adverb(word)
            or word
            in (
                "that",
                "over",
                "about",
                "of",
                "on",
                "for",
                "against",
                "from",
                "to",
                "in",
                "it",
                "at",
                "with",
                "into",
                "as",
                "up",
            )
        )
        if not light and not (gap and (noun_like(tokens[k]) or word in PRONOUNS)):
            return False
    return True


def climb(tokens: Tokens, at: int, lexicon: Lexicon, *, value: int, noun: bool) -> tuple[int, Phrase | None]:
    """An event's value under everything to its left that governs it, and the subject of its verb."""
    subject: Phrase | None = None
    speech, under, bare = False, "", 0
    for level in range(6):
        if noun:
            end, value = _noun_phrase(tokens, at, value, lexicon)
            gap = False
            if level and subject is None:
                subject = phrases.possessor(tokens, at)
        else:
            verbal = group(tokens, at)
            if level == 0:
                value = capped(-value if verbal.negated else value, verbal.cap)
            end, found, gap = _edge(tokens, at, verbal)
            subject = subject or found
        if subject and phrases.asks(tokens, subject.start):
            return 0, None
        if end <= 0:
            break
        if _opened(tokens, end):
            return 0, subject
        over = _governor_before(tokens, end, lexicon, gap=gap)
        if over is None:
            if tokens[end - 1].lower in _ABOUT:
                value = _talked_about(tokens, end - 1, value, lexicon)
            break
        governor, start, stop = over
        if gap and subject is None:
            subject = _between(tokens, stop, end)
        if (
            start > 1
            and governor.effect == "deny"
            and [t.lower for t in tokens[start - 2 : start]] in (["confirm", "or"], ["confirm", "nor"])
        ):
            return 0, subject
        noun = _nominal(tokens, start, governor, lexicon)
        verbal = group(tokens, start)
        negated = _no(tokens, start) if noun else verbal.negated
        if governor.effect in ("deny", "rule_out") and bare:
            value = bare  # denying speculation, a report or a claim is denying what it says
        bare = value if noun and governor.effect in ("open", "say", "maybe") else 0
        value = effect(governor.effect, value, negated=negated, over_speech=speech)
        if under in ("deny", "rule_out") and (negated or governor.effect in ("fail", "unlikely")):
            value = capped(value, 1)
        under = governor.effect
        if not noun:
            value = capped(value, verbal.cap)
        speech = governor.effect in ("say", "sure") and not noun
        at = start
    if subject is None:
        subject = _owner(tokens, at) if noun else _said_of(tokens, group(tokens, at).start)
    return value, subject


def _said_of(tokens: Tokens, start: int) -> Phrase | None:
    """The subject to the left of a verb group; that of the "is" before it where an adjective stands between ("is minded to")."""
    subject = phrases.left(tokens, start)
    if subject and subject.start and tokens[subject.start - 1].lower in BE and not tokens[subject.end - 1].name:
        return phrases.left(tokens, group(tokens, subject.start).start)
    return subject


def _owner(tokens: Tokens, at: int) -> Phrase | None:
    """Who has the plan, offer or right that a noun names: the subject of "has no plans", "made an offer"."""
    j = at
    while j > 0 and (noun_like(tokens[j - 1]) and not tokens[j - 1].name and tokens[j - 1].lower not in HAVE):
        j -= 1
    if j and tokens[j - 1].lower == "as":
        return phrases.left(tokens, j - 1)
    if j and (tokens[j - 1].lower in HAVE | BE or tokens[j - 1].lower in PLAIN):
        return phrases.left(tokens, group(tokens, j - 1).start)
    return None


def _talked_about(tokens: Tokens, end: int, value: int, lexicon: Lexicon) -> int:
    """The value of what talks, claims or reports earlier in the sentence are about; open where nothing is said of them."""
    for k in range(end - 1, -1, -1):
        found = governor_at(tokens, k, lexicon, before=end)
        if found and found[0].effect in ("maybe", "open", "deny", "rule_out"):
            return effect(found[0].effect, value)
    return 0


def _edge(tokens: Tokens, at: int, verbal: Group) -> tuple[int, Phrase | None, bool]:
    """Where the clause of a verb begins to its left, its subject if that stands there, and whether one may stand in between."""
    bare_ing = tokens[at].lower.endswith("ing") and not verbal.be
    if verbal.to:
        return verbal.start, None, True
    if bare_ing:
        own = phrases.possessor(tokens, verbal.start)
        if own:
            return own.start, own, False
        previous = tokens[verbal.start - 1] if verbal.start else None
        return verbal.start, None, previous is not None and (previous.lower in PREPOSITIONS or previous.name)
    subject = phrases.left(tokens, verbal.start)
    if subject is None:
        return verbal.start, None, False
    start = subject.start
    while start > 0 and (tokens[start - 1].lower in DETERMINERS or tokens[start - 1].lower in QUOTES):
        start -= 1
    return start, subject, False


def _opened(tokens: Tokens, end: int) -> bool:
    """Whether the clause is one that leaves open whether it is so."""
    word = tokens[end - 1].lower
    return word in ("whether", "if", "unless") or (end > 1 and word in _WHEN and phrases.asking(tokens[end - 2]))


def _between(tokens: Tokens, start: int, end: int) -> Phrase | None:
    """The subject that stands between a governor and its infinitive: "wants Venturi to stay", "plans for him to go"."""
    fors = [k for k in range(start, end) if tokens[k].lower == "for"]
    start = fors[-1] if fors else start
    if start < end and tokens[start].lower in _WHEREVER:
        return None  # "vowed at dawn to": at dawn is nobody
    while start < end and (
        tokens[start].lower in PREPOSITIONS or adverb(tokens[start].lower) or tokens[start].lower in QUOTES
    ):
        start += 1
    stop = end
    while stop > start and tokens[stop - 1].lower in PREPOSITIONS | {"not"}:
        stop -= 1
    return Phrase(start, stop) if start < stop else None


def _nominal(tokens: Tokens, at: int, governor: Governor, lexicon: Lexicon) -> bool:
    """Whether a governor stands as a noun: after a determiner, possessor, adjective or preposition."""
    if len(governor.words) > 1 and governor.words[-1] == "be":
        return True
    if group(tokens, at).any:
        return False
    previous = tokens[at - 1].lower if at else ""
    if previous in DETERMINERS or previous in ("'s", "’s", "no") or (previous in PREPOSITIONS and previous != "to"):
        return not tokens[at].lower.endswith("ing")
    word = tokens[at].lower
    forms = verb(governor.words[0])
    if word in forms.past | forms.participle | forms.ing:
        return False
    plural = word.endswith("s") and word in forms.third
    if plural and previous in lexicon.governors and not tokens[at - 1].name:
        return True
    return not plural or not at or not (noun_like(tokens[at - 1]) or previous in PRONOUNS or previous in RELATIVES)


def _no(tokens: Tokens, at: int) -> bool:
    """Whether the noun phrase of a noun begins with "no", or stands after "without" or "never any"."""
    for j in range(at - 1, max(-1, at - 5), -1):
        word = tokens[j].lower
        if word in ("no", "without", "little", "zero", "never", "not", "n't", "n’t"):
            return True
        if not (
            noun_like(tokens[j])
            or adverb(word)
            or word in ("be", "is", "are", "have", "has", "had", "was", "were", "any", "do", "does", "did")
        ):
            return False
    return False


def _noun_phrase(tokens: Tokens, at: int, value: int, lexicon: Lexicon) -> tuple[int, int]:
    """Where a noun's phrase begins, and the value under its adjectives and its "no"."""
    j = at
    while j > 0 and (noun_like(tokens[j - 1]) or adverb(tokens[j - 1].lower)):
        word = tokens[j - 1].lower
        if (
            word in lexicon.governors
            and word.isalpha()
            and word not in DETERMINERS
            and not tokens[j - 1].name
            and word not in ("deal", "deals", "bid", "offer", "set")
        ):
            kind = lexicon.governors[word][-1].effect
            adjective = j - 1 == 0 or tokens[j - 2].lower not in AUXILIARIES
            before = tokens[j - 2] if j > 1 else None
            is_verb = before is not None and (
                before.name or before.lower in PRONOUNS or before.lower in AUXILIARIES or before.lower == "to"
            )
            if is_verb or not adjective or not (word.endswith(("ed", "le", "al", "ent", "ly", "ive", "ble"))):
                break
            value = effect(kind, value)
        if word in ("no", "without"):
            value = -3 if value > 0 else value
        j -= 1
        if word in DETERMINERS or word in POSSESSIVES:
            break
    return j, value


def ahead(tokens: Tokens, at: int, lexicon: Lexicon, value: int) -> int:
    """An event noun's value under what is said of it to its right: "the merger is off the table", "his exit would be a surprise"."""
    k = at + 1
    while (
        k < len(tokens)
        and (tokens[k].lower not in AUXILIARIES or tokens[k].lower in ("'s", "’s"))
        and tokens[k].text not in _STOPS
        and tokens[k].text != ","
    ):
        if tokens[k].lower in RELATIVES or k - at > 10:
            return value
        if tokens[k].lower in _HAPPENING:
            return 3 if value > 0 else value
        k += 1
    if k >= len(tokens) or tokens[k].lower not in AUXILIARIES:
        return value
    negated, cap = False, 3
    while (
        k < len(tokens)
        and (
            tokens[k].lower in AUXILIARIES
            or tokens[k].lower in NOT
            or adverb(tokens[k].lower)
            or tokens[k].lower in DETERMINERS
        )
        and tokens[k].lower not in ("unlikely", "likely")
    ):
        word = tokens[k].lower
        negated = negated != (word in NOT or word == "no")
        cap = min(cap, 1 if word in MAY or word in ("would", "'d", "’d") else ADVERBS_OF_DOUBT.get(word, 3))
        k += 1
    if k < len(tokens) and tokens[k].lower in _ENDED and (k + 1 == len(tokens) or not noun_like(tokens[k + 1])):
        return capped(3 if (value > 0) == negated else -3, cap)
    if k < len(tokens) and (found := governor_at(tokens, k, lexicon, before=len(tokens))):
        return capped(effect(found[0].effect, value, negated=negated), cap)
    return capped(value, min(cap, 1) if negated else cap)


def cue_effect(words: str, value: int, lexicon: Lexicon) -> int:
    """A value under a cue that stands apart from the event ("…," he denied)."""
    tokens = tokenize(words, 0)
    for i in range(len(tokens) - 1, -1, -1):
        if found := governor_at(tokens, i, lexicon, before=len(tokens)):
            verbal = group(tokens, i)
            value = capped(effect(found[0].effect, value, negated=verbal.negated), verbal.cap)
            over = _governor_before(tokens, verbal.start, lexicon, gap=False) if verbal.to else None
            if over:
                value = effect(over[0].effect, value, over_speech=found[0].effect in ("say", "sure"))
            return value
    return value
