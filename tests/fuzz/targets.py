"""What is fuzzed: each way in with hostile documents made for it."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

from sayso.articles.doors import Doors
from sayso.articles.extract import extract
from sayso.articles.feeds import read_opml
from sayso.articles.fetch import fetch
from sayso.articles.tables import read_sidecar
from sayso.articles.visits import Visitor, pages_at
from sayso.records import RawPage
from tests.fuzz.target import Target, check, one_line_or
from tests.fuzz.told import LOADED, REPLY
from tests.serving import raw_serving


def _file(suffix: str) -> Callable[[bytes], None]:
    def read(data: bytes) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"a{suffix}"
            path.write_bytes(data)
            check(fetch([path]))

    return read


def _extracted(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.html"
        path.write_bytes(data)
        for page in fetch([path]):
            if isinstance(page, RawPage):
                one_line_or(lambda page=page: extract(page).text.encode("utf-8"))


def _sidecar(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for name in ("a.csv", "a.jsonl"):
            path = Path(folder) / name
            path.write_bytes(data)
            one_line_or(lambda path=path: read_sidecar(path))


def _list_of_feeds(data: bytes) -> None:
    one_line_or(lambda: read_opml(data))


def _answered(data: bytes) -> None:
    doors = Doors(allow_private=True, pause=0.0, seconds=3.0, redirects=2)
    with raw_serving(data) as address:
        check(pages_at(address, visitor=Visitor(doors)))


def _zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", "Dario Fenn will leave, a source told the Wire. " * 20)
        archive.writestr("b/page.html", "<p>Dario Fenn will leave.</p>")
    return out.getvalue()


def _tar() -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as archive:
        entry = tarfile.TarInfo("é" * 120 + ".txt")
        entry.size = 40
        archive.addfile(entry, io.BytesIO(b"Dario Fenn will leave, a source told us."))
    return out.getvalue()


def _wacz() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("pages/pages.jsonl", '{"format": "json-pages-1.0"}\n{"url": "http://a.example/"}')
        archive.writestr("archive/data.warc.gz", gzip.compress(_WARC))
    return out.getvalue()


_BODY = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<p>Hi\r\n0\r\n\r\n"
_WARC = (
    b"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/\r\nWARC-Date: 2031-03-14T10:00:00Z\r\n"
    b"WARC-Record-ID: <urn:uuid:1>\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n"
) % (len(_BODY), _BODY)
_RSS = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>Post</title><item><title>Fenn</title><link>http://a.example/1</link>
<guid>1</guid><source url="http://b.example">Wire</source><pubDate>Fri, 14 Mar 2031 10:00:00 GMT</pubDate><description>Fenn</description>
</item></channel></rss>"""
_ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>1</id><link href="/1"/><title type="html">Fenn</title><content type="xhtml">
<div xmlns="http://www.w3.org/1999/xhtml"><p>Fenn</p></div></content></entry></feed>"""
_JSON = json.dumps(
    {"version": "https://jsonfeed.org/version/1", "items": [{"id": 1, "url": "/1", "content_text": "Fenn"}]}
).encode()
_HTML = b"""<!DOCTYPE html><html><head><title>Fenn to go</title><meta property="og:site_name" content="Post"><script type="application/ld+json">
{"@type": "NewsArticle", "headline": "Fenn", "datePublished": "2031-03-14", "author": [{"name": "Ada Quill"}]}</script></head><body>
<h1>Fenn to go</h1><p class="byline">By Ada Quill</p><time datetime="2031-03-14">14 March</time><p>Dario Fenn will leave Harrowmere in May, a
source told the Wire. The club would not comment on it.</p></body></html>"""

TARGETS = {
    "html": Target(
        (_HTML,),
        (
            *(
                f"<{name}>".encode()
                for name in "p div span b table tr td ul li a article section main blockquote q br svg form".split()
            ),
            b"</p>",
            b"</div>",
            b"</table>",
            b"<!--",
            b"-->",
            b"<![CDATA[",
            b"]]>",
            b"<script>",
            b"</script>",
            b"<style>",
            b"<h1>",
            b'<meta property="og:title" content="',
            b'<a href="http://a.example/">',
            b' class="byline"',
            b'"',
            b"'",
            b"<",
            b">",
            b"=",
            b'<script type="application/ld+json">',
            b"[",
            b'{"@type":',
            b'"author":',
            b"&#0;",
            b"&#xd800;",
            b"&nbsp;",
            b' a="b"',
            b"<p ",
            b'<meta charset="utf-16">',
            b"Published: ",
            b"14 March 2031 ",
            b"By Ada ",
        ),
        _extracted,
    ),
    "feed": Target(
        (_RSS, _ATOM, _JSON),
        (
            b"<rss>",
            b"<channel>",
            b"<item>",
            b"</item>",
            b"<entry>",
            b"<feed xmlns='http://www.w3.org/2005/Atom'>",
            b"<link>",
            b"<guid>",
            b"<title>",
            b"</title>",
            b"<!DOCTYPE rss [",
            b"<!ENTITY a 'b'>",
            b"]>",
            b"&a;",
            b"&nbsp;",
            b"&",
            b"<![CDATA[",
            b"]]>",
            b"<!--",
            b'<?xml version="1.0" encoding="utf-16"?>',
            b"<source>",
            b"xml:base='http://['",
            b"<content type='xhtml'>",
            b"<a:b>",
            b" x='",
            b'{"version": "https://jsonfeed.org/version/1", "items": [',
            b"[",
            b"{",
            b'"id":',
            b'"url":',
            b"1e999",
            b"null",
            b",",
            b"]",
            b"}",
        ),
        _file(".rss"),
    ),
    "opml": Target(
        (b'<opml><body><outline text="Post" xmlUrl="http://a.example/"/></body></opml>',),
        (
            b"<opml>",
            b"<body>",
            b"<outline ",
            b'xmlUrl="http://a.example/"',
            b'xmlUrl="',
            b'"',
            b"/>",
            b">",
            b"<!DOCTYPE",
            b"<!ENTITY",
            b"&x;",
        ),
        _list_of_feeds,
    ),
    "warc": Target(
        (_WARC, _WARC * 3, _WARC.replace(b"chunked", b"gzip")),
        (
            b"WARC/1.1\r\n",
            b"WARC/1.0\n",
            b"WARC-Type: response\r\n",
            b"Content-Length: ",
            b"\r\n\r\n",
            b"\r\n",
            b"HTTP/1.1 200 OK\r\n",
            b"Content-Encoding: br\r\n",
            b"Content-Encoding: gzip\r\n",
            b"Transfer-Encoding: chunked\r\n",
            b"ffffffffffffffff\r\n",
            b"5\r\n",
            b"WARC-Target-URI: ",
            b"WARC-Type: conversion\r\nContent-Type: text/plain\r\n",
            b"X: y\r\n",
            gzip.compress(_WARC),
        ),
        _file(".warc"),
    ),
    "warc.gz": Target(
        (gzip.compress(_WARC), gzip.compress(_WARC) * 2),
        (gzip.compress(_WARC), gzip.compress(b""), b"\x1f\x8b\x08", b"\0"),
        _file(".warc.gz"),
    ),
    "zip": Target(
        (_zip(),),
        (b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07", b"\xff\xff\xff\xff", b"\0\0"),
        _file(".zip"),
    ),
    "wacz": Target(
        (_wacz(),),
        (b"PK\x01\x02", b"PK\x05\x06", b"\xff\xff\xff\xff", b"\0", b'{"url":', b"\n", gzip.compress(_WARC)),
        _file(".wacz"),
    ),
    "tar": Target(
        (_tar(),),
        (
            b"ustar\x0000",
            b"\0" * 512,
            b"x",
            b"L",
            b"S",
            b"77777777777\0",
            b"\x80\xff\xff\xff",
            b"20 path=a\n",
            b"GNU.sparse.map=0,0\n",
        ),
        _file(".tar"),
    ),
    "jsonl": Target(
        (
            b'{"text": "Dario Fenn will leave.", "outlet": {"name": "Wire"}, "date": "2031-03-14"}\n{"html": "<p>Hi</p>"}\n',
        ),
        (
            b"{",
            b"}",
            b"[",
            b"]",
            b'"text":',
            b'"html":',
            b'"outlet":',
            b'"\\ud800"',
            b'"',
            b",",
            b"\n",
            b"1e999",
            b"NaN",
            b"\\u0000",
            b"null",
        ),
        _file(".jsonl"),
    ),
    "csv": Target(
        (b'text,outlet,date\n"Dario Fenn will leave.",Wire,2031-03-14\n',),
        (b"text", b"html", b",", b";", b"\t", b'"', b'""', b"\n", b"\r", b"file,outlet"),
        _file(".csv"),
    ),
    "metadata": Target(
        (b"file,outlet,date\na.txt,Wire,2031-03-14\n", b'{"file": "a.txt", "outlet": ["Wire"]}\n'),
        (b"file", b",", b'"', b"\n", b"{", b"}", b'"file":', b"[", b"\r\n", b"\xff\xfe"),
        _sidecar,
    ),
    "markdown": Target(
        (b"---\ntitle: Fenn\ndate: 2031-03-14\n---\n# Fenn\n\nDario Fenn will leave.\n",),
        (
            b"---\n",
            b"&a [",
            b"*a",
            b"!!python/object/apply:os.system ",
            b": ",
            b"- ",
            b"{",
            b"[",
            b"\n",
            b"'",
            b"#",
            b"|",
        ),
        _file(".md"),
    ),
    "answer": Target(
        (b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 9\r\n\r\n<p>Hi</p>",),
        (
            b"HTTP/1.1 ",
            b"200",
            b"301",
            b"304",
            b"\r\n",
            b"\r\n\r\n",
            b"Location: /x\r\n",
            b"Location: http://127.0.0.1:1/\r\n",
            b"X: y\r\n",
            b"Content-Encoding: gzip\r\n",
            b"Content-Encoding: br\r\n",
            b"Transfer-Encoding: chunked\r\n",
            b"Content-Length: -1\r\n",
            b"5\r\n",
            b"Content-Type: text/html; charset=\r\n",
            b"HTTP/1.1 100 Continue\r\n\r\n",
            gzip.compress(b"<p>Hi</p>"),
        ),
        _answered,
    ),
    "reply": REPLY,
    "load": LOADED,
}
