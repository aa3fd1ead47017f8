from __future__ import annotations

import pytest

from sayso.reading.attribution import Attributor, origin_of
from sayso.reading.decode import Found, Name
from sayso.records import Link


def found(text: str, *, source: str, cue: str, content: str, kind: str = "person", sure: float = 0.0) -> Found:
    """An attribution in `text`, spans given by their words."""

    def span(words: str) -> tuple[int, int]:
        return text.index(words), text.index(words) + len(words)

    return Found((span(source),) if source else (), span(cue), (span(content),), 0.9, kind, sure, 3.0)


def settle(text: str, *ones: Found, outlet: str | None = "Harbour Post"):
    attributor = Attributor(text, outlet=outlet)
    return [attributor.settle(one) for one in ones][-1]


def names(told) -> list[str]:
    return [link.name for link in told.chain]


def test_a_named_speaker_is_the_origin() -> None:
    text = "Ada Crane said she would go."
    told = settle(text, found(text, source="Ada Crane", cue="said", content="she would go"))
    assert (told.source.kind, names(told), told.origin) == ("person", ["Ada Crane", "Harbour Post"], "Ada Crane")


def test_an_anonymous_source_counts_as_the_outlet_it_told() -> None:
    text = "A source close to the board told The Ledger that he will go."
    told = settle(text, found(text, source="A source close to the board", cue="told", content="that he will go"))
    assert told.source.kind == "anonymous"
    assert told.origin == "The Ledger"


def test_an_anonymous_source_of_ones_own_counts_as_the_article() -> None:
    text = "Sources told the Harbour Post that he will go."
    told = settle(text, found(text, source="Sources", cue="told", content="that he will go"))
    assert (names(told), told.origin) == (["Sources", "Harbour Post"], "Harbour Post")


def test_a_relayed_report_has_the_other_outlet_as_origin() -> None:
    text = "The Athletic relay that Venturi intends to leave."
    told = settle(text, found(text, source="The Athletic", cue="relay", content="that Venturi intends to leave"))
    assert (told.source.kind, told.origin) == ("outlet", "The Athletic")


def test_what_an_outlet_says_of_itself_is_its_own() -> None:
    text = "The Harbour Post reported last week that talks had begun."
    told = settle(text, found(text, source="The Harbour Post", cue="reported", content="that talks had begun"))
    assert (told.source.kind, told.origin) == ("own", "Harbour Post")


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("A report by the council", "document"),
        ("The Italian, whose contract runs out,", "person"),
        ("A person familiar with the talks", "anonymous"),
        ("Some", "anonymous"),
        ("the federation", "organisation"),
        ("The Evening Echo", "outlet"),
        ("the goalkeeper", "person"),
        ("this newspaper", "own"),
    ],
)
def test_the_words_of_a_source_tell_its_kind(source: str, kind: str) -> None:
    text = f"{source} said that it was over."
    assert settle(text, found(text, source=source, cue="said", content="that it was over")).source.kind == kind


def test_the_journalist_is_the_one_named_before() -> None:
    text = "Amid this, Ramón Álvarez de Mon has news. According to the journalist, they have met."
    told = settle(text, found(text, source="the journalist", cue="According to", content="they have met"))
    assert (told.source.kind, told.origin) == ("outlet", "Ramón Álvarez de Mon")


def test_reportedly_is_nobody() -> None:
    text = "Venturi is reportedly set to leave."
    told = settle(text, found(text, source="", cue="reportedly", content="set to leave"))
    assert (told.source.kind, told.origin) == ("unnamed", None)


def test_reportedly_after_a_relayed_report_is_still_that_report() -> None:
    text = "The Ledger report that they met. The meeting reportedly took place on Friday."
    first = found(text, source="The Ledger", cue="report", content="that they met")
    told = settle(text, first, found(text, source="", cue="reportedly", content="took place on Friday"))
    assert names(told) == ["?", "The Ledger", "Harbour Post"]
    assert told.origin == "The Ledger"


def test_a_second_joined_verb_has_the_first_ones_source() -> None:
    text = "Ada Crane admitted that it failed and refused to say why."
    first = found(text, source="Ada Crane", cue="admitted", content="that it failed")
    told = settle(text, first, found(text, source="", cue="refused to say", content="why"))
    assert told.source.name == "Ada Crane"


def test_he_is_the_last_speaker() -> None:
    text = "Carlo Venturi said no. He said it twice."
    first = found(text, source="Carlo Venturi", cue="said no", content="no")
    second = Found(((text.index("He"), text.index("He") + 2),), (26, 30), ((31, 33),), 0.9)
    assert settle(text, first, second).source.name == "Carlo Venturi"


