from __future__ import annotations

import gzip
import ipaddress
import zlib

import brotli
import pytest

from sayso.articles.address import AddressError, Marks, get, is_public
from sayso.articles.doors import Doors, is_address
from sayso.articles.fetch import fetch
from sayso.articles.visits import Visitor, pages_at
from sayso.errors import UnreadableError
from sayso.records import RawPage, Skipped
from tests.serving import raw_serving, serving

OPEN = Doors(allow_private=True, pause=0.0, seconds=5.0)
PAGE = "<html><body><p>Dario Fenn will leave Harrowmere in May, a source told the Wire.</p></body></html>"


@pytest.fixture
def site():
    with serving() as site:
        yield site


def at(address, doors=OPEN, **more):
    return list(pages_at(address, visitor=Visitor(doors), **more))


def test_a_page_at_an_address_is_a_page_with_its_address(site):
    url = site.put("/fenn", PAGE)
    assert at(url) == [RawPage(origin=url, form="html", content=PAGE, url=url)]


def test_fetch_takes_addresses_among_paths(site, tmp_path):
    (tmp_path / "a.txt").write_text("Fenn stays, the club said.")
    one, two = fetch([site.put("/fenn", PAGE), tmp_path / "a.txt"], allow_private=True)
    assert (one.form, two.form) == ("html", "text")


def test_the_facts_given_for_an_address_stand(site, tmp_path):
    url = site.put("/fenn", PAGE)
    (tmp_path / "about.csv").write_text(f"file,outlet,date\n{url},Harbour Post,2031-03-14\n")
    (page,) = fetch([url], metadata=tmp_path / "about.csv", allow_private=True)
    assert (page.outlet, page.published, page.url) == ("Harbour Post", "2031-03-14", url)


def test_a_program_calls_by_its_plain_name_and_sends_no_more(site):
    at(site.put("/fenn", PAGE))
    ((_, headers),) = site.calls
    assert headers["user-agent"].startswith("sayso/")
    assert not headers.keys() & {"cookie", "authorization", "referer", "x-forwarded-for"}


def test_marks_of_the_way_there_are_left_off_the_address(site):
    (page,) = at(site.put("/fenn?utm_source=rss&id=7&fbclid=x", PAGE))
    assert page.url == f"{site.address}/fenn?id=7"


@pytest.mark.parametrize(("status", "moved"), [(301, True), (308, True), (302, False), (303, False), (307, False)])
def test_a_redirect_is_followed_and_a_lasting_one_is_told(site, status, moved):
    new = site.put("/new", PAGE)
    answer = get(site.put("/old", status=status, headers={"Location": "/new"}), doors=OPEN)
    assert (answer.url, answer.moved) == (new, new if moved else None)


def test_nothing_changed_is_an_empty_answer(site):
    url = site.put("/fenn", PAGE, headers={"ETag": '"7"', "Last-Modified": "Fri, 14 Mar 2031 10:00:00 GMT"})
    first = get(url, doors=OPEN)
    again = get(url, doors=OPEN, marks=first.marks)
    assert first.marks == Marks('"7"', "Fri, 14 Mar 2031 10:00:00 GMT")
    assert (again.status, again.body) == (304, b"")
    assert site.calls[1][1]["if-modified-since"] == "Fri, 14 Mar 2031 10:00:00 GMT"


@pytest.mark.parametrize(
    ("status", "why", "again"),
    [
        (401, "name and password", False),
        (403, "refuses programs", False),
        (404, "no such page", False),
        (410, "taken away", False),
        (418, "status 418", False),
        (429, "less often", True),
        (500, "fault", True),
        (503, "fault", True),
    ],
)
def test_a_status_is_a_reason_and_says_whether_to_try_again(site, status, why, again):
    url = site.put("/fenn", "gone fishing", status=status)
    with pytest.raises(AddressError, match=why) as error:
        get(url, doors=OPEN)
    assert (error.value.status, error.value.again) == (status, again)
    (skipped,) = at(url)
    assert skipped == Skipped(url, str(error.value))


