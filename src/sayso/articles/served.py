"""Bytes that were served or packed become raw pages: PDF, HTML and text by what they are, feeds and archives by what they hold."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from typing import Literal

from sayso.articles.archives import Member, members
from sayso.articles.doors import Doors, shown
from sayso.articles.encoding import clean, decoded
from sayso.articles.feeds import Entry, is_feed, read_feed
from sayso.articles.pdf import is_pdf, read_pdf
from sayso.articles.tables import TABLES, Given
from sayso.errors import UnreadableError
from sayso.records import RawPage, Skipped

Form = Literal["text", "markdown", "html"]

# Suffixes of the files an article may lie in; a feed is known by its first element.
FORMS: dict[str, Form] = {
    ".txt": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
}
FEEDS = (".rss", ".atom", ".xml", ".json")
NOTHING = Given()

_HTML_HEAD = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype html|html|head|body|article|div|p)\b", re.DOTALL | re.IGNORECASE
)
# What Chrome and Internet Explorer, and what SingleFile write at the head of a page they save.
_SAVED_FROM = re.compile(
    r"<!-- saved from url=\(\d{4,6}\)(https?://\S{1,4000}) -->|Page saved with SingleFile\s+url: (https?://\S{1,4000})"
)
_TRACKING = re.compile(
    r"(?<=[?&])(?:utm_\w+|fbclid|gclid|mc_[ce]id|at_(?:medium|campaign|link\w*)|ns_\w+)=[^&#]*&?", re.IGNORECASE
)
_NO_TEXT = re.compile(
    r"(?:image|audio|video|font)/|application/(?:zip|gzip|x-tar|javascript|octet-stream)|text/(?:css|javascript)"
)


# Every step takes what it can and gives nothing back, and each tag is gone over once: linear in the page, whatever is in it.
_ATTRIBUTE = r"""[^\s>/][^\s=>/]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]++)?+)?+"""
_TAG = re.compile(rf"<[a-zA-Z][^\s/>]*+(?:[\s/]++|{_ATTRIBUTE})*+")
_MOST_ATTRIBUTES = 256


def raw_page(origin: str, form: Form, text: str, facts: Given) -> RawPage:
    """A page with the facts given beside it; a text that is a page after all is one."""
    form = "html" if form == "text" and _HTML_HEAD.match(text) else form
    return RawPage(
        origin=origin,
        form=form,
        content=_TAG.sub(_thinned, text) if form == "html" else text,
        outlet=facts.outlet,
        url=facts.url or (_saved_from(text) if form == "html" else None),
        published=facts.published,
        author=facts.author,
        title=facts.title,
    )


def _thinned(tag: re.Match[str]) -> str:
    """A tag without its attributes where there are more than any page needs: a parser's time grows with their square."""
    words = tag[0]
    if len(words) < 2 * _MOST_ATTRIBUTES:
        return words
    name = re.match(r"<[^\s/>]*", words)
    start = name.end() if name is not None else 0
    return words[:start] if len(re.findall(_ATTRIBUTE, words[start:])) > _MOST_ATTRIBUTES else words


def page_of(
    origin: str,
    data: bytes,
    *,
    form: Form = "text",
    media_type: str = "",
    charset: str | None = None,
    facts: Given = NOTHING,
) -> RawPage:
    """The page in some bytes, by what they are and else by what they are said to be; UnreadableError where there is none."""
    if is_pdf(data):
        found = read_pdf(data)
        return raw_page(origin, "text", found.text, facts.over(Given(title=found.title)))
    if _NO_TEXT.match(media_type):
        raise UnreadableError(f"no article but {shown(media_type)}; give the page that shows it")
    text = text_of(data, charset)
    if not text.strip():
        raise UnreadableError("nothing in it but blanks; save the article again")
    return raw_page(origin, "html" if "html" in media_type else form, text, facts)


