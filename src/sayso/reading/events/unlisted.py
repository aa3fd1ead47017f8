"""Verbs that no frame of the lexicon has: each stands for itself, so that any question can be followed ("Ada Crane attends the fair")."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Final

from sayso.reading.events.inflection import verb
from sayso.reading.events.lexicon import Form, Lexicon
from sayso.reading.events.phrases import Tokens
from sayso.reading.events.surely import group
from sayso.reading.events.words import DETERMINERS, PLAIN, PREPOSITIONS, PRONOUNS, adverb, noun_like

_ENDS: Final = (("ies", "y"), ("ied", "y"), ("ing", ""), ("ed", ""), ("es", ""), ("s", ""))
_PLACES: Final = tuple(
    (place, "what") for place in ("with", "on", "to", "for", "at", "in", "from", "against", "over", "into")
)


@cache
def lemmas(word: str) -> tuple[str, ...]:
    """What a word may be a form of, by its ending: "raced" of race (and "rac"), "planned" of plan."""
    found = [word]
    for end, base in _ENDS:
        if word.endswith(end) and len(word) - len(end) > 2:
            stem = word[: -len(end)] + base
            found += [stem + "e", stem]
            if stem[-1] == stem[-2]:
                found.append(stem[:-1])
    return tuple(dict.fromkeys(found))


@cache
def stem(word: str) -> str:
    """The part that all forms of a verb share, as its name: "race", "raced" and "racing" are "rac"."""
    short = min(lemmas(word), key=len)
    return (short[:-1] if short[-1] == short[-2] else short).removesuffix("e") if len(short) > 3 else short


def unlisted(tokens: Tokens, lexicon: Lexicon) -> Iterator[tuple[Form, int]]:
    """Each such verb of a sentence as a form of its own, with its place. Only where an auxiliary or what stands around it shows a verb."""
    for i, token in enumerate(tokens):
        word = token.lower
        if (
            token.name
            or len(word) < 4
            or not word.isalpha()
            or word in PLAIN
            or word in lexicon.governors
            or adverb(word)
        ):
            continue
        if not _verbal(tokens, i):
            continue
        base = next((one for one in lemmas(word) if word in verb(one).all() and one != word), word)
        yield Form(stem(word), "verb", (base,), (("subject", "who"), ("object", "what"), *_PLACES)), i


def _verbal(tokens: Tokens, i: int) -> bool:
    """Whether an auxiliary, *to* or what stands around the word shows a verb."""
    word = tokens[i].lower
    verbal = group(tokens, i)
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    if verbal.auxiliary:
        return word.endswith(("ed", "ing")) or not verbal.be
    if verbal.to:
        return not word.endswith(("s", "ed", "ly"))
    before = tokens[i - 1] if i else None
    if (
        before is None
        or not word.endswith(("s", "ed"))
        or not (before.name or noun_like(before) or before.lower in PRONOUNS)
    ):
        return False
    begins = after is not None and (after.name or after.lower in DETERMINERS or after.lower in PREPOSITIONS)
    return begins and before.lower not in DETERMINERS
