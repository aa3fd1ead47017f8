"""Attacks tried at every way in; docs/security.md lists them with their results, test by test."""

from __future__ import annotations

import ast
import contextlib
import gzip
import io
import json
import socket
import stat
import struct
import tarfile
import time
import tracemalloc
import zipfile
import zlib
from pathlib import Path

import brotli
import pytest

import sayso
from sayso.articles.doors import Doors
from sayso.articles.extract import extract
from sayso.articles.feeds import read_feed, read_opml
from sayso.articles.fetch import fetch
from sayso.articles.pdf import read_pdf
from sayso.articles.visits import Visitor, pages_at
from sayso.errors import UnreadableError
from sayso.records import RawPage, Skipped
from tests.articles.test_archives import PAGE, TEXT, record, tarred, wacz, zipped
from tests.articles.test_feeds import entries_or_line
from tests.articles.test_pdf import pdf
from tests.serving import PUBLIC, raw_serving, serving, world

OPEN = Doors(allow_private=True, pause=0.0, seconds=1.0)
SHUT = Doors(pause=0.0, seconds=2.0)
HTML = PAGE.decode()
BOMB = bytes(50_000_000)


@pytest.fixture
def site():
    with serving() as site:
        yield site


@pytest.fixture
def read(tmp_path):
    """Everything `fetch` makes of one file of this name and content."""

    def go(name, data):
        path = tmp_path / name
        path.write_bytes(data)
        return list(fetch([path]))

    return go


def refused(found, why):
    """Whether there is nothing but refusals, each one line, one of them for this reason."""
    assert found
    assert all(isinstance(one, Skipped) and "\n" not in one.reason for one in found), found
    assert why in " ".join(one.reason for one in found), found
    return True


def at(address, doors=SHUT):
    return list(pages_at(address, visitor=Visitor(doors)))


# Server-side request forgery


@pytest.mark.parametrize(
    "host",
    """127.0.0.1 localhost 127.1 0x7f.1 2130706433 0.0.0.0 10.0.0.1 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1
    198.18.0.1 192.0.2.1 192.88.99.1 224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255 [::1] [::] [fe80::1] [fec0::1] [fc00::1]
    [ff02::1] [::ffff:127.0.0.1] [::ffff:10.0.0.1] [::127.0.0.1] [64:ff9b::7f00:1] [64:ff9b:1::a00:1] [2002:7f00:1::]
    [2001:0:0:0:0:0:80ff:fffe] [2001:db8::1]""".split(),
)
def test_private_addresses_are_refused_however_they_are_written(site, host):
    assert refused(at(f"http://{host}:{site.port}/"), "private network")
    assert site.calls == []


@pytest.mark.parametrize("addresses", [["10.0.0.7"], ["::1"]])
def test_a_name_that_leads_to_a_private_address_is_refused(site, monkeypatch, addresses):
    connected = world(monkeypatch, {"wire.example": addresses}, site)
    assert refused(at("http://wire.example/"), "private network")
    assert connected == []


def test_one_private_address_among_public_ones_is_enough_to_refuse(site, monkeypatch):
    entries = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80)) for address in (PUBLIC, "127.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: entries)
    assert refused(at("http://wire.example/"), "private network (127.0.0.1)")


@pytest.mark.parametrize(
    "target", ["http://127.0.0.1/x", "http://intranet.example/x", "http://169.254.169.254/latest", "//[::1]/x"]
)
def test_a_redirect_into_a_private_network_is_refused(site, monkeypatch, target):
    connected = world(
        monkeypatch,
        {"wire.example": [PUBLIC], "intranet.example": ["10.1.2.3"]}
        | {name: [name] for name in ("127.0.0.1", "169.254.169.254", "::1")},
        site,
    )
    site.put("/a", status=302, headers={"Location": target})
    assert refused(at("http://wire.example/a"), "private network")
    assert connected == [PUBLIC]


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "gopher://wire.example/", "ftp://wire.example/", "http://a:b@wire.example/"]
)
def test_a_redirect_to_another_scheme_or_with_credentials_is_refused(site, target):
    assert refused(at(site.put("/a", status=302, headers={"Location": target}), OPEN), "")


def test_dns_rebinding_meets_the_address_that_was_checked(site, monkeypatch):
    names = {"wire.example": [PUBLIC, "127.0.0.1"]}
    connected = world(monkeypatch, names, site)
    site.put("/a", HTML)
    (page,) = at("http://wire.example/a")
    assert isinstance(page, RawPage)
    assert (connected, names) == ([PUBLIC], {"wire.example": ["127.0.0.1"]})
    assert refused(at("http://wire.example/a"), "private network (127.0.0.1)")