def test_an_attribution_inside_another_hands_on_the_outer_one() -> None:
    text = "Sources told The Ledger the club feel it is too soon."
    outer = found(text, source="Sources", cue="told", content="the club feel it is too soon")
    told = settle(text, outer, found(text, source="the club", cue="feel", content="it is too soon"))
    assert names(told) == ["the club", "Sources", "The Ledger", "Harbour Post"]
    assert told.origin == "the club"


def test_the_origin_of_nothing_is_nobody() -> None:
    assert origin_of(()) is None
    assert origin_of((Link("anonymous", "a source"),)) is None


def test_this_newspaper_and_the_last_word_of_its_name_are_the_outlet_itself() -> None:
    text = "The talks, as this newspaper disclosed in May, failed. The Post has asked why."
    own = found(text, source="this newspaper", cue="disclosed", content="The talks")
    short = found(text, source="The Post", cue="has asked", content="why")
    assert settle(text, own).source.kind == "own"
    assert settle(text, short).source.kind == "own"


def test_i_inside_a_quotation_is_the_speaker_and_outside_the_writer() -> None:
    text = "“I hope so,” said Ada Crane. I doubt it."
    said = found(text, source="Ada Crane", cue="said", content="“I hope so,”")
    inner = Found(((1, 2),), (3, 7), ((8, 10),), 0.9)
    writer = Found(((29, 30),), (31, 36), ((37, 39),), 0.9)
    assert settle(text, said, inner).source.name == "Ada Crane"
    assert settle(text, writer).source.kind == "own"


def test_a_name_that_reports_is_an_outlet() -> None:
    text = "Bourse Brief reported that talks had begun."
    told = settle(text, found(text, source="Bourse Brief", cue="reported", content="that talks had begun"))
    assert (told.source.kind, told.origin) == ("outlet", "Bourse Brief")


def test_a_plural_verb_makes_a_name_a_club() -> None:
    text = "Lido Cavarro are confident that he stays."
    told = settle(text, found(text, source="Lido Cavarro", cue="are confident", content="that he stays", sure=0.9))
    assert told.source.kind == "organisation"


def test_the_bare_post_is_not_another_paper() -> None:
    text = "The Post says the bank is for sale."
    told = settle(text, found(text, source="The Post", cue="says", content="the bank is for sale"), outlet="Wire Desk")
    assert (told.source.kind, told.source.name) == ("outlet", "The Post")


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("Ada Crane, who chairs the guild,", "Ada Crane"),
        ("two aides, speaking on condition of anonymity,", "two aides"),
        ("the chairman of governors Sir Tom Lund", "Tom Lund"),
        ("a study of 4,100 graduates", "a study of 4,100 graduates"),
    ],
)
def test_a_source_is_called_without_what_is_said_of_it(source: str, name: str) -> None:
    text = f"So {source} said it was over."
    assert settle(text, found(text, source=source, cue="said", content="it was over")).source.name == name


def test_an_unnamed_source_of_an_undeclared_article_has_the_relayed_report_as_origin() -> None:
    text = "The Ledger report that they met. The meeting reportedly took place on Friday."
    first = found(text, source="The Ledger", cue="report", content="that they met")
    told = settle(text, first, found(text, source="", cue="reportedly", content="took place on Friday"), outlet=None)
    assert told.origin == "The Ledger"


def test_who_answers_for_any_mention() -> None:
    text = "Carlo Venturi lost. Now the Italian may go; so may the moon."
    attributor = Attributor(text, outlet=None)

    def who(words: str) -> str | None:
        return attributor.who(text.index(words), text.index(words) + len(words))

    assert [who(words) for words in ("Carlo Venturi", "the Italian", "the moon")] == [
        "Carlo Venturi",
        "Carlo Venturi",
        None,
    ]


def test_names_from_a_model_are_used() -> None:
    text = "norda said that it would pay."
    names = (Name(0, 5, "organisation", 0.9),)
    told = Attributor(text, outlet="Harbour Post", names=names).settle(
        found(text, source="norda", cue="said", content="that it would pay")
    )
    assert (told.source.kind, told.source.name) == ("organisation", "norda")


@pytest.mark.parametrize(
    ("text", "cue", "kind"),
    [
        ("In addition, as reported in February, Norda want a striker.", "as reported", "own"),
        ("Norda, as first reported by The Ledger, want a striker.", "as first reported", "unnamed"),
    ],
)
def test_as_reported_with_no_reporter_is_the_outlets_own_earlier_report(text: str, cue: str, kind: str) -> None:
    assert settle(text, found(text, source="", cue=cue, content="want a striker", kind="unnamed")).source.kind == kind


