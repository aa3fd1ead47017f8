"""Claims against questions: stances with their reasons, the claims worth asking, and questions worth following.

A question's events are its words as read and, after them, the signs that speak for or against it (`reading.events.read_question`);
a claim's events are what it says. A stance is a relation between the two: no text is looked at here. Rules: docs/stance.md.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import Final

from sayso.records import Claim, Event, Question, Side, Stance, Story, Time, content_id

#: (for, against, observing, unrelated) for a question's and a claim's words
Model = Callable[[str, str], tuple[float, float, float, float]]
OTHER: Final = "≠"  # a sign's role filled by any name but the one that follows
AHEAD: Final = timedelta(days=300)  # how long before a window what is said without a time may be meant for it
SURE: Final = 0.9  # probability from which a model's word is taken where no frame decides: it is wrong too often below (docs/stance.md)
_SIDES: Final[tuple[Side, ...]] = ("for", "against", "observing")
_SMALL: Final = frozenset(
    "the a an of de da di del della van von der den al el la le and mr mrs ms dr sir lord fc cf afc jr sr".split()
)
_OPEN: Final = frozenset(
    "club team side company firm bank party job post role position current his her their its it country board bench group outfit "
    "government here there office spanish english italian german french capital giants".split()
)
_POSTS: Final = (
    {"coach", "manager", "boss", "trainer", "head coach"},
    {"ceo", "chief executive", "chief", "executive"},
    {"chairman", "chair", "chairwoman"},
)
_LESSER: Final = frozenset("assistant interim caretaker deputy acting temporary vice".split())
_DEMONYMS: Final = ("", "n", "an", "ian", "ish", "ese", "i", "s")
_ONE_WAY_STRENGTH: Final = 1 / 3


# --- names --------------------------------------------------------------------------------------------------------------------


@cache
def parts(name: str) -> tuple[str, ...]:
    """A name's words for comparison: without accents, marks, articles and titles, in lower case."""
    plain = "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))
    words = "".join(c if c.isalnum() else " " for c in plain.replace("’s", "").replace("'s", "")).lower().split()
    return tuple(w for w in words if w not in _SMALL) or tuple(words)


def _same_word(one: str, other: str) -> bool:
    """Whether two words are one, but for the ending that makes a people's name of a country's."""
    short, long = sorted((one, other), key=len)
    if long == short:
        return True
    return len(short) >= 4 and (
        (long.startswith(short) and long[len(short) :] in _DEMONYMS)
        or (long.startswith(short[:-1]) and long[len(short) - 1 :] in ("ian", "an", "ish", "ese"))
    )


def same_name(one: str, other: str) -> bool:
    """Whether two names may be one's: all the words of the shorter in the longer ("Ancelotti", "Real"), two full names as a whole."""
    short, long = sorted((parts(one), parts(other)), key=len)
    return bool(short) and all(any(_same_word(w, v) for v in long) for w in short)


def _is_name(words: str) -> bool:
    return any(w[0].isupper() for w in words.split()) and not any(
        w[0].islower() and w not in _SMALL for w in words.replace("-", " ").split()
    )


def _post_fits(one: str, other: str) -> bool:
    a, b = set(parts(one)), set(parts(other))
    if (a & _LESSER) != (b & _LESSER):
        return False
    return bool(a & b) or any(
        a & set(" ".join(p).split()) and b & set(" ".join(p).split()) for p in (list(group) for group in _POSTS)
    )


def _fits(role: str, wanted: str, said: str) -> bool | None:
    """Whether a role's words in a claim are those of the question; None where they leave it open ("the club")."""
    if role == "post":
        return True if _post_fits(wanted, said) else (None if _is_name(said) else False)
    if _is_name(wanted) and not _is_name(said):
        return None if role == "at" or set(parts(said)) <= _OPEN else False
    if _is_name(wanted) or _is_name(said):
        return same_name(wanted, said)
    a, b = parts(wanted), parts(said)
    return bool(set(a) & set(b)) if a and b else None


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
    hit = max(_hits(question, claim), key=_weight, default=None)
    if hit is not None:
        return Stance(question.id, claim.id, hit.side, hit.strength, claim.origin, outlet, on, _reason(hit))
    if model is None or (question.events and claim.events) or not _in_window(question, claim.speaks_of, claim):
        return None
    scores = model(question.text, claim.content)
    best = max(range(4), key=lambda i: scores[i])
    if best == 3 or scores[best] < SURE:
        return None
    reason = f"model: {_SIDES[best]} {scores[best]:.2f}"
    strength = round(scores[best] if best < 2 else scores[best] / 3, 2)
    return Stance(question.id, claim.id, _SIDES[best], strength, claim.origin, outlet, on, reason)


