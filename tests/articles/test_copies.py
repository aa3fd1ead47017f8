from dataclasses import replace
from datetime import date
from itertools import permutations

import pytest

from sayso.articles.copies import copies_of, judge, pack, place, shortlist, sketch, unpack
from sayso.articles.copies.credits import credits_of, same_outlet
from sayso.articles.copies.words import lines, normal, quotations, sentences
from sayso.records import Article, Outlet, Published, Removed

BODY = """The harbour authority of Saltmere will close its northern ferry terminal in October, twelve years after it was opened by the mayor.
Ninety people work at the terminal, and most of them were told about the decision in a short meeting on Tuesday morning.
“We have looked at every other way of keeping the terminal alive, and there is none that we could defend,” said Ines Halloran, the director.

The number of passengers has fallen by a third since the bridge over the sound was finished, according to figures of the authority.
Two of the five ferries will be sold, while the others move to the southern quay, where new ramps are being built for them.
A programme for retraining will be paid for out of the sale, although the union doubts that the money will be enough for everyone.

“Nobody asked the crews before this was settled, and nobody has told them what comes next,” said Tomas Brandt of the seamen's union.
The union wants to meet the ministry in the coming week and has not ruled out a strike during the summer holidays.
The council of the island of Norrey called the closure a blow to the farmers who take their animals to the mainland by ferry.
A last attempt to find a private company for the northern route failed in March when the only bidder withdrew its offer."""

OTHER = """Ferries will no longer leave from the old northern pier of Saltmere once the autumn timetable begins, port officials announced.
The closure costs ninety jobs in a town that has already lost its cannery and its only shipyard within the last decade.
“We have looked at every other way of keeping the terminal alive, and there is none that we could defend,” Halloran told reporters.

Since drivers can reach the other shore by road in a quarter of an hour, fewer and fewer of them have bought a ticket for the boat.
“Nobody asked the crews before this was settled, and nobody has told them what comes next,” Brandt said outside the gates.
His members are to vote on industrial action, which could hit the islands when most visitors come.
Farmers on Norrey said they did not know how their sheep would get to market next year without a boat that takes lorries."""

PARAGRAPH = "The Packet has learned that a buyer from Varsund is looking at both ships, and that a price has been named in a letter to the board."
TITLE = "Saltmere to close northern ferry terminal"


def article(id, body=BODY, title=TITLE, outlet=None, day=None, **more):
    published = day if isinstance(day, Published) else Published(day, day, "metadata") if day else Published()
    return Article(
        id, f"{title}\n\n{body}", title, Outlet(outlet, "given" if outlet else "unknown"), published=published, **more
    )


def of(id, body=BODY, **more):
    return sketch(article(id, body, **more))


def sentences_of(text):
    return [text[a:b] for a, b in sentences(text)]


# ── words ──


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("He said “it is over” and left.", ["“it is over”"]),
        ('He said "it is over" and left.', ['"it is over"']),
        ("He said ‘it’s over’ and left.", ["‘it’s over’"]),
        ("'We won't go,' the players' man said.", ["'We won't go,'"]),
        ("“He called it ‘a farce’ twice,” she said.", ["“He called it ‘a farce’ twice,”"]),
        ("“One paragraph.\n\n“And another,” he said.", ["“One paragraph.\n\n", "“And another,”"]),
        ("A mark “left open here.\nThe next line is ours.", ["“left open here."]),
        ("The dogs' owner didn't see the '90s.", []),
    ],
)
def test_what_stands_in_quotation_marks_is_found(text, inside):
    assert [text[a:b] for a, b in quotations(text)] == inside


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("organised", "organized"), ("harbour", "harbor"), ("centre", "center"), ("travelled", "traveled"), ("defence", "defense"),
        ("programme", "program"), ("twelve", "12"), ("U.S.", "US"), ("10,000", "10000"), ("September", "Sept"), ("Venturi’s", "Venturi"),
    ],
)  # fmt: skip
def test_house_style_is_levelled(one, other):
    assert normal(one) == normal(other)


def test_different_words_stay_different():
    assert len({normal(word) for word in "north south stay leave quit 12 13 sale seal".split()}) == 9


def test_an_abbreviation_ends_no_sentence():
    assert sentences_of("Mr. Halloran met Sen. Ruiz at 9 a.m. on Monday. It rained.\nNo stop") == [
        "Mr. Halloran met Sen. Ruiz at 9 a.m. on Monday.", "It rained.", "No stop"
    ]  # fmt: skip


def test_a_statement_in_the_first_person_counts_as_quoted_without_marks():
    first, second = lines("The union answered. We have not been asked and our members know it.")
    assert first.own == ("union", "answered")
    assert second.own == ()
    assert len(second.quoted) > 5


# ── sketches ──


def test_a_sketch_survives_storage():
    one = of("a", outlet="Northwire", day=date(2025, 3, 4), author="Associated Press")
    assert unpack(pack(one)) == one


def test_a_new_headline_changes_no_key():
    assert of("a").bands == of("b", title="Ninety jobs go as pier shuts").bands


