"""Claims against questions: stances with their reasons, the claims worth asking, and questions worth following.

A question's events are its words as read and, after them, the signs that speak for or against it (`reading.events.read_question`);
a claim's events are what it says. A stance is a relation between the two: no text is looked at here. Rules: docs/stance.md.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from sayso.reading.alike import Told, common, fits, is_name, mentioned, parts, same_name, told
from sayso.reading.events import FATES
from sayso.records import Claim, Event, Question, Side, Stance, Story, Time, content_id

#: (for, against, observing, unrelated) for a question's and a claim's words
Model = Callable[[str, str], tuple[float, float, float, float]]
OTHER: Final = "≠"  # a sign's role filled by any name but the one that follows
AHEAD: Final = timedelta(days=300)  # how long before a window what is said without a time may be meant for it
SURE: Final = 0.9  # probability from which a model's word is taken where no frame decides: it is wrong too often below (docs/stance.md)
_SIDES: Final[tuple[Side, ...]] = ("for", "against", "observing")
_OPEN: Final = frozenset(
    "club team side company firm bank party job post role position country board group government".split()
)
_NOTHING: Final = Told()
_LONG_AGO: Final = re.compile(
    r"\b(?:years?|decades?|summers?|winters?|seasons?|centur(?:y|ies)|months?) (?:ago|earlier|before|previously)\b|\b(?:back|once|long ago) in\b|"
    r"\blast (?:year|season|summer|autumn|winter|spring|century)\b|\bin the (?:\w+ of )?(?:1[5-9]|20)\d\d\b",
    re.I,
)
_YEAR: Final = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_ONE_WAY_STRENGTH: Final = 1 / 3
_TOUCH: Final = 0.05
#: what may befall anything, and what one of many may do: win or lose something or other
_ANYBODYS: Final = FATES | {"win", "lose", "beat"}
#: roles without which it is not said that it is this one: who is bought, who is beaten
_ESSENTIAL: Final = frozenset(("who", "what", "rival", "new", "old"))


# --- stance -------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Hit:
    """A sign of the question found in a claim's event."""

    sign: Event
    event: Event
    side: Side
    strength: float


def stance(question: Question, claim: Claim, *, outlet: str | None = None, model: Model | None = None) -> Stance | None:
    """What a claim says to a question, or None where it says nothing to it: other people, other matters, another time.

    Decided by events where question and claim have them; a model is asked only where one of them has none. `outlet` is who printed
    the claim, for the record.
    """
    on = claim.said[0] if claim.said and claim.said[0] == claim.said[1] else None
    hits, others = _hits(question, claim)
    hit = max(hits, key=_weight, default=None)
    if hit is not None:
        return Stance(question.id, claim.id, hit.side, hit.strength, claim.origin, outlet, on, _reason(hit))
    touched = None
    if not others and _touches(question, claim):
        touched = Stance(
            question.id, claim.id, "observing", _TOUCH, claim.origin, outlet, on, "names them, takes no side"
        )
    if model is None or (question.events and claim.events) or not _in_window(question, claim.speaks_of, claim):
        return touched
    scores = model(question.text, claim.content)
    best = max(range(4), key=lambda i: scores[i])
    if best == 3 or scores[best] < SURE:
        return touched
    reason = f"model: {_SIDES[best]} {scores[best]:.2f}"
    strength = round(scores[best] if best < 2 else scores[best] / 3, 2)
    return Stance(question.id, claim.id, _SIDES[best], strength, claim.origin, outlet, on, reason)


