from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from sayso.articles.doors import Doors
from sayso.articles.visits import Visitor
from sayso.records import RawPage, Skipped
from sayso.watch import Watch, watch
from tests.serving import serving

PAGE = "<html><body><p>Dario Fenn will leave Harrowmere in May, a source told the Wire.</p></body></html>"
HOUR = timedelta(hours=1)


class Kept(dict):
    """A memory, as a ledger would keep it."""

    def visit(self, address):
        return self.get(address)

    def remember(self, visit):
        self[visit.address] = visit


class Follow:
    """One watch over a site, with a clock that the test moves."""

    def __init__(self, site):
        self.site = site
        self.kept = Kept()
        self.taken = []
        self.at = datetime(2031, 3, 14, 12, tzinfo=UTC)

    def how(self, **more):
        visitor = Visitor(Doors(allow_private=True, pause=0.0, seconds=5.0))
        return Watch(
            **{
                "memory": self.kept,
                "take": self.taken.append,
                "visitor": visitor,
                "every": HOUR,
                "now": lambda: self.at,
            }
            | more
        )

    def round(self, *addresses, after=timedelta(), **more):
        """One round, and what it handed on."""
        self.at += after
        before = len(self.taken)
        done = watch(addresses, self.how(**more))
        return done, self.taken[before:]


@pytest.fixture
def follow():
    with serving() as site:
        yield Follow(site)


def feed(*names, **more):
    items = "".join(f"<item><guid>{name}</guid><link>{{site}}/{name}</link></item>" for name in names)
    return {"body": f"<rss><channel>{items}</channel></rss>", "kind": "application/rss+xml"} | more


def test_each_item_of_a_feed_is_handed_on_once_oldest_first(follow):
    for name in "abc":
        follow.site.put(f"/{name}", PAGE)
    url = follow.site.put("/feed", **feed("b", "a"))
    _, first = follow.round(url)
    follow.site.put("/feed", **feed("c", "b", "a"))
    done, then = follow.round(url, after=HOUR)
    assert [page.origin[-1] for page in first] == ["a", "b"]
    assert [page.origin[-1] for page in then] == ["c"]
    assert (done.called, done.taken) == (1, 1)


def test_nobody_is_called_before_it_is_due(follow):
    url = follow.site.put("/feed", **feed())
    follow.round(url)
    done, _ = follow.round(url, after=HOUR / 2)
    assert (done.called, done.waiting, done.soonest) == (0, 1, follow.at + HOUR / 2)
    assert follow.site.paths == ["/feed"]


def test_a_feed_that_did_not_change_is_not_sent_again(follow):
    follow.site.put("/a", PAGE)
    url = follow.site.put("/feed", **feed("a", headers={"ETag": '"1"'}))
    follow.round(url)
    done, pages = follow.round(url, after=HOUR)
    assert (done.unchanged, pages) == (1, [])
    assert follow.site.calls[-1][1]["if-none-match"] == '"1"'


def test_an_item_that_failed_is_tried_again_although_the_feed_did_not_change(follow):
    follow.site.put("/a", status=500)
    url = follow.site.put("/feed", **feed("a", headers={"ETag": '"1"'}))
    _, (failed,) = follow.round(url)
    follow.site.put("/a", PAGE)
    _, (page,) = follow.round(url, after=2 * HOUR)
    assert isinstance(failed, Skipped)
    assert isinstance(page, RawPage)


def test_an_item_that_keeps_failing_is_given_up(follow):
    follow.site.put("/a", status=500)
    url = follow.site.put("/feed", **feed("a"))
    for _ in range(8):
        follow.round(url, after=timedelta(days=2))
    assert follow.site.paths.count("/a") == 5
    assert follow.kept[f"{follow.site.address}/a"].ended


def test_an_item_that_is_not_there_is_not_asked_for_twice(follow):
    url = follow.site.put("/feed", **feed("missing"))
    follow.round(url)
    follow.round(url, after=HOUR)
    assert follow.site.paths.count("/missing") == 1


def test_a_faulty_feed_is_called_ever_more_seldom(follow):
    url = follow.site.put("/feed", status=500)
    waits = []
    for _ in range(7):
        follow.round(url)
        waits.append((follow.kept[url].due - follow.at) / HOUR)
        follow.at = follow.kept[url].due
    assert waits == [2, 4, 8, 16, 24, 24, 24]
    follow.site.put("/feed", **feed())
    follow.round(url)
    assert (follow.kept[url].failures, follow.kept[url].due) == (0, follow.at + HOUR)


