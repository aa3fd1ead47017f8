"""Where what is added waits its turn: one thread reads it into the ledger, with one reader that is loaded when first needed."""

from __future__ import annotations

import logging
import secrets
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from queue import Queue
from tempfile import mkdtemp
from threading import Event, Lock, Thread
from typing import Literal

from sayso import pipeline
from sayso.articles.fetch import fetch
from sayso.errors import SaysoError
from sayso.ledger import Ledger
from sayso.pipeline import Account
from sayso.reading.reader import Reader
from sayso.records import Article, RawPage, Skipped
from sayso.web.shelf import Shelf

REMEMBERED = 50  # jobs whose account can still be seen
State = Literal["waiting", "reading", "sorting", "done", "failed"]
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Given:
    """What is to be read: files in a folder of their own (each in a numbered one below it), addresses, and pages as they are.

    `about` is the table of facts given beside the files. The folder is removed when all is read.
    """

    folder: Path | None = None
    files: tuple[Path, ...] = ()
    about: Path | None = None
    addresses: tuple[str, ...] = ()
    pages: tuple[RawPage, ...] = ()

    @property
    def total(self) -> int:
        """How many things were given; an archive or a feed is one, whatever it holds."""
        return len(self.files) + len(self.addresses) + len(self.pages)


@dataclass(slots=True)
class Job:
    """One adding: how far it is, and what came of it. `articles` are ids with whether they were new."""

    id: str
    given: Given
    state: State = "waiting"
    done: int = 0
    account: Account = field(default_factory=Account)
    articles: dict[str, bool] = field(default_factory=dict)
    problem: str = ""


class Desk:
    """Jobs in order of arrival, one at a time. The thread begins with the first and ends with the server."""

    def __init__(self, shelf: Shelf, reader: Callable[[], Reader], *, allow_private: bool = False) -> None:
        self._shelf, self._open, self._allow_private = shelf, reader, allow_private
        self._queue: Queue[Job | None] = Queue()
        self._jobs: dict[str, Job] = {}
        self._lock = Lock()
        self._closing = Event()
        self._thread: Thread | None = None
        self._reader: Reader | None = None

    def add(self, given: Given) -> Job:
        """Put something in the queue."""
        job = Job(secrets.token_hex(6), given)
        with self._lock:
            self._jobs[job.id] = job
            for old in [key for key, one in self._jobs.items() if one.state in ("done", "failed")][:-REMEMBERED]:
                del self._jobs[old]
            if self._thread is None:
                self._thread = Thread(target=self._work, name="sayso-desk", daemon=True)
                self._thread.start()
        self._queue.put(job)
        return job

    def job(self, name: str) -> Job | None:
        """A job that is waiting, under way, or among the last that ended."""
        with self._lock:
            return self._jobs.get(name)

    def waiting(self) -> list[str]:
        """The jobs that have not ended, in order."""
        with self._lock:
            return [one.id for one in self._jobs.values() if one.state not in ("done", "failed")]

    def close(self) -> None:
        """End after the article that is being read; what is stored is safe, the rest is left."""
        self._closing.set()
        self._queue.put(None)
        if self._thread is not None:
            self._thread.join(timeout=20)

    def _work(self) -> None:
        while (job := self._queue.get()) is not None:
            try:
                if not self._closing.is_set():
                    self._read(job)
            except SaysoError as error:
                job.problem, job.state = str(error), "failed"
            except Exception as error:  # whatever happens to one job, the next is still read
                _LOG.exception("adding failed")
                job.problem, job.state = (
                    f"a fault of ours ({type(error).__name__}); what was read before it is stored",
                    "failed",
                )
            finally:
                if job.given.folder is not None:
                    shutil.rmtree(job.given.folder, ignore_errors=True)

    def _read(self, job: Job) -> None:
        job.state = "reading"
        began = time.monotonic()
        if self._reader is None:
            self._reader = self._open()
        ledger = self._shelf.ledger()
        for page in _pages(job.given, allow_private=self._allow_private):
            if self._closing.is_set():
                break
            self._take(page, job, ledger, self._reader)
            job.account.seconds = time.monotonic() - began
        job.state, job.done = "sorting", job.given.total
        pipeline.settle(ledger, job.account)
        job.account.seconds = time.monotonic() - began
        job.state = "done"

    @staticmethod
    def _take(page: RawPage | Skipped, job: Job, ledger: Ledger, reader: Reader) -> None:
        job.done = _reached(page.origin, job)
        if job.given.folder is not None:
            page = replace(page, origin=_plain(page.origin, job.given.folder))
        before = job.account.read
        taken = pipeline.take(page, ledger, reader, job.account)
        if isinstance(taken, Article):
            job.articles[taken.id] = job.articles.get(taken.id, False) or job.account.read > before
        elif job.given.folder is not None and job.account.skipped:
            last = job.account.skipped[-1]
            job.account.skipped[-1] = replace(last, reason=_plain(last.reason, job.given.folder))


def new_folder() -> Path:
    """A folder for what is sent, that nobody else may look into."""
    return Path(mkdtemp(prefix="sayso-"))


def _pages(given: Given, *, allow_private: bool) -> Iterator[RawPage | Skipped]:
    yield from given.pages
    if given.files:
        yield from fetch(given.files, metadata=given.about)
    if given.addresses:
        yield from fetch(given.addresses, allow_private=allow_private)


def _reached(origin: str, job: Job) -> int:
    """How many of the things given are done when this page comes: files lie in numbered folders, the rest is counted."""
    folder = job.given.folder
    if folder is not None and origin.startswith(f"{folder}/"):
        return int(origin[len(str(folder)) + 1 :].partition("/")[0])
    return min(job.done + 1, job.given.total)


def _plain(words: str, folder: Path) -> str:
    """Words without the folder, and the number below it, in which a file lay for us."""
    before, found, after = words.partition(f"{folder}/")
    return before + after.partition("/")[2] if found else words