def _hits(question: Question, claim: Claim) -> Iterator[Hit]:
    for event in claim.events:
        certainty = event.certainty if event.certainty is not None else claim.certainty or 0
        if not _in_window(question, event.time, claim):
            continue
        for sign in question.events:
            if sign.frame.removeprefix("not ") == event.frame and (share := _matched(sign, event)):
                hit = _hit(sign, event, certainty, share)
                if hit:
                    yield hit


def _hit(sign: Event, event: Event, certainty: int, share: float) -> Hit | None:
    """The side that an event of this certainty takes by a sign. The denial of one way among several is weakly against."""
    value = sign.certainty or 0
    denial = sign.frame.startswith("not ")
    if denial != (certainty < 0) and not (certainty == 0 and not denial):
        return None
    size = abs(certainty) / 3
    if abs(certainty) < 2 or (abs(value) < 2 and not denial):
        if abs(value) == 3 and any(name.startswith(OTHER) for _, name in sign.roles):
            return None
        return Hit(sign, event, "observing", round(share * max(size, 1 / 6) * abs(value) / 3 * 0.5, 2))
    weight = size * (abs(value) / 3 if abs(value) > 1 else _ONE_WAY_STRENGTH)
    return Hit(sign, event, "for" if value > 0 else "against", round(share * weight, 2))


def _weight(hit: Hit) -> tuple[bool, float, bool, int]:
    """Sides before observing, then strength, then the question's own words before what follows from others, then the later."""
    return hit.side != "observing", hit.strength, "↔" not in hit.sign.text, hit.event.span[0]


def _matched(sign: Event, event: Event) -> float:
    """How fully an event fills a sign's roles, 0 … 1: 0 where one speaks of someone else, or where the one in question is missing."""
    said: dict[str, list[str]] = defaultdict(list)
    for role, name in event.roles:
        said[role].append(name)
    pooled = any(len(names) > 1 for names in said.values()) or len({role for role, _ in sign.roles}) < len(sign.roles)
    everyone = [name for role, name in event.roles if role != "post"]
    named = 0
    for n, (role, wanted) in enumerate(sign.roles):
        values = said.get(role, [])
        if pooled and not wanted.startswith(OTHER) and any(_fits(role, wanted, name) for name in everyone):
            values = everyone  # "A and B merge" is "A merges with B"
        if wanted.startswith(OTHER):
            names = [v for v in values if _is_name(v)]
            if not names or any(same_name(wanted[1:], v) for v in names):
                return 0.0
            named += n > 0 or len(sign.roles) == 1
            continue
        fits = [_fits(role, wanted, value) for value in values]
        if fits and not any(f is not False for f in fits):
            return 0.0
        if any(fits):
            named += role != "post"
        elif n == 0 and not _known_by_another(sign, said, skip=role):
            return 0.0
    return 1.0 if named else 0.0


def _known_by_another(sign: Event, said: dict[str, list[str]], *, skip: str) -> bool:
    """Whether an event that does not name who is in question names what: "the takeover of Skerrick" for "Ostrel buys Skerrick"."""
    if said.get(skip):
        return False
    return any(
        role not in (skip, "at", "post") and any(_fits(role, wanted, value) for value in said.get(role, ()))
        for role, wanted in sign.roles
        if not wanted.startswith(OTHER)
    )


def _in_window(question: Question, time: Time | None, claim: Claim) -> bool:
    """Whether what is said may be about the question's window: its own time, else the day it was said, not too long before."""
    first, last = question.start, question.end
    if first is None and last is None:
        return True
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
            text = say(replace(event, roles=tuple((r, n) for r, n in event.roles if _is_name(n) or r == "post")))
            if text is None or event.certainty is None or not any(_is_name(n) for _, n in event.roles):
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
