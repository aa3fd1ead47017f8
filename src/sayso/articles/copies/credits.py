"""What an article says of where its words come from: wire credits, datelines, "first published by"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from sayso.records import Article, Published

_HEAD, _TAIL = 300, 600  # characters in which a dateline or a closing credit may stand
_DOMAIN = r"[a-z\d][\w-]*(?:\.[a-z]{2,})+"
_NAME = rf"(?:{_DOMAIN}|(?:the |The )?[A-Z][\w&’'-]*(?:[ .](?:of |the |and |de |la )?[A-Z][\w&’'-]*){{0,4}}(?:\.(?:com|org|net|co\.uk))?)"
_DATELINE = re.compile(
    r"(?:^|\n)[ \t]*(?:(?P<place>[A-Z][A-Z.’' -]{2,30}(?:, ?[A-Z][\w. ]{1,20})?|[A-Z][a-z]+(?: [A-Z][a-z]+)?)"
    r"(?:,? [A-Z][a-z]{2,8}\.? \d{1,2}(?:, ?\d{4})?)?[ \t]*)?"
    rf"\((?!Updated?\)|Photo|Video|Note|Editor)(?P<wire>{_DOMAIN}|[A-Z][\w .&’'-]{{0,30}}[\w.])\)"
    r"[ \t]*(?:[-–—]+|(?(place)(?!)|(?=[A-Z])))"  # without a place before it, as in "(Northwire) The", no dash is needed
)
_PLACE = re.compile(
    r"(?:^|\n)[ \t]*[A-Z][A-Z.’'-]+(?: [A-Z][A-Z.’'-]+){0,3}(?:, [A-Z][\w. ]{1,20}){0,2}(?: \([^()\n]{4,30}\))? ?[–—-]{1,2} ?"
)
_NOT_A_DAY = r"(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:January|February|March|April|May|June|July|August|September|October|November|December)\b)"
_FIRST = re.compile(
    r"(?:\b[Tt]his (?:article|story|report|piece|post|column|item) (?:was |has been )?(?:also )?|(?:^|[\n.(]) ?)"
    rf"(?:[Oo]riginally |[Ff]irst )(?:published|appeared|ran) (?:by|in|on|at) {_NOT_A_DAY}(?P<wire>{_NAME})"
    rf"|\b(?:[Rr]e-?published|[Rr]eprinted|[Rr]eproduced) (?:from|with (?:the )?permission (?:from|of)|courtesy of) (?P<wire2>{_NAME})"
    rf"|(?:©|\(c\)|[Cc]opyright)(?: ©| \(c\))?(?: \d{{4}})? (?P<wire3>{_NAME})"
    rf"|(?:^|\n)[ \t]*(?:Source|Via|Agency|With thanks to): (?P<wire4>{_NAME})[ \t]*(?=\n|$)"
    rf"|(?:^|\n|(?<=[.!?”\"]))[ \t]*(?:[–—-]{{1,2}} ?|\()(?P<signed>{_NAME})\)?\s*\Z"
)
_BYLINE = re.compile(rf"(?:By )?(?P<person>[\w. ’'-]+?(?:,| for| of|/| \|) ?)?(?P<wire>{_NAME})")
_ROLE = re.compile(
    r"\b(?:editor|correspondent|reporter|writer|columnist|contributor|chief|staff|desk)\b", re.IGNORECASE
)
#: a name that stands alone and is not a person's: one word, or a body's
_BODY = re.compile(r"[A-Z][\w’'-]*|.*\b(?:Press|News|Agency|Wire|Service|Media|Times|Post|Herald)\b.*|.*\.[a-z]{2,}")
_STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)")
_LEGAL = re.compile(
    r"\b(?:inc|ltd|llc|plc|group|media|staff|limited|online|news(?= agency\b)|agency|all rights reserved)\b\.?"
)


@dataclass(frozen=True, slots=True)
class Credit:
    """A name that an article gives as where its words come from, and the words that say so."""

    name: str
    words: str


def credits_of(article: Article) -> tuple[Credit, ...]:
    """The credits in a text's head and tail, in its byline, and in what was taken off the page; a name once."""
    head, tail = body(article)[:_HEAD], article.text[-_TAIL:]
    found = [_credit(m) for m in _DATELINE.finditer(head)]
    for part in (head, tail, *(item.text for item in article.removed)):
        found += [_credit(m) for m in _FIRST.finditer(part) if not m["signed"] or _BODY.fullmatch(m["signed"])]
    named = _BYLINE.fullmatch((article.author or "").strip())
    if named and not _ROLE.search(named["wire"]) and (named["person"] or _BODY.fullmatch(named["wire"])):
        found.append(Credit(named["wire"], named[0]))
    kept: dict[str, Credit] = {}
    for one in found:
        kept.setdefault(plain(one.name), one)
    return tuple(one for name, one in kept.items() if name)


def has_dateline(article: Article) -> bool:
    """Whether the text begins with a place in capitals and a dash."""
    return bool(_PLACE.match(body(article)) or _DATELINE.match(body(article)))


def body(article: Article) -> str:
    """The text without the headline on top of it."""
    return article.text[body_start(article) :]


def body_start(article: Article) -> int:
    """Where the text begins after the headline on top of it and the blanks that follow."""
    start = len(article.title) if article.title and article.text.startswith(article.title) else 0
    return len(article.text) - len(article.text[start:].lstrip())


def stamp(published: Published) -> int | None:
    """Seconds since 1970 where the evidence of the date is a point in time with its zone, else None."""
    found = _STAMP.search(published.evidence or "")
    return int(datetime.fromisoformat(found[0]).timestamp()) if found else None


def plain(name: str) -> str:
    """An outlet's name for comparison: lower case, without article, domain ending and legal form."""
    name = re.sub(r"\.(?:com|org|net|co\.uk|[a-z]{2})$", "", name.strip().lower())
    return " ".join(re.findall(r"\w+", _LEGAL.sub(" ", name.removeprefix("the "))))


def same_outlet(one: str | None, other: str | None) -> bool:
    """Whether two names are one outlet's: the same words, run together, or as initials (AP, Associated Press)."""
    if not one or not other:
        return False
    a, b = plain(one), plain(other)
    if not a or not b:
        return False
    return a.replace(" ", "") == b.replace(" ", "") or _initials(a) == b or _initials(b) == a


def _initials(name: str) -> str:
    words = name.split()
    return "".join(word[0] for word in words) if len(words) > 1 else ""


def _credit(match: re.Match[str]) -> Credit:
    name = next(value for key, value in match.groupdict().items() if key != "place" and value)
    return Credit(name.strip(), " ".join(match[0].split()).rstrip("-–— "))
