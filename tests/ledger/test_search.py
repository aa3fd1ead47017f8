from __future__ import annotations

import pytest

from sayso import views
from sayso.ledger import Ledger, searching
from sayso.ledger.searching import Term, asked
from tests.ledger.test_store import claim


@pytest.fixture
def desk(ledger: Ledger, article) -> Ledger:
    """Three reports, one of them with a claim of Ada Crane."""
    told = article("Ada Crane told The Ledger that Venturi will leave on Friday.", title="Coach on the brink")
    ledger.save(told, [claim(told)], reader="reader-1")
    ledger.save(
        article("José Álvarez resigned from the board. Nobody knew why.", outlet="El Faro"), [], reader="reader-1"
    )
    ledger.save(article("The bridge opens in June; the bridge will be blue."), [], reader="reader-1")
    return ledger


def texts(desk: Ledger, words: str) -> list[str]:
    return [one.text[:10] for one in desk.search(words).articles]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("venturi friday", ["Ada Crane "]),
        ("leaves", ["Ada Crane "]),
        ("coach", ["Ada Crane "]),
        ("alvarez", ["José Álvar"]),
        ("Álvarez resigns", ["José Álvar"]),
        ("faro", ["José Álvar"]),
        ('"will leave"', ["Ada Crane "]),
        ('"leave will"', []),
        ("resig*", ["José Álvar"]),
        ("resig", []),
        ("will blue", ["The bridge"]),
        ("venturi bridge", []),
        ('") OR 1=1 --', []),
        ("NEAR(venturi friday)", []),
        ("a:b*^", []),
        ("'", []),
    ],
)
def test_articles_are_found_by_their_words(desk: Ledger, words: str, found: list[str]) -> None:
    assert texts(desk, words) == found


def test_claims_and_names_are_found_too(desk: Ledger) -> None:
    page = views.search(desk, "crane")
    assert [one.by for one in page.claims] == ["Ada Crane"]
    assert [(hit.name, hit.claims) for hit in page.names] == [("Ada Crane", 1)]
    assert (page.claims_found, page.articles_found) == (1, 1)


def test_an_outlet_is_found_with_what_it_published(desk: Ledger) -> None:
    assert [(h.name, h.articles) for h in views.search(desk, "harbour").names] == [("Harbour Post", 2)]


def test_a_hit_shows_the_word_in_its_sentence_with_offsets(desk: Ledger) -> None:
    hit = views.search(desk, "resigns").articles[0]
    assert hit.found == "resigned"
    assert hit.before + hit.found + hit.after in "José Álvarez resigned from the board. Nobody knew why."
    assert desk.article(hit.reference).text[hit.start : hit.end] == "resigned"


def test_the_report_with_the_word_most_often_comes_first(ledger: Ledger, article) -> None:
    ledger.save(article("The harbour wall. " + "Other words follow here. " * 20), [], reader="reader-1")
    ledger.save(article("The wall, the wall and again the wall of the town."), [], reader="reader-1")
    ledger.save(article("Another wall, briefly. " + "Other words follow here. " * 20), [], reader="reader-1")
    assert texts(ledger, "wall")[0] == "The wall, "


def test_a_superseded_reading_is_not_found(desk: Ledger, article) -> None:
    told = desk.search("coach").articles[0]
    desk.save(told, [claim(told, reader="reader-2", name="Bo Finch")], reader="reader-2")
    assert desk.search("crane leave").claims == ()
    assert [one.claim.source.name for one in desk.search("finch").claims] == ["Bo Finch"]


def test_words_ask_for_words_and_nothing_else() -> None:
    assert asked('Álvarez "will not" resig* -- "') == (
        Term(("alvarez",)),
        Term(("will", "not")),
        Term(("resig",), begins=True),
    )


@pytest.mark.parametrize("apart", [0, 10**9])
@pytest.mark.parametrize("kind", ["article", "claim"])
def test_of_a_common_word_the_newest_are_ranked(ledger: Ledger, article, monkeypatch, kind: str, apart: int) -> None:
    monkeypatch.setattr(
        searching, "_APART", apart
    )  # whether PostgreSQL sorts what its index finds, or goes through all in order
    for number in range(5):
        made = article(f"Ada Crane told The Ledger that Venturi will leave on Friday. {number}")
        ledger.save(made, [claim(made)], reader="reader-1")
    with ledger._read() as connection:
        for words in ("venturi", "venturi leave", '"will leave" venturi'):
            every = searching.best(connection, asked(words), kind, newest=9)
            assert len(every) == 5
            for newest in (1, 3):
                found = searching.best(connection, asked(words), kind, newest=newest)
                assert sorted(found) == sorted(every)[-newest:]
        assert searching.best(connection, asked("venturi bridge"), kind, newest=3) == []
