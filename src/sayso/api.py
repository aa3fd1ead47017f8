"""The verbs of the command line as functions of Python; `import sayso` offers them by name.

    >>> import sayso
    >>> with sayso.open_ledger("sayso.db") as ledger:
    ...     account = sayso.read(["reports/1.md"], ledger=ledger)
    ...     page = sayso.timeline(ledger)
    >>> account.known
    1

The pages that come back are the dataclasses that the terminal, the pages in a browser and `--json` show. A reference is what the
command line takes: the beginning of an id, a question's number, or words of a name. What cannot be done raises `SaysoError`.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import Any

from sayso import pipeline, views
from sayso.exports import What
from sayso.ledger import ClaimFilter, Followed, Ledger, open_ledger
from sayso.pipeline import Account, Loaded
from sayso.reading.reader import Reader, open_reader
from sayso.records import SourceKind, Status
from sayso.runners.local import Local
from sayso.views import (
    ArticlePage,
    CopyLine,
    EditedArticle,
    Line,
    QuestionLine,
    QuestionPage,
    SourcePage,
    SourcesPage,
    StoryLine,
    StoryPage,
    TimelinePage,
)

__all__ = [
    "article",
    "claims",
    "copies",
    "drop",
    "export",
    "export_file",
    "follow",
    "list_edits",
    "list_questions",
    "list_stories",
    "load",
    "merge",
    "open_ledger",
    "open_reader",
    "question",
    "read",
    "rename",
    "resolve",
    "rule",
    "search",
    "set_window",
    "source",
    "sources",
    "split",
    "story",
    "timeline",
    "undo",
]

Window = tuple[date | None, date | None]


def read(
    paths: Sequence[str | Path],
    *,
    ledger: Ledger,
    reader: Reader | None = None,
    metadata: Path | None = None,
    workers: int = 1,
    allow_private: bool = False,
) -> Account:
    """Read files, folders, archives and addresses into a ledger; what was read before is passed over. Without a `reader`, the one that
    ships; `workers` articles are read at a time, on threads.

        >>> account = sayso.read(["reports"], ledger=ledger)
        >>> account.read, account.known
        (0, 3)
    """
    with Local(workers, processes=False) if workers > 1 else nullcontext(map) as runner:
        return pipeline.read(
            paths,
            ledger=ledger,
            reader=reader or open_reader(),
            metadata=metadata,
            runner=runner,
            allow_private=allow_private,
        )


def timeline(
    ledger: Ledger,
    *,
    source: str | None = None,
    kind: SourceKind | None = None,
    since: date | None = None,
    until: date | None = None,
    search: str | None = None,
    own: bool = False,
) -> TimelinePage:
    """Who claims what, by date; `own` also shows what articles state in their own voice.

    >>> for group in sayso.timeline(ledger).groups:
    ...     print(group.day, group.outlet)
    2021-03-03 Harbour Post
    2021-03-10 Tidewater Gazette
    2021-06-01 Harbour Post
    """
    wanted = ClaimFilter(source=source, kind=kind, since=since, until=until, search=search)
    return views.timeline(ledger, wanted, own=own)


def claims(
    ledger: Ledger,
    *,
    source: str | None = None,
    kind: SourceKind | None = None,
    since: date | None = None,
    until: date | None = None,
    search: str | None = None,
    own: bool = False,
) -> list[Line]:
    """Claims, one by one; their evidence stands word for word in the article.

    >>> line = sayso.claims(ledger, search="stay")[0]
    >>> line.by, line.certainty
    ('Ivo Brandt', 3)
    >>> piece, = line.claim.evidence
    >>> sayso.article(ledger, line.reference).article.text[piece.start : piece.end] == piece.text
    True
    """
    wanted = ClaimFilter(source=source, kind=kind, since=since, until=until, search=search, own=own)
    return views.claims(ledger, wanted)


def article(ledger: Ledger, reference: str) -> ArticlePage:
    """One article with its claims, by the beginning of its id or of a claim's.

    >>> sayso.article(ledger, sayso.claims(ledger, search="stay")[0].reference).article.outlet.name
    'Tidewater Gazette'
    """
    return views.article(ledger, reference)


def list_stories(ledger: Ledger, *, as_of: date | None = None) -> list[StoryLine]:
    """The running stories, the one with the last report first; as of a day, those that ran then.

    >>> [(line.articles, line.counted.outlets) for line in sayso.list_stories(ledger)]
    [(3, ('Harbour Post', 'Tidewater Gazette'))]
    """
    return views.stories(ledger, as_of=as_of)


def story(ledger: Ledger, reference: str, *, own: bool = False, as_of: date | None = None) -> StoryPage:
    """One story: episodes, what it rests on, its questions, its timeline.

    >>> page = sayso.story(ledger, "Crane", as_of=datetime.date(2021, 3, 31))
    >>> page.timeline.articles
    2
    """
    return views.story(ledger, reference, own=own, as_of=as_of)


def copies(ledger: Ledger) -> list[CopyLine]:
    """The articles that are copies of others, and on what evidence.

    >>> sayso.copies(ledger)
    []
    """
    return views.copies(ledger)


def list_edits(ledger: Ledger, reference: str | None = None) -> list[EditedArticle]:
    """Articles that were edited: what they claimed before beside what they claim now; of a story or of one article where named.

    >>> sayso.list_edits(ledger)
    []
    """
    return views.edits(ledger, reference)


def search(ledger: Ledger, words: str, *, limit: int = 50) -> views.SearchPage:
    """Articles and claims that hold all the words, and names that do.

    >>> sayso.search(ledger, "Brandt").names[0].name
    'Ivo Brandt'
    """
    return views.search(ledger, words, limit=limit)


def follow(ledger: Ledger, text: str, *, window: Window | None = None, among: str | None = None) -> Followed:
    """Follow a yes/no proposition: every claim on record, and every one to come, is held against it. Without a window of days, that of
    the story's last episode; of questions `among` one name at most one ends with yes.

        >>> days = datetime.date(2021, 1, 1), datetime.date(2021, 8, 31)
        >>> sayso.follow(ledger, "Ada Crane leaves Calder Rovers", window=days).number
        1
    """
    return pipeline.follow(ledger, text, window=window, group=among)


def list_questions(ledger: Ledger, *, as_of: date | None = None) -> list[QuestionLine]:
    """The questions that are followed, and where each stands as of a day.

    >>> [line.followed.question.text for line in sayso.list_questions(ledger)]
    ['Ada Crane leaves Calder Rovers']
    """
    return views.questions(ledger, as_of=as_of)


def question(ledger: Ledger, reference: str, *, as_of: date | None = None) -> QuestionPage:
    """Where a question stands, on whose word, and how it got there.

    >>> page = sayso.question(ledger, "1", as_of=datetime.date(2021, 3, 5))
    >>> page.belief.p > 0.5, page.counted
    (True, '1 outlet, 1 independent origin')
    """
    return views.question(ledger, reference, as_of=as_of)


def set_window(ledger: Ledger, reference: str, days: Window) -> Followed:
    """Give a question another window of days; either side may be None.

    >>> days = datetime.date(2021, 3, 1), datetime.date(2021, 6, 30)
    >>> sayso.set_window(ledger, "1", days).question.end
    datetime.date(2021, 6, 30)
    """
    return pipeline.set_window(ledger, reference, days)


def rule(ledger: Ledger, reference: str, claim: str, side: str) -> pipeline.Ruled:
    """Set by hand what a claim says to a question: for, against, observing, unrelated, or read (as it was read).

    >>> line = sayso.claims(ledger, search="stay")[0]
    >>> sayso.rule(ledger, "1", line.reference, "unrelated").followed.number
    1
    """
    return pipeline.rule(ledger, reference, claim, side)


def resolve(
    ledger: Ledger, reference: str, status: Status, *, on: date | None = None, evidence: str | None = None
) -> Followed:
    """Say how a question ended; origins are scored by it. `open` takes it back.

    >>> sayso.resolve(ledger, "1", "yes", on=datetime.date(2021, 6, 1)).outcome.status
    'yes'
    """
    return pipeline.resolve(ledger, reference, status, on=on, evidence=evidence)


def drop(ledger: Ledger, reference: str) -> Followed:
    """Stop following a question; its log stays.

    >>> sayso.drop(ledger, "1").question.text
    'Ada Crane leaves Calder Rovers'
    """
    return pipeline.drop(ledger, reference)


def sources(ledger: Ledger) -> SourcesPage:
    """Who spoke to the questions, and who turned out right.

    >>> "Harbour Post" in [line.record.origin for line in sayso.sources(ledger).lines]
    True
    """
    return views.sources(ledger)


def source(ledger: Ledger, name: str) -> SourcePage:
    """One origin's record, question by question, with its sentences.

    >>> sayso.source(ledger, "Brandt").record.kind
    'person'
    """
    return views.source(ledger, name)


def merge(ledger: Ledger, reference: str, other: str) -> int:
    """Say that two stories are one; the number by which it can be undone. It holds when new articles come.

    >>> sayso.merge(ledger, "Crane", "Crane")
    Traceback (most recent call last):
        ...
    sayso.errors.InputError: 'Crane' and 'Crane' are the same story ...
    """
    return pipeline.merge(ledger, reference, other)


def split(ledger: Ledger, reference: str, articles: Sequence[str]) -> int:
    """Say that these articles are a story of their own; the number by which it can be undone.

    >>> first = sayso.timeline(ledger).groups[0].reference
    >>> number = sayso.split(ledger, "Crane", [first])
    >>> len(sayso.list_stories(ledger))
    2
    """
    return pipeline.split(ledger, reference, articles)


def rename(ledger: Ledger, reference: str, name: str) -> int:
    """Give a story a name of your own; the number by which it can be undone.

    >>> number = sayso.rename(ledger, "Crane", "The Crane saga")
    >>> sayso.list_stories(ledger)[0].story.name
    'The Crane saga'
    """
    return pipeline.rename(ledger, reference, name)


def undo(ledger: Ledger, number: int) -> tuple[str, ...]:
    """Take back a merge, a split or a new name; the articles it was about.

    >>> number = sayso.rename(ledger, "Crane", "Something else")
    >>> len(sayso.undo(ledger, number))
    1
    """
    return pipeline.undo(ledger, number)


def export(
    ledger: Ledger, what: What, *, story: str | None = None, question: str | None = None
) -> list[dict[str, Any]]:
    """Records as the export promises them (docs/export.md): articles, claims, questions, stances or sources.

    >>> [row["outlet"]["name"] for row in sayso.export(ledger, "articles", question="1")]
    ['Harbour Post', 'Tidewater Gazette', 'Harbour Post']
    """
    return views.exported(ledger, what, views.Selection(story=story, question=question))


def export_file(
    ledger: Ledger,
    what: What,
    path: str | Path,
    *,
    form: str = "jsonl",
    story: str | None = None,
    question: str | None = None,
) -> None:
    """Write records to a file in any format of `sayso export --formats` that needs no reviewer.

    >>> sayso.export_file(ledger, "questions", "crane.atom", form="atom", question="1")
    >>> sayso.export_file(ledger, "claims", "claims.jsonl")
    """
    data = views.document(ledger, what, form, views.Selection(story=story, question=question))
    Path(path).write_bytes(data)


def load(ledger: Ledger, paths: Sequence[str | Path]) -> Loaded:
    """Take exported JSON lines into a ledger, as they stood; nothing is read again.

    >>> for what in ("articles", "claims", "questions", "stances"):
    ...     sayso.export_file(ledger, what, f"{what}.jsonl")
    >>> with sayso.open_ledger("other.db") as other:
    ...     done = sayso.load(other, ["articles.jsonl", "claims.jsonl", "questions.jsonl", "stances.jsonl"])
    ...     sayso.export(other, "claims") == sayso.export(ledger, "claims")
    True
    """
    return pipeline.load(paths, ledger=ledger)