def _hits(question: Question, claim: Claim) -> tuple[list[Hit], bool]:
    """The question's signs in a claim's events, and whether one of these is of a sign's frame, but about somebody else or another time."""
    all_told = told(claim.content)
    unsaid = {one for one in _named(question) if not mentioned(one, all_told)}
    found: list[Hit] = []
    others = False
    for event in claim.events:
        certainty = event.certainty if event.certainty is not None else claim.certainty or 0
        if not _in_window(question, event.time, claim):
            others = True
            continue
        for sign in question.events:
            if sign.frame.removeprefix("not ") != event.frame:
                continue
            if event.frame in _ANYBODYS and any(not _asks_of(sign, one) for one in unsaid):
                continue  # a sign that leaves out whom the question names says nothing where the claim does too
            share = _matched(sign, event, all_told)
            others = others or (not share and _of_others(sign, event))
            if share and (hit := _hit(sign, event, certainty, share)):
                found.append(hit)
    return found, others


def _named(question: Question) -> set[str]:
    """The names in a question, those in roles as they stand there."""
    own = next((e for e in question.events if "↔" not in e.text), None)
    placed = {name for _, name in own.roles if is_name(name)} if own else set()
    rest = {name for name in told(question.text).names if not any(same_name(name, one) for one in placed)}
    return placed | {name for name in rest if is_name(name)}


def _asks_of(sign: Event, name: str) -> bool:
    return any(same_name(wanted.removeprefix(OTHER), name) for _, wanted in sign.roles)


def _of_others(sign: Event, event: Event) -> bool:
    """Whether an event names somebody else where the question names one."""
    return any(
        role == wanted_role and is_name(wanted) and name != name.lower() and fits(role, wanted, name) is False
        for wanted_role, wanted in sign.roles
        for role, name in event.roles
    )


def _touches(question: Question, claim: Claim) -> bool:
    """Whether a claim that takes no side speaks of what is in question: close to half of the words that tell it from others stand there."""
    if not _in_window(question, claim.speaks_of, claim):
        return False
    return common(question.text, told(claim.content)) > 0.4


def _hit(sign: Event, event: Event, certainty: int, share: float) -> Hit | None:
    """The side that an event of this certainty takes by a sign. The denial of one way among several is weakly against."""
    value = sign.certainty or 0
    denial = sign.frame.startswith("not ")
    if denial != (certainty < 0) and not (certainty == 0 and not denial):
        return None
    size = abs(certainty) / 3
    if abs(certainty) < 2 or (abs(value) < 2 and not denial) or share < 1:
        if abs(value) == 3 and any(name.startswith(OTHER) for _, name in sign.roles):
            return None
        return Hit(sign, event, "observing", round(share * max(size, 1 / 6) * abs(value) / 3 * 0.5, 2))
    weight = size * (abs(value) / 3 if abs(value) > 1 else _ONE_WAY_STRENGTH)
    return Hit(sign, event, "for" if value > 0 else "against", round(share * weight, 2))


def _weight(hit: Hit) -> tuple[bool, float, bool, int]:
    """Sides before observing, then strength, then the question's own words before what follows from others, then the later."""
    return hit.side != "observing", hit.strength, "↔" not in hit.sign.text, hit.event.span[0]


def _matched(sign: Event, event: Event, told: Told = _NOTHING) -> float:
    """How fully an event fills a sign's roles: 0 where one speaks of someone else, or where the one in question is missing; ½ where it
    does not name another that it is about.
    A role that no words fill is taken as the question's where the claim names it elsewhere.
    """
    said: dict[str, list[str]] = defaultdict(list)
    for role, name in event.roles:
        said[role].append(name)
    pooled = any(len(names) > 1 for names in said.values()) or len({role for role, _ in sign.roles}) < len(sign.roles)
    everyone = [name for role, name in event.roles if role != "post"]
    named = 0
    asked = [name.removeprefix(OTHER) for _, name in sign.roles]
    # who is not said to do it is taken to where hardly anybody else is named (a speaker, an outlet)
    others = [one for one in told.names if is_name(one) and not any(same_name(one, name) for name in asked)]
    alone = len(others) <= 1
    full = True
    strict = any(name.startswith(OTHER) for _, name in sign.roles)  # what somebody else does must be of the same thing
    for n, (role, wanted) in enumerate(sign.roles):
        values = said.get(role, [])
        if pooled and not wanted.startswith(OTHER) and any(fits(role, wanted, name, told) for name in everyone):
            values = everyone  # "A and B merge" is "A merges with B"
        if wanted.startswith(OTHER):
            names = [v for v in values if is_name(v)] if not mentioned(wanted[1:], told) else []
            if not names or any(same_name(one.removeprefix(OTHER), v) for _, one in sign.roles for v in names):
                return 0.0
            named += n > 0 or len(sign.roles) == 1
            continue
        found = [fits(role, wanted, value, told) for value in values]
        if event.frame in FATES and not any(found):
            return 0.0  # what may befall anything must be said of this
        if found and not any(f or (f is None and not strict) for f in found):
            return 0.0
        if any(found) or (alone and mentioned(wanted, told)):
            named += role != "post"
        elif n == 0 and not _known_by_another(sign, said, skip=role):
            return 0.0
        elif not found and role in _ESSENTIAL and is_name(wanted) and not mentioned(wanted, told):
            full = False
    return (1.0 if full else 0.5) if named else 0.0


