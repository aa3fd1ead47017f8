from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from xml.etree import ElementTree as Xml

import feedparser
import pytest

from sayso.belief import curve
from sayso.exports import Told, atom
from sayso.records import Outcome

NOW = datetime(2031, 6, 1, 10, 30, tzinfo=timezone(timedelta(hours=2)))
ATOM = "{http://www.w3.org/2005/Atom}"


def feed(saga, **change: object) -> bytes:
    given = {
        "updated": NOW,
        "reversals": saga.reversals,
        "outcome": saga.outcome,
        "told": Told(saga.claims, saga.articles),
    }
    question = change.pop("question", saga.question)
    points = change.pop("curve", saga.curve)
    return atom(question, points, **(given | change))


@pytest.fixture(scope="session")
def read(saga) -> feedparser.FeedParserDict:
    return feedparser.parse(feed(saga, address="https://desk.example/q1.atom"))


def test_a_feed_reader_reads_it_without_complaint(read) -> None:
    assert (read.bozo, read.version) == (False, "atom10")
    assert read.feed.title == "Luca Venturi leaves <Almenara>"
    assert [one.href for one in read.feed.links if one.rel == "self"] == ["https://desk.example/q1.atom"]


def test_movements_reversals_and_the_outcome_are_entries_newest_first(read) -> None:
    assert [one.tags[0].term for one in read.entries] == ["outcome", "reversal", "movement", "movement"]
    days = [one.updated for one in read.entries]
    assert days == sorted(days, reverse=True)
    assert days[0] == read.feed.updated == "2031-05-14T00:00:00+00:00"


def test_the_feed_has_all_that_rfc_4287_asks_for(saga) -> None:
    root = Xml.fromstring(feed(saga))
    wanted = ("id", "title", "updated")
    assert [root.find(f"{ATOM}{name}") is not None for name in (*wanted, "author")] == [True] * 4
    for entry in root.iter(f"{ATOM}entry"):
        assert all(len(entry.findall(f"{ATOM}{name}")) == 1 and entry.findtext(f"{ATOM}{name}") for name in wanted)
        assert datetime.fromisoformat(entry.findtext(f"{ATOM}updated") or "").tzinfo == UTC


def test_entries_keep_their_ids_when_the_feed_grows(saga) -> None:
    early = feedparser.parse(feed(saga, curve=saga.curve[:1], reversals=(), outcome=None))
    late = feedparser.parse(feed(saga))
    assert {one.id for one in early.entries} < {one.id for one in late.entries}
    assert len({one.id for one in late.entries}) == len(late.entries)


def test_a_movement_says_from_where_to_where_and_on_whose_word(read, saga) -> None:
    moved = next(one for one in read.entries if one.title.startswith("Up"))
    before, now = saga.curve[0][1].p, saga.curve[-1][1].p
    assert moved.title.startswith(f"Up from {100 * before:.0f} % to {100 * now:.0f} %: Luca Venturi")
    assert "2 outlets, 3 independent origins" in moved.content[0].value
    assert "Luca Venturi will leave Almenara" in moved.content[0].value


def test_what_hardly_moves_makes_no_entry_until_it_adds_up(saga) -> None:
    day, one = saga.curve[0]
    steps = [(day + timedelta(days=n), replace(one, p=0.5 + 0.02 * n)) for n in range(7)]
    made = feedparser.parse(feed(saga, curve=steps, reversals=(), outcome=None))
    assert [entry.updated[:10] for entry in made.entries] == ["2031-03-15", "2031-03-12", "2031-03-09"]


def test_a_reversal_shows_both_words(read) -> None:
    turned = next(one for one in read.entries if one.tags[0].term == "reversal")
    assert turned.title == "Harbour Post now says the other thing: for"
    assert "Venturi is expected to stay" in turned.content[0].value
    assert "Luca Venturi will leave Almenara" in turned.content[0].value


def test_words_of_others_are_never_markup(saga) -> None:
    claims = {
        ident: replace(one, evidence=(replace(one.evidence[0], text="<img src=x onerror=alert(1)>"),))
        for ident, one in saga.claims.items()
    }
    root = Xml.fromstring(
        feed(saga, told=Told(claims, saga.articles), outcome=Outcome("q1", "yes", None, "<b>javascript:x</b>"))
    )
    html = [one.text or "" for one in root.iter(f"{ATOM}content")]
    assert any("&lt;img" in one for one in html)
    assert not any("<img" in one or "<b>" in one or 'href="javascript' in one for one in html)


def test_a_hostile_origin_stays_words(saga) -> None:
    stances = [replace(one, origin="<i>Kick</i>") for one in saga.stances]
    html = [
        one.text or "" for one in Xml.fromstring(feed(saga, curve=curve(saga.question, stances))).iter(f"{ATOM}content")
    ]
    assert any("&lt;i&gt;Kick" in one for one in html)
    assert not any("<i>" in one for one in html)


def test_signs_that_xml_cannot_hold_are_left_out(saga) -> None:
    asked = replace(saga.question, text="a\x00b\x1bc\ud800d\uffff ]]> é 🔥")
    made = feedparser.parse(feed(saga, question=asked))
    assert (made.bozo, made.feed.title) == (False, "abcd ]]> é 🔥")


@pytest.mark.parametrize(("status", "day"), [("no", "2031-09-02"), ("ambiguous", "2031-06-01")])
def test_an_outcome_without_a_day_stands_where_it_can(saga, status: str, day: str) -> None:
    made = feedparser.parse(feed(saga, outcome=Outcome("q1", status)))
    settled = next(one for one in made.entries if one.tags[0].term == "outcome")
    assert settled.updated[:10] == day
    assert f"Ended with {status}" in settled.content[0].value


def test_without_anything_said_the_feed_is_empty_and_dated(saga) -> None:
    made = feedparser.parse(feed(saga, curve=(), reversals=(), outcome=None))
    assert (made.bozo, made.entries, made.feed.updated) == (False, [], "2031-06-01T08:30:00+00:00")


@pytest.mark.parametrize(("p", "words"), [(0.001, "under 1 %"), (0.999, "over 99 %"), (0.5, "50 %")])
def test_belief_is_never_told_as_certainty(saga, p: float, words: str) -> None:
    day, one = saga.curve[0]
    made = feedparser.parse(feed(saga, curve=[(day, replace(one, p=p))], reversals=(), outcome=None))
    assert made.entries[0].title.startswith(f"{words}: ")
