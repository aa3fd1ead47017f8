from __future__ import annotations

import json
import random
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import permutations
from pathlib import Path

import pytest

from gate import stories as measures
from sayso.reading.reader import open_reader
from sayso.reading.terms import Terms, terms
from sayso.records import Article, Published
from sayso.stories import (
    Background,
    Decision,
    Memory,
    Profile,
    candidates,
    describe,
    episodes,
    fit,
    group,
    handles,
    lookups,
    place,
    profile,
    standing,
)
from sayso.stories.arriving import WHOLE
from sayso.stories.grouping import bonds

DAY = date(2031, 3, 3)
NORDA = (
    "Coach Ada Crane will leave Norda United in June, the club said. Crane told the players in the dressing room at Port Ellis.",
    "Norda United are looking for a coach after Ada Crane said she would go. Port Ellis has seen four coaches in six years.",
    "Ada Crane goes: her last match as coach of Norda United is at Port Ellis in June, and the players want her to stay.",
)
VELM = (
    "Coach Teodor Wenk will leave Velm Rovers in June, the club said. Wenk told the players on the bus from Harrow Lane.",
    "Velm Rovers are looking for a coach after Teodor Wenk said he would go. Harrow Lane was half empty all winter.",
    "Teodor Wenk goes: his last match as coach of Velm Rovers is at Harrow Lane in June, and the chairman will not stop him.",
)
DOCKS = (
    "A man was shot outside the Anchor bar on Tern Street in Ostrel on Friday night. Police named the victim as Milo Farr, 34.",
    "Ostrel police arrested Dana Holt over the shooting of Milo Farr outside the Anchor bar. Farr died of his wounds on Sunday.",
    "Dana Holt was charged in Ostrel with the murder of Milo Farr, who was shot outside the Anchor bar on Tern Street.",
)
SAGA = (
    "Coach Ada Crane will leave Norda United in June.",
    "The club said on its page that Ada Crane had asked to go.",
    "Norda United have won four of their last nine matches at Port Ellis.",
    "Crane told the players in the dressing room.",
    "The chairman of Norda United, Luca Pérez, thanked Crane for six years.",
    "Supporters hung a banner for Ada Crane from the bridge at Port Ellis.",
    "Norda United want a successor for Crane before the cup final.",
    "Ada Crane was an assistant at Halm before she came to Norda.",
    "Pérez would not say who follows Crane as coach of Norda United.",
    "Crane's contract with the club ran until next summer.",
)
SCHOOL = (
    "Two girls were shot near Linden School in Ostrel on Saturday night. Police said Ines Kolb and Petra Kolb were in hospital.",
    "Ostrel police are looking for a grey van after the shooting of sisters Ines Kolb and Petra Kolb near Linden School.",
    "Petra Kolb has left hospital; her sister Ines Kolb, also shot near Linden School in Ostrel, is awake, a doctor said.",
)


def report(name: str, text: str, day: date | None = DAY, *, until: date | None = None) -> Terms:
    published = Published(day, until or day, "given") if day else Published()
    return terms(Article(name, text, published=published))


def told(name: str, texts: Iterable[str], day: date | None = DAY, *, every: int = 1) -> list[Terms]:
    return [report(f"{name}{i}", text, day and day + timedelta(days=i * every)) for i, text in enumerate(texts)]


def all_four() -> list[Terms]:
    return told("norda", NORDA) + told("velm", VELM) + told("docks", DOCKS) + told("school", SCHOOL)


def counted(articles: Iterable[Terms]) -> Background:
    shelf = Memory()
    shelf.add(articles)
    return shelf.all()


def grouped(shelf: Memory) -> set[frozenset[str]]:
    return {frozenset(articles) for articles in shelf.contents.values() if articles}


FOUR = {frozenset(f"{name}{i}" for i in range(3)) for name in ("norda", "velm", "docks", "school")}


def test_two_coaches_and_two_shootings_of_one_week_stay_four_stories() -> None:
    articles = all_four()
    assert {frozenset(g.articles) for g in group(articles, counted(articles))} == FOUR


