from __future__ import annotations

import io
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from sayso.reading.reader import Reader
from sayso.web.adding import safe_name
from tests.web.visiting import REPORTS, Visitor, alert, visiting


@pytest.fixture
def visitor(tmp_path: Path, reader: Reader) -> Iterator[Visitor]:
    with visiting(tmp_path / "sayso.db", reader) as one:
        yield one


def report(name: str) -> tuple[str, bytes]:
    _, day, title, text = REPORTS[name]
    return name, f"date {day}\n{title}\n\n{text}".encode()


def test_files_are_read_and_lead_to_article_and_story(visitor: Visitor) -> None:
    job = visitor.add(way="files", files=[("files", report("a.txt")), ("files", report("b.txt"))])
    assert (job["state"], job["read"], job["done"], job["total"]) == ("done", 2, 2, 2)
    assert all(visitor.get(f"/articles/{one['article']}").status_code == 200 for one in job["articles"])
    assert visitor.get(f"/stories/{job['stories'][0][0]}").status_code == 200


def test_the_same_file_twice_changes_nothing(visitor: Visitor) -> None:
    visitor.add(way="files", files=[("files", report("a.txt"))])
    again = visitor.add(way="files", files=[("files", report("a.txt"))])
    assert (again["read"], again["known"]) == (0, 1)
    assert [one["new"] for one in again["articles"]] == [False]


def test_a_table_beside_the_files_tells_who_published_them(visitor: Visitor) -> None:
    table = ("about", ("about.csv", b"file,outlet,date\na.txt,Harbour Post,2025-03-03\n"))
    job = visitor.add(way="files", files=[("files", report("a.txt")), table])
    assert (job["articles"][0]["outlet"], job["articles"][0]["day"]) == ("Harbour Post", "2025-03-03")


def test_an_archive_is_opened_and_what_is_no_article_is_named(visitor: Visitor) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in ("a.txt", "b.txt"):
            archive.writestr(*report(name))
    sent = [("files", ("saved.zip", packed.getvalue())), ("files", ("game.exe", b"MZ"))]
    job = visitor.add(way="files", files=sent)
    assert job["read"] == 2
    assert job["skipped"][0][0] == "game.exe"


def test_no_trace_of_the_folder_is_kept(visitor: Visitor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "held"))
    (tmp_path / "held").mkdir()
    job = visitor.add(way="files", files=[("files", report("a.txt")), ("files", ("empty.txt", b""))])
    article = visitor.json(f"/articles/{job['articles'][0]['article']}.json")["article"]
    assert article["origin"] == "a.txt"
    assert str(tmp_path) not in str(job)
    visitor.client.app.state.desk.close()
    assert list((tmp_path / "held").glob("sayso-*")) == []


def test_pasted_text_keeps_its_facts(visitor: Visitor) -> None:
    _, _, title, text = REPORTS["c.txt"]
    job = visitor.add(way="text", title=title, outlet="Norda", published="2025-03-20", text=text)
    assert (job["articles"][0]["outlet"], job["articles"][0]["day"]) == ("Norda", "2025-03-20")


def test_an_empty_text_comes_back_with_what_was_typed(visitor: Visitor) -> None:
    answer = visitor.post("/add", way="text", outlet="Norda", text=" ")
    assert "the text is empty" in alert(answer)
    assert 'value="Norda"' in answer.text


@pytest.mark.parametrize("address", ["javascript:alert(1)", "file:///etc/passwd", "ftp://norda.example/x", "norda"])
def test_only_addresses_of_the_web_are_taken(visitor: Visitor, address: str) -> None:
    assert "is no address" in alert(visitor.post("/add", way="addresses", addresses=address))


def test_addresses_in_private_networks_are_refused(visitor: Visitor) -> None:
    job = visitor.add(way="addresses", addresses="http://127.0.0.1:8484/\nhttp://169.254.169.254/latest/meta-data")
    assert [("private network" in reason) for _, reason in job["skipped"]] == [True, True]


def test_two_additions_queue_up(visitor: Visitor, reader: Reader) -> None:
    desk = visitor.client.app.state.desk
    held = threading.Event()
    desk._open = lambda: held.wait(20) and reader
    first = visitor.post("/add", way="text", text=REPORTS["a.txt"][3]).headers["location"]
    second = visitor.post("/add", way="text", text=REPORTS["b.txt"][3]).headers["location"]
    assert visitor.json(second + ".json")["before"] == 1
    assert "Waiting" in visitor.get(second).text
    held.set()
    assert visitor.add(way="text", text=REPORTS["c.txt"][3])["state"] == "done"
    assert [visitor.json(f"{one}.json")["state"] for one in (first, second)] == ["done", "done"]


def test_a_reader_that_cannot_be_loaded_is_one_line(visitor: Visitor) -> None:
    def broken() -> Reader:
        from sayso.errors import ReaderError

        raise ReaderError("the model is missing; install sayso again")

    visitor.client.app.state.desk._open = broken
    job = visitor.add(way="text", text=REPORTS["a.txt"][3])
    assert (job["state"], job["problem"]) == ("failed", "the model is missing; install sayso again")


def test_no_such_addition(visitor: Visitor) -> None:
    assert visitor.get("/add/abc").status_code == 404


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\reports\\a.txt", "a.txt"),
        (".htaccess", "htaccess"),
        ("a\r\nb\x1b[2J.txt", "a__b__2J.txt"),
        ("<img src=x>.html", "_img src_x_.html"),
        ("..", "unnamed"),
        ("é" * 300 + ".tar.gz", "é" * 113 + ".tar.gz"),
    ],
)
def test_file_names_lead_nowhere(sent: str, kept: str) -> None:
    assert safe_name(sent) == kept
