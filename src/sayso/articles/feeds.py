"""RSS, Atom and JSON Feed become entries; OPML lists of feeds are read and written.

Feeds are hostile input: nothing outside is loaded, and a document that declares entities is refused. lxml is used rather than a
feed library because it is here already, mends broken XML, and leaves these switches in our hands.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from sayso.articles.encoding import decoded
from sayso.errors import UnreadableError

_HEAD = re.compile(r"\s*(?:<\?xml\b[^>]*\?>|<!--.*?-->|<\?[^>]*\?>|<!DOCTYPE\b[^>\[]*(?:\[.*?\]\s*)?>|\s+)*", re.DOTALL)
_FEED_ROOT = re.compile(r"<(?:\w+:)?(?:rss|feed|RDF)[\s>/]")
_OPML_ROOT = re.compile(r"<opml[\s>/]", re.IGNORECASE)
_DECLARATION = re.compile(r"^\s*<\?xml\b[^>]*\?>")
_ENTITY = re.compile(r"<!ENTITY", re.IGNORECASE)
_NAMED = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)\w{2,32};")
_BARE = re.compile(r"&(?!#?\w{1,32};)")
_JSON_FEED = re.compile(r"\"version\"\s*:\s*\"https?:\\?/\\?/(?:www\.)?jsonfeed\.org\\?/version", re.IGNORECASE)
_TAG = re.compile(r"<[^>]{1,400}>")
_FULL_WORDS = 120
_MOST_ENTRIES = 2_000
_CLARK = re.compile(r"^\{[^}]*\}")

# Whose tags these are does not matter where the tag's own name is plain; where it is not ("content:encoded") the prefix stays.
_NAMESPACES = {
    "http://purl.org/rss/1.0/modules/content/": "content:",
    "http://purl.org/dc/elements/1.1/": "dc:",
    "http://search.yahoo.com/mrss/": "media:",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes:",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of a feed. `outlet` is named only where the feed says who published the item (`<source>`), which the feed itself
    may not be; `published` is as written; `content` is the item's own HTML or text where it carries the whole article.
    """

    key: str
    url: str | None = None
    title: str | None = None
    published: str | None = None
    author: str | None = None
    outlet: str | None = None
    content: str | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed's name and its entries, in its own order."""

    title: str | None
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Subscription:
    """One feed of an OPML list."""

    address: str
    title: str | None = None


def is_feed(text: str) -> bool:
    """Whether a text is an RSS, Atom or JSON feed, told from its beginning."""
    head = _after_head(text)
    return _FEED_ROOT.match(head) is not None or (head.startswith("{") and _JSON_FEED.search(head[:20_000]) is not None)


def is_opml(text: str) -> bool:
    """Whether a text is an OPML list of feeds."""
    return _OPML_ROOT.match(_after_head(text)) is not None


def read_feed(text: str, *, base: str | None = None) -> Feed:
    """The entries of a feed, each once, links made whole against `base`; UnreadableError where it is none."""
    if _after_head(text).startswith("{"):
        return _json_feed(text, base)
    root = _xml(text)
    channel = next((node for node in root if _name(node) == "channel"), root)
    # RSS 1.0 and Atom keep their items beside or under the root, RSS 2.0 under the channel.
    items = [node for node in (*channel, *root) if _name(node) in ("item", "entry")]
    entries = (_entry(node, base) for node in _few(items))
    return Feed(_words(_child(channel, "title")), _each_once(entries))


def read_opml(data: bytes) -> tuple[Subscription, ...]:
    """The feeds of an OPML list, each address once, folders opened; UnreadableError where it lists none."""
    text = decoded(data)
    if not is_opml(text):
        raise UnreadableError("no OPML list of feeds; export one from your feed reader")
    found: dict[str, Subscription] = {}
    for node in _xml(text).iter():
        given = {str(name).lower(): value for name, value in node.attrib.items()} if _name(node) == "outline" else {}
        address = (given.get("xmlurl") or "").strip()
        if _is_web(address):
            found.setdefault(
                address,
                Subscription(address, " ".join((given.get("title") or given.get("text") or "").split()) or None),
            )
    if not found:
        raise UnreadableError("no feed in this list; an outline names one with xmlUrl")
    return tuple(found.values())


def write_opml(subscriptions: Iterable[Subscription], *, title: str) -> str:
    """The feeds as an OPML 2.0 document that every feed reader takes in."""
    from lxml import etree

    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = _sendable(title)
    body = etree.SubElement(root, "body")
    for one in subscriptions:
        name = _sendable(one.title or one.address)
        etree.SubElement(body, "outline", type="rss", text=name, title=name, xmlUrl=_sendable(one.address))
    return str(etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True), "utf-8")


def _xml(text: str) -> Any:
    from lxml import etree

    if _ENTITY.search(text):
        raise UnreadableError("declares XML entities, as feeds never need and attacks do; refused")
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        recover=True,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )
    try:
        root = etree.fromstring(_mended(text).encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError):
        root = None
    if root is None:
        raise UnreadableError("broken XML; see whether the address still gives a feed")
    return root


def _mended(text: str) -> str:
    """XML without the commonest faults, which would cost the parser the rest of the element: HTML's names and bare ampersands."""
    text = _NAMED.sub(lambda match: html.escape(html.unescape(match[0])), _DECLARATION.sub("", text))
    return _BARE.sub("&amp;", text)


