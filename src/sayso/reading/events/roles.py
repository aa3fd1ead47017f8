"""The roles of an event: which phrase stands in which position of its form, and the name that each stands for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from sayso.reading.events import phrases
from sayso.reading.events.forms import Match
from sayso.reading.events.inflection import verb
from sayso.reading.events.lexicon import Form
from sayso.reading.events.phrases import Phrase, Tokens
from sayso.reading.events.surely import group
from sayso.reading.events.words import BE, DETERMINERS, POSSESSIVES, PREPOSITIONS, PRONOUNS, QUOTES

#: who a stretch of the text stands for, as a name; None where it is not known
Who = Callable[[int, int], str | None]
_BORDERS: Final = frozenset(", : ; ( ) – — … ? ! .".split())
_THIRD: Final = frozenset("he she his her him they their its it them".split())
_FIRST: Final = frozenset("i me my we us our".split())
_PERSONS: Final = frozenset(
    "coach manager boss player striker midfielder defender goalkeeper winger forward captain minister president chief executive chairman "
    "chairwoman director mayor senator governor candidate actor actress singer politician lawmaker suspect defendant".split()
)
_SEATS: Final = frozenset(
    "job post role position contract deal extension renewal offer".split()
)  # "the Norda job" is at Norda
_NOT_PLACES: Final = frozenset("such least best most all first last once present time moment end start".split())
#: verbs whose gap holds an object: "give him the job", "relieve her of duties"
_GAPPED: Final = frozenset(
    "give hand show find relieve spare take put let send place set offer sign beat wave nod".split()
)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a text beside its words: who its stretches stand for, and whose words they are."""

    text: str
    who: Who | None
    speaker: str | None


def positions(tokens: Tokens, match: Match, subject: Phrase | None) -> tuple[list[tuple[str, Phrase]], bool]:
    """The phrases in each position, passives turned round; and whether one of them is a list with "or"."""
    form = match.form
    wanted = frozenset(place for place, _ in form.roles)
    found: list[tuple[str, Phrase]] = []
    if form.kind == "verb":
        passive = _passive(tokens, match)
        objects = _objects(tokens, match, passive)
        turned = not objects and form.role("subject") == "by" and len(form.words) == 1  # "the plant will reopen"
        if subject:
            found.append(("object" if passive or turned else "subject", subject))
        found += objects
        found += [
            ("subject", p)
            for place, p in phrases.prepositional(tokens, match.end, wanted | {"by"})
            if place == "by" and passive
        ]
    else:
        own = phrases.possessor(tokens, match.at)
        if own:
            found.append(("own", own))
        elif (
            subject
            and form.kind == "noun"
            and (form.role("own") == form.role("by") or form.words[-1] == "to" or len(form.words) > 1)
        ):
            found.append(("own", subject))
        elif (before := phrases.compound(tokens, match.at)) is not None:
            place = "before" if "before" in wanted else "own"
            found.append((place, before))
            if place == "before" and (leaver := phrases.first_name(tokens, before.start)):
                found.append(("own", leaver))
    if match.gap and form.words[-1] in _SEATS and form.kind == "verb":
        names = [k for k in range(match.gap.start, match.end - 1) if tokens[k].name]
        if names and tokens[names[-1] + 1].lower not in ("'s", "’s"):
            found.append(("seat", Phrase(names[0], names[-1] + 1)))
    if form.kind == "verb" and "own" in wanted and (own := _owner_inside(tokens, match)):
        if tokens[own.start].lower in POSSESSIVES and ("subject", subject) in found and subject:
            found.remove(("subject", subject))
            own = subject  # "let his contract expire": his own
        found.insert(0, ("own", own))
    found += [
        (place, p)
        for place, p in phrases.prepositional(tokens, match.end, wanted - {"by"} if form.kind == "verb" else wanted)
    ]
    if form.kind == "noun" and form.words[-1] in wanted and (after := phrases.right(tokens, match.end)):
        found.append((form.words[-1], after))
    if form.kind == "state":
        found += phrases.prepositional(tokens, match.at + 1, wanted)
    if "is" in wanted and (subject := _said_to_be(tokens, match.at)):
        found.append(("is", subject))
    if "such_as" in wanted:
        found += _examples(tokens, match.end)
    return found, any(phrases.alternatives(tokens, phrase) for _, phrase in found)