def test_the_links_of_a_feed_pass_the_same_door(site, monkeypatch):
    world(monkeypatch, {"wire.example": [PUBLIC], "10.0.0.1": ["10.0.0.1"]}, site)
    site.put(
        "/feed",
        "<rss><channel><item><link>http://10.0.0.1/admin?delete=all</link></item></channel></rss>",
        kind="text/xml",
    )
    assert refused(at("http://wire.example/feed"), "private network")
    assert "/admin?delete=all" not in site.paths


def test_ports_of_other_services_are_refused(site, monkeypatch):
    connected = world(monkeypatch, {"wire.example": [PUBLIC]}, site)
    for port in (22, 25, 110):
        assert refused(at(f"http://wire.example:{port}/"), "not one of the web's")
    assert connected == []


def test_a_proxy_in_the_environment_is_no_way_around(site, monkeypatch):
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, site.address)
    assert refused(at("http://127.0.0.1/"), "private network")
    assert site.calls == []


def test_private_addresses_are_let_in_where_the_flag_says_so(site):
    (page,) = fetch([site.put("/a", HTML)], allow_private=True)
    assert page.content == HTML


def test_cookies_are_neither_kept_nor_sent(site):
    site.put("/a", status=302, headers={"Location": "/b", "Set-Cookie": "id=7"})
    at(site.put("/b", HTML), OPEN)
    at(f"{site.address}/a", OPEN)
    assert all("cookie" not in headers for _, headers in site.calls)


# Time and size over the wire


@pytest.mark.parametrize(
    "answer",
    [b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n" + b"a" * 500, b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 99],
)
def test_a_slow_drip_ends_at_the_time_limit(answer):
    with raw_serving(answer, drip=0.05) as url:
        began = time.monotonic()
        assert refused(at(url, OPEN), "longer than 1 seconds")
        assert time.monotonic() - began < 3


def test_silence_ends_at_the_time_limit():
    with raw_serving(b"HTTP/1.1 200 OK\r\n", drip=30) as url:
        began = time.monotonic()
        assert refused(at(url, OPEN), "longer than 1 seconds")
        assert time.monotonic() - began < 3


def test_a_name_look_up_that_hangs_ends_at_the_time_limit(monkeypatch):
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: time.sleep(3) or [])
    began = time.monotonic()
    assert refused(at("http://wire.example/", OPEN), "")
    assert time.monotonic() - began < 2.5


def test_endless_early_answers_end_at_the_time_limit():
    with raw_serving(b"HTTP/1.1 100 Continue\r\n\r\n" * 400, drip=0.001) as url:
        assert refused(at(url, OPEN), "")


@pytest.mark.parametrize("claims", [None, 10_000_001, 50])
def test_a_page_over_10_mb_is_refused_whatever_length_it_claims(site, claims):
    body = b"a" * (10_000_001 if claims is None else 100)
    found = at(site.put("/a", body, claims=claims), Doors(allow_private=True, pause=0.0))
    assert refused(found, "larger than 10 MB") if claims != 50 else len(found[0].content) == 50


@pytest.mark.parametrize(("hops", "read"), [(5, True), (6, False)])
def test_redirects_end_at_the_fifth(site, hops, read):
    for hop in range(hops):
        site.put(f"/{hop}", status=302, headers={"Location": f"/{hop + 1}"})
    site.put(f"/{hops}", HTML)
    (found,) = at(f"{site.address}/0", OPEN)
    assert isinstance(found, RawPage) is read
    assert len(site.calls) == 6


def test_a_redirect_to_itself_ends(site):
    assert refused(at(site.put("/a", status=301, headers={"Location": "/a"}), OPEN), "redirects more than 5")


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("gzip", gzip.compress(BOMB)),
        ("deflate", zlib.compress(BOMB)),
        ("br", brotli.compress(BOMB, quality=5)),
        ("gzip, gzip", gzip.compress(gzip.compress(BOMB))),
        ("gzip", gzip.compress(BOMB[:3_000_000])),
    ],
)
def test_a_compression_bomb_over_the_wire_is_refused_in_little_memory(site, coding, body):
    url = site.put("/a", body, headers={"Content-Encoding": coding})
    tracemalloc.start()
    try:
        assert refused(at(url, Doors(allow_private=True, pause=0.0)), "")
        assert tracemalloc.get_traced_memory()[1] < 40_000_000
    finally:
        tracemalloc.stop()