def test_what_is_left_of_a_long_report_shares_a_key_with_it():
    cut = of("b", "\n".join(BODY.split("\n")[3:6]))
    assert len(set(of("a").bands) & set(cut.bands)) >= 2


def test_a_very_long_report_has_no_more_keys_than_others():
    long = "\n".join(
        f"Entry number {n} of the register of ships says that vessel {n * n} was sold to owner {n + 7} in town {n * 3}."
        for n in range(200)
    )
    assert len(of("a", long).bands) == 49


def test_those_that_share_most_keys_are_judged_first():
    assert shortlist([("k1", "a"), ("k1", "b"), ("k2", "b"), ("k3", "c")]) == ("b", "a", "c")


# ── judging ──


def test_the_same_words_are_an_exact_copy():
    made = judge(of("a", day=date(2025, 3, 4)), of("b", day=date(2025, 3, 6)))
    assert (made.article, made.original, made.kind, made.share, made.added) == ("b", "a", "exact", 1.0, ())
    assert made.evidence == "published 2 days later"


def test_another_house_style_is_still_the_same_words():
    styled = (
        BODY.replace("“", "‘")
        .replace("”", "’")
        .replace("programme", "program")
        .replace("harbour", "harbor")
        .replace("twelve", "12")
    )
    assert judge(of("a"), of("b", styled)).kind == "exact"


def test_a_cut_copy_is_syndicated():
    made = judge(of("a", day=date(2025, 3, 4)), of("b", "\n".join(BODY.split("\n")[:6]), day=date(2025, 3, 5)))
    assert (made.kind, made.share, made.added) == ("syndicated", 1.0, ())


def test_an_added_paragraph_is_told_apart():
    body = BODY.replace("\n\n“Nobody", f"\n\n{PARAGRAPH}\n\n“Nobody")
    copy = article("b", body, title="Buyer circles ferries", day=date(2025, 3, 5))
    made = judge(of("a", day=date(2025, 3, 4)), sketch(copy))
    assert [copy.text[a:b] for a, b in made.added] == [PARAGRAPH]
    assert made.kind == "syndicated"


def test_a_quotation_that_the_original_does_not_have_is_added():
    quotation = "“It is a scandal from the first page of the report to the last,” said the mayor."
    copy = article("b", f"{BODY}\n\n{quotation}", day=date(2025, 3, 5))
    made = judge(of("a", day=date(2025, 3, 4)), sketch(copy))
    assert [copy.text[a:b] for a, b in made.added] == [quotation]


def test_whole_sentences_in_another_report_are_a_rewrite():
    own = [s for s in sentences_of(BODY) if "“" not in s]
    made = judge(of("a", day=date(2025, 3, 4)), of("b", "\n".join([*own[1:5], OTHER]), day=date(2025, 3, 5)))
    assert made.kind == "rewrite"
    assert 0.25 <= made.share < 0.5
    assert "4 sentences are the same" in made.evidence


def test_two_newsrooms_quoting_the_same_words_are_no_copies():
    assert judge(of("a"), of("b", OTHER)) is None


def test_any_number_of_shared_quotations_makes_no_copy():
    speech = "\n\n".join(
        f"“The {n}th pier was built by people who are not here to see it closed, and the {n}th ship went with it.”"
        for n in range(12)
    )
    assert judge(of("a", f"{BODY}\n\n{speech}"), of("b", f"{OTHER}\n\n{speech}")) is None


def test_a_statement_printed_in_full_by_two_newsrooms_makes_no_copy():
    statement = "\n".join(
        f"We have heard the islanders about pier {n}, and our answer to quay {n} and its keepers is the same."
        for n in range(8)
    )
    assert judge(of("a", f"{BODY}\n\n{statement}"), of("b", f"{OTHER}\n\n{statement}")) is None


def test_a_background_paragraph_that_an_outlet_prints_again_makes_no_copy():
    own = [s for s in sentences_of(BODY) if "“" not in s]
    later = "\n".join([*own[2:6], OTHER])
    assert judge(of("a", outlet="Northwire"), of("b", later, outlet="Northwire")) is None
    assert judge(of("a", outlet="Northwire"), of("b", later, outlet="The Packet")) is not None


def test_an_article_is_no_copy_of_itself():
    assert judge(of("a"), of("a")) is None


# ── which came first ──


@pytest.mark.parametrize(
    ("body", "more"),
    [
        (f"SALTMERE (Northwire) - {BODY}", {}),
        (f"SALTMERE, March 4 (Northwire) — {BODY}", {}),
        (f"{BODY}\n\nThis article was first published by Northwire.", {}),
        (f"{BODY}\n\nRepublished with permission from Northwire.", {}),
        (f"{BODY}\n\nSource: Northwire", {}),
        (f"{BODY}\n\n— Northwire", {}),
        (f"{BODY} (Northwire)", {}),
        (BODY, {"author": "Mara Lindqvist, Northwire"}),
        (BODY, {"removed": (Removed("© 2025 Northwire. All rights reserved.", "legal line"),)}),
    ],
)
def test_a_credit_to_the_other_outlet_beats_the_days(body, more):
    wire = of("w", outlet="Northwire", day=date(2025, 3, 9))
    copy = of("c", body, outlet="The Saltmere Packet", day=date(2025, 3, 4), **more)
    made = judge(copy, wire)
    assert (made.article, made.original) == ("c", "w")
    assert made.evidence.startswith("carries the credit “")
    assert "Northwire" in made.evidence


