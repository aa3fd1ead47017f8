"""Killed at any moment, out of room, or not allowed to write: the ledger is whole, and the next run picks up the rest.

SAYSO_KILLS=50 kills fifty times in each test; twice by default.
"""

from __future__ import annotations

import os
import random
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from sayso.cli import main
from tests.serving import Reply, Site, serving

KILLS = int(os.environ.get("SAYSO_KILLS", "2"))
ARTICLES = 5
NAMES = "Ada Brook,Bela Crane,Cyra Dunn,Dario Ente,Edna Frost,Faro Glen,Gita Holm,Hugo Iver".split(",")
COMMAND = (sys.executable, "-m", "sayso")
#: root that has to keep to what a file allows
WITHOUT_RIGHTS = (
    "setpriv",
    "--bounding-set=-dac_override,-dac_read_search",
    "--inh-caps=-dac_override,-dac_read_search",
)
#: what must be the same however often a run was cut off; ids come from content
KEPT = {
    "article": "select id from article order by id",
    "claim": "select id, reader from claim order by id",
    "evidence": "select claim, position, text from evidence order by claim, position",
    "version": "select first, number, article from version order by first, number",
    "waiting": "select count(*) from waiting",
    "sketch": "select article from sketch order by article",
    "member": "select article from member order by article",
}


def body(number: int) -> str:
    name = NAMES[number % len(NAMES)]
    return (
        f"{name} will leave the ministry of works in May, a spokesman for the cabinet said on Monday. Two officials told the Harbour Post "
        f"that {name} had asked for other work in {number + 2} letters to the chancellor. The ministry did not comment. Reporters were told "
        "that the chancellor would name somebody new before the summer, and that nobody in the house had been asked so far. The treasurer, "
        "who had read the letters, said that the reasons were private and that the work would go on as before. Members of the committee "
        "said they expected a hearing in April and would want to know who had signed for the bridge over the Tarn, which cost more than "
        "was planned. The opposition demanded an answer by the end of the week, and said that it would ask for the letters to be laid on the "
        "table of the house, where every member could read them and judge whether the reasons given for the delay were the true ones."
    )


def paragraphs(number: int) -> str:
    return "".join(f"<p>{sentence}.</p>" for sentence in body(number).removesuffix(".").split(". "))


def titled(number: int) -> str:
    return f"{NAMES[number % len(NAMES)]} and the ministry of works"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "articles"
    made.mkdir()
    for n in range(ARTICLES):
        facts = f"title: {titled(n)}\noutlet: Harbour Post\nurl: https://post.example/{n}\ndate: 2025-03-{n + 1:02d}"
        (made / f"{n}.md").write_text(f"---\n{facts}\n---\n{body(n)}\n")
    return made


def run(
    *arguments: object, limit: Callable[[], None] | None = None, by: Sequence[str] = ()
) -> subprocess.CompletedProcess[str]:
    command = [*by, *COMMAND, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, preexec_fn=limit)


def start(*arguments: object) -> int:
    """A command in a process of its own, by fork: the programs are loaded already, so that the kill meets the work and not the imports."""
    child = os.fork()
    if child:
        return child
    status = 70
    try:
        os.setsid()
        nowhere = os.open(os.devnull, os.O_WRONLY)
        sys.stdout = sys.stderr = os.fdopen(nowhere, "w")
        sys.argv = ["sayso", *map(str, arguments)]
        main()
        status = 0
    except SystemExit as ended:
        status = int(ended.code or 0)
    finally:
        os._exit(status)