@pytest.mark.parametrize("size", [1, 5, 12])
@pytest.mark.parametrize("seed", range(5))
def test_any_order_of_arrival_gives_the_same_stories(seed: int, size: int) -> None:
    articles, shelf = all_four(), Memory()
    random.Random(seed).shuffle(articles)
    for start in range(0, 12, size):
        shelf.add(articles[start : start + size])
    assert grouped(shelf) == FOUR


def test_what_is_kept_of_a_story_is_what_its_articles_make() -> None:
    shelf = Memory()
    for terms_ in all_four():
        shelf.add([terms_])
    for story, kept in shelf.kept.items():
        anew = profile(story, shelf.articles([story])[story], shelf.all())
        assert (kept.articles, kept.start, kept.end) == (anew.articles, anew.start, anew.end)
        assert kept.sums.keys() == anew.sums.keys()


def test_an_article_taken_in_twice_changes_nothing() -> None:
    shelf = Memory()
    shelf.add(all_four())
    before = (dict(shelf.kept), dict(shelf.members), dict(shelf.counts))
    changes = shelf.add(all_four())
    assert (changes.members, changes.profiles, changes.gone) == ({}, (), frozenset())
    assert (shelf.kept, shelf.members, dict(shelf.counts)) == before


def test_an_article_is_placed_without_a_look_at_other_stories() -> None:
    shelf = Memory()
    articles = all_four()
    shelf.add(articles[:2] + articles[3:])
    one = profile("", [articles[2]], shelf.background(articles[2].counts))
    led = candidates(one, shelf.stories_with(lookups(one)))
    assert shelf.members["norda0"] in led
    assert place(one, shelf.profiles(led)) == shelf.members["norda0"]


def test_an_article_that_fits_nowhere_opens_a_story() -> None:
    shelf = Memory()
    shelf.add(all_four())
    stray = report("stray", "The price of salt rose again as the Kessel mine closed, traders in Halm said.")
    shelf.add([stray])
    assert frozenset({"stray"}) in grouped(shelf)
    assert place(profile("", [stray], shelf.all()), []) is None


def test_a_report_of_the_week_fits_better_than_one_of_a_year_later() -> None:
    articles = told("norda", NORDA)
    background = counted(all_four())
    story = profile("s", articles[:2], background)
    late = report("late", NORDA[2], date(2032, 3, 3))
    assert fit(profile("", [late], background), story) < fit(profile("", articles[2:], background), story)


def test_a_text_without_words_is_a_story_of_its_own() -> None:
    shelf = Memory()
    shelf.add([report("empty", ""), report("blank", "…", None), *told("norda", NORDA)])
    assert grouped(shelf) == {frozenset({"empty"}), frozenset({"blank"}), frozenset(f"norda{i}" for i in range(3))}


def test_two_halves_are_joined_when_the_report_between_comes() -> None:
    texts = (
        "The bridge at Halm is closed. Engineers found rust in a cable, and lorries go by the ferry.",
        "Minister Rosa Adler would not say who pays. Adler leaves for talks on the budget.",
        "Rosa Adler says the Halm bridge, closed for rust in a cable, will be paid for from the budget; lorries go by ferry.",
    )
    halm, shelf = told("halm", texts), Memory()
    shelf.add([*halm[:2], *all_four()])
    assert shelf.members["halm0"] != shelf.members["halm1"]
    shelf.add(halm[2:])
    assert shelf.members["halm0"] == shelf.members["halm1"] == shelf.members["halm2"]


def test_copies_do_not_keep_other_reports_out() -> None:
    shelf = Memory()
    shelf.add([report(f"copy{i}", " ".join(SAGA[:6])) for i in range(8)])
    shelf.add([report("other", " ".join(SAGA[4:])), *told("docks", DOCKS)])
    assert shelf.members["other"] == shelf.members["copy0"]


# ── decisions ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def filled() -> Memory:
    shelf = Memory()
    shelf.add([t for t in all_four() if not t.article.endswith("2")])
    return shelf


def rest() -> list[Terms]:
    return [t for t in all_four() if t.article.endswith("2")]


