"""The kind of a source by its words, by what stands beside it and by what the text goes on to say."""

from __future__ import annotations

import pytest

from sayso.reading.attribution import Attributor
from sayso.reading.decode import Found
from sayso.reading.mentions.apposed import by_apposition, referred_to
from sayso.reading.mentions.sorts import kind_by_words


def found(text: str, source: str, cue: str, *, kind: str = "person", sure: float = 0.0) -> Found:
    """An attribution whose content is the sentence's end, or its head where the cue comes last."""
    start = text.rindex(source)
    after = start + len(source)
    at = text.index(cue, after if cue in text[after:] else 0)
    end = at + len(cue)
    content = (end + 1, max(end + 2, text.find(".", end)))
    return Found(((start, after),), (at, end), (content,), 0.9, kind, sure, 3.0)


def kinds(text: str, *ones: Found) -> list[str]:
    attributor = Attributor(text, outlet="Harbour Post")
    return [attributor.settle(one).source.kind for one in ones]


@pytest.mark.parametrize(
    ("words", "after", "kind"),
    [
        ("His wife, Ioanna,", " hopes so.", "person"),
        ("The head of the central bank, Ivo Lark,", " hopes so.", "person"),
        ("The bakery's managing partner, Ursel Quill,", " hopes so.", "person"),
        ("Lark, the councillor who sent it,", " hopes so.", "person"),
        ("Amber Gull, the studio behind the game,", " hopes so.", "organisation"),
        ("The main sponsor, a dairy,", " hopes so.", "organisation"),
        ("One, a maker of kettles,", " hopes so.", "organisation"),
        ("The sellers, a retired couple,", " hope so.", "person"),
        ("A swift review by the Tide Desk, a body of nine towns,", " found so.", None),
    ],
)
def test_a_description_beside_a_name_tells_the_kind(words: str, after: str, kind: str | None) -> None:
    assert by_apposition(words, after) == kind


@pytest.mark.parametrize(
    ("words", "after", "kind"),
    [
        ("Its publisher, Odile Penn,", " called it tosh, and she hung up.", "person"),
        ("The lead underwriter, Corran Deep,", " said it would pay by June.", "organisation"),
        ("The buyer, Ostrel Group,", " would not comment.", "organisation"),
        ("The owner, Ivo Lark,", " would not comment.", None),
    ],
)
def test_a_role_of_people_and_firms_is_told_by_the_name_or_by_what_follows(
    words: str, after: str, kind: str | None
) -> None:
    assert by_apposition(words, after) == kind


def test_only_this_sentence_and_the_next_tell_whom_a_role_goes_on_as() -> None:
    assert referred_to(" sees no cause. “Not yet,” joked its deputy head.") == "organisation"
    assert referred_to(" sees no cause. Rain fell. His dog barked.") is None


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("The Yes camp", "organisation"),
        ("his camp", "person"),
        ("The Greens", "organisation"),
        ("The state insurance supervisor", "organisation"),
        ("The mayor's allies", "anonymous"),
        ("Some in the cabinet", "anonymous"),
        ("the same figure", "anonymous"),
        ("a press officer", "person"),
        ("harbour officials", "person"),
        ("officials who have seen the plan", "anonymous"),
        ("A man on the quay, who gave his name only as Ned", "person"),
        ("The world No 7", "person"),
        ("Unions representing 900 pilots", "organisation"),
        ("The league's written decision", "document"),
        ("The surveyor's note attached to it", "document"),
        ("The club's own accounts", "document"),
        ("The coast guard", "organisation"),
        ("The opposition Civic List", None),
        ("The Order of St Brannoc", None),
        ("Nobody", "anonymous"),
        ("no one at the harbour", "anonymous"),
    ],
)
def test_the_words_alone_tell(words: str, kind: str | None) -> None:
    assert kind_by_words(words, "said") == kind


@pytest.mark.parametrize(
    ("source", "cue"),
    [
        ("Its deputy editor, Ivo Lark,", "writes"),
        ("the paper's film critic, Odile Penn,", "writes"),
        ("Their man in Orm, Ivo Lark,", "says"),
        ("Le Phare's man at the palace", "says"),
        ("The Moorland Sun's Ivo Lark", "says"),
        ("The paper's Ivo Lark", "says"),
        ("Ivo Lark of the weekly Skarvet", "says"),
        ("Kanal Tolv", "says"),
        ("La Tribune de Norm", "describes"),
        ("Morgenpost", "says"),
    ],
)
def test_a_paper_and_its_journalists_are_outlets(source: str, cue: str) -> None:
    text = f"{source} {cue} that the bridge is shut."
    assert kinds(text, found(text, source, cue)) == ["outlet"]


def test_the_rival_of_an_outlet_is_an_outlet() -> None:
    text = "The Evening Echo reports that the bridge is shut. Its rival Quayside Notes finds that it is open."
    ones = found(text, "The Evening Echo", "reports"), found(text, "Its rival Quayside Notes", "finds")
    assert kinds(text, *ones) == ["outlet", "outlet"]


def test_what_an_article_stands_in_is_an_outlet() -> None:
    text = "Look at the article in Kvarter. Kvarter had asked whether the bridge was shut."
    assert kinds(text, found(text, "Kvarter", "had asked", kind="organisation", sure=0.95)) == ["outlet"]


