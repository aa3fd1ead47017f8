from __future__ import annotations

import html
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.articles.encoding import decoded
from sayso.articles.extract import extract
from sayso.articles.feeds import Entry, Subscription, is_feed, is_opml, read_feed, read_opml, write_opml
from sayso.articles.fetch import fetch
from sayso.errors import UnreadableError
from sayso.records import RawPage, Skipped

WORDS = "Dario Fenn will leave Harrowmere in May, the club said. " * 20

RSS = """<?xml version="1.0" encoding="utf-8"?>
<!-- made by hand -->
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:media="http://search.yahoo.com/mrss/"><channel><title>Harrowmere &amp; District</title><link>https://feeds.example</link>
<item><title>Fenn &quot;to leave&quot;</title><media:title>a picture</media:title><link>/1?a=1&amp;b=2</link><guid isPermaLink="false">x1</guid>
<source url="https://wire.example/rss">Terrace Wire</source><dc:creator>Ada Quill</dc:creator>
<pubDate>Fri, 14 Mar 2031 10:00:00 GMT</pubDate><description>Short.</description></item>
<item><title>Two</title><guid>https://feeds.example/2</guid><author>desk@wire.example (Ben Osk)</author>
<content:encoded><![CDATA[<p>LONG</p>]]></content:encoded></item>
</channel></rss>""".replace("LONG", WORDS)

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title type="html">The &lt;b&gt;Post&lt;/b&gt;</title>
<link rel="self" href="https://post.example/atom"/>
<entry><id>tag:post.example,2031:7</id><title>Fenn stays</title><link rel="enclosure" href="/sound.mp3"/><link href="/fenn"/>
<published>2031-03-14T10:00:00Z</published><updated>2031-03-15T10:00:00Z</updated>
<author><name>Ada Quill</name></author><author><name>Ben Osk</name></author>
<source><id>https://wire.example</id><title>Terrace Wire</title></source>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>LONG</p></div></content></entry></feed>""".replace(
    "LONG", WORDS
)

RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Old</title></channel>
<item><title>Fenn</title><link>https://old.example/1</link><dc:date>2031-03-14</dc:date></item></rdf:RDF>"""


def entries_or_line(text):
    """The entries of a feed, or none where it is refused in one line."""
    try:
        return read_feed(text).entries
    except UnreadableError as error:
        return () if len(str(error).splitlines()) == 1 else str(error)


def test_rss_names_the_real_publisher_of_an_item():
    feed = read_feed(RSS, base="https://feeds.example/rss")
    assert feed.title == "Harrowmere & District"
    assert feed.entries[0] == Entry(
        key="x1",
        url="https://feeds.example/1?a=1&b=2",
        title='Fenn "to leave"',
        published="Fri, 14 Mar 2031 10:00:00 GMT",
        author="Ada Quill",
        outlet="Terrace Wire",
    )


def test_an_item_that_carries_its_article_keeps_it_and_a_teaser_does_not():
    one, two = read_feed(RSS).entries
    assert one.content is None
    assert "Dario Fenn will leave" in two.content
    assert (two.url, two.author, two.outlet) == ("https://feeds.example/2", "Ben Osk", None)


def test_atom_is_read_with_the_source_of_the_entry():
    (entry,) = read_feed(ATOM, base="https://post.example/atom").entries
    assert (entry.key, entry.url, entry.title) == ("tag:post.example,2031:7", "https://post.example/fenn", "Fenn stays")
    assert (entry.published, entry.author, entry.outlet) == (
        "2031-03-14T10:00:00Z",
        "Ada Quill, Ben Osk",
        "Terrace Wire",
    )
    assert entry.content.startswith("<div")


def test_the_day_of_a_change_is_not_the_day_of_publication():
    (entry,) = read_feed(ATOM.replace("published>", "issue>")).entries
    assert entry.published is None


def test_rss_1_is_read():
    (entry,) = read_feed(RDF).entries
    assert (entry.url, entry.published) == ("https://old.example/1", "2031-03-14")


def test_json_feed_is_read():
    item = {"id": 7, "url": "/7", "title": "Fenn", "date_published": "2031-03-14", "content_text": WORDS + "<3"}
    item["authors"] = [{"name": "Ada Quill"}, {"url": "https://x.example"}, "no"]
    text = json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Post", "items": [item, "no", {}]})
    assert is_feed(text)
    (entry,) = read_feed(text, base="https://post.example/feed.json").entries
    assert (entry.key, entry.url, entry.author) == ("7", "https://post.example/7", "Ada Quill")
    assert entry.content.endswith("&lt;3")


@pytest.mark.parametrize(
    "text",
    [
        RSS,
        ATOM,
        RDF,
        "\ufeff" + RSS,
        '<?xml-stylesheet href="x"?>' + ATOM,
        '<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://x.example/rss.dtd">\n' + RDF,
        '{"version": "https:\\/\\/jsonfeed.org\\/version\\/1", "items": []}',
    ],
)
def test_a_feed_is_known_by_its_beginning(text):
    assert is_feed(text)
    assert not is_opml(text)