def _entry(node: Any, base: str | None) -> Entry:
    # `<source>` holds a whole feed head in Atom and a name in RSS: in both, the one who published it.
    source = _child(node, "source")
    inner = _child(source, "title") if source is not None else None
    content = _content(node)
    url = _link(node, base)
    key = _words(_child(node, "guid")) or _words(_child(node, "id")) or url or _words(_child(node, "title")) or ""
    return Entry(
        key=key,
        url=url,
        title=_words(_child(node, "title")),
        published=_words(_child(node, "pubDate", "published", "dc:date", "issued")),
        author=_author(node),
        outlet=_words(inner if inner is not None else source),
        content=content,
    )


def _link(node: Any, base: str | None) -> str | None:
    """The address of the article itself: Atom's alternate link, RSS's link, or a guid that is one."""
    links = [child for child in node if _name(child) == "link"]
    alternates = [
        link.get("href") for link in links if link.get("rel", "alternate") == "alternate" and link.get("href")
    ]
    guid = _child(node, "guid")
    permanent = _words(guid) if guid is not None and guid.get("isPermaLink", "true").lower() != "false" else None
    candidates = (*alternates, *(_words(link) for link in links), permanent)
    return next((url for words in candidates if words and (url := _whole(words, base))), None)


def _author(node: Any) -> str | None:
    names = []
    for child in node:
        if _name(child) in ("author", "dc:creator"):
            name = _child(child, "name")
            words = _words(name if name is not None else child) or ""
            # RSS writes "desk@wire.example (Ada Quill)".
            match = re.fullmatch(r"\S+@\S+(?: \((?P<name>[^()]+)\))?", words)
            names.append((match["name"] or "") if match else words)
    return ", ".join(dict.fromkeys(filter(None, names))) or None


def _content(node: Any) -> str | None:
    """The item's own article, where it is carried whole and is not a teaser."""
    full = _child(node, "content:encoded", "content")
    for child in (full, _child(node, "description", "summary")):
        if child is not None and (markup := _markup(child)) and _is_whole(markup):
            return markup
    return None


def _markup(node: Any) -> str:
    """HTML as the element holds it: escaped, or as elements of its own (XHTML in Atom)."""
    if len(node) and node.get("type") == "xhtml":
        from lxml import etree

        return "".join(str(etree.tostring(child, encoding="unicode", with_tail=False)) for child in node)
    words = "".join(node.itertext())
    return html.escape(words) if node.get("type") == "text" else words


def _is_whole(markup: str) -> bool:
    return len(_TAG.sub(" ", markup[:200_000]).split()) >= _FULL_WORDS


def _json_feed(text: str, base: str | None) -> Feed:
    try:
        feed = json.loads(text)
    except (ValueError, RecursionError):
        raise UnreadableError("broken JSON; see whether the address still gives a feed") from None
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list):
        raise UnreadableError("a JSON feed without items; see whether the address still gives a feed")
    entries = (_json_entry(item, base) for item in _few(items) if isinstance(item, dict))
    return Feed(_line(feed.get("title")), _each_once(entries))


def _json_entry(item: dict[str, Any], base: str | None) -> Entry:
    listed = item.get("authors")
    authors = [item.get("author"), *(listed if isinstance(listed, list) else [])]
    names = [name for author in authors if isinstance(author, dict) and (name := _line(author.get("name")))]
    url = next((whole for name in ("url", "external_url") if (whole := _whole(item.get(name), base))), None)
    text, markup = item.get("content_text"), item.get("content_html")
    content = (
        markup if isinstance(markup, str) and markup.strip() else html.escape(text) if isinstance(text, str) else ""
    )
    title = _line(item.get("title"))
    key = item.get("id")
    return Entry(
        key=_line(str(key) if isinstance(key, int | float) else key) or url or title or "",
        url=url,
        title=title,
        published=_line(item.get("date_published")),
        author=", ".join(dict.fromkeys(names)) or None,
        content=content if _is_whole(content) else None,
    )


def _few(items: list[Any]) -> list[Any]:
    # More than any feed holds: the newest come first, the rest is somebody's archive or an attack.
    return items[:_MOST_ENTRIES]


def _each_once(entries: Iterator[Entry]) -> tuple[Entry, ...]:
    found: dict[str, Entry] = {}
    for entry in entries:
        if entry.key:
            found.setdefault(entry.key, entry)
    return tuple(found.values())


def _after_head(text: str) -> str:
    """The text from its root element on, or from the first brace."""
    head = text[:100_000].removeprefix("\ufeff")
    match = _HEAD.match(head)
    return head[match.end() :] if match is not None else head


def _name(node: Any) -> str:
    """An element's name, its prefix kept where it tells something ("" for what is no element)."""
    tag = node.tag if isinstance(node.tag, str) else ""
    match = _CLARK.match(tag)
    return _NAMESPACES.get(match[0][1:-1], "") + tag[match.end() :] if match is not None else tag


def _child(node: Any, *names: str) -> Any:
    """The first child of the first of these names that there is."""
    children = list(node)
    return next((child for name in names for child in children if _name(child) == name), None)


def _words(node: Any) -> str | None:
    return _line("".join(node.itertext())) if node is not None else None


def _line(value: object) -> str | None:
    """Text on one line, markup and entities resolved; None for anything else."""
    if not isinstance(value, str):
        return None
    return " ".join(html.unescape(_TAG.sub(" ", html.unescape(value))).split()) or None


def _whole(words: object, base: str | None) -> str | None:
    """A web address made whole; None for anything that is none."""
    if not isinstance(words, str):
        return None
    try:
        address = urljoin(base or "", words.strip())
    except ValueError:
        return None
    return address if _is_web(address) else None


def _is_web(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False


def _sendable(words: str) -> str:
    """Words without the characters that XML cannot hold."""
    return re.sub("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", words)