def ended(child: int) -> int:
    """The exit status of a child that is waited for."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def kill(after: float, *arguments: object) -> None:
    """Start a command and kill it; one that was done before is as well."""
    child = start(*arguments)
    deadline = time.monotonic() + after
    while time.monotonic() < deadline:
        if os.waitpid(child, os.WNOHANG)[0]:
            return
        time.sleep(0.002)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def finished(*arguments: object) -> bool:
    """Whether a command comes to its end."""
    return ended(start(*arguments)) == 0


def kept(db: Path) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(db)) as connection:
        return {name: connection.execute(query).fetchall() for name, query in KEPT.items()}


def check_whole(db: Path) -> None:
    """The file is sound, and no article stands half read in it."""
    if not db.exists() or not db.stat().st_size:
        return
    with closing(sqlite3.connect(db)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        if not connection.execute("select 1 from sqlite_master where name = 'reading'").fetchone():
            return
        unread = "select count(*) from article where id not in (select article from reading)"
        assert connection.execute(unread).fetchone() == (0,)
        half = "select count(*) from reading r where claims <> (select count(*) from claim c where c.article = r.article and c.reader = r.reader)"
        assert connection.execute(half).fetchone() == (0,)


def moments(whole: float) -> list[float]:
    """When to kill: spread over a run, at random within each part."""
    chance = random.Random(8)
    return [whole * (n + chance.random()) / KILLS for n in range(KILLS)]


def timed(*arguments: object) -> float:
    began = time.monotonic()
    assert finished(*arguments)
    return time.monotonic() - began


def test_a_read_that_is_killed_is_picked_up(folder: Path, tmp_path: Path) -> None:
    whole = tmp_path / "whole.db"
    takes = timed("read", folder, "--db", whole)
    for number, moment in enumerate(moments(takes)):
        db = tmp_path / f"{number}.db"
        kill(moment, "read", folder, "--db", db)
        check_whole(db)
        assert finished("read", folder, "--db", db)
        check_whole(db)
        assert kept(db) == kept(whole)


def followed(site: Site) -> str:
    items = "".join(
        f"<item><title>{titled(n)}</title><guid>{n}</guid><pubDate>Mon, {n + 3:02d} Mar 2025 09:00:00 GMT</pubDate>"
        f"<content:encoded xmlns:content='http://purl.org/rss/1.0/modules/content/'><![CDATA[{paragraphs(n)}]]></content:encoded></item>"
        for n in range(ARTICLES)
    )
    site.pages["/robots.txt"] = Reply("User-agent: *\nAllow: /\n", kind="text/plain")
    return site.put(
        "/feed", f"<rss version='2.0'><channel><title>Post</title>{items}</channel></rss>", kind="application/rss+xml"
    )


def test_a_watch_that_is_killed_is_picked_up(tmp_path: Path) -> None:
    with serving() as site:
        address, whole = followed(site), tmp_path / "whole.db"
        options = ("--allow-private", "--alerts", tmp_path / "alerts.xml", "--db")
        takes = timed("watch", address, *options, whole)
        assert len(kept(whole)["article"]) == ARTICLES
        for number, moment in enumerate(moments(takes)):
            db = tmp_path / f"{number}.db"
            kill(moment, "watch", address, *options, db)
            check_whole(db)
            assert finished("watch", address, *options, db)
            check_whole(db)
            assert kept(db) == kept(whole)


def old(db: Path, now: Path) -> None:
    """A ledger as version 2 made it, with what stands in a ledger of now, the articles many times over."""
    with closing(sqlite3.connect(db)) as connection:
        connection.executescript((Path(__file__).parent / "ledger/version2.sql").read_text())
        connection.execute("attach ? as now", [str(now)])
        for table in ("article", "reading", "claim", "evidence", "link", "event", "handle", "terms", "member", "story"):
            columns = [row[1] for row in connection.execute(f"pragma table_info({table})")]
            fields = ", ".join(f'"{c}"' for c in columns)
            connection.execute(f"insert into main.{table} ({fields}) select {fields} from now.{table}")
        fields = "outlet_basis, published_basis, text, language, origin, recorded"
        connection.execute(
            f"with recursive n(i) as (select 1 union all select i + 1 from n where i < 3000) "
            f"insert into main.article (id, url, {fields}) "
            f"select 'copy' || i, 'https://post.example/c' || (i / 2), {fields} from n, (select * from now.article limit 1)"
        )
        connection.execute(
            "insert into main.reading select id, 'reader', 1, 0, recorded from article where id like 'copy%'"
        )
        connection.commit()


def test_a_migration_that_is_killed_is_done_again(folder: Path, tmp_path: Path) -> None:
    now, whole = tmp_path / "now.db", tmp_path / "whole.db"
    timed("read", folder, "--db", now)
    old(whole, now)
    takes = timed("questions", "--db", whole)
    assert len(kept(whole)["version"]) == ARTICLES + 3000
    for number, moment in enumerate(moments(takes)):
        db = tmp_path / f"{number}.db"
        old(db, now)
        kill(moment, "questions", "--db", db)
        check_whole(db)
        assert finished("questions", "--db", db)
        check_whole(db)
        assert kept(db) == kept(whole)


def test_a_full_disk_gives_one_line_and_loses_nothing(folder: Path, tmp_path: Path) -> None:
    db = tmp_path / "s.db"
    assert run("read", folder / "0.md", "--db", db).returncode == 0
    before = kept(db)
    size = db.stat().st_size + 40_000

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # writing past the limit then fails as on a full disk
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    done = run("read", folder, "--db", db, limit=limit)
    assert done.returncode == 4
    assert len(done.stderr.strip().splitlines()) == 1
    assert "what was stored before is safe" in done.stderr
    check_whole(db)
    after = kept(db)
    assert set(before["claim"]) <= set(after["claim"])
    assert run("read", folder, "--db", db).returncode == 0
    assert len(kept(db)["article"]) == ARTICLES


@pytest.mark.skipif(os.geteuid() == 0 and not shutil.which("setpriv"), reason="root may write everywhere")
def test_a_disk_that_is_read_only_gives_one_line(folder: Path, tmp_path: Path) -> None:
    shut = tmp_path / "shut"
    shut.mkdir()
    db = shut / "s.db"
    assert run("read", folder / "0.md", "--db", db).returncode == 0
    before = kept(db)
    for path in (*shut.iterdir(), shut):
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        done = run("read", folder, "--db", db, by=WITHOUT_RIGHTS if os.geteuid() == 0 else ())
    finally:
        shut.chmod(0o755)
        db.chmod(0o644)
    assert done.returncode == 4
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    assert str(db) in done.stderr
    assert kept(db) == before