@pytest.mark.parametrize("text", ["<html><rss></html>", "Fenn <feed>", '{"items": []}', "", "<opml>", "<rssx/>"])
def test_other_texts_are_no_feeds(text):
    assert not is_feed(text)


def test_common_faults_do_not_cost_the_rest():
    text = "<rss><channel><item><title>R&D at AT&T &mdash; caf&eacute; <b>x</b></title><guid>1</guid></item><item><guid>2</guid>"
    one, two = read_feed(text).entries
    assert one.title == "R&D at AT&T — café x"
    assert two.key == "2"


def test_an_item_comes_once():
    text = "<rss><channel><item><guid>1</guid></item><item><guid>1</guid></item><item/></channel></rss>"
    assert [entry.key for entry in read_feed(text).entries] == ["1"]


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "http://[", "mailto:a@b.example"]
)
def test_a_link_that_is_no_web_address_is_none(link):
    text = f"<rss><channel><item><guid isPermaLink='false'>1</guid><link>{link}</link></item></channel></rss>"
    (entry,) = read_feed(text, base="https://post.example/").entries
    assert entry.url is None


@pytest.mark.parametrize(
    "text", ['{"version": "https://jsonfeed.org/version/1"', '{"items": 7}', "[" * 100_000, "<rss", "<!-- -->"]
)
def test_a_broken_feed_is_one_line(text):
    assert entries_or_line(text) == ()


@given(st.text(max_size=400))
def test_any_text_is_read_or_refused(text):
    assert isinstance(entries_or_line(text), tuple)


def test_opml_comes_back_as_it_went_out():
    feeds = (
        Subscription("https://a.example/rss?x=1&y=2", 'A "quoted" & <odd> name'),
        Subscription("http://b.example/", "B"),
    )
    assert read_opml(write_opml(feeds, title="My feeds").encode()) == feeds


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30), max_size=5))
def test_any_names_survive_opml(names):
    feeds = tuple(Subscription(f"https://a.example/{place}", name) for place, name in enumerate(names))
    back = read_opml(
        (
            write_opml(feeds, title="x") if feeds else write_opml([Subscription("https://a.example/")], title="x")
        ).encode()
    )
    assert [one.address for one in back] == [one.address for one in feeds or back]


def test_folders_of_opml_are_opened_and_a_feed_counts_once():
    text = """<opml version="1.0"><body><outline text="News"><outline text="A" xmlURL="https://a.example/rss"/>
    <outline text="A again" xmlUrl="https://a.example/rss"/><outline text="B" xmlUrl="file:///etc/passwd"/></outline></body></opml>"""
    assert read_opml(text.encode()) == (Subscription("https://a.example/rss", "A"),)


@pytest.mark.parametrize("text", ["", "<opml><body/></opml>", RSS])
def test_a_list_without_feeds_says_so(text):
    with pytest.raises(UnreadableError):
        read_opml(text.encode())


def test_a_saved_feed_gives_the_articles_it_carries_and_counts_the_rest(tmp_path):
    path = tmp_path / "feed.xml"
    path.write_text(RSS)
    page, rest = fetch([path])
    assert isinstance(page, RawPage)
    assert (page.form, page.author, page.origin) == ("html", "Ben Osk", f"{path}:https://feeds.example/2")
    assert rest == Skipped(
        str(path), "1 of its 2 items are summaries only; read the feed by its address to have the articles fetched"
    )


@pytest.mark.parametrize(
    "markup",
    [
        "<p>{}</p>",
        "<div>{}</div>",
        "<div><div><p>{}</p></div></div>",
        "<blockquote>{}</blockquote>",
        "{}",
        "<em>{}</em>",
    ],
)
def test_an_item_that_is_one_lone_element_is_an_article(tmp_path, markup):
    words = " ".join(["Dario Fenn will leave Harrowmere in May, a source told the Wire."] * 12)
    item = f"<item><guid>1</guid><title>Fenn to go</title><description>{html.escape(markup.format(words))}</description></item>"
    (tmp_path / "a.rss").write_text(f"<rss><channel><title>Post</title>{item}</channel></rss>")
    (page,) = fetch([tmp_path / "a.rss"])
    assert extract(page).text == f"Fenn to go\n\n{words}"


def test_in_a_folder_only_feeds_count_among_xml_and_json(tmp_path):
    (tmp_path / "feed.xml").write_text(ATOM)
    (tmp_path / "settings.json").write_text("{}")
    (tmp_path / "sitemap.xml").write_text("<urlset/>")
    (page,) = fetch([tmp_path])
    assert page.outlet == "Terrace Wire"


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("a.opml", "<opml/>", "sayso watch"),
        ("a.xml", "<opml/>", "sayso watch"),
        ("a.json", "{}", "no RSS, Atom or JSON feed"),
    ],
)
def test_a_file_that_is_no_feed_says_what_it_is(tmp_path, name, text, why):
    (tmp_path / name).write_text(text)
    (skipped,) = fetch([tmp_path / name])
    assert why in skipped.reason


def test_a_feed_in_an_old_encoding_is_read():
    text = RSS.replace("utf-8", "windows-1251").replace("Ada Quill", "Ада")
    assert read_feed(decoded(text.encode("cp1251"))).entries[0].author == "Ада"