def test_joined_stories_stay_one_when_new_articles_come() -> None:
    shelf = filled()
    shelf.decide(Decision("join", ("docks0", "school0")))
    assert shelf.members["docks1"] == shelf.members["school1"]
    shelf.add(rest())
    assert len({shelf.members[f"{name}{i}"] for name in ("docks", "school") for i in range(3)}) == 1
    assert shelf.kept[shelf.members["docks0"]].articles == 6


def test_what_was_parted_stays_apart_when_new_articles_come() -> None:
    shelf = filled()
    shelf.decide(Decision("part", ("norda1",), ("norda0",)))
    assert shelf.members["norda0"] != shelf.members["norda1"]
    shelf.add(rest())
    assert shelf.members["norda0"] != shelf.members["norda1"]
    assert shelf.members["norda2"] in (shelf.members["norda0"], shelf.members["norda1"])


def test_an_undone_decision_no_longer_holds() -> None:
    shelf = filled()
    shelf.decide(Decision("part", ("norda1",), ("norda0",)))
    shelf.decide(Decision("undo", undoes=1))
    assert shelf.members["norda0"] == shelf.members["norda1"]
    shelf.decide(Decision("join", ("docks0", "school0")))
    shelf.decide(Decision("undo", undoes=3))
    assert shelf.members["docks0"] != shelf.members["school0"]


def test_the_later_of_two_decisions_wins() -> None:
    shelf = filled()
    shelf.decide(Decision("part", ("norda1",), ("norda0",)))
    shelf.decide(Decision("join", ("norda0", "norda1")))
    shelf.add(rest())
    assert shelf.members["norda0"] == shelf.members["norda1"]
    shelf.decide(Decision("part", ("norda1",), ("norda0", "norda2")))
    shelf.add([report("more", "Norda United thank Ada Crane at Port Ellis.")])
    assert shelf.members["norda0"] != shelf.members["norda1"]


def test_a_name_given_by_the_user_is_kept() -> None:
    shelf = filled()
    shelf.decide(Decision("name", ("norda0",), name="Who comes after Crane"))
    shelf.add(rest())
    story = shelf.members["norda2"]
    found = describe(story, shelf.articles([story])[story], shelf.all(), shelf.decisions)
    assert found.name == "Who comes after Crane"
    shelf.decide(Decision("undo", undoes=1))
    assert describe(story, shelf.articles([story])[story], shelf.all(), shelf.decisions).name != found.name


def test_parting_a_whole_story_from_others_changes_no_article() -> None:
    shelf = filled()
    before = dict(shelf.members)
    shelf.decide(Decision("part", ("norda0", "norda1"), ("velm0",)))
    assert shelf.members == before


def test_a_join_by_way_of_a_third_story_overrules_what_was_parted() -> None:
    log = [
        Decision("part", ("norda0",), ("velm0",)),
        Decision("join", ("norda0", "docks0")),
        Decision("join", ("docks0", "velm0")),
    ]
    assert bonds(log) == ([frozenset({"norda0", "docks0", "velm0"})], [])
    assert bonds(log[:2]) == (
        [frozenset({"norda0", "docks0"})],
        [(frozenset({"norda0", "docks0"}), frozenset({"velm0"}))],
    )


def test_parting_cuts_a_join_by_way_of_a_third_story() -> None:
    log = [Decision("join", ("a", "b")), Decision("join", ("b", "c")), Decision("part", ("a",), ("c",))]
    assert bonds(log) == ([frozenset({"b", "c"})], [(frozenset({"a"}), frozenset({"b", "c"}))])


