"""What hostile reports, words and files try on search, references, exports and what comes back. docs/security.md lists them."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path

import feedparser
import pytest
from lxml import html
from typer.testing import CliRunner

from sayso import exports, pipeline, views
from sayso.cli import whole
from sayso.errors import SaysoError
from sayso.ledger import ClaimFilter, Ledger, open_ledger
from sayso.reading.reader import Reader
from sayso.records import RawPage
from sayso.report import report
from sayso.views import Imprint, Selection

FORMULA = '=HYPERLINK("http://evil.example";"x")'
MARKUP = "</script><script>alert(1)</script><img src=x onerror=alert(1)>"
REPORT = (
    f"{FORMULA}, said Ivo Brandt. Ada Crane will leave Calder Rovers in June, Ivo Brandt told the Harbour Post. "
    f"“{MARKUP},” Ivo Brandt said. Ada Crane has left Calder Rovers, a source told the Harbour Post."
)
ROOT = Path(__file__).parent
INJECTIONS = (
    "' OR 1=1 --",
    "'; DROP TABLE claim; --",
    '" OR ""="',
    "1; DELETE FROM article",
    "%",
    "_",
    "x' UNION SELECT sql FROM sqlite_master --",
    "NEAR(a b)",
    "name:brandt",
    '"unclosed',
    "a* OR *",
    "\\",
    "\x00",
    "{0}",
    ":words",
)


@pytest.fixture(scope="module")
def poisoned(tmp_path_factory: pytest.TempPathFactory, reader: Reader) -> Ledger:
    """Every field that leaves is hostile."""
    with open_ledger(tmp_path_factory.mktemp("desk") / "sayso.db") as opened:
        account = pipeline.Account()
        for n, day in enumerate(("2021-03-03", "2021-03-04")):
            facts = {"outlet": f"{FORMULA} {MARKUP}", "author": FORMULA, "title": f"{MARKUP} {n}", "published": day}
            page = RawPage(f"{FORMULA}.txt", "text", f"{REPORT} Report {n}.", url="javascript:alert(1)", **facts)
            pipeline.take(page, opened, reader, account)
        pipeline.settle(opened, account)
        pipeline.follow(opened, f"Ada Crane leaves Calder Rovers {MARKUP}", group=FORMULA)
        pipeline.resolve(opened, "1", "yes", evidence=MARKUP)
        yield opened


def everything(ledger: Ledger) -> list[bytes]:
    return [views.document(ledger, what, "jsonl") for what in exports.NOUNS]


@pytest.mark.parametrize("words", INJECTIONS)
@pytest.mark.parametrize(
    "ask",
    [
        lambda ledger, words: views.search(ledger, words),
        lambda ledger, words: ledger.claims(ClaimFilter(search=words)),
        lambda ledger, words: ledger.claims(ClaimFilter(source=words)),
        lambda ledger, words: ledger.claims(ClaimFilter(origin=words, kind=words, path=words, article=words)),
        lambda ledger, words: views.article(ledger, words),
        lambda ledger, words: views.story(ledger, words),
        lambda ledger, words: views.question(ledger, words),
        lambda ledger, words: views.source(ledger, words),
        lambda ledger, words: views.edits(ledger, words),
        lambda ledger, words: pipeline.rule(ledger, "1", words, "for"),
        lambda ledger, words: views.exported(ledger, "claims", Selection(story=words, question=words)),
    ],
    ids="search claims-search source origin article story question source-page edits ruling selection".split(),
)
def test_no_words_reach_the_database_as_commands(poisoned: Ledger, ask: Callable[[Ledger, str], object], words: str) -> None:  # fmt: skip
    before, said = everything(poisoned), ""
    try:
        ask(poisoned, words)
    except SaysoError as error:
        said = str(error)
    assert not any(sign in said for sign in ("\n", "sqlite3", "SQL", "syntax"))
    assert everything(poisoned) == before


def test_a_wildcard_finds_itself_only(poisoned: Ledger) -> None:
    for sign in ("%", "_"):
        assert views.search(poisoned, sign).claims == ()
        with pytest.raises(SaysoError):
            views.story(poisoned, sign)


@pytest.mark.parametrize("what", exports.NOUNS)
def test_no_cell_of_a_spreadsheet_is_a_formula(poisoned: Ledger, what: exports.What) -> None:
    table = views.document(poisoned, what, "csv").decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(table)) for cell in row]
    assert [cell for cell in cells if cell[:1] in ("=", "+", "@", "\t", "\r")] == []
    assert any(FORMULA in cell for cell in cells) or what in ("stances", "sources")


def test_nothing_in_a_timeline_or_feed_is_markup(poisoned: Ledger) -> None:
    timeline = json.loads(views.document(poisoned, "claims", "timelinejs"))
    texts = [part for slide in [timeline["title"], *timeline["events"]] for part in slide["text"].values()]
    feed = feedparser.parse(views.document(poisoned, "questions", "atom"), sanitize_html=False)
    texts += [content.value for entry in feed.entries for content in entry.content]
    assert any("alert(1)" in text for text in texts)
    for text in texts:
        page = html.fromstring(f"<div>{text}</div>")
        assert {element.tag for element in page.iter()} <= {"div", "p", "q", "a", "ul", "li", "blockquote"}
        assert not [name for element in page.iter() for name in element.attrib if name.startswith("on")]


CODES = "\x1b[2J\x1b]0;owned\x07\x9b31m\r\x08"


@pytest.mark.parametrize("command", ["timeline --own", "stories", "story", "article", "claims", "search", "questions", "edits", "sources"])  # fmt: skip
def test_no_words_of_a_report_write_to_the_terminal(tmp_path: Path, reader: Reader, command: str) -> None:
    db = tmp_path / "sayso.db"
    with open_ledger(db) as ledger:
        account = pipeline.Account()
        for text in (REPORT, REPORT.replace("will leave", "will not leave")):
            facts = {"outlet": f"Post {CODES}", "author": CODES, "title": f"Crane {CODES} leaves"}
            page = RawPage("a.txt", "text", text.replace("Brandt", f"Brandt{CODES}"), published="2021-03-03", **facts)
            pipeline.take(page, ledger, reader, account)
        pipeline.settle(ledger, account)
        pipeline.follow(ledger, f"Ada Crane leaves Calder Rovers {CODES}")
        words = {"article": ledger.articles()[0].id, "story": "crane", "search": "crane"}
    name, *options = command.split()
    run = CliRunner().invoke(whole(), [name, *options, *filter(None, [words.get(name)]), "--db", str(db)])
    assert (run.exit_code, len(run.output) > 40) == (0, True), run.output
    assert not set(run.output) & set("\x1b\x07\x9b\r\x08")


@pytest.mark.parametrize("redact", [False, True])
def test_nothing_in_a_report_is_markup(poisoned: Ledger, redact: bool) -> None:
    made = report(poisoned, views.stories(poisoned)[0].reference, redact=redact)
    page = html.fromstring(made)
    assert "alert(1)" in made
    assert not page.xpath("//img | //@onerror | //@onload | //a[starts-with(@href, 'javascript')]")
    assert not [words for words in page.xpath("//script/text()") if words.startswith("alert")]


@pytest.mark.parametrize("form", ["schemaorg", "prov", "webannotation", "citron", "timelinejs"])
def test_no_export_links_to_a_script(poisoned: Ledger, form: str) -> None:
    assert b"javascript:" not in views.document(poisoned, "claims", form)


def test_json_ld_cannot_end_the_element_it_stands_in(poisoned: Ledger) -> None:
    imprint = Imprint(exports.Reviewer(f"Desk {MARKUP}", "https://desk.example/r"))
    document = json.loads(views.document(poisoned, "questions", "claimreview", imprint=imprint))
    page = html.fromstring(f"<html><body>{exports.script(document)}<p>after</p></body></html>")
    assert len(page.xpath("//script")) == 1
    assert json.loads(page.xpath("//script/text()")[0]) == document


def test_an_exported_file_cannot_plant_words_nobody_wrote(poisoned: Ledger, tmp_path: Path) -> None:
    for what in ("articles", "claims"):
        (tmp_path / f"{what}.jsonl").write_bytes(views.document(poisoned, what, "jsonl"))
    rows = [json.loads(line) for line in (tmp_path / "claims.jsonl").read_text(encoding="utf-8").split("\n")[:-1]]
    for row in rows:
        row["evidence"][0]["text"] = "he confessed to it"
    (tmp_path / "claims.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    with open_ledger(tmp_path / "new.db") as ledger:
        done = pipeline.load([tmp_path / "articles.jsonl", tmp_path / "claims.jsonl"], ledger=ledger)
        assert (len(done.refused), ledger.claims()) == (len(rows), [])


def test_every_test_that_the_table_of_attacks_names_is_there() -> None:
    named = set(re.findall(r"`(test_\w+)`", (ROOT.parent / "docs/security.md").read_text(encoding="utf-8")))
    there = {name for path in ROOT.rglob("test_*.py") for name in re.findall(r"^def (test_\w+)", path.read_text(encoding="utf-8"), re.M)}  # fmt: skip
    assert len(named) > 50
    assert named - there == set()
