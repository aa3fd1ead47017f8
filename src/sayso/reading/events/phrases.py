"""Noun phrases around a verb or noun, by shape: the subject to the left, the object and the prepositional phrases to the right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sayso.reading.events.words import (
    AUXILIARIES,
    CONJUNCTIONS,
    DETERMINERS,
    NOT,
    PLAIN,
    POSSESSIVES,
    PREPOSITIONS,
    PRONOUNS,
    QUOTES,
    RELATIVES,
    Token,
    adverb,
    noun_like,
    time_word,
)

Tokens = list[Token]
_GENITIVE: Final = ("'s", "’s", "'", "’")
_BORDERS: Final = frozenset(", : ; ( ) [ ] – — - … ? ! .".split())
#: nouns that stand for the body they belong to: "the Norda job" is Norda
_OF_A_BODY: Final = frozenset(
    "job jobs team side club bench squad camp post role position helm hot-seat hotseat dugout board contract deal hierarchy national men "
    "women outfit staff spell reins management exit departure project move giants".split()
)
_ASKING: Final = frozenset(
    "say confirm know decide reveal disclose discuss ask wonder asked wondered decided comment of on over about".split()
)
#: bodies that are told apart by what they are of: "the city of Thornwick"
_BODIES: Final = frozenset(
    "city town council assembly parliament court government board university house province district republic state committee union "
    "federation bank kingdom county senate isle island islands people bishop archdiocese".split()
)
#: who is somebody else than the one whose name stands before: "Crane's deputy"
_ANOTHER: Final = frozenset(
    "deputy sister brother wife husband mother father son daughter cousin nephew niece uncle aunt rival opponent friend assistant secretary "
    "predecessor successor partner double understudy namesake neighbour neighbor driver barber framer bodyguard adviser aide agent".split()
)
_TITLES: Final = frozenset("mr mr. mrs mrs. ms ms. dr dr. sir lady dame".split())


@dataclass(frozen=True, slots=True)
class Phrase:
    """A stretch of tokens that names someone or something: first and last index, end exclusive."""

    start: int
    end: int


def left(tokens: Tokens, at: int, *, depth: int = 0) -> Phrase | None:
    """The noun phrase that ends before `at`: the subject of the verb group that begins there."""
    j = at - 1
    while j >= 0 and (adverb(tokens[j].lower) or tokens[j].lower in QUOTES) and not tokens[j].name:
        j -= 1
    if j < 0 or depth > 3:
        return None
    if tokens[j].lower in RELATIVES and tokens[j].lower != "whose" and j > 0:
        before = tokens[j - 1]
        if before.text == ",":
            return left(tokens, j - 1, depth=depth + 1)
        if before.name or (noun_like(before) and not asks(tokens, j)):
            return left(tokens, j, depth=depth + 1)
    if tokens[j].text in (",", ")", "–", "—"):
        opening = {",": ",", ")": "(", "–": "–", "—": "—"}[tokens[j].text]
        k = next((k for k in range(j - 1, max(-1, j - 30), -1) if tokens[k].text == opening), None)
        return left(tokens, k, depth=depth + 1) if k else first_name(tokens, j)
    if tokens[j].lower in PRONOUNS:
        return Phrase(j, j + 1)
    if tokens[j].lower in ("and", "or", "but") or tokens[j].lower in PLAIN:
        return _shared(tokens, j)
    start = j + 1
    while start > 0 and _inside(tokens, start - 1):
        start -= 1
    while start <= j and (tokens[start].lower in QUOTES or tokens[start].lower in ("and", "or")):
        start += 1
    return _head(tokens, start, j + 1) if start <= j else None


def _shared(tokens: Tokens, before: int) -> Phrase | None:
    """The subject that a joined verb shares: the nearest pronoun or name to the left that a verb follows, else the first name."""
    for k in range(before - 1, -1, -1):
        after = tokens[k + 1].lower
        if (after in AUXILIARIES and after not in _GENITIVE) or after in PLAIN:
            if tokens[k].lower in PRONOUNS:
                return Phrase(k, k + 1)
            if tokens[k].name:
                start = k
                while start > 0 and tokens[start - 1].name:
                    start -= 1
                return Phrase(start, k + 1)
            if noun_like(tokens[k]) and tokens[k].text[0].isalpha() and tokens[k].lower not in DETERMINERS:
                return left(tokens, k + 1, depth=3)
    return _with_own(tokens, first_name(tokens, before), before)


def _with_own(tokens: Tokens, name: Phrase | None, before: int) -> Phrase | None:
    """A name with what is said to be its own: not "Crane" but "Crane's press officer" clears a desk."""
    if name is None or name.end + 1 >= before or tokens[name.end].lower not in _GENITIVE:
        return name
    end = name.end + 1
    while end < before and noun_like(tokens[end]) and tokens[end].lower not in _GENITIVE:
        end += 1
    return Phrase(name.start, end) if end > name.end + 1 else name


def first_name(tokens: Tokens, before: int) -> Phrase | None:
    """The first name of the sentence: the likeliest one that a later pronoun, or a verb without a subject, stands for."""
    start = next((k for k in range(before) if tokens[k].name), None)
    if start is None:
        return None
    end = start
    while end < before and tokens[end].name:
        end += 1
    return Phrase(start, end)


def first_one(tokens: Tokens, before: int) -> Phrase | None:
    """The first name of the sentence, or whoever is told by it: "Crane's deputy"."""
    name = first_name(tokens, before)
    if (
        name
        and name.end + 1 < before
        and tokens[name.end].lower in _GENITIVE
        and tokens[name.end + 1].lower in _ANOTHER
    ):
        return Phrase(name.start, name.end + 2)
    return name


def asks(tokens: Tokens, at: int) -> bool:
    """Whether "who" or "which" begins a question that someone would or would not answer ("confirm who will take over")."""
    return tokens[at].lower in ("who", "which", "what") and asking(tokens[at - 1])


def asking(token: Token) -> bool:
    """Whether a word is followed by what is asked or kept back: "say when", "decide who"."""
    return token.lower in _ASKING


def _inside(tokens: Tokens, i: int) -> bool:
    """Whether the token may belong to a subject: noun phrases joined by prepositions of belonging, "and" and "or"."""
    token = tokens[i]
    if token.lower in ("and", "or"):
        return i > 0 and noun_like(tokens[i - 1]) and (tokens[i - 1].name and tokens[i + 1].name)
    if token.lower == "that":
        return False
    if token.lower in ("of", "at", "from", "for", "in") and i > 0:
        return noun_like(tokens[i - 1]) and tokens[i - 1].lower not in QUOTES
    return noun_like(token)


def _head(tokens: Tokens, start: int, end: int) -> Phrase:
    """The head noun phrase of a subject: before its first preposition, but a full name at the end is the person's own."""
    preposition = next((k for k in range(start, end) if tokens[k].lower in PREPOSITIONS and not tokens[k].name), None)
    if preposition is None or preposition == start:
        return Phrase(preposition + 1 if preposition is not None and preposition + 1 < end else start, end)
    tail = [k for k in range(preposition + 1, end) if tokens[k].name]
    common = any(
        tokens[k].text[0].islower() and tokens[k].lower not in DETERMINERS | {"and", "or"}
        for k in range(preposition + 1, end)
    )
    if (
        tokens[preposition].lower == "of"
        and tokens[preposition - 1].lower in _BODIES
        and tail
        and tail[0] == preposition + 1
    ):
        last = next((k for k in range(tail[0], end) if not tokens[k].name), end)
        return Phrase(start, last)
    if len(tail) >= 2 and tail[-1] == end - 1 and common:
        run = end
        while run > preposition and tokens[run - 1].name:
            run -= 1
        return Phrase(run, end)
    return Phrase(start, preposition)


