"""A feed followed into the ledger: what it brings is read once, grouped, and held against the questions."""

from __future__ import annotations

from datetime import date, timedelta

from sayso import pipeline
from sayso.ledger import Ledger
from sayso.reading.reader import Reader
from tests.serving import Reply, serving

ITEM = (
    "<item><title>{title}</title><link>{site}/{name}</link><guid>{name}</guid>"
    "<pubDate>Mon, 03 Mar 2025 09:00:00 GMT</pubDate></item>"
)
PAGE = (
    "<html><head><title>{title}</title><meta property='og:site_name' content='Harbour Post'></head><body><article><h1>{title}</h1>"
    "<p>Marta Quill will leave Calder Rovers in June, president Ivo Brandt said on Monday. The club from the north of the town had been "
    "expected to keep the coach for two more years.</p><p>Brandt told reporters that the search for a new coach had begun, and that it would "
    "not take long. Supporters gathered outside the ground in the evening.</p></article></body></html>"
)


def feed(site: object, *names: str) -> Reply:
    items = "".join(ITEM.format(title="Quill to leave", site=getattr(site, "address", ""), name=n) for n in names)
    return Reply(
        f"<rss version='2.0'><channel><title>Harbour Post</title>{items}</channel></rss>", kind="application/rss+xml"
    )


def test_a_feed_is_read_into_the_ledger_once_and_asked(ledger: Ledger, reader: Reader) -> None:
    pipeline.follow(ledger, "Marta Quill leaves Calder Rovers", window=(date(2025, 1, 1), date(2025, 8, 31)))
    with serving() as site:
        site.pages["/a.html"] = Reply(PAGE.format(title="Quill to leave Calder Rovers"))
        site.pages["/feed"] = feed(site, "a.html")
        done = pipeline.watch(
            [f"{site.address}/feed"], ledger=ledger, reader=reader, allow_private=True, every=timedelta(hours=1)
        )
        assert (done.account.read, done.account.skipped) == (1, [])
        again = pipeline.watch([f"{site.address}/feed"], ledger=ledger, reader=reader, allow_private=True)
        assert again.account.read == 0
        assert again.round.waiting == 1
    assert len(ledger.stories.all()) == 1
    assert [s.stance for s in ledger.questions.stances(ledger.questions.find("1").question.id)].count("for") >= 1


def test_an_address_into_this_machine_is_refused_unless_allowed(ledger: Ledger, reader: Reader) -> None:
    with serving() as site:
        site.pages["/a.html"] = Reply(PAGE.format(title="Quill to leave"))
        account = pipeline.read([f"{site.address}/a.html"], ledger=ledger, reader=reader)
        assert account.read == 0
        assert len(account.skipped) == 1
        assert site.calls == []
        assert pipeline.read([f"{site.address}/a.html"], ledger=ledger, reader=reader, allow_private=True).read == 1
