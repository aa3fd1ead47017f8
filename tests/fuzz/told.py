"""What others tell in our own forms: the answers of a model behind a server, and exported lines to be loaded."""

from __future__ import annotations

import json
import tempfile
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from sayso import exports, pipeline
from sayso.ledger import ClaimFilter, open_ledger
from sayso.reading.claims import read_claims
from sayso.reading.decode import Found, Spans
from sayso.reading.remote.answers import attributions, is_answer, parsed, stance
from sayso.reading.remote.quotes import passages
from sayso.records import Article, Claim, Event, Link, Outcome, Outlet, Published, Question, Source, Span, Stance
from tests.fuzz.target import Target, one_line_or

_TEXT: Final = (
    "Fenn to leave Harrowmere\n\nDario Fenn will leave in May, a source told the Wire. “We tried,” he said on Friday, “and failed.”\n\n"
    "He said nothing of his plans, but the club denied that he had signed elsewhere. He said nothing."
)
_DAY: Final = date(2031, 3, 14)
_ARTICLE: Final = Article(
    "a1", _TEXT, "Fenn", Outlet("Post", "given"), None, "http://a.example/1", Published(_DAY, _DAY, "given")
)


class _Said:
    """A reader that says what a model answered."""

    name = "fuzz"

    def __init__(self, answer: str) -> None:
        self._told = parsed(answer) or {}

    def spans(self, text: str) -> Spans:
        found: list[Found] = []
        if is_answer(self._told):
            for passage in passages(text):
                kept, refused = attributions(self._told, passage)
                assert all(len(one.words) < 200 for one in refused)
                found += kept
        return Spans(attributions=tuple(found), source=(), cue=(), content=())

    def judge(self, question: str, text: str) -> tuple[float, float, float, float]:
        return stance(self._told) or (0.0, 0.0, 0.0, 1.0)


def _replied(data: bytes) -> None:
    reader = _Said(data.decode("utf-8", "replace"))
    assert abs(sum(reader.judge("Fenn leaves", _TEXT)) - 1) < 1e-6
    _check(_ARTICLE, read_claims(_ARTICLE, reader))


def _check(article: Article, claims: tuple[Claim, ...] | list[Claim]) -> None:
    """Every claim rests on words of its article."""
    for one in claims:
        spans = [*one.evidence, *filter(None, (one.cue, one.source.span))]
        assert one.evidence, one
        assert all(article.text[span.start : span.end] == span.text for span in spans), one


def _loaded(data: bytes) -> None:
    lines = data.decode("utf-8", "replace").split("\n")
    if not exports.taken([("a.jsonl", lines)]).articles:
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.jsonl"
        path.write_bytes(data)
        (Path(folder) / "a.db").write_bytes(_empty())
        with open_ledger(Path(folder) / "a.db") as ledger:
            one_line_or(lambda: _load(path, ledger))
            for article in ledger.articles():
                recorded = ledger.claims(ClaimFilter(article=article.id, every_version=True))
                _check(article, [one.claim for one in recorded])


@cache
def _empty() -> bytes:
    """An empty ledger: making its tables for each input would take most of the time."""
    with tempfile.TemporaryDirectory() as folder:
        with open_ledger(Path(folder) / "a.db"):
            pass
        return (Path(folder) / "a.db").read_bytes()


def _load(path, ledger) -> None:
    done = pipeline.load([path], ledger=ledger)
    assert all(len(one.reason.splitlines()) == 1 for one in done.refused), done.refused


def _lines() -> bytes:
    """A report in two versions, with a claim and what it says to a question."""
    start = _TEXT.index("Dario")
    words = Span(start, start + 28, _TEXT[start : start + 28])
    event = Event("leave", "leave", (start + 16, start + 21), (("who", "Dario Fenn"),), 3)
    source = Source("anonymous", "a source", None)
    links = (Link("anonymous", "a source"), Link("outlet", "Wire"))
    claim = Claim(
        "c1", "a1", (words,), source, None, "indirect", links, "Wire", 3, None, (_DAY, _DAY), 0.9, "r", (event,)
    )
    question = Question("q1", "Dario Fenn leaves", date(2031, 1, 1), date(2031, 8, 1), ())
    at = "2031-03-14T10:00:00+00:00"
    seen = [exports.seen_json(1, recorded=at, told="2031-03-14", note=None)]
    version = exports.version_json("a1", 1, recorded=at, since=None, until=None, seen=seen)
    rows = [
        exports.article_json(_ARTICLE, story="s1", version=version),
        exports.claim_json(claim, recorded=at, story="s1"),
        exports.question_json(question, Outcome("q1", "yes", _DAY, "seen"), number=1),
        exports.stance_json(Stance("q1", "c1", "for", 1.0, "Wire", "Post", _DAY, "by hand")),
    ]
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


_ANSWER: Final = {
    "attributions": [
        {
            "source": {"words": "a source", "paragraph": 2, "occurrence": 1},
            "cue": {"words": "told", "paragraph": 2, "occurrence": 1},
            "content": [{"words": "Dario Fenn will leave in May", "paragraph": 2, "occurrence": 1}],
            "kind": "anonymous",
            "certainty": 3,
        }
    ]
}
_JSON: Final = (
    b"{",
    b"}",
    b"[",
    b"]",
    b'"',
    b",",
    b":",
    b"null",
    b"1e999",
    b"NaN",
    b"-1",
    b"9" * 30,
    b'"\\ud800"',
    b"\n",
)

REPLY = Target(
    (
        json.dumps(_ANSWER).encode(),
        b"<think>{</think>```json\n" + json.dumps(_ANSWER).encode() + b"\n```",
        b'{"for": 60, "against": 20, "observing": 10, "unrelated": 10}',
    ),
    (
        *_JSON,
        b"<think>",
        b"</think>",
        b"```",
        b'"attributions":',
        b'{"words": "He said nothing", "paragraph": 3, "occurrence": 2}',
        b'"words":',
        b'"content":',
        "“We tried,” he".encode(),
        b"he",
        b"said",
        b'"certainty": 2.5,',
        b'"kind": "own",',
        b'"occurrence": 99999999999,',
        b'"for": -5,',
    ),
    _replied,
)
LOADED = Target(
    (_lines(), _lines() * 2),
    (
        *_JSON,
        b'"version": {"of": "a2", "number": 2, "recorded": "2031-03-14T10:00:00+00:00", "seen": []},',
        b'"start": -1,',
        b'"id": "../../a",',
        b'"id": "a1",',
        b'"evidence": [],',
        b'"said": {"start": "9999-12-31", "end": "9999-12-31"},',
        b'"start": "0001-01-01",',
        b'"start": "20310314",',
        b"2031-03-14T10:00:00+23:59",
        b'"strength": NaN,',
        b'"read_from": "/etc/passwd",',
        b'"url": "http://[",',
        b"\\u0000",
        _lines(),
    ),
    _loaded,
)
