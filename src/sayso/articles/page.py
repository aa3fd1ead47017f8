"""An HTML page: its article text, and what it says about itself in JSON-LD, in meta elements and to the eye."""

from __future__ import annotations

import html
import json
import logging
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sayso.articles.shapes import NAME
from sayso.records import Outlet

# trafilatura reports what it drops to the log; we say so ourselves, in the error.
logging.getLogger("trafilatura").addHandler(logging.NullHandler())

_PUBLISHED = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.created",
    "dc.date",
    "pubdate",
    "publishdate",
    "publication_date",
    "date",
)
_UPDATED = re.compile(r"updat|modif|edited", re.IGNORECASE)
_DATE_CLASS = re.compile(
    r"publi(?:sh|cation)|pub-?date|post-?date|article-?date|time-?stamp|date-?line|byline-?date|^date$"
)
_BYLINE = re.compile(rf"(?:[Bb]y:? )?(?P<author>{NAME}(?:(?:,| and| &) {NAME})*)")
_SITE_SUFFIX = re.compile(r"\s+[|–—·:»-]\s+(?P<site>[^|–—·»]{2,40})$")

Node = dict[str, Any]


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What a page says about itself: `published` in its metadata, `shown` as a date a visitor sees."""

    title: str | None = None
    outlet: Outlet | None = None
    author: str | None = None
    url: str | None = None
    published: str | None = None
    shown: str | None = None


def read_page(content: str) -> tuple[str, PageFacts]:
    """The article's paragraphs, a blank line between them ("" where there are none), and the page's facts."""
    import trafilatura

    tree = trafilatura.load_html(content)
    if tree is None:
        # A lone element, as feeds and tables hold one, is no document to trafilatura.
        tree = trafilatura.load_html(f"<html><body><article>{content}</article></body></html>")
    if tree is None:
        return "", PageFacts()
    facts = _facts(tree)
    document = trafilatura.bare_extraction(tree, include_comments=False, include_tables=False, with_metadata=False)
    text = getattr(document, "text", None) or ""
    return "\n\n".join(text.splitlines()), facts


def _facts(tree: Any) -> PageFacts:
    nodes = list(_json_ld(tree))
    article = _article_node(nodes)
    meta = _meta(tree)
    site = _line(meta.get("og:site_name")) or _line(meta.get("application-name"))
    publisher = _name(article.get("publisher"), nodes)
    return PageFacts(
        title=_line(article.get("headline")) or _title(tree, meta, site or publisher),
        outlet=Outlet(publisher, "metadata") if publisher else Outlet(site, "page") if site else None,
        author=_name(article.get("author"), nodes) or _not_url(_line(meta.get("author"))) or _shown_author(tree),
        url=_url(tree, article, meta),
        published=_line(article.get("datePublished")) or _first(meta, _PUBLISHED),
        shown=_shown_date(tree),
    )


def _json_ld(tree: Any) -> Iterator[Node]:
    """Every object in the page's JSON-LD, outer before inner."""
    waiting: deque[Any] = deque()
    for script in tree.xpath("//script[contains(@type, 'ld+json')]/text()"):
        try:
            waiting.append(
                json.loads(re.sub(r"^\s*(?:<!--|//<!\[CDATA\[)|(?:-->|//\]\]>)\s*$|;\s*$", "", script), strict=False)
            )
        except (ValueError, RecursionError):
            continue
    while waiting:
        value = waiting.popleft()
        if isinstance(value, dict):
            yield value
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)


def _article_node(nodes: list[Node]) -> Node:
    """The object that describes the article; a bare WebPage only where there is none."""
    telling = [node for node in nodes if "datePublished" in node or "headline" in node]
    articles = [
        node for node in telling if any(kind.endswith(("article", "posting", "report")) for kind in _types(node))
    ]
    return next(iter(articles), None) or next((node for node in telling if "webpage" in _types(node)), {})


def _types(node: Node) -> list[str]:
    kinds = node.get("@type")
    return [str(kind).lower() for kind in (kinds if isinstance(kinds, list) else [kinds])]


def _name(value: object, nodes: list[Node]) -> str | None:
    """The name of a person or publisher, written out, listed, or referred to by @id."""
    if isinstance(value, list):
        names = dict.fromkeys(name for item in value if (name := _name(item, nodes)))
        return ", ".join(names) or None
    if isinstance(value, dict):
        reference = value.get("@id")
        if not value.get("name") and reference:
            value = next((node for node in nodes if node.get("@id") == reference and node.get("name")), value)
        value = value.get("name")
    return _not_url(_line(value))


def _meta(tree: Any) -> dict[str, str]:
    """Meta elements by lower-case name, the first of each."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        if name and (element.get("content") or "").strip():
            found.setdefault(name.strip().lower(), element.get("content"))
    return found


def _title(tree: Any, meta: dict[str, str], site: str | None) -> str | None:
    headings = [words for h1 in tree.xpath("//h1") if (words := _line(h1.text_content()))]
    if "og:title" not in meta and len(headings) == 1:
        return headings[0]
    title = _line(meta.get("og:title")) or _line(tree.findtext(".//title"))
    match = _SITE_SUFFIX.search(title or "")
    if title is None or match is None:
        return title
    known = site is not None and match["site"].casefold() in site.casefold()
    return title[: match.start()] if known or any(heading == title[: match.start()] for heading in headings) else title


def _url(tree: Any, article: Node, meta: dict[str, str]) -> str | None:
    page = article.get("mainEntityOfPage")
    canonical = tree.xpath("//link[@rel='canonical']/@href")
    page_id = page.get("@id") if isinstance(page, dict) else page
    candidates = (article.get("url"), page_id, *canonical, meta.get("og:url"))
    return next((url for url in map(_line, candidates) if url and re.match(r"https?://[^/\s]+\S*$", url)), None)


def _shown_date(tree: Any) -> str | None:
    """The first date a visitor sees beside the article; never the date of a change."""
    away = "[not(ancestor::aside or ancestor::nav or ancestor::footer)]"
    marked = tree.xpath(f"//*[@itemprop='datePublished']{away}")
    classed = (
        element
        for element in tree.xpath(f"//body//*[@class]{away}")
        if any(_DATE_CLASS.search(name.lower()) for name in element.get("class").split())
    )
    for element in (*marked, *tree.xpath(f"//time{away}"), *classed):
        words = _line(element.text_content()) or ""
        told = _line(element.get("datetime")) or _line(element.get("content")) or words
        about = f"{words} {element.get('class')} {element.get('itemprop')} {_before(element)}"
        if re.search(r"\d", told) and len(told) <= 60 and not _UPDATED.search(about):
            return told
    return None


def _shown_author(tree: Any) -> str | None:
    """The name in the first byline a visitor sees."""
    marked = tree.xpath(
        "//*[@rel='author' or @itemprop='author' or contains(@class, 'byline') or contains(@class, 'author')]"
    )
    lines = (_BYLINE.fullmatch(_line(element.text_content()) or "") for element in marked)
    return next((match["author"] for match in lines if match is not None), None)


def _before(element: Any) -> str:
    """The words just before an element, where "Updated" stands."""
    previous = element.getprevious()
    words = (previous.tail or previous.text_content()) if previous is not None else element.getparent().text
    return (words or "")[-20:]


def _line(value: object) -> str | None:
    """Text on one line, entities resolved; None for anything else."""
    if not isinstance(value, str):
        return None
    return " ".join(html.unescape(value).split()) or None


def _not_url(words: str | None) -> str | None:
    return None if words is None or words.startswith(("http", "@")) else words


def _first(meta: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((meta[name].strip() for name in names if name in meta), None)