@pytest.mark.parametrize(("words", "wait"), [("120", 120.0), ("Fri, 14 Mar 1980 10:00:00 GMT", 0.0), ("soon", None)])
def test_how_long_to_wait_is_taken_from_the_answer(site, words, wait):
    url = site.put("/fenn", status=429, headers={"Retry-After": words})
    with pytest.raises(AddressError) as error:
        get(url, doors=OPEN)
    assert error.value.wait == wait


@pytest.mark.parametrize(
    ("coding", "pack"),
    [
        ("gzip", gzip.compress),
        ("deflate", zlib.compress),
        ("deflate", lambda data: zlib.compress(data, wbits=-15)),
        ("br", brotli.compress),
        ("identity", bytes),
        ("gzip, br", lambda data: brotli.compress(gzip.compress(data))),
    ],
)
def test_compressed_pages_are_unpacked(site, coding, pack):
    url = site.put("/fenn", pack(PAGE.encode()), headers={"Content-Encoding": coding})
    assert get(url, doors=OPEN).body.decode() == PAGE


@pytest.mark.parametrize(
    ("coding", "body", "why"),
    [
        ("zstd", b"(\xb5/\xfd", "a way that is not read"),
        ("gzip", b"no gzip at all", "broken"),
        ("br", b"\xff" * 40, "broken"),
        ("gzip, gzip, gzip, gzip", b"x", "over and over"),
    ],
)
def test_what_cannot_be_unpacked_is_said(site, coding, body, why):
    (skipped,) = at(site.put("/fenn", body, headers={"Content-Encoding": coding}))
    assert why in skipped.reason


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("text/html; charset=windows-1251", PAGE.replace("Fenn", "Фенн").encode("cp1251")),
        ("text/html; charset=nonsense", PAGE.replace("Fenn", "Фенн").encode()),
        ("text/html; charset=zlib", PAGE.replace("Fenn", "Фенн").encode()),
        ("text/html; charset=iso-8859-1", PAGE.replace("Fenn", "Фенн").encode()),
        ("text/html", PAGE.replace("Fenn", "Фенн").encode("utf-16")),
    ],
)
def test_a_wrong_or_missing_charset_does_no_harm(site, kind, body):
    (page,) = at(site.put("/fenn", body, kind=kind))
    assert "Dario Фенн" in page.content


@pytest.mark.parametrize("kind", ["image/png", "application/zip", "video/mp4"])
def test_what_is_no_article_is_named_by_its_kind(site, kind):
    (skipped,) = at(site.put("/fenn.png", b"\x89PNG", kind=kind))
    assert kind in skipped.reason


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (b"", "broke off"),
        (b"SSH-2.0-OpenSSH_9.6\r\n", "broke off"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\nshort", "broke off"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "broke off"),
        (b"HTTP/1.1 200 OK\r\n" + b"X-Long: " + b"a" * 300_000, "broke off"),
        (b"HTTP/1.1 999999 what\r\n\r\n", "broke off"),
    ],
)
def test_a_broken_answer_is_one_line(answer, why):
    with raw_serving(answer) as url:
        (skipped,) = at(url)
    assert why in skipped.reason
    assert "\n" not in skipped.reason


def test_a_plain_server_under_a_secure_address_is_one_line():
    with raw_serving(b"HTTP/1.1 400 Bad Request\r\n\r\n") as url:
        (skipped,) = at(url.replace("http:", "https:"))
    assert "no secure connection" in skipped.reason


