from datetime import date

from sayso.origins import count, likeness, tie, words_of
from sayso.records import Article, Claim, Link, Outlet, Published, Source, Span


def article(name: str, outlet: str, day: int) -> Article:
    on = date(2031, 5, day)
    return Article(id=name, text="", outlet=Outlet(outlet, "given"), published=Published(on, on, "given"))


def claim(name: str, article: str, content: str, origin: str, *chain: str) -> Claim:
    return Claim(
        id=name,
        article=article,
        evidence=(Span(0, len(content), content),),
        source=Source("outlet", origin),
        cue=Span(0, 1, "x"),
        quoted="indirect",
        chain=tuple(Link("outlet", link) for link in (chain or (origin,))),
        origin=origin,
        certainty=3,
        speaks_of=None,
        said=None,
        confidence=0.9,
        reader="r",
    )


PAPER, SITE, WIRE = article("a1", "The Northern Paper", 2), article("a2", "Goalmouth", 3), article("a3", "Anywire", 1)
FIRST = claim("c1", "a1", "Marta Quill will leave Harbour Athletic in June", "The Northern Paper")


def test_a_relay_takes_the_origin_of_what_it_relays():
    said = claim("c0", "a1", "Marta Quill will leave Harbour Athletic in June", "Marta Quill")
    relay = claim("c2", "a2", "coach Marta Quill is leaving Harbour Athletic this June", "Northern Paper")
    (found,) = tie({"a1": PAPER, "a2": SITE}, [said, relay])
    assert (found.claim, found.article, found.said_as, found.origin) == ("c2", "a1", "c0", "Marta Quill")


def test_a_relay_of_other_words_stays_apart():
    relay = claim("c2", "a2", "the stadium roof needs repairs before winter", "Northern Paper")
    assert tie({"a1": PAPER, "a2": SITE}, [FIRST, relay]) == ()


def test_nothing_is_tied_to_what_came_later():
    relay = claim("c3", "a3", "Marta Quill will leave Harbour Athletic in June", "The Northern Paper")
    assert tie({"a1": PAPER, "a3": WIRE}, [FIRST, relay]) == ()


def test_a_copy_has_the_origin_of_the_original():
    copied = claim("c4", "a2", "Marta Quill will leave Harbour Athletic in June.", "Goalmouth")
    (found,) = tie({"a1": PAPER, "a2": SITE}, [FIRST, copied], {"a2": "a1"})
    assert (found.origin, found.reason) == ("The Northern Paper", "copied from The Northern Paper")


def test_ten_outlets_relaying_one_report_are_one_origin():
    held = {"a1": PAPER} | {f"b{n}": article(f"b{n}", f"Paper {n}", 3) for n in range(10)}
    relays = [
        claim(f"r{n}", f"b{n}", "Marta Quill leaves Harbour Athletic in June", "The Northern Paper") for n in range(10)
    ]
    counted = count([FIRST, *relays], held, tie(held, [FIRST, *relays]))
    assert counted.words == "11 outlets, 1 independent origin"
    assert counted.origins == (("The Northern Paper", 11),)


def test_short_contents_are_like_nothing():
    few = words_of(claim("c", "a1", "he leaves", "x"))
    assert likeness(few, few) == 0.0