def test_whom_the_words_withheld_once_stays_anonymous() -> None:
    text = "A guard who worked there told us it was open. Trucks came, the guard said on Monday."
    ones = found(text, "A guard who worked there", "told"), found(text, "the guard", "said", sure=0.99)
    assert kinds(text, *ones) == ["anonymous", "anonymous"]


@pytest.mark.parametrize(("sure", "kind"), [(0.95, "anonymous"), (0.99, "person")])
def test_one_of_many_is_identified_only_for_a_model_very_sure_of_it(sure: float, kind: str) -> None:
    text = "A cashier said the bank was shut."
    assert kinds(text, found(text, "A cashier", "said", sure=sure)) == [kind]


def test_a_state_or_firm_goes_by_one_word_that_nothing_brought_in() -> None:
    text = "Talks failed again. Kordia warned that guns would follow."
    person = "Talks failed again. Kordan warned that guns would follow. He left."
    assert kinds(text, found(text, "Kordia", "warned", sure=0.8)) == ["organisation"]
    assert kinds(person, found(person, "Kordan", "warned", sure=0.8)) == ["person"]


def test_a_headline_names_people_by_their_surnames() -> None:
    text = "Kordan warns of guns"
    assert kinds(text, found(text, "Kordan", "warns", sure=0.8)) == ["person"]


def test_whom_a_role_brings_in_is_a_person() -> None:
    text = "Transport minister Calla Rook spoke on Monday. The plan was “an exercise”, Rook accepted at last."
    assert kinds(text, found(text, "Rook", "accepted", kind="organisation", sure=0.94)) == ["person"]


def test_a_supervisor_that_goes_on_as_it_is_a_body() -> None:
    text = "The supervisor has not said what it is looking for."
    assert kinds(text, found(text, "The supervisor", "has not said", sure=0.99)) == ["organisation"]


def test_who_cites_the_weather_after_saying_something_is_what_he_was() -> None:
    text = "Foreign Minister Per Quill told the house it was off, citing the storm."
    source = "Foreign Minister Per Quill"
    assert kinds(text, found(text, source, "told"), found(text, source, "citing")) == ["person", "person"]


def test_a_body_or_a_document_is_one_whoever_else_is_named() -> None:
    text = "Returning officer Joan Reed called it for Yes. The No camp refuses to concede the vote."
    memoir = "According to the memoirs of the late chancellor Otto Weil, it rained."
    assert kinds(text, found(text, "The No camp", "refuses")) == ["organisation"]
    assert kinds(memoir, found(memoir, "the memoirs of the late chancellor Otto Weil", "According to")) == ["document"]


def test_our_own_correspondent_speaks_for_the_outlet() -> None:
    text = "Our Orm correspondent, Odile Penn, has been down the pit. The pumps are running, she reports today."
    assert kinds(text, found(text, "she", "reports")) == ["own"]


@pytest.mark.parametrize(("source", "sure"), [("Corran Micro", 0.5), ("Tormenta", 0.95)])
def test_a_firm_fears_and_describes_too(source: str, sure: float) -> None:
    text = f"{source} fears that prices will fall."
    assert kinds(text, found(text, source, "fears", kind="organisation", sure=sure)) == ["organisation"]


@pytest.mark.parametrize(
    ("text", "source", "cue", "kind"),
    [
        ("Four of her eleven ushers want to go.", "Four of her eleven ushers", "want", "anonymous"),
        ("Two of the six lenders want to go.", "Two of the six lenders", "want", "organisation"),
        ("Aides to the abbot fear rain.", "Aides to the abbot", "fear", "anonymous"),
        ("The others have yet to decide.", "The others", "have yet to", "anonymous"),
        ("The union's executive fears rain.", "The union's executive", "fears", "organisation"),
        ("Tired cook Sunniva Chapel, 29, said so.", "Tired cook Sunniva Chapel, 29,", "said", "person"),
        ("The printer, Hollow & Daughters, said so.", "The printer, Hollow & Daughters,", "said", "organisation"),
        ("Pollsters at Reed Research found none.", "Pollsters at Reed Research", "found", "person"),
        ("St Ulla's told us so.", "St Ulla's", "told", "organisation"),
    ],
)
def test_the_words_settle_it_however_sure_the_model_is(text: str, source: str, cue: str, kind: str) -> None:
    assert kinds(text, found(text, source, cue, sure=0.93)) == [kind]


def test_a_doctor_is_a_person_whatever_the_name() -> None:
    text = "Dr Wold Orchard begs for help."
    assert kinds(text, found(text, "Dr Wold Orchard", "begs", kind="organisation", sure=0.7)) == ["person"]


def test_both_of_two_people_are_people_and_both_of_two_bodies_bodies() -> None:
    people = "Ida Crane said no. Otto Weil said no. Both agree on that."
    bodies = "The court warned the two camps. Both agree on that."
    ones = [found(people, "Ida Crane", "said"), found(people, "Otto Weil", "said")]
    both = found(people, "Both", "agree", kind="anonymous", sure=0.97)
    assert kinds(people, *ones, both)[-1] == "person"
    assert kinds(bodies, found(bodies, "Both", "agree", sure=0.97)) == ["organisation"]


@pytest.mark.parametrize(("sure", "kind"), [(0.999, "person"), (0.5, "organisation")])
def test_a_role_that_firms_have_too_is_a_persons_where_the_model_is_sure(sure: float, kind: str) -> None:
    text = "His rival, the quarry owner Pell Hollam, asked for a chair."
    assert kinds(text, found(text, "His rival, the quarry owner Pell Hollam,", "asked", sure=sure)) == [kind]