def test_nobody_at_home_is_one_line(site):
    with raw_serving(b"") as url:
        pass
    (skipped,) = at(url)
    assert "cannot be reached" in skipped.reason


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("file:///etc/passwd", "only http and https"),
        ("ftp://wire.example/a", "only http and https"),
        ("gopher://wire.example/", "only http and https"),
        ("http://", "no host"),
        ("http://a b.example/", "not a web address"),
        ("http://wire.example:99999/", "not a web address"),
        ("http://[::1", "not a web address"),
        ("http://ada:secret@wire.example/", "name and password"),
        ("http://wire.example/" + "a" * 9000, "not a web address"),
        ("http://wire.example/\r\nHost: other", "not a web address"),
    ],
)
def test_a_bad_address_is_one_line(address, why):
    (skipped,) = fetch([address])
    assert why in skipped.reason
    assert "secret" not in skipped.reason


@pytest.mark.parametrize("words", ["https://a.example", "file:///x", "HTTP://A"])
def test_addresses_are_told_from_paths(words):
    assert is_address(words)
    assert not is_address("a/b.txt")
    assert not is_address("C:\\news\\a.txt")


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "::ffff:93.184.216.34"])
def test_public_addresses_are_let_through(address):
    assert is_public(ipaddress.ip_address(address))


def test_hosts_are_called_with_a_pause_between(site):
    slept = []
    clock = iter(range(100))
    visitor = Visitor(Doors(allow_private=True, pause=5.0), sleep=slept.append, clock=lambda: next(clock) * 0.0)
    for path in ("/a", "/b", "/c"):
        visitor.get(site.put(path, PAGE), obey=False)
    assert slept == [5.0, 5.0]


def test_robots_txt_is_obeyed_where_the_program_chose_to_call(site):
    site.put("/robots.txt", "User-agent: sayso\nDisallow: /private/*.html$\nCrawl-delay: 3\n", kind="text/plain")
    url = site.put("/private/a.html", PAGE)
    slept = []
    visitor = Visitor(OPEN, sleep=slept.append, clock=lambda: 0.0)
    with pytest.raises(AddressError, match=r"robots\.txt"):
        visitor.get(url)
    assert visitor.get(url, obey=False).status == 200
    visitor.get(site.put("/open", PAGE))
    assert slept == [3.0]
    assert [path for path, _ in site.calls].count("/robots.txt") == 1


def test_a_faulty_robots_txt_means_not_now_and_a_missing_one_go_ahead(site):
    url = site.put("/a", PAGE)
    assert Visitor(OPEN).get(url).status == 200
    site.put("/robots.txt", status=500)
    with pytest.raises(AddressError) as error:
        Visitor(OPEN).get(url)
    assert error.value.again


FEED = """<rss><channel><title>Aggregator</title>
<item><title>Fenn to leave - Harbour Post</title><link>{site}/1</link><guid>1</guid>
<source url="https://harbour.example">Harbour Post</source><pubDate>Fri, 14 Mar 2031 10:00:00 GMT</pubDate></item>
<item><title>Gone</title><link>{site}/404</link><guid>2</guid></item></channel></rss>"""


def test_a_feed_leads_to_its_articles_under_their_real_publisher(site):
    site.put("/1", PAGE)
    page, gone = at(site.put("/feed", FEED, kind="application/rss+xml"))
    assert (page.outlet, page.title, page.url) == ("Harbour Post", "Fenn to leave", f"{site.address}/1")
    assert page.published == "Fri, 14 Mar 2031 10:00:00 GMT"
    assert gone.origin == f"{site.address}/404"


def test_an_item_whose_page_cannot_be_had_stands_on_its_own_words(site):
    words = "Fenn will leave, the club said. " * 40
    feed = f"<rss><channel><item><guid>1</guid><link>{{site}}/404</link><description>{words}</description></item></channel></rss>"
    (page,) = at(site.put("/feed", feed, kind="text/xml"))
    assert page.content.startswith("Fenn will leave")
    assert page.url == f"{site.address}/404"


def test_an_empty_feed_says_so(site):
    (skipped,) = at(site.put("/feed", "<rss><channel></channel></rss>", kind="text/xml"))
    assert "no item" in skipped.reason


def test_limits_are_unreadable_errors():
    with pytest.raises(UnreadableError, match="10 MB"):
        Doors().check_largest(10_000_001)
