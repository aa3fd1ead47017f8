from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from sayso import times
from sayso.questions import alternatives, candidates, keys, propose, same_name, stance
from sayso.reading.events import events, read_question, statement
from sayso.records import Claim, Question, Source, Span, Story, content_id

MARCH = date(2031, 3, 14)


def question(text: str, start: date | None = date(2031, 3, 1), end: date | None = date(2031, 9, 1)) -> Question:
    return Question(content_id(text), text, start, end, read_question(text))


def claim(text: str, *, said: date | None = MARCH, article: str = "a", origin: str = "Harbour Post") -> Claim:
    day = (said, said) if said else None
    found = events(text, times=times.find_times(text, said=day))
    return Claim(content_id(article, text), article, (Span(0, len(text), text),), Source("own", origin), None, "indirect", (), origin,
        None, None, day, 1.0, "test", found)  # fmt: skip


def side(asked: str, said: str) -> str | None:
    found = stance(question(asked), claim(said))
    return found.stance if found else None


LEAVES = "Luca Venturi leaves Almenara"
BUYS = "Ostrel buys Skerrick"


@pytest.mark.parametrize(
    ("asked", "said", "expected"),
    [
        (LEAVES, "Venturi will leave Almenara in June, the club confirmed.", "for"),
        (LEAVES, "Luca Venturi is expected to leave the club.", "for"),
        (LEAVES, "Almenara have sacked Venturi.", "for"),
        (LEAVES, "Mario Olabarri will replace Venturi as coach.", "for"),
        (LEAVES, "Venturi is expected to stay at Almenara.", "against"),
        (LEAVES, "Venturi will stay.", "against"),
        (LEAVES, "Venturi's job is not at risk.", "against"),
        (LEAVES, "Venturi has signed a new contract with Almenara.", "against"),
        (LEAVES, "The club denied that Venturi would leave.", "against"),
        (LEAVES, "Almenara will stick with Venturi.", "against"),
        (LEAVES, "Venturi will not resign.", "against"),
        (LEAVES, "Venturi could leave Almenara.", "observing"),
        (LEAVES, "Talks over Venturi's departure were held on Monday.", "observing"),
        (LEAVES, "Venturi wants to stay.", "observing"),
        (LEAVES, "There is speculation that Venturi will leave Almenara.", "observing"),
        (LEAVES, "Venturi will join Norda.", "observing"),
        (LEAVES, "Petr Kessner will leave Almenara.", None),
        (LEAVES, "Paolo Venturi will leave Almenara.", None),
        (LEAVES, "Luca Venturi left Norda.", None),
        (LEAVES, "Venturi met the players.", None),
        ("Mario Olabarri becomes Almenara coach", "Olabarri to replace Venturi as Almenara coach", "for"),
        ("Mario Olabarri becomes Almenara coach", "Almenara appoint Petr Kessner as coach", "against"),
        ("Mario Olabarri becomes Almenara coach", "Olabarri turned down Almenara", "against"),
        ("Mario Olabarri becomes Almenara coach", "Olabarri is on the list of candidates", "observing"),
        ("Mario Olabarri replaces Luca Venturi", "Venturi to replace Olabarri", "against"),
        (BUYS, "Ostrel has agreed to buy Skerrick", "for"),
        (BUYS, "Ostrel walks away from Skerrick", "against"),
        (BUYS, "Ostrel is weighing a bid for Skerrick", "observing"),
        (BUYS, "Skerrick will buy Ostrel", None),
        ("Ada Crane is convicted of fraud", "A jury acquitted Crane of fraud", "against"),
        ("Ada Crane is charged with fraud", "Prosecutors dropped the charges against Crane", "against"),
        ("Parliament passes the housing bill", "Parliament is likely to reject the housing bill", "against"),
        ("Parliament passes the housing bill", "Parliament rejected the fishing quota", None),
        ("Ostrel launches the Helio", "Ostrel has cancelled the Helio", "against"),
        ("Drivers go on strike at Skerrick", "Drivers called off the strike", "against"),
        ("Parliament passes the housing bill", "MPs waved the housing bill through", "for"),
        ("Parliament passes the housing bill", "The housing bill is dead in the water", "against"),
        ("Parliament passes the housing bill", "The housing bill will be debated by a committee", "observing"),
        ("Dorvania quits the water pact", "Dorvania stays in the water pact", "against"),
        ("Norda beats Almenara", "Norda beaten by Almenara", "against"),
        (LEAVES, "Venturi's sister will leave Almenara.", None),
        (LEAVES, "Venturi's deputy will leave Almenara.", None),
        (LEAVES, "Venturi's deputy said he was ill and cleared his desk.", None),
        (LEAVES, "Almenara have won nothing since the departure of Luca Venturi.", "for"),
        (BUYS, "Ostrel said it would buy a rival.", None),
        ("Luca Venturi leaves Almenara", "Luca Venturi listens to everyone and leaves with no one.", "against"),
        ("The trawler Ada sinks", "The trawler Ada is lying on the sea bed off the coast.", "for"),
        ("Shopkeepers defy the curfew", "Shopkeepers obeyed the curfew.", "against"),
    ],
)
def test_a_claim_takes_the_side_a_careful_reader_gives_it(asked: str, said: str, expected: str | None) -> None:
    assert side(asked, said) == expected


