from __future__ import annotations

import gzip
import io
import json
import tarfile
import zipfile

import pytest

from sayso.articles.archives import archive_suffix, belongs_to_page
from sayso.articles.fetch import fetch
from sayso.records import RawPage, Skipped

TEXT = b"Dario Fenn will leave Harrowmere in May, a source told the Wire."
PAGE = b"<html><body><p>" + TEXT + b"</p></body></html>"


def zipped(files, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def tarred(files, mode="w:gz"):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:
        for name, data in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return out.getvalue()


def record(url, body, *, kind="text/html", status="200 OK", type_="response", head="", gzipped=False):
    block = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{head}\r\n".encode() + body if type_ == "response" else body
    mime = "application/http; msgtype=response" if type_ == "response" else kind
    header = (
        f"WARC/1.1\r\nWARC-Type: {type_}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2031-03-14T10:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:0>\r\nContent-Type: {mime}\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    whole = header.encode() + block + b"\r\n\r\n"
    return gzip.compress(whole) if gzipped else whole


@pytest.fixture
def read(tmp_path):
    """What `fetch` makes of one file of this name and content, origins without the folder."""

    def go(name, data, **options):
        path = tmp_path / name
        path.write_bytes(data)
        return [(page.origin.removeprefix(f"{tmp_path}/"), page) for page in fetch([path], **options)]

    return go


@pytest.mark.parametrize(("name", "pack"), [("a.zip", zipped), ("a.tar.gz", tarred), ("a.TGZ", tarred)])
def test_the_articles_of_an_archive_are_read(read, name, pack):
    found = read(
        name,
        pack({"b/one.txt": TEXT, "two.html": PAGE, "photo.jpg": b"\xff\xd8", ".hidden.txt": TEXT, "README.md": TEXT}),
    )
    assert [origin for origin, _ in found] == [f"{name}/b/one.txt", f"{name}/two.html"]
    assert [page.form for _, page in found] == ["text", "html"]


def test_a_plain_tar_is_read(read):
    ((_, page),) = read("a.tar", tarred({"one.txt": TEXT}, mode="w"))
    assert page.content == TEXT.decode()


@pytest.mark.parametrize("pack", [zipped, tarred])
def test_a_bad_member_is_named_and_the_rest_goes_on(read, pack):
    found = read("a.zip" if pack is zipped else "a.tgz", pack({"a.txt": b"\0\0\0", "b.txt": b"", "c.txt": TEXT}))
    assert [type(page) for _, page in found] == [Skipped, Skipped, RawPage]
    assert [page.reason for _, page in found[:2]] == [
        "not text; save the article as .txt, .md or .html",
        "the file is empty; save the article again",
    ]


@pytest.mark.parametrize("name", ["a.zip", "a.tar.gz", "a.tar", "a.warc", "a.warc.gz", "a.wacz"])
@pytest.mark.parametrize("data", [b"no archive at all", b"\x1f\x8b\x08broken", b"PK\x03\x04broken", bytes(2000)])
def test_a_broken_archive_is_one_line(read, name, data):
    for _, skipped in read(name, data):
        assert isinstance(skipped, Skipped)
        assert "\n" not in skipped.reason


def test_an_archive_cut_short_gives_what_came_before(read):
    data = tarred({f"{number}.txt": TEXT * 400 + str(number).encode() for number in range(20)}, mode="w")
    found = read("a.tar", data[: len(data) // 2])
    assert isinstance(found[-1][1], Skipped)


@pytest.mark.parametrize("gzipped", [False, True])
def test_a_warc_cut_short_gives_what_came_before(read, gzipped):
    data = b"".join(record(f"https://a.example/{number}", PAGE, gzipped=gzipped) for number in (1, 2))
    (_, page), *rest = read("a.warc.gz" if gzipped else "a.warc", data[:-60])
    assert page.url == "https://a.example/1"
    assert "cut short" in " ".join(cut.reason for _, cut in rest)


def test_an_archive_without_articles_says_so(read):
    ((_, skipped),) = read("a.zip", zipped({"photo.jpg": b"\xff\xd8"}))
    assert "no article in this archive" in skipped.reason


def test_the_table_tells_about_members(read, tmp_path):
    table = tmp_path / "about.csv"
    table.write_text("file,outlet\nb/one.txt,Harbour Post\nhttps://a.example/1,Terrace Wire\n")
    ((_, page),) = read("a.zip", zipped({"b/one.txt": TEXT}), metadata=table)
    assert page.outlet == "Harbour Post"
    ((_, page),) = read("a.warc", record("https://a.example/1", PAGE), metadata=table)
    assert page.outlet == "Terrace Wire"


def test_a_locked_or_oddly_packed_member_is_named(read):
    data = bytearray(zipped({"a.txt": TEXT}, zipfile.ZIP_STORED))
    for signature, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + at] |= 1
    ((_, locked),) = read("a.zip", bytes(data))
    ((_, odd),) = read("b.zip", zipped({"a.txt": TEXT}, zipfile.ZIP_BZIP2))
    assert "password" in locked.reason
    assert "plain zip" in odd.reason


@pytest.mark.parametrize("gzipped", [False, True])
def test_the_pages_of_a_warc_are_read_with_their_addresses(read, gzipped):
    data = b"".join(
        [
            record("https://a.example/fenn?utm_source=x", PAGE, gzipped=gzipped),
            record("https://a.example/p.png", b"\x89PNG", kind="image/png", gzipped=gzipped),
            record("https://a.example/old", b"", status="301 Moved", gzipped=gzipped),
            record("https://a.example/text", TEXT, kind="text/plain", type_="conversion", gzipped=gzipped),
        ]
    )
    name = "a.warc.gz" if gzipped else "a.warc"
    (origin, page), (_, text) = read(name, data)
    assert (origin, page.url, page.form) == (
        f"{name}:https://a.example/fenn?utm_source=x",
        "https://a.example/fenn",
        "html",
    )
    assert (text.url, text.form) == ("https://a.example/text", "text")


def test_answers_in_a_warc_are_unpacked_and_unchunked(read):
    packed = gzip.compress(PAGE)
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(packed), packed)
    head = "Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n"
    ((_, page),) = read("a.warc", record("https://a.example/1", chunked, head=head))
    assert page.content == PAGE.decode()


def test_the_charset_an_answer_names_is_used(read):
    body = "<p>Тренер сказал, что уйдёт в мае.</p>".encode("koi8-r")
    ((_, page),) = read("a.warc", record("https://a.example/1", body, kind="text/html; charset=koi8-r"))
    assert "Тренер сказал" in page.content


def wacz(pages, records, **more):
    rows = "\n".join(json.dumps(row) for row in [{"format": "json-pages-1.0"}, *pages])
    return zipped(
        {"datapackage.json": "{}", "pages/pages.jsonl": rows, "archive/data.warc.gz": records} | more,
        zipfile.ZIP_STORED,
    )


def test_the_pages_a_wacz_lists_are_read_and_what_they_are_made_of_is_not(read):
    records = record("https://a.example/1", PAGE, gzipped=True) + record(
        "https://ads.example/frame", PAGE, gzipped=True
    )
    ((_, page),) = read("a.wacz", wacz([{"url": "https://a.example/1#top", "title": "Fenn"}], records))
    assert page.url == "https://a.example/1"


def test_a_wacz_that_lists_nothing_gives_all_its_pages(read):
    records = record("https://a.example/1", PAGE, gzipped=True) + record("https://a.example/2", PAGE, gzipped=True)
    assert len(read("a.wacz", wacz([], records))) == 2


def test_a_wacz_without_its_pages_says_so(read):
    ((_, skipped),) = read(
        "a.wacz", wacz([{"url": "https://a.example/9"}], record("https://a.example/1", PAGE, gzipped=True))
    )
    assert "none of the pages" in skipped.reason


def test_what_a_browser_saved_beside_a_page_is_no_article(tmp_path, read):
    (tmp_path / "saved").mkdir()
    (tmp_path / "saved/Fenn to go.html").write_bytes(
        b"<!-- saved from url=(0027)https://a.example/fenn?id=1 -->\n" + PAGE
    )
    (tmp_path / "saved/Fenn to go_files").mkdir()
    (tmp_path / "saved/Fenn to go_files/saved_resource.html").write_bytes(PAGE)
    (tmp_path / "saved/other_files").mkdir()
    (tmp_path / "saved/other_files/a.txt").write_bytes(TEXT)
    page, other = fetch([tmp_path / "saved"])
    assert (page.url, other.form) == ("https://a.example/fenn?id=1", "text")
    files = {"p_files/frame.html": PAGE, "p.html": PAGE}
    assert len(read("a.zip", zipped(files))) == len(read("a.tgz", tarred(files))) == 1


def test_a_page_saved_in_one_file_names_its_address(read):
    head = b"<html><!--\n Page saved with SingleFile \n url: https://a.example/fenn \n saved date: Fri Mar 14 2031\n--><body>"
    ((_, page),) = read("a.html", head + PAGE)
    assert page.url == "https://a.example/fenn"


@pytest.mark.parametrize(
    ("name", "suffix"),
    [("A.TAR.GZ", ".tar.gz"), ("x.warc.gz", ".warc.gz"), ("x.gz", None), ("x.html", None), ("x.wacz", ".wacz")],
)
def test_an_archive_is_known_by_its_name(name, suffix):
    assert archive_suffix(name) == suffix


def test_a_folder_belongs_to_a_page_only_where_the_page_is():
    assert belongs_to_page("a/p_files/x/y.html", frozenset({"a/p.htm"}))
    assert not belongs_to_page("a/p_files/y.html", frozenset({"p.html"}))
