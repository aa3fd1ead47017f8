from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sayso import times
from sayso.errors import SaysoError
from sayso.reading.events import events, open_lexicon, read_question, statement
from sayso.records import Event


def one(text: str, frame: str) -> Event:
    """The event of a frame in a text."""
    return next(e for e in events(text) if e.frame == frame)


@pytest.mark.parametrize(
    ("text", "frame", "certainty"),
    [
        ("Venturi has left Almenara.", "leave", 3),
        ("Venturi is going to leave Almenara.", "leave", 3),
        ("Venturi is expected to leave Almenara.", "leave", 2),
        ("Venturi is on course to leave Almenara.", "leave", 2),
        ("Venturi could leave Almenara.", "leave", 1),
        ("Venturi is considering leaving Almenara.", "leave", 1),
        ("Venturi wants to leave Almenara.", "leave", 0),
        ("Will Venturi leave Almenara?", "leave", 0),
        ("There is speculation that Venturi will leave.", "leave", 0),
        ("Venturi refused to confirm that he will leave.", "leave", 0),
        ("Venturi will not be leaving Almenara.", "leave", -3),
        ("Venturi's job is not at risk.", "leave", -3),
        ("Venturi has no plans to leave.", "leave", -2),
        ("Venturi is unlikely to leave before June.", "leave", -2),
        ("The club denied that Venturi would leave.", "leave", -3),
        ("It is not true that Venturi has resigned.", "resign", -3),
        ("Crane dismissed speculation that she would resign.", "resign", -3),
        ("Almenara ruled out sacking Venturi.", "sack", -3),
        ("Almenara did not rule out sacking Venturi.", "sack", 1),
        ("Almenara refused to rule out selling Kessner.", "sell", 1),
        ("Norda are not in talks to sign Kessner.", "join", -2),
        ("Norda reject claims that they will sell Kessner", "sell", -3),
        ("Ostrel refused to confirm or deny that it is buying Skerrick", "buy", 0),
        ("Ostrel shelved plans to close the Skerrick plant.", "close", -3),
        ("The departure of Luca Venturi from Almenara is unlikely.", "leave", -2),
        ("Olabarri would replace Venturi if the board agreed.", "replace", 1),
        ("No, Venturi is not leaving: the story is fake", "leave", -3),
        ("Reports that Venturi will leave Almenara are wrong.", "leave", -3),
        ("Venturi came within an inch of leaving Almenara.", "leave", -3),
        ("Nothing on earth will make Venturi leave Almenara.", "leave", -3),
        ("Nothing can stop Venturi from leaving Almenara.", "leave", 3),
        ("There is no longer any doubt that Venturi will leave.", "leave", 3),
        ("Will Venturi leave Almenara? “Not a chance,” the president said.", "leave", -3),
        ("Asked whether Venturi would leave, the president said: “Yes, in June.”", "leave", 3),
    ],
)
def test_certainty_is_that_of_the_event_under_all_that_governs_it(text: str, frame: str, certainty: int) -> None:
    assert one(text, frame).certainty == certainty


@pytest.mark.parametrize(
    ("text", "frame", "roles"),
    [
        ("Olabarri to replace Venturi as Almenara coach", "replace", {"new": "Olabarri", "old": "Venturi", "at": "Almenara", "post": "coach"}),
        ("Venturi was replaced by Olabarri.", "replace", {"new": "Olabarri", "old": "Venturi"}),
        ("Venturi sacked by Almenara after cup defeat", "sack", {"at": "Almenara", "who": "Venturi"}),
        ("Almenara name Olabarri coach", "become", {"at": "Almenara", "who": "Olabarri", "post": "coach"}),
        ("Olabarri named coach", "become", {"who": "Olabarri", "post": "coach"}),
        ("Mario Olabarri becomes Almenara coach", "become", {"who": "Mario Olabarri", "at": "Almenara", "post": "coach"}),
        ("Norda have signed Petr Kessner from Almenara.", "join", {"at": "Norda", "who": "Petr Kessner", "from": "Almenara"}),
        ("Ostrel walked away from its takeover of Skerrick.", "buy", {"who": "Ostrel", "what": "Skerrick"}),
        ("Almenara let Kessner's contract expire.", "expire", {"who": "Kessner", "at": "Almenara"}),
        ("Prosecutors dropped the charges against Ada Crane.", "drop_charges", {"by": "Prosecutors", "who": "Ada Crane"}),
        ("Venturi's exit from Almenara was confirmed.", "leave", {"who": "Venturi", "at": "Almenara"}),
        ("The plant will reopen in May.", "open", {"what": "plant"}),
        ("The board wants Venturi to stay.", "stay", {"who": "Venturi"}),
        ("Almenara coach Luca Venturi, whose side lost again, will leave.", "leave", {"who": "Luca Venturi"}),
        ("Kessner is set to accept the Norda job", "become", {"who": "Kessner", "at": "Norda"}),
    ],
)  # fmt: skip
def test_roles_are_filled_by_who_does_what_to_whom(text: str, frame: str, roles: dict[str, str]) -> None:
    assert dict(one(text, frame).roles) == roles