def right(tokens: Tokens, at: int) -> Phrase | None:
    """The noun phrase that begins at `at`, up to a verb, preposition, border or word of time; lists of names are one phrase."""
    i = at
    while i < len(tokens) and (adverb(tokens[i].lower) or tokens[i].lower in QUOTES) and not tokens[i].name:
        i += 1
    start = i
    if i < len(tokens) and tokens[i].lower in PRONOUNS:
        return Phrase(i, i + 1)
    if i < len(tokens) and tokens[i].lower in PLAIN and tokens[i].lower.endswith("s"):
        i += 1  # "shelved plans", "rejected claims"
    while i < len(tokens) and noun_like(tokens[i]) and not (time_word(tokens[i]) and not _qualifies(tokens, i, start)):
        if tokens[i].lower in ("this", "next", "last") and i + 1 < len(tokens) and time_word(tokens[i + 1]):
            break
        i += 1
        i = _on_in_list(tokens, i)
    while i > start and tokens[i - 1].lower in QUOTES:
        i -= 1
    if i <= start or all(tokens[k].lower in DETERMINERS or tokens[k].lower in QUOTES for k in range(start, i)):
        return None
    return Phrase(start, i)


def _qualifies(tokens: Tokens, i: int, start: int) -> bool:
    """Whether a word of time belongs to a thing's name: "the Sunday trading law"."""
    return (
        start < i
        and tokens[i - 1].lower in ("the", "a")
        and i + 1 < len(tokens)
        and noun_like(tokens[i + 1])
        and tokens[i + 1].text[0].islower()
    )


def _on_in_list(tokens: Tokens, i: int) -> int:
    """Past a comma, "and" or "or" between two names of a list."""
    k = i
    while k < len(tokens) and tokens[k].lower in (",", "and", "or"):
        k += 1
    if k == i or k >= len(tokens) or not tokens[i - 1].name:
        return i
    joined = any(tokens[m].lower in ("and", "or") for m in range(i, min(len(tokens), i + 14)))
    names = [m for m in range(k, min(len(tokens), k + 5)) if tokens[m].name]
    follows = names and all(noun_like(tokens[m]) for m in range(k, names[0]))
    verb_after = names and any(tokens[m].lower in AUXILIARIES for m in range(names[0], min(len(tokens), names[0] + 4)))
    paired = any(tokens[m].lower in ("between", "of") for m in range(max(0, i - 6), i))
    return k if joined and follows and (paired or not verb_after) else i


