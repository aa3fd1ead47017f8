"""Per-article work on the cores of one machine: the first articles on threads, a longer run on processes of its own.

The model frees the interpreter while it runs, and the Python around it does not: processes share nothing and wait for nobody. They
take a second to start, so a short run is over before they would be of use.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import Final, TypeVar

from sayso.errors import ReaderError

In = TypeVar("In")
Out = TypeVar("Out")
FEW: Final = 24  # pieces of work that are done before processes have started


class Local:
    """A runner with so many workers; a context manager. Results come in order, and never more than a few pieces a worker are under way,
    so memory does not grow with what is given. `processes=False` for work that mostly waits, or that cannot be sent to another process.
    """

    def __init__(self, workers: int, *, processes: bool = True) -> None:
        self._workers = workers
        self._threads = ThreadPoolExecutor(workers)
        self._processes: ProcessPoolExecutor | None = None
        self._apart = processes and workers > 1
        self._given = 0

    def __enter__(self) -> Local:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for pool in (self._threads, self._processes):
            if pool is not None:
                pool.shutdown(cancel_futures=True)

    def __call__(self, work: Callable[[In], Out], given: Iterable[In], /) -> Iterator[Out]:
        """`work` on everything given, in order, a few pieces ahead of what is taken."""
        waiting: deque[Future[Out]] = deque()
        try:
            for one in given:
                waiting.append(self._pool().submit(work, one))
                if len(waiting) > 2 * self._workers:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        except BrokenProcessPool as error:
            raise ReaderError(
                "a reading process has died, out of memory perhaps; what was read is kept: run it again, with fewer --threads"
            ) from error

    def _pool(self) -> Executor:
        self._given += 1
        if not self._apart or self._given <= FEW:
            return self._threads
        if self._processes is None:
            # never a fork: the threads above may hold locks that a copy of this process would wait on for good
            spawning = multiprocessing.get_context("spawn")
            self._processes = ProcessPoolExecutor(self._workers, mp_context=spawning, initializer=_follow_parent)
        return self._processes


def _follow_parent() -> None:
    """End when the process that asked for this one does, however it ends: nothing else tells a waiting worker that it was killed."""
    signal.signal(
        signal.SIGINT, signal.SIG_IGN
    )  # a stop at the keyboard reaches the whole group; the parent answers it
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_after, args=(parent,), daemon=True).start()


def _end_after(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)
