"""Alerts: told once, quiet when nothing moved, and never in the way of the watch."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import feedparser
import pytest
from typer.testing import CliRunner

from sayso import pipeline
from sayso.alerts import KEPT, Alert, Sentence, Webhook, alerts, feed, look, signature, telling, write_feed
from sayso.cli import whole
from sayso.errors import InputError
from sayso.ledger import Ledger
from sayso.reading.reader import Reader
from tests.serving import Reply, serving

app = whole()
Put = Callable[[str, str, str], object]
WINDOW = (date(2025, 1, 1), date(2025, 8, 31))
WILL = "Marta Quill will leave Calder Rovers in June, president {who} said on Monday. The club had been expected to keep the coach.\n"
STAYS = "Marta Quill will not leave Calder Rovers, president {who} said on Monday. The club had been expected to keep the coach.\n"


@pytest.fixture
def put(ledger: Ledger, reader: Reader, tmp_path: Path) -> Put:
    def read(body: str, outlet: str, day: str) -> object:
        path = tmp_path / f"{outlet}.md"
        path.write_text(
            f"---\ntitle: Quill and Calder Rovers\noutlet: {outlet}\nurl: https://{outlet.lower()}.example/q\ndate: {day}\n---\n{body}"
        )
        return pipeline.read([path], ledger=ledger, reader=reader)

    return read


@pytest.fixture
def asked(ledger: Ledger) -> Ledger:
    pipeline.follow(ledger, "Marta Quill leaves Calder Rovers", window=WINDOW)
    return ledger


def test_the_first_look_only_remembers(asked: Ledger, put: Put) -> None:
    put(WILL.format(who="Ivo Brandt"), "Post", "2025-03-03")
    assert look(asked) == []
    assert look(asked) == []
    assert alerts(asked) == []


def test_belief_that_moved_is_told_once_with_its_sentence(asked: Ledger, put: Put) -> None:
    look(asked)
    put(WILL.format(who="Ivo Brandt"), "Post", "2025-03-03")
    (one,) = [x for x in look(asked) if x.kind == "movement"]
    assert one.title.startswith("Up from 50 % to ")
    assert "leave Calder Rovers" in one.sentences[0].words
    assert one.sentences[0].url == "https://post.example/q"
    assert look(asked) == []


def test_small_moves_are_told_when_they_have_added_up(asked: Ledger, put: Put) -> None:
    look(asked, points=99)
    put(WILL.format(who="Ivo Brandt"), "Post", "2025-03-03")
    assert [x.kind for x in look(asked, points=99) if x.kind == "movement"] == []
    assert [x.kind for x in look(asked, points=10) if x.kind == "movement"] == ["movement"]


def test_an_origin_that_changed_sides_is_told(asked: Ledger, put: Put) -> None:
    put(WILL.format(who="Ivo Brandt"), "Post", "2025-03-03")
    look(asked)
    put(STAYS.format(who="Ivo Brandt"), "Echo", "2025-03-20")
    (one,) = [x for x in look(asked) if x.kind == "reversal"]
    assert [s.note for s in one.sentences] == ["before", "now"]


def test_a_silent_edit_is_told_and_a_correction_is_not(ledger: Ledger, put: Put) -> None:
    put(WILL.format(who="Ivo Brandt"), "Post", "2025-03-03")
    put(WILL.format(who="Ivo Brandt"), "Echo", "2025-03-03")
    look(ledger)
    put(STAYS.format(who="Ivo Brandt"), "Post", "2025-03-03")
    put(
        STAYS.format(who="Ivo Brandt") + "\nCorrection: an earlier version of this article said the opposite.\n",
        "Echo",
        "2025-03-03",
    )
    (one,) = look(ledger)
    assert (one.kind, one.sentences[0].outlet) == ("edit", "Post")
    assert look(ledger) == []


@contextmanager
def hook(*statuses: int) -> Iterator[tuple[str, list[tuple[dict[str, str], bytes]]]]:
    """An address that takes what is sent, after answering with these statuses in turn."""
    taken: list[tuple[dict[str, str], bytes]] = []
    answers = list(statuses)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            taken.append(
                ({k.lower(): v for k, v in self.headers.items()}, self.rfile.read(int(self.headers["Content-Length"])))
            )
            self.send_response(answers.pop(0) if answers else 204)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/hook", taken
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def alert(number: int = 1, words: str = "she will leave") -> Alert:
    said = Sentence("c" * 12, "a" * 12, words, "Ivo Brandt", "Post", "2025-03-03", "https://post.example/q", "for")
    return Alert(
        f"{number:012x}",
        number,
        "movement",
        "Up from 50 % to 75 %: <Quill> leaves",
        "2025-03-03T09:00:00+00:00",
        (said,),
        None,
    )


def test_the_webhook_gets_signed_json_once() -> None:
    with hook() as (address, taken), Webhook(address, secret="a secret") as sender:
        sender.hand([alert(), alert()])
    ((headers, body),) = taken
    assert json.loads(body)["data"]["sentences"][0]["words"] == "she will leave"
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    expected = base64.b64encode(hmac.new(b"a secret", signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{expected}"
    assert sender.done() == ([alert().id], [])


def test_a_busy_webhook_is_tried_again_with_longer_waits() -> None:
    waits: list[float] = []
    with hook(503, 500, 204) as (address, taken), Webhook(address, sleep=waits.append) as sender:
        sender.hand([alert()])
    assert (len(taken), waits) == (3, [1.0, 2.0])
    assert "webhook-signature" not in taken[0][0]
    assert sender.done()[1] == []


def test_a_webhook_that_refuses_is_named_and_tried_no_more() -> None:
    with hook(410) as (address, taken), Webhook(address, sleep=lambda _: None) as sender:
        sender.hand([alert()])
    assert len(taken) == 1
    assert "410" in sender.done()[1][0]


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("http://hooks.example/x", "not secure"),
        ("https://10.0.0.8/x", "private network"),
        ("https://169.254.169.254/latest", "private network"),
        ("ftp://127.0.0.1/x", "only http and https"),
    ],
)
def test_the_webhook_leads_nowhere_it_must_not(address: str, why: str) -> None:
    with Webhook(address, sleep=lambda _: None) as sender:
        sender.hand([alert()])
    assert why in sender.done()[1][0]


def test_a_name_that_leads_to_this_machine_is_not_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("socket.getaddrinfo", lambda *_, **__: [(2, 1, 6, "", ("127.0.0.1", 443))])
    with Webhook("https://hooks.example/x", sleep=lambda _: None) as sender:
        sender.hand([alert()])
    assert "private network" in sender.done()[1][0]


def test_a_base64_secret_is_opened_and_a_bad_one_told_at_once() -> None:
    key = base64.b64encode(b"a secret").decode()
    assert signature(f"whsec_{key}", "i", 1, b"{}") == signature("a secret", "i", 1, b"{}")
    with pytest.raises(InputError, match="no base64"):
        Webhook("https://hooks.example/x", secret="whsec_!")


def test_a_dead_webhook_neither_breaks_the_round_nor_loses_the_alert(asked: Ledger, put: Put) -> None:
    complaints: list[str] = []
    look(asked)
    put(WILL.format(who="Ivo Brandt"), "Post", "2025-03-03")
    with hook() as (address, _):
        pass
    with telling(asked, say=lambda _: None, complain=complaints.append, webhook=address) as teller:
        assert teller.webhook is not None
        teller.webhook._sleep = lambda _: None
        teller.round()
    assert complaints
    with hook() as (address, taken), telling(asked, say=lambda _: None, complain=complaints.append, webhook=address):
        pass
    assert len(taken) == len(alerts(asked)) > 0
    assert asked.alerts.unsent(last=KEPT) == []


def test_the_feed_opens_in_a_reader_with_lasting_ids_and_no_markup_of_others() -> None:
    made = feedparser.parse(feed([alert(words="<script>alert(1)</script>\x0b")]))
    assert not made.bozo
    assert made.entries[0].title == "Up from 50 % to 75 %: <Quill> leaves"
    assert "<script>" not in feed([alert(words="<script>")]).decode().replace("&amp;lt;", "")
    assert made.entries[0].id == feedparser.parse(feed([alert(), alert(2)])).entries[1].id


def test_the_feed_keeps_the_last_hundred_and_replaces_the_file_whole(tmp_path: Path) -> None:
    path = tmp_path / "alerts.xml"
    write_feed(path, [alert(n) for n in range(1, 151)])
    assert len(feedparser.parse(path.read_bytes()).entries) == KEPT
    assert list(tmp_path.iterdir()) == [path]
    with pytest.raises(InputError, match="cannot be written"):
        write_feed(tmp_path / "no" / "alerts.xml", [])


def test_watch_tells_in_line_feed_and_list(tmp_path: Path) -> None:
    db, out = str(tmp_path / "s.db"), tmp_path / "a.xml"
    page = "<html><head><title>Quill and Calder Rovers</title></head><body><article><h1>Quill and Calder Rovers</h1><p>{}</p></article></body></html>"
    run = CliRunner()
    with serving() as site:
        watched = ["watch", site.put("/q.html", "x"), "--allow-private", "--db", db, "--alerts", str(out), "--json"]
        site.pages["/q.html"] = Reply(page.format(WILL.format(who="Ivo Brandt")))
        first = run.invoke(app, watched)
        assert (first.exit_code, feedparser.parse(out.read_bytes()).entries) == (0, [])
        with pipeline_ledger(db) as ledger:
            ledger.visits.keep(dict(ledger.visits.get(f"{site.address}/q.html")._mapping) | {"due": None})
        site.pages["/q.html"] = Reply(page.format(STAYS.format(who="Ivo Brandt")))
        second = run.invoke(app, watched)
    assert [json.loads(x).get("kind") for x in second.stdout.splitlines()] == ["edit", None]
    assert len(feedparser.parse(out.read_bytes()).entries) == 1
    assert "Silently edited" in run.invoke(app, ["alerts", "--db", db]).stdout
    assert "silently edited" in run.invoke(app, ["edits", "--db", db]).stdout


@contextmanager
def pipeline_ledger(db: str) -> Iterator[Ledger]:
    from sayso.ledger import open_ledger

    with open_ledger(db) as opened:
        yield opened