# XML and JSON

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    "feed",
    [
        f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "lol">{LAUGHS}]><rss><channel><title>&l9;</title></channel></rss>',
        f'<!DOCTYPE rss [<!ENTITY a "{"a" * 50_000}">]><rss><channel><title>{"&a;" * 50_000}</title></channel></rss>',
        '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><title>&x;</title></channel></rss>',
        '<!DOCTYPE rss [<!ENTITY % x SYSTEM "http://127.0.0.1/x.dtd"> %x;]><rss><channel/></rss>',
        '<!DOCTYPE rss [<!ENTITY x "y">]><rss><channel><item><link href="&x;"/></item></channel></rss>',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_in_a_feed_are_refused_in_every_encoding(read, feed, encoding):
    began = time.process_time()
    assert refused(read("a.rss", feed.encode(encoding)), "entities")
    assert time.process_time() - began < 2


def test_entities_in_a_list_of_feeds_are_refused():
    with pytest.raises(UnreadableError, match="entities"):
        read_opml(
            b'<!DOCTYPE opml [<!ENTITY x "y">]><opml><body><outline xmlUrl="http://a.example/&x;"/></body></opml>'
        )


def test_an_outside_document_type_is_not_fetched(site):
    url = site.put("/rss.dtd", '<!ENTITY x "y">')
    feed = f'<!DOCTYPE rss SYSTEM "{url}"><rss xmlns:xi="http://www.w3.org/2001/XInclude"><channel><item><title>a&x;</title><guid>1</guid>'
    assert len(read_feed(f'{feed}<xi:include href="{url}"/></item></channel></rss>').entries) == 1
    assert site.calls == []


@pytest.mark.parametrize(
    "text",
    [
        "<rss>" + "<a>" * 300_000,
        '{"version": "https://jsonfeed.org/version/1", "items": ' + "[" * 300_000,
        "<rss" + " a='1'" * 200_000 + ">",
    ],
)
def test_depth_and_breadth_do_no_harm(text):
    began = time.process_time()
    assert entries_or_line(text) == ()
    assert time.process_time() - began < 5


# Archives


def _bomb():
    return zipped({"a.txt": BOMB[:9_000_000]})


def _overlapping():
    """Members that share one compressed body, after David Fifield."""
    body = zlib.compress(BOMB[:9_000_000], wbits=-15)
    head = struct.pack("<4sHHHHHIIIHH", b"PK\x03\x04", 20, 0, 8, 0, 0, 0, len(body), 9_000_000, 8, 0) + b"0000.txt"
    directory = b"".join(
        struct.pack(
            "<4sHHHHHHIIIHHHHHII", b"PK\x01\x02", 20, 20, 0, 8, 0, 0, 0, len(body), 9_000_000, 8, 0, 0, 0, 0, 0, 0
        )
        + b"0000.txt"
        for _ in range(900)
    )
    data = head + body + directory
    return data + struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 900, 900, len(directory), len(head + body), 0)


def _many():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number in range(10_001):
            archive.writestr(f"{number}.txt", b"")
    return out.getvalue()


def _long_list():
    return (
        b"PK\x01\x02" + bytes(5_000_000) + struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 65535, 65535, 5_000_004, 0, 0)
    )


def _tar_with_header(kind, claims):
    entry = tarfile.TarInfo("x")
    entry.type, entry.size = kind, claims
    return gzip.compress(entry.tobuf(tarfile.USTAR_FORMAT) + bytes(30_000_000), 1)


