"""Attributions and the article's own statements → Claims, with evidence that is word for word in the text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import cache

import sentencex

from sayso import times
from sayso.reading.attribution import Attributor
from sayso.reading.certainty import by_rule, certainty
from sayso.reading.decode import Found, Surely
from sayso.reading.events import Parsed, Who, events
from sayso.reading.plain import plain_cases
from sayso.reading.reader import Reader
from sayso.records import Article, Claim, Event, Link, Quoted, Source, Span, Time, content_id

_QUOTES = '“”"«»'
_VERB = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|will|would|can|could|may|might|must|should|do|does|did|\w+ed|\w+s)\b",
    re.I,
)
_OWN_MINIMUM = 6  # words; shorter lines of the article's own are headings


def read_claims(article: Article, reader: Reader, *, outlets: frozenset[str] = frozenset()) -> tuple[Claim, ...]:
    """Everything the article says, in reading order. `outlets` are names the reader may take for outlets."""
    spans = reader.spans(article.text)
    attributor = Attributor(article.text, outlet=article.outlet.name, given=outlets)
    said = said_on(article)
    expressions = times.find_times(article.text, said=said)
    tagged = [one for f in spans.attributions if (one := _sound(article.text, f))]
    found = sorted(tagged + plain_cases(article.text, tagged), key=outer_first)
    claims = [_attributed(article, one, attributor, expressions, said, reader.name) for one in found]
    claims += _own(article, found, expressions, said, reader.name)
    parsed, who = Parsed(article.text), cache(attributor.who)  # all sources are settled: the answers stay
    told = [replace(c, events=_events(parsed, c, who, expressions, spans.surely)) for c in _unique(claims)]
    return tuple(sorted(told, key=lambda c: (c.evidence[0].start, c.evidence[-1].end, c.id)))


def _events(parsed: Parsed, claim: Claim, who: Who, expressions: list[Time], surely: Surely) -> tuple[Event, ...]:
    """What the claim says to happen, or not."""
    source = claim.source
    return events(
        parsed.text,
        [(piece.start, piece.end) for piece in claim.evidence],
        who=who,
        speaker=source.name if source.kind == "person" else None,
        cue=(claim.cue.start, claim.cue.end) if claim.cue else None,
        times=expressions,
        modelled=surely.at,
        parsed=parsed,
    )


def said_on(article: Article) -> tuple[date, date] | None:
    """First and last day on which the article's words were published, where both are known."""
    start, end = article.published.start, article.published.end
    return (start, end) if start and end else None


_THIN = frozenset("a an the that to of in on and or but as for with more it is was by at".split())


_NO_CUE = re.compile(
    r"(?:is|are|was|were|be|been|has|have|had|will|would|do|does|did|to|an?|the)$"
    r"|(?:has|have|had|is|are|was|were)\s(?:been\s)?(?:\w+ly\s)?(?:critici[sz]ed|praised|received praise|blamed|dismissed|targetted|targeted)\b",
    re.I,
)


_FEW_WORDS = re.compile(r"(?: [a-z-]+){1,3} ")


def _sound(text: str, found: Found) -> Found | None:
    """The attribution without pieces that say nothing (a lone mark or function word); None where nothing is left, or where the
    cue cannot be one: a bare auxiliary, or what is done to someone ("has been criticised for").
    """
    if _NO_CUE.match(text[slice(*found.cue)]):
        return None
    pieces = tuple(
        piece for piece in found.content if any(w.lower() not in _THIN for w in re.findall(r"\w+", text[slice(*piece)]))
    )
    if text[slice(*found.cue)].endswith(" to"):  # "looks set to accept the job": what he looks set to do is all of it
        after = found.cue[1]
        pieces = tuple(
            (after + 1, end) if start > after and _FEW_WORDS.fullmatch(text[after:start]) else (start, end)
            for start, end in pieces
        )
    return replace(found, content=pieces) if pieces else None


def outer_first(found: Found) -> tuple[int, int, bool]:
    """Reading order, but whoever holds another in his content is settled before it; of two that begin together, the one whose cue breaks its
    content comes last.
    """
    begins, ends = found.content[0][0], found.content[-1][1]
    return min(found.cue[0], begins), -ends, begins < found.cue[0] < ends


def _unique(claims: Iterable[Claim]) -> list[Claim]:
    return list({claim.id: claim for claim in claims}.values())


