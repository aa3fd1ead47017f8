"""Visits to web addresses, politely: robots.txt is obeyed, a host is called once in a while, and what is there becomes pages."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from sayso.articles.address import AGENT, UNMARKED, AddressError, Answer, Marks, get
from sayso.articles.doors import Doors, shown
from sayso.articles.feeds import Entry, is_feed, read_feed
from sayso.articles.served import NOTHING, entry_facts, page_of, plain_url, raw_page, text_of
from sayso.articles.tables import Given
from sayso.errors import UnreadableError
from sayso.records import RawPage, Skipped

if TYPE_CHECKING:
    from protego import Protego

_ROBOTS_BYTES = 500_000
_LONGEST_PAUSE = 60.0
_MOST_HOSTS = 2_000


class Visitor:
    """Calls on addresses and remembers, while it lives, when each host was last called and what its robots.txt says.

    `sleep` and `clock` (monotonic, in seconds) are the system's.
    """

    def __init__(
        self, doors: Doors, *, sleep: Callable[[float], None] = time.sleep, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._doors = doors
        self._sleep = sleep
        self._clock = clock
        self._called: dict[str, float] = {}
        self._robots: dict[str, Protego | AddressError] = {}

    def get(self, url: str, *, marks: Marks = UNMARKED, obey: bool = True) -> Answer:
        """The answer of an address. `obey` is for what a program chose to visit; a person's own choice needs no leave."""
        host = _host(url)
        pause = self._doors.pause
        if obey and host is not None:
            rules = self._rules(host)
            if isinstance(rules, AddressError):
                raise rules
            if not rules.can_fetch(url, AGENT):
                raise AddressError("its robots.txt asks programs to stay away; save the page and give the file")
            pause = max(pause, min(rules.crawl_delay(AGENT) or 0.0, _LONGEST_PAUSE))
        self._wait(host, pause)
        return get(url, doors=self._doors, marks=marks)

    def _rules(self, host: str) -> Protego | AddressError:
        """What a host's robots.txt allows, as RFC 9309 has it: none there allows all, a faulty server nothing for now."""
        from protego import Protego

        if (known := self._robots.get(host)) is not None:
            return known
        if len(self._robots) >= _MOST_HOSTS:
            self._robots.clear()
            self._called.clear()
        self._wait(host, self._doors.pause)
        rules: Protego | AddressError
        try:
            answer = get(f"{host}/robots.txt", doors=self._doors)
            rules = Protego.parse(answer.body[:_ROBOTS_BYTES].decode("utf-8", "replace"))
        except AddressError as error:
            missing = error.status is not None and 400 <= error.status < 500 and error.status != 429
            rules = Protego.parse("") if missing else error
        except UnreadableError:
            rules = Protego.parse("")
        if not isinstance(rules, AddressError):
            self._robots[host] = rules
        return rules

    def _wait(self, host: str | None, pause: float) -> None:
        if host is None:
            return
        last = self._called.get(host)
        now = self._clock()
        if last is not None and now - last < pause:
            self._sleep(pause - (now - last))
        self._called[host] = self._clock()


def pages_at(address: str, *, visitor: Visitor, facts: Given = NOTHING) -> Iterator[RawPage | Skipped]:
    """The article at an address, or the articles a feed there leads to; whatever goes wrong is said and goes no further."""
    try:
        answer = visitor.get(address, obey=False)
        text = feed_text(answer)
        if text is None:
            yield answer_page(shown(address), answer, facts)
            return
        entries = read_feed(text, base=answer.url).entries
        if not entries:
            raise UnreadableError("no item in this feed; see whether it is still kept up")
    except UnreadableError as error:
        yield Skipped(shown(address), str(error))
        return
    for entry in entries:
        try:
            yield entry_page(entry, feed=address, visitor=visitor)
        except UnreadableError as error:
            yield Skipped(shown(entry.url or f"{address}:{entry.key}"), str(error))


def entry_page(entry: Entry, *, feed: str, visitor: Visitor) -> RawPage:
    """The page an item leads to, with what the feed tells of it; the item's own words where the page is not to be had.

    UnreadableError where there is neither.
    """
    facts = entry_facts(entry)
    try:
        if entry.url is None:
            raise UnreadableError("an item without an address and only a summary; nothing to read")
        # The page's own address after redirects, not that of a counting link in the feed.
        return answer_page(shown(entry.url), visitor.get(entry.url), replace(facts, url=None))
    except UnreadableError:
        if entry.content is None:
            raise
        return raw_page(shown(entry.url or f"{feed}:{entry.key}"), "html", entry.content, facts)


def answer_page(origin: str, answer: Answer, facts: Given = NOTHING) -> RawPage:
    """The page an address gave; it stands where it was found, not where the way there began."""
    facts = facts.over(Given(url=plain_url(answer.url)))
    return page_of(origin, answer.body, media_type=answer.media_type, charset=answer.charset, facts=facts)


def feed_text(answer: Answer) -> str | None:
    """The text of an answer that is a feed; None for any other."""
    if "html" in answer.media_type or answer.body[:5] == b"%PDF-":
        return None
    try:
        text = text_of(answer.body, answer.charset)
    except UnreadableError:
        return None
    return text if is_feed(text) else None


def _host(url: str) -> str | None:
    """Scheme, host and port of an address; None where it has none, which `get` then says."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return None
    return (
        f"{parts.scheme}://{parts.netloc.rpartition('@')[2].lower()}"
        if parts.scheme in ("http", "https") and parts.netloc
        else None
    )