@pytest.mark.parametrize(
    ("name", "pack", "why"),
    [
        ("a.zip", _bomb, "200 times"),
        ("a.zip", _overlapping, "200 times"),
        ("a.zip", _many, "10,000 files"),
        ("a.zip", _long_list, ""),
        ("a.zip", lambda: zipped({"a.txt": BOMB[:10_000_001]}), "larger than 10 MB"),
        ("a.zip", lambda: zipped({"a.txt": BOMB}, zipfile.ZIP_BZIP2), "not read"),
        ("a.zip", lambda: zipped({"a.txt": BOMB}, zipfile.ZIP_LZMA), "not read"),
        ("a.zip", lambda: zipped({"b.zip": _bomb()}), "an archive inside an archive"),
        ("a.tgz", lambda: tarred({"a.txt": BOMB[:9_000_000]}), "200 times"),
        ("a.tgz", lambda: tarred({"x.bin": BOMB, "a.txt": TEXT}), "200 times"),
        ("a.tgz", lambda: tarred({f"{n}.txt": b"" for n in range(10_001)}), "10,000 files"),
        ("a.tgz", lambda: _tar_with_header(tarfile.XHDTYPE, 20_000_000), ""),
        ("a.tgz", lambda: _tar_with_header(tarfile.GNUTYPE_LONGNAME, 20_000_000), ""),
        ("a.warc.gz", lambda: gzip.compress(record("http://a.example/", BOMB)), "200 times"),
        ("a.warc.gz", lambda: gzip.compress(BOMB), ""),
        (
            "a.warc",
            lambda: record("http://a.example/", gzip.compress(BOMB), head="Content-Encoding: gzip\r\n"),
            "larger than 10 MB",
        ),
        ("a.warc", lambda: record("http://a.example/", BOMB), "larger than 10 MB"),
        ("a.warc", lambda: b"WARC/1.1\r\nX: " + b"a" * 30_000_000, ""),
        ("a.warc", lambda: b"WARC/1.1\r\n" + b"X: y\r\n" * 3_000_000, ""),
        (
            "a.warc",
            lambda: record("http://a.example/", PAGE).replace(b"Content-Length: 1", b"Content-Length: 9999999991"),
            "cut short",
        ),
        ("a.wacz", lambda: zipped({"archive/a.warc.gz": gzip.compress(gzip.compress(BOMB))}), ""),
        ("a.wacz", lambda: zipped({"archive/a.warc": record("http://a.example/", BOMB)}), "200 times"),
        ("a.wacz", lambda: zipped({"archive/a.warc.gz": bytes(900_000) + gzip.compress(PAGE)}), "packed twice"),
        ("a.wacz", lambda: wacz([], gzip.compress(record("http://a.example/", BOMB))), "200 times"),
    ],
)
def test_a_bomb_in_an_archive_is_refused_in_little_time_and_memory(read, name, pack, why):
    data = pack()
    began = time.process_time()
    tracemalloc.start()
    try:
        assert refused(read(name, data), why)
        assert tracemalloc.get_traced_memory()[1] < 60_000_000 + len(data)
    finally:
        tracemalloc.stop()
    assert time.process_time() - began < 10


@pytest.mark.parametrize(
    "name", ["../out.txt", "/etc/out.txt", "a/../../out.txt", "..\\out.txt", "C:\\out.txt", "\\\\host\\out.txt"]
)
@pytest.mark.parametrize("pack", [zipped, tarred])
def test_a_name_that_leads_out_of_the_archive_is_refused_and_nothing_is_written(read, tmp_path, name, pack):
    file = "a.zip" if pack is zipped else "a.tgz"
    found = read(file, pack({name: TEXT}))
    assert refused(found, "leads out")
    assert [path.name for path in tmp_path.iterdir()] == [file]


def test_links_and_devices_in_archives_are_not_followed(read):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE):
            entry = tarfile.TarInfo("passwd.txt")
            entry.type, entry.linkname = kind, "/etc/passwd"
            archive.addfile(entry)
    assert refused(read("a.tgz", out.getvalue()), "link or device")
    info = zipfile.ZipInfo("passwd.txt")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(info, "/etc/passwd")
    assert refused(read("a.zip", packed.getvalue()), "a link")


@pytest.mark.parametrize("pack", [zipped, tarred])
def test_names_cannot_write_to_the_terminal(read, pack):
    (skipped,) = read("a.zip" if pack is zipped else "a.tgz", pack({"a\x1b[2J\nfake: ok\u202e.txt": b""}))
    assert skipped.origin.isprintable()


def test_addresses_in_a_web_archive_cannot_write_to_the_terminal(read):
    (page,) = read("a.warc", record("http://a.example/\x1b[2J\x07", PAGE))
    assert page.origin.isprintable()