def prepositional(tokens: Tokens, at: int, wanted: frozenset[str]) -> list[tuple[str, Phrase]]:
    """The prepositional phrases from `at` on to the end of the clause whose preposition is wanted, the nearest of each."""
    found: dict[str, Phrase] = {}
    i = at
    while i < len(tokens):
        lower = tokens[i].lower
        if (lower in _BORDERS and not (tokens[i].text == "," and i > at and tokens[i - 1].name)) or (
            lower in AUXILIARIES and lower not in _GENITIVE
        ):
            break
        if lower in CONJUNCTIONS - {"as"} or i - at > 14:
            break
        if lower == "such":
            break
        if lower in wanted and not (lower == "to" and i + 1 < len(tokens) and not noun_like(tokens[i + 1])):
            phrase = right(tokens, i + 1)
            if phrase and lower not in found:
                found[lower] = phrase
                i = phrase.end
                continue
        i += 1
    return list(found.items())


def possessor(tokens: Tokens, at: int) -> Phrase | None:
    """Whose the noun at `at` is: "Venturi's possible departure", "his exit"."""
    j = at - 1
    steps = 0
    while (
        j >= 0
        and steps < 5
        and noun_like(tokens[j])
        and tokens[j].lower not in _GENITIVE
        and tokens[j].lower not in POSSESSIVES
    ):
        if tokens[j].lower in DETERMINERS:
            return None
        j -= 1
        steps += 1
    if j < 0:
        return None
    if tokens[j].lower in POSSESSIVES:
        return Phrase(j, j + 1)
    if tokens[j].lower not in _GENITIVE or j == 0:
        return None
    start = j
    while start > 0 and noun_like(tokens[start - 1]) and tokens[start - 1].lower not in _GENITIVE:
        start -= 1
        if tokens[start].lower in DETERMINERS:
            break
    return Phrase(start, j) if start < j else None


def compound(tokens: Tokens, at: int) -> Phrase | None:
    """The name that stands right before the noun: "a Norda exit"."""
    start = at
    while start > 0 and tokens[start - 1].name:
        start -= 1
    return Phrase(start, at) if start < at else None


def members(tokens: Tokens, phrase: Phrase) -> list[Phrase]:
    """The members of a list of names; the phrase itself where it is none."""
    parts, start = [], phrase.start
    for k in range(phrase.start, phrase.end + 1):
        if k == phrase.end or (tokens[k].lower in (",", "and", "or") and not tokens[k].name):
            if k > start:
                parts.append(Phrase(start, k))
            start = k + 1
    return (
        parts if len(parts) > 1 and all(any(tokens[k].name for k in range(p.start, p.end)) for p in parts) else [phrase]
    )


def alternatives(tokens: Tokens, phrase: Phrase) -> bool:
    """Whether the phrase is a list with "or"."""
    return any(tokens[k].lower == "or" for k in range(phrase.start, phrase.end))


def trimmed(tokens: Tokens, phrase: Phrase) -> Phrase:
    """The name in a phrase: after a possessor, title or description ("Norda coach Luca Venturi"), or of a body ("the Norda job"); else the
    phrase without its determiner and marks.
    """
    start, end = phrase.start, phrase.end
    while end - 1 > start and (tokens[end - 1].lower in QUOTES or tokens[end - 1].lower in _GENITIVE):
        end -= 1
    while start < end - 1 and (
        tokens[start].lower in QUOTES
        or tokens[start].lower in _TITLES
        or tokens[start].lower in DETERMINERS - POSSESSIVES
    ):
        start += 1
    genitives = [k for k in range(start, end) if tokens[k].lower in _GENITIVE]
    if tokens[end - 1].name:
        run = end
        while (
            run > start
            and (tokens[run - 1].name or tokens[run - 1].lower in ("de", "da", "di", "van", "von", "del", "al", "of"))
            and run - 1 not in genitives
        ):
            run -= 1
        while tokens[run].lower == "of":
            run += 1
        return Phrase(run, end)
    if tokens[end - 1].lower in _OF_A_BODY:
        names = [k for k in range(start, genitives[0] if genitives else end) if tokens[k].name]
        if names and names[-1] - names[0] == len(names) - 1:
            return Phrase(names[0], names[-1] + 1)
    return Phrase(start, end)


def is_negated(tokens: Tokens, phrase: Phrase) -> bool:
    """Whether the phrase says there is none: "no deal", "neither side"."""
    return tokens[phrase.start].lower in NOT | {"no", "neither", "nobody"}
