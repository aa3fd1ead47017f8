"""JSON lines of any of the five kinds, in any order and however many files: what of them can be taken into a ledger, and what not and why."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple, TypeVar, get_args

from sayso.errors import InputError
from sayso.exports import fields
from sayso.exports.back import article_from_json, claim_from_json, event_from_json, recorded_from_json
from sayso.exports.editions import Edition, edition_from_json
from sayso.exports.fields import Row
from sayso.exports.shapes import What
from sayso.records import Article, Claim, Outcome, Question, Side, Skipped, Stance, Status

#: a field that only lines of this kind have
_MARKS: Final[tuple[tuple[str, What], ...]] = (
    ("evidence", "claims"),
    ("window", "questions"),
    ("stance", "stances"),
    ("hit_rate", "sources"),
    ("removed", "articles"),
)
_T = TypeVar("_T")
_STATUSES: Final[tuple[Status, ...]] = get_args(Status)
_SIDES: Final[tuple[Side, ...]] = get_args(Side)
_ID = re.compile(r"[\w.:-]{1,64}", re.ASCII)  # ids stand in addresses and on terminals
_UNKEPT = re.compile("[\x00\ud800-\udfff]")  # no database keeps these


class Asked(NamedTuple):
    """A question as it was exported: with how it ended, and its number where that was told."""

    question: Question
    outcome: Outcome
    number: int | None


@dataclass(slots=True)
class Taken:
    """Records that hold together. `stories` is article → story, `editions` article → which version of an edited report it is, None where
    the line says that there is one version only; `claims` come with when they had been recorded; `refused` are the lines left out; `sources` how many lines were passed over because track
    records are made of the rest.
    """

    articles: dict[str, Article] = field(default_factory=dict)
    stories: dict[str, str] = field(default_factory=dict)
    editions: dict[str, Edition | None] = field(default_factory=dict)
    claims: dict[str, tuple[Claim, str | None]] = field(default_factory=dict)
    questions: dict[str, Asked] = field(default_factory=dict)
    stances: list[Stance] = field(default_factory=list)
    sources: int = 0
    refused: list[Skipped] = field(default_factory=list)


def taken(files: Iterable[tuple[str, Iterable[str]]]) -> Taken:
    """The records of exported lines, file by file (name, lines). A claim needs its article among them, a stance its claim and question."""
    made = Taken()
    rows: dict[What, list[tuple[str, Row]]] = {kind: [] for _, kind in _MARKS}
    for name, lines in files:
        for at, line in fields.numbered(lines, name):
            try:
                row = fields.as_object(fields.decoded(line), "the line")
                rows[_kind(row)].append((at, row))
            except InputError as error:
                made.refused.append(Skipped(at, str(error)))
    for kind in ("articles", "claims", "questions", "stances"):
        for at, row in rows[kind]:
            try:
                _TAKE[kind](row, made)
            except InputError as error:
                made.refused.append(Skipped(at, str(error)))
    made.sources = len(rows["sources"])
    return made


def question_from_json(row: object) -> Asked:
    """The question of a promised object. Its belief is made of the stances and does not come with it."""
    row = fields.as_object(row, "the line")
    text = fields.words(row, "text")
    ident, status = fields.words(row, "id"), fields.one_of(row, "status", _STATUSES)
    question = Question(
        ident,
        text,
        *fields.interval(fields.part(row, "window"), "window"),
        tuple(event_from_json(one, at, text, verbatim=False) for at, one in fields.parts(row, "events")),
        fields.maybe(row, "among"),
        fields.maybe(row, "story"),
    )
    ended = row.get("resolved")
    if (ended is None) != (status == "open"):
        raise InputError(f"status is {status!r} and resolved is {fields.shown(ended)}; an ended question has both")
    told = fields.as_object(ended, "resolved") if ended is not None else {}
    outcome = Outcome(
        ident, status, fields.day(told, "on", "resolved.on"), fields.maybe(told, "evidence", "resolved.evidence")
    )
    return Asked(question, outcome, fields.whole(row, "number", "number") if row.get("number") is not None else None)


def stance_from_json(row: object) -> Stance:
    """The stance of a promised object."""
    row = fields.as_object(row, "the line")
    strength = row.get("strength")
    if not isinstance(strength, int | float) or isinstance(strength, bool) or not 0 <= strength <= 1:
        raise InputError(f"strength is {fields.shown(strength)}; 0 to 1 is expected")
    return Stance(
        fields.words(row, "question"),
        fields.words(row, "claim"),
        fields.one_of(row, "stance", _SIDES),
        strength,
        fields.maybe(row, "origin"),
        fields.maybe(row, "outlet"),
        fields.day(row, "on", "on"),
        fields.words(row, "reason"),
    )


def _kind(row: Row) -> What:
    if _unkept(row):
        raise InputError("it holds a sign that no ledger can keep (NUL, or half of a surrogate pair)")
    kind = next((kind for mark, kind in _MARKS if mark in row), None)
    if kind is None:
        raise InputError(
            "it is no exported article, claim, question, stance or source; docs/export.md has their fields"
        )
    return kind


def _unkept(value: object) -> bool:
    """Whether any words in a value hold such a sign. What is decoded is at most as deep as the decoder goes."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str) and _UNKEPT.search(one):
            return True
        if isinstance(one, list):
            waiting += one
        elif isinstance(one, dict):
            waiting += [*one, *one.values()]
    return False


def _article(row: Row, made: Taken) -> None:
    article, story, edition = article_from_json(row), fields.maybe(row, "story"), edition_from_json(row)
    _known(article.id)
    if story:
        _known(story)
    if made.articles.setdefault(article.id, article) != article:
        raise InputError(f"another article with the id {article.id!r} came before")
    if story:
        made.stories[article.id] = story
    if "version" in row:
        made.editions[article.id] = edition


def _claim(row: Row, made: Taken) -> None:
    article = _held(made.articles, fields.words(row, "article"), "article")
    claim, recorded = claim_from_json(row, article), recorded_from_json(row)
    if made.claims.setdefault(_known(claim.id), (claim, recorded)) != (claim, recorded):
        raise InputError(f"another claim with the id {claim.id!r} came before")


def _question(row: Row, made: Taken) -> None:
    asked = question_from_json(row)
    if made.questions.setdefault(_known(asked.question.id), asked) != asked:
        raise InputError(f"another question with the id {asked.question.id!r} came before")


def _stance(row: Row, made: Taken) -> None:
    stance = stance_from_json(row)
    _held(made.questions, stance.question, "question")
    _held(made.claims, stance.claim, "claim")
    made.stances.append(stance)


_TAKE: Final = {"articles": _article, "claims": _claim, "questions": _question, "stances": _stance}


def _known(ident: str) -> str:
    if not _ID.fullmatch(ident):
        raise InputError(f"id is {fields.shown(ident)}; up to 64 letters, digits and . : - are expected")
    return ident


def _held(held: Mapping[str, _T], ident: str, what: str) -> _T:
    if ident not in held:
        raise InputError(f"{what} {fields.shown(ident)} is not there; hand in the {what}s too")
    return held[ident]