def _known_by_another(sign: Event, said: dict[str, list[str]], *, skip: str) -> bool:
    """Whether an event that does not name who is in question names what: "the takeover of Skerrick" for "Ostrel buys Skerrick"."""
    return any(
        role not in (skip, "at", "post") and any(fits(role, wanted, value) for value in said.get(role, ()))
        for role, wanted in sign.roles
        if not wanted.startswith(OTHER)
    )


def _in_window(question: Question, time: Time | None, claim: Claim) -> bool:
    """Whether what is said may be about the question's window: its own time, else the day it was said, not too long before."""
    first, last = question.start, question.end
    if first is None and last is None:
        asked, said = set(_YEAR.findall(question.text)), set(_YEAR.findall(claim.content))
        return not (asked and said and not asked & said) and not (
            _LONG_AGO.search(claim.content) and not _LONG_AGO.search(question.text)
        )
    if time is not None and (time.start or time.end):
        if not _overlap(first, last, time.start, time.end):
            return False
        if time.start and time.end:
            return True
    if claim.said is None:
        return False
    return _overlap(first - AHEAD if first else None, last, *claim.said)


def _overlap(a: date | None, b: date | None, c: date | None, d: date | None) -> bool:
    return (a is None or d is None or d >= a) and (b is None or c is None or c <= b)


def _reason(hit: Hit) -> str:
    """The frames and the certainty, in words: "frame: leave ↔ stay, certainty +2"."""
    frames = hit.sign.text if "↔" in hit.sign.text else hit.event.frame
    others = [name[1:] for _, name in hit.sign.roles if name.startswith(OTHER)]
    other = f", someone or something other than {others[0]}" if others else ""
    certainty = f"certainty {hit.event.certainty:+d}" if hit.event.certainty else "left open"
    return f"frame: {frames} (“{hit.event.text}”){other}, {certainty}"


# --- retrieval ----------------------------------------------------------------------------------------------------------------


def keys(one: Event | Question | Claim) -> frozenset[str]:
    """What an event, question or claim is found by: the words of its names, alone and with each frame ("leave ancelotti").

    A ledger stores them for claims and asks with a question's; what shares no key has nothing to do with it.
    """
    if isinstance(one, Event):
        return frozenset(_event_keys(one))
    found = {key for event in one.events for key in _event_keys(event)}
    words = one.text if isinstance(one, Question) else one.content
    found |= {
        part for word in words.split() if word.strip("“”\"'‘’(")[:1].isupper() for part in parts(word) if len(part) > 2
    }
    return frozenset(found)


def _event_keys(event: Event) -> Iterator[str]:
    for role, name in event.roles:
        if role == "post":
            continue
        for part in parts(name.removeprefix(OTHER)):
            if len(part) > 2 and part not in _OPEN:
                yield part
                yield f"{event.frame.removeprefix('not ')} {part}"