def _owner_inside(tokens: Tokens, match: Match) -> Phrase | None:
    """Whose the thing is that the words of a form name: "let Kessner's contract expire", "extend his contract"."""
    for k in range(match.at + 1, match.end):
        if tokens[k].lower in POSSESSIVES or tokens[k].lower in ("'s", "’s"):
            return phrases.possessor(tokens, k + 1)
    return None


def _said_to_be(tokens: Tokens, at: int) -> Phrase | None:
    """Who is said to be what a noun names: "Olabarri is the likely successor", "named Olabarri as his successor"."""
    for k in range(at - 1, max(-1, at - 6), -1):
        if tokens[k].lower in BE or tokens[k].lower in ("become", "becomes"):
            return phrases.left(tokens, group(tokens, k).start)
        if tokens[k].lower == "as":
            near = phrases.left(tokens, k)
            return near if near and tokens[near.end - 1].name else phrases.first_name(tokens, k)
    return None


def _passive(tokens: Tokens, match: Match) -> bool:
    """Whether a verb is passive: "was sacked", or a headline's bare participle without an object ("Venturi sacked by Almenara")."""
    form = match.form
    word = tokens[match.at].lower
    if form.role("object") is None or word not in verb(form.words[0]).participle:
        return False
    verbal = group(tokens, match.at)
    if verbal.be:
        return True
    if not verbal.any and word not in verb(form.words[0]).past:
        return True
    if verbal.any or match.gap or (len(form.words) > 1 and form.words[-1] not in PREPOSITIONS):
        return bool(match.at and tokens[match.at - 1].lower in ("get", "gets", "got", "getting"))
    phrase = phrases.right(tokens, match.end)
    if phrase is None:
        after = tokens[match.end].lower if match.end < len(tokens) else ""
        return word not in ("left", "joined", "quit", "won", "met") or after == "by"
    post = (
        form.role("as") is not None
        and tokens[phrase.end - 1].text[0].islower()
        and not any(t.lower == "as" for t in tokens[match.end :])
    )
    return post and tokens[phrase.start].lower not in DETERMINERS | PRONOUNS


def _objects(tokens: Tokens, match: Match, passive: bool) -> list[tuple[str, Phrase]]:
    """What stands right after a verb, or in its gap: the object, or the post in a passive."""
    form = match.form
    found = []
    last = form.words[-1]
    held = form.gapped or last in PREPOSITIONS or form.words[0] in _GAPPED
    if match.gap and len(form.words) > 1 and held and not passive:
        found.append(("object", match.gap))
    after = phrases.right(tokens, match.end)
    if after is None or any(tokens[k].text in _BORDERS for k in range(match.end, after.start)):
        return found
    if passive:
        return [*found, ("as", after)] if form.role("as") else found
    direct = last if last in PREPOSITIONS and form.role(last) and len(form.words) > 1 else "object"
    if direct == "object" and not found and form.role("object"):
        return [*found, *_with_post(tokens, after, form)]
    return [*found, (direct, after)] if direct != "object" else found


def _with_post(tokens: Tokens, phrase: Phrase, form: Form) -> list[tuple[str, Phrase]]:
    """An object with the post after it: "name Olabarri coach", "appoint him head coach"."""
    if form.role("as") is None or form.role("object") == "post":
        return [("object", phrase)]
    cut = next(
        (
            k
            for k in range(phrase.start + 1, phrase.end)
            if tokens[k - 1].name and not tokens[k].name and tokens[k].lower not in ("'s", "’s", "and", "or", ",")
        ),
        None,
    )
    if tokens[phrase.start].lower in PRONOUNS and (post := phrases.right(tokens, phrase.end)):
        return [("object", phrase), ("as", post)]
    if cut and tokens[phrase.start].name and not any(tokens[k].name for k in range(cut, phrase.end)):
        return [("object", Phrase(phrase.start, cut)), ("as", Phrase(cut, phrase.end))]
    return [("object", phrase)]