def test_a_server_that_asks_for_more_time_gets_it(follow):
    url = follow.site.put("/feed", status=429, headers={"Retry-After": str(30 * 3600)})
    follow.round(url)
    assert follow.kept[url].due == follow.at + 30 * HOUR


def test_a_host_that_wants_peace_is_left_alone_with_all_its_items(follow):
    follow.site.put("/a", status=429, headers={"Retry-After": "7200"})
    follow.site.put("/b", PAGE)
    url = follow.site.put("/feed", **feed("b", "a", headers={"ETag": '"1"'}))
    follow.round(url)
    assert "/b" not in follow.site.paths
    follow.site.put("/a", PAGE)
    _, pages = follow.round(url, after=2 * HOUR)
    assert [page.origin[-1] for page in pages] == ["a", "b"]


def test_a_page_that_is_gone_is_never_called_again(follow):
    url = follow.site.put("/feed", status=410)
    done, (skipped,) = follow.round(url)
    follow.round(url, after=timedelta(days=30))
    assert "taken away" in skipped.reason
    assert (done.soonest, follow.site.paths) == (None, ["/feed"])


def test_a_feed_that_moved_for_good_is_called_where_it_is(follow):
    follow.site.put("/new", **feed())
    url = follow.site.put("/old", status=301, headers={"Location": "/new"})
    follow.round(url)
    follow.round(url, after=HOUR)
    assert follow.site.paths == ["/old", "/new", "/new"]


def test_a_page_is_followed_for_changes(follow):
    url = follow.site.put("/a", PAGE, headers={"ETag": '"1"'})
    follow.round(url)
    _, none = follow.round(url, after=HOUR)
    follow.site.put("/a", PAGE.replace("May", "June"), headers={"ETag": '"2"'})
    _, (page,) = follow.round(url, after=HOUR)
    assert none == []
    assert "June" in page.content


def test_robots_txt_is_obeyed(follow):
    follow.site.put("/robots.txt", "User-agent: *\nDisallow: /a", kind="text/plain")
    url = follow.site.put("/feed", **feed("a"))
    _, (skipped,) = follow.round(url)
    assert "robots.txt" in skipped.reason
    assert follow.site.paths == ["/feed"]


def test_a_watch_cut_off_picks_up_where_it_was(follow):
    for name in "abc":
        follow.site.put(f"/{name}", PAGE)
    url = follow.site.put("/feed", **feed("c", "b", "a", headers={"ETag": '"1"'}))

    def take(page):
        if page.origin.endswith("b"):
            raise KeyboardInterrupt
        follow.taken.append(page)

    with pytest.raises(KeyboardInterrupt):
        follow.round(url, take=take)
    assert url not in follow.kept
    _, pages = follow.round(url)
    assert [page.origin[-1] for page in pages] == ["b", "c"]


def test_an_article_in_two_feeds_is_read_once(follow):
    follow.site.put("/a", PAGE)
    one, two = follow.site.put("/1", **feed("a")), follow.site.put("/2", **feed("a"))
    _, pages = follow.round(one, two)
    assert len(pages) == 1


def test_a_bad_feed_or_address_does_not_stop_the_rest(follow):
    follow.site.put("/a", PAGE)
    good, bad = follow.site.put("/feed", **feed("a")), follow.site.put("/bad", "<rss>", kind="text/xml")
    _, pages = follow.round("file:///etc/passwd", bad, "http://127.0.0.1:1/", good)
    assert [type(page) for page in pages] == [Skipped, Skipped, RawPage]


def test_staying_sleeps_until_the_next_is_due_and_ends_when_nothing_is_left(follow):
    url = follow.site.put("/feed", **feed())
    slept = []

    def sleep(seconds):
        slept.append(seconds)
        follow.at += timedelta(seconds=seconds)
        if len(slept) == 2:
            follow.site.put("/feed", status=410)

    done = watch([url], follow.how(), stay=True, sleep=sleep)
    assert slept == [3600.0, 3600.0]
    assert done.soonest is None


def test_progress_is_told_page_by_page(follow):
    follow.site.put("/a", PAGE)
    url = follow.site.put("/feed", **feed("a", "missing"))
    told = []
    follow.round(url, progress=lambda done, address: told.append((done.taken, done.skipped, address)))
    assert told == [(0, 1, url), (1, 1, url)]
