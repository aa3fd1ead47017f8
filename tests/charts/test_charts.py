"""Pages → SVG: well formed, escaped, and telling by shape what colour tells too."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from sayso import charts
from sayso.records import Claim, Outcome
from sayso.scores import Share, wilson
from tests.charts import made

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = st.text(min_size=1, max_size=40) | st.sampled_from(
    [
        "</title><script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "]]>",
        "&amp;",
        "\x00\x0b",
        "\ud800",
        "a\u2028b",
    ]
)


def place(claim: Claim) -> str:
    return f"#c-{claim.id}"


def parsed(svg: str) -> etree._Element:
    return etree.fromstring(svg.encode(), etree.XMLParser(resolve_entities=False))


@pytest.fixture(params=[0, 1], ids=["narrow", "wide"])
def story(request: pytest.FixtureRequest) -> Callable[..., etree._Element]:
    """A story as it is drawn for narrow pages, and for wide ones."""
    return lambda page, **more: parsed(charts.story(page, href=place, **more))[request.param]


@pytest.fixture
def lines():
    return {
        made.said("he will leave", made.day(3)): "for",
        made.said("he stays", made.day(9), by="The club", certainty=-2): "against",
        made.said("they talk", made.day(9), by="The club", certainty=1): "observing",
        made.said("it rained", made.day(20), by="The weather"): None,
    }


def test_every_claim_is_a_mark_that_leads_to_it(story: Callable, lines: dict):
    chart = story(made.picture(lines))
    assert {a.get("href") for a in chart.iter(f"{SVG}a")} == {place(one.claim) for one in lines}


def test_a_side_is_told_by_shape_and_certainty_by_filling(story: Callable, lines: dict):
    chart = story(made.picture(lines))
    marks = {m.get("class"): m.get("d") for m in chart.iter(f"{SVG}path") if "mark" in (m.get("class") or "")}
    assert {"mark for sure-3", "mark against sure-2", "mark observing sure-1", "mark aside sure-3"} <= set(marks)
    assert len(set(marks.values())) == 4


def test_a_chart_says_what_it_is_to_those_who_cannot_see_it(story: Callable, lines: dict):
    chart = story(made.picture(lines))
    assert chart.get("role") == "group"
    assert chart.get("aria-label", "").startswith("Venturi. 4 claims of 3 origins")
    assert all(a.get("aria-label") for a in chart.iter(f"{SVG}a"))


def test_a_relay_hangs_on_what_it_passes_on(story: Callable):
    first, second = (
        made.said("he goes", made.day(3)),
        made.said("the Post says he goes", made.day(5), outlet="Goalmouth"),
    )
    page = made.picture({first: "for", second: "for"})
    row = page.rows[0]
    tied = replace(row, marks=(row.marks[0], replace(row.marks[1], relays=first.claim.id)))
    chart = story(replace(page, rows=(tied,)))
    (thread,) = [one for one in chart.iter(f"{SVG}line") if one.get("class") == "relay"]
    assert thread.get("data-day") == "2031-03-05"


def test_only_so_many_origins_are_shown_and_the_rest_counted(story: Callable):
    many = {made.said(f"word {n}", made.day(3), by=f"Source {n}"): None for n in range(30)}
    chart = story(made.picture(many), rows=10)
    assert "and 20 more origins with 20 claims" in chart.xpath("//*/text()")
    assert len(chart.xpath("descendant::*[@class='rule']")) == 9


def test_claims_of_one_day_that_say_the_same_are_one_mark_with_a_number(story: Callable):
    same = {made.said(f"he goes {n}", made.day(3)): "for" for n in range(7)}
    chart = story(made.picture(same))
    assert len(list(chart.iter(f"{SVG}a"))) == 1
    assert [t.text for t in chart.iter(f"{SVG}text") if t.get("class") == "many"] == ["7"]


def test_what_is_not_yet_known_is_veiled(story: Callable, lines: dict):
    chart = story(made.picture(lines), as_of=made.day(9))
    veils = [one for one in chart.iter(f"{SVG}g") if one.get("class") == "veil"]
    assert veils
    assert all(one.get("display") is None for one in veils)


def test_a_question_shows_each_stance_and_how_it_ended(lines: dict):
    told = {one: side for one, side in lines.items() if side}
    svg = charts.question(made.page(told, Outcome("q1", "yes", made.day(28))), href=place)
    chart = parsed(svg)
    assert len(list(chart.iter(f"{SVG}a"))) == 3
    assert "ended: yes" in svg
    assert [one.get("class") for one in chart.iter(f"{SVG}rect")].count("window") == 1


def test_a_wording_stands_beside_how_often_it_came_true():
    low, high = wilson(7, 8)
    svg = charts.calibration([("certain", Share(7, 8, low, 7 / 8, high, ()))], of="The Harbour Post")
    chart = parsed(svg)
    assert chart.get("role") == "img"
    assert "7 of 8 came true" in svg
    assert {"band", "interval", "dot"} <= {one.get("class") for one in chart.iter()}


def test_a_spark_ends_where_belief_stands():
    chart = parsed(charts.spark([(made.day(3), 0.2), (made.day(9), 1.0)]))
    (dot,) = chart.iter(f"{SVG}circle")
    assert dot.get("cy") == "2"
    assert "100%" in chart.get("aria-label", "")


def test_a_question_leads_to_its_page(story: Callable, lines: dict):
    chart = story(made.picture(lines), asked=lambda one: f"/questions/{one.number}")
    (link,) = [one for one in chart.iter(f"{SVG}a") if one.get("href") == "/questions/1"]
    assert "".join(link.itertext()) == "Venturi leaves Almenara"


def test_where_no_outlet_is_known_that_is_said(story: Callable):
    page = made.picture({made.said("he goes", made.day(3)): "for"})
    (day, belief), *_ = page.curves[0].points
    told = story(replace(page, curves=(replace(page.curves[0], points=((day, replace(belief, outlets=())),)),)))
    assert "outlets unknown, 1 independent origin" in [one.strip() for one in told.itertext()]


def test_each_contribution_begins_where_the_one_before_it_ended():
    bars = [parsed(one) for one in charts.adding([0.0, 1.0, -0.5])]
    (plus,), (minus,), (total,) = (list(bar.iter(f"{SVG}rect")) for bar in bars[1:])
    ends = {bar: float(bar.get("x")[:-1]) + float(bar.get("width")[:-1]) for bar in (plus, minus, total)}
    assert (plus.get("class"), minus.get("class"), len(bars)) == ("for", "against", 4)
    assert ends[plus] == pytest.approx(ends[minus])
    assert float(minus.get("x")[:-1]) == pytest.approx(ends[total])


def test_a_share_is_drawn_with_its_interval():
    low, high = wilson(3, 6)
    chart = parsed(charts.interval(Share(3, 6, low, 0.5, high, ())))
    (line,) = [one for one in chart.iter(f"{SVG}line") if one.get("class") == "interval"]
    assert float(line.get("x1")[:-1]) < 50 < float(line.get("x2")[:-1])


def test_charts_without_anything_are_drawn_empty():
    assert parsed(charts.spark([])) is not None
    assert parsed(charts.calibration([], of="nobody")) is not None


@settings(max_examples=40, deadline=None)
@given(HOSTILE, HOSTILE, HOSTILE)
def test_no_text_gets_out_of_its_place(words: str, name: str, outlet: str):
    one = made.said(words, made.day(3), by=name, outlet=outlet)
    drawn: list[Callable[[], str]] = [
        lambda: charts.story(made.picture({one: "for"}, text=words, name=name), href=lambda c: f"#{words}"),
        lambda: charts.question(made.page({one: "for"}, text=words), href=lambda c: f"#{words}"),
        lambda: charts.calibration([], of=words),
    ]
    for draw in drawn:
        chart = parsed(draw())
        assert {etree.QName(e).localname for e in chart.iter()} <= set(
            "div svg g title desc line rect text tspan path circle a".split()
        )
        assert not any(name.startswith("on") or name == "style" for e in chart.iter() for name in e.attrib)


def test_no_chart_names_anything_outside(lines: dict):
    told = {one: side for one, side in lines.items() if side}
    for svg in (
        charts.story(made.picture(lines), href=place),
        charts.question(made.page(told), href=place),
        charts.key(),
        charts.question_key(),
    ):
        assert set(re.findall(r"https?://[^\"]+", svg)) <= {"http://www.w3.org/2000/svg"}
    assert "url(" not in charts.css()
    assert "@import" not in charts.css()
