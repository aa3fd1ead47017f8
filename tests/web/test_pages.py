from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from lxml import html
from openapi_spec_validator import validate

from sayso.reading.reader import Reader
from sayso.web.described import PAGES, description
from tests.web.visiting import QUESTION, Visitor, make_desk, visiting


@pytest.fixture(scope="module")
def visitor(tmp_path_factory: pytest.TempPathFactory, reader: Reader) -> Iterator[Visitor]:
    """Reads only; what these tests see is never changed."""
    with visiting(make_desk(tmp_path_factory.mktemp("desk"), reader), reader) as one:
        yield one


@pytest.fixture(scope="module")
def addresses(visitor: Visitor) -> dict[str, str]:
    """One address of every page that is described, by its pattern."""
    story = next(row["line"] for row in visitor.json("/index.json")["rows"] if row["questions"])
    article = story["story"]["articles"][0]
    source = visitor.json("/sources.json")["lines"][0]["record"]["origin"]
    given = {"/stories": story["reference"], "/questions": "1", "/articles": article, "/sources": source}
    given["/add"] = visitor.add(way="addresses", addresses="http://127.0.0.1:8484/")["job"]
    made = {}
    for pattern in PAGES:
        noun = pattern.removesuffix(".json").split("/{")[0]
        made[pattern] = re.sub(r"\{\w+\}", given.get(noun, ""), pattern)
    return made | {"/search.json": "/search.json?q=quill+season"}


def tree(visitor: Visitor, path: str) -> Any:
    answer = visitor.get(path)
    assert answer.status_code == 200, answer.text
    return html.fromstring(answer.text)


def words(node: Any) -> str:
    return " ".join(node.text_content().split())


@pytest.mark.parametrize("pattern", PAGES)
def test_every_page_is_html_and_the_json_it_is_described_as(
    visitor: Visitor, addresses: dict[str, str], pattern: str
) -> None:
    address = addresses[pattern]
    shown = "/" if pattern == "/index.json" else address.replace(".json", "")
    assert tree(visitor, shown).findtext("head/title", "").endswith("· Sayso")
    schema = description()["paths"][pattern]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    document = {"components": description()["components"], **schema}
    assert list(Draft202012Validator(document).iter_errors(visitor.json(address))) == []


def test_the_description_is_sound_and_served(visitor: Visitor) -> None:
    document = visitor.json("/openapi.json")
    validate(document)
    assert set(document["paths"]) == set(PAGES)


@pytest.mark.parametrize("path", ["/", "/questions", "/questions/1", "/sources", "/search?q=quill", "/stories/quill"])
def test_a_page_asks_for_nothing_from_elsewhere_and_styles_nothing_inline(visitor: Visitor, path: str) -> None:
    page = tree(visitor, path)
    asked = [*page.xpath("//script/@src | //link/@href | //img/@src")]
    assert [one for one in asked if not one.startswith("/static/")] == []
    assert page.xpath("//@style | //style | //script[not(@src)] | //@*[starts-with(name(), 'on')]") == []
    assert [one for one in asked if visitor.get(one).status_code != 200] == []


def test_the_first_page_tells_what_each_story_rests_on(visitor: Visitor) -> None:
    first = tree(visitor, "/").xpath("//li[@class='story'][.//*[@class='asked']]")[0]
    assert re.search(r"3 reports.*3 outlets, \d+ independent origins", words(first))
    assert QUESTION in words(first)


