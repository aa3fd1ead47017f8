"""Forms of the lexicon found in a sentence: is the word a verb or a noun there, and do the further words of the form follow?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from sayso.reading.events import phrases
from sayso.reading.events.inflection import inflected, is_past, spellings, verb
from sayso.reading.events.lexicon import FATES, GAP, WIDE_GAP, Form, Lexicon
from sayso.reading.events.phrases import Phrase, Tokens
from sayso.reading.events.surely import governor_at, group
from sayso.reading.events.words import (
    AUXILIARIES,
    BE,
    CONJUNCTIONS,
    DETERMINERS,
    NOT,
    POSSESSIVES,
    PREPOSITIONS,
    PRONOUNS,
    QUOTES,
    Token,
    adverb,
    noun_like,
    time_word,
)

#: no object stands before these: "signed a deal with" is not "sign with"
_TIGHT: Final = frozenset("for with to from at into of onto".split())
_NONE: Final = NOT | {"no"}
_CLOSED: Final = AUXILIARIES | CONJUNCTIONS | DETERMINERS | NOT | PREPOSITIONS | PRONOUNS
_WILLING: Final = frozenset(
    "refuse refuses refused refusing decline declines declined declining agree agrees agreed agreeing".split()
)
_CLAIMS: Final = frozenset(
    "claims speculation reports rumours rumors suggestions allegations claim report suggestion talk".split()
)


@dataclass(frozen=True, slots=True)
class Match:
    """A form where it stands: index of its first word, end of its last, and the noun phrase in its gap."""

    form: Form
    at: int
    end: int
    gap: Phrase | None
    negated: bool


def matches(tokens: Tokens, lexicon: Lexicon) -> Iterator[Match]:
    """Every form that stands in a sentence; at one place the longest wordings only, of whatever frames."""
    covered = -1
    words = frozenset(t.lower for t in tokens)
    capitals = _titled(tokens)
    for i, token in enumerate(tokens):
        if token.name and i and not capitals and token.lower not in lexicon.nouns:
            continue
        begun = lexicon.beginning(tokens, i, words)
        if not begun:
            continue
        here = [m for form in _possible(tokens, i, begun, lexicon) if (m := _match(tokens, i, form, lexicon))]
        here = [m for m in here if lexicon.on_topic(m.form, words)] or [m for m in here if not lexicon.common(m.form)]
        if not here:
            continue
        if i < covered:
            continue
        special = [m for m in here if m.form.frame not in FATES]
        longest = max((m.form.weight for m in special), default=0)
        most = max(m.form.weight for m in here)
        kept: dict[str, Match] = {}
        for match in (m for m in here if m.form.weight == (most if m.form.frame in FATES else longest)):
            known = kept.get(match.form.frame)
            if known is None or len(match.form.needs) > len(known.form.needs):
                kept[match.form.frame] = match
        covered = max([covered, *(m.end for m in kept.values() if longest > 1 and m.form.frame not in FATES)])
        yield from kept.values()


def _titled(tokens: Tokens) -> bool:
    """Whether every word of a headline has a capital, so that a capital tells nothing of a name."""
    words = [t for t in tokens if t.text[0].isalpha() and t.lower not in _CLOSED]
    return len(words) > 3 and all(t.text[0].isupper() for t in words)


def _possible(tokens: Tokens, i: int, forms: list[Form], lexicon: Lexicon) -> list[Form]:
    """The forms without those of a verb that the word at `i` is none of; many begin with one verb, which is looked at once."""
    heads = {(form.words[0], len(form.words) == 1) for form in forms if form.kind == "verb"}
    verbs = {(head, alone) for head, alone in heads if _verbal(tokens, i, lexicon, head, alone=alone)}
    return [form for form in forms if form.kind != "verb" or (form.words[0], len(form.words) == 1) in verbs]


def _match(tokens: Tokens, i: int, form: Form, lexicon: Lexicon) -> Match | None:
    if form.kind == "verb" and not _complete(tokens, i, form):
        return None
    if form.kind == "noun" and not _nominal(tokens, i, form):
        return None
    k, gap, negated = i + 1, None, False
    for n, word in enumerate(form.words[1:]):
        stop = _next(tokens, k, word, form, wide=form.kind == "state" and n == 0)
        if stop is None:
            return None
        if stop > k:
            if (
                word in _TIGHT
                and len(form.words) == 2
                and not form.gapped
                and any(noun_like(tokens[m]) for m in range(k, stop))
            ):
                return None
            negated = negated or any(tokens[m].lower in _NONE for m in range(k, stop))
            if gap is None and any(
                (noun_like(tokens[m]) and tokens[m].lower not in DETERMINERS) or tokens[m].lower in PRONOUNS
                for m in range(k, stop)
            ):
                cut = next((m for m in range(k + 1, stop) if tokens[m].lower in DETERMINERS), stop)
                gap = Phrase(k, cut)
        k = stop + 1
    if form.words[-1] in ("on", "in", "at") and len(form.words) > 1 and k < len(tokens) and time_word(tokens[k]):
        return None  # "walk out on Friday" is no walking out on someone
    fate = form.frame in FATES and form.words[0] == "be" and k + 1 < len(tokens)
    if fate and tokens[k].lower == "to" and _base_verb(tokens[k + 1].lower, lexicon):
        return None  # "is on course to leave" is no good end
    if form.words[-1] == "to" and k < len(tokens) and not tokens[k].name and _base_verb(tokens[k].lower, lexicon):
        return None
    if form.kind == "verb" and k < len(tokens) and _gerund(tokens[k]) and governor_at(tokens, i, lexicon, before=k):
        return None  # "ruled out leaving" says something of leaving only
    match = Match(form, i, k, gap, negated and form.kind != "noun")
    return match if all(_filled(tokens, match, position) for position in form.needs) else None


def _gerund(token: Token) -> bool:
    return len(token.text) > 5 and token.lower.endswith("ing") and not token.name


def _base_verb(word: str, lexicon: Lexicon) -> bool:
    return word in AUXILIARIES or any(
        form.kind == "verb" and form.words[0] == word for form in lexicon.forms.get(word, ())
    )


def _next(tokens: Tokens, k: int, word: str, form: Form, *, wide: bool) -> int | None:
    """Where the next word of a form stands, with a few words passed over that may stand between."""
    wanted = spellings(word, form.inflected)
    for stop in range(k, min(len(tokens), k + (WIDE_GAP if wide else GAP) + 1)):
        if tokens[stop].lower in wanted:
            return stop if all(_passed(tokens[m], form, wide=wide) for m in range(k, stop)) else None
    return None


def _passed(token: Token, form: Form, *, wide: bool) -> bool:
    """Whether a token may stand between the words of a form."""
    lower = token.lower
    if form.kind == "noun" and not (lower in DETERMINERS or adverb(lower)):
        return False
    if form.words[0] == "be" and (lower.endswith("ing") or (is_past(lower) and not token.name)):
        return False  # "is laying off" is not "is off", "was won over" not "was over"
    if noun_like(token) or adverb(lower) or lower in NOT or lower in PRONOUNS:
        return True
    if form.gapped and lower in ("of", "for", "in", "'s", "and"):
        return True
    return (wide or form.inflected) and (lower in AUXILIARIES or (lower in PREPOSITIONS and wide))


def _complete(tokens: Tokens, i: int, form: Form) -> bool:
    """Whether nothing is wanting behind a verb: one that is all of its form and has no object stands alone."""
    whole = len(form.words) == 1 and form.role("object") is None and form.words[0] != "be"
    return not whole or _stands_alone(tokens, i, form)


def _verbal(tokens: Tokens, i: int, lexicon: Lexicon, head: str, *, alone: bool) -> bool:
    """Whether the word at `i` is a form of the verb `head` there, by what stands around it; `alone`: no further words are looked for."""
    word = tokens[i].lower
    if word not in inflected(head) or (alone and (_governs(tokens, i) or _remaining(tokens, i))):
        return False
    if head == "be":
        return word in BE and not (word in ("'s", "’s") and i > 0 and (tokens[i - 1].name or noun_like(tokens[i - 1])))
    verbal = group(tokens, i)
    previous = tokens[verbal.start - 1] if verbal.start else None
    if verbal.any:
        if verbal.be and word == head and word not in verb(word).participle:
            return False
        return verbal.auxiliary or not verbal.to or word == head
    if previous is None:
        return not alone or (word.endswith("ing") and _starts_noun(tokens, i + 1))
    lower = previous.lower
    if lower in DETERMINERS and lower not in POSSESSIVES and lower != "all":
        return False
    forms = verb(head)
    if word in forms.ing and (lower in POSSESSIVES or lower in ("'s", "’s")) and word in lexicon.both:
        return _starts_noun(tokens, i + 1)
    if word in forms.ing:
        return lower not in ("'s", "’s") or not alone or _starts_noun(tokens, i + 1)
    if lower in POSSESSIVES or lower in ("'s", "’s") or (lower in PREPOSITIONS and not previous.name):
        return False
    if word in forms.third and word not in forms.past and _plural(tokens, i):
        return False
    if word in forms.past or word in forms.third:
        doubtful = word in lexicon.both and not (word in forms.past and word != forms.base) and lower not in PRONOUNS
        following = tokens[i + 1] if i + 1 < len(tokens) else None
        same = word == forms.base  # cut, hit, bid: past and base are one
        direct = following is not None and noun_like(following) and (previous.name or (same and noun_like(previous)))
        return (
            not doubtful
            or _starts_noun(tokens, i + 1)
            or direct
            or (following is not None and following.lower in PREPOSITIONS)
        )
    if word in forms.participle:
        return True
    if lower in PRONOUNS or not alone:
        return True
    subject = lower in ("and", "or", ",") or previous.name or lower.endswith("s")
    return subject and (
        (previous.name and word not in lexicon.both) or i + 1 == len(tokens) or _starts_noun(tokens, i + 1)
    )


def _plural(tokens: Tokens, i: int) -> bool:
    """Whether a word in -s is the plural at the end of a phrase without an article: "for larger ships", "3 billion crowns"."""
    if tokens[i - 1].text[0].isdigit() or _starts_noun(tokens, i + 1):
        return tokens[i - 1].text[0].isdigit()
    k = i
    while k > 0 and noun_like(tokens[k - 1]) and not tokens[k - 1].name and tokens[k - 1].lower not in DETERMINERS:
        if tokens[k - 1].text[0].isdigit():
            return True
        k -= 1
    return k < i and k > 0 and tokens[k - 1].lower in PREPOSITIONS


def _stands_alone(tokens: Tokens, i: int, form: Form) -> bool:
    """Whether a verb without an object has none: not "remains focused", "continue to", "go through"."""
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    if after is None or adverb(after.lower) or time_word(after) or after.lower in ("this", "next", "last", "that"):
        return True
    if after.lower == "to" or (after.lower in PREPOSITIONS and form.words[0] == "go"):
        if after.lower == "to" and not (
            i + 2 < len(tokens) and (tokens[i + 2].name or tokens[i + 2].lower in DETERMINERS)
        ):
            return False
        return (form.role(after.lower) is not None and form.words[0] != "go") or after.lower in (
            "from",
            "before",
            "after",
            "in",
            "by",
        )
    return not noun_like(after) or after.name or after.lower in QUOTES


def _remaining(tokens: Tokens, i: int) -> bool:
    """Whether "left" says what remains: "five games left", "a year left on his contract"."""
    if tokens[i].lower != "left" or group(tokens, i).any or _starts_noun(tokens, i + 1):
        return False
    return not (i > 0 and (tokens[i - 1].name or tokens[i - 1].lower in PRONOUNS or adverb(tokens[i - 1].lower)))


def _governs(tokens: Tokens, i: int) -> bool:
    """Whether the word governs a clause instead of naming an event itself: "refused to sell", "rejected claims that"."""
    after = [t.lower for t in tokens[i + 1 : i + 4]]
    if (
        after[:1] == ["that"]
        or (after[-1:] == ["that"] and after[0] in ("on", "in", "at", "yesterday", "today"))
        or _CLAIMS & set(after[:2])
    ):
        return True
    return (
        after[:1] == ["to"]
        and len(after) > 1
        and tokens[i].lower in _WILLING
        and not tokens[i + 2].name
        and after[1] not in DETERMINERS
    )


def _starts_noun(tokens: Tokens, i: int) -> bool:
    while i < len(tokens) and adverb(tokens[i].lower):
        i += 1
    if i >= len(tokens):
        return False
    return tokens[i].name or tokens[i].lower in DETERMINERS or tokens[i].lower in PRONOUNS


def _nominal(tokens: Tokens, i: int, form: Form) -> bool:
    """Whether the word at `i` is a noun there: no auxiliary or bare "to" before it, and no object right after it."""
    verbal = group(tokens, i)
    if verbal.to:
        return False
    if verbal.any and verbal.start < i and tokens[i - 1].lower in AUXILIARIES - BE:
        return False
    after = tokens[i + len(form.words)] if i + len(form.words) < len(tokens) else None
    pronoun_before = i > 0 and tokens[i - 1].lower in PRONOUNS
    object_after = (
        after is not None and len(form.words) == 1 and (after.lower in DETERMINERS or after.lower in PRONOUNS)
    )
    return not pronoun_before and not (
        object_after
        and i > 0
        and (tokens[i - 1].name or noun_like(tokens[i - 1]))
        and not tokens[i].lower.endswith("ing")
    )


def _filled(tokens: Tokens, match: Match, position: str) -> bool:
    if position in PREPOSITIONS:
        return bool(phrases.prepositional(tokens, match.end, frozenset({position})))
    phrase = phrases.right(tokens, match.end)
    post = (
        position == "post"
        and phrase
        and tokens[phrase.end - 1].text[0].islower()
        and tokens[phrase.end - 1].lower not in PRONOUNS
    )
    return bool(post or phrases.prepositional(tokens, match.end, frozenset({"as"})))