def test_a_hedge_is_on_the_same_side_with_less_strength_and_a_denied_way_is_weak() -> None:
    sure, hedged, way = (
        stance(question(LEAVES), claim(f"Venturi {words}."))
        for words in ("will leave", "is expected to leave", "will not resign")
    )
    assert sure
    assert hedged
    assert way
    assert sure.strength > hedged.strength > way.strength > 0


def test_the_reason_names_the_frames_and_the_certainty() -> None:
    found = stance(question(LEAVES), claim("Venturi is expected to stay."))
    assert found is not None
    assert found.reason == "frame: leave ↔ stay (“stay”), certainty +2"


def test_a_later_clause_that_takes_a_side_outweighs_one_that_does_not() -> None:
    assert side(LEAVES, "Venturi could leave Almenara but he will stay at Almenara.") == "against"


@pytest.mark.parametrize(
    ("said", "text", "counts"),
    [
        (date(2031, 3, 14), "Venturi will leave Almenara.", True),
        (date(2030, 12, 1), "Venturi will leave Almenara.", True),
        (date(2029, 5, 14), "Venturi will leave Almenara.", False),
        (date(2031, 9, 2), "Venturi will leave Almenara.", False),
        (date(2031, 3, 14), "Almenara sacked Venturi in 2025.", False),
        (date(2033, 3, 14), "Venturi left Almenara in June 2031.", True),
        (None, "Venturi will leave Almenara.", False),
    ],
)
def test_only_what_may_be_about_the_window_counts(said: date | None, text: str, counts: bool) -> None:
    assert (stance(question(LEAVES), claim(text, said=said)) is not None) == counts


def test_without_a_window_an_undated_claim_counts() -> None:
    assert stance(question(LEAVES, None, None), claim("Venturi will leave Almenara.", said=None)) is not None


def test_without_a_window_what_lies_years_back_or_in_another_year_is_not_what_is_asked() -> None:
    asked = question("Luca Venturi leaves Almenara in 2031", None, None)
    assert stance(asked, claim("Venturi left Almenara eight years ago.", said=None)) is None
    assert stance(asked, claim("Venturi will leave Almenara in 2033.", said=None)) is None


def test_a_claim_that_takes_no_side_but_speaks_of_all_that_is_asked_observes() -> None:
    found = stance(question(LEAVES), claim("Venturi is the man for Almenara."))
    assert found is not None
    assert (found.stance, found.reason) == ("observing", "names them, takes no side")


def test_a_model_is_asked_only_where_there_is_no_frame() -> None:
    asked: list[str] = []

    def model(one: str, other: str) -> tuple[float, float, float, float]:
        asked.append(other)
        return 0.02, 0.95, 0.02, 0.01

    found = stance(question(LEAVES), claim("Venturi is the man for Almenara."), model=model)
    assert found is not None
    assert (found.stance, found.strength, found.reason) == ("against", 0.95, "model: against 0.95")
    stance(question(LEAVES), claim("Venturi will leave Almenara."), model=model)
    assert len(asked) == 1


