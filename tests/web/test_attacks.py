"""What a hostile report, a hostile site and a hostile visitor try on the pages. docs/security.md lists them."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from lxml import html
from starlette.testclient import TestClient

from sayso import pipeline
from sayso.ledger import open_ledger
from sayso.reading.reader import Reader
from sayso.records import RawPage
from sayso.web.shield import MOST_SENT
from tests.web.visiting import HERE, Visitor, make_desk, visiting

EVIL = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'><svg onload=alert(1)>{{7*7}}"
BAD_LINK = "javascript:alert(1)//<script>"
REPORT = (
    f"Marta Quill will leave Calder Rovers in June, {EVIL} president Ivo Brandt said. “Marta Quill has left Calder Rovers,” "
    f"Brandt told the {EVIL} Post. Marta Quill will stay at Calder Rovers, a source told the Harbour Post."
)


@pytest.fixture(scope="module")
def poisoned(tmp_path_factory: pytest.TempPathFactory, reader: Reader) -> Path:
    """A ledger in which every field that can reach a page is hostile."""
    db = make_desk(tmp_path_factory.mktemp("desk"), reader)
    with open_ledger(db) as ledger:
        account = pipeline.Account()
        for n, day in enumerate(("2025-03-05", "2025-03-06")):
            facts = {"outlet": f"{EVIL} Gazette", "author": EVIL, "title": f"{EVIL} Quill {n}", "published": day}
            page = RawPage(f"{EVIL}.txt", "text", f"{REPORT} Copy {n}.", url=BAD_LINK, **facts)
            pipeline.take(page, ledger, reader, account)
        assert account.read == 2
        pipeline.settle(ledger, account)
        days = pipeline.window("2025-01-01..2025-08-31")
        pipeline.follow(ledger, f"Marta Quill leaves Calder Rovers {EVIL}", window=days, group=EVIL)
        pipeline.resolve(ledger, "1", "yes", evidence=BAD_LINK)
        pipeline.resolve(ledger, "2", "no", evidence=EVIL)
        pipeline.rename(ledger, "quill", f"Quill {EVIL}")
    return db


@pytest.fixture
def visitor(poisoned: Path, tmp_path: Path, reader: Reader) -> Iterator[Visitor]:
    shutil.copy(poisoned, tmp_path / "sayso.db")
    with visiting(tmp_path / "sayso.db", reader) as one:
        yield one


def every_page(visitor: Visitor) -> list[str]:
    """The address of a page of every kind, with every record on it."""
    found = [
        "/",
        "/questions",
        "/sources",
        "/follow",
        "/add",
        "/search?q=" + "quill",
        "/search?q=" + EVIL.replace("{{7*7}}", ""),
    ]
    for row in visitor.json("/index.json")["rows"]:
        story = row["line"]["story"]["id"]
        found += [f"/stories/{story}", f"/stories/{story}?as_of=2025-03-06", f"/stories/{story}/change"]
        found += [f"/articles/{article}" for article in row["line"]["story"]["articles"]]
    return [*found, "/questions/1", "/questions/2", "/questions/2?as_of=2025-03-06"]


def harmless(page: str) -> bool:
    """Whether a browser finds no script but ours in a page, no handler, no link but to the web or to here."""
    tree = html.fromstring(page)
    scripts = [s for s in tree.iter("script") if not (s.get("src") or "").startswith("/static/")]
    handlers = [
        a for e in tree.iter() for a in e.attrib if a.lower().startswith("on") or a.lower() in ("style", "srcdoc")
    ]
    links = [
        v
        for e in tree.iter()
        for a, v in e.attrib.items()
        if a in ("href", "src", "action", "{http://www.w3.org/1999/xlink}href")
    ]
    strange = [v for v in links if not v.startswith(("/", "#", "http://", "https://"))]
    foreign = [
        s for s in tree.iter("img", "iframe", "object", "embed", "base") if not (s.get("src") or "").startswith("/")
    ]
    return not (scripts or handlers or strange or foreign)


def test_nothing_hostile_in_any_field_becomes_markup(visitor: Visitor) -> None:
    pages = every_page(visitor)
    assert len(pages) > 15
    told = {path: visitor.get(path) for path in pages}
    assert [path for path, one in told.items() if one.status_code != 200] == []
    assert [path for path, one in told.items() if not harmless(one.text)] == []
    assert sum("onerror" in one.text for one in told.values()) > 5  # it is there, as words


def test_a_template_in_a_field_is_never_run(visitor: Visitor) -> None:
    page = visitor.get("/questions/2").text
    assert "{{7*7}}" in page


@pytest.mark.parametrize(
    "url", [BAD_LINK, "data:text/html,<script>alert(1)</script>", "vbscript:x", " java\tscript:alert(1)"]
)
def test_only_addresses_of_the_web_become_links(visitor: Visitor, url: str) -> None:
    visitor.post("/questions/1/outcome", status="yes", evidence=url)
    page = visitor.get("/questions/1").text
    assert [v for v in html.fromstring(page).xpath("//a/@href") if not v.startswith(("/", "#", "http"))] == []
    assert harmless(page)


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("/questions", {"text": "", "among": EVIL, "start": EVIL}),
        ("/questions/1/outcome", {"status": EVIL, "evidence": EVIL}),
        ("/questions/1/window", {"start": EVIL}),
        ("/questions/1/stance", {"claim": EVIL, "side": EVIL}),
        ("/stories/quill/rename", {"name": EVIL * 10}),
        ("/stories/quill/merge", {"other": EVIL}),
        ("/stories/quill/split", {"article": EVIL}),
        ("/add", {"way": "addresses", "addresses": EVIL}),
        ("/add", {"way": "text", "text": "", "title": EVIL, "outlet": EVIL}),
    ],
)
def test_what_was_typed_comes_back_as_words(visitor: Visitor, path: str, fields: dict[str, str]) -> None:
    answer = visitor.post(path, **fields)
    assert answer.status_code == 400
    assert harmless(answer.text)


def test_a_file_name_is_no_markup(visitor: Visitor) -> None:
    job = visitor.add(way="files", files=[("files", (EVIL + ".exe", b"MZ"))])
    assert "<" not in job["skipped"][0][0]
    assert harmless(visitor.get(f"/add/{job['job']}").text)


def test_words_in_the_address_are_never_said(visitor: Visitor) -> None:
    for path in (
        f"/?done={EVIL}",
        f"/questions?as_of={EVIL}",
        f"/stories/{EVIL[:20]}",
        f"/articles/{EVIL[:20]}",
        f"/sources/{EVIL[:20]}",
    ):
        assert harmless(visitor.get(path).text)


def test_every_answer_forbids_scripts_of_others_frames_and_sniffing(visitor: Visitor) -> None:
    for path in ("/", "/nowhere", "/static/sayso.css", "/index.json", "/openapi.json"):
        headers = visitor.get(path).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert (headers["x-content-type-options"], headers["x-frame-options"]) == ("nosniff", "DENY")


def test_json_is_never_taken_for_a_page(visitor: Visitor) -> None:
    assert visitor.get("/questions/2.json").headers["content-type"].startswith("application/json")


CHANGES = ["/questions", "/questions/1/outcome", "/questions/1/window", "/questions/1/stance", "/questions/1/drop", "/follow/decline",
           "/stories/quill/merge", "/stories/quill/split", "/stories/quill/rename", "/decisions/1/undo", "/add"]  # fmt: skip


@pytest.mark.parametrize("path", CHANGES)
def test_a_form_without_its_token_changes_nothing(visitor: Visitor, path: str) -> None:
    for token in ({}, {"csrf": ""}, {"csrf": "0" * 64}):
        answer = visitor.client.post(
            path, data=token | {"status": "no"}, headers={"origin": HERE}, follow_redirects=False
        )
        assert answer.status_code == 403


@pytest.mark.parametrize(
    "origin",
    [
        None,
        "null",
        "http://evil.example",
        "http://localhost:8000",
        "https://localhost",
        "http://localhost.evil.example",
    ],
)
def test_a_form_of_another_site_changes_nothing(visitor: Visitor, origin: str | None) -> None:
    token = re.findall(r'name="csrf" value="(\w+)"', visitor.get("/add").text)[0]
    headers = {"origin": origin} if origin else {}
    answer = visitor.client.post("/questions/1/drop", data={"csrf": token}, headers=headers, follow_redirects=False)
    assert answer.status_code == 403
    assert visitor.get("/questions/1").status_code == 200


def test_the_token_of_another_visitor_is_no_good(visitor: Visitor, poisoned: Path) -> None:
    other = TestClient(visitor.client.app, base_url=HERE)
    token = re.findall(r'name="csrf" value="(\w+)"', other.get("/add").text)[0]
    visitor.get("/")
    assert visitor.client.post("/questions/1/drop", data={"csrf": token}, headers={"origin": HERE}).status_code == 403


@pytest.mark.parametrize("path", CHANGES[1:])
def test_a_link_changes_nothing(visitor: Visitor, path: str) -> None:
    before = visitor.json("/questions/1.json")["log"]
    assert visitor.get(path).status_code in (404, 405) or path == "/add"
    assert visitor.json("/questions/1.json")["log"] == before


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "localhost.evil.example",
        "10.0.0.5",
        "169.254.169.254",
        "[::ffff:10.0.0.5]",
        "",
        "localhost@evil.example",
    ],
)
def test_another_sites_name_that_leads_here_is_not_answered(visitor: Visitor, host: str) -> None:
    answer = visitor.get("/", headers={"host": host})
    assert answer.status_code == 421
    assert "Quill" not in answer.text


def test_without_the_token_nothing_is_shown(poisoned: Path, reader: Reader) -> None:
    with visiting(poisoned, reader, token="a-long-enough-token") as visitor:
        for path in ("/", "/index.json", "/static/sayso.css", "/openapi.json", "/?token=wrong", "/add"):
            assert visitor.get(path).status_code == 401
        assert visitor.client.post("/questions/1/drop", headers={"origin": HERE}).status_code == 401
        assert visitor.get("/?token=a-long-enough-token").status_code == 200
        assert visitor.get("/").status_code == 200


def test_the_token_leads_to_no_other_site(poisoned: Path, reader: Reader) -> None:
    with visiting(poisoned, reader, token="a-long-enough-token") as visitor:
        answer = visitor.get("//evil.example/?token=a-long-enough-token", follow_redirects=False)
        assert not answer.headers.get("location", "").startswith(("//", "http"))


@pytest.mark.parametrize(
    "path",
    ["/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py", "/static/%2e%2e%2f%2e%2e%2ferrors.py", "/static//etc/passwd",
     "/static/..\\app.py", "/static/%00", "/articles/..%2f..%2fetc%2fpasswd", "/stories/%2e%2e", "/sources/..%2f..%2fetc%2fpasswd",
     "/add/..%2f..%2fetc%2fpasswd", "/questions/../../etc/passwd.json"],
)  # fmt: skip
def test_no_path_leads_out(visitor: Visitor, path: str) -> None:
    answer = visitor.get(path)
    assert answer.status_code in (400, 404, 405)
    assert "import" not in answer.text
    assert "root:" not in answer.text


@pytest.mark.parametrize(
    "words",
    [
        "' OR 1=1 --",
        '" OR ""="',
        "'; DROP TABLE article; --",
        "%",
        "_",
        "*",
        "NEAR(a b)",
        'quill" OR "x',
        "a AND NOT b",
        "\x00",
        "(" * 50,
        "\xed\xb3\xbf",
    ],
)
def test_no_words_reach_the_database_as_commands(visitor: Visitor, words: str) -> None:
    for path in ("/stories", "/questions", "/articles", "/sources"):
        assert visitor.get(f"{path}/{quote(words, safe='')}").status_code in (200, 404)
    assert visitor.get("/search", params={"q": words}).status_code in (200, 404)
    for path in ("/questions/1/stance", "/stories/quill/merge"):
        assert visitor.post(path, claim=words, side=words, other=words).status_code in (303, 400)
    assert len(visitor.json("/index.json")["rows"]) >= 1
    assert visitor.get("/questions/1").status_code == 200


def test_an_oversized_form_is_refused(visitor: Visitor) -> None:
    answer = visitor.post("/stories/quill/rename", name="x" * (MOST_SENT + 1))
    assert answer.status_code == 413


def test_a_false_length_does_not_let_more_in(visitor: Visitor) -> None:
    sent = {"origin": HERE, "content-type": "application/x-www-form-urlencoded"}

    def endless() -> Iterator[bytes]:
        for _ in range(MOST_SENT // 65536 + 2):
            yield b"x" * 65536

    assert visitor.client.post("/questions/1/drop", content=endless(), headers=sent).status_code == 413


def test_more_files_or_fields_than_any_form_has_are_refused(visitor: Visitor) -> None:
    many = [("files", (f"{n}.txt", b"x")) for n in range(600)]
    assert visitor.post("/add", way="files", files=many).status_code == 400
    assert visitor.post("/questions", **{f"f{n}": "x" for n in range(2100)}).status_code == 400


def test_a_change_leads_only_to_our_own_pages(visitor: Visitor) -> None:
    answer = visitor.post("/stories/quill/rename", name="//evil.example")
    assert re.fullmatch(r"/stories/[0-9a-f]+\?done=renamed", answer.headers["location"])


def test_the_json_of_a_hostile_page_is_sound(visitor: Visitor) -> None:
    page = json.loads(visitor.get("/questions/2.json").text)
    assert EVIL in page["followed"]["question"]["text"]
