"""Follow feeds and pages over time: call when due, hand on what is new, remember what was seen, and leave hosts in peace.

What is remembered goes through `Memory`, so that whoever keeps it decides how. An item counts as seen only after `take` came
back from it, and a feed's marks are kept only when none of its items is left: a run cut off at any moment picks up there.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Protocol

from sayso.articles.address import UNMARKED, AddressError, Answer, Marks
from sayso.articles.doors import shown
from sayso.articles.feeds import Entry, read_feed
from sayso.articles.served import plain_url
from sayso.articles.visits import Visitor, answer_page, entry_page, feed_text
from sayso.errors import UnreadableError
from sayso.records import RawPage, Skipped

_LONGEST_WAIT = timedelta(days=1)
_LONGEST_ASKED = timedelta(days=7)
_MOST_TRIES = 5
_LEAVE_ALONE = (429, 503)


@dataclass(frozen=True, slots=True)
class Visit:
    """What is remembered of one address: a feed or page that is followed, or an item of a feed.

    `due` is the next time to call (UTC; None: at once), `failures` how often in a row it failed, `moved` where it now is,
    `problem` what was wrong the last time; an address that is `ended` is not called again: an item that was taken or given up, a
    page that is gone.
    """

    address: str
    due: datetime | None = None
    failures: int = 0
    marks: Marks = UNMARKED
    moved: str | None = None
    problem: str | None = None
    ended: bool = False


class Memory(Protocol):
    """Keeps visits by address."""

    def visit(self, address: str) -> Visit | None:
        """What is remembered of an address."""
        ...

    def remember(self, visit: Visit) -> None:
        """Keep this, in place of what was kept of the address before."""
        ...


@dataclass(frozen=True, slots=True)
class Round:
    """One round over all addresses, so far: how many were called, had nothing new or were not due, and the pages handed on
    and skipped. `soonest` is when the next call is due; None where nothing is left to follow.
    """

    called: int = 0
    unchanged: int = 0
    waiting: int = 0
    taken: int = 0
    skipped: int = 0
    soonest: datetime | None = None


Take = Callable[[RawPage | Skipped], object]
Progress = Callable[[Round, str], None]


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Watch:
    """How addresses are followed: `every` is the time between two calls, doubled with each failure in a row up to a day.

    `take` gets each new page, and each that could not be read with the reason; it comes back when the page is safely kept. `rounded` is
    called when every address that was due has been called on.
    """

    memory: Memory
    take: Take
    visitor: Visitor
    every: timedelta = timedelta(minutes=15)
    progress: Progress | None = None
    rounded: Callable[[Round], None] | None = None
    now: Callable[[], datetime] = _now


def watch(
    addresses: Sequence[str], how: Watch, *, stay: bool = False, sleep: Callable[[float], None] = time.sleep
) -> Round:
    """Call on every address that is due, once, or over and over until nothing is left to follow; the last round."""
    while True:
        done = _round(addresses, how)
        if how.rounded is not None:
            how.rounded(done)
        if not stay or done.soonest is None:
            return done
        sleep(max(1.0, (done.soonest - how.now()).total_seconds()))


def _round(addresses: Sequence[str], how: Watch) -> Round:
    done = Round()
    for address in dict.fromkeys(addresses):
        visit = how.memory.visit(address) or Visit(address)
        if visit.ended:
            continue
        if visit.due is not None and visit.due > how.now():
            done = replace(done, waiting=done.waiting + 1)
        else:
            visit, done = _call(visit, how, done)
        if not visit.ended and visit.due is not None:
            done = replace(done, soonest=min(done.soonest or visit.due, visit.due))
    return done


def _call(visit: Visit, how: Watch, done: Round) -> tuple[Visit, Round]:
    """Call on one address and hand on what is new; what is then remembered of it."""
    done = replace(done, called=done.called + 1)
    try:
        answer = how.visitor.get(visit.moved or visit.address, marks=visit.marks)
        if answer.status == 304:
            done = _told(how, replace(done, unchanged=done.unchanged + 1), visit.address)
            visit = replace(visit, due=how.now() + how.every, failures=0, problem=None)
        else:
            marks, refused, done = _taken(visit, answer, how, done)
            moved = answer.moved or visit.moved
            visit = _failed(visit, refused, how) if refused else Visit(visit.address, how.now() + how.every)
            visit = replace(visit, marks=marks, moved=moved)
    except UnreadableError as error:
        visit = _failed(visit, error, how)
        done = _hand(Skipped(shown(visit.address), str(error)), how, done, visit.address)
    how.memory.remember(visit)
    return visit, done


def _taken(visit: Visit, answer: Answer, how: Watch, done: Round) -> tuple[Marks, AddressError | None, Round]:
    """The answer's news handed on; its marks only where nothing of it is left, else it must be sent whole again.

    An error where a host asked to be left alone: the rest then waits.
    """
    text = feed_text(answer)
    if text is None:
        return answer.marks, None, _hand(answer_page(shown(visit.address), answer), how, done, visit.address)
    left = False
    # Feeds begin with the newest; a story is read in the order it was told.
    for entry in reversed(read_feed(text, base=answer.url).entries):
        item = how.memory.visit(_item_address(entry, visit.address)) or Visit(_item_address(entry, visit.address))
        if item.ended:
            continue
        if item.due is not None and item.due > how.now():
            left = True
            continue
        try:
            page: RawPage | Skipped = entry_page(entry, feed=visit.address, visitor=how.visitor)
            item = replace(item, ended=True, problem=None)
        except UnreadableError as error:
            item, page = _item_failed(item, error, how), Skipped(shown(entry.url or item.address), str(error))
            if isinstance(error, AddressError) and error.status in _LEAVE_ALONE:
                how.memory.remember(item)
                return UNMARKED, error, _hand(page, how, done, visit.address)
        done = _hand(page, how, done, visit.address)
        how.memory.remember(item)
        left = left or not item.ended
    return UNMARKED if left else answer.marks, None, done


def _item_address(entry: Entry, feed: str) -> str:
    """What an item is remembered by: its page, which several feeds may list, or its key in this feed."""
    return plain_url(entry.url) if entry.url is not None else f"{feed}#{entry.key}"


def _failed(visit: Visit, error: UnreadableError, how: Watch) -> Visit:
    """A failed call remembered: later each time, no sooner than the server asked, never again where the page is gone."""
    failures = visit.failures + 1
    wait = min(how.every * 2 ** min(failures, 16), _LONGEST_WAIT)
    asked = error.wait if isinstance(error, AddressError) else None
    wait = max(wait, min(timedelta(seconds=asked or 0), _LONGEST_ASKED))
    gone = isinstance(error, AddressError) and error.status == 410
    # Where it moved to may be the fault: the next call begins at the address that was given.
    return replace(visit, due=how.now() + wait, failures=failures, moved=None, problem=str(error), ended=gone)


def _item_failed(item: Visit, error: UnreadableError, how: Watch) -> Visit:
    """An item that failed is tried a few times where that may help, and given up where it will not."""
    failed = _failed(item, error, how)
    again = isinstance(error, AddressError) and error.again and failed.failures < _MOST_TRIES
    return replace(failed, ended=not again)


def _hand(page: RawPage | Skipped, how: Watch, done: Round, address: str) -> Round:
    how.take(page)
    if isinstance(page, Skipped):
        return _told(how, replace(done, skipped=done.skipped + 1), address)
    return _told(how, replace(done, taken=done.taken + 1), address)


def _told(how: Watch, done: Round, address: str) -> Round:
    if how.progress is not None:
        how.progress(done, address)
    return done