def test_what_is_understood_is_not_a_relay_of_the_report_before() -> None:
    text = "The Ledger report that they met. A deal is understood to be close."
    first = found(text, source="The Ledger", cue="report", content="that they met")
    assert settle(text, first, found(text, source="", cue="is understood", content="to be close")).origin is None


def test_whoever_an_outlet_cites_comes_through_that_outlet() -> None:
    text = "The Brigg Echo, citing two people close to the family, reported that they will sell."
    told = settle(
        text, found(text, source="two people close to the family", cue="citing", content="that they will sell")
    )
    assert told.origin == "The Brigg Echo"


def test_initials_are_the_outlets_own_name() -> None:
    text = "Two delegates told GNA that it could be moved."
    told = settle(
        text,
        found(text, source="Two delegates", cue="told", content="that it could be moved"),
        outlet="Globe News Agency",
    )
    assert (names(told), told.origin) == (["Two delegates", "Globe News Agency"], "Globe News Agency")


def test_an_outlet_under_its_last_word_has_its_whole_name() -> None:
    text = "Crane told the Kesarpur Mirror of a ban. Two of them, the Mirror said, were minded to drop it."
    told = settle(text, found(text, source="the Mirror", cue="said", content="were minded to drop it", kind="outlet"))
    assert told.source.name == "The Kesarpur Mirror"


def test_a_journalist_named_with_the_paper_hands_it_on() -> None:
    text = "The Brigg Echo’s Jana Kolarik has revealed that he goes."
    told = settle(text, found(text, source="The Brigg Echo’s Jana Kolarik", cue="has revealed", content="that he goes"))
    assert (told.source.kind, names(told)) == ("outlet", ["Jana Kolarik", "The Brigg Echo", "Harbour Post"])


def test_a_transcripts_labels_are_people_and_i_is_whose_line_it_is() -> None:
    text = "HOST: Will there be a strike?\n\nKANE: It could. I doubt it.\n\nHOST: Thank you."
    line = found(text, source="KANE", cue=":", content="It could. I doubt it.")
    line = Found(line.source, (text.index("KANE:") + 4, text.index("KANE:") + 5), line.content, 0.9)
    told = settle(text, line, found(text, source="I", cue="doubt", content="it."))
    assert (told.source.kind, told.source.name) == ("person", "Kane")


@pytest.mark.parametrize(("kind", "sure", "read"), [("anonymous", 0.95, "anonymous"), ("anonymous", 0.6, "person")])
def test_whether_someone_described_is_identified_is_for_a_sure_model_to_say(kind: str, sure: float, read: str) -> None:
    text = "Villagers said the runway had been swept."
    one = found(text, source="Villagers", cue="said", content="the runway had been swept", kind=kind, sure=sure)
    assert settle(text, one).source.kind == read


def test_sources_stay_anonymous_whatever_the_model_says() -> None:
    text = "Sources said the runway had been swept."
    one = found(text, source="Sources", cue="said", content="the runway had been swept", kind="person", sure=0.99)
    assert settle(text, one).source.kind == "anonymous"


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("A former minister", "anonymous"),
        ("A lawyer for the club", "person"),
        ("The third, Isaac Thorold,", "person"),
        ("Everyone on the call", "anonymous"),
        ("the Havnebladet", "outlet"),
    ],
)
def test_the_kind_that_the_words_themselves_tell(source: str, kind: str) -> None:
    text = f"{source} said it was over."
    assert settle(text, found(text, source=source, cue="said", content="it was over")).source.kind == kind


def test_a_dateline_is_no_part_of_the_source() -> None:
    text = "BRIGG, May 4 (Norda) - Three members of the council said it was over."
    source = "BRIGG, May 4 (Norda) - Three members of the council"
    told = settle(text, found(text, source=source, cue="said", content="it was over"))
    assert told.source.name == "Three members of the council"


def test_nobody_quotes_himself_by_name() -> None:
    text = "Ada Crane plans to stand, her manager told the town. “Crane slept well,” she said."
    told = settle(
        text,
        found(text, source="her manager", cue="told", content="Ada Crane plans to stand"),
        found(text, source="she", cue="said", content="“Crane slept well,”"),
    )
    assert told.source.name == "Ada Crane’s manager"


def test_who_replies_is_not_the_one_who_asked() -> None:
    text = "Ivo Lark denied it. Counsel to the inquiry put it to him that he had lied. “No,” he replied."
    told = settle(
        text,
        found(text, source="Ivo Lark", cue="denied", content="it"),
        found(text, source="Counsel to the inquiry", cue="put it to", content="that he had lied"),
        Found(
            ((text.index("he replied"), text.index("he replied") + 2),),
            (len(text) - 8, len(text) - 1),
            ((75, 80),),
            0.9,
        ),
    )
    assert told.source.name == "Ivo Lark"