# Pages and PDFs


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 100_000 + HTML,
        "<p>" + "<b>" * 50_000 + "Fenn will leave.",
        "<table><tr><td>" * 20_000 + HTML,
        "<html " + " ".join(f"a{n}='x'" for n in range(100_000)) + ">" + HTML,
        "<html " + " ".join(f"a{n}='>'" for n in range(100_000)),
        "<p " + "/".join(f"a{n}=" for n in range(100_000)) + ">" + HTML,
        "<p " + "\n".join(f"a{n}" for n in range(100_000)) + ">" + HTML,
        "<a b='" * 100_000,
        "<!--" * 100_000 + HTML,
        f"<script type='application/ld+json'>{'[' * 100_000}</script>{HTML}",
        "&#x41;" * 300_000,
        "<" * 300_000,
        "<p><" + "u<uZS" * 40_000,
        "<p>Fenn said he would go.</p>" * 5_000,
        "<p class='byline'>" + "By Ada " * 30_000,
        "<p>" + "14 March 2031 " * 36_000,
    ],
)
def test_a_hostile_page_is_read_or_named_in_time(tmp_path, page):
    (tmp_path / "a.html").write_text(page)
    began = time.process_time()
    (found,) = fetch([tmp_path / "a.html"])
    # What the flow turns into a skipped page, and nothing else.
    with contextlib.suppress(UnreadableError, ValueError, RecursionError, MemoryError):
        extract(found)
    assert time.process_time() - began < 10


def test_a_bomb_in_a_pdf_costs_little_and_is_named():
    body = b"BT /F1 11 Tf 40 800 Td " + b"(Fenn will leave) Tj " * 400_000 + b"ET"
    packed = zlib.compress(body, 9)
    data = pdf(["x"]).replace(b"/Length", b"/Filter /FlateDecode /Length", 1)
    start, end = data.index(b"stream\n") + 7, data.index(b"\nendstream")
    began = time.monotonic()
    with pytest.raises(UnreadableError) as error:
        read_pdf(data[:start] + packed + data[end:], seconds=5)
    assert "\n" not in str(error.value)
    assert time.monotonic() - began < 8


# Nothing that runs what it reads


def test_nothing_here_runs_what_it_reads():
    """No pickle, marshal, shelve, eval, exec, compile, shell or unsafe YAML anywhere in the package."""
    banned_modules = {"pickle", "marshal", "shelve", "dill", "cloudpickle", "code", "runpy"}
    banned_calls = {"eval", "exec", "compile", "__import__", "system", "popen", "full_load", "unsafe_load"}
    found = []
    for path in Path(sayso.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import | ast.ImportFrom):
                names = {alias.name.partition(".")[0] for alias in node.names}
                names |= (
                    {(node.module or "").partition(".")[0]}
                    if isinstance(node, ast.ImportFrom) and not node.level
                    else set()
                )
                found += [(path.name, name) for name in names & banned_modules]
            if isinstance(node, ast.Call):
                name = node.func.id if isinstance(node.func, ast.Name) else ""
                method = node.func.attr if isinstance(node.func, ast.Attribute) else ""
                found += [(path.name, name)] if name in banned_calls else []
                found += [(path.name, method)] if method in banned_calls - {"compile"} else []
                found += [(path.name, "shell")] if any(word.arg == "shell" for word in node.keywords) else []
    assert found == []


@pytest.mark.parametrize("depth", [50, 400, 600, 900, 5_000])
@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ('{"name":', "}")])
def test_depth_in_a_row_is_a_page_or_one_line(read, depth, opening, closing):
    row = (
        f'{{"text": "Fenn will leave.", "author": {opening * depth}"Ada"{closing * depth}}}\n{{"text": "Fenn stays."}}'
    )
    first, second = read("a.jsonl", row.encode())
    assert isinstance(first, RawPage) or "JSON" in first.reason
    assert second.content == "Fenn stays."


@pytest.mark.parametrize(
    "head",
    [
        "a: &a [x, x, x, x, x, x, x, x, x]\n"
        + "".join(f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True))
        + "author: *i",
        "author: &a [*a]",
        "author: " + "[" * 3_000,
        "a" * 19_000,
        "a: " * 6_000,
        "x" + " " * 19_000 + "y",
        "author: !!python/object/apply:os.system ['true']",
        "title: Fenn\n" * 30_000,
    ],
)
def test_the_head_of_a_markdown_file_is_no_way_in(read, head):
    began = time.process_time()
    (page,) = read("a.md", f"---\n{head}\n---\nFenn will leave.".encode())
    assert isinstance(page, RawPage)
    assert len(page.author or "") < 4_000
    assert time.process_time() - began < 5


def test_a_row_cannot_name_a_file_to_be_read(tmp_path):
    (tmp_path / "a.jsonl").write_text(
        json.dumps({"text": "/etc/passwd", "html": "file:///etc/passwd", "url": "file:///etc/passwd"})
    )
    (page,) = fetch([tmp_path / "a.jsonl"])
    assert page.content == "/etc/passwd"