def test_many_stories_are_listed_in_parts(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    def listed(page: Any) -> list[str]:
        return [words(one) for one in page.xpath("//li[@class='story']/h2")]

    every = listed(tree(visitor, "/"))
    monkeypatch.setattr("sayso.web.reading.STORIES", 1)
    first = tree(visitor, "/")
    (older,) = [one.get("href") for one in first.iter("a") if words(one) == "Older stories"]
    second = tree(visitor, older)
    assert [*listed(first), *listed(second)] == every[:2]
    assert [one.get("href") for one in second.iter("a") if words(one) == "Newer stories"] == ["/"]


def test_a_visit_after_the_first_is_told_what_is_new(visitor: Visitor) -> None:
    earlier = "2025-01-01T00:00:00+00:00"
    page = visitor.get("/", headers={"cookie": f'sayso_looked="{earlier}|{earlier}"'})
    assert "4 new reports since your last visit, 1 Jan 2025, 00:00 UTC." in page.text


def test_a_story_as_of_a_day_knows_nothing_later(visitor: Visitor) -> None:
    page = visitor.json("/stories/quill.json?as_of=2025-03-04")
    assert [group["outlet"] for group in page["timeline"]["groups"]] == ["Harbour Post", "Goalmouth"]
    assert (page["articles"], page["days"][-1]) == (2, "2025-03-20")
    assert "Norda" not in words(
        tree(visitor, "/stories/quill?as_of=2025-03-04").get_element_by_id("timeline").getparent()
    )


def test_a_story_before_its_first_report_is_empty(visitor: Visitor) -> None:
    assert "Nothing was on record by then." in words(tree(visitor, "/stories/quill?as_of=2020-01-01"))


def test_a_day_that_is_none_is_one_line(visitor: Visitor) -> None:
    answer = visitor.get("/stories/quill?as_of=lately")
    assert (answer.status_code, "write it as 2025-03-14" in answer.text) == (404, True)


def test_the_contributions_of_a_question_add_up(visitor: Visitor) -> None:
    rows = tree(visitor, "/questions/1").xpath("//table[@class='sum']//tr/td[last()]")
    figures = [float(words(row).replace("−", "-")) for row in rows]
    assert sum(figures[:-1]) == pytest.approx(figures[-1], abs=0.05)


def test_the_sentences_on_both_sides_lead_to_their_place(visitor: Visitor) -> None:
    page = tree(visitor, "/questions/1")
    links = page.xpath("//div[@class='sides']//p[@class='words']/a/@href")
    assert {len(page.xpath(f"//li[contains(@class, 'stand {side}')]")) > 0 for side in ("for", "against")} == {True}
    for link in links:
        path, _, place = link.partition("#")
        assert len(tree(visitor, path).xpath(f"//*[@id='{place}']")) == 1


def test_an_article_is_shown_word_for_word(visitor: Visitor) -> None:
    article = visitor.json("/index.json")["rows"][0]["line"]["story"]["articles"][0]
    text = visitor.json(f"/articles/{article}.json")["article"]["text"]
    page = tree(visitor, f"/articles/{article}")
    shown = " ".join([words(page.xpath("//h1")[0]), *(words(p) for p in page.xpath("//div[@class='text']/p"))])
    assert shown == " ".join(text.split())


def test_every_figure_of_a_source_leads_to_its_claims(visitor: Visitor) -> None:
    page = tree(visitor, "/sources")
    address, _, place = page.xpath("//ul[@class='names']//*[@class='kind']/a/@href")[0].partition("#")
    assert tree(visitor, address).xpath(f"//*[@id='{place}']/following-sibling::ul//p[@class='words']")


def test_what_counts_stands_before_what_adds_nothing(visitor: Visitor) -> None:
    page = tree(visitor, "/questions/1")
    for side in page.xpath("//div[@class='sides']/section"):
        figures = [float(words(one).split()[-1].replace("−", "-")) for one in side.xpath(".//li/*[@class='adds']")]
        assert [*map(abs, figures)] == sorted(map(abs, figures), reverse=True)
        assert side.xpath("./details[@class='beside']//*[@class='adds']") == []


def test_a_long_story_is_shown_in_parts(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sayso.web.reading.REPORTS", 2)
    first = tree(visitor, "/stories/quill").get_element_by_id("standing")
    (later,) = [one.get("href") for one in first.iter("a") if words(one) == "Later reports"]
    second = tree(visitor, later)
    assert "1 to 2 of 3 reports" in words(first)
    assert "3 to 3 of 3 reports" in words(second)
    assert [words(one) for one in second.xpath("//li[@class='report']//b")[:1]] == ["Norda"]


@pytest.mark.parametrize("asked", ["first=-1", "first=lots", "first=99999999999"])
def test_a_number_that_is_none_is_one_line(visitor: Visitor, asked: str) -> None:
    answer = visitor.get(f"/stories/quill?{asked}")
    assert (answer.status_code, answer.text.count('role="alert"')) == (404, 1)


def test_an_edited_article_shows_what_it_said_before(tmp_path: Path, reader: Reader) -> None:
    begun = "Calder Rovers\n\nThe Harbour Post reported on Friday that Marta Quill {} Calder Rovers in June. The gulls came back to the pitch at Calder on Saturday."
    with visiting(tmp_path / "new.db", reader) as one:
        for does, note in (
            ("will leave", ""),
            ("may leave", "\n\nCorrection, 16 March 2025: An earlier version of this article was wrong."),
        ):
            text = begun.format(does) + note
            one.add(
                way="text",
                title="Quill",
                outlet="Harbour Post",
                published="2025-03-14",
                url="https://post.example/quill",
                text=text,
            )
        article = one.json("/index.json")["rows"][0]["line"]["story"]["articles"][-1]
        page = tree(one, f"/articles/{article}")
        assert "16 Mar 2025: corrected, and says so" in words(page.xpath("//section[@class='history']")[0])
        assert page.xpath("//*[@class='before']")
        timeline = tree(one, f"/stories/{one.json('/index.json')['rows'][0]['line']['reference']}")
        assert "corrected 16 Mar 2025" in words(timeline.xpath("//a[@class='edited']")[0])


def test_a_report_without_an_outlet_is_not_said_to_have_none(tmp_path: Path, reader: Reader) -> None:
    with visiting(tmp_path / "new.db", reader) as one:
        one.add(
            way="text",
            title="Quill",
            text="Marta Quill will leave Calder Rovers, president Ivo Brandt said on Tuesday.",
        )
        assert "outlets unknown, 1 independent origin" in words(tree(one, "/"))


def test_search_finds_names_claims_and_reports(visitor: Visitor) -> None:
    found = visitor.json("/search.json?q=brandt")
    assert found["names"][0]["name"] == "Ivo Brandt"
    assert (found["claims_found"] > 0, found["articles_found"]) == (True, 1)
    assert visitor.json("/search.json?q=nowhere+to+be+found")["articles"] == []


@pytest.mark.parametrize(
    "path", ["/articles/ffff", "/stories/none such", "/questions/77", "/sources/nobody", "/nowhere"]
)
def test_what_is_not_there_is_said_in_one_line(visitor: Visitor, path: str) -> None:
    answer = visitor.get(path)
    assert (answer.status_code, answer.text.count('role="alert"')) == (404, 1)
    assert visitor.get(f"{path}.json").json()["status"] == 404


def test_an_empty_ledger_says_how_to_fill_it(tmp_path: Path, reader: Reader) -> None:
    with visiting(tmp_path / "new.db", reader) as one:
        assert "Add reports" in one.get("/").text
        assert {one.get(path).status_code for path in ("/questions", "/sources", "/search")} == {200}


def test_a_story_can_be_taken_away_as_one_file(visitor: Visitor) -> None:
    story = visitor.json("/index.json")["rows"][0]["line"]["story"]
    answer = visitor.get(f"/stories/{story['id']}/report")
    assert answer.headers["content-disposition"].startswith('attachment; filename="')
    assert story["name"] in answer.text
    assert "http-equiv" in answer.text