@pytest.mark.parametrize("seed", range(8))
def test_whatever_is_decided_in_between_holds_at_the_end(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sayso.stories.arriving.WHOLE", (2, 40)[seed % 2])
    rng, articles, shelf = random.Random(seed), all_four(), Memory()
    rng.shuffle(articles)
    for terms_ in articles:
        shelf.add([terms_])
        story = sorted(rng.choice([c for c in shelf.contents.values() if c]))
        if len(story) > 1 and rng.random() < 0.5:
            shelf.decide(Decision("part", tuple(story[:1]), tuple(story[1:])))
        elif rng.random() < 0.3:
            other = sorted(rng.choice([c for c in shelf.contents.values() if c]))
            shelf.decide(Decision("join", tuple({*story, *other})))
        elif shelf.decisions and rng.random() < 0.3:
            shelf.decide(Decision("undo", undoes=rng.randint(1, len(shelf.decisions))))
    joins, parts = bonds(shelf.decisions)
    assert shelf.decisions
    assert all(len({shelf.members[a] for a in join}) == 1 for join in joins)
    assert all({shelf.members[a] for a in one}.isdisjoint(shelf.members[a] for a in two) for one, two in parts)
    assert {s: len(c) for s, c in shelf.contents.items() if c} == {s: p.articles for s, p in shelf.kept.items()}


def test_only_what_is_not_undone_stands() -> None:
    log = [Decision("join", ("a", "b")), Decision("name", ("a",), name="x"), Decision("undo", undoes=1)]
    assert standing(log) == [log[1]]


def test_a_large_story_grows_joins_and_is_parted_as_one_piece() -> None:
    shelf, size, rng = Memory(), WHOLE + 6, random.Random(0)
    for i in range(size):
        shelf.add([report(f"n{i:02}", " ".join(rng.sample(SAGA, 6)), DAY + timedelta(days=i))])
    assert len(grouped(shelf)) == 1
    shelf.add(told("docks", DOCKS))
    shelf.decide(Decision("join", ("n00", "docks0")))
    shelf.add([report("last", " ".join(SAGA[:6]), DAY + timedelta(days=50))])
    assert len(grouped(shelf)) == 1
    shelf.decide(Decision("part", ("docks0", "docks1", "docks2"), ("n00", "last")))
    assert grouped(shelf) == {
        frozenset({"docks0", "docks1", "docks2"}),
        frozenset(set(shelf.members) - {f"docks{i}" for i in range(3)}),
    }
    assert shelf.kept[shelf.members["n00"]].articles == size + 1


# ── telling ───────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_story_is_called_by_its_people_and_what_sets_it_apart() -> None:
    articles = all_four()
    found = describe("s", articles[:3], counted(articles))
    assert found.name.startswith("Ada Crane, Norda United: ")
    assert found.people == ("Ada Crane",)
    assert (found.start, found.end) == (DAY, DAY + timedelta(days=2))


def test_namesakes_are_two_people_but_a_fuller_name_is_not() -> None:
    texts = ["Ada Crane met Luca Crane. Ada Mary Crane left.", "Ada Crane and Luca Crane spoke. It was Ada Mary Crane."]
    found = describe("s", told("x", texts), counted(told("x", texts)))
    assert set(found.people) == {"Ada Crane", "Luca Crane"}


def test_a_gap_begins_an_episode() -> None:
    first, second = told("a", NORDA), told("b", NORDA, DAY + timedelta(days=90))
    found = episodes([*second, *first], counted(first))
    assert [(start, ids) for start, _, ids in found] == [
        (DAY, ("a0", "a1", "a2")),
        (DAY + timedelta(days=90), ("b0", "b1", "b2")),
    ]


def test_reports_without_a_gap_are_one_episode() -> None:
    assert len(episodes(told("a", NORDA, every=60), counted([]))) == 1
    assert len(episodes(told("a", NORDA, every=61), counted([]))) == 3


def test_an_undated_report_goes_to_the_episode_it_is_like() -> None:
    dated = [report("then", DOCKS[0]), report("now", DOCKS[2], date(2033, 3, 3))]
    lost = report("lost", "Dana Holt was charged with murder, Ostrel police said; Holt says nothing.", None)
    found = episodes([*dated, lost], counted([*dated, lost]))
    assert [ids for _, _, ids in found] == [("then",), ("now", "lost")]


def test_an_interval_decides_before_likeness_does() -> None:
    dated = [report("then", DOCKS[0]), report("now", DOCKS[2], date(2033, 3, 3))]
    early = report("early", DOCKS[2], date(2030, 12, 1), until=date(2031, 6, 1))
    assert [ids for _, _, ids in episodes([*dated, early], counted(dated))] == [("then", "early"), ("now",)]


def test_an_undated_story_has_no_days() -> None:
    found = describe("s", told("a", NORDA, None), counted([]))
    assert (found.start, found.end) == (None, None)
    assert found.episodes == ((None, None, ("a0", "a1", "a2")),)


def test_two_years_between_make_two_episodes_of_one_story() -> None:
    now = told("now", NORDA, DAY + timedelta(days=730))
    then = report(
        "then", "Coach Ada Crane will stay at Norda United, the club said. Crane told the players at Port Ellis."
    )
    for order in list(permutations([then, *now]))[::5]:
        shelf = Memory()
        for terms_ in order:
            shelf.add([terms_])
        (story,) = set(shelf.members.values())
        found = describe(story, shelf.articles([story])[story], shelf.all())
        assert [ids for _, _, ids in found.episodes] == [("then",), ("now0", "now1", "now2")]


# ── records ───────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_profile_comes_back_from_the_ledger() -> None:
    made = profile("s", told("a", NORDA), counted([]))
    again = Profile.unpacked(made.packed())
    assert (again.story, again.articles, again.start, again.end) == (made.story, 3, made.start, made.end)
    assert again.sums == pytest.approx(made.sums, abs=1e-6)
    assert fit(again, again) == pytest.approx(fit(made, made), abs=1e-4)
    assert Profile.unpacked(profile("s", [], counted([])).packed()) == Profile("s", 0, {}, 0.0, None, None)


def test_a_story_is_found_by_its_strongest_terms() -> None:
    made = profile("s", told("a", NORDA), counted(all_four()))
    assert {"ada", "norda", "ellis"} <= set(lookups(made)) <= set(handles(made))


# ── the measure ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_measures_give_the_known_values() -> None:
    gold, found = "aaabbc", "112233"
    assert measures.pairs(gold, found) == {"precision": 33.33, "recall": 25.0, "f1": 28.57}
    assert measures.bcubed(gold, found) == {"precision": 66.67, "recall": 61.11, "f1": 63.77}
    assert measures.adjusted_rand(gold, found) == 7.41
    assert measures.v_measure("aabb", "abcd") == 66.67
    assert measures.v_measure(gold, gold) == measures.adjusted_rand(gold, gold) == 100.0


def test_the_measure_finds_sets_by_their_fields(tmp_path: Path) -> None:
    rows = [
        {"title": t[:30], "text": t, "date": "2031-03-03", "incident": s}
        for s, ts in (("1", DOCKS), ("2", SCHOOL))
        for t in ts
    ]
    (tmp_path / "any-name.jsonl").write_text("\n".join(json.dumps(row) for row in rows))
    (tmp_path / "other.jsonl").write_text('{"id": 1}\n')
    figures, faults = measures.measure(tmp_path, open_reader())
    assert figures["gvc any-name"]["online"]["bcubed"]["f1"] == 100.0
    assert (list(figures), faults) == (["gvc any-name"], [])
    with pytest.raises(FileNotFoundError, match="no articles"):
        measures.measure(tmp_path / "other.jsonl", open_reader())


def test_chains_are_held_against_each_coder(tmp_path: Path) -> None:
    texts = (*DOCKS[:2], NORDA[0])
    rows = [{"id": i, "title": "", "summary": "", "text": t, "date": "2031-03-03"} for i, t in enumerate(texts)]
    (tmp_path / "x-articles.jsonl").write_text("\n".join(json.dumps(row) for row in rows))
    (tmp_path / "x-pairs.csv").write_text("id1,id2,coder1,coder2\n0,1,1,0\n0,2,0,0\n1,2,0,0\n")
    figures, _ = measures.measure(tmp_path, open_reader())
    assert figures["energy"]["online"]["coder 1"] == {"f1": 100.0, "kappa": 100.0}
    assert figures["energy"]["coders"]["f1"] == 0.0
