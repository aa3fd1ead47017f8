from __future__ import annotations

import random
import sqlite3
from datetime import date
from pathlib import Path

import pytest

from sayso.errors import InputError, LedgerError
from sayso.ledger import ClaimFilter, Ledger, open_ledger
from sayso.records import Article, Claim, Link, Source, Span, Time, content_id

TEXT = "Ada Crane told The Ledger that Venturi will leave on Friday."
DAY = date(2031, 3, 14)


def claim(article: Article, *, reader: str = "reader-1", kind: str = "person", name: str = "Ada Crane") -> Claim:
    """The one claim of TEXT."""
    start = TEXT.index("that")
    return Claim(
        id=content_id("claim", article.id, name),
        article=article.id,
        evidence=(Span(start, len(TEXT) - 1, TEXT[start:-1]),),
        source=Source(kind, name, Span(0, 9, "Ada Crane")),
        cue=Span(10, 14, "told"),
        quoted="indirect",
        chain=(Link(kind, name), Link("outlet", "The Ledger"), Link("outlet", "Harbour Post")),
        origin=name,
        certainty=3,
        speaks_of=Time(DAY, DAY, "2031-03-14", "Friday"),
        said=(DAY, DAY),
        confidence=0.9,
        reader=reader,
    )


def test_what_was_saved_comes_back_the_same(ledger: Ledger, article) -> None:
    made = article(TEXT, title="A headline", author="Jo Roe")
    ledger.save(made, [claim(made)], reader="reader-1")
    assert ledger.articles() == [made]
    assert [r.claim for r in ledger.claims()] == [claim(made)]


def test_saving_twice_changes_nothing(ledger: Ledger, article) -> None:
    made = article(TEXT)
    assert ledger.save(made, [claim(made)], reader="reader-1") is True
    before = ledger.claims()
    assert ledger.save(made, [claim(made)], reader="reader-1") is False
    assert ledger.claims() == before


def test_a_later_reader_supersedes_and_the_first_reading_stays(ledger: Ledger, article) -> None:
    made = article(TEXT)
    ledger.save(made, [claim(made)], reader="reader-1")
    ledger.save(made, [claim(made, reader="reader-2", name="Nobody")], reader="reader-2")
    assert [r.claim.source.name for r in ledger.claims()] == ["Nobody"]
    assert ledger.is_read(made.id, "reader-1")


def test_an_article_tells_what_its_last_reader_found(ledger: Ledger, article) -> None:
    told, silent, regained = (article(f"{TEXT} {n}") for n in "123")
    ledger.save(told, [claim(told)], reader="reader-1")
    ledger.save(silent, [claim(silent)], reader="reader-1")
    ledger.save(silent, [], reader="reader-2")
    ledger.save(regained, [], reader="reader-1")
    ledger.save(regained, [claim(regained, reader="reader-2")], reader="reader-2")
    found = {one.id for one in ledger.articles(telling=ClaimFilter())}
    assert found == {told.id, regained.id}
    assert found == {one.id for one in ledger.articles(telling=ClaimFilter(kind="person"))}


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        (ClaimFilter(source="crane"), 1),
        (ClaimFilter(kind="outlet"), 0),
        (ClaimFilter(since=date(2031, 3, 15)), 0),
        (ClaimFilter(until=date(2031, 3, 14)), 1),
        (ClaimFilter(search="venturi friday"), 1),
        (ClaimFilter(search='") OR 1=1 --'), 0),
        (ClaimFilter(source="%"), 0),
    ],
)
def test_claims_are_found_by_what_is_asked(ledger: Ledger, article, wanted: ClaimFilter, count: int) -> None:
    made = article(TEXT)
    ledger.save(made, [claim(made)], reader="reader-1")
    assert len(ledger.claims(wanted)) == count


@pytest.mark.parametrize("rare", [0, 5000])
@pytest.mark.parametrize(("words", "count"), [("leave", 3), ("venturi friday", 3), ("nobody", 1), ("bridge", 0)])
def test_claims_are_found_by_common_words_as_by_rare_ones(
    ledger: Ledger, article, monkeypatch: pytest.MonkeyPatch, rare: int, words: str, count: int
) -> None:
    monkeypatch.setattr("sayso.ledger.claims.RARE", rare)
    for n, name in enumerate(("Ada Crane", "Bo Finch", "Nobody")):
        made = article(f"{TEXT} Report {n}.")
        ledger.save(made, [claim(made, name=name)], reader="reader-1")
    assert len(ledger.claims(ClaimFilter(search=words))) == count
    assert len(ledger.articles(telling=ClaimFilter(search=words))) == count


def test_names_and_words_of_any_length_are_kept(ledger: Ledger, article) -> None:
    chance = random.Random(1)
    long = "".join(chance.choices("abcdefghijklmnopqrstuvwxyz0123456789", k=6000))
    made = article(f"{TEXT} {long}", outlet=long)
    ledger.save(made, [claim(made, name=long)], reader="reader-1", handles={claim(made).id: [long, "venturi"]})
    assert [a.outlet.name for a in ledger.search("venturi").articles] == [long]
    assert [r.claim.origin for r in ledger.claims(ClaimFilter(origin=long))] == [long]


def test_an_article_opens_by_its_own_or_its_claims_reference(ledger: Ledger, article) -> None:
    made = article(TEXT)
    ledger.save(made, [claim(made)], reader="reader-1")
    assert ledger.article(made.id[:6]) == ledger.article(claim(made).id[:6]) == made


def test_a_reference_to_nothing_says_where_to_look(ledger: Ledger) -> None:
    with pytest.raises(InputError, match="sayso timeline"):
        ledger.article("zzz")


def test_a_failed_save_leaves_nothing_half_stored(ledger: Ledger, article) -> None:
    made = article(TEXT)
    with pytest.raises(LedgerError):
        ledger.save(made, [claim(made), claim(made)], reader="reader-1")
    assert ledger.articles() == []
    assert ledger.claims(ClaimFilter(search="venturi")) == []


def test_a_foreign_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE things (x)")
    other.close()
    before = path.read_bytes()
    with pytest.raises(LedgerError, match="is not a Sayso ledger"):
        open_ledger(path)
    assert path.read_bytes() == before


def test_a_text_file_is_no_ledger(tmp_path: Path) -> None:
    path = tmp_path / "notes.db"
    path.write_text("shopping")
    with pytest.raises(LedgerError, match="is not a Sayso ledger"):
        open_ledger(path)


def test_a_ledger_in_no_folder_says_so(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="no folder"):
        open_ledger(tmp_path / "nowhere" / "sayso.db")