def candidates(question: Question, claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """The claims worth comparing with a question: a frame of its signs about one of its names, or, where one of them has no frame,
    at least two of its names (one where it has no more).
    """
    asked = keys(question)
    framed = {key for key in asked if " " in key}
    names = asked - framed
    least = min(2, len(names))
    found = []
    for claim in claims:
        told = keys(claim)
        bare = not framed or not claim.events
        if told & framed or (bare and names and len(told & names) >= least):
            found.append(claim)
    return tuple(found)


# --- proposing ----------------------------------------------------------------------------------------------------------------


def propose(
    claims: Sequence[Claim],
    story: Story,
    *,
    say: Callable[[Event], str | None],
    read: Callable[[str], tuple[Event, ...]],
    least: int = 3,
) -> tuple[Question, ...]:
    """Questions worth following: what at least `least` claims of two articles say uncertainly, or both ways, of the same people.

    `say` words an event as a statement and `read` reads one (both from `reading.events`). Windows default to the story's last episode;
    candidates for one post or prize stand as alternatives, each with one claim or more. Strongest first.
    """
    start, end = _episode(story)
    counted: dict[str, tuple[tuple[Event, ...], list[Claim], set[int]]] = {}
    for claim in claims:
        for event in claim.events:
            text = say(replace(event, roles=tuple((r, n) for r, n in event.roles if is_name(n) or r == "post")))
            if text is None or event.certainty is None or not any(is_name(n) for _, n in event.roles):
                continue
            known = counted.setdefault(text, (read(text), [], set()))
            known[1].append(claim)
            known[2].add(event.certainty)
    ranked = sorted(counted.items(), key=lambda kv: (-len({c.article for c in kv[1][1]}), -len(kv[1][1]), kv[0]))
    made: list[Question] = []
    for text, (events, said, certainties) in ranked:
        if not events or any(_covers(q, events[0]) for q in made):
            continue
        question = Question(
            content_id("question", text, str(start), str(end)), text, start, end, events, None, story.id
        )
        if _recurs(said, certainties, least) or any(_rivals(q, question) for q in made):
            made.append(question)
    return alternatives(made)


def _recurs(said: list[Claim], certainties: set[int], least: int) -> bool:
    uncertain = any(abs(c) < 3 for c in certainties) or (min(certainties) < 0 < max(certainties))
    return uncertain and len(said) >= least and len({c.article for c in said}) >= 2


def _episode(story: Story) -> tuple[date | None, date | None]:
    return (story.episodes[-1][0], story.episodes[-1][1]) if story.episodes else (story.start, story.end)


def _covers(question: Question, event: Event) -> bool:
    """Whether a question already asks for the event or its opposite."""
    return any(
        sign.frame == event.frame
        and abs(sign.certainty or 0) == 3
        and not any(n.startswith(OTHER) for _, n in sign.roles)
        and _matched(sign, event)
        for sign in question.events
    )


def _rivals(one: Question, other: Question) -> bool:
    """Whether at most one of two questions can end with yes: the same post or prize for different names."""
    if not one.events or not other.events:
        return False
    asked = other.events[0]
    return any(
        sign.frame == asked.frame
        and sign.certainty == -3
        and any(n.startswith(OTHER) for _, n in sign.roles)
        and _matched(sign, asked) > 0
        for sign in one.events
    )


def alternatives(questions: Sequence[Question]) -> tuple[Question, ...]:
    """The questions with those that exclude one another in one group ("who succeeds him?": one question per candidate)."""
    grouped = list(questions)
    for i, one in enumerate(grouped):
        rivals = [j for j in range(len(grouped)) if j != i and _rivals(one, grouped[j])]
        if rivals and one.group is None:
            event = one.events[0]
            slot = sorted(n.lower() for _, n in event.roles if not same_name(n, event.roles[0][1]))
            group = content_id("alternatives", event.frame, *slot)
            for j in (i, *rivals):
                grouped[j] = replace(grouped[j], group=group)
    return tuple(grouped)
