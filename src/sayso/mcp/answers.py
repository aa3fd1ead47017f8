"""Pages → small JSON: sentences as quoted evidence, each with where it stands; parts of long answers; what the ledger covers."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, Final, TypeVar

from sayso.errors import InputError
from sayso.exports import link
from sayso.ledger import Followed, Ledger
from sayso.records import Article, Claim, content_id
from sayso.views import Line, Part

Json = dict[str, Any]
_T = TypeVar("_T")

MOST: Final = 20_000  # characters of an answer's items, so that it fits beside a conversation
ITEMS: Final = 20
LONGEST: Final = 1_200  # characters of one quotation
_AROUND: Final = 200


def part(
    items: Iterable[_T], shown: Callable[[_T], Json], *, asked: Sequence[object], cursor: str | None
) -> tuple[list[Json], str | None]:
    """As many of the items as fit into an answer, and the cursor to the rest. Raises InputError for a cursor of another question."""
    offset = begin(asked, cursor)
    held = list(items)[offset:]
    made, size = list[Json](), 0
    for one in held[:ITEMS]:
        row = shown(one)
        size += len(json.dumps(row, ensure_ascii=False))
        if made and size > MOST:
            break
        made.append(row)
    return made, goes_on(asked, offset + len(made)) if len(made) < len(held) else None


def begin(asked: Sequence[object], cursor: str | None) -> int:
    """Where a part begins."""
    if cursor is None:
        return 0
    number, _, mark = cursor.partition(".")
    if not (number.isascii() and number.isdigit() and len(number) < 10 and mark == _mark(asked)):
        raise InputError(
            "this cursor belongs to another question; ask with the same arguments that it came with, or without it"
        )
    return int(number)


def goes_on(asked: Sequence[object], offset: int) -> str:
    """The cursor to what comes after."""
    return f"{offset}.{_mark(asked)}"


def _mark(asked: Sequence[object]) -> str:
    return content_id("cursor", *map(str, asked), length=8)


def sentence(line: Line, article: Article) -> Json:
    """A claim with its words, the words around them, whose word it is, and where it stands."""
    claim = line.claim
    return {
        "quoted": cut(claim.content),
        "quoted_around": _around(claim, article.text),
        "by": line.by,
        "kind": line.kind,
        "via": line.via or None,
        "outlet": line.outlet,
        "published": line.day,
        "certainty": claim.certainty,
        "speaks_of": line.when or None,
        "relays": line.tied or None,
        "reference": reference(article, claim),
    }


def reference(article: Article, claim: Claim | None = None) -> Json:
    """Where something stands: `sayso article ID` opens it, and `address` is the page or file that it was read from."""
    made: Json = {
        "article": article.id,
        "address": link(article.url) or article.origin or None,
        "resource": f"sayso://article/{article.id}",
    }
    if claim is None:
        return made
    return made | {"claim": claim.id, "offsets": [[piece.start, piece.end] for piece in claim.evidence]}


def spoken(told: Part, article: Article) -> Json:
    """What a claim says to a question."""
    return {"stance": told.stance.stance, "origin": told.stance.origin, "on": iso(told.stance.on)} | sentence(
        told.line, article
    )


def asked_json(one: Followed, *, as_of: date | None) -> Json:
    """A question, and how it had ended by a day."""
    ended = one.outcome
    known = ended.status != "open" and (as_of is None or (ended.on is not None and ended.on <= as_of))
    return {
        "number": one.number,
        "id": one.question.id,
        "text": one.question.text,
        "window": {"start": iso(one.question.start), "end": iso(one.question.end)},
        "among": one.question.group,
        "story": one.question.story,
        "status": ended.status if known else "open",
        "resolved": {"on": iso(ended.on), "evidence": ended.evidence} if known else None,
    }


def coverage(ledger: Ledger, *notes: str) -> Json:
    """What the ledger holds, and what it cannot know."""
    held = ledger.holdings()
    first, last = ledger.articles(limit=1), ledger.stories.all(limit=1)
    told = [
        "Only what was read into this ledger counts; that nothing is on record does not mean that nothing was said.",
        *notes,
    ]
    if held.undated:
        told.append(f"{held.undated} articles have no date at all and are left out of every answer as of a day.")
    if held.articles:
        told.append(
            "What was read was read by a model: a claim may be missed or misread, so quote its words and not this summary."
        )
    return {
        "articles": held.articles,
        "outlets": held.outlets,
        "claims": held.attributed,
        "undated": held.undated,
        "from": iso(first[0].published.start) if first else None,
        "until": iso(last[0].end) if last else None,
        "readers": [name for name, _ in held.readers],
        "notes": told,
    }


def cut(words: str, most: int = LONGEST) -> str:
    """Words at most so long."""
    return words if len(words) <= most else f"{words[: most - 2]} …"


def iso(day: date | None) -> str | None:
    """A day in words."""
    return day.isoformat() if day else None


def _around(claim: Claim, text: str) -> str:
    """The paragraphs that the words stand in, cut where they are long."""
    start, end = claim.evidence[0].start, claim.evidence[-1].end
    first, last = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    first, last = max(first, start - _AROUND), min(len(text) if last < 0 else last, end + _AROUND)
    return cut(text[first:last], LONGEST + 2 * _AROUND)
