"""Events in a stretch of text, and a question's words as an event with all that speaks for or against it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from sayso.reading.events.forms import Match, matches
from sayso.reading.events.inflection import is_past
from sayso.reading.events.lexicon import Lexicon, open_lexicon
from sayso.reading.events.phrases import Phrase, Tokens
from sayso.reading.events.roles import Known, Who, named, positions
from sayso.reading.events.surely import ahead, capped, climb, cue_effect, group
from sayso.reading.events.unlisted import unlisted
from sayso.reading.events.words import (
    AUXILIARIES,
    BE,
    MAY,
    NOT,
    PLAIN,
    RELATIVES,
    borders,
    noun_like,
    tokenize,
)
from sayso.records import Event, Time

#: how surely a model puts the event whose words stand there, −3 … 3; None where it does not say
Modelled = Callable[[int, int], float | None]
_TOLD: Final = frozenset(
    "report reports rumour rumours rumor rumors claim claims talk story stories suggestion suggestions speculation idea".split()
)
_UNTRUE: Final = frozenset(
    "wrong false untrue nonsense baseless unfounded rubbish fiction invented groundless fake premature hogwash bunk mistaken".split()
)
#: an answer in so many words to what was asked just before
_ANSWER: Final = re.compile(
    r"^[^.!“\"]{0,90}[?:,]\s+(?:[^.!?“\"]{0,40}:\s+)?[“\"'‘](?:(?P<yes>Yes|Yep|Of course|Certainly\b(?! not)|Absolutely\b(?! not)|Definitely\b(?! not)|Sure)|"
    r"(?P<no>No\b|Not a chance|Never|Nonsense|Absolutely not|Certainly not|Definitely not|No way|Not at all|Out of the question|Rubbish))"
)
_ONCE_MEANT: Final = re.compile(
    r"\bhad (?:\w+ ){0,2}?(?:resolved|decided|planned|intended|hoped|wanted|vowed|meant|promised|agreed|sworn|"
    r"been (?:\w+ly )?(?:expected|due|set|going|about|tipped|supposed|determined)) (?:not )?to(?: \w+){0,2}$"
)
_OPENING: Final = frozenset("' ‘ “ \"".split())
_CLOSING: Final = frozenset("' ’ ” \"".split())
#: how surely a noun by itself ("his departure") puts its event
_BARE: Final = 2
_HOAX: Final = frozenset("hoax fake fake-news hoaxed debunked bogus satire".split())


class Parsed:
    """The sentences of a text with the forms that stand in them: each is parsed once, when it is first asked for."""

    def __init__(self, text: str, lexicon: Lexicon | None = None) -> None:
        self.text, self._lexicon = text, lexicon or open_lexicon()
        self._borders = borders(text)
        self._known: dict[int, tuple[Tokens, list[Match]]] = {}

    def within(self, start: int, end: int) -> Iterator[tuple[Tokens, list[Match]]]:
        """Each sentence that touches `start:end`, from border to border, with what stands in it."""
        last = min(bisect_left(self._borders, end), len(self._borders) - 1)
        for number in range(max(0, bisect_right(self._borders, start) - 1), last):
            if number not in self._known:
                tokens = tokenize(self.text[slice(*self._borders[number : number + 2])], self._borders[number])
                self._known[number] = tokens, _found(tokens, self._lexicon)
            yield self._known[number]


def events(
    text: str,
    pieces: Iterable[tuple[int, int]] | None = None,
    *,
    who: Who | None = None,
    speaker: str | None = None,
    cue: tuple[int, int] | None = None,
    times: Sequence[Time] = (),
    modelled: Modelled | None = None,
    lexicon: Lexicon | None = None,
    parsed: Parsed | None = None,
) -> tuple[Event, ...]:
    """The events whose words stand in the pieces of a text (all of it by default), in order, each once.

    `who` resolves a stretch of the text to a name (a role's own words are kept where it gives None); `speaker` is who says "I" and
    who is meant to do what a content without a subject says; `cue` is where the claim's cue stands: it governs what it is not seen
    to govern in its own sentence. `modelled` gives a certainty for an event's words where a model has one (see docs/stance.md). `parsed` is the text as parsed before.
    """
    inside = list(pieces) if pieces is not None else [(0, len(text))]
    if not inside:
        return ()
    lexicon = lexicon or open_lexicon()
    known = Known(text, who, speaker)
    found: dict[tuple[str, tuple[int, int]], Event] = {}
    parsed = parsed or Parsed(text, lexicon)
    for tokens, here in parsed.within(min(a for a, _ in inside), max(b for _, b in inside)):
        for match in here:
            at = tokens[match.at].start
            if any(a <= at < b for a, b in inside) and (
                event := _event(tokens, match, known, lexicon, cue=cue, times=times, modelled=modelled)
            ):
                found.setdefault((event.frame, event.span), event)
    return tuple(sorted(found.values(), key=lambda e: (e.span, e.frame)))


def _asked(text: str, lexicon: Lexicon, who: Who | None, times: Sequence[Time]) -> list[Event]:
    """The events that a question asks for: not those of its relative clauses ("the bear that attacked a jogger"), nor nouns that stand
    there in passing, where a verb says what happens. Verbs that no frame has count where no other does.
    """
    known = Known(text, who, None)
    found: list[tuple[Event, Tokens, Match]] = []
    for tokens, here in Parsed(text, lexicon).within(0, len(text)):
        for match in here:
            event = _event(tokens, match, known, lexicon, cue=None, times=times, modelled=None)
            if event and event.roles:
                found.append((event, tokens, match))
    main = [one for one in found if not _aside(one[1], one[2])] or found
    verbs = [one for one in main if one[2].form.kind != "noun" or abs(one[0].certainty or 0) != 1]
    listed = [one for one in verbs if one[0].frame in lexicon.frames]
    return [event for event, _, _ in sorted(listed or verbs or main, key=lambda one: (one[0].span, one[0].frame))]


def _aside(tokens: Tokens, match: Match) -> bool:
    """Whether a verb only says of whom the sentence speaks: "the miners trapped in the shaft", "who hurt two people"."""
    if match.form.kind != "verb":
        return False
    verbal = group(tokens, match.at)
    before = tokens[verbal.start - 1] if verbal.start else None
    if before is None:
        return False
    if before.lower in RELATIVES:
        return True
    word = tokens[match.at].lower
    later = any(t.lower in AUXILIARIES - {"'s", "’s"} or t.lower in PLAIN for t in tokens[match.end :])
    return later and not verbal.any and is_past(word) and noun_like(before)


def read_question(
    text: str, *, who: Who | None = None, times: Sequence[Time] = (), lexicon: Lexicon | None = None
) -> tuple[Event, ...]:
    """The words of a question as an event, and after it the signs that speak for or against it (see `Lexicon.signs`).

    Empty where no frame of the lexicon is in the words. A negative wording ("will not leave") turns the signs around.
    """
    lexicon = lexicon or open_lexicon()
    words = re.sub(r"\?\s*$", "", text)
    found = _asked(words, lexicon, who, times)
    signs: dict[tuple[str, tuple[tuple[str, str], ...]], Event] = {}
    if not found:
        return ()
    best = max(found, key=lambda event: len(event.roles))
    asked = [e for e in found if len(e.roles) == len(best.roles) or e.span[0] == best.span[0]]
    for event in sorted(asked, key=lambda event: -len(event.roles)):
        negative = (event.certainty or 0) < 0
        for sign in lexicon.signs(event):
            value = -(sign.certainty or 0) if negative else sign.certainty
            signs.setdefault((sign.frame, sign.roles), replace(sign, certainty=value, time=event.time))
    return tuple(signs.values())


def statement(event: Event, lexicon: Lexicon | None = None) -> str | None:
    """An event as a short statement ("Luca Venturi leaves Almenara"); None where a name it needs is missing."""
    frame = (lexicon or open_lexicon()).frames.get(event.frame)
    if frame is None:
        return None
    roles = dict(reversed(event.roles))
    says = frame.says

    def kept(part: re.Match[str]) -> str:
        return part[1] if re.findall(r"\{(\w+)\}", part[1])[0] in roles else ""

    says = re.sub(r"\[([^\]]*)\]", kept, says)
    needed = re.findall(r"\{(\w+)\}", says)
    return says.format(**roles) if all(role in roles for role in needed) else None


def _found(tokens: Tokens, lexicon: Lexicon) -> list[Match]:
    """The forms that stand in a sentence, and its verbs that are part of none."""
    listed = list(matches(tokens, lexicon))
    taken = {k for match in listed for k in range(match.at, match.end)}
    return listed + [Match(form, at, at + 1, None, False) for form, at in unlisted(tokens, lexicon) if at not in taken]


def _event(
    tokens: Tokens,
    match: Match,
    known: Known,
    lexicon: Lexicon,
    *,
    cue: tuple[int, int] | None,
    times: Sequence[Time],
    modelled: Modelled | None,
) -> Event | None:
    form = match.form
    value, subject = _surely(tokens, match, lexicon)
    if tokens[-1].text == "?" or (len(tokens) > 1 and tokens[-2].text == "?"):
        value = _answer(known.text, tokens[-1].start - 1) or 0
    elif any(t.lower == "whether" for t in tokens[: match.at]) and (
        told := _answer(known.text, tokens[match.end - 1].end)
    ):
        value = told
    if value > 0 and (any(t.lower in ("if", "unless") for t in tokens[match.end :]) or _supposed(tokens, match)):
        value = 1
    value = _marked(tokens, match, value)
    if value > 0 and form.kind == "verb" and _with_nobody(tokens, match.end):
        value = -3
    filled, listed = positions(tokens, match, subject)
    roles = tuple(dict.fromkeys(named(tokens, filled, form, known, elided=subject is None and form.kind == "verb")))
    if not roles or (
        form.frame not in lexicon.frames and not (len(roles) > 1 and any(n[:1].isupper() for _, n in roles))
    ):
        return None
    if cue is None and _once_meant(tokens, match.at):
        value = 0
    if cue is not None and not (tokens[0].start <= cue[0] <= tokens[match.at].start):
        value = cue_effect(known.text[slice(*cue)], value, lexicon)
    if listed:
        value = capped(value, 1)
    brings = match.form.weight < len(match.form.words)  # "dropped its offer (for)": the preposition belongs to its role
    span = (tokens[match.at].start, tokens[match.end - 1 - brings].end)
    value = _blended(value, modelled(*span) if modelled else None)
    return Event(form.frame, known.text[slice(*span)], span, roles, value, _time(tokens, match, times))


def _once_meant(tokens: Tokens, at: int) -> bool:
    """Whether it is what was once meant: told in a text's own voice because it no longer stands, or is open ("which had resolved to keep him")."""
    return _ONCE_MEANT.search(" ".join(t.lower for t in tokens[max(0, at - 9) : at])) is not None


def _with_nobody(tokens: Tokens, end: int) -> bool:
    """Whether a verb is denied by whom it is done with, for or to: "leaves with no one", "sold it to nobody"."""
    words = [t.lower for t in tokens[end : end + 3]]
    return words[:1] in (["with"], ["for"], ["to"]) and (words[1:2] == ["nobody"] or words[1:] == ["no", "one"])


def _marked(tokens: Tokens, match: Match, value: int) -> int:
    """A value under a mark on the whole sentence: "Hoax: …", "… is fake", "Rumour: …", "No, …"."""
    if match.form.frame in ("hoax", "genuine"):
        return value
    told = any(t.lower in _TOLD for t in tokens[: match.at])
    if told and _false(tokens, match):
        return 2 if value <= -2 and match.form.kind == "verb" else -3
    if told and _unproved(tokens, match):
        return 0
    if _in_quotes(tokens, match):
        value = capped(value, 1)
    apart = [t.lower for t in (*tokens[: match.at], *tokens[match.end :])]
    if (apart[:1] in (["no"], ["nope"]) and tokens[1].text in (",", ":", ".")) or not _HOAX.isdisjoint(apart):
        return min(value, -3 if value > 0 else value)
    return 0 if apart[:1] and apart[0] in ("rumor", "rumour", "rumors", "rumours") and tokens[1].text == ":" else value


def _supposed(tokens: Tokens, match: Match) -> bool:
    """Whether what happens is only thought through: "taking the job would mark a return"."""
    before = tokens[match.at - 1].lower if match.at else ","
    if not tokens[match.at].lower.endswith("ing") or before not in (",", ":", "that", "but", "and"):
        return False
    for token in tokens[match.end : match.end + 10]:
        if token.lower in AUXILIARIES or token.text in (",", ";", ":", "."):
            return token.lower in ("would", "could", "might")
    return False


def _in_quotes(tokens: Tokens, match: Match) -> bool:
    """Whether little more than the event's own words stands in quotes, as somebody else's: "'arrested' at the border"."""
    opened = next((k for k in range(match.at - 1, max(-1, match.at - 3), -1) if tokens[k].text in _OPENING), None)
    if opened is None:
        return False
    return any(tokens[k].text in _CLOSING for k in range(match.end, min(len(tokens), match.end + 2)))


def _false(tokens: Tokens, match: Match) -> bool:
    """Whether the sentence calls false what is told in it: "Reports that … are wrong", "Talk of … is nonsense"."""
    for k in range(match.end, len(tokens) - 1):
        if tokens[k].lower in BE and any(t.lower in _UNTRUE for t in tokens[k + 1 : k + 4]):
            return not any(t.lower in NOT for t in tokens[k + 1 : k + 3])
    return False


def _unproved(tokens: Tokens, match: Match) -> bool:
    """Whether what is told is said not to be known: "reports that … could not be verified"."""
    return any(
        tokens[k].lower in ("verified", "confirmed", "substantiated") and any(t.lower in NOT for t in tokens[k - 4 : k])
        for k in range(match.end, len(tokens))
    )


def _answer(text: str, end: int) -> int | None:
    """What is answered to a question that ends there: "Will she leave? “Not a chance,” he said"."""
    found = _ANSWER.search(text[end : end + 160])
    if found is None:
        return None
    return 3 if found["yes"] else -3


def _blended(ruled: int, modelled: float | None) -> int:
    """Rule and model: a wording that leaves it open or only possible stays so, an explicit *not* is never affirmed nor an assertion denied; else
    their mean.
    """
    if modelled is None or abs(ruled) < 2:
        return ruled
    if (modelled < 0) != (ruled < 0):
        return ruled
    mean = round((ruled + modelled) / 2)
    return max(1, min(3, mean)) if ruled > 0 else min(-1, max(-3, mean))


def _surely(tokens: Tokens, match: Match, lexicon: Lexicon) -> tuple[int, Phrase | None]:
    """The certainty under all that governs it, and the subject of a verb."""
    form = match.form
    base = form.certainty
    if match.negated:
        base = -3 if base == 3 or form.kind == "state" else -2
    if form.kind == "verb":
        value, subject = climb(tokens, match.at, lexicon, value=base if match.negated else 3, noun=False)
        weak = form.certainty < 3 and not match.negated  # "is not a candidate" is less than "will not be coach"
        return (max(-2, capped(value, 3 if value < 0 else form.certainty)) if weak else value), subject
    if form.kind == "state":
        modal = [t.lower for t in tokens[match.at : match.end] if t.lower in MAY]
        return climb(tokens, match.at, lexicon, value=capped(base, 1) if modal else base, noun=True)
    value = ahead(tokens, match.end - 1, lexicon, _BARE if base > 0 else base)
    return climb(tokens, match.at, lexicon, value=value, noun=True)


def _time(tokens: Tokens, match: Match, times: Sequence[Time]) -> Time | None:
    """The time expression nearest after the event in its sentence, else the nearest before."""
    first, last = tokens[0].start, tokens[-1].end
    here = [t for t in times if first <= t.span[0] and t.span[1] <= last]
    at = tokens[match.at].start
    after = [t for t in here if t.span[0] > at]
    before = [t for t in here if t.span[1] <= at]
    return after[0] if after else before[-1] if before else None
