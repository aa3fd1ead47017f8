"""A story as one file: complete, closed to the outside, and agreeing with the ledger on every day."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from lxml import html
from typer.testing import CliRunner

from sayso import pipeline, views
from sayso.cli import whole
from sayso.ledger import Ledger, open_ledger
from sayso.ledger.stories import Kept
from sayso.reading.reader import Reader
from sayso.records import Article, Claim, Outcome, Outlet, Published, Source, Span, Story, content_id
from sayso.report import report
from sayso.stories import Decision

app = whole()
TOLD = (
    (
        "Harbour Post",
        "2025-03-03",
        "Quill set to leave Calder Rovers",
        "Marta Quill will leave Calder Rovers at the end of the season, a source close to the board told the Harbour Post. "
        "The pitch at Calder was mown on Saturday and the gulls came back.",
    ),
    (
        "Goalmouth",
        "2025-03-04",
        "Quill stays, says president",
        "Marta Quill will stay at Calder Rovers, president Ivo Brandt said on Tuesday. "
        "The Harbour Post reported on Monday that Marta Quill will leave Calder Rovers at the end of the season.",
    ),
    (
        "Norda",
        "2025-03-20",
        "Calder Rovers confirm Quill exit",
        "Calder Rovers announced on Thursday that Marta Quill is leaving the club in June. It was raining in the harbour.",
    ),
)
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("desk")


@pytest.fixture(scope="module")
def desk(folder: Path, reader: Reader) -> Iterator[Ledger]:
    rows = ["file,outlet,date,title"]
    for number, (outlet, day, title, text) in enumerate(TOLD):
        (folder / f"{number}.txt").write_text(f"{title}\n\n{text}\n")
        rows.append(f'{number}.txt,{outlet},{day},"{title}"')
    (folder / "about.csv").write_text("\n".join(rows))
    with open_ledger(folder / "sayso.db") as ledger:
        files = [folder / f"{number}.txt" for number in range(len(TOLD))]
        pipeline.read(files, ledger=ledger, reader=reader, metadata=folder / "about.csv")
        every = [one.id for one in ledger.articles()]
        if len(ledger.stories.all()) > 1:
            pipeline.decide(ledger, Decision("join", tuple(every)))
        one = pipeline.follow(
            ledger, "Marta Quill leaves Calder Rovers", window=(date(2025, 1, 1), date(2025, 8, 31)), group=None
        )
        ledger.questions.resolve(Outcome(one.question.id, "yes", date(2025, 3, 20), "https://calder.example/a?b=1&c=2"))
        yield ledger


@pytest.fixture(scope="module")
def story(desk: Ledger) -> str:
    return desk.stories.all()[0].id


@pytest.fixture(scope="module")
def text(desk: Ledger, story: str) -> str:
    return report(desk, story, made_on=date(2025, 4, 1))


def figures(text: str) -> dict:
    found = re.search(r'<script type="application/json" id="figures">(.*?)</script>', text, re.S)
    assert found
    return json.loads(found[1])


def test_a_report_tells_story_questions_timeline_and_articles(text: str):
    page = html.fromstring(text)
    assert page.xpath("//h1")[0].text_content()
    assert "Marta Quill leaves Calder Rovers" in [h.text_content() for h in page.xpath("//h2")]
    assert len(page.xpath("//details[contains(@class, 'article')]")) == 3
    assert len(page.xpath("//svg[contains(@class, 'story-chart')]")) == 2  # for narrow pages and for wide ones
    assert "made on 1 Apr 2025" in page.text_content()


@pytest.mark.parametrize("redact", [False, True])
def test_every_link_within_leads_somewhere(desk: Ledger, story: str, redact: bool):
    page = html.fromstring(report(desk, story, redact=redact))
    names = set(page.xpath("//@id"))
    assert len(names) == len(page.xpath("//@id"))
    within = [href[1:] for href in page.xpath("//@href") if href.startswith("#")]
    assert within
    assert set(within) <= names


def test_nothing_is_loaded_and_only_its_own_script_may_run(text: str):
    page = html.fromstring(text)
    assert not page.xpath("//@src | //@style | //link | //img | //iframe | //object | //form | //base")
    assert not [a for a in page.xpath("//@*") if a.attrname.startswith("on")]
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'")
    for tag in ("style", "script"):
        inside = re.findall(rf"<{tag}>(.*?)</{tag}>", text, re.S)
        assert len(inside) == 1
        made = "sha256-" + base64.b64encode(hashlib.sha256(inside[0].encode()).digest()).decode()
        assert f"{tag}-src '{made}'" in policy
    assert "@import" not in text
    assert "url(" not in text


def test_the_slider_agrees_with_the_ledger_on_every_day(desk: Ledger, text: str):
    data = figures(text)
    points = data["questions"]["1"]
    for number in range(40):
        day = date(2025, 2, 25) + timedelta(days=number)
        page = views.question(desk, "1", as_of=day)
        standing = [one for one in points if one["on"] <= day.isoformat()]
        if not standing:
            assert not page.belief.contributions
            continue
        assert standing[-1]["p"] == round(page.belief.p, 4)
        assert [one["name"] for one in standing[-1]["origins"]] == list(page.belief.origins)
        assert standing[-1]["outlets"] == len(page.belief.outlets)


def test_what_came_later_is_marked_with_its_day(text: str):
    page = html.fromstring(text)
    days = page.xpath("//li[contains(@class, 'report')]/@data-day")
    assert days == ["2025-03-03", "2025-03-04", "2025-03-20"]
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d|", day) for day in page.xpath("//@data-day"))


def test_a_report_as_of_a_day_knows_nothing_later(desk: Ledger, story: str):
    before = report(desk, story, as_of=date(2025, 3, 5), made_on=date(2025, 4, 1))
    assert "announced" not in before
    assert "as it stood at the end of 5 Mar 2025" in before
    assert max(figures(before)["days"]) == "2025-03-04"


def test_redaction_keeps_what_is_quoted_and_no_other_text(desk: Ledger, story: str, text: str):
    redacted = report(desk, story, redact=True, made_on=date(2025, 4, 1))
    assert "gulls came back" in text
    assert "gulls" not in redacted
    assert "raining in the harbour" not in redacted
    for one in html.fromstring(redacted).xpath("//q"):
        assert any(one.text_content() in " ".join(a.text.split()) for a in desk.articles())


def test_it_is_made_for_paper_too(text: str):
    assert "@media print" in text
    assert "size: A4" in text
    assert "break-inside: avoid" in text


def _many(ledger: Ledger) -> str:
    """A story of 200 reports of 400 words with 6 claims each."""
    ids = []
    for number in range(200):
        words = " ".join(f"word{(number * 7 + at) % 991} said" for at in range(200))
        day = date(2031, 1, 1) + timedelta(days=number)
        article = Article(
            content_id("size", str(number)), words, title=f"Report {number} </script>", outlet=Outlet(f"Outlet {number % 30}"),
            published=Published(day, day, "given"),
        )  # fmt: skip
        claims = []
        for at in range(6):
            start = at * 60
            quoted = words[start : start + 55]
            claims.append(
                Claim(
                    content_id(article.id, str(at)), article.id, (Span(start, start + 55, quoted),), Source("person", f"Ada {at}"),
                    Span(start + 8, start + 12, words[start + 8 : start + 12]), "indirect", (), f"Ada {number % 40}", at % 4, None, (day, day), 0.9, "tests",
                )
            )  # fmt: skip
        ledger.save(article, claims, reader="tests")
        ids.append(article.id)
    story = Story(
        "size", "Many reports", tuple(ids), date(2031, 1, 1), date(2031, 7, 19), (), ((None, None, tuple(ids)),)
    )
    ledger.stories.save(dict.fromkeys(ids, "size"), [Kept(story, "", ())], [])
    return "size"


def test_two_hundred_articles_stay_under_two_megabytes(tmp_path: Path):
    with open_ledger(tmp_path / "sayso.db") as ledger:
        with ledger.as_one():
            many = _many(ledger)
        made = report(ledger, many)
    assert len(made.encode()) < 2_000_000
    assert "Report 7 </script>" not in made
    assert made.count("</script>") == 2


def test_the_command_writes_a_file_and_overwrites_only_when_told(
    desk: Ledger, folder: Path, story: str, tmp_path: Path
):
    run, target = CliRunner(), tmp_path / "story.html"
    args = ["report", story, "-o", str(target), "--db", str(folder / "sayso.db")]
    assert run.invoke(app, args).exit_code == 0
    assert target.read_text().startswith("<!doctype html>")
    again = run.invoke(app, args)
    assert "--force" in str(again.exception)
    assert run.invoke(app, [*args, "--force", "--redact-text"]).exit_code == 0
    assert "gulls" not in target.read_text()


def test_the_command_prints_to_a_pipe(desk: Ledger, folder: Path, story: str):
    printed = CliRunner().invoke(app, ["report", story, "-o", "-", "--db", str(folder / "sayso.db")])
    assert printed.stdout.startswith("<!doctype html>")


def _seen(path: Path, fragment: str = "") -> html.HtmlElement:
    ran = subprocess.run(
        [str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=5000", "--dump-dom", path.as_uri() + fragment],
        capture_output=True, check=True, timeout=120,
    )  # fmt: skip
    return html.fromstring(ran.stdout.decode())


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here")
def test_opened_from_disk_the_slider_turns_back_the_days(text: str, tmp_path: Path):
    file = tmp_path / "story.html"
    file.write_text(text, "utf-8")
    now, then = _seen(file), _seen(file, "#as-of-2025-03-03")
    assert not now.xpath("//li[contains(@class, 'report')][@hidden]")
    assert now.get_element_by_id("asof").get("hidden") is None
    assert len(then.xpath("//li[contains(@class, 'report')][@hidden]")) == 2
    first = next(p for p in figures(text)["questions"]["1"] if p["on"] == "2025-03-03")
    assert then.xpath("//section[@data-question='1']//span[contains(@class, 'figure')]")[
        0
    ].text == f"{first['p']:.0%}".replace("%", "\u202f%")
