"""A raw page becomes an Article: furniture off, headline on top, outlet, date and language known or left open."""

from __future__ import annotations

import html
import re
from urllib.parse import urlsplit

from sayso.articles.dating import date_article
from sayso.articles.furniture import byline_author, same_words, take_off
from sayso.articles.markdown import plain
from sayso.articles.page import PageFacts, read_page
from sayso.articles.shapes import ENGLISH
from sayso.errors import UnreadableError
from sayso.records import Article, Outlet, RawPage, Removed, content_id

_CRAWL_LINE = re.compile(r"\s*date (?P<day>\d{4}-\d{2}-\d{2})\s")
_ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-f]+|amp|quot|apos|nbsp|lt|gt|hellip|[lr][sd]quo|[mn]dash);", re.IGNORECASE)
_STOPPED = re.compile(r"[.,;:–—-][”\"’')\]]*$")
_UPDATED = re.compile(r"(?:last )?(?:updated|modified)", re.IGNORECASE)
_LEAST_WORDS = 8
_ENOUGH_FOR_LANGUAGE = 20_000


def extract(page: RawPage) -> Article:
    """The article on a page, its text led by the headline where one is known.

    UnreadableError, in one line, where nothing is left that could be read.
    """
    text, facts, header, removed = _opened(page)
    title = _line(page.title) or facts.title
    body, furniture = take_off(text, title=title)
    removed += furniture
    title, body = _headline(title, body)
    _check_prose(page, body)
    text = f"{title}\n\n{body}" if title else body
    url = _line(page.url) or facts.url
    outlet = _outlet(page, facts, url)
    published = date_article(
        given=page.published,
        metadata=facts.published,
        page=facts.shown or _date_line(removed),
        url=url,
        header=header,
        text=text,
    )
    return Article(
        id=content_id(outlet.name or "", url or "", text),
        text=text,
        title=title,
        outlet=outlet,
        author=_line(page.author) or facts.author or byline_author(removed),
        url=url,
        published=published,
        removed=removed,
        language=_language(text),
        origin=page.origin,
    )


def _opened(page: RawPage) -> tuple[str, PageFacts, str | None, tuple[Removed, ...]]:
    """The page's plain text, its facts, and the day of a crawl line taken off its head."""
    if page.form == "html":
        text, facts = read_page(page.content)
        return text, facts, None, ()
    text = html.unescape(page.content) if _ENTITY.search(page.content) else page.content
    crawl = _CRAWL_LINE.match(text)
    text = text[crawl.end() :] if crawl is not None else text
    facts = PageFacts()
    if page.form == "markdown":
        heading, text = plain(text)
        facts = PageFacts(title=heading)
    if crawl is None:
        return text, facts, None, ()
    return text, facts, crawl["day"], (Removed(crawl[0].strip(), "crawl line"),)


def _headline(title: str | None, body: str) -> tuple[str | None, str]:
    """The headline, known or standing first, and the body without it."""
    first, _, rest = body.partition("\n\n")
    if title is None:
        return (first, rest) if _looks_like_headline(first) and rest else (None, body)
    return (title, rest) if same_words(first, title) else (title, body)


def _looks_like_headline(words: str) -> bool:
    return 3 <= len(words.split()) <= 22 and not words.startswith("- ") and _STOPPED.search(words) is None


def _check_prose(page: RawPage, body: str) -> None:
    count = len(re.findall(r"\w+", body))
    if not count:
        raise UnreadableError(f"{page.origin}: no article text in it; save the article's own page or give its text")
    if count < _LEAST_WORDS:
        raise UnreadableError(f"{page.origin}: only {count} words of text; give the whole article")


def _outlet(page: RawPage, facts: PageFacts, url: str | None) -> Outlet:
    """Who published it: as given, as the page says, or the domain it stands on."""
    if name := _line(page.outlet):
        return Outlet(name, "given")
    if facts.outlet is not None:
        return facts.outlet
    try:
        host = urlsplit(url or "").hostname
    except ValueError:
        host = None
    return Outlet(re.sub(r"^(?:(?:www\d?|m|amp|mobile)\.)+", "", host), "url") if host else Outlet()


def _date_line(removed: tuple[Removed, ...]) -> str | None:
    """The first date line taken off that does not date a change."""
    lines = (item.text for item in removed if item.reason == "date line")
    return next((line for line in lines if not _UPDATED.match(line)), None)


def _language(text: str) -> str:
    """ISO 639-1 code of the language; English stays English around a long quotation in another."""
    sample = text[:_ENOUGH_FOR_LANGUAGE]
    if len(ENGLISH.findall(sample)) > 0.2 * len(sample.split()):
        return "en"
    from py3langid.langid import classify  # slower than all else here, and most articles are settled without it

    return str(classify(sample)[0])  # type: ignore[no-untyped-call, unused-ignore]


def _line(words: str | None) -> str | None:
    return " ".join(words.split()) or None if words else None
