"""What an apposition tells of a source's kind: the description beside a name ("Its owner, a dairy", "His wife, Ioanna")."""

from __future__ import annotations

import re

from sayso.reading.mentions.find import named_as_a_company
from sayso.reading.mentions.nouns import EITHER, head, single, sort_of
from sayso.records import SourceKind

_CALLED = r"(?:(?:Mr|Mrs|Ms|Dr|Sir|Dame|Lord|Lady)\.?\s)?[A-ZÀ-Þ][\w’'.-]*(?:\s(?:(?:de|da|di|van|von|der|al|of)\s)?[A-ZÀ-Þ&][\w’'.-]*){0,4}"
_NAME_LAST = re.compile(rf"(?P<what>.*[a-z\d’']),\s(?P<who>{_CALLED})")
_NAME_FIRST = re.compile(rf"(?P<who>{_CALLED}),\s(?P<what>(?:an?|the|its|his|her|their|our)\s.+)")
_A_BODY = re.compile(r".+?,\s(?P<what>an?\s.+)")
#: who is spoken of as one person, and as a body, in what follows
_SOMEONE = re.compile(r"\b(?:he|she|his|him|her|himself|herself)\b", re.I)
_SOMETHING = re.compile(
    r"\b(?:its|itself|it\s(?:is|has|had|does|did|will|would|plans|expects|intends|wants|hopes))\b", re.I
)
_PARTNER = re.compile(r"\b(?:managing|senior|founding)\spartner\b")
_SENTENCE = re.compile(r"(?<=[a-z”’\d][.!?])\s+(?=[A-Z“])|\n")


def by_apposition(words: str, after: str) -> SourceKind | None:
    """The kind that a source with an apposition has by its description; None where that leaves it open.

    `after` is the text that follows: a role that firms and people fill alike is told by "its" or "she" there.
    """
    plain = words.strip(" ,;")
    named = _NAME_LAST.fullmatch(plain) or _NAME_FIRST.fullmatch(plain)
    if named:
        return _named(named["what"], named["who"], after)
    body = _A_BODY.fullmatch(plain)
    if body and sort_of(head(plain)) != "document":
        sort = sort_of(head(body["what"]))
        return "organisation" if sort == "organisation" else "person" if sort == "person" and _either(plain) else None
    return None


def _either(words: str) -> bool:
    return single(head(words)) in EITHER


def _named(what: str, who: str, after: str) -> SourceKind | None:
    if _PARTNER.search(what):
        return "person"
    if "&" in who:
        return "organisation"
    if _either(what):
        return "organisation" if named_as_a_company(who) else referred_to(after)
    sort = sort_of(head(what))
    return sort if sort in ("person", "organisation") else None


def referred_to(after: str) -> SourceKind | None:
    """Whether what follows, in this sentence or the next, goes on with a person's pronoun or with a body's; None for neither."""
    for sentence in _SENTENCE.split(after)[:2]:
        person, body = _SOMEONE.search(sentence), _SOMETHING.search(sentence)
        if person or body:
            first = person and (not body or person.start() < body.start())
            return "person" if first else "organisation"
    return None