@pytest.mark.parametrize(
    "text",
    [
        "There are five games left.",
        "Venturi remains focused on Saturday's match.",
        "Venturi is close to the players.",
        "Kessner continued to train.",
    ],
)
def test_look_alikes_are_no_events_of_leaving_or_staying(text: str) -> None:
    assert not {e.frame for e in events(text)} & {"leave", "stay", "close"}


@pytest.mark.parametrize(
    ("text", "frame", "roles"),
    [
        ("The judge put Ada Crane behind bars.", "jail", {"by": "judge", "who": "Ada Crane"}),
        ("Ada Crane was put behind bars.", "jail", {"who": "Ada Crane"}),
        ("The council waved the Skerrick bill through.", "pass", {"by": "council", "what": "Skerrick bill"}),
    ],
)
def test_a_pattern_has_its_roles_where_it_shows_them(text: str, frame: str, roles: dict[str, str]) -> None:
    assert dict(one(text, frame).roles) == roles


def test_a_wording_of_several_frames_is_taken_for_the_one_whose_topic_the_sentence_is_on() -> None:
    assert "quit_treaty" in {e.frame for e in events("Dorvania will leave the water pact.")}
    assert "quit_treaty" not in {e.frame for e in events("Venturi will leave Almenara.")}


def test_what_is_good_or_bad_for_a_thing_in_general_words_is_a_sign() -> None:
    signs = {e.frame: e.certainty for e in read_question("Parliament passes the housing bill")}
    assert (signs["thrive"], signs["founder"]) == (2, -2)


def test_frames_of_other_matters_that_say_the_same_are_signs() -> None:
    signs = {e.frame: e.certainty for e in read_question("Norda calls off the regatta")}
    assert (signs["cancel"], signs["launch"]) == (3, -3)


def test_a_verb_that_no_frame_has_stands_for_itself() -> None:
    (asked, _) = read_question("Ada Crane interviews Luca Venturi")
    (said,) = events("Luca Venturi was interviewed by Ada Crane.")
    assert (asked.frame, set(asked.roles)) == (said.frame, set(said.roles))
    assert statement(asked) is None


def test_candidates_in_a_list_are_only_possible() -> None:
    event = one("The club will make an interim appointment such as Ada Crane, Luca Venturi or Petr Kessner.", "become")
    assert [name for role, name in event.roles if role == "who"] == ["Ada Crane", "Luca Venturi", "Petr Kessner"]
    assert event.certainty == 1


def test_names_are_resolved_by_who_is_asked_with_the_place() -> None:
    text = "The Italian will leave the club."
    known = {(0, 11): "Luca Venturi", (23, 31): "Almenara"}
    (event,) = events(text, who=lambda a, b: known.get((a, b)))
    assert event.roles == (("who", "Luca Venturi"), ("at", "Almenara"))


def test_only_events_inside_the_pieces_are_given_but_what_governs_them_may_stand_outside() -> None:
    text = "The club denied that Venturi would leave. Kessner will stay."
    start = text.index("that")
    assert [(e.frame, e.certainty) for e in events(text, [(start, start + 25)])] == [("leave", -3)]


def test_a_cue_behind_the_quotation_governs_it() -> None:
    text = "“Luca Venturi is leaving.” The president denied it."
    assert events(text, [(0, 26)], cue=(text.index("denied"), text.index(" it")))[0].certainty == -3


def test_the_speaker_is_meant_by_i_and_by_a_content_without_a_subject() -> None:
    assert dict(events("I will stay at Almenara.", speaker="Luca Venturi")[0].roles)["who"] == "Luca Venturi"
    assert dict(events("to leave Almenara", speaker="Luca Venturi")[0].roles)["who"] == "Luca Venturi"


@pytest.mark.parametrize(
    ("text", "modelled", "certainty"),
    [
        ("Venturi will leave.", 1.0, 2),
        ("Venturi will not leave.", 2.0, -3),
        ("Venturi wants to leave.", 2.6, 0),
        ("Venturi could leave.", 2.9, 1),
    ],
)
def test_a_models_number_moves_a_value_but_never_turns_it(text: str, modelled: float, certainty: int) -> None:
    assert events(text, modelled=lambda start, end: modelled)[0].certainty == certainty