def test_the_words_of_a_credit_are_those_on_the_page():
    assert [credit.words for credit in credits_of(article("a", f"{BODY} (Northwire)"))] == ["(Northwire)"]


@pytest.mark.parametrize(
    ("ending", "author"),
    [
        ("The closure was first reported by Northwire.", None),
        ("This story was first published on Tuesday.", None),
        ("— Mara Lindqvist", None),
        ("He first appeared on Radio Norrey in 2019.", None),
        ("", "Mara Lindqvist"),
        ("", "Mara Lindqvist, Chief Correspondent"),
    ],
)
def test_what_names_no_outlet_or_only_a_relay_is_no_credit(ending, author):
    assert credits_of(article("a", f"{BODY}\n{ending}", author=author)) == ()


def test_an_outlets_credit_to_itself_does_not_make_it_the_copy():
    wire = of("w", f"SALTMERE (Northwire) - {BODY}", outlet="Northwire", day=date(2025, 3, 4))
    copy = of("c", f"SALTMERE (Northwire) - {BODY}", outlet="The Packet", day=date(2025, 3, 4))
    assert judge(wire, copy).original == "w"


def test_a_credit_to_a_third_outlet_is_told():
    made = judge(of("a", day=date(2025, 3, 4)), of("b", f"{BODY}\n\nSource: Northwire", day=date(2025, 3, 5)))
    assert made.original == "a"
    assert "carries the credit “Source: Northwire”" in made.evidence


@pytest.mark.parametrize(
    ("one", "other"),
    [("AP", "The Associated Press"), ("northwire.com", "Northwire"), ("The Harbour Post", "harbour post")],
)
def test_an_outlet_is_known_under_its_other_names(one, other):
    assert same_outlet(one, other)
    assert not same_outlet(one, "The Saltmere Packet")


def test_hours_count_where_both_are_known_with_their_zone():
    early = Published(date(2025, 3, 4), date(2025, 3, 4), "metadata", "2025-03-04T10:00:00+02:00")
    late = Published(date(2025, 3, 4), date(2025, 3, 4), "metadata", "2025-03-04T10:00:00Z")
    made = judge(of("late", day=late), of("early", day=early))
    assert made.original == "early"
    assert made.evidence == "published 2 h later"


def test_an_interval_tells_only_what_lies_wholly_behind_it():
    march = Published(date(2025, 3, 1), date(2025, 3, 31), "text")
    assert judge(of("a", day=march), of("b", day=date(2025, 4, 2))).evidence == "published at least 2 days later"
    assert judge(of("a", day=march), of("b", day=date(2025, 3, 20))).evidence == "nothing tells which came first"


def test_without_days_the_one_that_lost_the_dateline_is_the_copy():
    made = judge(of("a", f"SALTMERE — {BODY}"), of("b"))
    assert (made.original, made.evidence) == ("a", "has lost the dateline; 8 sentences are the same")


def test_where_nothing_tells_it_is_said_and_the_same_either_way():
    short = of("a", "\n".join(BODY.split("\n")[:6]))
    made = judge(short, of("b"))
    assert made == judge(of("b"), short)
    assert made.original == "b"
    assert made.evidence.startswith("nothing tells which came first; it is the shorter text")


# ── among many ──


def test_the_original_is_found_among_its_copies_in_any_order():
    wire = of("w", outlet="Northwire", day=date(2025, 3, 4))
    second = of("x", outlet="The Packet", day=date(2025, 3, 5))
    third = of("y", "\n".join(BODY.split("\n")[:6]), outlet="The Ledger", day=date(2025, 3, 6))
    new = of("n", "\n".join(BODY.split("\n")[:4]), outlet="Radio Norrey", day=date(2025, 3, 7))
    assert {place(new, order).original for order in permutations((wire, second, third, of("o", OTHER)))} == {"w"}


def test_an_original_that_arrives_last_takes_its_copies():
    wire = of("w", outlet="Northwire", day=date(2025, 3, 4))
    copies = [
        of("x", outlet="The Packet", day=date(2025, 3, 5)),
        of("y", "\n".join(BODY.split("\n")[:6]), day=date(2025, 3, 6)),
    ]
    assert place(wire, copies) is None
    assert [(made.article, made.original) for made in copies_of(wire, [*copies, of("o", OTHER)])] == [
        ("x", "w"),
        ("y", "w"),
    ]


def test_the_words_of_a_copy_judge_as_they_were_stored():
    one, other = of("a"), replace(of("b"), first="2025-03-05", last="2025-03-05")
    assert judge(unpack(pack(one)), unpack(pack(other))) == judge(one, other)