def text_of(data: bytes, charset: str | None = None) -> str:
    """The text of some bytes: valid UTF-8 is that, else the encoding the server names, else what `decoded` makes of it."""
    if charset is not None:
        try:
            data.decode("utf-8")
        except UnicodeDecodeError:
            try:
                name = codecs.lookup(charset).name
                # Only real text encodings: "zlib" and the like are codecs too, and open bombs.
                return clean(str(data, "cp1252" if name in ("iso8859-1", "ascii") else name))
            except (LookupError, UnicodeError, ValueError):
                pass
    return decoded(data)


def feed_pages(origin: str, text: str, facts: Given = NOTHING) -> Iterator[RawPage | Skipped]:
    """The articles that a saved feed carries whole; nothing is fetched for it."""
    entries = read_feed(text, base=facts.url).entries
    whole = [entry for entry in entries if entry.content]
    for entry in whole:
        yield raw_page(f"{origin}:{shown(entry.key)}", "html", entry.content or "", entry_facts(entry).over(facts))
    if len(whole) < len(entries) or not entries:
        few = (
            f"{len(entries) - len(whole)} of its {len(entries)} items are summaries only"
            if entries
            else "no item in this feed"
        )
        yield Skipped(origin, f"{few}; read the feed by its address to have the articles fetched")


def entry_facts(entry: Entry) -> Given:
    """What a feed tells about an item; where it names the publisher, the publisher's name is not part of the headline."""
    title = entry.title.removesuffix(f" - {entry.outlet}") if entry.title and entry.outlet else entry.title
    url = plain_url(entry.url) if entry.url else None
    return Given(outlet=entry.outlet, url=url, published=entry.published, author=entry.author, title=title)


def plain_url(url: str) -> str:
    """An address without the marks that tell how a visitor came, so that one article has one address."""
    return re.sub(r"[?&]$", "", _TRACKING.sub("", url.partition("#")[0]))


def archive_pages(path: Path, about: Callable[[str], Given], doors: Doors) -> Iterator[RawPage | Skipped]:
    """The pages in an archive; `about` gives the facts known of a member by its name or address.

    A broken member is named and the rest goes on; where the archive breaks, what was read before it stands.
    """
    found = False
    try:
        with path.open("rb") as file:
            for member in members(file, str(path), doors=doors):
                for page in [member] if isinstance(member, Skipped) else _member_pages(path, member, about):
                    found = True
                    yield page
    except UnreadableError as error:
        found = True
        yield Skipped(str(path), str(error))
    if not found:
        yield Skipped(str(path), "no article in this archive; put .txt, .md, .html or .pdf files there")


def _member_pages(path: Path, member: Member, about: Callable[[str], Given]) -> Iterator[RawPage | Skipped]:
    if member.url is not None:
        origin, facts = f"{path}:{shown(member.name)}", about(member.url).over(Given(url=plain_url(member.url)))
        form: Form | None = "text"
    else:
        origin, facts = f"{path}/{shown(member.name)}", about(member.name)
        form = _form_inside(member)
    if form is None:
        return
    try:
        if not member.data:
            raise UnreadableError("the file is empty; save the article again")
        text = text_of(member.data, member.charset) if _suffix(member.name) in FEEDS else ""
        if is_feed(text):
            yield from feed_pages(origin, text, facts)
        else:
            yield page_of(
                origin, member.data, form=form, media_type=member.media_type, charset=member.charset, facts=facts
            )
    except UnreadableError as error:
        yield Skipped(origin, str(error))


def _form_inside(member: Member) -> Form | None:
    """How a packed file is read; None for one that is passed over, as in a folder. Tables want a file of their own."""
    suffix = _suffix(member.name)
    if suffix in TABLES or PurePosixPath(member.name).stem.lower() == "readme":
        return None
    if suffix in FEEDS:
        return "text" if _looks_like_feed(member.data) else None
    return "text" if suffix == ".pdf" else FORMS.get(suffix)


def _looks_like_feed(data: bytes) -> bool:
    try:
        return is_feed(decoded(data))
    except UnreadableError:
        return False


def _suffix(name: str) -> str:
    return PurePosixPath(name).suffix.lower()


def _saved_from(text: str) -> str | None:
    match = _SAVED_FROM.search(text[:4_000])
    return plain_url(match[1] or match[2]) if match is not None else None