def test_an_event_has_the_time_that_stands_by_it() -> None:
    text = "Venturi met Kessner in March and will leave Almenara on 3 June 2031."
    day = date(2031, 4, 1)
    event = next(e for e in events(text, times=times.find_times(text, said=(day, day))) if e.frame == "leave")
    assert event.time is not None
    assert event.time.start == date(2031, 6, 3)


def test_offsets_are_those_of_the_words() -> None:
    text = "Nobody knows. “Ostrel has dropped its offer for Skerrick,” she said."
    event = one(text, "walk_away")
    assert text[slice(*event.span)] == event.text == "dropped its offer"


def test_a_question_knows_what_speaks_for_and_against_it() -> None:
    signs = {
        (e.frame, dict(e.roles).get("who", dict(e.roles).get("old"))): e.certainty
        for e in read_question("Luca Venturi leaves Almenara")
    }
    assert signs["leave", "Luca Venturi"] == 3
    assert signs["stay", "Luca Venturi"] == -3
    assert signs["sack", "Luca Venturi"] == 3
    assert signs["replace", "Luca Venturi"] == 3
    assert signs["not resign", "Luca Venturi"] == -1


def test_a_question_put_negatively_turns_its_signs() -> None:
    signs = {e.frame: e.certainty for e in read_question("Will Venturi not leave Almenara?")}
    assert (signs["leave"], signs["stay"]) == (-3, 3)


def test_words_without_a_frame_are_no_question() -> None:
    assert read_question("Almenara is pleasant in the spring") == ()


def test_a_statement_leaves_out_what_is_not_known_and_is_none_where_it_must_be_known() -> None:
    assert statement(Event("leave", "", (0, 0), (("who", "Luca Venturi"),))) == "Luca Venturi leaves"
    assert statement(Event("buy", "", (0, 0), (("who", "Ostrel"),))) is None


def test_the_lexicon_is_as_large_as_it_says() -> None:
    lexicon = open_lexicon()
    assert len(lexicon.frames) >= 400
    assert all(other in lexicon.frames for frame in lexicon.frames.values() for other in frame.opposite)
    assert all(
        frame.name in lexicon.frames[other].opposite for frame in lexicon.frames.values() for other in frame.opposite
    )


@pytest.mark.parametrize("name", sorted(open_lexicon().frames))
def test_every_statement_of_a_frame_is_read_back_as_that_frame(name: str) -> None:
    names = {"who": "Ada Crane", "what": "Skerrick", "at": "Almenara", "new": "Ada Crane", "old": "Luca Venturi", "rival": "Petr Kessner",
        "by": "Norda", "with": "Luca Venturi", "to": "Norda", "from": "Almenara", "post": "mayor"}  # fmt: skip
    text = statement(Event(name, "", (0, 0), tuple(names.items())))
    assert text is not None
    topics, topic = open_lexicon().topics, open_lexicon().frames[name].topic
    text += f" over the {min(topics[topic], key=len)}" if topic else ""
    assert name in {e.frame for e in read_question(text)}


def test_a_user_adds_frames_and_forms(tmp_path: Path) -> None:
    path = tmp_path / "more.yaml"
    path.write_text("knight:\n  says: '{by} knights {who}'\n  forms:\n  - {verbs: [knight], subject: by, object: who}\n"
        "leave:\n  forms:\n  - {verbs: [skedaddle], subject: who, from: at}\n", encoding="utf-8")  # fmt: skip
    found = events("The king will knight Crane. Venturi skedaddled from Almenara.", lexicon=open_lexicon(path))
    assert [e.frame for e in found] == ["knight", "leave"]


@pytest.mark.parametrize(
    "content",
    [
        "[1, 2]",
        "leave: {opposite: [nowhere]}",
        "leave: {colour: red}",
        "a: {",
        "leave: {topic: weather}",
        "leave: {patterns: [go]}",
    ],
)
def test_a_lexicon_that_does_not_fit_is_refused_by_name(tmp_path: Path, content: str) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(SaysoError, match=r"bad\.yaml"):
        open_lexicon(path)


@pytest.mark.parametrize("text", ["", "…", "?", "\n\n", "’s", "to", "sack", "Leave", "is not", "who whose that"])
def test_scraps_of_text_do_no_harm(text: str) -> None:
    assert all(text[slice(*e.span)] == e.text for e in events(text))