def _span(article: Article, start: int, end: int) -> Span:
    return Span(start, end, article.text[start:end])


def _attributed(
    article: Article,
    found: Found,
    attributor: Attributor,
    expressions: list[Time],
    said: tuple[date, date] | None,
    reader: str,
) -> Claim:
    told = attributor.settle(found)
    evidence = tuple(_span(article, *_tidy(article.text, *piece)) for piece in found.content)
    cue = _span(article, *found.cue)
    content = " ".join(piece.text for piece in evidence)
    return Claim(
        id=_claim_id(article, evidence, cue, told.source),
        article=article.id,
        evidence=evidence,
        source=told.source,
        cue=cue,
        quoted=_quoted(content),
        chain=told.chain,
        origin=told.origin,
        certainty=certainty(content, cue.text, modelled=found.certainty if found.kind_confidence else None),
        speaks_of=_speaks_of(evidence, expressions),
        said=said,
        confidence=round(found.confidence, 3),
        reader=reader,
    )


def _claim_id(article: Article, evidence: tuple[Span, ...], cue: Span | None, source: Source) -> str:
    places = ",".join(f"{s.start}-{s.end}" for s in evidence)
    by = f"{source.span.start}-{source.span.end}" if source.span else ""
    return content_id("claim", article.id, places, f"{cue.start}-{cue.end}" if cue else "", by)


def _tidy(text: str, start: int, end: int) -> tuple[int, int]:
    """A content without blanks or a comma at its ends; a closing quotation mark that belongs to it is taken in."""
    while start < end and text[start] in " ,;:":
        start += 1
    while end > start and text[end - 1] in " ,;:":
        end -= 1
    opened = sum(text[start:end].count(q) for q in "“«")
    closed = sum(text[start:end].count(q) for q in "”»")
    if opened > closed and end < len(text) and text[end] in "”»":
        end += 1
    return start, end


def _quoted(content: str) -> Quoted:
    """Direct where all of it stands in quotation marks, mixed where some does."""
    bare = content.strip(" .,;")
    if not any(mark in bare for mark in _QUOTES):
        return "indirect"
    return "direct" if bare[0] in _QUOTES and bare[-1] in _QUOTES else "mixed"


def _speaks_of(evidence: tuple[Span, ...], expressions: list[Time]) -> Time | None:
    """The first time expression inside the content that resolved to something, else the first one there."""
    inside = [t for t in expressions if any(e.start <= t.span[0] and t.span[1] <= e.end for e in evidence)]
    said_in_words = [t for t in inside if not (t.value or "").startswith("P") or t.value == "PAST_REF"]  # no durations
    return next((t for t in inside if t.start or t.end), said_in_words[0] if said_in_words else None)


def _own(
    article: Article, found: list[Found], expressions: list[Time], said: tuple[date, date] | None, reader: str
) -> list[Claim]:
    """Sentences in the article's own voice that assert or predict: no cue in them, and no one else's content."""
    taken = sorted([piece for f in found for piece in f.content] + [f.cue for f in found])
    outlet = article.outlet.name
    claims = []
    for sentence in sentencex.get_sentence_boundaries("en", article.text):
        start, end = _trim(article.text, sentence["start_index"], sentence["end_index"])
        words = article.text[start:end]
        if any(a < end and start < b for a, b in taken) or not _asserts(words):
            continue
        evidence = (_span(article, start, end),)
        source = Source("own", outlet)
        claims.append(
            Claim(
                id=_claim_id(article, evidence, None, source),
                article=article.id,
                evidence=evidence,
                source=source,
                cue=None,
                quoted="indirect",
                chain=(Link("own", outlet),) if outlet else (),
                origin=outlet,
                certainty=by_rule(words),
                speaks_of=_speaks_of(evidence, expressions),
                said=said,
                confidence=0.5,
                reader=reader,
            )
        )
    return claims


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in " \n-•":
        start += 1
    while end > start and text[end - 1] in " \n.":
        end -= 1
    return start, end


def _asserts(words: str) -> bool:
    """A statement: long enough, with a verb, neither a question nor a quotation standing alone nor a heading."""
    if len(words.split()) < _OWN_MINIMUM or words.endswith("?") or words[0] in _QUOTES or "\n" in words:
        return False
    lower = sum(w[:1].islower() for w in words.split())
    return lower >= 3 and bool(_VERB.search(words))
