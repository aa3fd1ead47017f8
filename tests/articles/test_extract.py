import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

import sayso
from sayso.articles.extract import extract
from sayso.errors import UnreadableError
from sayso.records import Outlet, RawPage

LEAD = "Dario Fenn will leave Harrowmere at the end of the month, a source close to the club told the Wire on Monday."
SECOND = "The club would not comment, but two players said they had been told to expect a new coach by Friday."
BODY = f"{LEAD}\n\n{SECOND}"


def article(content=BODY, form="text", **facts):
    return extract(RawPage(origin="a.txt", form=form, content=content, **facts))


def page(*, head="", body="", title="Fenn to leave, say sources"):
    """An HTML page around the two paragraphs."""
    return (
        f"<!doctype html><html lang='en'><head><title>{title} | Terrace Wire</title>{head}</head><body>"
        f"<nav><a href='/'>Home</a> <a href='/league'>League</a></nav><main><article><h1>{title}</h1>{body}"
        f"<figure><img src='f.jpg'><figcaption>Fenn on Sunday. Photo: Lio Marr</figcaption></figure>"
        f"<p>{LEAD}</p><h2>What happens next</h2><p>{SECOND}</p>"
        "<p>Read more: <a href='/x'>A life</a></p></article></main>"
        "<aside><h3>Most read</h3><time datetime='2019-01-01'>1 January 2019</time></aside>"
        "<footer>© 2025 Terrace Wire</footer></body></html>"
    )


def json_ld(**facts):
    return f"<script type='application/ld+json'>{json.dumps({'@context': 'https://schema.org', **facts})}</script>"


NEWS = {
    "@type": "NewsArticle",
    "headline": "Fenn &amp; Harrowmere part ways",
    "datePublished": "2025-03-14T09:30:00+00:00",
    "dateModified": "2025-03-16T11:00:00+00:00",
    "author": [{"@type": "Person", "name": "Ada Quill"}, {"@type": "Person", "name": "Ben Osk"}],
    "publisher": {"@type": "Organization", "name": "Terrace Wire"},
    "url": "https://wire.example/fenn",
}


def test_a_first_line_that_looks_like_a_headline_is_one():
    read = article(f"Fenn to leave Harrowmere - sources\n\n{BODY}")
    assert read.title == "Fenn to leave Harrowmere - sources"
    assert read.text == f"Fenn to leave Harrowmere - sources\n\n{BODY}"


def test_a_first_sentence_is_no_headline():
    assert article().title is None
    assert article().text == BODY


def test_a_given_title_leads_the_text_once():
    assert article(title="Fenn to go").text == f"Fenn to go\n\n{BODY}"
    assert article(f"FENN TO GO\n\n{BODY}", title="Fenn to go").text == f"Fenn to go\n\n{BODY}"


def test_the_crawl_line_is_taken_off_and_dates_the_article():
    read = article(f" date 2025-03-14 Ada Quill on a hard week for Fenn. (1:53)\n\n{BODY}")
    assert read.text == BODY
    assert [item.reason for item in read.removed] == ["crawl line", "video caption"]
    assert read.published.end == date(2025, 3, 14)


def test_a_byline_names_the_author_where_nothing_else_does():
    content = f"Fenn to leave Harrowmere\nBy Ada Quill\n\n{BODY}"
    assert article(content).author == "Ada Quill"
    assert article(content, author="Ben Osk").author == "Ben Osk"


def test_entities_in_plain_text_are_resolved():
    assert article(LEAD.replace("a source", "&ldquo;a source&rdquo;")).text == LEAD.replace("a source", "“a source”")


def test_markdown_loses_its_marks():
    content = (
        f"# Fenn **to leave**\n\n> {LEAD}\n\n## What *happens* next\n\n{SECOND} [The Star](https://s.example) says.\n"
    )
    read = article(content, form="markdown")
    assert read.title == "Fenn to leave"
    assert read.text == f"Fenn to leave\n\n{LEAD}\n\nWhat happens next\n\n{SECOND} The Star says."


def test_brackets_in_a_quotation_are_no_link():
    words = (
        "“Whether I stay [at Harrowmere] is for the board to say,” Fenn told the Wire on Monday, *smiling* as he went."
    )
    assert article(words, form="markdown").text == words.replace("*", "")


def test_an_html_page_gives_its_prose_and_no_furniture():
    assert article(page(), form="html").text == (
        f"Fenn to leave, say sources\n\n{LEAD}\n\nWhat happens next\n\n{SECOND}"
    )