@pytest.mark.parametrize("source", ["the same person", "the driver", "one of them"])
def test_who_told_an_outlet_is_heard_through_it_again(source: str) -> None:
    first = "Two drivers" if source == "one of them" else "A driver"
    text = f"{first} told The Ledger that the road was shut. It would stay shut, {source} added."
    told = settle(
        text,
        found(text, source=first, cue="told", content="that the road was shut", kind="anonymous", sure=0.99),
        found(text, source=source, cue="added", content="It would stay shut", kind="anonymous", sure=0.99),
    )
    assert told.origin == "The Ledger"


def test_an_outlets_sources_are_vouched_for_by_it() -> None:
    text = "Isbladet reports that talks are off. According to its sources, he left."
    told = settle(
        text,
        found(text, source="Isbladet", cue="reports", content="that talks are off"),
        found(text, source="its sources", cue="According to", content="he left", kind="anonymous"),
    )
    assert (names(told), told.origin) == (["Isbladet’s sources", "Isbladet", "Harbour Post"], "Isbladet")


def test_told_the_paper_is_told_the_paper_named_before() -> None:
    text = "Ivo Lark is going, the Brigg Echo reported. “I am,” he told the paper."
    told = settle(text, found(text, source="he", cue="told", content="“I am,”"))
    assert names(told)[1:] == ["The Brigg Echo", "Harbour Post"]


@pytest.mark.parametrize("cue", ["is also said", "is reported"])
def test_what_is_also_said_goes_on_with_the_report_right_before(cue: str) -> None:
    text = f"Isbladet reports that talks are off. A club {cue} to want him."
    told = settle(
        text,
        found(text, source="Isbladet", cue="reports", content="that talks are off"),
        found(text, source="", cue=cue, content="A club", kind="unnamed"),
    )
    assert told.origin == "Isbladet"


@pytest.mark.parametrize(
    ("source", "name"),
    [("the trade weekly Hook & Line", "Hook & Line"), ("the state channel, Kanal Fem", "Kanal Fem")],
)
def test_an_outlet_told_of_is_called_by_its_name(source: str, name: str) -> None:
    text = f"He left, according to {source}."
    told = settle(text, found(text, source=source, cue="according to", content="He left", kind="outlet", sure=0.99))
    assert (told.source.kind, told.source.name) == ("outlet", name)


def test_whom_one_writes_for_is_an_outlet() -> None:
    text = "Kent Dolling of the Prairie Wind writes that he stays. He may not, per the newspaper."
    told = settle(text, found(text, source="the newspaper", cue="per", content="He may not", kind="outlet", sure=0.9))
    assert told.source.name == "Prairie Wind"


def test_who_cites_and_then_reports_is_an_outlet() -> None:
    text = "Nas Kos, quoting a person at the club, had reported that he was fed."
    told = settle(text, found(text, source="a person at the club", cue="quoting", content="that he was fed"))
    assert told.origin == "Nas Kos"


def test_what_another_is_told_in_a_later_clause_is_not_the_sources_way_here() -> None:
    text = "She would resign, two friends said, although the minister told The Ledger that she would not."
    told = settle(
        text, found(text, source="two friends", cue="said", content="She would resign", kind="anonymous", sure=0.99)
    )
    assert told.origin == "Harbour Post"


@pytest.mark.parametrize(
    ("text", "origin"),
    [
        ("Isbladet reports that talks are off. One juror told it he left.", "Isbladet"),
        ("Isbladet reports that talks are off. The panel says no. One juror told it he left.", "Harbour Post"),
    ],
)
def test_told_it_is_told_the_outlet_only_right_after_its_report(text: str, origin: str) -> None:
    ones = [found(text, source="Isbladet", cue="reports", content="that talks are off")]
    if "panel" in text:
        ones.append(found(text, source="The panel", cue="says", content="no"))
    told = settle(
        text, *ones, found(text, source="One juror", cue="told", content="he left", kind="anonymous", sure=0.99)
    )
    assert told.origin == origin


def test_who_tells_an_outlet_is_not_the_one_that_reported() -> None:
    text = "The fire service lost two engines, Isbladet reported. It told the Harbour Post they were old."
    first = found(text, source="Isbladet", cue="reported", content="The fire service lost two engines")
    told = settle(text, first, found(text, source="It", cue="told", content="they were old", kind="organisation"))
    assert told.source.name == "The fire service"


def test_the_outlet_that_prints_is_no_it() -> None:
    text = "The patriarchate is to close, three clerics told the Harbour Post. It has denied this."
    told = settle(text, found(text, source="It", cue="has denied", content="this", kind="organisation"))
    assert told.source.name == "The patriarchate"