def test_what_the_model_is_not_sure_of_is_no_stance() -> None:
    assert stance(question(LEAVES), claim("Rain fell on Almenara."), model=lambda a, b: (0.8, 0.1, 0.1, 0.0)) is None


def test_what_the_model_calls_unrelated_is_no_stance() -> None:
    assert stance(question(LEAVES), claim("Rain fell on Almenara."), model=lambda a, b: (0.0, 0.0, 0.05, 0.95)) is None


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Luca Venturi", "Venturi", True),
        ("Luca Venturi", "Paolo Venturi", False),
        ("Real Norda", "Norda", True),
        ("Real Norda", "Atletico Norda", False),
        ("Brazil", "Brazilian Football Confederation", True),
        ("José Mérida", "Jose Merida", True),
        ("Dr Ada Crane", "Ada Crane", True),
        ("Almenara", "Norda", False),
    ],
)
def test_names_are_one_where_the_shorter_is_in_the_longer(one: str, other: str, same: bool) -> None:
    assert same_name(one, other) is same_name(other, one) is same


def test_candidates_share_a_name_and_a_frame_of_the_question() -> None:
    near, opposite, other, elsewhere = (
        claim(text)
        for text in (
            "Venturi will leave.",
            "Almenara back Venturi.",
            "Venturi won the cup.",
            "Kessner will leave Norda.",
        )
    )
    assert candidates(question(LEAVES), [near, opposite, other, elsewhere]) == (near, opposite)


def test_every_stance_is_among_the_candidates_by_their_keys() -> None:
    asked = question(LEAVES)
    for text in (
        "Almenara have sacked Luca Venturi.",
        "Olabarri replaces Venturi",
        "Venturi joins Norda",
        "Venturi's contract will not be renewed.",
    ):
        assert stance(asked, claim(text)) is not None
        assert keys(asked) & keys(claim(text))


def story(*claims: Claim) -> Story:
    articles = tuple(dict.fromkeys(c.article for c in claims))
    episode = (date(2031, 3, 1), date(2031, 6, 30), articles)
    return Story("s", "Almenara", articles, date(2029, 1, 1), date(2031, 6, 30), ("Luca Venturi",), (episode,))


SAGA = (
    claim("Luca Venturi could leave Almenara.", article="1"),
    claim("Luca Venturi is expected to leave Almenara.", article="2"),
    claim("Luca Venturi is expected to stay at Almenara.", article="3"),
    claim("Luca Venturi will leave Almenara, friends believe.", article="3"),
    claim("Mario Olabarri is expected to become Almenara coach.", article="1"),
    claim("Mario Olabarri could become Almenara coach.", article="2"),
    claim("Mario Olabarri may become Almenara coach.", article="3"),
    claim("Petr Kessner could become Almenara coach.", article="3"),
    claim("Ada Crane met the players.", article="3"),
)


def proposed() -> tuple[Question, ...]:
    return propose(SAGA, story(*SAGA), say=statement, read=read_question)


def test_what_recurs_uncertainly_is_proposed_as_a_statement_and_its_opposite_is_not() -> None:
    texts = [q.text for q in proposed()]
    assert "Luca Venturi leaves Almenara" in texts
    assert not any("stays" in text or "met" in text for text in texts)


def test_the_window_is_the_storys_last_episode() -> None:
    assert {(q.start, q.end) for q in proposed()} == {(date(2031, 3, 1), date(2031, 6, 30))}


def test_candidates_for_one_post_are_alternatives() -> None:
    groups = {q.text: q.group for q in proposed()}
    assert groups["Mario Olabarri becomes Almenara coach"] == groups["Petr Kessner becomes Almenara coach"] is not None
    assert groups["Luca Venturi leaves Almenara"] is None


def test_questions_that_do_not_exclude_one_another_stand_alone() -> None:
    two = [
        question(LEAVES),
        question("Mario Olabarri becomes Norda coach"),
        replace(question("Petr Kessner becomes Almenara coach"), id="x"),
    ]
    assert all(q.group is None for q in alternatives(two))