def _examples(tokens: Tokens, at: int) -> list[tuple[str, Phrase]]:
    """The names after "such as", each with its description: candidates for what the noun before speaks of."""
    for k in range(at, min(len(tokens) - 2, at + 4)):
        if tokens[k].lower == "such" and tokens[k + 1].lower == "as":
            end = next((m for m in range(k + 2, len(tokens)) if tokens[m].text in _BORDERS - {","}), len(tokens))
            return [("such_as", Phrase(k + 2, end))] if end > k + 2 else []
    return []


def named(
    tokens: Tokens, filled: list[tuple[str, Phrase]], form: Form, known: Known, *, elided: bool
) -> Iterator[tuple[str, str]]:
    """Roles with their names, each once; `elided`: no subject is expressed, so that the speaker is meant ("to leave Almenara")."""
    taken: set[str] = set()
    subject = form.role("subject")
    if elided and known.speaker and subject:
        yield subject, known.speaker
        taken.add(subject)
    for place, phrase in filled:
        role = form.role(place) or ("at" if place == "seat" else None)
        if role is None or role in taken:
            continue
        taken.add(role)
        for member in phrases.members(tokens, phrase):
            if role == "post":
                for other, name in _post(tokens, member, known):
                    if other == role or (_has(form, other) and other not in taken):
                        yield other, name
                continue
            if meant := _name(tokens, member, known):
                yield role, meant


def _has(form: Form, role: str) -> bool:
    """Whether a frame's wording has that role, or a post that names it ("becomes Norda coach")."""
    return role == "at" or any(r == role for _, r in form.roles)


def _post(tokens: Tokens, phrase: Phrase, known: Known) -> Iterator[tuple[str, str]]:
    """A post and the body it is at: "Norda coach", "coach of Norda" (the latter's body comes by its preposition)."""
    names = [k for k in range(phrase.start, phrase.end) if tokens[k].name]
    if names and names[-1] == phrase.end - 1:
        yield "at", _name(tokens, phrase, known) or ""
        return
    if names:
        run = Phrase(names[0], names[-1] + 1)
        yield "at", _name(tokens, run, known) or ""
    rest = [tokens[k].text for k in range(names[-1] + 1 if names else phrase.start, phrase.end)]
    words = [
        w for w in rest if w.lower() not in DETERMINERS and w not in QUOTES and w not in ("'s", "’s", "new", "next")
    ]
    if words:
        yield "post", " ".join(words).lower()


def _name(tokens: Tokens, phrase: Phrase, known: Known) -> str | None:
    """The name a phrase stands for, else its own words; None for words of time and emphasis that name nothing."""
    core = phrases.trimmed(tokens, phrase)
    start, end = tokens[core.start].start, tokens[core.end - 1].end
    words = known.text[start:end]
    if words.lower() in _FIRST and known.speaker:
        return known.speaker
    if words.lower() in _NOT_PLACES or words.lower() in ("there", "himself", "herself"):
        return None
    if words.lower() in _FIRST and (said := phrases.first_name(tokens, core.start)) and tokens[said.end].text == ":":
        return known.text[tokens[said.start].start : tokens[said.end - 1].end]
    if known.who:
        whole = tokens[phrase.start].start, tokens[phrase.end - 1].end
        name = known.who(start, end)
        if (
            name is None
            and whole != (start, end)
            and (not tokens[core.end - 1].name or tokens[phrase.start].lower == "the")
        ):
            name = known.who(*whole)
        if name:
            return name
    if (words.lower() in _THIRD or _described(tokens, phrase)) and (first := phrases.first_one(tokens, core.start)):
        return known.text[tokens[first.start].start : tokens[first.end - 1].end]
    return re.sub(r"\s+", " ", words)


def _described(tokens: Tokens, phrase: Phrase) -> bool:
    """Whether a phrase is a definite description of a person just named: "the coach", "the 35-year-old"."""
    last = tokens[phrase.end - 1].lower
    return (
        tokens[phrase.start].lower == "the"
        and phrase.end - phrase.start <= 3
        and (last in _PERSONS or last.endswith("-year-old"))
    )