def test_json_ld_tells_headline_date_author_outlet_and_url():
    read = article(page(head=json_ld(**NEWS)), form="html")
    assert (read.title, read.author) == ("Fenn & Harrowmere part ways", "Ada Quill, Ben Osk")
    assert (read.outlet, read.url) == (Outlet("Terrace Wire", "metadata"), "https://wire.example/fenn")
    assert (read.published.day, read.published.basis) == (date(2025, 3, 14), "metadata")


def test_json_ld_may_lie_in_a_graph_and_refer_by_id():
    graph = [
        {"@type": "Organization", "@id": "#us", "name": "Terrace Wire"},
        {**NEWS, "@type": ["NewsArticle"], "publisher": {"@id": "#us"}, "author": "Ada Quill"},
    ]
    read = article(page(head=json_ld(**{"@graph": graph})), form="html")
    assert (read.outlet.name, read.author) == ("Terrace Wire", "Ada Quill")


def test_a_byline_shown_on_the_page_names_the_author():
    assert article(page(body="<p class='byline'>By <a>Ada Quill</a></p>"), form="html").author == "Ada Quill"


def test_broken_json_ld_is_passed_over():
    head = "<script type='application/ld+json'>{ oops </script><meta property='og:site_name' content='Terrace Wire'>"
    assert article(page(head=head), form="html").outlet == Outlet("Terrace Wire", "page")


def test_the_day_of_a_change_is_not_the_day_of_publication():
    changed = {name: value for name, value in NEWS.items() if name != "datePublished"}
    body = "<p class='meta'>Updated <time datetime='2025-03-16'>16 March 2025</time></p>"
    assert article(page(head=json_ld(**changed), body=body), form="html").published.day != date(2025, 3, 16)


def test_a_date_shown_on_the_page_dates_it():
    body = "<p>Updated <time datetime='2025-03-16'>16 March</time></p><p>Published <time>14 March 2025</time></p>"
    published = article(page(body=body), form="html").published
    assert (published.day, published.basis) == (date(2025, 3, 14), "page")


def test_a_given_date_comes_first():
    published = article(page(head=json_ld(**NEWS)), form="html", published="2025-03-13").published
    assert (published.day, published.basis) == (date(2025, 3, 13), "given")


@pytest.mark.parametrize(
    ("facts", "outlet"),
    [
        ({"outlet": "The Star", "url": "https://www.wire.example/1"}, Outlet("The Star", "given")),
        ({"url": "https://www.m.wire.example/1"}, Outlet("wire.example", "url")),
        ({"url": "https://["}, Outlet()),
        ({}, Outlet()),
    ],
)
def test_the_outlet_is_given_or_the_domain_or_unknown(facts, outlet):
    assert article(**facts).outlet == outlet


def test_the_same_input_has_the_same_id():
    assert article(title="Fenn to go").id == article(title="Fenn to go").id
    assert len({article().id, article(outlet="Wire").id, article(url="https://wire.example/1").id}) == 3


@pytest.mark.parametrize(
    ("content", "form", "why"),
    [
        ("feed\n\nAdvertisement", "text", "no article text"),
        ("Fenn goes\n\nIt is so.", "text", "only"),
        ("<html><body><nav>Home</nav></body></html>", "html", "no article text"),
        ("<html></html>", "html", "no article text"),
        ("---", "markdown", "no article text"),
    ],
)
def test_what_cannot_be_read_is_an_error_naming_it(content, form, why):
    with pytest.raises(UnreadableError, match=f"^a.txt: .*{why}.*; ") as error:
        article(content, form=form)
    assert "\n" not in str(error.value)


def test_the_language_is_told():
    spanish = "El entrenador dejará el club a final de mes, según ha confirmado una fuente cercana a la directiva."
    assert article().language == "en"
    assert article(spanish).language == "es"


def test_english_with_a_foreign_quotation_is_english():
    quote = "“No quiero hablar de mi futuro, ya veremos lo que pasa al final de la temporada con el club,”"
    assert (
        article(f"{quote} Fenn said when he was asked about it on Friday. He left by the back door.").language == "en"
    )


def test_a_fragment_of_html_is_read():
    assert article(f"<p>{LEAD}</p><p>{SECOND}</p>", form="html").text == BODY


def test_nothing_heavy_is_loaded_before_it_is_needed():
    code = "import sys, sayso.articles.extract; print({'trafilatura', 'py3langid', 'numpy', 'yaml'} & set(sys.modules))"
    environment = {**os.environ, "PYTHONPATH": str(Path(sayso.__file__).parents[1])}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
